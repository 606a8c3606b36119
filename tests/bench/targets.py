"""What has to be reached, held against what was measured."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any, NamedTuple

import frames
import reading
import scores
import start
import stops
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


def check(tables: Mapping[str, list[Any]]) -> Iterator[Target]:
    """Give every target of the tables that there are."""
    if "xor" in tables:
        yield from _of_library(tables["xor"], tables["chains"], tables["memory"])
    for one in tables.get("starts", []):
        if one.visit in start.LEAST[one.line]:
            yield _of_start(one)
    if "parts" in tables:
        yield _of_parts(tables["parts"])
    for one in tables.get("readings", []):
        yield _of_reading(one)
    for one in tables.get("stops", []):
        yield _of_stop(one)
    for one in tables.get("frames", []):
        yield Target(
            f"{one.growth:.1%} more memory after {one.frames:,} frames, {one.what}, than after a "
            f"minute's (at most {frames.GROWTH:.0%})",
            one.growth <= frames.GROWTH,
        )
    for one in tables.get("lighthouse", []):
        text = f"Lighthouse: {one.lowest} for {one.view}, {one.device} (at least {scores.LEAST})"
        yield Target(text, one.lowest >= scores.LEAST)


def _of_library(
    epochs: list[Comparison], chains: list[Chain], graphs: list[Graph]
) -> Iterator[Target]:
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


def _of_start(one: start.Start) -> Target:
    return Target(
        f"Python ready {one.ratio:.2f} times as fast as plain Pyodide, {one.visit} visit, "
        f"{one.line} (at least {start.LEAST[one.line][one.visit]:g})",
        one.ratio >= start.LEAST[one.line][one.visit],
    )


def _of_parts(parts: list[start.Part]) -> Target:
    gzip = sum(part.size.gzip for part in parts) / 1e6
    brotli = sum(part.size.brotli for part in parts) / 1e6
    return Target(
        f"{brotli:.2f} MB with Brotli until Python is ready, {gzip:.2f} with gzip (at most "
        f"{start.MOST_BROTLI:g} and {start.MOST_GZIP:g})",
        brotli <= start.MOST_BROTLI and gzip <= start.MOST_GZIP,
    )


def _of_reading(one: reading.Reading) -> Target:
    seconds = median(one.drawn)
    return Target(
        f"{one.view} can be typed into after {1e3 * seconds:.0f} ms, {one.width} wide (at most "
        f"{1e3 * reading.LONGEST:.0f}), and {one.shift:.4f} moved (less than {reading.MOST_SHIFT})",
        seconds <= reading.LONGEST and one.shift < reading.MOST_SHIFT,
    )


def _of_stop(one: stops.Stop) -> Target:
    page, most = ("isolated", stops.ISOLATED) if one.isolated else ("plain", stops.PLAIN)
    again = stops.SPARE if one.spare else stops.NO_SPARE
    worker = "a spare" if one.spare else "no spare"
    return Target(
        f"{one.program}, {page} page, {worker}: stopped after {1e3 * one.stopped:.0f} ms (at most "
        f"{1e3 * most:.0f}), answered {1e3 * one.answered:.0f} ms later (at most "
        f"{1e3 * again:.0f})",
        one.stopped <= most and one.answered <= again,
    )


def row(target: Target) -> str:
    return f"{'met' if target.met else 'MISSED':8}{target.text}"
