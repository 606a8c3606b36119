"""The stages put together: from a function of Scalars, and samples, to what runs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple, NoReturn

from ..module import Parameter
from ..scalar import Scalar
from . import verify
from .differentiate import differentiate, forward_only
from .eager import ByScalars
from .errors import ADVICE, NotCompilable
from .image import Image, Linker
from .ir import Graph, Program, is_computed
from .layout import lay_out
from .lending import holding
from .lower import lower
from .merge import merge
from .plan import Part, Plan
from .run_python import PythonRunner
from .run_wasm import WasmRunner, available
from .samples import Samples
from .tables import make_tables
from .tape import Node, Tape, unused, without_slopes
from .trace import Trace

Function = Callable[..., Any]
Named = Sequence[tuple[str, Parameter]]
Runner = WasmRunner | PythonRunner

BACKENDS = ("auto", "wasm", "python")


class Traced(NamedTuple):
    """What a function does with the samples of one label.

    Attributes:
        results: the indices of its results on the tape.
        unused: those of operations that no result needs, but that may raise.
    """

    results: list[int]
    unused: list[int]


def training_plan(loss: Function, named: Named, samples: Samples) -> Plan:
    """Trace, merge, lower and differentiate a loss.

    Args:
        loss: the function of a sample, which gives the loss, and maybe the correct.
        named: the parameters with their names, which are being lent.
        samples: what it is to be computed for.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express.
        Exception: whatever it raises for Scalars, too.
    """
    with collector_waiting():
        tracer = _Tracer(loss, named, samples, True)
        traces = [tracer.trace(place) for place in range(len(samples.labels))]
        recorded = tracer.tape.recorded
        if tracer.trace(0) != traces[0]:
            raise NotCompilable(
                "The function does not compute the same each time it is called (does it use random "
                f"numbers?), and what it did once would be done for all samples: {ADVICE}."
            )
        if any(len(trace.results) > 2 for trace in traces):
            raise TypeError("a loss gives one Scalar, or a pair: the loss and the correct")
        plan = Plan([], tracer.names, tracer.input_names, tracer.uses_scalars, recorded)
        for trace, indices, columns in _divide(tracer.tape, traces, samples):
            graph = _lowered(tracer.tape, trace, trace.results[0])
            program = differentiate(graph, samples.count)
            plan.parts.append(Part(_checked(program), columns, indices))
            plan.lowered += count_operations(graph.nodes)
        return plan


def _divide(
    tape: Tape, traces: list[Traced], samples: Samples
) -> list[tuple[Traced, Sequence[int], Any]]:
    """What to compute for which samples, from which columns: all together if that can be."""
    merged = None
    if all(trace.unused == traces[0].unused for trace in traces):
        results = [trace.results for trace in traces]
        merged = merge(tape, results, first_indicator=len(samples.columns))
    if merged is not None:
        indicators = samples.indicators() if len(traces) > 1 else []
        together = Traced(merged, traces[0].unused)
        return [(together, range(samples.count), samples.columns + indicators)]
    by_label = [samples.with_label(i) for i in range(len(traces))]
    return [
        (trace, indices, samples.columns_of(indices))
        for trace, indices in zip(traces, by_label, strict=True)
    ]


def prediction_plan(function: Function, named: Named, samples: Samples) -> Plan:
    """Trace and lower a function whose results are wanted, and no derivatives.

    Args:
        function: the function of a point; each of its results becomes a column.
        named: the parameters with their names, which are being lent.
        samples: the points.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express.
        Exception: whatever it raises for Scalars, too.
    """
    with collector_waiting():
        tracer = _Tracer(function, named, samples, False)
        program = forward_only(_lowered(tracer.tape, tracer.trace(0), None))
        part = Part(_checked(program), samples.columns, range(samples.count))
        recorded = tracer.tape.recorded
        return Plan([part], tracer.names, tracer.input_names, tracer.uses_scalars, recorded)


def memory_image(plan: Plan) -> Image:
    """Lay out the parts of `plan`, make their tables, and place all of it in memory."""
    parameters = len(plan.parameters)
    linker = Linker(parameters)
    for part in plan.parts:
        layout = lay_out(part.program, part.count, part.inputs, parameters, linker.free)
        calls = make_tables(part.program, layout)
        if len(part.program.nodes) <= verify.CHEAP:
            verify.check_layout(part.program, layout)
            verify.check_tables(layout, calls)
        linker.add(part, layout, calls)
    return linker.finish()


def make_runner(plan: Plan, backend: str) -> Runner:
    """What runs a plan.

    Args:
        plan: what is to be run.
        backend: "wasm", "python", or "auto" for the first of them that there is.

    Raises:
        ValueError: there is no such backend.
        RuntimeError: "wasm" was asked for, and nothing here runs WebAssembly.
    """
    if backend not in BACKENDS:
        raise ValueError(f"backend is auto, wasm or python, not {backend!r}")
    instantiate = None if backend == "python" else available()
    if instantiate is not None:
        with collector_waiting():
            return WasmRunner(plan, memory_image(plan), instantiate)
    if backend == "wasm":
        raise RuntimeError("nothing here runs WebAssembly: pip install minitorch[wasm]")
    return PythonRunner(plan)


class _Tracer:
    """Calls a function with symbols in place of a sample and of the parameters."""

    def __init__(
        self, function: Function, named: Named, samples: Samples, differentiates: bool
    ) -> None:
        self.tape, self._differentiates = Tape(), differentiates
        self.function, self.samples = function, samples
        self.names = [name for name, _ in named]
        self.parameters = [parameter for _, parameter in named]
        self.input_names = [f"x_{i + 1}" for i in range(len(samples.columns))]
        self.input_names += [f"label_{i}" for i in range(len(samples.labels))]
        self.uses_scalars = False
        self._own_names = [parameter.value._name for parameter in self.parameters]
        self._values = {id(parameter.value) for parameter in self.parameters}

    def trace(self, place: int) -> Traced:
        """What is done with samples that have the label at `place`."""
        trace, samples = Trace(self.tape, self._values), self.samples
        held = {
            id(parameter): trace.symbol("parameter", i, name=name)
            for i, (parameter, name) in enumerate(
                zip(self.parameters, self._own_names, strict=True)
            )
        }
        inputs = [trace.symbol("input", i) for i in range(len(samples.columns))]
        try:
            with holding(held):
                arguments = samples.arguments(inputs, samples.labels[place])
                results = trace.call(self.function, *arguments)
        except Exception as error:
            self._explain(error, place)
        self.uses_scalars = self.uses_scalars or trace.uses_scalars
        if not trace.partial:
            return Traced(results, [])
        nodes = without_slopes(self.tape.nodes, results[0] if self._differentiates else None)
        return Traced(results, unused(nodes, results, trace.partial))

    def _explain(self, error: Exception, place: int) -> NoReturn:
        """Raise what Scalars raise for the first sample that has the label at `place`."""
        sample = self.samples.sample(self.samples.with_label(place)[0], Scalar)
        values = [parameter.value.data for parameter in self.parameters]
        with suppress(NotCompilable):
            call = ByScalars(self.function, sample, self.parameters, values)
            if self._differentiates:
                call.gradient(1.0 / self.samples.count)
        if isinstance(error, NotCompilable):
            raise error
        raise NotCompilable(
            f"With symbols in place of numbers the function fails ({error!r}): {ADVICE}."
        ) from error


def _lowered(tape: Tape, trace: Traced, loss: int | None) -> Graph:
    if len(tape.nodes) > verify.CHEAP:
        return lower(tape.nodes, trace.results, trace.unused, loss)
    verify.check_tape(tape.nodes, trace.results)
    graph = lower(tape.nodes, trace.results, trace.unused, loss)
    verify.check_graph(graph)
    return graph


def _checked(program: Program) -> Program:
    if len(program.nodes) <= verify.CHEAP:
        verify.check_program(program)
    return program


def count_operations(nodes: list[Node]) -> int:
    """How many of `nodes` compute something."""
    return sum(map(is_computed, nodes))


@contextmanager
def collector_waiting() -> Iterator[None]:
    """Switch the garbage collector off meanwhile: no cycles are made, and looking for them would
    take half the time of compiling a large graph."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
