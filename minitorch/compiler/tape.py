"""The tape: what the stages pass on first, a list of scalar operations in the order they ran.

A node is a tuple, its operation first. A node's number is its place in the list, and an operand
is the number of a node before it:

    ("input", i)        the i-th number of a sample
    ("parameter", i)    the i-th parameter, the same for all samples
    ("constant", v)     the number v
    ("mul", a, b)       and so on: add mul neg inv log exp sigmoid relu lt eq
    ("given", v, a, d)  the value of v, with d as its derivative with respect to a (and further
                        pairs): a function that brings its own backward

>>> tape = Tape()
>>> x = tape.add("input", 0)
>>> tape.add("mul", x, x), tape.add("mul", x, x)
(1, 1)
"""

from __future__ import annotations

from typing import Any

Node = tuple[Any, ...]

LEAVES = frozenset({"input", "parameter", "constant"})
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
}
PARTIAL = frozenset({"inv", "log", "exp"})
"""The operations that are not defined everywhere: the ones that may raise."""


class Tape:
    """Operations in order. What has been computed once is not computed again: common
    subexpressions get one number.

    Attributes:
        nodes: the operations.
        recorded: how often an operation was asked for, repetitions included.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.recorded = 0
        self._numbers: dict[Node, int] = {}

    def add(self, *node: Any) -> int:
        """Append an operation, unless it is there already; return its number."""
        # -0.0 == 0.0, and 1.0 == 1: a constant's key is how it is written.
        key = ("constant", repr(node[1])) if node[0] == "constant" else node
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            self.nodes.append(node)
        return number

    def operate(self, op: str, *operands: int) -> int:
        """Append what the learner's code asked for, and count it."""
        self.recorded += 1
        return self.add(op, *operands)


def operands(node: Node) -> Node:
    """The numbers of the nodes that a node is computed from."""
    return () if node[0] in LEAVES else node[1:]


def reachable(nodes: list[Node], *results: int) -> list[int]:
    """The numbers of all nodes that `results` are computed from, themselves included, ascending."""
    needed = bytearray(len(nodes))
    for number in results:
        needed[number] = 1
    for number in range(max(results, default=-1), -1, -1):
        if needed[number]:
            node = nodes[number]
            if node[0] not in LEAVES:
                for operand in node[1:]:
                    needed[operand] = 1
    return [number for number, is_needed in enumerate(needed) if is_needed]
