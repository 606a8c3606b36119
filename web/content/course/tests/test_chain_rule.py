"""Task 1.3: Scalar.chain_rule, on functions of the tests' own."""

from typing import Any

import pytest
from hypothesis import given
from probes import Wrong, as_code, is_close, looking_at, near, shown

from minitorch import Scalar
from minitorch.scalar_functions import ScalarFunction

pytestmark = pytest.mark.task1_3


class Square(ScalarFunction):
    """One input, one derivative, which comes as a number alone"""

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a * a

    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return 2.0 * a * d_output


class Product(ScalarFunction):
    """Two inputs, each with a derivative that depends on the other"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, d_output):
        a, b = ctx.saved_values
        return b * d_output, a * d_output


class Blend(ScalarFunction):
    """Three inputs, with derivatives that tell which is which"""

    @staticmethod
    def forward(ctx, a, b, c):
        return a + 10.0 * b + 100.0 * c

    @staticmethod
    def backward(ctx, d_output):
        return d_output, 10.0 * d_output, 100.0 * d_output


def pairs_of(result: Any, d_output: float) -> list[tuple[Any, float]]:
    """The pairs that chain_rule gives, seen to be pairs."""
    pairs = list(result.chain_rule(d_output))
    for pair in pairs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise Wrong("chain_rule gives pairs (variable, derivative)", got=repr(pair))
    return [(variable, d) for variable, d in pairs]


def check(
    function: Any, call: str, inputs: dict[str, Scalar], d_output: float, *expected: Any
) -> None:
    """Compare the pairs with the expected ones: each a name and a derivative."""
    given = {name: s.data for name, s in inputs.items()}
    code = _looked_at(function, call, d_output)
    with looking_at(code, given, call):
        result = eval(call, {function.__name__: function, "Scalar": Scalar}, inputs)
        pairs = pairs_of(result, d_output)

    def name_of(variable: Any) -> str:
        names = [name for name, s in inputs.items() if s is variable]
        return names[0] if names else repr(variable)

    got = [(name_of(variable), d) for variable, d in pairs]
    agrees = len(got) == len(expected) and all(
        name == due_name and is_close(d, due)
        for (name, d), (due_name, due) in zip(got, expected, strict=True)
    )
    if not agrees:
        raise Wrong(
            f"The chain rule of {call}",
            {**given, "d_output": d_output},
            _as_words(got),
            _as_words(expected),
            code,
        )


def _looked_at(function: type, call: str, d_output: float) -> str:
    """The call as a graph in which it gets that derivative: the last result's own is always 1."""
    if d_output == 1.0:
        return as_code((function,), call)
    lines = f"result = {call}", f"Product.apply(result, {d_output})"
    return as_code((function,) if function is Product else (function, Product), *lines)


def _as_words(pairs: Any) -> str:
    return ", ".join(f"({name}, {shown(d)})" for name, d in pairs) or "no pairs"


def scalars(**values: float) -> dict[str, Scalar]:
    return {name: Scalar(v, name=name) for name, v in values.items()}


@given(x=near(2.0), d=near(5.0))
def test_one_input(x: float, d: float) -> None:
    check(Square, "Square.apply(x)", scalars(x=x), d, ("x", 2 * x * d))


@given(x=near(2.0), y=near(3.0), d=near(5.0))
def test_two_inputs(x: float, y: float, d: float) -> None:
    check(
        Product,
        "Product.apply(x, y)",
        scalars(x=x, y=y),
        d,
        ("x", y * d),
        ("y", x * d),
    )


@given(d=near(5.0))
def test_any_number_of_inputs(d: float) -> None:
    inputs = scalars(x=1.0, y=2.0, z=3.0)
    check(Blend, "Blend.apply(x, y, z)", inputs, d, ("x", d), ("y", 10 * d), ("z", 100 * d))


def test_an_input_that_is_used_twice_is_in_two_pairs() -> None:
    inputs = scalars(x=3.0)
    check(Blend, "Blend.apply(x, x, x)", inputs, 1.0, ("x", 1.0), ("x", 10.0), ("x", 100.0))


def test_a_number_among_the_inputs_has_a_pair_too() -> None:
    """`apply` makes a Scalar of it, which is a leaf and no constant."""
    inputs = scalars(x=3.0)
    check(Product, "Product.apply(x, 4.0)", inputs, 1.0, ("x", 4.0), ("Scalar(4.0)", 3.0))


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("Blend.apply(Scalar(5.0, None), x, y)", [("x", 20.0), ("y", 200.0)]),
        ("Blend.apply(x, Scalar(5.0, None), y)", [("x", 2.0), ("y", 200.0)]),
        ("Blend.apply(x, y, Scalar(5.0, None))", [("x", 2.0), ("y", 20.0)]),
    ],
)
def test_constants_are_left_out(call: str, expected: Any) -> None:
    """A Scalar whose history is None is a constant. The other pairs are not moved by it."""
    check(Blend, call, scalars(x=1.0, y=2.0), 2.0, *expected)


def test_of_constants_alone_nothing_is_left() -> None:
    check(Product, "Product.apply(Scalar(2.0, None), Scalar(3.0, None))", {}, 5.0)


def test_an_input_that_was_computed_is_no_constant() -> None:
    x = Scalar(3.0, name="x")
    square = Square.apply(x)
    inputs = {"x": x, "y": square}
    check(Product, "Product.apply(y, x)", inputs, 1.0, ("y", 3.0), ("x", 9.0))


def test_every_call_has_a_context_of_its_own() -> None:
    x, y = Scalar(3.0), Scalar(5.0)
    first, second = Square.apply(x), Square.apply(y)
    for name, result, expected in (("x", first, 6.0), ("y", second, 10.0)):
        ((_, got),) = pairs_of(result, 1.0)
        if not is_close(got, expected):
            raise Wrong(f"The chain rule of Square.apply({name})", got=got, expected=expected)


def test_backward_is_given_the_derivative_that_comes_from_the_right() -> None:
    seen = []

    class Watch(ScalarFunction):
        @staticmethod
        def forward(ctx, a):
            return a + 1.0

        @staticmethod
        def backward(ctx, d_output):
            seen.append(d_output)
            return d_output

    pairs_of(Watch.apply(Scalar(2.0)), 7.0)
    if seen[:1] != [7.0]:
        raise Wrong("What backward got as its d_output", {"d_output": 7.0}, repr(seen), "7.0")


def test_nothing_is_written_into_the_scalars() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    z = Product.apply(x, y)
    pairs_of(z, 1.0)
    found = [s.derivative for s in (x, y, z)]
    if found != [None, None, None]:
        raise Wrong(
            "chain_rule only gives derivatives; writing them down is the next task's",
            got=f"derivatives {found}",
            expected="derivatives [None, None, None]",
        )
