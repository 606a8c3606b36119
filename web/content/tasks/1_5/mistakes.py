"""Mistakes in `Linear` and `Network`, told by what they give for parameters that are known."""

import math
from collections.abc import Sequence
from typing import Any

from recognise import attempt, near, number

POINT = (0.2, 0.7)


def _with_parameters(module: Any, lib: Any) -> dict[str, float]:
    """Give every parameter a value of its own, some below 0; return them by name."""
    named = {}
    for k, (name, parameter) in enumerate(module.named_parameters()):
        named[name] = round(math.sin(2.0 * k + 1.0), 3)
        parameter.update(lib.scalar.Scalar(named[name]))
    return named


def _layer(lib: Any, inputs: Sequence[float], out_size: int) -> tuple[Any, dict[str, float]]:
    """What a layer gives for some inputs, or the exception it raised; and its parameters."""
    layer = lib.run_scalar.Linear(len(inputs), out_size)
    named = _with_parameters(layer, lib)
    scalars = [lib.scalar.Scalar(x) for x in inputs]
    return attempt(lambda: list(layer.forward(scalars))), named


def _are(got: Any, expected: Sequence[float]) -> bool:
    return (
        isinstance(got, list)
        and len(got) == len(expected)
        and all(near(number(out), due) for out, due in zip(got, expected, strict=True))
    )


def _network(lib: Any) -> Any:
    network = lib.run_scalar.Network(4)
    _with_parameters(network, lib)
    return network


def _output(lib: Any, network: Any) -> Any:
    """What a network gives for a point, or the exception it raised."""
    x = tuple(lib.scalar.Scalar(v) for v in POINT)
    return attempt(network.forward, x)


def _through(lib: Any, network: Any, *after: Any) -> float | None:
    """What a network's layers give if these functions come after them, one for each."""
    values = list(POINT)
    for name, function in zip(("layer1", "layer2", "layer3"), after, strict=True):
        outs = getattr(network, name).forward([lib.scalar.Scalar(v) for v in values])
        values = [function(number(out)) for out in outs]
    return values[0] if len(values) == 1 else None


def _relu(x: float) -> float:
    return max(x, 0.0)


def _same(x: float) -> float:
    return x


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


# ------------------------------------------------------------------------------------ Linear


def value_forgotten(lib: Any) -> bool:
    """In `Linear.forward` you compute with a Parameter. It is the box in which training puts a new
    Scalar after each step; the Scalar is its `.value`.

    Read <guide:backpropagation#network>.
    """
    failed, _ = _layer(lib, (2.0, 3.0), 3)
    if isinstance(failed, list):
        return any(type(out).__name__ == "Parameter" for out in failed)
    return isinstance(failed, Exception) and "Parameter" in str(failed)


def bias_missing(lib: Any) -> bool:
    """`Linear.forward` does not add the bias: for inputs of 0 all your outputs are 0. Each output
    is the weighted sum of the inputs, plus `bias[j].value`.

    Read <guide:backpropagation#network>.
    """
    got, _ = _layer(lib, (0.0, 0.0), 3)
    return _are(got, [0.0] * 3)


def turned_weights(lib: Any) -> bool:
    """`Linear.forward` mixes up the two indices of `weights`. `weights[i][j]` belongs to input i
    and output j: one row for each input.

    Read <guide:backpropagation#network>.
    """
    got, named = _layer(lib, (2.0, 3.0), 2)
    expected = [
        named[f"bias_{j}"] + sum((2.0, 3.0)[i] * named[f"weight_{j}_{i}"] for i in range(2))
        for j in range(2)
    ]
    return _are(got, expected)


def one_input_only(lib: Any) -> bool:
    """`Linear.forward` looks at one of the inputs only. Each output adds up all of them, each times
    its own weight.

    Read <guide:backpropagation#network>.
    """
    got, named = _layer(lib, (2.0, 3.0), 3)
    return any(
        _are(got, [named[f"bias_{j}"] + x * named[f"weight_{i}_{j}"] for j in range(3)])
        for i, x in enumerate((2.0, 3.0))
    )


def left_the_graph(lib: Any) -> bool:
    """`Linear.forward` gives the right numbers, but the parameters get no derivatives: the graph
    does not lead to them. Compute with the Scalars, `weights[i][j].value`, and not with the
    numbers in them, `.value.data`.

    Read <guide:scalar#functions>.
    """
    layer = lib.run_scalar.Linear(2, 3)
    named = _with_parameters(layer, lib)
    got = layer.forward([lib.scalar.Scalar(2.0), lib.scalar.Scalar(3.0)])
    right = [
        named[f"bias_{j}"] + 2.0 * named[f"weight_0_{j}"] + 3.0 * named[f"weight_1_{j}"]
        for j in range(3)
    ]
    for out in got:
        attempt(lambda out=out: out.backward())
    missing = any(p.value.derivative is None for p in layer.parameters())
    return _are(list(got), right) and missing


# ----------------------------------------------------------------------------------- Network


def wrong_sizes(lib: Any) -> str:
    """The layers of `Network` do not fit: {where}. The first takes 2 inputs and has
    `hidden_layers` outputs, the second as many of both, and the last makes one output of them.

    Read <guide:backpropagation#network>.
    """
    hidden = 4
    due = {
        "layer1": 2 * hidden + hidden,
        "layer2": hidden * hidden + hidden,
        "layer3": hidden + 1,
    }
    network = lib.run_scalar.Network(hidden)
    for name, count in due.items():
        if not hasattr(network, name):
            return f"there is no `{name}`"
        found = len(getattr(network, name).parameters())
        if found != count:
            return f"with 4 hidden, `{name}` has {found} parameters instead of {count}"
    return ""


def relu_missing(lib: Any) -> str:
    """In `Network.forward` there is no ReLU after {where}. Without one, two layers in a row are
    only a longer way to write one: every output is still a weighted sum of the inputs.

    Read <guide:backpropagation#network>.
    """
    network = _network(lib)
    got = number(_output(lib, network))
    for where, first, second in (
        ("`layer1` and `layer2`", _same, _same),
        ("`layer1`", _same, _relu),
        ("`layer2`", _relu, _same),
    ):
        if near(got, _through(lib, network, first, second, _sigmoid) or 0.0):
            right = near(got, _through(lib, network, _relu, _relu, _sigmoid) or 0.0)
            return "" if right else where
    return ""


def sigmoid_missing(lib: Any) -> bool:
    """What `Network.forward` gives is no probability: the last layer's output has to go through a
    sigmoid, which brings it between 0 and 1.

    Read <guide:backpropagation#network>.
    """
    network = _network(lib)
    last = _through(lib, network, _relu, _relu, _same)
    return last is not None and near(number(_output(lib, network)), last)


def relu_for_sigmoid(lib: Any) -> bool:
    """At the end of `Network.forward` there is a ReLU before the sigmoid, or in place of it. Then
    no probability is ever below a half. ReLU belongs between the layers, the sigmoid at the end.

    Read <guide:backpropagation#network>.
    """
    network = _network(lib)
    # Turn the last layer around if need be, so that a ReLU there would show.
    if (_through(lib, network, _relu, _relu, _same) or 0.0) > 0:
        for parameter in network.layer3.parameters():
            parameter.update(lib.scalar.Scalar(-parameter.value.data))
    got = number(_output(lib, network))
    return near(got, 0.5) or near(got, 0.0)


def list_returned(lib: Any) -> bool:
    """`Network.forward` returns a list. The last layer gives a list of one output: take that one
    out, with `[0]`, and return it.

    Read <guide:backpropagation#network>.
    """
    return isinstance(_output(lib, _network(lib)), (list, tuple))
