"""Scalars: what they hold, how they mix with numbers, and the derivatives they end up with."""

import gc
import math
import pickle
import sys
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import minitorch
from minitorch.autodiff import Context, central_difference
from minitorch.scalar import Scalar, ScalarHistory, derivative_check
from minitorch.scalar_functions import ScalarFunction
from minitorch.testing import MathTestVariable

numbers = st.floats(-100, 100)
ONE_ARGUMENT, TWO_ARGUMENTS, _ = MathTestVariable._comp_testing()


def each(functions: Any) -> pytest.MarkDecorator:
    """The test once for each of these functions: as floats, and as Scalars."""
    return pytest.mark.parametrize(
        ("base", "scalar"), [pytest.param(base, own, id=name) for name, base, own in functions]
    )


def smooth(f: Any, *vals: float) -> None:
    """Keeps random inputs off kinks, jumps, poles and overflow: only there do the slopes on the
    two sides of a point differ, and no implementation can agree with a central difference."""
    h = 1e-4
    for arg in range(len(vals)):
        below, above = ([*vals[:arg], vals[arg] + s * h, *vals[arg + 1 :]] for s in (-1, 1))
        try:
            left, here, right = f(*below), f(*vals), f(*above)
        except (ArithmeticError, ValueError):
            assume(False)
        bend = abs(left - 2.0 * here + right)
        assume(bend <= 1e-3 * abs(right - left) + 1e-7 * h * (1.0 + abs(here)))


# --------------------------------------------------------------------------- what a Scalar holds


def test_a_new_scalar_is_a_leaf() -> None:
    x = Scalar(3)
    assert x.data == 3.0
    assert type(x.data) is float
    assert x.derivative is None
    assert x.is_leaf()
    assert not x.is_constant()
    assert list(x.parents) == []


def test_a_scalar_without_a_history_is_a_constant() -> None:
    x = Scalar(3.0, back=None)
    assert x.is_constant()
    assert not x.is_leaf()
    assert x.history is None


def test_a_result_remembers_its_function_and_inputs() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    z = x * y
    assert z.history.last_fn is minitorch.scalar_functions.Mul
    assert [parent is v for parent, v in zip(z.parents, (x, y), strict=True)] == [True, True]
    assert [parent is v for parent, v in zip(z.history.inputs, (x, y), strict=True)] == [True, True]
    assert not z.is_leaf()
    assert not z.is_constant()


def test_a_history_can_be_written_by_hand() -> None:
    x = Scalar(2.0)
    ctx = Context()
    value = minitorch.scalar_functions.Exp.forward(ctx, 2.0)
    y = Scalar(value, ScalarHistory(minitorch.scalar_functions.Exp, ctx, (x,)))
    y.backward()
    assert x.derivative == pytest.approx(math.exp(2.0))


def test_every_scalar_has_its_own_number_and_a_name() -> None:
    x, y = Scalar(1.0), Scalar(1.0, name="rate")
    assert x.unique_id < y.unique_id < (x + y).unique_id
    assert x.name == str(x.unique_id)
    assert y.name == "rate"
    x.name = "x"
    assert x.name == "x"


def test_its_repr_shows_the_value() -> None:
    assert "2.5" in repr(Scalar(2.5))


def test_bool_is_that_of_the_number() -> None:
    assert Scalar(0.5)
    assert not Scalar(0.0)


# ------------------------------------------------------------------- comparing, hashing, chaining


@given(numbers, numbers)
@pytest.mark.task1_2
def test_comparisons_give_scalars(a: float, b: float) -> None:
    for x, y in ((Scalar(a), Scalar(b)), (Scalar(a), b), (a, Scalar(b))):
        for outcome, truth in ((x < y, a < b), (x > y, a > b), (x == y, a == b)):
            assert isinstance(outcome, Scalar)
            assert outcome.data == float(truth)
            assert bool(outcome) is truth


def test_a_chain_of_comparisons_means_both() -> None:
    assert 0 < Scalar(1.0) < 2
    assert not 0 < Scalar(3.0) < 2
    assert not Scalar(1.0) < Scalar(0.0) < Scalar(5.0)


def test_scalars_are_keys_by_identity() -> None:
    x, twin = Scalar(1.0), Scalar(1.0)
    derivatives = {x: "x", twin: "twin"}
    assert derivatives[x] == "x"
    assert derivatives[twin] == "twin"
    assert len({x, twin, x}) == 2
    assert hash(x) == hash(x)


def test_a_scalar_is_found_in_a_list_by_value() -> None:
    assert Scalar(1.0) in [Scalar(2.0), Scalar(1.0)]
    assert Scalar(3.0) not in [Scalar(2.0), Scalar(1.0)]


def test_a_scalar_never_equals_something_else() -> None:
    assert (Scalar(1.0) == "one") is False
    assert (Scalar(1.0) == None) is False  # noqa: E711
    assert Scalar(1.0) != "one"


# --------------------------------------------------------------------------- task 1.2: operators


@pytest.mark.task1_2
@given(numbers, st.one_of(numbers, st.integers(-100, 100)))
def test_arithmetic_with_numbers_on_either_side(a: float, b: float) -> None:
    x, y = Scalar(a), Scalar(b)
    for result, expected in (
        (x + y, a + b),
        (x + b, a + b),
        (b + x, b + a),
        (x - y, a - b),
        (x - b, a - b),
        (b - x, b - a),
        (x * y, a * b),
        (x * b, a * b),
        (b * x, b * a),
        (-x, -a),
    ):
        assert isinstance(result, Scalar)
        assert result.data == expected


@pytest.mark.task1_2
@given(numbers, numbers)
def test_division_with_numbers_on_either_side(a: float, b: float) -> None:
    assume(abs(a) > 0.01 and abs(b) > 0.01)
    x, y = Scalar(a), Scalar(b)
    for result, expected in ((x / y, a / b), (x / b, a / b), (b / x, b / a)):
        assert isinstance(result, Scalar)
        assert result.data == pytest.approx(expected)


@pytest.mark.task1_2
def test_sum_of_scalars_starts_at_zero() -> None:
    total = sum([Scalar(1.0), Scalar(2.0), Scalar(3.0)])
    assert isinstance(total, Scalar)
    assert total.data == 6.0


@pytest.mark.task1_2
def test_adding_in_place_makes_a_new_scalar() -> None:
    total = x = Scalar(1.0)
    total += 2.0
    total *= x
    assert x.data == 1.0
    assert total.data == 3.0


@pytest.mark.task1_2
@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("log", lambda x: math.log(x + 1e-6)),
        ("exp", math.exp),
        ("sigmoid", lambda x: 1.0 / (1.0 + math.exp(-x))),
        ("relu", lambda x: max(x, 0.0)),
    ],
)
@given(x=st.floats(0.01, 50))
def test_methods(method: str, expected: Any, x: float) -> None:
    result = getattr(Scalar(x), method)()
    assert isinstance(result, Scalar)
    assert result.data == pytest.approx(expected(x))


@pytest.mark.task1_2
@each(ONE_ARGUMENT)
@given(a=numbers)
def test_forward_over_one_argument(base: Any, scalar: Any, a: float) -> None:
    smooth(base, a)
    assert scalar(Scalar(a)).data == pytest.approx(base(a), rel=1e-9, abs=1e-9)


@pytest.mark.task1_2
@each(TWO_ARGUMENTS)
@given(a=numbers, b=numbers)
def test_forward_over_two_arguments(base: Any, scalar: Any, a: float, b: float) -> None:
    smooth(base, a, b)
    expected = pytest.approx(base(a, b), rel=1e-9, abs=1e-9)
    assert scalar(Scalar(a), Scalar(b)).data == expected
    assert scalar(Scalar(a), b).data == expected
    assert scalar(a, Scalar(b)).data == expected


# -------------------------------------------------------------------------- task 1.3: chain rule


@pytest.mark.task1_3
def test_chain_rule_pairs_inputs_with_derivatives() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    (first, d_first), (second, d_second) = (x * y).chain_rule(10.0)
    assert first is x
    assert second is y
    assert (d_first, d_second) == (30.0, 20.0)


@pytest.mark.task1_3
def test_chain_rule_gives_a_bare_number_its_pair() -> None:
    x = Scalar(2.0)
    for result in (x + 3.0, 3.0 + x):
        pairs = list(result.chain_rule(1.0))
        assert sorted(variable.data for variable, _ in pairs) == [2.0, 3.0]
        assert [derivative for _, derivative in pairs] == [1.0, 1.0]


@pytest.mark.task1_3
def test_chain_rule_leaves_constants_out() -> None:
    x, c = Scalar(2.0), Scalar(3.0, back=None)
    for result in (x * c, c * x):
        ((variable, derivative),) = result.chain_rule(1.0)
        assert variable is x
        assert derivative == 3.0


@pytest.mark.task1_3
def test_chain_rule_writes_nothing() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    z = x * y
    list(z.chain_rule(1.0))
    assert (x.derivative, y.derivative, z.derivative) == (None, None, None)


# ---------------------------------------------------------------------- task 1.4: backpropagation


@pytest.mark.task1_4
@each(ONE_ARGUMENT)
@given(a=numbers)
def test_derivative_over_one_argument(base: Any, scalar: Any, a: float) -> None:
    smooth(base, a)
    derivative_check(scalar, Scalar(a))


@pytest.mark.task1_4
@each(TWO_ARGUMENTS)
@given(a=numbers, b=numbers)
def test_derivative_over_two_arguments(base: Any, scalar: Any, a: float, b: float) -> None:
    smooth(base, a, b)
    x, y = Scalar(a), Scalar(b)
    scalar(x, y).backward()
    for arg, variable in enumerate((x, y)):
        assert variable.derivative == pytest.approx(
            central_difference(base, a, b, arg=arg), rel=1e-3, abs=1e-3
        )
    derivative_check(scalar, Scalar(a), Scalar(b))


@pytest.mark.task1_4
def test_derivatives_of_the_guides_expression() -> None:
    x, y = Scalar(2.0, name="x"), Scalar(3.0, name="y")
    result = (x * x) * y + 10.0 * x
    assert result.data == 32.0
    result.backward()
    assert x.derivative == 22.0
    assert y.derivative == 4.0


@pytest.mark.task1_4
def test_backward_starts_from_one_or_from_what_it_is_given() -> None:
    for given_derivative, expected in ((None, 6.0), (1.0, 6.0), (0.5, 3.0), (0.0, 0.0)):
        x = Scalar(3.0)
        (x * x).backward(given_derivative)
        assert x.derivative == expected


@pytest.mark.task1_4
def test_accumulating_adds_to_the_derivative() -> None:
    x = Scalar(3.0)
    x.accumulate_derivative(2.0)
    assert x.derivative == 2.0
    x.accumulate_derivative(0.5)
    assert x.derivative == 2.5


@pytest.mark.task1_4
def test_only_leaves_accumulate() -> None:
    for other in (Scalar(3.0) * 2.0, Scalar(3.0, back=None)):
        with pytest.raises(ValueError, match="leaves"):
            other.accumulate_derivative(1.0)


@pytest.mark.task1_4
def test_comparisons_pass_back_nothing() -> None:
    x, y = Scalar(1.0), Scalar(2.0)
    ((x < y) * x + (x == y) * y + (x > y) * y).backward()
    assert x.derivative == 1.0
    assert y.derivative == 0.0


# --------------------------------------------------------------------------------- bad input


@pytest.mark.task1_2
@pytest.mark.parametrize("value", ["a", None, [1.0], 1j])
def test_a_scalar_of_no_number(value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        Scalar(value)
    assert "Scalar" in str(caught.value)
    assert repr(value) in str(caught.value)


@pytest.mark.task1_2
@pytest.mark.parametrize(
    ("expression", "error", "operation", "value"),
    [
        (lambda: Scalar(-1.0).log(), ValueError, "log", "-1.0"),
        (lambda: Scalar(0.0 - 1e-6).log(), ValueError, "log", "-1e-06"),
        (lambda: Scalar(1000.0).exp(), OverflowError, "exp", "1000.0"),
        (lambda: Scalar(1.0) / Scalar(0.0), ZeroDivisionError, "(?i)divi|inv|/", "0.0"),
        (lambda: Scalar(3.5) / 0, ZeroDivisionError, "(?i)divi|inv|/", "0.0"),
        (lambda: 2 / Scalar(0.0), ZeroDivisionError, "(?i)divi|inv|/", "0.0"),
    ],
)
def test_bad_input_names_the_operation_and_the_value(expression, error, operation, value) -> None:
    with pytest.raises(error, match=operation) as caught:
        expression()
    assert value in str(caught.value)


@pytest.mark.task1_2
@pytest.mark.parametrize(
    "expression",
    [
        lambda x: x + "1",
        lambda x: "1" + x,
        lambda x: x - [1],
        lambda x: x * None,
        lambda x: None / x,
        lambda x: x < "1",
        lambda x: x > None,
    ],
)
def test_operators_refuse_what_is_no_number(
    expression: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise: list[Any] = []  # what a finaliser complains of when the half-made result is freed
    monkeypatch.setattr(sys, "unraisablehook", lambda problem: noise.append(problem.exc_value))
    with pytest.raises(TypeError):
        expression(Scalar(1.0))
    gc.collect()
    assert noise == []


# --------------------------------------------------------------------------- derivative_check


class WrongSecond(ScalarFunction):
    """f(a, b) = a b², whose second derivative is three times too large."""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        ctx.save_for_backward(a, b)
        return a * b * b

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        a, b = ctx.saved_values
        return d_output * b * b, d_output * 6.0 * a * b


@pytest.mark.task1_4
def test_derivative_check_says_which_argument_what_it_got_and_what_it_expected() -> None:
    with pytest.raises(AssertionError, match="argument 1 ") as caught:
        derivative_check(WrongSecond.apply, Scalar(2.0), Scalar(7.0))
    assert "84" in str(caught.value)  # what backward gave
    assert "28" in str(caught.value)  # what was expected


@pytest.mark.task1_4
def test_derivative_check_of_a_function_that_ignores_an_argument() -> None:
    derivative_check(lambda x, y: x * x, Scalar(2.0), Scalar(7.0))


@pytest.mark.task1_4
def test_derivative_check_of_three_arguments() -> None:
    derivative_check(lambda x, y, z: x * y / z - z.log(), Scalar(2.0), Scalar(7.0), Scalar(3.0))


def test_relu_hands_nan_on() -> None:
    assert math.isnan(Scalar(math.nan).relu().data)


def test_backward_of_a_division_by_a_tiny_number_does_not_divide_by_zero() -> None:
    x = Scalar(1e-200)
    (1.0 / x).backward()
    assert x.derivative == -math.inf


def test_what_goes_wrong_in_backward_names_the_function_and_its_inputs() -> None:
    class Root(ScalarFunction):
        @staticmethod
        def forward(ctx, a):
            ctx.save_for_backward(a)
            return math.sqrt(a)

        @staticmethod
        def backward(ctx, d_output):
            (a,) = ctx.saved_values
            return d_output / (2 * math.sqrt(a))

    with pytest.raises(ZeroDivisionError, match=r"Root\.backward.*Root\.forward\(0\.0\)"):
        Root.apply(0.0).backward()


def test_backward_may_give_a_list_with_or_without_constants() -> None:
    class Both(ScalarFunction):
        @staticmethod
        def forward(ctx, a, b):
            return a + b

        @staticmethod
        def backward(ctx, d_output):
            return [d_output, 2 * d_output]

    x, constant = Scalar(1.0), Scalar(2.0, None)
    Both.apply(x, constant).backward()
    Both.apply(constant, x).backward()
    Both.apply(x, 5.0).backward()
    assert x.derivative == 4.0


def test_another_backward_pass_inside_one_is_named() -> None:
    class Nested(ScalarFunction):
        @staticmethod
        def forward(ctx, a):
            return a

        @staticmethod
        def backward(ctx, d_output):
            other.backward()
            return d_output

    x = Scalar(1.0)
    other = x * 2.0
    with pytest.raises(RuntimeError, match=r"Nested\.backward ran another backward pass"):
        (Nested.apply(x) + x).backward()


def test_a_scalar_can_be_pickled_into_a_younger_process() -> None:
    x = pickle.loads(pickle.dumps(Scalar(3.0, name="x")))
    x.derivative = 1.0
    again = pickle.loads(pickle.dumps(x))
    assert (again.data, again.name, again.derivative) == (3.0, "x", 1.0)
    assert again.unique_id > x.unique_id
