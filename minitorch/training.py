"""`ScalarTrain`: the training loop, one record per epoch.

>>> from minitorch.datasets import datasets
>>> run = ScalarTrain(hidden_layers=2, seed=1)
>>> for record in run.epochs(datasets["Simple"](50), learning_rate=0.5, max_epochs=3):
...     print(record.epoch, record.loss > 0)
1 True
2 True
3 True
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .datasets import Dataset
from .errors import Diverged
from .nn import Network
from .optim import SGD
from .scalar import Scalar

if TYPE_CHECKING:
    from .compiler import Compiled

ENGINES = ("eager", "compiled")


class EpochRecord(NamedTuple):
    """What happened in one epoch, one pass over all points."""

    epoch: int
    """Counted from 1."""
    loss: float
    """The log loss, summed over the points."""
    correct: int
    """How many points were on the right side of 0.5 before the step."""
    seconds: float
    """The time spent computing, without pauses between points."""


def log_line(record: EpochRecord, points: int) -> str:
    """The record of an epoch over so many points, as a line of a log."""
    correct = f"{record.correct}/{points}"
    return f"epoch {record.epoch:5}  loss {record.loss:10.6f}  correct {correct}"


def default_log_fn(record: EpochRecord) -> None:
    """Print every tenth epoch, and the first."""
    if record.epoch == 1 or record.epoch % 10 == 0:
        print(f"Epoch {record.epoch}  loss {record.loss:.6f}  correct {record.correct}")


class ScalarTrain:
    """A Network and the way to train it, Scalar by Scalar or compiled.

    Args:
        hidden_layers: the size of the network's two hidden layers.
        seed: the same seed gives the same run.
        engine: "eager" makes Scalars for every point and epoch; "compiled" makes them once, to
            see what is to be computed, and gives the same records thousands of times as fast.

    Attributes:
        model: the Network; it goes on being trained at each call of `train`, `epochs` or `steps`.
    """

    def __init__(self, hidden_layers: int, seed: int = 0, engine: str = "eager") -> None:
        if hidden_layers < 1:
            raise ValueError(f"a hidden layer has at least 1 unit, not {hidden_layers}")
        if engine not in ENGINES:
            raise ValueError(f"the engine is one of {', '.join(ENGINES)}, not {engine!r}")
        self.engine = engine
        self._compiled: tuple[Dataset, Compiled] | None = None
        self.hidden_layers = hidden_layers
        self.model = Network(hidden_layers, seed)

    def run_one(self, x: Sequence[float]) -> Scalar:
        """The model's output for one point: the probability of label 1, with its graph."""
        output: Scalar = self.model((Scalar(x[0], name="x_1"), Scalar(x[1], name="x_2")))
        return output

    def run_many(self, xs: Sequence[Sequence[float]]) -> list[float]:
        """The model's output for each of many points, as floats without graphs."""
        return self.model.predict(xs)

    def train(
        self,
        data: Dataset,
        learning_rate: float,
        max_epochs: int = 500,
        log_fn: Callable[[EpochRecord], None] = default_log_fn,
    ) -> None:
        """Train for `max_epochs` epochs, calling `log_fn` with the record of each.

        The compiled engine runs some epochs at once, and logs them when it comes back.

        Raises:
            Diverged: the loss is no longer finite.
        """
        if self.engine == "compiled":
            records = self._compiled_epochs(data, learning_rate, max_epochs, at_once=0.05)
        else:
            records = self.epochs(data, learning_rate, max_epochs)
        for record in records:
            log_fn(record)

    def epochs(
        self, data: Dataset, learning_rate: float, max_epochs: int = 500
    ) -> Iterator[EpochRecord]:
        """Train, giving a record after each epoch; see `steps`."""
        for record in self.steps(data, learning_rate, max_epochs):
            if record is not None:
                yield record

    def steps(
        self, data: Dataset, learning_rate: float, max_epochs: int = 500
    ) -> Iterator[EpochRecord | None]:
        """Train, giving None after each point and a record after each epoch.

        Whoever drives the loop can so pause in the middle of an epoch that takes long. The
        gradient is that of the mean loss: derivatives add up over the points, then one step.
        The compiled engine computes an epoch at once, and gives its record only.

        Raises:
            Diverged: the loss is no longer finite.
        """
        if self.engine == "compiled":
            yield from self._compiled_epochs(data, learning_rate, max_epochs)
            return
        optimizer = SGD(self.model.parameters(), learning_rate)
        for epoch in range(1, max_epochs + 1):
            total_loss, correct, seconds = 0.0, 0, 0.0
            optimizer.zero_grad()
            for x, label in zip(data.X, data.y, strict=True):
                start = time.perf_counter()
                loss, is_correct = self._learn(x, label, data.N)
                seconds += time.perf_counter() - start
                total_loss += loss
                correct += is_correct
                yield None
            if not math.isfinite(total_loss):
                raise Diverged(epoch, total_loss, learning_rate)
            start = time.perf_counter()
            optimizer.step()
            seconds += time.perf_counter() - start
            yield EpochRecord(epoch, total_loss, correct, seconds)

    def _learn(self, x: Sequence[float], label: int, n: int) -> tuple[float, bool]:
        """Add one point's share to the derivatives; return its loss, and if it was right.

        The collector of cycles waits meanwhile: a graph has none, and is freed with its result.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            output = self.run_one(x)
            probability = output if label == 1 else 1.0 - output
            loss = -probability.log()
            (loss / n).backward()
            return loss.data, probability.data > 0.5
        finally:
            if collecting:
                gc.enable()

    def compile(self, data: Dataset) -> Compiled:
        """The training on `data`, compiled; the same as before if `data` is."""
        from .compiler import compile  # not before it is needed: it is half of the package

        def loss(x: tuple[Scalar, Scalar], label: int) -> tuple[Scalar, Scalar]:
            output = self.model(x)
            probability = output if label == 1 else 1.0 - output
            return -probability.log(), probability > 0.5

        if self._compiled is None or self._compiled[0] is not data:
            self._compiled = data, compile(loss, self.model, data.X, data.y)
        return self._compiled[1]

    def _compiled_epochs(
        self, data: Dataset, learning_rate: float, max_epochs: int, at_once: float = 0.0
    ) -> Iterator[EpochRecord]:
        """Train, as many epochs at once as take about `at_once` seconds, but at least one."""
        if max_epochs < 1:
            return
        compiled = self.compile(data)
        done, batch = 0, 1
        while done < max_epochs:
            problem: Exception | None = None
            start = time.perf_counter()
            try:
                epochs = min(batch, max_epochs - done)
                totals = compiled.train(epochs, learning_rate, first=done + 1)
            except (ArithmeticError, ValueError) as error:
                totals, problem = getattr(error, "totals", []), error
            spent = time.perf_counter() - start
            for total in totals:
                done += 1
                yield EpochRecord(done, total.loss, int(total.correct), spent / len(totals))
            if problem is not None:
                raise problem
            batch = batch * 2 if spent < at_once / 2 else batch
