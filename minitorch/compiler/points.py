"""Predictions for fixed points, such as a grid over the plane, again and again."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from .held import Held
from .made import make
from .plan import Stopped
from .samples import Samples


class Points:
    """The predictions of a model for fixed points: call it for an array of them.

    Args:
        model: gives the parameters, and their values as they are now.
        points: the points, each a number or a sequence of numbers.
        predict: the function of a point whose results are wanted.
        backend: as for `compile`.
    """

    def __init__(
        self,
        model: Callable[[], tuple[Held, list[float]]],
        points: Sequence[Any],
        predict: Callable[[Any], Any],
        backend: str,
    ) -> None:
        self._model, self._predict, self._backend = model, predict, backend
        self._samples = Samples(points)
        self._make(model()[0])

    def _make(self, held: Held) -> None:
        made = make(self._predict, self._samples, held, self._backend, differentiate=False)
        self._held, self._made = held, made

    def __call__(self) -> array[float]:
        """The first result for each point, with the parameters as they are now."""
        return self.columns()[0]

    def columns(self) -> list[array[float]]:
        """All results: an array for each, with a number for each point.

        Raises:
            ArithmeticError, ValueError: as the Scalars would raise it.
        """
        held, values = self._model()
        if held is not self._held:
            self._make(held)
        self._made.runner.load(values)
        try:
            return self._made.runner.predict()
        except Stopped:
            return self._made.raise_error().predict()
