"""What the library has to reach, held against what was measured."""

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from chain import Chain
from memory import Graph
from xor import Comparison

HIDDEN = 10
TIMES_AS_FAST = 2.0
GROWTH = 3.0
BYTES = 300


class Target(NamedTuple):
    """One target, in words, and whether it was met."""

    text: str
    met: bool


def check(epochs: list[Comparison], chains: list[Chain], graphs: list[Graph]) -> Iterator[Target]:
    """Give every target, whatever became of the others."""
    times = median(next(row.ratios for row in epochs if row.hidden == HIDDEN))
    yield Target(
        f"{times:.2f} times as fast as micrograd at hidden {HIDDEN} (at least {TIMES_AS_FAST:g})",
        times >= TIMES_AS_FAST,
    )
    shortest, longest = chains[0], chains[-1]
    growth = longest.total / shortest.total
    yield Target(
        f"{growth:.2f} times the time per operation at {longest.length:,} of that at "
        f"{shortest.length:,}, without the collector (at most {GROWTH:g})",
        growth <= GROWTH,
    )
    for graph in graphs:
        yield Target(
            f"{graph.tracemalloc:.0f} bytes per operation, {graph.name} (at most {BYTES})",
            graph.tracemalloc <= BYTES,
        )


def row(target: Target) -> str:
    return f"{'met' if target.met else 'MISSED':8}{target.text}"
