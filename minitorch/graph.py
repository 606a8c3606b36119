"""A Scalar's computation graph as plain data: nodes, edges, and the order of the backward pass.

For whoever draws or prints it. Each Scalar is one node however often it is used, and each use is
an edge, so `x * x` has two edges from x.

>>> x = Scalar(3.0, name="x")
>>> graph = computation_graph(x * x)
>>> [(node.symbol or node.name, node.value, node.derivative) for node in graph.nodes]
[('×', 9.0, 1.0), ('x', 3.0, 6.0)]
>>> [edge.contribution for edge in graph.edges]
[3.0, 3.0]
"""

from __future__ import annotations

from dataclasses import dataclass

from .scalar import Scalar

_SYMBOLS = {
    "Add": "+",
    "Mul": "×",
    "Neg": "−",
    "Inv": "1/x",
    "Log": "log",
    "Exp": "exp",
    "Sigmoid": "σ",
    "ReLU": "relu",
    "LT": "<",
    "EQ": "=",
}


@dataclass(frozen=True)
class Node:
    """One Scalar.

    Attributes:
        id: its unique_id.
        operation: the name of the function that made it; None for a leaf or a constant.
        symbol: the operation's usual sign; its name where it has none; None as above.
        name: the name it was given, if any.
        value: its value.
        derivative: that of the result with respect to it; None for a constant.
    """

    id: int
    operation: str | None
    symbol: str | None
    name: str | None
    value: float
    derivative: float | None


@dataclass(frozen=True)
class Edge:
    """One use of a Scalar: from the operand `source` to the result `target`, by their ids.

    `contribution` is what the chain rule sends back along the edge; None to a constant. The
    contributions on a node's outgoing edges add up to its derivative.
    """

    source: int
    target: int
    contribution: float | None


@dataclass(frozen=True)
class Graph:
    """The nodes, right-most first; the edges; and the ids in the order of the backward pass."""

    nodes: list[Node]
    edges: list[Edge]
    order: list[int]


def _reachable(result: Scalar) -> list[Scalar]:
    """All Scalars that `result` was computed from, constants included, newest first."""
    seen = {result}
    found = [result]
    for scalar in found:  # which grows on the way
        for parent in scalar.parents:
            if parent not in seen:
                seen.add(parent)
                found.append(parent)
    return sorted(found, key=lambda scalar: scalar.unique_id, reverse=True)


def count_nodes(result: Scalar) -> int:
    """The number of Scalars in the graph, constants included."""
    return len(_reachable(result))


def computation_graph(result: Scalar) -> Graph:
    """Describe the graph of `result`, with the derivative of `result` at every node.

    The chain rule is applied as in `backpropagate`, but everything that it gives is kept, and
    no Scalar's `derivative` is changed.
    """
    scalars = _reachable(result)
    derivatives = {s: 0.0 for s in scalars if not s.is_constant()}
    if result in derivatives:
        derivatives[result] = 1.0
    edges = []
    for scalar in scalars:
        if not scalar.parents:
            continue
        passed = iter(list(scalar.chain_rule(derivatives[scalar])))
        for parent in scalar.parents:
            contribution = None
            if parent in derivatives:
                contribution = float(next(passed)[1])
                derivatives[parent] += contribution
            edges.append(Edge(parent.unique_id, scalar.unique_id, contribution))
    nodes = [_node(scalar, derivatives.get(scalar)) for scalar in scalars]
    return Graph(nodes, edges, [scalar.unique_id for scalar in derivatives])


def _node(scalar: Scalar, derivative: float | None) -> Node:
    made_by = scalar.history.last_fn if scalar.history is not None else None
    operation = made_by.__name__ if made_by is not None else None
    return Node(
        id=scalar.unique_id,
        operation=operation,
        symbol=_SYMBOLS.get(operation, operation) if operation else None,
        name=scalar.name if scalar.name != str(scalar.unique_id) else None,
        value=scalar.data,
        derivative=derivative,
    )
