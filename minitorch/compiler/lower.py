"""Stage 3: from many small operations to few large ones; ir.py says what these are.

Only what the results need is kept; what depends on constants alone is computed now; and chains of
additions, multiplications and negations, each used once, become one sum of products. Its terms
stay in the order in which Python would have added them, so the sum rounds exactly as it did.
Extending the list in place keeps a chain of n additions O(n).

Two lists are indexed here: the *source* of a node is the index of an operation on the tape.

>>> from minitorch.compiler.tape import Tape
>>> tape = Tape()
>>> x, w, b = tape.add("input", 0), tape.add("parameter", 0), tape.add("parameter", 1)
>>> lower(tape.nodes, [tape.add("add", b, tape.add("mul", x, w))]).nodes[3:]
[('input', 0), ('parameter', 0), ('parameter', 1), ('sum', 5, [(3, 4)])]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import operators
from .arithmetic import COMPUTED
from .ir import NOTHING, ONE, START, UNIFORM, ZERO, Graph, Term, is_computed, operands_of
from .tape import LEAVES, Node, reachable, without_slopes


def lower(
    tape: list[Node], results: list[int], unused: Sequence[int] = (), loss: int | None = None
) -> Graph:
    """Lower what some results depend on.

    Args:
        tape: the operations of a tape.
        results: the indices of the results among them.
        unused: those of operations that are to be computed all the same, as they may raise.
        loss: the result whose derivative will be wanted; None for none.

    Returns:
        The nodes, and the indices of the results among them, each a column.
    """
    lowering = _Lowering(without_slopes(tape, loss), [*results, *unused])
    for source in lowering.live:
        lowering.take(source)
    columns = [lowering.column(source) for source in results]
    return _without_unused(lowering.nodes, columns, [lowering.column(i) for i in unused])


class _Lowering:
    """The new nodes as they grow, and where each operation of the tape went."""

    def __init__(self, tape: list[Node], results: list[int]) -> None:
        self.tape = tape
        self.live = reachable(tape, *results)
        self.uses = _count_uses(tape, self.live, results)
        self.nodes: list[Node] = list(START)
        self.constants: dict[str, int] = {repr(0.0): ZERO}
        self.lowered: dict[int, int] = {}  # source -> index
        self.open: dict[int, tuple[int, list[Term]]] = {}  # sums that may still grow, by source
        self.broadcast: dict[int, int] = {}  # index of a uniform node -> of the same as a column

    def take(self, source: int) -> None:
        """Lower one operation, whose operands have been taken."""
        node = self.tape[source]
        kind = node[0]
        if kind == "add":
            self._add(source, node[1], node[2])
        elif kind == "mul" or kind == "neg":
            if self._folded(source, node):
                return
            for operand in node[1:]:  # no waiting for what waits: that would be a recursion
                self.node(operand)
            if self.uses[source] != 1:  # else whoever uses it decides
                self._emit(source, ("sum", ZERO, [self._product(node)]))
        elif kind == "constant":
            self.lowered[source] = self.constant(node[1])
        elif kind == "nothing":
            self.lowered[source] = NOTHING
        elif kind in LEAVES:
            self._emit(source, node)
        elif not self._folded(source, node):
            self._emit(source, (kind, *map(self.column, node[1:])))

    def constant(self, value: float) -> int:
        """The index of a constant."""
        key = repr(value)
        index = self.constants.get(key)
        if index is None:
            index = self.constants[key] = self._append(("constant", value))
        return index

    def node(self, source: int) -> int:
        """The index of a lowered operation, which is made now if it was waiting for its user."""
        index = self.lowered.get(source)
        if index is not None:
            return index
        if source in self.open:
            return self._emit(source, ("sum", *self.open.pop(source)))
        return self._emit(source, ("sum", ZERO, [self._product(self.tape[source])]))

    def column(self, source: int) -> int:
        """The index of a lowered operation as a column."""
        return self._as_column(self.node(source))

    def _as_column(self, index: int) -> int:
        if self.nodes[index][0] not in UNIFORM:
            return index
        if index not in self.broadcast:
            self.broadcast[index] = self._append(("sum", index, []))
        return self.broadcast[index]

    def _append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _emit(self, source: int, node: Node) -> int:
        index = self.lowered[source] = self._append(node)
        return index

    def _product(self, node: Node) -> Term:
        """The term for a multiplication or negation: a column first."""
        a = self.node(node[1])
        b = self.node(node[2]) if node[0] == "mul" else self.constant(-1.0)
        if self.nodes[b][0] in UNIFORM:
            return self._as_column(a), b
        return (b, a) if self.nodes[a][0] in UNIFORM else (a, b)

    def _term(self, source: int) -> Term:
        """The term that stands for a summand."""
        index = self.lowered.get(source)
        if index is None and source not in self.open:
            return self._product(self.tape[source])
        index = self.node(source)
        return (ONE, index) if self.nodes[index][0] in UNIFORM else (index, None)

    def _add(self, source: int, a: int, b: int) -> None:
        """Extend the sum that `a` is, or that `b` is, if nothing else needs it; or open a new one.

        `a` and `b` are the sources of the summands.
        """
        if self._folded(source, self.tape[source]):
            return
        if a in self.open:
            start, terms = self.open.pop(a)
            terms.append(self._term(b))
        elif b in self.open:
            start, terms = self.open.pop(b)
            terms.append(self._term(a))
        elif self._is_uniform(a):
            start, terms = self.lowered[a], [self._term(b)]
        elif self._is_uniform(b):
            start, terms = self.lowered[b], [self._term(a)]
        else:
            start, terms = ZERO, [self._term(a), self._term(b)]
        if self.uses[source] == 1:
            self.open[source] = start, terms
        else:
            self._emit(source, ("sum", start, terms))

    def _is_uniform(self, source: int) -> bool:
        index = self.lowered.get(source)
        return index is not None and self.nodes[index][0] in UNIFORM

    def _folded(self, source: int, node: Node) -> bool:
        """Compute an operation now, if all that it needs is constant; return whether it was."""
        values = []
        for operand in node[1:]:
            index = self.lowered.get(operand)
            if index is None or self.nodes[index][0] != "constant":
                return False
            values.append(self.nodes[index][1])
        try:
            self.lowered[source] = self.constant(_compute(node[0], values))
        except (ArithmeticError, ValueError):  # to be raised when it runs
            return False
        return True


def _compute(kind: str, values: list[float]) -> float:
    """Apply an operation to constants, as the eager engine does."""
    if kind == "custom":
        return values[0]
    if kind == "select":
        return values[1] if values[0] else values[2]
    if kind in COMPUTED:
        return COMPUTED[kind](*values)
    function: Any = getattr(operators, kind)
    result: float = function(*values)
    return result


def _count_uses(tape: list[Node], live: list[int], results: list[int]) -> list[int]:
    uses = [0] * len(tape)
    for source in live:
        node = tape[source]
        if node[0] not in LEAVES:
            for a in node[1:]:
                uses[a] += 2 if node[0] == "custom" else 1  # its operands must be nodes themselves
    for source in results:
        uses[source] += 2  # and so must a result
    return uses


def _without_unused(nodes: list[Node], results: list[int], unused: list[int]) -> Graph:
    """Drop what folding has left without users, and give the rest new indices."""
    used = bytearray(len(nodes))
    for index in (*range(len(START)), *results, *unused):
        used[index] = 1
    for index in range(len(nodes) - 1, -1, -1):
        if used[index]:
            for operand in operands_of(nodes[index]):
                used[operand] = 1
    if all(used):
        return Graph(nodes, results, unused)
    new: dict[int, int] = {}
    kept: list[Node] = []
    for index, node in enumerate(nodes):
        if used[index]:
            new[index] = len(kept)
            kept.append(_reindexed(node, new))
    return Graph(kept, [new[index] for index in results], [new[index] for index in unused])


def _reindexed(node: Node, new: dict[int, int]) -> Node:
    if node[0] == "sum":
        terms = [(new[a], None if b is None else new[b]) for a, b in node[2]]
        return ("sum", new[node[1]], terms)
    return (node[0], *[new[a] for a in node[1:]]) if is_computed(node) else node
