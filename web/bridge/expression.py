"""Evaluate the learner's expression: its graph, its derivatives, what it printed."""

from __future__ import annotations

import ast
import contextlib
import io
import math
import random
import reprlib
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

import minitorch
from minitorch.graph import Graph, computation_graph, count_nodes

from .problems import Problem, describe, remember_source

FILE = "<expression>"
OUTPUT_LIMIT = 20_000


@dataclass
class DerivativeRow:
    """One line of the table of derivatives."""

    variable: str
    value: float
    derivative: float
    central_difference: float | None


@dataclass
class Result:
    """What the page shows of an evaluation; with a problem, all but the output is empty."""

    problem: Problem | None = None
    output: str = ""
    value: float | None = None
    node_count: int = 0
    graph: dict[str, Any] | None = None
    derivatives: list[DerivativeRow] = field(default_factory=list)


class NotAScalar(Exception):
    """The code ran, and what it ends with has no graph."""


class _Output(io.StringIO):
    """Keeps what is printed, up to a limit."""

    def write(self, text: str) -> int:
        room = OUTPUT_LIMIT - self.tell()
        if room > 0:
            super().write(text[:room])
            if len(text) >= room:
                super().write(f"\n… the output is cut here, after {OUTPUT_LIMIT:,} characters")
        return len(text)


@dataclass
class Program:
    """The learner's text, compiled: statements, and the expression at their end."""

    body: CodeType
    last: CodeType
    names: set[str]
    assigned: set[str]

    @classmethod
    def compile(cls, text: str) -> Program:
        """Compile the text; SyntaxError if it isn't Python, NotAScalar if it ends otherwise."""
        text = textwrap.dedent(text)
        remember_source(text, FILE)
        tree = ast.parse(text, FILE)
        if not tree.body:
            raise NotAScalar("There is no expression yet: type one, such as x * y.")
        *body, last = tree.body
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        if isinstance(last, ast.Expr):
            expression = last.value
        elif isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
            body.append(last)
            expression = ast.copy_location(ast.Name(last.targets[0].id, ast.Load()), last)
        else:
            raise NotAScalar(
                "The last line has to be an expression: its value is the result, such as x * y."
            )
        return cls(
            compile(ast.Module(body, tree.type_ignores), FILE, "exec", dont_inherit=True),
            compile(ast.Expression(expression), FILE, "eval", dont_inherit=True),
            names={name.id for name in names},
            assigned={name.id for name in names if isinstance(name.ctx, ast.Store)},
        )

    def run(self, inputs: Mapping[str, minitorch.Scalar]) -> minitorch.Scalar:
        """Run it with these inputs, and give its result."""
        random.seed(0)  # so that every run makes the same graph
        namespace = {**_vocabulary(), **inputs}
        exec(self.body, namespace)
        result = eval(self.last, namespace)
        if not isinstance(result, minitorch.Scalar):
            raise NotAScalar(
                f"The result is {reprlib.repr(result)}, of type {type(result).__name__}, and not "
                f"a Scalar, so it has no graph. End with an expression made of {', '.join(inputs)}."
            )
        _name_variables(namespace)
        return result


def _vocabulary() -> dict[str, Any]:
    """The names that an expression may use without importing them."""
    words = {name: getattr(minitorch, name) for name in minitorch.__all__}
    for name in ("log", "exp", "sigmoid", "relu"):
        words[name] = _function(name)
    return {**words, "minitorch": minitorch, "math": math, "__name__": "__main__"}


def _function(name: str) -> Any:
    def function(value: Any) -> Any:
        scalar = value if isinstance(value, minitorch.Scalar) else minitorch.Scalar(value)
        return getattr(scalar, name)()

    function.__name__ = name
    return function


def _name_variables(namespace: Mapping[str, Any]) -> None:
    """Label the Scalars that were assigned to a variable with its name."""
    for name, value in namespace.items():
        if isinstance(value, minitorch.Scalar) and value.name == str(value.unique_id):
            value.name = name


def evaluate(request: dict[str, Any]) -> Result:
    """Evaluate `request["code"]` at `request["inputs"]`; give a Result, whatever happens."""
    output = _Output()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            result = _evaluate(request["code"], request["inputs"], request["maxNodes"])
    except NotAScalar as error:
        result = Result(problem=Problem("No Scalar", str(error)))
    except BaseException as error:  # also SystemExit: the learner's code may do anything
        result = Result(problem=describe(error, FILE))
    result.output = output.getvalue()
    return result


def _evaluate(code: str, values: dict[str, float], max_nodes: int) -> Result:
    program = Program.compile(code)
    inputs = {name: minitorch.Scalar(value, name=name) for name, value in values.items()}
    result = program.run(inputs)
    derivatives = _derivatives(result, inputs)
    count = count_nodes(result)
    graph = computation_graph(result) if count <= max_nodes else None
    rows = [
        DerivativeRow(name, values[name], found or 0.0, _difference(program, values, name))
        for name, found in derivatives.items()
        if name in program.names and (found is not None or name not in program.assigned)
    ]
    return Result(
        value=result.data,
        node_count=count,
        graph=None if graph is None else _as_drawn(graph),
        derivatives=rows,
    )


def _derivatives(
    result: minitorch.Scalar, inputs: Mapping[str, minitorch.Scalar]
) -> dict[str, float | None]:
    """Those of `result` alone: the code may have called `backward` itself, which adds up.

    None where the result was not made of the input, as when the code gave its name to another.
    """
    for scalar in inputs.values():
        scalar.derivative = None
    result.backward()
    return {name: scalar.derivative for name, scalar in inputs.items()}


def _difference(program: Program, values: Mapping[str, float], name: str) -> float | None:
    """The central difference by one input; None where the code fails close by."""
    names = list(values)

    def value_at(*at: float) -> float:
        pairs = zip(names, at, strict=True)
        return program.run({n: minitorch.Scalar(v, name=n) for n, v in pairs}).data

    quiet = io.StringIO()  # the run for the graph has printed it all
    try:
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            difference = minitorch.central_difference(
                value_at, *values.values(), arg=names.index(name)
            )
    except Exception:
        return None
    return float(difference)


def _as_drawn(graph: Graph) -> dict[str, Any]:
    return {
        "nodes": graph.nodes,
        "edges": [
            {"from": e.source, "to": e.target, "contribution": e.contribution}
            for e in graph.edges
        ],
        "order": graph.order,
    }
