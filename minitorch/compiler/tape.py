"""The tape, which tracing writes: a list of scalar operations in the order they ran.

An operation is a tuple, its kind first. Its index is its place in the list, and an operand is the
index of an operation before it:

    ("input", i)         the i-th number of a sample
    ("parameter", i)     the i-th parameter, the same for all samples
    ("constant", v)      the number v
    ("nothing",)         as a derivative: 0, whatever the result's derivative is
    ("mul", a, b)        and so on: add mul neg inv log exp sigmoid relu lt eq
    ("select", m, a, b)  a where m is 1, b where it is 0
    ("div", a, b)        a / b, as floats divide
    ("power", y, a, n)   a to the power of n, which is also y, a product: an error if it's too large
    ("custom", v, a, d)  a custom gradient: the value of v, and d as its derivative with respect to
                         a; further pairs such as (a, d) may follow

>>> tape = Tape()
>>> x = tape.add("input", 0)
>>> tape.add("mul", x, x), tape.add("mul", x, x)
(1, 1)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Node = tuple[Any, ...]

LEAVES = frozenset({"input", "parameter", "constant", "nothing"})
ARITY = {
    "add": 2,
    "mul": 2,
    "neg": 1,
    "inv": 1,
    "log": 1,
    "exp": 1,
    "sigmoid": 1,
    "relu": 1,
    "lt": 2,
    "eq": 2,
    "select": 3,
    "div": 2,
    "power": 3,
}
PARTIAL = frozenset({"inv", "log", "exp", "div", "power"})
"""The operations that are not defined everywhere: the ones that may raise."""


class Tape:
    """Operations in order. What has been computed once is not computed again: a common
    subexpression has one index.

    Attributes:
        nodes: the operations.
        recorded: how often an operation was asked for, repetitions included.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.recorded = 0
        self._indices: dict[Node, int] = {}

    def add(self, *node: Any) -> int:
        """Append the operation `node`, unless it is there already; return its index."""
        # -0.0 == 0.0, and 1.0 == 1: a constant's key is how it is written.
        key = ("constant", repr(node[1])) if node[0] == "constant" else node
        index = self._indices.get(key)
        if index is None:
            index = self._indices[key] = len(self.nodes)
            self.nodes.append(node)
        return index

    def operate(self, kind: str, *operands: int) -> int:
        """Append what the learner's code asked for, and count it.

        Args:
            kind: the operation's, such as "mul".
            operands: the indices of what it is applied to.

        Returns:
            The operation's index.
        """
        self.recorded += 1
        node = (kind, *operands)
        index = self._indices.get(node)
        if index is None:
            index = self._indices[node] = len(self.nodes)
            self.nodes.append(node)
        return index


def operands(node: Node) -> Node:
    """The indices of the operations that `node`, an operation of a tape, is computed from."""
    return () if node[0] in LEAVES else node[1:]


def needed_for(nodes: list[Node], results: Sequence[int]) -> bytearray:
    """What is needed to compute some results: 1 for each operation that is, else 0.

    Args:
        nodes: the operations of a tape.
        results: indices of some of them, which are needed themselves.
    """
    needed = bytearray(len(nodes))
    for index in results:
        needed[index] = 1
    for index in range(max(results, default=-1), -1, -1):
        if needed[index]:
            node = nodes[index]
            if node[0] not in LEAVES:
                for operand in node[1:]:
                    needed[operand] = 1
    return needed


def reachable(nodes: list[Node], *results: int) -> list[int]:
    """The indices of the operations that are needed for some results, ascending.

    Args:
        nodes: the operations of a tape.
        results: indices of some of them.
    """
    return [index for index, is_needed in enumerate(needed_for(nodes, results)) if is_needed]


def unused(nodes: list[Node], results: Sequence[int], among: Iterable[int]) -> list[int]:
    """Those of some operations that are not needed for the results.

    Args:
        nodes: the operations of a tape.
        results: indices of some of them.
        among: the operations in question. They are usually near the end, where the search begins.
    """
    missing = dict.fromkeys(among)
    needed = set(results)
    index = max(needed, default=-1)
    while missing and index >= 0:
        if index in needed:
            missing.pop(index, None)
            needed.update(operands(nodes[index]))
        index -= 1
    return list(missing)


def without_slopes(nodes: list[Node], loss: int | None) -> list[Node]:
    """The operations without the derivatives of custom gradients, except where these are used.

    Args:
        nodes: the operations of a tape.
        loss: the index of the result that is differentiated; None for none.
    """
    if all(node[0] != "custom" for node in nodes):
        return nodes
    wanted = set() if loss is None else set(reachable(nodes, loss))
    return [
        node[:2] if node[0] == "custom" and index not in wanted else node
        for index, node in enumerate(nodes)
    ]
