"""The README's section of measurements, written from what was measured and from nothing else."""

from pathlib import Path
from statistics import median

from chain import Chain
from compiled import Cost, Row
from frames import Hour
from memory import Graph
from page import Page
from reading import Reading
from scores import Score
from start import Part, Start
from stops import Stop
from xor import Comparison

START, END = "<!-- measured: written by build.py -->", "<!-- end of measured -->"
README = Path(__file__).resolve().parents[2] / "README.md"


def write(
    described: dict[str, str],
    *,
    xor: list[Comparison],
    chains: list[Chain],
    memory: list[Graph],
    compiled: list[Row],
    compiling: list[Cost],
    page: list[Page],
    parts: list[Part],
    starts: list[Start],
    readings: list[Reading],
    stops: list[Stop],
    frames: list[Hour],
    lighthouse: list[Score],
) -> None:
    """Put the measurements in their place in the README."""
    (of_page,) = page
    parts = [
        _machine(described, of_page),
        _epochs(xor, of_page),
        _rest(chains, memory, of_page),
        _starts(starts, parts),
        _readings(readings, lighthouse),
        _stops(stops, frames),
        _compiled(compiled),
        _compiling(compiling),
    ]
    before, rest = README.read_text(encoding="utf-8").split(START)
    _, after = rest.split(END)
    text = "\n\n".join(parts)
    README.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _machine(described: dict[str, str], page: Page) -> str:
    return (
        f"On {described['processor']}, {described['python']}, Chromium {page.browser}. Medians; "
        "the machine is shared and noisy, so trust the ratios, which were taken side by side."
    )


def _epochs(epochs: list[Comparison], page: Page) -> str:
    in_page = {epoch.hidden: median(epoch.seconds) for epoch in page.epochs}
    lines = [
        "| One epoch of Xor, 50 points | minitorch | micrograd | times as fast | in the page |",
        "|---|---|---|---|---|",
    ]
    for row in epochs:
        ours, theirs, there = median(row.minitorch), median(row.micrograd), in_page[row.hidden]
        lines.append(
            f"| hidden layers of {row.hidden} | {1e3 * ours:.1f} ms | {1e3 * theirs:.1f} ms "
            f"| {median(row.ratios):.1f} | {1e3 * there:.1f} ms |"
        )
    return "\n".join(lines)


def _rest(chains: list[Chain], graphs: list[Graph], page: Page) -> str:
    shortest, longest = chains[0], chains[-1]
    memory = ", ".join(f"{g.tracemalloc:.0f} for a {g.name}" for g in graphs)
    raw, gzipped, brotli = (size / 1e6 for size in page.size)
    return "\n".join(
        [
            f"- An operation takes {shortest.total / 1e3:.1f} µs forward, backward and freed in a "
            f"chain of {shortest.length:,}, and {longest.total / 1e3:.1f} µs in one of "
            f"{longest.length:,}.",
            f"- Bytes per operation: {memory}.",
            f"- `dist/`: {raw:.1f} MB, {gzipped:.1f} MB gzipped, {brotli:.1f} MB with Brotli, of "
            "which a visit fetches a part.",
        ]
    )


def _starts(starts: list[Start], parts: list[Part]) -> str:
    lines = [
        'From the navigation to "Python ready", beside plain Pyodide (the npm package as it comes,',
        "in a worker, with minitorch imported):",
        "",
        "| line | visit | this site | plain Pyodide | times as fast |",
        "|---|---|---|---|---|",
    ]
    for one in starts:
        ours, theirs = median(one.minitorch), median(one.plain)
        lines.append(
            f"| {one.line} | {one.visit} | {ours:.2f} s | {theirs:.2f} s | {one.ratio:.1f} |"
        )
    raw, gzipped, brotli = (
        sum(column) / 1e6 for column in zip(*(p.size for p in parts), strict=True)
    )
    lines += [
        "",
        f"Until then a first visit fetches {raw:.1f} MB: {gzipped:.1f} MB gzipped, {brotli:.1f} MB "
        "with Brotli. The rest of what works offline comes after that.",
    ]
    return "\n".join(lines)


def _readings(readings: list[Reading], lighthouse: list[Score]) -> str:
    slowest = max(median(one.drawn) for one in readings)
    shift = max(one.shift for one in readings)
    lowest = min(one.lowest for one in lighthouse)
    return (
        f"A view can be read and typed into after {1e3 * slowest:.0f} ms; when Python arrives, the "
        f"layout shifts by {shift:.4f} at most. Lighthouse gives {lowest} of 100 at least, for "
        "performance, accessibility and best practices, on a desk and on a slow phone."
    )


def _stops(stops: list[Stop], frames: list[Hour]) -> str:
    """Stop at its slowest, of all the programs, and the memory of long runs."""

    def slowest(name: str, **which: bool) -> str:
        times = [
            getattr(stop, name)
            for stop in stops
            if all(getattr(stop, key) is value for key, value in which.items())
        ]
        return f"{1e3 * max(times):.0f} ms"

    grown = " and ".join(f"{hour.growth:.1%} over {hour.frames:,}, {hour.what}" for hour in frames)
    return (
        f"Stop takes {slowest('stopped', isolated=True)} at most where the page is cross-origin "
        f"isolated, and {slowest('stopped', isolated=False)} where it is not; Python answers again "
        f"after {slowest('answered', spare=True)} at most from a spare worker, and "
        f"{slowest('answered', spare=False)} without one. Training takes no more and more memory: "
        f"after a minute's frames it grew by {grown}."
    )


def _compiled(rows: list[Row]) -> str:
    """The compiled engine: how long C takes, and how many times as long the others do."""
    names = [name for name in rows[0].seconds if name != "C"]
    lines = [
        "Compiled, an epoch of Xor next to C (gcc -O3 -march=native), and as multiples of that:",
        "",
        f"| hidden, points | C | {' | '.join(names)} |",
        "|---" * (len(names) + 2) + "|",
    ]
    for row in rows:
        ratios = [f"{row.ratio(n):,.2f}" if n in row.seconds else "" for n in names]
        microseconds = 1e6 * median(row.seconds["C"])
        lines.append(
            f"| {row.hidden}, {row.points:,} | {microseconds:,.1f} µs | {' | '.join(ratios)} |"
        )
    return "\n".join(lines)


def _compiling(costs: list[Cost]) -> str:
    shown = ", ".join(f"{1e3 * cost.compile:.1f} ms at hidden {cost.hidden}" for cost in costs)
    return f"Tracing and compiling takes {shown}."
