"""Stage 2: one set of results out of those for each label.

The function may branch on the label, so it is traced once for each. The traces mostly agree, and
where they differ, in `p` here and `1 - p` there, one has to be selected for each sample. That is
arithmetic, too: m₁·p + m₂·(1 - p), where the m are *indicators*: an input for each label that is 1
for its samples and 0 for the others.

It would be wrong to compute for all samples what is only defined for some: 0 · log(-1) is not 0.
Then there is no merging, and each label's samples get a program of their own.
"""

from __future__ import annotations

from .tape import LEAVES, PARTIAL, Tape, operands, reachable


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
    if len(tape.nodes) > before and _computes_too_much(tape, traces, merged, before):
        return None
    return merged


def _computes_too_much(tape: Tape, traces: list[list[int]], merged: list[int], before: int) -> bool:
    """Whether something not defined everywhere is computed that not all labels ask for."""
    everywhere = set.intersection(*[set(reachable(tape.nodes, *results)) for results in traces])
    return any(
        index < before and index not in everywhere and tape.nodes[index][0] in (*PARTIAL, "custom")
        for index in reachable(tape.nodes, *merged)
    )


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
        add = self.tape.add
        selected = -1
        for i, index in enumerate(alternatives):
            term = add("mul", add("input", self.first_indicator + i), index)
            selected = term if selected < 0 else add("add", selected, term)
        return selected
