"""Stage 2: from many small operations to few large ones.

Only what the results need is kept; what depends on constants alone is computed now; and chains of
additions, multiplications and negations, each used once, become one node

    ("sum", start, [(a, b), (c, None), …])        start + a·b + c + …

whose start is a constant or a parameter. The terms stay in the order in which Python would have
added them, so the sum rounds exactly as it did. Extending the list in place keeps a chain of n
additions O(n).

The other nodes are those of the tape, and two columns of ones: ("one",), and ("valid",), which is 0
for the samples that only fill up a block. Constants and parameters are *uniform*, the same for
all samples; they appear as the start of a sum and as the second factor of a term, nowhere else.

>>> from minitorch.compiler.tape import Tape
>>> tape = Tape()
>>> x, w, b = tape.add("input", 0), tape.add("parameter", 0), tape.add("parameter", 1)
>>> lower(tape.nodes, [tape.add("add", b, tape.add("mul", x, w))]).nodes[3:]
[('input', 0), ('parameter', 0), ('parameter', 1), ('sum', 5, [(3, 4)])]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import operators
from .tape import LEAVES, Node, reachable

ZERO, ONE, VALID = 0, 1, 2  # the nodes that every graph begins with
UNIFORM = frozenset({"constant", "parameter"})

Term = tuple[int, int | None]


@dataclass
class Graph:
    """Lowered nodes, operands before their users, and the numbers of the results."""

    nodes: list[Node]
    results: list[int]

    def is_uniform(self, number: int) -> bool:
        """Whether the node has one value for all samples."""
        return self.nodes[number][0] in UNIFORM


def lower(tape: list[Node], results: list[int]) -> Graph:
    """Lower what `results`, lines of the tape, depend on."""
    lowering = _Lowering(tape, results)
    for line in lowering.live:
        lowering.take(line)
    numbers = [lowering.varying(line) for line in results]
    return _without_unused(lowering.nodes, numbers)


class _Lowering:
    """The new nodes as they grow, and where each line of the tape went."""

    def __init__(self, tape: list[Node], results: list[int]) -> None:
        self.tape = tape
        self.live = reachable(tape, *results)
        self.uses = _count_uses(tape, self.live, results)
        self.nodes: list[Node] = [("constant", 0.0), ("one",), ("valid",)]
        self.constants: dict[str, int] = {repr(0.0): ZERO}
        self.numbers: dict[int, int] = {}  # line of the tape -> node
        self.open: dict[int, tuple[int, list[Term]]] = {}  # sums still to be extended, by line
        self.spread: dict[int, int] = {}  # uniform node -> the same as a column

    def take(self, line: int) -> None:
        """Lower one line, whose operands have been taken."""
        node = self.tape[line]
        op = node[0]
        if op == "add":
            self._add(line, node[1], node[2])
        elif op == "mul" or op == "neg":
            if self._folded(line, node):
                return
            if self.uses[line] != 1:  # else whoever uses it decides
                self._emit(line, ("sum", ZERO, [self._product(node)]))
        elif op == "constant":
            self.numbers[line] = self.constant(node[1])
        elif op in LEAVES:
            self._emit(line, node)
        elif not self._folded(line, node):
            self._emit(line, (op, *map(self.varying, node[1:])))

    def constant(self, value: float) -> int:
        """The node of a constant."""
        key = repr(value)
        number = self.constants.get(key)
        if number is None:
            number = self.constants[key] = self._append(("constant", value))
        return number

    def node(self, line: int) -> int:
        """The node of a line, which is made now if it was waiting for its user."""
        number = self.numbers.get(line)
        if number is not None:
            return number
        if line in self.open:
            return self._emit(line, ("sum", *self.open.pop(line)))
        return self._emit(line, ("sum", ZERO, [self._product(self.tape[line])]))

    def varying(self, line: int) -> int:
        """The node of a line as a column."""
        return self._column(self.node(line))

    def _column(self, number: int) -> int:
        if self.nodes[number][0] not in UNIFORM:
            return number
        if number not in self.spread:
            self.spread[number] = self._append(("sum", number, []))
        return self.spread[number]

    def _append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _emit(self, line: int, node: Node) -> int:
        number = self.numbers[line] = self._append(node)
        return number

    def _product(self, node: Node) -> Term:
        """The term for a multiplication or negation: a varying factor first."""
        a = self.node(node[1])
        b = self.node(node[2]) if node[0] == "mul" else self.constant(-1.0)
        if self.nodes[b][0] in UNIFORM:
            return self._column(a), b
        return (b, a) if self.nodes[a][0] in UNIFORM else (a, b)

    def _term(self, line: int) -> Term:
        """The term that stands for a summand."""
        number = self.numbers.get(line)
        if number is None and line not in self.open:
            return self._product(self.tape[line])
        number = self.node(line)
        return (ONE, number) if self.nodes[number][0] in UNIFORM else (number, None)

    def _add(self, line: int, a: int, b: int) -> None:
        """Extend the sum that `a` is, or that `b` is, if nothing else needs it; or begin one."""
        if self._folded(line, self.tape[line]):
            return
        if a in self.open:
            start, terms = self.open.pop(a)
            terms.append(self._term(b))
        elif b in self.open:
            start, terms = self.open.pop(b)
            terms.append(self._term(a))
        elif self._is_uniform(a):
            start, terms = self.numbers[a], [self._term(b)]
        elif self._is_uniform(b):
            start, terms = self.numbers[b], [self._term(a)]
        else:
            start, terms = ZERO, [self._term(a), self._term(b)]
        if self.uses[line] == 1:
            self.open[line] = start, terms
        else:
            self._emit(line, ("sum", start, terms))

    def _is_uniform(self, line: int) -> bool:
        number = self.numbers.get(line)
        return number is not None and self.nodes[number][0] in UNIFORM

    def _folded(self, line: int, node: Node) -> bool:
        """Compute the line now, if all that it needs is constant; whether it was."""
        values = []
        for a in node[1:]:
            number = self.numbers.get(a)
            if number is None or self.nodes[number][0] != "constant":
                return False
            values.append(self.nodes[number][1])
        self.numbers[line] = self.constant(_compute(node[0], values))
        return True


def _compute(op: str, values: list[float]) -> float:
    """Apply an operation to constants, as the eager engine does."""
    if op == "given":
        return values[0]
    function: Any = getattr(operators, op)
    result: float = function(*values)
    return result


def _count_uses(tape: list[Node], live: list[int], results: list[int]) -> list[int]:
    uses = [0] * len(tape)
    for line in live:
        node = tape[line]
        if node[0] not in LEAVES:
            for a in node[1:]:
                uses[a] += 2 if node[0] == "given" else 1  # what is given has to exist by itself
    for line in results:
        uses[line] += 2  # and so does a result
    return uses


def _without_unused(nodes: list[Node], results: list[int]) -> Graph:
    """Drop what folding has left without users, and number the rest anew."""
    used = bytearray(len(nodes))
    for number in (ZERO, ONE, VALID, *results):
        used[number] = 1
    for number in range(len(nodes) - 1, -1, -1):
        if used[number]:
            for operand in inputs_of(nodes[number]):
                used[operand] = 1
    if all(used):
        return Graph(nodes, results)
    new: dict[int, int] = {}
    kept: list[Node] = []
    for number, node in enumerate(nodes):
        if used[number]:
            new[number] = len(kept)
            kept.append(_renumbered(node, new))
    return Graph(kept, [new[number] for number in results])


def inputs_of(node: Node) -> list[int]:
    """The numbers of the nodes that a lowered node is computed from."""
    if node[0] == "sum":
        inputs = [node[1]]
        for a, b in node[2]:
            if b is None:
                inputs.append(a)
            else:
                inputs += a, b
        return inputs
    return [] if node[0] in LEAVES or len(node) == 1 else list(node[1:])


def _renumbered(node: Node, new: dict[int, int]) -> Node:
    if node[0] == "sum":
        terms = [(new[a], None if b is None else new[b]) for a, b in node[2]]
        return ("sum", new[node[1]], terms)
    return node if node[0] in LEAVES or len(node) == 1 else (node[0], *[new[a] for a in node[1:]])

