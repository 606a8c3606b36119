"""Task 1.4: the functions' backward, topological_sort, and backpropagate."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from probes import Wrong, as_code, derivatives_of, expect, is_close, looking_at, near, shown

from minitorch import Scalar, scalar_functions
from minitorch.autodiff import Context, backpropagate, topological_sort
from minitorch.scalar_functions import ScalarFunction

pytestmark = pytest.mark.task1_4

# ------------------------------------------------------------------------- one function's step


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


SLOPES = {
    "Mul": lambda a, b: (b, a),
    "Inv": lambda a: (-1 / a**2,),
    "Neg": lambda a: (-1.0,),
    "Sigmoid": lambda a: (sigmoid(a) * (1 - sigmoid(a)),),
    "ReLU": lambda a: (float(a > 0),),
    "Exp": lambda a: (math.exp(a),),
    "LT": lambda a, b: (0.0, 0.0),
    "EQ": lambda a, b: (0.0, 0.0),
}
TWO_INPUTS = ("Mul", "LT", "EQ")
AS_CODE = {
    "Mul": "x * y",
    "Inv": "1.0 / x",
    "Neg": "-x",
    "LT": "x < y",
    "EQ": "x == y",
    "Sigmoid": "x.sigmoid()",
    "ReLU": "x.relu()",
    "Exp": "x.exp()",
}


def backward(name: str, inputs: tuple[float, ...], d_output: float) -> None:
    """Compare what a function's backward gives, after its forward, with what is known."""
    function, ctx = getattr(scalar_functions, name), Context()
    function.forward(ctx, *inputs)
    got = function.backward(ctx, d_output)
    got = tuple(got) if isinstance(got, (tuple, list)) else (got,)
    expected = tuple(slope * d_output for slope in SLOPES[name](*inputs))
    given = dict(zip("xy", inputs, strict=False))
    if len(got) != len(expected) or not all(map(is_close, got, expected)):
        raise Wrong(
            f"{name}.backward",
            {**given, "d_output": d_output},
            ", ".join(map(shown, got)) or "nothing",
            ", ".join(map(shown, expected)),
            AS_CODE[name],
        )


@pytest.mark.parametrize("name", SLOPES)
@given(a=near(2.0).filter(bool), b=near(3.0), d_output=near(5.0))
def test_backward(name: str, a: float, b: float, d_output: float) -> None:
    backward(name, (a, b) if name in TWO_INPUTS else (a,), d_output)


@pytest.mark.parametrize("name", ["LT", "EQ"])
def test_a_step_is_flat_where_its_inputs_are_equal_too(name: str) -> None:
    backward(name, (1.0, 1.0), 1.0)


# ------------------------------------------------------------------------- the order of the walk


class Sum(ScalarFunction):
    """Adds up any number of inputs, so that graphs of any shape can be built"""

    @staticmethod
    def forward(ctx, *inputs):
        ctx.save_for_backward(float(len(inputs)))
        return float(sum(inputs))

    @staticmethod
    def backward(ctx, d_output):
        (count,) = ctx.saved_values
        return (d_output,) * int(count)


class Looks(list):
    """The inputs of a Scalar, with a count of how often somebody looked at them."""

    count, most = 0, 0

    def _look(self) -> None:
        Looks.count += 1
        if Looks.count > Looks.most:
            raise Wrong(
                f"The walk looked {Looks.most:,} times at the inputs of 30 variables: it goes "
                "along every path. Each variable needs to be visited only once",
            )

    def __iter__(self) -> Iterator[Any]:
        self._look()
        return super().__iter__()

    def __getitem__(self, index: Any) -> Any:
        self._look()
        return super().__getitem__(index)

    def __reversed__(self) -> Iterator[Any]:
        self._look()
        return super().__reversed__()


def names(variables: Any) -> str:
    return " ".join(v.name for v in variables)


def build(inputs_of: dict[str, str]) -> dict[str, Scalar]:
    """A graph of named Scalars, from the names of what each is the sum of; leaves are of none.

    All leaves hold the same number: nothing may go by value.
    """
    made: dict[str, Scalar] = {}
    for name, inputs in inputs_of.items():
        if inputs:
            made[name] = Sum.apply(*[made[i] for i in inputs.split()])
            made[name].name = name
        else:
            made[name] = Scalar(1.0, name=name)
    return made


GRAPHS = {
    "a leaf": {"x": ""},
    "a chain": {"x": "", "a": "x", "b": "a", "c": "b"},
    "two leaves": {"x": "", "y": "", "a": "x y"},
    "a leaf used twice": {"x": "", "a": "x x", "b": "a"},
    "a diamond": {"x": "", "a": "x", "b": "x", "c": "a b"},
    "a short way and a long one": {"x": "", "a": "x", "b": "a", "c": "b", "d": "a c"},
    "a long way and a short one": {"x": "", "a": "x", "b": "a", "c": "b", "d": "c a"},
    "short ways at every step": {"x": "", "a": "x", "b": "x a", "c": "a b", "d": "x c", "e": "a d"},
    "a leaf at both ends": {"x": "", "y": "", "a": "x y", "b": "a y", "c": "y b x"},
}


def check_order(variables: dict[str, Scalar], right_most: str) -> None:
    """All variables are there, once, and each comes before those it was computed from."""
    order = list(topological_sort(variables[right_most]))
    made_of = {name: [parent.name for parent in v.history.inputs] for name, v in variables.items()}
    graph = ", ".join(f"{name} from {' '.join(of)}" for name, of in made_of.items() if of)
    lines = [f"{name} = Sum.apply({', '.join(of)})" for name, of in made_of.items() if of]
    given = {name: v.data for name, v in variables.items() if not made_of[name]}

    def wrong(what: str) -> Wrong:
        told = {"graph": graph or "a leaf", **given}
        return Wrong(f"topological_sort: {what}", told, names(order), code=as_code((Sum,), *lines))

    place = {name: [i for i, v in enumerate(order) if v is s] for name, s in variables.items()}
    for name, found in place.items():
        if len(found) != 1:
            raise wrong(f"{name} is there {len(found)} times, not once")
    if len(order) != len(variables):
        raise wrong("there are variables that don't belong to the graph")
    for name, variable in variables.items():
        for parent in variable.history.inputs:
            if place[name] > place[parent.name]:
                raise wrong(f"{parent.name} comes before {name}, which was computed from it")


@pytest.mark.parametrize("shape", GRAPHS)
def test_order(shape: str) -> None:
    variables = build(GRAPHS[shape])
    check_order(variables, list(variables)[-1])


@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), min_size=1, max_size=8))
def test_order_of_any_graph(choices: list[list[int]]) -> None:
    """Each variable is computed from some of those before it, and the last one from all."""
    inputs_of = {"x": ""}
    for name, chosen in zip("abcdefgh", choices, strict=False):
        before = list(inputs_of)
        inputs_of[name] = " ".join(before[n % len(before)] for n in chosen)
    inputs_of["last"] = " ".join(inputs_of)
    check_order(build(inputs_of), "last")


def test_constants_are_left_out_of_the_order() -> None:
    x, constant = Scalar(1.0, name="x"), Scalar(1.0, None, name="constant")
    result = Sum.apply(constant, x)
    result.name = "result"
    order = list(topological_sort(result))
    if len(order) != 2 or order[0] is not result or order[1] is not x:
        given = {"graph": "result from constant x"}
        raise Wrong("topological_sort with a constant", given, names(order), "result x")


def ladder() -> Scalar:
    """30 variables, each computed from the one before it, twice: 2²⁹ paths from end to end."""
    variable = Scalar(1.0)
    for _ in range(29):
        variable = Sum.apply(variable, variable)
        variable.history.inputs = Looks(variable.history.inputs)
    Looks.count, Looks.most = 0, 3_000
    return variable


def test_the_order_is_found_without_going_along_every_path() -> None:
    order = list(topological_sort(ladder()))
    if len(order) != 30:
        raise Wrong(
            "topological_sort of 30 variables, each computed from the one before it, twice",
            got=f"{len(order)} variables",
            expected="30 variables",
        )


# -------------------------------------------------------------------------- the whole walk

EXPRESSIONS = [
    "x + y",
    "x - y",
    "x * x",
    "x * x * x",
    "x + x + x",
    "x / (y * y + 1)",
    "(x * x) * y + 10.0 * x",
    "(x * y).exp() / 50 + (x * y + 20).log()",
    "(x + y).sigmoid() * (x - y).relu()",
    "(-x).exp() * (x * y).sigmoid() - 3.0 / (x * x + 2)",
    "(x < y) * x + (x > y) * y + (x == y) * x * y",
    "((x * 2 + 3).relu() * y + x).relu() * (x + y)",
]


def check(code: str, given: dict[str, float], start: float | None = None) -> None:
    """Compare the derivatives that backward leaves in the inputs with known ones."""
    expected = derivatives_of(code, given)
    inputs = {name: Scalar(v, name=name) for name, v in given.items()}
    with looking_at(code, given):
        result = eval(code, {}, inputs)
        result.backward() if start is None else backpropagate(result, start)
    factor = 1.0 if start is None else start
    for name, due in expected.items():
        got = inputs[name].derivative or 0.0
        if not is_close(got, due * factor):
            with_start = {} if start is None else {"deriv": start}
            what = f"The derivative of {code} with respect to {name}"
            raise Wrong(what, {**given, **with_start}, got, due * factor, code)


@pytest.mark.parametrize("code", EXPRESSIONS)
@given(x=near(2.0), y=near(3.0))
def test_derivatives(code: str, x: float, y: float) -> None:
    given = {name: v for name, v in (("x", x), ("y", y)) if name in code}
    at_a_corner = any(map(math.isnan, derivatives_of(code, given).values()))
    assume(not at_a_corner)
    check(code, given)


def test_derivatives_of_the_guides_expression() -> None:
    check("(x * x) * y + 10.0 * x", {"x": 2.0, "y": 3.0})


@given(deriv=near(5.0))
def test_the_walk_starts_with_the_derivative_it_is_given(deriv: float) -> None:
    check("x * y", {"x": 3.0, "y": 2.0}, start=deriv)


def test_a_variable_that_is_used_several_times_gets_the_sum() -> None:
    """y is used three times, x twice; in what was computed last, they come first."""
    check("(x * y + x) * y + y", {"x": 3.0, "y": 2.0})


@pytest.mark.parametrize("swapped", [False, True])
def test_a_variable_waits_for_all_that_was_computed_from_it(swapped: bool) -> None:
    """a is used at once, and again after a long way: its turn is after the long way."""
    given = {"x": 2.0}
    x = Scalar(2.0, name="x")
    a = x * x
    b = (a * 3.0 + 1.0) * 2.0
    result = b + a if swapped else a + b
    result.backward()
    text = "b + a" if swapped else "a + b"
    code = f"a = x * x\nb = (a * 3.0 + 1.0) * 2.0\n{text}"
    what = f"The derivative of {text} with a = x * x and b = (a * 3 + 1) * 2, with respect to x"
    expect(what, x.derivative, 28.0, given, code)


def test_derivatives_add_up_over_two_walks() -> None:
    x = Scalar(3.0, name="x")
    (x * x).backward()
    (x * 4.0).backward()
    what = "The derivative left in x by x * x and then by x * 4.0: leaves add up what arrives"
    expect(what, x.derivative, 10.0, {"x": 3.0})


def test_only_leaves_keep_a_derivative() -> None:
    x, y = Scalar(2.0, name="x"), Scalar(3.0, name="y")
    product = x * y
    result = product + x
    result.backward()
    for text, variable in (("x * y", product), ("x * y + x", result)):
        if variable.derivative is not None:
            raise Wrong(
                f"After the walk from x * y + x, {text} has a derivative. It is no leaf",
                {"x": 2.0, "y": 3.0},
                variable.derivative,
                "None",
                code="x * y + x",
            )


def test_constants_get_no_derivative() -> None:
    x, constant = Scalar(2.0, name="x"), Scalar(3.0, None)
    (constant * x + constant).backward()
    expect("The derivative of c * x + c with respect to x", x.derivative, 3.0, {"x": 2.0, "c": 3.0})
    if constant.derivative is not None:
        raise Wrong("A constant has a derivative", got=constant.derivative, expected="None")


def test_each_function_is_walked_through_once() -> None:
    """Along all paths of these 30 variables, backward would be called 2²⁹ times."""
    calls = 0

    class Counted(Sum):
        @staticmethod
        def backward(ctx, d_output):
            nonlocal calls
            calls += 1
            if calls > 300:
                raise Wrong(
                    "29 functions, and backward was called more than 300 times: the walk goes "
                    "along every path. A variable's turn comes once, when all has arrived"
                )
            return d_output, d_output

    variable = leaf = Scalar(1.0, name="x")
    for _ in range(29):
        variable = Counted.apply(variable, variable)
    variable.backward()
    expect("The derivative of x doubled 29 times", leaf.derivative, 2.0**29, {"x": 1.0})
