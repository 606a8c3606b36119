"""The stages put together: from a function of Scalars, and samples, to what there is to run."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..module import Parameter
from . import verify
from .differentiate import differentiate, values_only
from .errors import ADVICE, NotCompilable
from .lower import Graph, inputs_of, lower
from .merge import merge
from .plan import Part, Plan
from .samples import Samples
from .tape import Node, Tape
from .trace import Symbol, parameters_as, trace

Function = Callable[..., Any]
Named = Sequence[tuple[str, Parameter]]


def training_plan(loss: Function, named: Named, samples: Samples) -> Plan:
    """Trace, merge, lower and differentiate a loss."""
    with collector_waiting():
        tracer = _Tracer(loss, named, samples)
        traces = [tracer.run(label) for label in samples.labels]
        recorded = tracer.tape.recorded
        if tracer.run(samples.labels[0]) != traces[0]:
            raise NotCompilable(
                "The function does not compute the same each time it is called (does it use random "
                f"numbers?), and what it did once would be done for all samples: {ADVICE}."
            )
        merged = merge(tracer.tape, traces, first_mask=len(samples.columns))
        if merged is not None:
            masks = samples.label_columns() if len(traces) > 1 else []
            todo = [(merged, list(range(samples.count)), samples.columns + masks)]
        else:
            todo = []
            for i, results in enumerate(traces):
                indices = [k for k, label in enumerate(samples.label_of) if label == i]
                todo.append((results, indices, samples.columns_of(indices)))
        plan = Plan([], tracer.names, tracer.input_names, recorded)
        for results, indices, columns in todo:
            graph = _lowered(tracer.tape, results)
            program = differentiate(graph, samples.count)
            if len(program.nodes) <= verify.CHEAP:
                verify.check_program(program)
            plan.parts.append(Part(program, columns, indices))
            plan.lowered += count_operations(graph.nodes)
        return plan


def prediction_plan(function: Function, named: Named, samples: Samples) -> Plan:
    """Trace and lower a function whose results are wanted, and nothing else."""
    with collector_waiting():
        tracer = _Tracer(function, named, samples)
        graph = _lowered(tracer.tape, tracer.run(None)[:1])
        part = Part(values_only(graph), samples.columns, range(samples.count))
        return Plan([part], tracer.names, tracer.input_names)


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

    def run(self, label: Any) -> list[int]:
        """The lines of the results for samples with this label."""
        with parameters_as(self.parameters, self._values):
            arguments = self.samples.arguments(self._inputs, label)
            results = trace(self.tape, self.function, *arguments)
        if not 1 <= len(results) <= 2:
            raise TypeError("a loss gives one Scalar, or a pair: the loss and the correct")
        return results


def _lowered(tape: Tape, results: list[int]) -> Graph:
    if len(tape.nodes) > verify.CHEAP:
        return lower(tape.nodes, results)
    verify.check_tape(tape.nodes, results)
    graph = lower(tape.nodes, results)
    verify.check_graph(graph)
    return graph


def count_operations(nodes: list[Node]) -> int:
    """How many nodes compute something."""
    return sum(bool(inputs_of(node)) for node in nodes)


@contextmanager
def collector_waiting() -> Iterator[None]:
    """Keep the collector of cycles out meanwhile: there are none, and looking for them takes half
    the time of compiling a large graph."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
