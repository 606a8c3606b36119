"""Task 1.5: Linear, Network, and the training of it."""

import importlib
import itertools
import math
from collections.abc import Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from limits import unlimited
from probes import Wrong, expect, number, shown
from stand_ins import stand_ins

import minitorch
from minitorch import Scalar

pytestmark = pytest.mark.task1_5


@pytest.fixture
def run_scalar() -> ModuleType:
    """project/run_scalar.py, imported only here: the other tasks can do without it."""
    with stand_ins():
        return importlib.import_module("project.run_scalar")


def scalars(values: Sequence[float]) -> list[Scalar]:
    return [Scalar(v) for v in values]


def set_parameters(module: Any) -> list[float]:
    """Give every parameter a value of its own, some positive and some negative."""
    values = []
    for k, parameter in enumerate(module.parameters()):
        values.append(round(math.sin(2.0 * k + 1.0), 3))
        parameter.update(Scalar(values[-1]))
    return values


def outputs(layer: Any, inputs: Sequence[float]) -> list[float]:
    """What a layer gives for some numbers, as floats."""
    found = [number(out) for out in layer.forward(scalars(inputs))]
    assert None not in found, f"Linear gave {found} where Scalars are due"
    return [out for out in found if out is not None]


# ---------------------------------------------------------------------------------- Linear

SIZES = [(1, 1), (2, 1), (1, 3), (2, 3), (3, 2), (4, 4)]


@pytest.mark.parametrize(("in_size", "out_size"), SIZES)
def test_a_layer_has_as_many_parameters_and_outputs_as_it_should(
    run_scalar: ModuleType, in_size: int, out_size: int
) -> None:
    layer = run_scalar.Linear(in_size, out_size)
    given = {"in_size": in_size, "out_size": out_size}
    count = len(layer.parameters())
    expect("How many parameters Linear has", count, in_size * out_size + out_size, given)
    expect("How many outputs Linear gives", len(outputs(layer, [1.0] * in_size)), out_size, given)


@pytest.mark.parametrize(("in_size", "out_size"), SIZES)
def test_a_layer_gives_weighted_sums_and_adds_the_bias(
    run_scalar: ModuleType, in_size: int, out_size: int
) -> None:
    """With all inputs 0 the biases are left; an input of 1 adds its weights to that."""
    layer = run_scalar.Linear(in_size, out_size)
    set_parameters(layer)
    named = {name: parameter.value.data for name, parameter in layer.named_parameters()}
    for moved in (None, *range(in_size)):
        inputs = [float(i == moved) for i in range(in_size)]
        for j, got in enumerate(outputs(layer, inputs)):
            weight = 0.0 if moved is None else named[f"weight_{moved}_{j}"]
            due = named[f"bias_{j}"] + weight
            what = f"Output {j} of Linear({in_size}, {out_size})"
            parts = {k: v for k, v in named.items() if k in (f"bias_{j}", f"weight_{moved}_{j}")}
            expect(what, got, due, {"inputs": str(inputs), **parts})


def test_a_layer_adds_up_all_its_inputs(run_scalar: ModuleType) -> None:
    layer = run_scalar.Linear(3, 2)
    set_parameters(layer)
    named = {name: parameter.value.data for name, parameter in layer.named_parameters()}
    inputs = [0.5, -2.0, 3.0]
    for j, got in enumerate(outputs(layer, inputs)):
        due = named[f"bias_{j}"] + sum(x * named[f"weight_{i}_{j}"] for i, x in enumerate(inputs))
        expect(f"Output {j} of Linear(3, 2)", got, due, {"inputs": str(inputs)})


def test_every_parameter_of_a_layer_gets_a_derivative(run_scalar: ModuleType) -> None:
    layer = run_scalar.Linear(2, 3)
    for out in layer.forward(scalars([2.0, 3.0])):
        out.backward()
    for name, parameter in layer.named_parameters():
        due = 1.0 if name.startswith("bias") else 2.0 if name.startswith("weight_0") else 3.0
        if parameter.value.derivative is None:
            raise Wrong(
                f"{name} gets no derivative: the outputs were not computed from its value",
                expected=due,
            )
        expect(f"The derivative of {name}", parameter.value.derivative, due, {"inputs": "[2, 3]"})


# --------------------------------------------------------------------------------- Network


@pytest.mark.parametrize("hidden", [1, 2, 5])
def test_a_network_has_three_layers(run_scalar: ModuleType, hidden: int) -> None:
    network = run_scalar.Network(hidden)
    due = (2 * hidden + hidden) + (hidden * hidden + hidden) + (hidden + 1)
    count = len(network.parameters())
    expect(f"How many parameters Network({hidden}) has", count, due, {"hidden": hidden})
    for name in ("layer1", "layer2", "layer3"):
        if not hasattr(network, name):
            raise Wrong(f"Network has no {name}")


@pytest.mark.parametrize("point", [(0.0, 0.0), (0.2, 0.7), (0.9, 0.4), (-3.0, 2.0)])
def test_a_network_uses_its_layers_with_relu_relu_and_sigmoid(
    run_scalar: ModuleType, point: tuple[float, float]
) -> None:
    network = run_scalar.Network(4)
    set_parameters(network)
    middle = [max(h, 0.0) for h in outputs(network.layer1, point)]
    end = [max(h, 0.0) for h in outputs(network.layer2, middle)]
    (last,) = outputs(network.layer3, end)
    got = network.forward(tuple(scalars(point)))
    if not isinstance(got, Scalar):
        raise Wrong("Network.forward", {"point": str(point)}, repr(got), "one Scalar")
    expect(
        "Network.forward: layer1, ReLU, layer2, ReLU, layer3, sigmoid",
        got,
        1.0 / (1.0 + math.exp(-last)),
        {"point": str(point)},
    )


def test_derivatives_reach_the_first_layer(run_scalar: ModuleType) -> None:
    network = run_scalar.Network(3)
    for parameter in network.parameters():
        parameter.update(Scalar(0.5))
    network.forward(tuple(scalars([0.2, 0.7]))).backward()
    missing = [name for name, p in network.named_parameters() if p.value.derivative is None]
    if missing:
        raise Wrong(f"These parameters get no derivative: {', '.join(missing)}")


# -------------------------------------------------------------------------------- training

# Where this training begins: at random a network of this size may never get going.
START = [0.1, 0.2, -0.1, 0.3, -0.1, -0.1, -0.7, -0.7, 0.3, -0.8, 0.4, 0.1, -0.3, 0.5, -0.2]


def simple(size: int) -> SimpleNamespace:
    """Points in as many rows and columns, with the label 1 in the left half."""
    X = list(itertools.product([(i + 0.5) / size for i in range(size)], repeat=2))
    return SimpleNamespace(N=len(X), X=X, y=[int(x1 < 0.5) for x1, _ in X])


def train(network: Any, data: Any, rate: float, epochs: int) -> tuple[float, int]:
    """Train as ScalarTrain does; the loss of the last epoch, and the points on the right side."""
    optimizer = minitorch.SGD(network.parameters(), rate)
    for _ in range(epochs):
        optimizer.zero_grad()
        total, correct = 0.0, 0
        for x, label in zip(data.X, data.y, strict=True):
            out = network.forward(tuple(scalars(x)))
            probability = out if label == 1 else -out + 1.0
            loss = -probability.log()
            (loss / data.N).backward()
            total += loss.data
            correct += probability.data > 0.5
        optimizer.step()
    return total, correct


def test_simple_is_learned(run_scalar: ModuleType) -> None:
    network, data = run_scalar.Network(2), simple(4)
    layers = (network.layer1, network.layer2, network.layer3)
    parameters = [parameter for layer in layers for parameter in layer.parameters()]
    for parameter, value in zip(parameters, START, strict=True):
        parameter.update(Scalar(value))
    train(run_scalar.Network(2), simple(2), 2.0, 1)
    with unlimited():  # a little training came to its end, and so will more
        before, _ = train(network, data, 2.0, 1)
        after, correct = train(network, data, 2.0, 24)
    if correct < 15 or after > 0.7 * before:
        raise Wrong(
            "Training on 16 points of Simple for 25 epochs",
            {"loss before": before},
            f"loss {shown(after)}, {correct} of 16 points on the right side",
            "a loss of about 6, and 16 points on the right side",
        )


def test_the_training_loop_runs(run_scalar: ModuleType) -> None:
    log: list[Any] = []
    trainer = run_scalar.ScalarTrain(2)
    trainer.train(simple(2), 0.5, 2, log_fn=lambda *record: log.append(record))
    if not log or not math.isfinite(log[-1][1]):
        raise Wrong("ScalarTrain.train, for two epochs", got=repr(log), expected="a finite loss")
