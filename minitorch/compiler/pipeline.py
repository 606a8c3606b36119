"""The stages put together: from a function of Scalars, and samples, to what runs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..module import Parameter
from . import verify
from .differentiate import differentiate, forward_only
from .errors import ADVICE, NotCompilable
from .image import Image, Linker
from .ir import Graph, Program, is_computed
from .layout import lay_out
from .lower import lower
from .merge import merge
from .plan import Part, Plan
from .run_python import PythonRunner
from .run_wasm import WasmRunner, available
from .samples import Samples
from .tables import make_tables
from .tape import Node, Tape
from .trace import Symbol, parameters_as, trace

Function = Callable[..., Any]
Named = Sequence[tuple[str, Parameter]]
Runner = WasmRunner | PythonRunner

BACKENDS = ("auto", "wasm", "python")


def training_plan(loss: Function, named: Named, samples: Samples) -> Plan:
    """Trace, merge, lower and differentiate a loss.

    Args:
        loss: the function of a sample, which gives the loss, and maybe the correct.
        named: the parameters with their names.
        samples: what it is to be computed for.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express.
    """
    with collector_waiting():
        tracer = _Tracer(loss, named, samples)
        traces = [tracer.trace(label) for label in samples.labels]
        recorded = tracer.tape.recorded
        if tracer.trace(samples.labels[0]) != traces[0]:
            raise NotCompilable(
                "The function does not compute the same each time it is called (does it use random "
                f"numbers?), and what it did once would be done for all samples: {ADVICE}."
            )
        if any(len(results) > 2 for results in traces):
            raise TypeError("a loss gives one Scalar, or a pair: the loss and the correct")
        plan = Plan([], tracer.names, tracer.input_names, recorded)
        for results, indices, columns in _divide(tracer.tape, traces, samples):
            graph = _lowered(tracer.tape, results)
            program = differentiate(graph, samples.count)
            plan.parts.append(Part(_checked(program), columns, indices))
            plan.lowered += count_operations(graph.nodes)
        return plan


def _divide(tape: Tape, traces: list[list[int]], samples: Samples) -> list[tuple[Any, Any, Any]]:
    """What to compute for which samples, from which columns: all together if that can be."""
    merged = merge(tape, traces, first_indicator=len(samples.columns))
    if merged is not None:
        indicators = samples.indicators() if len(traces) > 1 else []
        return [(merged, range(samples.count), samples.columns + indicators)]
    by_label = [samples.with_label(i) for i in range(len(traces))]
    return [
        (results, indices, samples.columns_of(indices))
        for results, indices in zip(traces, by_label, strict=True)
    ]


def prediction_plan(function: Function, named: Named, samples: Samples) -> Plan:
    """Trace and lower a function whose results are wanted, and no derivatives.

    Args:
        function: the function of a point; each of its results becomes a column.
        named: the parameters with their names.
        samples: the points.

    Raises:
        NotCompilable: the function does what a fixed list of operations can't express.
    """
    with collector_waiting():
        tracer = _Tracer(function, named, samples)
        program = forward_only(_lowered(tracer.tape, tracer.trace(None)))
        part = Part(_checked(program), samples.columns, range(samples.count))
        return Plan([part], tracer.names, tracer.input_names)


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
            return WasmRunner(memory_image(plan), instantiate)
    if backend == "wasm":
        raise RuntimeError("nothing here runs WebAssembly: pip install minitorch[wasm]")
    return PythonRunner(plan)


class _Tracer:
    """Calls a function with symbols in place of a sample and of the parameters."""

    def __init__(self, function: Function, named: Named, samples: Samples) -> None:
        self.tape = tape = Tape()
        self.function, self.samples = function, samples
        self.names = [name for name, _ in named]
        self.parameters = [parameter for _, parameter in named]
        self.input_names = [f"x_{i + 1}" for i in range(len(samples.columns))]
        self.input_names += [f"label_{i}" for i in range(len(samples.labels))]
        self._values = [Symbol(tape, tape.add("parameter", i), n) for i, n in enumerate(self.names)]
        self._inputs = [
            Symbol(tape, tape.add("input", i), name)
            for i, name in enumerate(self.input_names[: len(samples.columns)])
        ]

    def trace(self, label: Any) -> list[int]:
        """The indices of the results for samples with this label."""
        with parameters_as(self.parameters, self._values):
            arguments = self.samples.arguments(self._inputs, label)
            results = trace(self.tape, self.function, *arguments)
        if not results:
            raise TypeError("the function gives no Scalar")
        return results


def _lowered(tape: Tape, results: list[int]) -> Graph:
    if len(tape.nodes) > verify.CHEAP:
        return lower(tape.nodes, results)
    verify.check_tape(tape.nodes, results)
    graph = lower(tape.nodes, results)
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
