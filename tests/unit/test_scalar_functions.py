"""Each function's forward and backward, and functions that a learner writes."""

import copy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import minitorch
from minitorch import operators
from minitorch import scalar_functions as functions
from minitorch.autodiff import Context, central_difference
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction

numbers = st.floats(-20, 20)

ONE_ARGUMENT = [
    ("Neg", operators.neg),
    ("Inv", operators.inv),
    ("Log", operators.log),
    ("Exp", operators.exp),
    ("Sigmoid", operators.sigmoid),
    ("ReLU", operators.relu),
]
TWO_ARGUMENTS = [
    ("Add", operators.add),
    ("Mul", operators.mul),
    ("LT", operators.lt),
    ("EQ", operators.eq),
]


def away_from_trouble(name: str, a: float, b: float = 0.0) -> None:
    """Keeps random inputs off the kinks, jumps and edges, where no difference is a derivative."""
    if name == "Log":
        assume(a > 0.01)
    if name in ("Inv", "ReLU"):
        assume(abs(a) > 0.01)
    if name in ("LT", "EQ"):
        assume(abs(a - b) > 0.01)


# ----------------------------------------------------------------------------- task 1.2: forward


@pytest.mark.task1_2
@pytest.mark.parametrize(("name", "operator"), ONE_ARGUMENT)
@given(a=numbers)
def test_forward_of_one_argument(name: str, operator: Any, a: float) -> None:
    away_from_trouble(name, a)
    function = getattr(functions, name)
    assert function.forward(Context(), a) == operator(a)
    assert function.apply(Scalar(a)).data == operator(a)
    assert function.apply(a).data == operator(a)


@pytest.mark.task1_2
@pytest.mark.parametrize(("name", "operator"), TWO_ARGUMENTS)
@given(a=numbers, b=numbers)
def test_forward_of_two_arguments(name: str, operator: Any, a: float, b: float) -> None:
    function = getattr(functions, name)
    assert function.forward(Context(), a, b) == operator(a, b)
    for x, y in ((Scalar(a), Scalar(b)), (a, Scalar(b)), (Scalar(a), b)):
        assert function.apply(x, y).data == operator(a, b)


# ---------------------------------------------------------------------------- task 1.4: backward


@pytest.mark.task1_4
@pytest.mark.parametrize(("name", "operator"), ONE_ARGUMENT)
@given(a=numbers, d=numbers)
def test_backward_of_one_argument(name: str, operator: Any, a: float, d: float) -> None:
    away_from_trouble(name, a)
    ctx = Context()
    function = getattr(functions, name)
    function.forward(ctx, a)
    slope = central_difference(operator, a)
    assert function.backward(ctx, d) == pytest.approx(slope * d, rel=1e-3, abs=1e-3)


@pytest.mark.task1_4
@pytest.mark.parametrize(("name", "operator"), TWO_ARGUMENTS)
@given(a=numbers, b=numbers, d=numbers)
def test_backward_of_two_arguments(name: str, operator: Any, a: float, b: float, d: float) -> None:
    away_from_trouble(name, a, b)
    ctx = Context()
    function = getattr(functions, name)
    function.forward(ctx, a, b)
    slopes = [central_difference(operator, a, b, arg=arg) for arg in range(2)]
    assert list(function.backward(ctx, d)) == pytest.approx(
        [slope * d for slope in slopes], rel=1e-3, abs=1e-3
    )


@pytest.mark.task1_4
def test_relu_has_no_slope_at_zero() -> None:
    x = Scalar(0.0)
    x.relu().backward()
    assert x.derivative == 0.0


# ----------------------------------------------------------------- functions a learner writes


class TimesTen(ScalarFunction):
    """f(a) = 10 a"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        return 10.0 * a

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        return 10.0 * d_output


class Quotient(ScalarFunction):
    """f(a, b) = a / b"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        ctx.save_for_backward(a, b)
        return a / b

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        a, b = ctx.saved_values
        return d_output / b, -d_output * a / b**2


class Box(ScalarFunction):
    """f(a, b, c) = a b c"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float, c: float) -> float:
        ctx.save_for_backward(a, b, c)
        return a * b * c

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float, float]:
        a, b, c = ctx.saved_values
        return d_output * b * c, d_output * a * c, d_output * a * b


@pytest.mark.task1_3
def test_chain_rule_of_one_argument() -> None:
    x = Scalar(0.5)
    ((variable, derivative),) = TimesTen.apply(x).chain_rule(d_output=5.0)
    assert variable is x
    assert derivative == 50.0


@pytest.mark.task1_3
def test_chain_rule_of_two_arguments() -> None:
    x, y = Scalar(6.0), Scalar(2.0)
    (first, d_first), (second, d_second) = Quotient.apply(x, y).chain_rule(d_output=4.0)
    assert first is x
    assert second is y
    assert (d_first, d_second) == (2.0, -6.0)


@pytest.mark.task1_3
def test_chain_rule_of_three_arguments() -> None:
    inputs = [Scalar(2.0), Scalar(3.0), Scalar(5.0)]
    pairs = list(Box.apply(*inputs).chain_rule(d_output=1.0))
    assert [variable is x for (variable, _), x in zip(pairs, inputs, strict=True)] == [True] * 3
    assert [derivative for _, derivative in pairs] == [15.0, 10.0, 6.0]


@pytest.mark.task1_3
def test_a_number_among_the_arguments_has_its_pair() -> None:
    x = Scalar(3.0)
    pairs = list(Box.apply(2.0, x, 5).chain_rule(d_output=1.0))
    assert [derivative for _, derivative in pairs] == [15.0, 10.0, 6.0]
    assert pairs[1][0] is x
    for number in (pairs[0][0], pairs[2][0]):
        assert isinstance(number, Scalar)
        assert number.is_leaf()
    assert [variable.data for variable, _ in pairs] == [2.0, 3.0, 5.0]


@pytest.mark.task1_3
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_constant_among_the_arguments_has_no_pair(place: int) -> None:
    inputs = [Scalar(2.0), Scalar(3.0), Scalar(5.0)]
    inputs[place] = Scalar(inputs[place].data, back=None)
    pairs = list(Box.apply(*inputs).chain_rule(d_output=1.0))
    expected = list(zip(inputs, (15.0, 10.0, 6.0), strict=True))
    del expected[place]
    for (variable, derivative), (x, d) in zip(pairs, expected, strict=True):
        assert variable is x
        assert derivative == d


@pytest.mark.task1_3
def test_the_same_variable_twice_has_two_pairs() -> None:
    x = Scalar(2.0)
    pairs = list(Quotient.apply(x, x).chain_rule(d_output=1.0))
    assert [variable is x for variable, _ in pairs] == [True, True]
    assert sum(derivative for _, derivative in pairs) == 0.0


@pytest.mark.task1_4
def test_learners_functions_mix_with_operators_and_numbers() -> None:
    x, y = Scalar(2.0), Scalar(4.0)
    z = TimesTen.apply(x * y) + Quotient.apply(x, 4) + Box.apply(x, 3.0, y)
    assert z.data == 80.0 + 0.5 + 24.0
    z.backward()
    assert x.derivative == 40.0 + 0.25 + 12.0
    assert y.derivative == 20.0 + 6.0


@pytest.mark.task1_4
def test_a_function_that_saves_nothing_is_not_given_anothers_values() -> None:
    x = Scalar(3.0)
    outer = TimesTen.apply(x * x)
    assert outer.history.ctx.saved_values == ()


def test_an_apply_of_one_s_own_is_kept() -> None:
    class Twice(TimesTen):
        @classmethod
        def apply(cls, a: Any) -> Scalar:
            return super().apply(super().apply(a))

    class Inherited(Twice):
        pass

    class Direct(ScalarFunction):
        forward, backward = TimesTen.forward, TimesTen.backward

        @classmethod
        def apply(cls, a: Any) -> Scalar:
            return super().apply(a) + 1.0

    assert Twice.apply(Scalar(1.0)).data == Inherited.apply(1.0).data == 100.0
    assert Direct.apply(1.0).data == 11.0


@pytest.mark.task1_4
@pytest.mark.parametrize("derivative", [Fraction(1, 2), Decimal("0.5"), True, 3])
def test_a_derivative_may_be_any_number(derivative: Any) -> None:
    x, y = Scalar(1.0), Scalar(2.0)
    both = broken(1.0, [derivative, derivative]).apply(x, y)
    (both + x).backward()
    assert (x.derivative, y.derivative) == (float(derivative) + 1.0, float(derivative))


@pytest.mark.task1_4
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_context_takes_attributes(count: int) -> None:
    class Power(ScalarFunction):
        @staticmethod
        def forward(ctx: Any, *inputs: float) -> float:
            ctx.base, ctx.n = inputs[0], 3
            return ctx.base**ctx.n

        @staticmethod
        def backward(ctx: Any, d_output: float) -> list[float]:
            return [ctx.n * ctx.base ** (ctx.n - 1) * d_output] + [0.0] * (count - 1)

    class Fixed(Power):
        forward = staticmethod(
            {
                1: lambda ctx, a: Power.forward(ctx, a),
                2: lambda ctx, a, b: Power.forward(ctx, a, b),
                3: lambda ctx, a, b, c: Power.forward(ctx, a, b, c),
            }[count]
        )

    for function in (Power, Fixed):
        x = Scalar(2.0)
        apply = function.apply
        y = apply(x, *[1.0] * (count - 1))
        assert y.history.ctx.base == 2.0
        copy.deepcopy(y).backward()
        y.backward()
        assert x.derivative == 12.0


def test_the_context_of_a_history_written_by_hand_is_taken_over() -> None:
    ctx: Any = Context()
    ctx.save_for_backward(1.0)
    ctx.k = 5.0
    history = minitorch.ScalarHistory(TimesTen, ctx, [Scalar(1.0)])
    assert history.ctx.k == 5.0
    assert history.ctx.saved_values == (1.0,)


# ---------------------------------------------------------------------- functions gone wrong


class OutOfStock(ValueError):
    """A learner's own exception, which takes two arguments."""

    def __init__(self, item: str, count: int) -> None:
        super().__init__(f"{count} of {item}")


@pytest.mark.parametrize("error", [OutOfStock("pears", 3), KeyError("pears"), RuntimeError("no")])
@pytest.mark.parametrize("fails", ["forward", "backward"])
def test_a_learner_s_own_exception_comes_out_as_itself(error: Exception, fails: str) -> None:
    class Shop(ScalarFunction):
        calls = 0

        @staticmethod
        def forward(ctx: Context, a: float) -> float:
            if fails == "forward":
                raise error
            return a

        @staticmethod
        def backward(ctx: Context, d_output: float) -> float:
            raise error

    error.__notes__ = []
    del error.__notes__
    with pytest.raises(type(error)) as caught:
        (Shop.apply(Scalar(2.0)) + 1.0).backward()
    assert caught.value is error
    (note,) = caught.value.__notes__
    assert f"Shop.{fails}(" in note
    assert "2.0" in note


def broken(forward_result: Any, backward_result: Any) -> type[ScalarFunction]:
    """A function of two arguments that returns just these."""

    class Broken(ScalarFunction):
        @staticmethod
        def forward(ctx: Context, a: float, b: float) -> Any:
            return forward_result

        @staticmethod
        def backward(ctx: Context, d_output: float) -> Any:
            return backward_result

    return Broken


@pytest.mark.task1_2
@pytest.mark.parametrize("result", [None, "four", (1.0,), Scalar(1.0)])
def test_a_forward_that_returns_no_number_is_named(result: Any) -> None:
    with pytest.raises(TypeError, match="Broken"):
        broken(result, (1.0, 1.0)).apply(1.0, 2.0)


@pytest.mark.task1_2
@pytest.mark.parametrize("result", [True, 1, 1.0])
def test_a_forward_may_return_any_number(result: float) -> None:
    output = broken(result, (1.0, 1.0)).apply(1.0, 2.0)
    assert type(output.data) is float
    assert output.data == 1.0


@pytest.mark.task1_3
@pytest.mark.parametrize(
    ("result", "count"), [((1.0,), 1), (1.0, 1), ((1.0, 2.0, 3.0), 3), ((), 0)]
)
def test_a_backward_with_the_wrong_count_is_named(result: Any, count: int) -> None:
    output = broken(1.0, result).apply(Scalar(1.0), Scalar(2.0))
    with pytest.raises(ValueError, match="Broken") as caught:
        list(output.chain_rule(1.0))
    assert str(count) in str(caught.value)
    assert "2" in str(caught.value)


@pytest.mark.task1_4
def test_a_backward_with_the_wrong_count_stops_backpropagation() -> None:
    output = broken(1.0, (1.0, 2.0, 3.0)).apply(Scalar(1.0), Scalar(2.0))
    with pytest.raises(ValueError, match="Broken"):
        output.backward()


def test_a_forward_with_a_default_can_be_called_without_it() -> None:
    class Scale(ScalarFunction):
        @staticmethod
        def forward(ctx, a, by=3.0):
            return a * by

        @staticmethod
        def backward(ctx, d_output):
            return 3.0 * d_output

    x = Scalar(2.0)
    y = Scale.apply(x)
    y.backward()
    assert (y.data, x.derivative) == (6.0, 3.0)


def test_a_function_without_forward_says_what_is_missing() -> None:
    with pytest.raises(TypeError, match="Half has no forward"):

        class Half(ScalarFunction):
            pass


def test_a_computed_scalar_can_be_copied_with_its_graph() -> None:
    x = Scalar(3.0, name="x")
    y = copy.deepcopy(x * x)
    y.backward()
    (copied,) = set(y.parents)
    assert (copied.name, copied.derivative, x.derivative) == ("x", 6.0, None)
