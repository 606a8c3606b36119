"""A Scalar's computation graph as plain data: nodes, edges, and the order of the backward pass.

For whoever draws or prints it. Each Scalar is one node however often it is used, and each use is
an edge, so `x * x` has two edges from x.

>>> x = Scalar(3.0, name="x")
>>> graph = computation_graph(x * x)
>>> [(node.symbol or node.name, node.value, node.derivative) for node in graph.nodes]
[('×', 9.0, 1.0), ('x', 3.0, 6.0)]
>>> [(edge.slope, edge.contribution, edge.received) for edge in graph.edges]
[(3.0, 3.0, 3.0), (3.0, 3.0, 6.0)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """One use of a Scalar: from an operand to what was computed from it.

    The last three describe the step back along the edge; they are None to a constant.

    Attributes:
        source: the id of the operand.
        target: the id of the result.
        slope: the derivative of the result with respect to the operand, in this place alone.
        contribution: what the chain rule sends back: the target's derivative times the slope.
        received: what the source has received in all, once this contribution has arrived; after
            the last of its contributions that is its derivative.
    """

    source: int
    target: int
    slope: float | None
    contribution: float | None
    received: float | None


@dataclass(frozen=True)
class Graph:
    """A computation graph, and the backward pass through it.

    Attributes:
        nodes: the Scalars, youngest first.
        edges: their uses, in the order in which the backward pass goes along them.
        order: the ids of the nodes that the backward pass visits, in its order: the result first,
            which receives 1 to begin with, and no constants.
    """

    nodes: list[Node]
    edges: list[Edge]
    order: list[int]


def _reachable(result: Scalar) -> list[Scalar]:
    """All Scalars that `result` was computed from, constants included, youngest first.

    They are told apart by `id`: a learner's own Scalars may not be hashable.
    """
    seen = {id(result)}
    found = [result]
    for scalar in found:  # which grows on the way
        for parent in _parents(scalar):
            if id(parent) not in seen:
                seen.add(id(parent))
                found.append(parent)
    return sorted(found, key=lambda scalar: scalar.unique_id, reverse=True)


def _parents(scalar: Scalar) -> Sequence[Scalar]:
    return () if scalar.is_constant() else scalar.parents


def count_nodes(result: Scalar) -> int:
    """The number of Scalars in the graph of `result`, constants included."""
    return len(_reachable(result))


def computation_graph(result: Scalar) -> Graph:
    """Describe the graph of a Scalar, and the backward pass through it.

    The chain rule is applied as in `backpropagate`, but everything that it gives is kept, and
    no Scalar's `derivative` is changed. Each `backward` is called twice, for the contributions
    and for the slopes, unless they are the same.

    Args:
        result: the end of the graph, whose derivative with respect to each node is wanted.

    Raises:
        ArithmeticError, TypeError, ValueError: a function's `backward` failed.
    """
    scalars = _reachable(result)
    variables = [scalar for scalar in scalars if not scalar.is_constant()]
    received = {scalar.unique_id: 0.0 for scalar in variables}
    if variables:
        received[result.unique_id] = 1.0
    edges: list[Edge] = []
    for variable in variables:
        if _parents(variable):
            edges += _step_back(variable, received)
    nodes = [_node(scalar, received.get(scalar.unique_id)) for scalar in scalars]
    return Graph(nodes, edges, [variable.unique_id for variable in variables])


def _step_back(variable: Scalar, received: dict[int, float]) -> Iterator[Edge]:
    """Pass the derivative of `variable` on to its parents, adding to what they have received."""
    target = variable.unique_id
    derivative = received[target]
    contributions = _by_parent(variable, derivative)
    slopes = contributions if derivative == 1.0 else _by_parent(variable, 1.0)
    for parent, slope, contribution in zip(variable.parents, slopes, contributions, strict=True):
        source = parent.unique_id
        if contribution is not None:
            received[source] += contribution
        yield Edge(source, target, slope, contribution, received.get(source))


def _by_parent(variable: Scalar, d_output: float) -> list[float | None]:
    """What the chain rule gives for each parent; None for a constant, which it may leave out."""
    pairs = list(variable.chain_rule(d_output))
    derivatives: list[float | None] = []
    for parent in variable.parents:
        places = (i for i, (other, _) in enumerate(pairs) if other is parent)
        place = None if parent.is_constant() else next(places, None)
        derivatives.append(None if place is None else float(pairs.pop(place)[1]))
    return derivatives


def _node(scalar: Scalar, derivative: float | None) -> Node:
    made_by = None if scalar.is_constant() else scalar.history.last_fn
    operation = made_by.__name__ if made_by is not None else None
    return Node(
        id=scalar.unique_id,
        operation=operation,
        symbol=_SYMBOLS.get(operation, operation) if operation else None,
        name=scalar.name if scalar.name != str(scalar.unique_id) else None,
        value=scalar.data,
        derivative=derivative,
    )
