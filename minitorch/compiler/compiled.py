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

import gc
import math
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from ..errors import Diverged
from ..module import Module, Parameter
from ..scalar import Scalar
from . import verify
from .differentiate import differentiate, values_only
from .errors import ADVICE, NotCompilable
from .lower import Graph, inputs_of, lower
from .merge import merge
from .plan import Part, Plan, Stopped, Total
from .run_python import PythonRunner, source
from .run_wasm import WasmRunner, available
from .samples import Samples
from .tape import Node, Tape
from .trace import Symbol, parameters_as, trace

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
        self._names = [name for name, _ in named]
        self._parameters = [parameter for _, parameter in named]
        for name, parameter in named:
            if not isinstance(parameter.value, Scalar):
                raise TypeError(f"the parameter {name} holds {parameter.value!r}, and no Scalar")
        self._loss, self._predict, self._engine = loss, predict, engine
        self._samples = Samples(X, y)
        self.recorded = self.lowered = 0
        with _collector_waiting():
            self._plan = self._training_plan()
            self._runner = _make_runner(self._plan, engine)
        self.operations = sum(_size(part.program.nodes) for part in self._plan.parts)
        self._ahead = False  # the runner's parameters are newer than the Module's
        self._points: tuple[Any, Points] | None = None
        self.seconds = time.perf_counter() - start

    # ------------------------------------------------------------------------------ compiling

    def _training_plan(self) -> Plan:
        samples, tape = self._samples, Tape()
        symbols = self._symbols(tape)
        traces = [
            self._trace(tape, samples, symbols, self._loss, label) for label in samples.labels
        ]
        self.recorded = tape.recorded
        if self._trace(tape, samples, symbols, self._loss, samples.labels[0]) != traces[0]:
            raise NotCompilable(
                "The function does not compute the same each time it is called (does it use random "
                f"numbers?), and what it did once would be done for all samples: {ADVICE}."
            )
        merged = merge(tape, traces, len(samples.columns))
        if merged is not None:
            columns = list(samples.columns)
            if len(traces) > 1:
                columns += [
                    array("d", [float(of == i) for of in samples.label_of])
                    for i in range(len(traces))
                ]
            parts = [self._part(tape, merged, columns, range(samples.count))]
        else:
            parts = []
            for i, results in enumerate(traces):
                indices = [k for k, of in enumerate(samples.label_of) if of == i]
                columns = [array("d", [column[k] for k in indices]) for column in samples.columns]
                parts.append(self._part(tape, results, columns, indices))
        names = _input_names(len(samples.columns))
        return Plan(parts, self._names, names + [f"label_{i}" for i in range(len(traces))])

    def _symbols(self, tape: Tape) -> list[Symbol]:
        """What stands for the parameters on a tape."""
        return [Symbol(tape, tape.add("parameter", i), n) for i, n in enumerate(self._names)]

    def _trace(
        self,
        tape: Tape,
        samples: Samples,
        parameters: list[Symbol],
        function: Callable[..., Any],
        label: Any,
    ) -> list[int]:
        inputs = [
            Symbol(tape, tape.add("input", i), f"x_{i + 1}") for i in range(len(samples.columns))
        ]
        with parameters_as(self._parameters, parameters):
            results = trace(tape, function, *samples.arguments(inputs, label))
        if not 1 <= len(results) <= 2:
            raise TypeError("a loss gives one Scalar, or a pair: the loss and the correct")
        return results

    def _part(
        self,
        tape: Tape,
        results: list[int],
        columns: list[array[float]],
        indices: Sequence[int],
    ) -> Part:
        graph = _lowered(tape, results)
        self.lowered += _size(graph.nodes)
        program = differentiate(graph, self._samples.count)
        if len(program.nodes) <= verify.CHEAP:
            verify.check_program(program)
        return Part(program, columns, indices)

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

    def explain(self, longest: int = 200) -> str:
        """What was made of the function; with the Python text, if that has few enough lines."""
        runner = self._runner
        lines = [
            f"recorded   {self.recorded:,} operations for one sample of each label",
            f"lowered    {self.lowered:,} operations, sums of products among them",
            f"with derivatives {self.operations:,}",
            f"engine     {runner.name}"
            + (f", {runner.kernels:,} calls of kernels for a chunk of samples, "
               f"{runner.bytes:,} bytes" if runner.kernels else ""),
            f"compiled   in {self.seconds * 1e3:.1f} ms",
        ]
        text = self.source()
        if text.count("\n") <= longest:
            lines += ["", text]
        return "\n".join(lines)


class Points:
    """The predictions of a model for fixed points: call it for an array of them."""

    def __init__(self, compiled: Compiled, points: Sequence[Any]) -> None:
        if compiled._predict is None:
            raise ValueError("say what to predict: compile(…, predict=function)")
        self._compiled, self._predict = compiled, compiled._predict
        samples = self._samples = Samples(points)
        tape = Tape()
        with _collector_waiting():
            symbols = compiled._symbols(tape)
            results = compiled._trace(tape, samples, symbols, compiled._predict, None)
            graph = _lowered(tape, results[:1])
            names = _input_names(len(samples.columns))
            part = Part(values_only(graph), samples.columns, range(samples.count))
            self._plan = Plan([part], compiled._names, names)
            self._runner = _make_runner(self._plan, compiled._engine)

    def __call__(self) -> array[float]:
        compiled = self._compiled
        compiled._refresh()
        self._runner.load(compiled._runner.store())
        try:
            return self._runner.predict()
        except Stopped:
            compiled._again(self._plan, self._samples, self._predict)
            raise


@contextmanager
def _collector_waiting() -> Iterator[None]:
    """Keep the collector of cycles out meanwhile: there are none, and looking takes half the time
    of compiling a large graph."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _make_runner(plan: Plan, engine: str) -> Runner:
    if engine not in ("auto", "wasm", "python"):
        raise ValueError(f"engine is auto, wasm or python, not {engine!r}")
    instantiate = None if engine == "python" else available()
    if instantiate is not None:
        return WasmRunner(plan, instantiate)
    if engine == "wasm":
        raise RuntimeError("nothing here runs WebAssembly: pip install minitorch[wasm]")
    return PythonRunner(plan)


def _lowered(tape: Tape, results: list[int]) -> Graph:
    if len(tape.nodes) > verify.CHEAP:
        return lower(tape.nodes, results)
    verify.check_tape(tape.nodes, results)
    graph = lower(tape.nodes, results)
    verify.check_graph(graph)
    return graph


def _size(nodes: list[Node]) -> int:
    """How many nodes compute something."""
    return sum(bool(inputs_of(node)) for node in nodes)


def _input_names(count: int) -> list[str]:
    return [f"x_{i + 1}" for i in range(count)]


__all__ = ["Compiled", "NotCompilable", "Points", "compile"]
