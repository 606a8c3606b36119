"""Derivatives by differences, and the backward walk over a computation graph."""

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minitorch.autodiff import Context, backpropagate, central_difference, topological_sort
from minitorch.scalar import Scalar, ScalarHistory
from minitorch.scalar_functions import ScalarFunction

# ------------------------------------------------------------------ task 1.1: central difference


@pytest.mark.task1_1
@pytest.mark.parametrize(
    ("f", "derivative"),
    [
        (lambda x: x, lambda x: 1.0),
        (lambda x: x * x, lambda x: 2.0 * x),
        (lambda x: x**3 - 4.0 * x, lambda x: 3.0 * x**2 - 4.0),
        (math.exp, math.exp),
        (math.sin, math.cos),
        (lambda x: 7.0, lambda x: 0.0),
    ],
)
@given(x=st.floats(-5, 5))
def test_central_difference_is_close_to_the_derivative(f, derivative, x: float) -> None:
    assert central_difference(f, x) == pytest.approx(derivative(x), rel=1e-4, abs=1e-4)


@pytest.mark.task1_1
@given(st.floats(-10, 10), st.floats(-10, 10), st.floats(-10, 10))
def test_central_difference_moves_the_argument_asked_for(x: float, y: float, z: float) -> None:
    def f(x: float, y: float, z: float) -> float:
        return x * x * y + 3.0 * z

    expected = (2.0 * x * y, x * x, 3.0)
    for arg in range(3):
        assert central_difference(f, x, y, z, arg=arg) == pytest.approx(
            expected[arg], rel=1e-4, abs=1e-4
        )


@pytest.mark.task1_1
def test_central_difference_looks_on_both_sides() -> None:
    # Exact for a parabola, however far it looks; a one-sided difference would give 6 + epsilon.
    assert central_difference(lambda x: x * x, 3.0, epsilon=0.5) == 6.0
    assert central_difference(lambda x: x * x, 0.0, epsilon=0.125) == 0.0


@pytest.mark.task1_1
def test_central_difference_is_as_close_as_epsilon() -> None:
    errors = [
        abs(central_difference(lambda x: x**3, 1.0, epsilon=epsilon) - 3.0)
        for epsilon in (0.5, 0.25, 0.125)
    ]
    assert errors[0] / errors[1] == errors[1] / errors[2] == 4.0  # it falls with epsilon squared


@pytest.mark.task1_1
def test_central_difference_leaves_the_other_arguments_alone() -> None:
    calls: list[tuple[float, ...]] = []

    def f(*vals: float) -> float:
        calls.append(vals)
        return sum(vals)

    assert central_difference(f, 1.0, 2.0, 3.0, arg=1, epsilon=0.25) == 1.0
    below, above = sorted(calls)
    assert below[0] == above[0] == 1.0
    assert below[2] == above[2] == 3.0
    assert 2.0 - below[1] == above[1] - 2.0 > 0.0


# ------------------------------------------------------------------------------------- context


def test_context_keeps_what_it_is_given() -> None:
    ctx = Context()
    ctx.save_for_backward(1.0, 2.0)
    assert ctx.saved_values == (1.0, 2.0)


def test_context_keeps_nothing_without_gradients() -> None:
    ctx = Context(no_grad=True)
    ctx.save_for_backward(1.0)
    assert ctx.saved_values == ()


# --------------------------------------------------------------------- task 1.4: random graphs

# A program is a list of steps; a step takes two earlier values by their place, so that values
# are used once, many times or never. All numbers are whole, so the results are exact.
steps = st.lists(
    st.tuples(st.sampled_from("+-*n"), st.integers(0, 20), st.integers(0, 20)),
    min_size=1,
    max_size=14,
)
leaves = st.lists(st.integers(-3, 3), min_size=1, max_size=4)


def run(program: list[tuple[str, int, int]], values: list[Any]) -> list[Any]:
    """The inputs followed by the value of every step."""
    values = list(values)
    for operation, i, j in program:
        a, b = values[-1 - i % len(values)], values[-1 - j % len(values)]
        match operation:
            case "+":
                values.append(a + b)
            case "-":
                values.append(a - b)
            case "*":
                values.append(a * b)
            case "n":
                values.append(-a)
    return values


class Dual:
    """A value and its derivative carried forward: the oracle, and no part of the library."""

    def __init__(self, value: int, slope: int) -> None:
        self.value, self.slope = value, slope

    def __add__(self, other: "Dual") -> "Dual":
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: "Dual") -> "Dual":
        return Dual(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other: "Dual") -> "Dual":
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __neg__(self) -> "Dual":
        return Dual(-self.value, -self.slope)


@pytest.mark.task1_4
@given(steps, leaves)
def test_backpropagate_agrees_with_forward_mode(program, inputs) -> None:
    variables = [Scalar(float(value)) for value in inputs]
    result = run(program, variables)[-1]
    backpropagate(result, 1.0)
    for i, variable in enumerate(variables):
        duals = run(program, [Dual(value, int(i == j)) for j, value in enumerate(inputs)])
        assume(all(abs(d.value) < 2**50 and abs(d.slope) < 2**50 for d in duals))
        assert result.data == duals[-1].value
        assert (variable.derivative or 0.0) == duals[-1].slope


@pytest.mark.task1_4
@given(steps, leaves)
def test_topological_sort_puts_every_variable_before_its_inputs(program, inputs) -> None:
    result = run(program, [Scalar(float(value)) for value in inputs])[-1]
    order = [variable.unique_id for variable in topological_sort(result)]
    assert order[0] == result.unique_id
    assert len(order) == len(set(order))
    place = {unique_id: i for i, unique_id in enumerate(order)}
    for variable in topological_sort(result):
        for parent in variable.parents:
            assert place[variable.unique_id] < place[parent.unique_id]


# ---------------------------------------------------------------------- task 1.4: small graphs


def constant(value: float) -> Scalar:
    """A Scalar without a history: nothing is asked of it on the way back."""
    return Scalar(value, back=None)


@pytest.mark.task1_4
def test_topological_sort_of_a_leaf_is_the_leaf() -> None:
    x = Scalar(1.0)
    assert [v.unique_id for v in topological_sort(x)] == [x.unique_id]


@pytest.mark.task1_4
def test_topological_sort_starts_at_the_right() -> None:
    x = Scalar(2.0)
    y = x * x
    z = y + x
    assert [v.unique_id for v in topological_sort(z)] == [v.unique_id for v in (z, y, x)]


@pytest.mark.task1_4
def test_topological_sort_can_be_asked_twice() -> None:
    x = Scalar(2.0)
    y = x * x
    first = [v.unique_id for v in topological_sort(y)]
    assert [v.unique_id for v in topological_sort(y)] == first
    assert [v.unique_id for v in topological_sort(y + x)][1:] == first


@pytest.mark.task1_4
def test_constants_are_left_out() -> None:
    x, c = Scalar(2.0), constant(5.0)
    y = x * c
    assert c.unique_id not in {v.unique_id for v in topological_sort(y)}
    backpropagate(y, 1.0)
    assert x.derivative == 5.0
    assert c.derivative is None
    assert list(topological_sort(c)) == []


@pytest.mark.task1_4
def test_backpropagate_from_a_leaf() -> None:
    x = Scalar(1.0)
    backpropagate(x, 5.0)
    assert x.derivative == 5.0


@pytest.mark.task1_4
def test_backpropagate_writes_to_the_leaves_only() -> None:
    x = Scalar(3.0)
    y = x * x
    z = y + y
    backpropagate(z, 1.0)
    assert x.derivative == 12.0
    assert y.derivative is None
    assert z.derivative is None


@pytest.mark.task1_4
def test_a_diamond_adds_both_ways() -> None:
    x = Scalar(2.0)
    left, right = x * 3.0, x * x
    backpropagate(left * right, 1.0)  # 3x³
    assert x.derivative == 36.0


@pytest.mark.task1_4
def test_a_node_is_finished_before_it_is_passed_on() -> None:
    # Walking depth first, without the order, would visit y once for each of its uses.
    x = Scalar(2.0)
    y = x * x
    z = y * y + y  # x⁴ + x²
    backpropagate(z * y, 1.0)  # x⁶ + x⁴
    assert x.derivative == 6 * 2.0**5 + 4 * 2.0**3


@pytest.mark.task1_4
def test_two_backward_passes_add_up() -> None:
    x = Scalar(3.0)
    y = x * x
    backpropagate(y, 1.0)
    backpropagate(y, 1.0)
    assert x.derivative == 12.0


@pytest.mark.task1_4
def test_two_results_that_share_a_part_add_up() -> None:
    x = Scalar(3.0)
    shared = x * x
    backpropagate(shared * 2.0, 1.0)
    backpropagate(shared * 5.0, 1.0)
    assert x.derivative == 42.0


@pytest.mark.task1_4
def test_the_derivative_passed_in_scales_the_result() -> None:
    x = Scalar(3.0)
    backpropagate(x * x, 0.5)
    assert x.derivative == 3.0


@pytest.mark.task1_4
def test_a_pass_that_fails_leaves_no_trace_in_the_next() -> None:
    class Moody(ScalarFunction):
        broken = True

        @staticmethod
        def forward(ctx: Context, a: float) -> float:
            return a

        @staticmethod
        def backward(ctx: Context, d_output: float) -> float:
            if Moody.broken:
                raise RuntimeError("not yet")
            return d_output

    x = Scalar(2.0)
    z = x * x + Moody.apply(x)
    with pytest.raises(RuntimeError, match="not yet"):
        backpropagate(z, 1.0)
    Moody.broken = False
    x.derivative = None
    backpropagate(z, 1.0)
    assert x.derivative == 5.0


@pytest.mark.task1_4
def test_an_unused_history_makes_a_leaf() -> None:
    x = Scalar(1.0, ScalarHistory())
    assert x.is_leaf()
    backpropagate(x + 1.0, 1.0)
    assert x.derivative == 1.0
