"""`compile`: from a function of Scalars to something that trains at the speed of C.

>>> from minitorch import Network, datasets
>>> model, data = Network(hidden_layers=3, seed=0), datasets["Simple"](50, seed=0)
>>> def loss(x, label):
...     output = model(x)
...     probability = output if label == 1 else 1.0 - output
...     return -probability.log(), probability > 0.5
>>> compiled = compile(loss, model, data.X, data.y)
>>> epochs = compiled.train(100, rate=0.5)
>>> epochs[-1].loss < epochs[0].loss, len(compiled.predict(data.X))
(True, 50)
"""

from __future__ import annotations

import operator
import time
from array import array
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from ..data import checked_rate
from ..epochs import Epochs
from ..errors import Diverged
from ..module import Module, Parameter
from .held import Held
from .layout import CHUNK
from .made import make
from .pipeline import count_operations
from .plan import Stopped
from .points import Points
from .run_python import source
from .samples import Samples


def compile(
    loss: Callable[..., Any],
    parameters: Module | Sequence[Parameter],
    X: Sequence[Any],
    y: Sequence[Any] | None = None,
    *,
    predict: Callable[[Any], Any] | None = None,
    backend: str = "auto",
) -> Compiled:
    """Compile the training of some parameters on the samples (X, y).

    What comes of it is what training Scalar by Scalar gives, errors included, but for rounding:
    within 10⁻¹² of the largest numbers on the way, as derivatives are added in another order, and
    WebAssembly's exp and log may differ in the last digit. Whether it does is tried on some
    samples, at least two for each label: values and gradients, at the parameters as they are, and
    at others nearby.

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
        backend: what the program runs as: "wasm", "python", or "auto" for the first of them that
            there is.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express, or depends
            on something else than the sample and the parameters.
        RuntimeError: "wasm" was asked for, and nothing here runs WebAssembly.
        TypeError, ValueError: the data, the parameters or the loss are not as above.
        Exception: what `loss` raises for the first samples.
    """
    return Compiled(loss, parameters, X, y, predict=predict, backend=backend)


class Compiled:
    """A loss, its derivative and the training, compiled.

    The arguments, `loss`, `parameters`, `X`, `y`, `predict` and `backend`, and the errors are those
    of `compile`.

    The Module is the truth: every method begins by reading its parameters, and `train` ends with
    writing them (unless told not to; see there). Where the Module has got other Parameters or
    another mode of training since, it is compiled anew.

    Attributes:
        recorded: how many operations one sample took, for all labels.
        lowered: how many are left of them.
        operations: how many an epoch's program has, derivatives included.
        backend: what runs it, "WebAssembly" or "Python".
        kernels: how many times a kernel is called for a chunk of samples; 0 with Python.
        memory: the bytes of the program with its samples; 0 with Python.
        seconds: what tracing, compiling and trying some samples took.
    """

    def __init__(
        self,
        loss: Callable[..., Any],
        parameters: Module | Sequence[Parameter],
        X: Sequence[Any],
        y: Sequence[Any] | None = None,
        *,
        predict: Callable[[Any], Any] | None = None,
        backend: str = "auto",
    ) -> None:
        if isinstance(parameters, Module):
            predict = predict or parameters
        self._loss, self._predict, self._wanted = loss, predict, backend
        self._samples = Samples(X, y)
        self._make(Held(parameters))

    def _make(self, held: Held) -> None:
        start = time.perf_counter()
        self._made = made = make(self._loss, self._samples, held, self._wanted, differentiate=True)
        self._held, self._runner, plan = held, made.runner, made.plan
        self.load()
        self.backend, self.kernels = self._runner.name, self._runner.kernels
        self.memory = self._runner.bytes
        self.seconds = time.perf_counter() - start
        self.recorded, self.lowered = plan.recorded, plan.lowered
        self.operations = sum(count_operations(part.program.nodes) for part in plan.parts)

    # -------------------------------------------------------------------------------- running

    def load(self) -> None:
        """Read the Module's parameters, even where those here are newer."""
        self._runner.load(self._held.read())

    def store(self) -> None:
        """Write the parameters to the Module: those that were trained here and not changed there
        since."""
        self._held.write(self._runner)

    def values(self) -> list[float]:
        """The parameters as they are now, stored or not."""
        self._refresh()
        return self._runner.values()

    def _refresh(self) -> None:
        """Take over what has changed in the Module."""
        if self._held.is_current():
            self._held.update(self._runner)
        else:
            self.store()
            self._make(Held(self._held.owner))

    def train(
        self, epochs: int, rate: float, *, store: bool = True, into: Epochs | None = None
    ) -> Epochs:
        """Take steps against the gradient of the mean loss.

        Args:
            epochs: how many steps to take.
            rate: the learning rate.
            store: whether to write the parameters to the Module at the end. Without, the Module
                stays as it was until `store` is called, which saves time where it is rarely read.
            into: records to add to, which then are also what is returned.

        Returns:
            A record of each epoch, of what was added up before its step: `loss` and `correct`.

        Raises:
            Diverged: the loss is no longer finite.
            ValueError, ZeroDivisionError, OverflowError: as the Scalars would raise it. In all
                cases the epochs before have been added to `into`, and the parameters are as these
                have left them. A rate that is no finite number is a ValueError, too.
        """
        epochs, rate = operator.index(epochs), checked_rate(rate)
        self._refresh()
        records = Epochs() if into is None else into
        before, start = len(records), time.perf_counter()
        try:
            self._runner.train(records, epochs, rate)
        except Stopped:
            self._explain(records.next, rate)
        finally:
            done = len(records) - before
            spent = time.perf_counter() - start
            records.columns["seconds"][before:] = array("d", [spent / max(1, done)]) * done
            self._held.is_behind = True
            if store:
                self.store()
        return records

    def evaluate(self) -> tuple[float, float]:
        """The loss and the correct, each added up over the samples, without a step."""
        loss, correct, _ = self._evaluate()
        return loss, correct

    def loss(self) -> float:
        """The loss, added up over the samples."""
        return self._evaluate()[0]

    def gradients(self) -> list[float]:
        """The derivative of the mean loss with respect to each parameter."""
        return self._evaluate()[2]

    def _evaluate(self) -> tuple[float, float, list[float]]:
        self._refresh()
        try:
            return self._runner.evaluate()
        except Stopped:
            return self._made.raise_error().evaluate()

    def predict(self, points: Sequence[Any]) -> list[float]:
        """The prediction for each of `points`; for the same points again and again, see `at`."""
        return self.at(points)().tolist() if len(points) else []

    def at(self, points: Sequence[Any], predict: Callable[[Any], Any] | None = None) -> Points:
        """Compile predictions for fixed points: call the result to get them, again and again.

        Args:
            points: the points, each a number or a sequence of numbers.
            predict: another function of a point than the one that was given to `compile`; it may
                give a tuple of Scalars, such as a layer's neurons: see `Points.columns`.

        Raises:
            ValueError: there is no function, or there are no points.
            NotCompilable: the function does what a fixed list of operations can't express.
        """
        function = predict or self._predict
        if function is None:
            raise ValueError("say what to predict: compile(…, predict=function)")
        return Points(self._at, points, function, self._wanted)

    def _at(self) -> tuple[Held, list[float]]:
        """The parameters, and their values as they are now."""
        values = self.values()
        return self._held, values

    def _explain(self, epoch: int, rate: float) -> NoReturn:
        """Raise the error that training Scalar by Scalar raises."""
        try:
            python = self._made.raise_error()
        except Exception as error:
            error.add_note(f"This happened in epoch {epoch}.")
            raise
        raise Diverged(epoch, python.evaluate()[0], rate) from None

    # ----------------------------------------------------------------------------- explaining

    def source(self) -> str:
        """The program as Python, whatever runs it."""
        return source(self._made.plan)

    def explain(self, longest: int = 60) -> str:
        """What was made of the function, in words; with the Python text if it is short.

        Args:
            longest: how many operations a program may have for its text to be included.
        """
        calls = f", {self.kernels:,} calls of kernels for {CHUNK} samples" if self.kernels else ""
        lines = [
            f"{self.recorded:8,} operations for one sample of each label, as recorded",
            f"{self.lowered:8,} after lowering, sums of products among them",
            f"{self.operations:8,} with those for the derivatives",
            f"Run as {self.backend}{calls}.",
            f"Compiled in {self.seconds * 1e3:.1f} ms.",
        ]
        if self.operations <= longest:
            lines += ["", self.source()]
        return "\n".join(lines)
