"""Stage 1½: one graph out of the graphs for each label.

The function may branch on the label, so there is a trace for each. They mostly agree, and where
they differ, in `p` here and `1 - p` there, one of them has to be chosen for each sample. That is
arithmetic, too: m₁·p + m₂·(1 - p), with an input column m for each label that is 1 for its
samples and 0 for the others.

It would be wrong to compute, for all samples, what is only defined for some: 0 · log(-1) is not 0.
Then there is no merging, and each label's samples run through a graph of their own.
"""

from __future__ import annotations

from .tape import LEAVES, PARTIAL, Tape, operands, reachable


def merge(tape: Tape, traces: list[list[int]], first_mask: int) -> list[int] | None:
    """Merge the results of the traces, one for each label; None where that can't be.

    The masks are the inputs from `first_mask` on.
    """
    if len({len(results) for results in traces}) != 1:
        return None
    before = len(tape.nodes)
    merger = _Merger(tape, first_mask)
    merged = [merger.run(lines) for lines in zip(*traces, strict=True)]
    if merger.failed:
        return None
    if len(tape.nodes) > before and _computes_too_much(tape, traces, merged, before):
        return None
    return merged


def _computes_too_much(tape: Tape, traces: list[list[int]], merged: list[int], before: int) -> bool:
    """Whether something not defined everywhere is computed that not all labels ask for."""
    everywhere = set.intersection(*[set(reachable(tape.nodes, *results)) for results in traces])
    return any(
        line < before and line not in everywhere and tape.nodes[line][0] in (*PARTIAL, "given")
        for line in reachable(tape.nodes, *merged)
    )


class _Merger:
    def __init__(self, tape: Tape, first_mask: int) -> None:
        self.tape, self.first_mask = tape, first_mask
        self.done: dict[tuple[int, ...], int] = {}
        self.limit = 2 * len(tape.nodes)
        self.failed = False

    def run(self, lines: tuple[int, ...]) -> int:
        """The line that holds, for each sample, that one of `lines` which its label asks for."""
        stack = [lines]
        while stack and len(self.done) < self.limit:
            current = stack[-1]
            parts = self._parts(current)
            missing = [part for part in parts if part not in self.done]
            if missing:
                stack += missing
                continue
            stack.pop()
            self.done[current] = self._join(current, parts)
        self.failed = self.failed or bool(stack)
        return -1 if stack else self.done[lines]

    def _parts(self, lines: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The operands side by side, if all lines are the same operation, but not the same."""
        nodes = [self.tape.nodes[line] for line in lines]
        op = nodes[0][0]
        alike = all(node[0] == op and len(node) == len(nodes[0]) for node in nodes)
        if op in LEAVES or not alike or len(set(lines)) == 1:
            return []
        return list(zip(*map(operands, nodes), strict=True))

    def _join(self, lines: tuple[int, ...], parts: list[tuple[int, ...]]) -> int:
        if len(set(lines)) == 1:
            return lines[0]
        if parts:
            op = self.tape.nodes[lines[0]][0]
            return self.tape.add(op, *[self.done[part] for part in parts])
        return self._choose(lines)

    def _choose(self, lines: tuple[int, ...]) -> int:
        add = self.tape.add
        chosen = -1
        for i, line in enumerate(lines):
            masked = add("mul", add("input", self.first_mask + i), line)
            chosen = masked if chosen < 0 else add("add", chosen, masked)
        return chosen
