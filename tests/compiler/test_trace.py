"""What tracing records, and what it refuses, saying where and why."""

import math
import random
import re
from typing import Any

import pytest

from minitorch import compile
from minitorch.compiler import NotCompilable
from minitorch.compiler.tape import Tape
from minitorch.compiler.trace import Trace
from minitorch.module import Module, Parameter
from minitorch.scalar import Scalar
from minitorch.scalar_functions import Add, Mul, ScalarFunction

POINTS = [(0.1, 0.2), (0.3, 0.4)]


def lines(function: Any, inputs: int = 1) -> list[tuple[Any, ...]]:
    """The tape of a function of symbols."""
    trace = Trace(Tape())
    trace.call(function, *[trace.symbol("input", i) for i in range(inputs)])
    return trace.tape.nodes


def weight(value: float = 1.0) -> Parameter:
    return Parameter(Scalar(value), "w")


# ---------------------------------------------------------------------------- what is recorded


@pytest.mark.parametrize(
    ("function", "last"),
    [
        (lambda x: x.log(), ("log", 0)),
        (lambda x: x.exp(), ("exp", 0)),
        (lambda x: x.sigmoid(), ("sigmoid", 0)),
        (lambda x: x.relu(), ("relu", 0)),
        (lambda x: -x, ("neg", 0)),
        (lambda x: x + x, ("add", 0, 0)),
        (lambda x: x < 2.0, ("lt", 0, 1)),
        (lambda x: x > 2.0, ("lt", 1, 0)),
        (lambda x: x == 2.0, ("eq", 0, 1)),
        (lambda x: 3 * x, ("mul", 0, 1)),
        (lambda x: 1 - x, ("add", 2, 1)),
        (lambda x: x / x, ("mul", 0, 1)),
        (lambda x: sum([x, x]), ("add", 2, 0)),
        (lambda x: Add.apply(1.0, x), ("add", 1, 0)),
        (lambda x: Scalar(2.0) * x, ("mul", 1, 0)),
    ],
)
def test_every_operation_is_recorded(function: Any, last: tuple[Any, ...]) -> None:
    assert lines(function)[-1] == last


def test_what_is_computed_twice_is_recorded_once() -> None:
    assert len(lines(lambda x: (x * x) + (x * x))) == 3


def test_zeros_of_both_signs_are_kept_apart() -> None:
    constants = [node[1] for node in lines(lambda x: x * 0.0 + x * -0.0) if node[0] == "constant"]
    assert [math.copysign(1.0, value) for value in constants] == [1.0, -1.0]


def test_afterwards_scalars_compute_again() -> None:
    with pytest.raises(NotCompilable):
        lines(lambda x: x if x > 0 else -x)
    assert (Scalar(2.0) * 3.0).data == 6.0
    assert Mul.apply(2.0, 3.0).data == 6.0


def test_the_parameters_get_their_values_back() -> None:
    w = weight(4.0)
    value = w.value
    with pytest.raises(ZeroDivisionError):
        compile(lambda x: w.value * x[0] * (1 / 0), [w], POINTS)
    assert w.value is value
    compile(lambda x: w.value * x[0], [w], POINTS)
    assert w.value is value


# ----------------------------------------------------------------------------- what is refused


def branch(x: Any) -> Any:
    return x if x > 0 else -x


def branch_on_data(x: Any) -> Any:
    return x if x.data > 0 else -x


def largest(x: Any) -> Any:
    return max(x, x + 1)


def through_math(x: Any) -> Any:
    return x * math.sqrt(x)


def as_number(x: Any) -> Any:
    return x * float(x)


def in_a_list(x: Any) -> Any:
    return x if x in [1.0, 2.0] else -x


def and_or(x: Any) -> Any:
    return x and -x


def new_leaf(x: Any) -> Any:
    return Scalar(x) * x


REFUSED = [branch, branch_on_data, largest, through_math, as_number, in_a_list, and_or, new_leaf]


@pytest.mark.parametrize("function", REFUSED, ids=lambda f: f.__name__)
def test_a_value_is_never_frozen(function: Any) -> None:
    with pytest.raises(NotCompilable) as caught:
        lines(function)
    line = function.__code__.co_firstlineno + 1
    text = str(caught.value)
    assert f"test_trace.py, line {line}: " in text
    assert "train Scalar by Scalar instead" in text


def test_a_scalar_from_outside_with_a_history_is_refused() -> None:
    w = weight()
    doubled = w.value * 2.0
    with pytest.raises(NotCompilable, match="computed outside"):
        compile(lambda x: doubled * x[0], [w], POINTS)


def test_a_symbol_kept_from_an_earlier_trace_is_refused() -> None:
    kept: list[Any] = []

    def loss(x: Any) -> Any:
        kept.append(x[0])
        return x[0] * kept[0]

    with pytest.raises(NotCompilable, match="earlier trace"):
        compile(loss, [weight()], POINTS)
    with pytest.raises(NotCompilable, match="earlier trace"):
        compile(lambda x: kept[0].relu(), [weight()], POINTS)


def test_random_numbers_are_not_frozen() -> None:
    with pytest.raises(NotCompilable, match="random numbers"):
        compile(lambda x: x[0] * random.random(), [weight()], POINTS)


def test_a_parameter_without_a_scalar() -> None:
    with pytest.raises(TypeError, match=r"the parameter w holds 2.0, and no Scalar"):
        compile(lambda x: x[0], [Parameter(2.0, "w")], POINTS)


def test_a_result_that_is_no_scalar() -> None:
    with pytest.raises(TypeError):
        compile(lambda x: "much", [weight()], POINTS)
    with pytest.raises(TypeError, match="one Scalar, or a pair"):
        compile(lambda x: (x[0], x[0], x[0]), [weight()], POINTS)
    with pytest.raises(TypeError, match="no Scalar"):
        compile(lambda x: (), [weight()], POINTS)


# -------------------------------------------------------------------------- functions of one's own


class Own(ScalarFunction):
    """What the tests' functions share: a backward that is arithmetic."""

    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        return a

    @staticmethod
    def backward(ctx: Any, d_output: float) -> Any:
        return d_output


class Branching(Own):
    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        return a if a > 0 else 0.1 * a


class Mathematical(Own):
    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        return math.tanh(a)


class Absolute(Own):
    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        return abs(a)


class Clipping(Own):
    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        return min(d_output, 1.0)


class Squaring(Own):
    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        return d_output * d_output


class Shifting(Own):
    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        return d_output + 1.0


class Constant(Own):
    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        return 1.0


class Forgetful(Own):
    @staticmethod
    def backward(ctx: Any, d_output: float) -> Any:
        return None


class TooMany(Own):
    @staticmethod
    def backward(ctx: Any, d_output: float) -> Any:
        return d_output, d_output


@pytest.mark.parametrize("function", [Branching, Mathematical, Absolute, Clipping])
def test_more_than_arithmetic_names_the_class_and_the_line(function: type[Own]) -> None:
    method = "forward" if function is not Clipping else "backward"
    line = getattr(function, method).__code__.co_firstlineno + 2
    with pytest.raises(NotCompilable) as caught:
        lines(lambda x: function.apply(x))
    assert re.match(rf"{function.__name__} .*test_trace.py, line {line}: ", str(caught.value))
    assert str(caught.value).endswith("train Scalar by Scalar instead.")


@pytest.mark.parametrize("function", [Squaring, Shifting, Constant])
def test_a_backward_that_breaks_the_chain_rule(function: type[Own]) -> None:
    with pytest.raises(NotCompilable, match=f"{function.__name__}.backward is not proportional"):
        lines(lambda x: function.apply(x))


def test_a_backward_may_give_a_list() -> None:
    class Listing(Own):
        @staticmethod
        def backward(ctx: Any, d_output: float) -> Any:
            return [2.0 * d_output]

    *_, factor, node = lines(lambda x: Listing.apply(x))
    assert factor[0] == "mul"
    assert node == ("custom", 0, 0, 3)


def test_a_backward_with_a_mistake() -> None:
    with pytest.raises(TypeError, match=r"Forgetful.backward gave None where a number is due"):
        lines(lambda x: Forgetful.apply(x))
    with pytest.raises(ValueError, match=r"TooMany.backward gave 2 derivatives for 1 inputs"):
        lines(lambda x: TooMany.apply(x))


def test_an_apply_taken_out_of_its_class() -> None:
    apply = Own.apply
    assert lines(lambda x: apply(x))[-1] == ("custom", 0, 0, 1)


# -------------------------------------------------------------------------------------- modules


class Line(Module):
    def __init__(self) -> None:
        super().__init__()
        self.slope, self.offset = Parameter(Scalar(2.0)), Parameter(Scalar(1.0))

    def forward(self, x: Any) -> Any:
        return self.slope.value * x + self.offset.value


def test_a_module_of_ones_own_is_seen_through() -> None:
    line = Line()
    compiled = compile(lambda x, y: (line(x) - y) * (line(x) - y), line, [1.0, 2.0], [3.0, 5.5])
    assert compiled.loss() == 0.25
    assert compiled.predict([1.0, 10.0]) == [3.0, 21.0]
    assert "offset + x_1 * slope" in compiled.source()
