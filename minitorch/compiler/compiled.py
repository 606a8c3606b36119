"""`compile`: from a function of Scalars to something that trains at the speed of C.

>>> from minitorch import Network, datasets
>>> model, data = Network(hidden_layers=3), datasets["Simple"](50)
>>> def loss(x, label):
...     output = model(x)
...     right = output if label == 1 else 1.0 - output
...     return -right.log(), right > 0.5
>>> compiled = compile(loss, model, data.X, data.y)
>>> totals = compiled.train(100, rate=0.5)
>>> totals[-1].loss < totals[0].loss, len(compiled.predict(data.X))
(True, 50)
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from ..errors import Diverged
from ..module import Module, Parameter
from ..scalar import Scalar
from .layout import CHUNK
from .pipeline import collector_waiting, count_operations, prediction_plan, training_plan
from .plan import Plan, Stopped, Total
from .run_python import PythonRunner, source
from .run_wasm import WasmRunner, available
from .samples import Samples
from .trace import parameters_as

Runner = WasmRunner | PythonRunner


def compile(
    loss: Callable[..., Any],
    parameters: Module | Sequence[Parameter],
    X: Sequence[Any],
    y: Sequence[Any] | None = None,
    *,
    predict: Callable[[Any], Any] | None = None,
    engine: str = "auto",
) -> Compiled:
    """Compile the training of `parameters` on the samples (X, y).

    Args:
        loss: a function for one sample: `loss(x, y)`, or `loss(x)` without y. It gets a Scalar for
            each number of the sample (a tuple of them where X has tuples) and uses the values of
            the parameters as usual. It gives a Scalar, or a pair of them: the second is added
            up over the samples as `correct`, so let it be 1 where the sample is right.
        parameters: what is trained: a Module, or a list of Parameters.
        X: the points, each a number or a sequence of numbers.
        y: what is known about each. Whole numbers and strings are labels, which `loss` gets as
            they are and may branch on; floats are targets, which it gets as Scalars. All else
            that `loss` uses is taken to stay as it is now.
        predict: the function whose results `Compiled.predict` gives; by default the Module.
        engine: "wasm", "python", or the first of them that there is.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express.
    """
    return Compiled(loss, parameters, X, y, predict=predict, engine=engine)


class Compiled:
    """A loss, its derivative and the training, compiled.

    The Module is the truth: every method begins by reading its parameters, and `train` ends with
    writing them (unless told to keep them; see there).

    Attributes:
        recorded: the operations that one sample took, for all labels.
        lowered: the operations that are left of them.
        operations: the operations of an epoch's program, derivatives included.
        engine: what runs it, "WebAssembly" or "Python".
        kernels: how many times a kernel is called for a chunk of samples; 0 with Python.
        memory: the bytes of the program with its samples; 0 with Python.
        seconds: what tracing and compiling took.
    """

    def __init__(
        self,
        loss: Callable[..., Any],
        parameters: Module | Sequence[Parameter],
        X: Sequence[Any],
        y: Sequence[Any] | None = None,
        *,
        predict: Callable[[Any], Any] | None = None,
        engine: str = "auto",
    ) -> None:
        start = time.perf_counter()
        if isinstance(parameters, Module):
            named = list(parameters.named_parameters())
            predict = predict or parameters
        else:
            named = [(p.name or f"p{i}", p) for i, p in enumerate(parameters)]
        for name, parameter in named:
            if not isinstance(parameter.value, Scalar):
                raise TypeError(f"the parameter {name} holds {parameter.value!r}, and no Scalar")
        self._named, self._parameters = named, [parameter for _, parameter in named]
        self._loss, self._predict, self._wanted = loss, predict, engine
        self._samples = Samples(X, y)
        self._plan = training_plan(loss, named, self._samples)
        self._runner = _make_runner(self._plan, engine)
        self._ahead = False  # the runner's parameters are newer than the Module's
        self.engine, self.kernels = self._runner.name, self._runner.kernels
        self.memory = self._runner.bytes
        self.seconds = time.perf_counter() - start
        self.recorded, self.lowered = self._plan.recorded, self._plan.lowered
        self.operations = sum(count_operations(part.program.nodes) for part in self._plan.parts)

    # -------------------------------------------------------------------------------- running

    def load(self) -> None:
        """Read the Module's parameters."""
        self._runner.load([parameter.value.data for parameter in self._parameters])
        self._ahead = False

    def store(self) -> None:
        """Write the parameters to the Module."""
        for parameter, value in zip(self._parameters, self._runner.store(), strict=True):
            parameter.update(Scalar(value))
        self._ahead = False

    def values(self) -> list[float]:
        """The parameters as they are now, stored or not."""
        self._refresh()
        return self._runner.store()

    def _refresh(self) -> None:
        if not self._ahead:
            self.load()

    def train(
        self, epochs: int, rate: float, *, store: bool = True, first: int = 1
    ) -> list[Total]:
        """Take a step against the gradient of the mean loss, `epochs` times.

        Returns what was added up in each epoch before its step: `loss` and `correct`. With
        `store=False` the Module stays as it was until `store` is called, which saves time where
        that is needed only now and then. `first` is the number of the first epoch, for messages.

        Raises:
            Diverged: the loss is no longer finite.
            ValueError, ZeroDivisionError, OverflowError: as the Scalars would raise it. In all
                cases the error's `totals` are those of the epochs before, which are kept.
        """
        self._refresh()
        try:
            return self._runner.train(epochs, rate)
        except Stopped as stopped:
            self._explain(stopped, rate, first)
        finally:
            self._ahead = True
            if store:
                self.store()

    def loss(self) -> float:
        """The loss, added up over the samples."""
        return self._evaluate()[0].loss

    def gradients(self) -> list[float]:
        """The derivative of the mean loss with respect to each parameter."""
        return self._evaluate()[1]

    def _evaluate(self) -> tuple[Total, list[float]]:
        self._refresh()
        try:
            return self._runner.evaluate()
        except Stopped as stopped:
            self._explain(stopped, math.nan, 1)

    def predict(self, points: Sequence[Any]) -> list[float]:
        """The results for many points; for the same points again and again, see `at`."""
        return self.at(points)().tolist() if len(points) else []

    def at(self, points: Sequence[Any]) -> Points:
        """Compile predictions for these points: call the result to get them, again and again."""
        return Points(self, points)

    def _explain(self, stopped: Stopped, rate: float, first: int) -> NoReturn:
        """Raise the error that training Scalar by Scalar raises."""
        epoch = first + len(stopped.totals)
        try:
            total = self._again(self._plan, self._samples, self._loss)
            error: Exception = Diverged(epoch, total, rate)
        except (ArithmeticError, ValueError) as raised:
            error = raised
            error.add_note(f"This happened in epoch {epoch}.")
        error.totals = stopped.totals  # type: ignore[attr-defined]
        raise error from None

    def _again(self, plan: Plan, samples: Samples, function: Callable[..., Any]) -> float:
        """Find, with Python's own arithmetic, the sample that went wrong, and let Scalars compute
        it, which raises their error; if there is none, return the loss."""
        runner, values = PythonRunner(plan), self._runner.store()
        runner.load(values)
        index = runner.first_failing()
        if index is None:
            return runner.evaluate()[0].loss
        with parameters_as(self._parameters, [Scalar(value) for value in values]):
            result = function(*samples.sample(index, Scalar))
            (result[0] if isinstance(result, tuple) else result).backward()
        raise ArithmeticError(f"sample {index} can't be computed")  # nor can it come to this

    # ----------------------------------------------------------------------------- explaining

    def source(self) -> str:
        """The program as Python, whichever way it runs."""
        return source(self._plan)

    def explain(self, longest: int = 60) -> str:
        """What was made of the function; with the Python text, up to so many operations."""
        calls = f", {self.kernels:,} calls of kernels for {CHUNK} samples" if self.kernels else ""
        lines = [
            f"{self.recorded:8,} operations for one sample of each label, as recorded",
            f"{self.lowered:8,} after lowering, sums of products among them",
            f"{self.operations:8,} with those for the derivatives",
            f"Run as {self.engine}{calls}.",
            f"Compiled in {self.seconds * 1e3:.1f} ms.",
        ]
        if self.operations <= longest:
            lines += ["", self.source()]
        return "\n".join(lines)


class Points:
    """The predictions of a model for fixed points: call it for an array of them."""

    def __init__(self, compiled: Compiled, points: Sequence[Any]) -> None:
        if compiled._predict is None:
            raise ValueError("say what to predict: compile(…, predict=function)")
        self._compiled, self._predict = compiled, compiled._predict
        self._samples = Samples(points)
        self._plan = prediction_plan(compiled._predict, compiled._named, self._samples)
        self._runner = _make_runner(self._plan, compiled._wanted)

    def __call__(self) -> array[float]:
        compiled = self._compiled
        compiled._refresh()
        self._runner.load(compiled._runner.store())
        try:
            return self._runner.predict()
        except Stopped:
            compiled._again(self._plan, self._samples, self._predict)
            raise


def _make_runner(plan: Plan, engine: str) -> Runner:
    if engine not in ("auto", "wasm", "python"):
        raise ValueError(f"engine is auto, wasm or python, not {engine!r}")
    instantiate = None if engine == "python" else available()
    if instantiate is not None:
        with collector_waiting():
            return WasmRunner(plan, instantiate)
    if engine == "wasm":
        raise RuntimeError("nothing here runs WebAssembly: pip install minitorch[wasm]")
    return PythonRunner(plan)
