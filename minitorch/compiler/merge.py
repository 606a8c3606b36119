"""Stage 2: one set of results out of those for each label.

The function may branch on the label, so it is traced once for each. The traces mostly agree, and
where they differ, in `p` here and `1 - p` there, one has to be selected for each sample: `p` where
an *indicator* is 1, an input for each label that is 1 for its samples and 0 for the others.

It would be wrong to compute for all samples what is only defined for some, such as a logarithm; and
where a derivative of 0 is handed on, 0 · inf is not 0. Then there is no merging, and each label's
samples get a program of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from .tape import LEAVES, PARTIAL, Node, Tape, needed_for, operands


def merge(tape: Tape, traces: list[list[int]], first_indicator: int) -> list[int] | None:
    """Merge the results of the traces, adding to the tape what selects between them.

    Args:
        tape: what all traces are recorded on.
        traces: for each label the indices of its results.
        first_indicator: which input is the first label's indicator; the others follow.

    Returns:
        The indices of the merged results; None where they can't be merged.
    """
    if len({len(results) for results in traces}) != 1:
        return None
    before = len(tape.nodes)
    merger = _Merger(tape, first_indicator)
    merged = [merger.merged(alternatives) for alternatives in zip(*traces, strict=True)]
    if merger.failed:
        return None
    if len(tape.nodes) > before and _does_harm(tape, traces, merged, before):
        return None
    return merged


def _does_harm(tape: Tape, traces: list[list[int]], merged: list[int], before: int) -> bool:
    """Whether something is computed for all labels that not all ask for, and that may spoil it."""
    losses = [results[:1] for results in traces]
    of_loss = _in_addition(tape, losses, merged[:1], before)
    of_all = _in_addition(tape, traces, merged, before)
    return not (
        all(_hands_on_zeros(tape, node) for node in of_loss) and all(map(_never_raises, of_all))
    )


def _in_addition(
    tape: Tape, traces: list[list[int]], merged: list[int], before: int
) -> Iterator[Node]:
    """The operations recorded for some labels only, but computed for all."""
    everywhere = [needed_for(tape.nodes, results) for results in traces]
    waiting, met = list(merged), set(merged)
    while waiting:  # what an operation is computed from is everywhere if it is
        index = waiting.pop()
        if index >= before or not all(needed[index] for needed in everywhere):
            if index < before:
                yield tape.nodes[index]
            missing = set(operands(tape.nodes[index])) - met
            met |= missing
            waiting += missing


def _never_raises(node: Node) -> bool:
    return node[0] not in PARTIAL and node[0] != "custom"


def _hands_on_zeros(tape: Tape, node: Node) -> bool:
    """Whether an operand's derivative is 0 where the result's is, even if values are inf or NaN."""
    kind, *operands = node
    if kind == "mul":
        factors = [tape.nodes[operand] for operand in operands]
        return any(factor[0] == "constant" and isfinite(factor[1]) for factor in factors)
    return kind in LEAVES or kind in ("add", "neg", "relu", "lt", "eq")


class _Merger:
    """Walks the traces side by side. *Alternatives* are the indices, one for each label, of what
    stands at the same place in each trace."""

    def __init__(self, tape: Tape, first_indicator: int) -> None:
        self.tape, self.first_indicator = tape, first_indicator
        self.done: dict[tuple[int, ...], int] = {}
        self.limit = 2 * len(tape.nodes)
        self.failed = False

    def merged(self, alternatives: tuple[int, ...]) -> int:
        """The index of what is, for each sample, the alternative that its label asks for."""
        stack = [alternatives]
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
        return -1 if stack else self.done[alternatives]

    def _parts(self, alternatives: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The operands side by side, if all are the same operation, but not of the same."""
        nodes = [self.tape.nodes[index] for index in alternatives]
        kind = nodes[0][0]
        alike = all(node[0] == kind and len(node) == len(nodes[0]) for node in nodes)
        if kind in LEAVES or not alike or len(set(alternatives)) == 1:
            return []
        return list(zip(*map(operands, nodes), strict=True))

    def _join(self, alternatives: tuple[int, ...], parts: list[tuple[int, ...]]) -> int:
        if len(set(alternatives)) == 1:
            return alternatives[0]
        if parts:
            kind = self.tape.nodes[alternatives[0]][0]
            return self.tape.add(kind, *[self.done[part] for part in parts])
        return self._select(alternatives)

    def _select(self, alternatives: tuple[int, ...]) -> int:
        if any(self.tape.nodes[index][0] == "nothing" for index in alternatives):
            self.failed = True  # it is no number that could be selected
        *others, last = alternatives
        selected = last
        for i, index in enumerate(others):
            if index != last:
                indicator = self.tape.add("input", self.first_indicator + i)
                selected = self.tape.add("select", indicator, index, selected)
        return selected
