"""Stochastic gradient descent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minitorch.module import Parameter
from minitorch.optim import SGD
from minitorch.scalar import Scalar

numbers = st.floats(-10, 10)


@given(numbers, numbers, st.floats(0.01, 2))
def test_a_step_goes_against_the_derivative(value: float, slope: float, rate: float) -> None:
    parameter = Parameter(Scalar(value))
    parameter.value.accumulate_derivative(slope)
    SGD([parameter], lr=rate).step()
    assert parameter.value.data == value - rate * slope
    assert parameter.value.is_leaf()


def test_the_rate_is_one_unless_given() -> None:
    parameter = Parameter(Scalar(3.0))
    parameter.value.accumulate_derivative(2.0)
    SGD([parameter]).step()
    assert parameter.value.data == 1.0


def test_a_parameter_without_a_derivative_stays() -> None:
    parameter = Parameter(Scalar(3.0))
    SGD([parameter], lr=0.5).step()
    assert parameter.value.data == 3.0


def test_zero_grad_forgets_the_derivatives() -> None:
    parameter = Parameter(Scalar(3.0))
    optimizer = SGD([parameter], lr=0.5)
    optimizer.zero_grad()
    (parameter.value * parameter.value).backward()
    optimizer.zero_grad()
    assert not parameter.value.derivative
    (parameter.value * parameter.value).backward()
    assert parameter.value.derivative == 6.0


def test_steps_go_downhill_to_the_minimum() -> None:
    parameter = Parameter(Scalar(5.0))
    optimizer = SGD([parameter], lr=0.2)
    for _ in range(60):
        optimizer.zero_grad()
        ((parameter.value - 3.0) * (parameter.value - 3.0)).backward()
        optimizer.step()
    assert abs(parameter.value.data - 3.0) < 1e-9


def test_a_step_keeps_nothing_of_the_graph() -> None:
    parameter = Parameter(Scalar(5.0))
    optimizer = SGD([parameter], lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        (parameter.value * 2.0).backward()
        optimizer.step()
        assert list(parameter.value.parents) == []


def test_a_step_keeps_the_names() -> None:
    p = Parameter(Scalar(3.0), "slope")
    (p.value * p.value).backward()
    SGD([p], lr=0.1).step()
    assert (p.name, p.value.name) == ("slope", "slope")


def test_an_optimiser_without_parameters_is_an_error() -> None:
    for none in ([], (), iter([])):
        with pytest.raises(ValueError, match="no parameters"):
            SGD(none)


def test_an_optimiser_of_something_else_is_an_error() -> None:
    with pytest.raises(TypeError, match="Scalar"):
        SGD([Scalar(1.0)])


def test_parameters_that_hold_no_scalar_stay() -> None:
    parameters = [Parameter(None), Parameter(2.0), Parameter(Scalar(3.0))]
    optimizer = SGD(iter(parameters), lr=0.1)
    optimizer.zero_grad()
    (parameters[2].value * 2.0).backward()
    optimizer.step()
    assert [parameters[0].value, parameters[1].value] == [None, 2.0]
    assert parameters[2].value.data == pytest.approx(2.8)


@pytest.mark.parametrize("rate", [float("nan"), float("inf")])
def test_a_rate_that_is_no_finite_number_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match=f"finite number, not {rate}"):
        SGD([Parameter(Scalar(1.0))], lr=rate)
