"""The lowered program: its nodes, and the rules that they keep.

All stages after `lower` work on this, and `verify` checks the rules between them.

A node is a tuple, its kind first. Its index is its place in the list, and an operand is the index
of a node before it. Most nodes are *columns*: they have a number for each sample.

    ("constant", v)           uniform: one number for all samples
    ("parameter", i)          uniform: the i-th parameter
    ("input", i)              the i-th number of each sample
    ("one",)                  1 for each sample
    ("nothing",)              0 for each sample
    ("sum", start, terms)     start + a·b + c + …, for the terms [(a, b), (c, None), …]
    ("relu", x)               and the other MAPS, each applied to the columns of as many operands
    ("select", m, a, b)       a where m is 1, b where it is 0: what is not taken may be inf or NaN
    ("custom", y, x, d, …)    the value of y, with d as its derivative with respect to x; a custom
                              gradient, of which further pairs such as (x, d) may follow

What is uniform appears as the start of a sum and as the second factor of a term, nowhere else.
Each list begins with the same three nodes, START.

The derivative of a map, given ȳ, that of its result, is a map again:

    ("relu_back", ȳ, y)       ȳ where the result y is positive, else 0
    ("sigmoid_back", ȳ, y)    ȳ·y·(1 - y)
    ("log_back", ȳ, x)        ȳ / (x + ε)
    ("inv_back", ȳ, x)        -ȳ / x²
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .tape import Node

Term = tuple[int, int | None]

START: list[Node] = [("constant", 0.0), ("one",), ("nothing",)]
ZERO, ONE, NOTHING = 0, 1, 2

UNIFORM = frozenset({"constant", "parameter"})
FILLED = frozenset({"input", "one", "nothing"})
"""The columns that are not computed but filled from outside."""

MAPS = {
    "relu": 1,
    "sigmoid": 1,
    "log": 1,
    "exp": 1,
    "inv": 1,
    "lt": 2,
    "eq": 2,
    "select": 3,
    "div": 2,
    "power": 3,
    "relu_back": 2,
    "sigmoid_back": 2,
    "log_back": 2,
    "inv_back": 2,
}
"""How many operands each map has."""


@dataclass
class Graph:
    """What lowering gives.

    Attributes:
        nodes: operands before their users.
        results: the indices of the results.
        unused: the indices of what no result needs, but what may raise.
    """

    nodes: list[Node]
    results: list[int]
    unused: list[int] = field(default_factory=list)


@dataclass
class Product:
    """Something to be added up over the samples: node `a` times node `b`.

    Attributes:
        a: the index of a column.
        b: that of another.
        into: which of the sums it adds to, counted from 0.
    """

    a: int
    b: int
    into: int


@dataclass
class Program:
    """All that one epoch computes, or one prediction.

    Attributes:
        nodes: values, then derivatives; operands before their users.
        forward: how many of them are values.
        results: the indices of the results: for training the loss and, where it was asked for,
            the correct.
        gradients: what adds up to the derivative of each parameter.
        totals: what adds up to the loss and the number correct, sums 0 and 1; for a prediction
            there are none.
    """

    nodes: list[Node]
    forward: int
    results: list[int]
    gradients: list[Product]
    totals: list[Product]


def is_computed(node: Node) -> bool:
    """Whether a node is the result of an operation."""
    return node[0] not in UNIFORM and node[0] not in FILLED


def operands_of(node: Node) -> Sequence[int]:
    """The indices of the nodes that a node is computed from."""
    if node[0] == "sum":
        operands = [node[1]]
        for a, b in node[2]:
            if b is None:
                operands.append(a)
            else:
                operands += a, b
        return operands
    return node[1:] if is_computed(node) else ()


# ------------------------------------------------------------------------------------- the rules


@dataclass(frozen=True)
class Rule:
    """What holds for every node of a list.

    Attributes:
        text: the rule as a sentence.
        holds: whether it does, for the nodes and the index of one of them. A rule may rely on
            those before it.
    """

    text: str
    holds: Callable[[list[Node], int], bool]


def _exists(nodes: list[Node], index: int) -> bool:
    node = nodes[index]
    return node[0] in ("sum", "custom") or node[0] in MAPS or not is_computed(node)


def _has_its_operands(nodes: list[Node], index: int) -> bool:
    node = nodes[index]
    if node[0] == "sum":
        return len(node) == 3
    if node[0] == "custom":
        return len(node) >= 2 and len(node) % 2 == 0
    return not is_computed(node) or len(node) == 1 + MAPS[node[0]]


def _comes_after_them(nodes: list[Node], index: int) -> bool:
    return all(0 <= operand < index for operand in operands_of(nodes[index]))


def _starts_uniform(nodes: list[Node], index: int) -> bool:
    node = nodes[index]
    return node[0] != "sum" or nodes[node[1]][0] in UNIFORM


def _begins_terms_with_columns(nodes: list[Node], index: int) -> bool:
    node = nodes[index]
    return node[0] != "sum" or all(nodes[a][0] not in UNIFORM for a, _ in node[2])


def _takes_columns(nodes: list[Node], index: int) -> bool:
    node = nodes[index]
    return node[0] == "sum" or all(nodes[x][0] not in UNIFORM for x in operands_of(node))


NODE_RULES = (
    Rule("an operation exists", _exists),
    Rule("an operation has its number of operands", _has_its_operands),
    Rule("an operand stands before its user", _comes_after_them),
    Rule("a sum starts with what is uniform", _starts_uniform),
    Rule("a term's first factor is a column", _begins_terms_with_columns),
    Rule("only sums use what is uniform", _takes_columns),
)
