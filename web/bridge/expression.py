"""Evaluate the learner's expression: its graph, its derivatives, what it printed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minitorch.autodiff import central_difference
from minitorch.graph import Edge, Graph, Node, computation_graph, count_nodes
from minitorch.scalar import Scalar

from . import agreement
from .program import FILE, NotAScalar, Program
from .sandbox import stack
from .sandbox.guard import Guard
from .sandbox.output import Output
from .sandbox.problems import Problem, describe, explain, remember_source
from .sandbox.source import dedented, readable
from .workspace import WORKSPACE, Library, library

LIBRARY = library()  # whose Scalars this module has imported
LONGEST_NAME = 100  # characters


@dataclass
class DerivativeRow:
    """One line of the table of derivatives.

    Attributes:
        variable: the name of the input.
        value: where it is.
        derivative: what `backward` found: 0 where the result does not depend on the input.
        central_difference: None where the code fails close by.
    """

    variable: str
    value: float
    derivative: float
    central_difference: float | None


@dataclass
class ExpressionResult:
    """What the page shows of an evaluation; with a problem, all but output and names is empty.

    On a learner's library there may be a graph beside the problem: what it takes, `chain_rule`, is
    written a task before `backward` is.

    Attributes:
        library: what it was computed with.
        problem: what went wrong.
        output: what the code printed, up to a limit.
        value: the result's.
        node_count: how many Scalars the graph has.
        graph: None if it has too many to be drawn.
        derivatives: of the result with respect to the inputs that the code mentions.
        names: the inputs that the code mentions, as far as it can be read.
        remark: a sentence on why they differ from central differences, where they do.
    """

    library: Library
    problem: Problem | None = None
    output: str = ""
    value: float | None = None
    node_count: int = 0
    graph: Graph | None = None
    derivatives: list[DerivativeRow] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    remark: str | None = None


def evaluate(request: dict[str, Any]) -> ExpressionResult:
    """Evaluate an expression; give a ExpressionResult, whatever happens.

    Args:
        request: `code`, the learner's text; `inputs`, the values of the inputs by name; `spare`,
            those of more inputs, which there are if the code mentions and does not define them;
            `maxNodes`, how many nodes a graph that is wanted may have.
    """
    output, result, names = Output(), ExpressionResult(LIBRARY), list[str]()
    code = dedented(readable(request["code"]))
    remember_source(code, FILE)
    with Guard(output) as guard:
        program = _compile(code)
        spare = request.get("spare", {})
        more = {name: spare[name] for name in spare if name in program.missing}
        values = {**request["inputs"], **more}
        names = [name for name in values if name in program.names]
        result = _evaluate(code, program, values, request["maxNodes"], output)
    if guard.error is not None:
        problem = _explain(guard.error, output)
        result = ExpressionResult(LIBRARY, problem)
        guard.error = None  # or it would hold this frame, which holds it, and all the code made
        if problem.kind == "MemoryError":
            gc.collect()
    result.output, result.names = output.text(), names
    return result


def _explain(error: BaseException, output: Output) -> Problem:
    if type(error) is NotAScalar:
        return Problem("No Scalar", str(error))
    return explain(error, output, FILE)


def _compile(code: str) -> Program:
    stack.unlimit()
    program = Program.compile(code)  # which has a limit of its own
    stack.limit()
    return program


def _evaluate(
    code: str, program: Program, values: dict[str, float], max_nodes: int, output: Output
) -> ExpressionResult:
    inputs = {name: Scalar(value, name=name) for name, value in values.items()}
    result = program.run(inputs)
    derivatives, problem = _derivatives_or_problem(result, inputs)
    count = count_nodes(result)
    with output.muted():  # what has run already has printed it all
        graph = computation_graph(result) if count <= max_nodes else None
        rows = [
            DerivativeRow(
                name, values[name], float(found or 0.0), _difference(program, values, name)
            )
            for name, found in derivatives.items()
            if name in program.names and (found is not None or name not in program.assigned)
        ]
        said = _remark(result, code, program, values, rows)
    return ExpressionResult(
        library=LIBRARY,
        problem=problem,
        value=float(result.data),
        node_count=count,
        graph=None if graph is None else as_plain(graph),
        derivatives=rows,
        remark=said,
    )


def _derivatives_or_problem(
    result: Scalar, inputs: Mapping[str, Scalar]
) -> tuple[dict[str, float | None], Problem | None]:
    """The derivatives, or none of them and why a learner's library could not find them.

    Raises:
        Exception: what our own library raises.
    """
    try:
        return _derivatives(result, inputs), None
    except Exception as error:
        if WORKSPACE.library is None or isinstance(error, MemoryError):
            raise
        return {}, describe(error, FILE)


def _derivatives(result: Scalar, inputs: Mapping[str, Scalar]) -> dict[str, float | None]:
    """Those of `result` alone: the code may have called `backward` itself, which adds up.

    None where the result was not made of the input, as when the code gave its name to another.
    """
    for scalar in inputs.values():
        scalar.derivative = None
    result.backward()
    return {name: scalar.derivative for name, scalar in inputs.items()}


def _difference(program: Program, values: Mapping[str, float], name: str) -> float | None:
    """The central difference by one input; None where the code fails close by."""
    f, place = _as_function(program, values), list(values).index(name)
    try:
        return float(central_difference(f, *values.values(), arg=place))
    except Exception:
        return None


def _as_function(program: Program, values: Mapping[str, float]) -> Callable[..., float]:
    """The program as a function of the inputs' values."""

    def value_at(*at: float) -> float:
        pairs = zip(values, at, strict=True)
        return program.run({n: Scalar(v, name=n) for n, v in pairs}).data

    return value_at


def _remark(
    result: Scalar,
    code: str,
    program: Program,
    values: Mapping[str, float],
    rows: list[DerivativeRow],
) -> str | None:
    names = list(values)
    wrong = {
        names.index(row.variable): row.derivative
        for row in rows
        if agreement.differ(row.derivative, row.central_difference)
    }
    if not wrong:
        return None
    try:
        f = _as_function(program, values)
        return agreement.remark(result, code, f, values.values(), wrong)
    except Exception:  # of the learner's code, elsewhere than where it was asked for
        return None


def as_plain(graph: Graph) -> Graph:
    """Plain data of it: the code may have given a Scalar any name and any value."""
    return Graph(
        nodes=list(map(_plain_node, graph.nodes)),
        edges=list(map(_plain_edge, graph.edges)),
        order=graph.order,
    )


def _plain_node(node: Node) -> Node:
    return Node(
        id=node.id,
        operation=node.operation,
        symbol=node.symbol,
        name=None if node.name is None else str(node.name)[:LONGEST_NAME],
        value=float(node.value),
        derivative=_plain_number(node.derivative),
    )


def _plain_edge(edge: Edge) -> Edge:
    return Edge(
        source=edge.source,
        target=edge.target,
        slope=_plain_number(edge.slope),
        contribution=_plain_number(edge.contribution),
        received=_plain_number(edge.received),
    )


def _plain_number(value: Any) -> float | None:
    return None if value is None else float(value)
