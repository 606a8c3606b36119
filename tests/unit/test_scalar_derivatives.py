"""The derivatives Scalars end up with: one step back, all the way, and what goes wrong."""

import math

import pytest

from minitorch.autodiff import Context
from minitorch.scalar import Scalar, derivative_check
from minitorch.scalar_functions import ScalarFunction

# ----------------------------------------------------------------------------- task 1.3: chain rule


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


# ------------------------------------------------------------------------ task 1.4: backpropagation


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


# --------------------------------------------------------------------------------- derivative_check


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


# ---------------------------------------------------------------- what a function's backward may do


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
