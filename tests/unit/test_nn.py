"""Layers and the network of the course."""

import copy
import random
from itertools import chain
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minitorch.datasets import datasets
from minitorch.nn import Linear, Network
from minitorch.scalar import Scalar


def values(module: Linear | Network) -> list[float]:
    return [p.value.data for p in module.parameters()]


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 1000))
def test_linear_is_weights_times_inputs_plus_bias(inputs: int, outputs: int, seed: int) -> None:
    layer = Linear(inputs, outputs, Random(seed))
    assert len(layer.parameters()) == inputs * outputs + outputs
    bias = [y.data for y in layer([Scalar(0.0)] * inputs)]
    assert len(bias) == outputs
    weights = []  # of each input: what it adds when it is 1 and all others are 0
    for i in range(inputs):
        unit = [Scalar(float(i == j)) for j in range(inputs)]
        weights.append([y.data - b for y, b in zip(layer(unit), bias, strict=True)])
    assert sorted([*bias, *chain(*weights)]) == pytest.approx(sorted(values(layer)))
    xs = [float(i + 1) for i in range(inputs)]
    expected = [
        bias[j] + sum(x * row[j] for x, row in zip(xs, weights, strict=True))
        for j in range(outputs)
    ]
    assert [y.data for y in layer([Scalar(x) for x in xs])] == pytest.approx(expected)


def test_linear_without_a_generator_works() -> None:
    (y,) = Linear(2, 1)((Scalar(1.0), Scalar(2.0)))
    assert isinstance(y, Scalar)


def test_every_parameter_of_a_layer_gets_its_derivative() -> None:
    layer = Linear(2, 1, Random(0))
    (y,) = layer((Scalar(3.0), Scalar(4.0)))
    y.backward()
    assert sorted(p.value.derivative for p in layer.parameters()) == [1.0, 3.0, 4.0]


@pytest.mark.parametrize("hidden", [1, 2, 10])
def test_network_has_two_inputs_two_hidden_layers_and_one_output(hidden: int) -> None:
    network = Network(hidden, seed=0)
    count = (2 * hidden + hidden) + (hidden * hidden + hidden) + (hidden + 1)
    assert len(network.parameters()) == count
    names = [name for name, _ in network.named_parameters()]
    assert len(set(names)) == count
    assert all("." in name for name in names)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 100))
def test_network_gives_a_probability(x1: float, x2: float, seed: int) -> None:
    out = Network(3, seed=seed)((Scalar(x1), Scalar(x2)))
    assert isinstance(out, Scalar)
    assert 0.0 < out.data < 1.0


def test_the_seed_fixes_the_weights() -> None:
    assert values(Network(4, seed=1)) == values(Network(4, seed=1))
    assert values(Network(4, seed=1)) != values(Network(4, seed=2))
    assert values(Network(4, seed=0)) == values(Network(4, seed=0))


def test_no_two_weights_start_alike() -> None:
    weights = [
        p.value.data for name, p in Network(5, seed=0).named_parameters() if "weight" in name
    ]
    assert len(set(weights)) == len(weights)


def test_network_can_be_shown() -> None:
    assert "Linear" in repr(Network(2, seed=0))


def test_a_layer_refuses_a_wrong_number_of_inputs() -> None:
    with pytest.raises(ValueError, match="2 inputs was given 1"):
        Network(2, seed=0)((Scalar(1.0),))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_point_of_another_size_is_refused_in_every_way(count: int) -> None:
    network = Network(2, seed=0)
    with pytest.raises(ValueError, match=f"2 inputs was given {count}"):
        network([Scalar(1.0)] * count)
    with pytest.raises(ValueError, match=f"2 inputs was given {count}"):
        network.predict([(0.1, 0.2), (0.1,) * count])


def test_a_layer_without_inputs_gives_its_biases() -> None:
    layer = Linear(0, 2, Random(1))
    assert [y.data for y in layer([])] == values(layer)
    assert [bias for _, bias in layer.values()] == values(layer)
    assert Linear(2, 0)([Scalar(1.0), Scalar(2.0)]) == []
    network = Network(0, seed=0)
    assert network.predict([(0.1, 0.2)]) == [network((Scalar(0.1), Scalar(0.2))).data]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Linear(-1, 2), ValueError),
        (lambda: Linear(2, -1), ValueError),
        (lambda: Network(-1), ValueError),
        (lambda: Linear(2.5, 1), TypeError),
        (lambda: Network("3"), TypeError),
    ],
)
def test_a_size_that_is_none_is_refused_when_it_is_given(make: Any, error: Any) -> None:
    with pytest.raises(error):
        make()


def test_without_a_seed_the_global_generator_decides() -> None:
    random.seed(1)
    first, second = values(Network(2)), values(Network(2))
    random.seed(1)
    assert values(Network(2)) == first != second
    random.seed(1)
    assert values(Linear(1, 1)) == first[:2]  # drawn in the course's order


def test_a_model_can_be_copied() -> None:
    model = Network(3, seed=1)
    copied = copy.deepcopy(model)
    copied.parameters()[0].update(Scalar(9.0))
    assert model.parameters()[0].value.data != 9.0
    assert values(copied)[1:] == values(model)[1:]


def test_the_first_weights_are_not_the_points_of_the_same_seed() -> None:
    points = set(chain.from_iterable(datasets["Simple"](50, seed=3).X))
    assert not points & {weight / 2 + 0.5 for weight in values(Network(4, seed=3))}
