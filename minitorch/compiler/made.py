"""What was made of a function: its program, and what runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..scalar import Scalar
from .eager import ByScalars
from .guard import Guard
from .held import Held
from .lending import lending
from .pipeline import Runner, collector_waiting, make_runner, prediction_plan, training_plan
from .plan import Plan
from .run_python import PythonRunner
from .samples import Samples
from .undone import undone


@dataclass
class Made:
    """A function with its program.

    Attributes:
        function: the learner's function.
        samples: what it is computed for.
        held: the parameters.
        plan: the program.
        runner: what runs it.
        share: what the gradient of a sample is multiplied by; None where there is no gradient.
    """

    function: Callable[..., Any]
    samples: Samples
    held: Held
    plan: Plan
    runner: Runner
    share: float | None

    def raise_error(self) -> PythonRunner:
        """Find, with Python's own arithmetic, the sample that went wrong, and let Scalars compute
        it, which raises their error; if there is none, return what has found none."""
        python, values = PythonRunner(self.plan), self.runner.values()
        python.load(values)
        index = python.first_failing()
        if index is None:
            return python
        arguments, parameters = self.samples.sample(index, Scalar), self.held.parameters
        with undone(self.function, self.held.owner), lending(parameters):
            call = ByScalars(self.function, arguments, parameters, values)
            if self.share is not None:
                call.gradient(self.share)
        raise ArithmeticError(f"sample {index} can't be computed")  # which should not happen


def make(
    function: Callable[..., Any], samples: Samples, held: Held, backend: str, differentiate: bool
) -> Made:
    """Compile a function, and see whether the program does what the function does.

    Args:
        function: the function of a sample.
        samples: what it is to be computed for.
        held: the parameters.
        backend: as for `compile`.
        differentiate: whether it is a loss, to be trained with.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express.
        Exception: whatever it raises for Scalars, too.
    """
    plan_for, share = (
        (training_plan, 1.0 / samples.count) if differentiate else (prediction_plan, None)
    )
    with undone(function, held.owner), lending(held.parameters), collector_waiting():
        plan = plan_for(function, held.named, samples)
        runner = make_runner(plan, backend)
        Guard(function, held.parameters, samples, plan, share).check(runner)
    return Made(function, samples, held, plan, runner, share)
