"""Scalars: what they hold, how they compare, and how they mix with numbers."""

import gc
import math
import pickle
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import minitorch
from minitorch.autodiff import Context
from minitorch.scalar import Scalar, ScalarHistory

numbers = st.floats(-100, 100)

# ------------------------------------------------------------------------------ what a Scalar holds


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


# --------------------------------------------------------------------- comparing, hashing, chaining


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


# ------------------------------------------------------------------------------ task 1.2: operators


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


# ---------------------------------------------------------------------------------------- bad input


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


# ------------------------------------------------------------------------- numbers of other types


class Index:
    def __index__(self) -> int:
        return 3


class Floaty:
    def __float__(self) -> float:
        return 2.5


NUMBERS = [True, 2, Fraction(1, 2), Decimal("0.25"), Index(), Floaty()]


@pytest.mark.task1_2
@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: type(number).__name__)
def test_any_real_number_is_a_number_everywhere(number: Any) -> None:
    as_float = float(number.__index__() if isinstance(number, Index) else number)
    x = Scalar(4.0)
    for result, expected in (
        (Scalar(number), as_float),
        (x + number, 4.0 + as_float),
        (number + x, 4.0 + as_float),
        (x - number, 4.0 - as_float),
        (number - x, as_float - 4.0),
        (x * number, 4.0 * as_float),
        (number * x, 4.0 * as_float),
        (x / number, 4.0 / as_float),
        (number / x, as_float / 4.0),
        (x < number, float(as_float > 4.0)),
        (x > number, float(as_float < 4.0)),
        (number < x, float(as_float < 4.0)),
        (Scalar(as_float) == number, 1.0),
        (number == Scalar(as_float), 1.0),
        (minitorch.scalar_functions.Mul.apply(number, x), 4.0 * as_float),
    ):
        assert isinstance(result, Scalar)
        assert type(result.data) is float
        assert result.data == pytest.approx(expected, rel=1e-15)
    x.backward(number)
    assert type(x.derivative) is float
    assert x.derivative == as_float


def test_numbers_and_arrays_of_numpy() -> None:
    np = pytest.importorskip("numpy")
    x = Scalar(2.0)
    for number in (np.float64(3.0), np.float32(3.0), np.int64(3), np.uint8(3)):
        for result, expected in ((x * number, 6.0), (number * x, 6.0), (number - x, 1.0)):
            assert isinstance(result, Scalar)
            assert result.data == expected
        assert (x < number).data == 1.0
        assert (Scalar(3.0) == number).data == 1.0
    for array in (np.array([1.0, 2.0]), np.array([5.0]), np.array([[1], [2]])):
        product = x * array
        assert type(product) is np.ndarray
        assert [element.data for element in product.flat] == [2.0 * v for v in array.flat]
        assert (x - array).shape == (array / x).shape == array.shape
        with pytest.raises(TypeError, match="Scalar holds a number, and a ndarray"):
            Scalar(array)
    with pytest.raises(TypeError):
        Scalar(np.complex128(1j))


class Vector:
    """Takes Scalars on either side, as a learner's own class may."""

    def __rmul__(self, other: Any) -> str:
        return f"{other.data} from the left"

    __radd__ = __rsub__ = __rtruediv__ = __gt__ = __lt__ = __eq__ = __rmul__


@pytest.mark.task1_2
@pytest.mark.parametrize(
    "expression",
    [
        *(lambda x, v: x * v, lambda x, v: x + v, lambda x, v: x - v, lambda x, v: x / v),
        *(lambda x, v: x < v, lambda x, v: x > v, lambda x, v: x == v),
    ],
)
def test_operators_step_aside_for_what_is_no_number(expression: Any) -> None:
    assert expression(Scalar(2.0), Vector()) == "2.0 from the left"


def test_messages_show_nobodys_memory() -> None:
    class Thing:
        data = memoryview(b"secret")

    for value in (Thing(), object(), memoryview(b"abc"), lambda: 1, [object()]):
        for call in (
            lambda v: Scalar(v),
            lambda v: Scalar(1.0) * v,
            lambda v: minitorch.scalar_functions.Mul.apply(Scalar(1.0), v),
            lambda v: Scalar(1.0).backward(v),
        ):
            with pytest.raises(TypeError) as caught:
                call(value)
            assert " at 0x" not in str(caught.value)


def test_a_number_too_large_for_a_float_is_an_overflow() -> None:
    for call in (lambda: Scalar(10**400), lambda: Scalar(1.0) + 10**400):
        with pytest.raises(OverflowError):
            call()


# --------------------------------------------------------------------------------------- displaying


def test_formatting_is_that_of_the_number() -> None:
    x = Scalar(2.0 / 3.0)
    assert f"{x:.2f}" == "0.67"
    assert f"{x:>8.3f}|{x:e}|{x:%}" == "   0.667|6.666667e-01|66.666667%"
    assert f"{x}" == str(x) == repr(x)


def test_a_label_is_a_name() -> None:
    x = Scalar(1.0)
    x.label = "a"
    assert (x.label, x.name) == ("a", "a")


def test_a_history_shows_and_compares_itself_as_the_course_s_does() -> None:
    z = Scalar(2.0) * Scalar(3.0)
    assert repr(z.history) == (
        "ScalarHistory(last_fn=<class 'minitorch.scalar_functions.Mul'>, "
        "ctx=Context(no_grad=False, saved_values=(2.0, 3.0)), inputs=[Scalar(2.0), Scalar(3.0)])"
    )
    assert repr(ScalarHistory()) == "ScalarHistory(last_fn=None, ctx=None, inputs=[])"
    assert z.history.ctx == Context(False, (2.0, 3.0))
    assert Context(False, (1, 2)) == Context(False, (1, 2)) != Context(True, (1, 2))
    assert z.history == (Scalar(2.0) * Scalar(3.0)).history
    assert z.history != (Scalar(3.0) * Scalar(2.0)).history
    assert z.history != (Scalar(2.0) < Scalar(3.0)).history
    assert ScalarHistory() == ScalarHistory() != z.history
    assert isinstance(z.history, ScalarHistory)
    assert isinstance(z.history, Context)
    assert Context(False, (1,)).saved_tensors == (1,)


def test_relu_hands_nan_on() -> None:
    assert math.isnan(Scalar(math.nan).relu().data)


def test_a_scalar_can_be_pickled_into_a_younger_process() -> None:
    x = pickle.loads(pickle.dumps(Scalar(3.0, name="x")))
    x.derivative = 1.0
    again = pickle.loads(pickle.dumps(x))
    assert (again.data, again.name, again.derivative) == (3.0, "x", 1.0)
    assert again.unique_id > x.unique_id
