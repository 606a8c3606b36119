"""`ScalarTrain`: the training loop, one record per epoch.

>>> from minitorch.datasets import datasets
>>> trainer = ScalarTrain(hidden_layers=2, seed=1)
>>> for record in trainer.epochs(datasets["Simple"](50, seed=0), learning_rate=0.5, max_epochs=3):
...     print(record.epoch, record.loss > 0)
1 True
2 True
3 True
"""

from __future__ import annotations

import gc
import math
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .data import check, checked_rate
from .epochs import EpochRecord, Epochs
from .errors import Diverged
from .logs import default_log_fn, of_record
from .module import Module
from .nn import Network
from .optim import SGD
from .scalar import Scalar

if TYPE_CHECKING:
    from .compiler import Compiled
    from .datasets import Dataset

ENGINES = ("eager", "compiled")
_LOG_SECONDS = 0.05  # how long the compiled engine may compute before it logs


def log_loss(output: Scalar, label: int) -> tuple[Scalar, Scalar]:
    """What is trained for: that the model finds each point's own label probable.

    -log p, with p the probability that the model gives to the label
    (https://en.wikipedia.org/wiki/Cross-entropy).

    Args:
        output: the model's output for a point, a Scalar: the probability of label 1.
        label: the point's label, 1 or 0.

    Returns:
        The loss, and whether the point is on the right side, 1.0 or 0.0: both Scalars.
    """
    probability = output if label == 1 else -output + 1.0
    return -probability.log(), probability > 0.5


class ScalarTrain:
    """A model and the way to train it, Scalar by Scalar or compiled.

    Args:
        hidden_layers: the size of both hidden layers of the course's Network.
        seed: the same seed gives the same run; by default Python's global generator decides.
        engine: "eager" makes Scalars for every point and epoch; "compiled" makes them once, to
            see what is to be computed, and gives the same records, but for rounding, thousands of
            times as fast.
        model: another model in place of the Network: called with a point's two coordinates, a
            pair of Scalars, it gives a Scalar, the probability of label 1.

    Attributes:
        model: the model; it goes on being trained at each call of `train`, `epochs` or `start`.
        engine: as above; it may be set anew before such a call.

    Raises:
        ValueError: `hidden_layers` is less than 1, or `engine` is none of ENGINES.
    """

    def __init__(
        self,
        hidden_layers: int = 10,
        seed: int | None = None,
        engine: str = "eager",
        *,
        model: Module | None = None,
    ) -> None:
        if hidden_layers < 1:
            raise ValueError(f"a hidden layer has at least 1 unit, not {hidden_layers}")
        if engine not in ENGINES:
            raise ValueError(f"the engine is one of {', '.join(ENGINES)}, not {engine!r}")
        self.engine = engine
        self.hidden_layers = hidden_layers
        self.model = Network(hidden_layers, seed) if model is None else model
        self._compiled: tuple[Dataset, Module, Compiled] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """All but the program, which can't be copied or pickled: it is made again."""
        return {**self.__dict__, "_compiled": None}

    def run_one(self, x: Sequence[float]) -> Scalar:
        """The model's output for the point `x`: the probability of label 1, with its graph."""
        x_1, x_2 = x
        output: Scalar = self.model((Scalar(x_1, name="x_1"), Scalar(x_2, name="x_2")))
        return output

    def run_many(self, xs: Sequence[Sequence[float]]) -> list[float]:
        """The model's output for each of the points `xs`, as floats without graphs."""
        if isinstance(self.model, Network):
            return self.model.predict(xs)
        return [self.run_one(x).data for x in xs]

    def evaluate(self, data: Dataset) -> tuple[float, int]:
        """How good the model is now, without training it.

        Args:
            data: the points to judge by: those of the training, or others.

        Returns:
            The loss, summed over the points, and how many are on the right side.

        Raises:
            TypeError, ValueError: `data` is not fit for it; see `data.check`.
        """
        check(data)
        loss, correct = 0.0, 0
        for output, label in zip(self.run_many(data.X), data.y, strict=True):
            point_loss, is_right = log_loss(Scalar(output), label)
            loss += point_loss.data
            correct += bool(is_right)
        return loss, correct

    def start(self, data: Dataset, learning_rate: float, epoch: int = 0) -> Training:
        """Start a training that is driven from outside, in slices.

        Args:
            data: the points to learn.
            learning_rate: the size of a step.
            epoch: how many epochs the model has been trained for already, to count on from.

        Raises:
            NotCompilable: the engine is "compiled", and the model does something that a fixed
                list of operations can't express.
            TypeError, ValueError: `data` is not fit for it, see `data.check`; the learning
                rate is no finite number; or the model has no parameters.

        >>> from minitorch.datasets import datasets
        >>> data = datasets["Simple"](50, seed=0)
        >>> training = ScalarTrain(2, seed=0, engine="compiled").start(data, 0.5)
        >>> epochs = training.advance(1000, seconds=0.02)  # as many of them as there is time for
        >>> 1 <= len(epochs) == training.epoch <= 1000
        True
        """
        check(data)
        rate = checked_rate(learning_rate)
        if not self.model.parameters():
            raise ValueError("the model has no parameters to train")
        kind = CompiledTraining if self.engine == "compiled" else EagerTraining
        return kind(self, data, rate, epoch)

    def train(
        self,
        data: Dataset,
        learning_rate: float,
        max_epochs: int = 500,
        log_fn: Callable[..., Any] = default_log_fn,
    ) -> None:
        """Train, calling `log_fn` with the record of each epoch.

        The compiled engine runs some epochs at once, and logs them when they are complete.

        Args:
            data: the points to learn.
            learning_rate: the size of a step.
            max_epochs: how many epochs to train for.
            log_fn: what is called with each record; by default it prints every tenth. One that
                takes four arguments is called as in the course: with the epoch, the total loss,
                the number correct, and the list of the losses so far.

        Raises:
            Diverged: the loss is no longer finite; the epochs before have been logged.
            ArithmeticError, ValueError: the model can't compute a point, such as a logarithm of
                a negative number.
        """
        at_once = 1 if self.engine == "eager" else max_epochs
        log = of_record(log_fn)
        for record in self._records(data, learning_rate, max_epochs, at_once):
            log(record)

    def epochs(
        self, data: Dataset, learning_rate: float, max_epochs: int = 500
    ) -> Iterator[EpochRecord]:
        """Train, giving a record after each epoch, before the next is computed.

        The arguments and errors are those of `train`: `data`, `learning_rate`, `max_epochs`.
        """
        return self._records(data, learning_rate, max_epochs, at_once=1)

    def _records(
        self, data: Dataset, learning_rate: float, max_epochs: int, at_once: int
    ) -> Iterator[EpochRecord]:
        """Train, `at_once` epochs or as many as there is time for before their records are due."""
        if max_epochs < 1:
            return
        training = self.start(data, learning_rate)
        while (left := max_epochs - training.epoch) > 0:
            epochs = training.advance(min(at_once, left), _LOG_SECONDS)
            training.store()
            yield from epochs

    def compile(self, data: Dataset) -> Compiled:
        """The training on `data`, compiled; what was compiled before if `data` and the model are
        the same objects.

        Raises:
            NotCompilable: the model does something that a fixed list of operations can't express.
        """
        from .compiler import compile  # not before it is needed: it is half of the package

        def loss(x: tuple[Scalar, Scalar], label: int) -> tuple[Scalar, Scalar]:
            return log_loss(model(x), label)

        model, known = self.model, self._compiled
        if known is None or known[0] is not data or known[1] is not model:
            labels = [int(label == 1) for label in data.y]
            known = self._compiled = data, model, compile(loss, model, data.X, labels)
        return known[2]


class Training(ABC):
    """A training that is driven from outside: `ScalarTrain.start` makes one.

    Args:
        trainer: whose model is trained.
        data: the points to learn.
        learning_rate: the size of a step.
        epoch: how many epochs the model has been trained for already.

    Attributes:
        epoch: how many epochs are complete.
        within: how many points of the epoch after these have been gone through already.
        learning_rate: the size of the steps to come; it may be changed between them.
    """

    def __init__(
        self, trainer: ScalarTrain, data: Dataset, learning_rate: float, epoch: int
    ) -> None:
        self.epoch, self.within, self.learning_rate = epoch, 0, learning_rate
        self._trainer, self._data = trainer, data
        self._problem: Exception | None = None

    def advance(self, epochs: int, seconds: float = math.inf) -> Epochs:
        """Train until `epochs` more epochs are complete, or `seconds` have passed.

        The eager engine stops within an epoch when the time is over, after any of its points, and
        goes on from there at the next call. The compiled engine completes at least one epoch.

        Returns:
            The epochs completed, maybe none.

        Raises:
            Diverged: the loss is no longer finite.
            ArithmeticError, ValueError: the model can't compute a point.

        If epochs were completed before the error, they are returned, and the next call raises it.
        """
        done = Epochs(first=self.epoch + 1)
        if self._problem is None:
            try:
                self._advance(done, epochs, time.perf_counter() + seconds)
            except Exception as error:
                self._problem = error
            finally:
                self.epoch = done.next - 1
        if self._problem is not None and not len(done):
            problem, self._problem = self._problem, None
            raise problem
        return done

    @abstractmethod
    def _advance(self, done: Epochs, epochs: int, end: float) -> None:
        """Add to `done`, until there are `epochs` or the clock shows `end`."""

    @abstractmethod
    def evaluate(self) -> tuple[float, int]:
        """The loss and the number correct, with the parameters as they are now."""

    @abstractmethod
    def parameters(self) -> list[float]:
        """The parameters as they are now, in the order of the model's `parameters()`."""

    @abstractmethod
    def store(self) -> None:
        """See to it that the model has the parameters as they are now."""


class EagerTraining(Training):
    """Makes Scalars for every point and epoch."""

    _points: Iterator[EpochRecord | None] | None = None  # the training as far as it has come

    def _advance(self, done: Epochs, epochs: int, end: float) -> None:
        self._points = self._points or self._train()
        try:
            while len(done) < epochs:
                record = next(self._points)
                if record is not None:
                    done.append(**record._asdict())
                if time.perf_counter() >= end:
                    return
        except BaseException:
            self._points = None  # a generator that has raised gives nothing more
            self.within = 0
            raise

    def _train(self) -> Iterator[EpochRecord | None]:
        """Train for ever, giving None after each point and a record after each epoch.

        The gradient is that of the mean loss: derivatives add up over the points, then one step.
        """
        for epoch in range(self.epoch + 1, sys.maxsize):
            optimizer = SGD(self._trainer.model.parameters(), self.learning_rate)
            total_loss, correct, seconds = 0.0, 0, 0.0
            optimizer.zero_grad()
            for x, label in zip(self._data.X, self._data.y, strict=True):
                start = time.perf_counter()
                loss, is_right = self._learn(x, label)
                seconds += time.perf_counter() - start
                total_loss += loss
                correct += is_right
                self.within += 1
                yield None
            if not math.isfinite(total_loss):
                raise Diverged(epoch, total_loss, self.learning_rate)
            start = time.perf_counter()
            optimizer.step()
            seconds += time.perf_counter() - start
            self.within = 0
            yield EpochRecord(epoch, total_loss, correct, seconds)

    def _learn(self, x: Sequence[float], label: int) -> tuple[float, bool]:
        """Add one point's share to the derivatives; return its loss, and whether it is right.

        The garbage collector is off meanwhile: a graph has no cycles, and is freed with its result.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            loss, is_right = log_loss(self._trainer.run_one(x), label)
            (loss / self._data.N).backward()
            return loss.data, bool(is_right)
        finally:
            if collecting:
                gc.enable()

    def evaluate(self) -> tuple[float, int]:
        return self._trainer.evaluate(self._data)

    def parameters(self) -> list[float]:
        return [parameter.value.data for parameter in self._trainer.model.parameters()]

    def store(self) -> None:
        pass  # the model's are the only ones


class CompiledTraining(Training):
    """Runs the program that was made of the model, thousands of epochs at a time."""

    _epoch_seconds = 0.0  # what an epoch took lately

    def __init__(
        self, trainer: ScalarTrain, data: Dataset, learning_rate: float, epoch: int
    ) -> None:
        """As Training, with `trainer`, `data`, `learning_rate` and `epoch`; compile at once."""
        super().__init__(trainer, data, learning_rate, epoch)
        self._compiled = trainer.compile(data)

    @property
    def compiled(self) -> Compiled:
        """The program for the trainer's model, whichever that is now; the parameters in it may be
        newer than the model's, see `store`."""
        now = self._trainer.compile(self._data)
        if now is not self._compiled:
            self._compiled.store()
            self._compiled = now
        return now

    def _advance(self, done: Epochs, epochs: int, end: float) -> None:
        while (left := epochs - len(done)) > 0:
            start = time.perf_counter()
            if len(done) and start >= end:
                return
            affordable = (end - start) / self._epoch_seconds if self._epoch_seconds else 1
            batch = max(1, int(min(left, affordable)))
            self.compiled.train(batch, self.learning_rate, store=False, into=done)
            self._epoch_seconds = (time.perf_counter() - start) / batch

    def evaluate(self) -> tuple[float, int]:
        loss, correct = self.compiled.evaluate()
        return loss, int(correct)

    def parameters(self) -> list[float]:
        return self.compiled.values()

    def store(self) -> None:
        self.compiled.store()
