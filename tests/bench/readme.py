"""The README's section of measurements, written from what was measured and from nothing else."""

from pathlib import Path
from statistics import median

from chain import Chain
from memory import Graph
from page import Page
from xor import Comparison

START, END = "<!-- measured: written by build.py -->", "<!-- end of measured -->"
README = Path(__file__).resolve().parents[2] / "README.md"


def write(
    described: dict[str, str],
    epochs: list[Comparison],
    chains: list[Chain],
    graphs: list[Graph],
    page: Page,
) -> None:
    """Put the measurements in their place in the README."""
    parts = [_machine(described, page), _epochs(epochs, page), _rest(chains, graphs, page)]
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
    cold, warm = median(page.start.cold), median(page.start.warm)
    raw, gzipped = (size / 1e6 for size in page.size)
    return "\n".join(
        [
            f"- An operation takes {shortest.total / 1e3:.1f} µs forward, backward and freed in a "
            f"chain of {shortest.length:,}, and {longest.total / 1e3:.1f} µs in one of "
            f"{longest.length:,}.",
            f"- Bytes per operation: {memory}.",
            f'- From navigation to "Python ready" on localhost: {cold:.1f} s with nothing cached, '
            f"{warm:.1f} s with the browser's cache.",
            f"- `dist/`: {raw:.1f} MB, {gzipped:.1f} MB gzipped, of which a visit fetches a part.",
        ]
    )
