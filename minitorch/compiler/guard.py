"""The guard: whether a program computes what the function computes, tried on a few samples.

Tracing sees what the function does with symbols, once. A function that is not one of the inputs,
the label and the parameters alone, but counts its calls, draws random numbers or looks at the type
of what it is given, may do something else with numbers. So a few samples are computed both ways, at
the parameters as they are and at others nearby.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import Any, Protocol

from ..module import Parameter
from ..scalar import Scalar
from .eager import ByScalars
from .errors import ADVICE, NotCompilable
from .plan import Plan, Stopped
from .run_python import PythonRunner
from .samples import Samples

TOLERANCE = 1e-7  # as a share; rounding alone stays well below
SMALL = 1e-12  # what is left of numbers that cancel each other
MOVE = 0.01  # how far parameters are moved, as a share of them and in addition
FEW = (
    200  # operations; with more, a sample is tried at one set of parameters, the next at the other
)

Outcome = tuple[list[float], list[float]]


class Runner(Protocol):
    """What runs a program."""

    def load(self, values: Sequence[float]) -> None:
        """Set the parameters to `values`."""

    def sample(self, index: int) -> Outcome:
        """The results for the sample at `index`, and its share of the gradient."""


class Guard:
    """Compares a program with its function.

    Args:
        function: the learner's function.
        parameters: the parameters.
        samples: what the program was made for.
        plan: the program.
        share: what the gradient of a sample is multiplied by; None where there is no gradient.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        parameters: Sequence[Parameter],
        samples: Samples,
        plan: Plan,
        share: float | None,
    ) -> None:
        self._function, self._parameters, self._samples = function, parameters, samples
        self._plan, self._share = plan, share

    def check(self, runner: Runner) -> None:
        """Compare the results and gradients of two samples for each label.

        Raises:
            NotCompilable: they differ; the message says for which sample, and by how much.
        """
        values = [float(parameter.value.data) for parameter in self._parameters]
        moved = [_moved(value, i) for i, value in enumerate(values)]
        few = self._plan.recorded <= FEW
        for place in range(len(self._samples.labels)):
            of_label = self._samples.with_label(place)
            first, last = of_label[0], of_label[-1]
            for index, at in ((first, values), (last, moved)):
                self._compare(runner, index, at)
            if few:
                for index, at in ((last, values), (first, moved)):
                    self._compare(runner, index, at)
        runner.load(values)

    def _compare(self, runner: Runner, index: int, values: list[float]) -> None:
        runner.load(values)
        due = self._due(index, values)
        got = _outcome(runner, index)
        if _alike(due, got, ()):
            return
        python = PythonRunner(self._plan)  # rounds as Scalars do, where that decides a branch
        python.load(values)
        got = _outcome(python, index)
        if not _alike(due, got, self._condition(index, values)):
            self._refuse(index, due, got)

    def _call(self, index: int, values: list[float]) -> ByScalars:
        arguments = self._samples.sample(index, Scalar)
        return ByScalars(self._function, arguments, self._parameters, values)

    def _due(self, index: int, values: list[float]) -> Outcome | Exception:
        """What Scalars make of the sample at `index`."""
        try:
            call = self._call(index, values)
            results = [result.data for result in call.results]
            if self._share is None:
                return results, []
            return results, call.gradient(self._share, self._plan.uses_scalars)
        except NotCompilable:
            raise
        except Exception as error:
            return error

    def _condition(self, index: int, values: list[float]) -> list[float]:
        """What the rounding of each derivative is relative to."""
        if self._share is None:
            return []
        with suppress(Exception):
            return self._call(index, values).condition(self._share)
        return []

    def _refuse(self, index: int, due: Outcome | Exception, got: Outcome | Exception) -> None:
        samples = self._samples
        label = (
            f", with label {samples.labels[samples.label_of[index]]!r},"
            if samples.has_labels
            else ""
        )
        raise NotCompilable(
            f"For sample {index}{label} the program does not give what the Scalars give: "
            f"{self._difference(due, got)}. So the function depends on something else than the "
            "inputs, the label and the parameters: random numbers, how often it was called, what "
            f"it kept from a call before, or whether it is given symbols. Or {ADVICE}."
        )

    def _difference(self, due: Outcome | Exception, got: Outcome | Exception) -> str:
        if isinstance(due, Exception) or isinstance(got, Exception):
            texts = [
                f"an error ({text!r})" if isinstance(text, Exception) else f"{text[0][0]:g}"
                for text in (got, due)
            ]
            return "{} in place of {}".format(*texts)
        names = [f"result {i + 1}" for i in range(len(due[0]))]
        names += [f"the derivative of {name}" for name in self._plan.parameters]
        pairs = [*zip(got[0], due[0], strict=False), *zip(got[1], due[1], strict=False)]
        worst = max(range(len(pairs)), key=lambda i: _distance(*pairs[i]))
        ours, theirs = pairs[worst]
        off = abs(ours - theirs)
        return f"{names[worst]} is {ours:g} in place of {theirs:g}, off by {off:g}"


def _moved(value: float, i: int) -> float:
    """A value nearby, in a direction that differs from parameter to parameter."""
    step = MOVE * math.sin(1.0 + 2.4 * i)
    return value + step * (1.0 + abs(value))


def _outcome(runner: Runner, index: int) -> Outcome | Exception:
    try:
        return runner.sample(index)
    except Stopped as stopped:
        return stopped


def _alike(due: Outcome | Exception, got: Outcome | Exception, conditions: Sequence[float]) -> bool:
    """Whether both are the same but for rounding, or both are errors.

    Args:
        due: what Scalars give.
        got: what the program gives.
        conditions: for each derivative the sum of what goes into it, if that is known.
    """
    if isinstance(due, Exception) or isinstance(got, Exception):
        return isinstance(due, Exception) and isinstance(got, Exception)
    results = zip(due[0], got[0], strict=False)  # without a second one the program gives 0
    derivatives = zip_longest(due[1], got[1], conditions, fillvalue=0.0)
    return all(_close(a, b, SMALL) for a, b in results) and all(
        _close(a, b, TOLERANCE * condition) for a, b, condition in derivatives
    )


def _close(due: float, got: float, small: float) -> bool:
    if due == got or (math.isnan(due) and math.isnan(got)) or not math.isfinite(small):
        return True  # and inf - inf, which may be NaN, may also not be computed
    return math.isfinite(due) and abs(due - got) <= TOLERANCE * abs(due) + small


def _distance(a: float, b: float) -> float:
    if a == b or (math.isnan(a) and math.isnan(b)):
        return 0.0
    return abs(a - b) if math.isfinite(a) and math.isfinite(b) else math.inf
