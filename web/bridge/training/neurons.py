"""What single neurons make of the plane: the sums of each layer, before any activation."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from minitorch.scalar import Scalar

MOST = 12  # of a wide layer, so many neurons are looked at, spread evenly
MOST_LAYERS = 6
# Parameters of the largest models that are looked into, which takes a second to begin with.
LARGEST, LARGEST_EAGER = 5000, 1000
FINE, COARSE = 20, 10  # squares each way, compiled and not


def grid(side: int) -> list[tuple[float, float]]:
    """The middles of `side` × `side` little squares, row by row from the bottom."""
    middles = [(i + 0.5) / side for i in range(side)]
    return [(x1, x2) for x2 in middles for x1 in middles]


@dataclass
class Layer:
    """One layer: a part of the model that gives Scalars when it is called.

    Attributes:
        name: what the model calls it, such as "layer1".
        size: how many neurons it has.
        shown: the indices of those that are looked at.
    """

    name: str
    size: int
    shown: list[int]


@dataclass
class Neurons:
    """The sums of neurons on a square grid over the unit square.

    Attributes:
        layers: in the order in which a point goes through them.
        side: how many squares the grid has each way.
        values: for each neuron that is shown, layer by layer, the grid row by row from the bottom.
    """

    layers: list[Layer]
    side: int
    values: array[float]


class NeuronMaps:
    """Draws the neurons of a model, whatever Modules it is made of.

    Args:
        model: a Module.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._layers: list[Layer] | None = None
        self._program: Any = None

    def eager(self, seconds: float) -> Neurons | None:
        """Compute them Scalar by Scalar; None where that takes much longer than `seconds`."""
        layers = self._find(LARGEST_EAGER)
        start = time.perf_counter()
        if not layers or not self._at((0.5, 0.5)):
            return None
        if (time.perf_counter() - start) * COARSE * COARSE > 2 * seconds:
            return None
        rows = [self._at(x) for x in grid(COARSE)]
        values = array("d", (value for column in zip(*rows, strict=True) for value in column))
        return Neurons(layers, COARSE, values)

    def compiled(self, compiled: Any) -> Neurons | None:
        """Compute them with the parameters of a program, by another that is made of the model.

        Args:
            compiled: what the model's training was compiled to.
        """
        from minitorch.compiler import NotCompilable

        layers = self._find(LARGEST)
        if not layers:
            return None
        if self._program is None:
            try:
                self._program = compiled.at(grid(FINE), lambda x: sums_of(self._model, layers, x))
            except NotCompilable:
                self._layers = []
                return None
        values = array("d")
        for column in self._program.columns():
            values.extend(column)
        return Neurons(layers, FINE, values)

    def _find(self, largest: int) -> list[Layer]:
        if len(self._model.parameters()) > largest:
            return []
        if self._layers is None:
            try:
                self._layers = find_layers(self._model)
            except Exception:  # the learner's: training says it where it matters
                self._layers = []
        return self._layers

    def _at(self, x: Sequence[float]) -> list[float]:
        try:
            sums = sums_of(self._model, self._layers or [], [Scalar(value) for value in x])
        except (ArithmeticError, ValueError):  # as after a step that was too large
            return []
        return [one.data for one in sums]


def find_layers(model: Any) -> list[Layer]:
    """The layers of a model, found by sending a point through it.

    Args:
        model: a Module; layers are the Modules that it holds itself.
    """
    found = _through(model, (Scalar(0.5), Scalar(0.5)))
    layers = [Layer(name, len(sums), _spread(len(sums))) for name, sums in found.items() if sums]
    return layers[:MOST_LAYERS]


def sums_of(model: Any, layers: list[Layer], x: Sequence[Scalar]) -> tuple[Scalar, ...]:
    """The sums of the neurons that are shown, for one point.

    Args:
        model: the model.
        layers: as `find_layers` has found them.
        x: the point.
    """
    found = _through(model, x)
    return tuple(found[layer.name][i] for layer in layers for i in layer.shown)


def _through(model: Any, x: Sequence[Scalar]) -> dict[str, list[Any]]:
    """What each layer gives at its first call, when a point goes through the model."""
    found: dict[str, list[Any]] = {}
    with _heard(model, found):
        model(x)
    return found


@contextmanager
def _heard(model: Any, found: dict[str, list[Any]]) -> Iterator[None]:
    """Let every layer write down what it gives."""
    parts: dict[str, Any] = dict(vars(model).get("_modules", {}))
    for name, part in parts.items():
        part.__dict__["forward"] = _listening(name, part.forward, found)
    try:
        yield
    finally:
        for part in parts.values():
            part.__dict__.pop("forward", None)


def _listening(name: str, forward: Any, found: dict[str, list[Any]]) -> Any:
    def heard(*inputs: Any) -> Any:
        outputs = forward(*inputs)
        several = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        if all(isinstance(one, Scalar) for one in several):
            found.setdefault(name, list(several))
        return outputs

    return heard


def _spread(size: int) -> list[int]:
    if size <= MOST:
        return list(range(size))
    return [round(i * (size - 1) / (MOST - 1)) for i in range(MOST)]
