"""How fast and how large: `python3 build.py bench [--quick] [--json FILE] [--readme] …`.

Tables: an epoch of Xor next to micrograd, the time per operation from short chains to long ones,
the memory per operation; the compiled engine beside C and others, with what compiling takes. Of
the built page, with --page, its start, epochs and size; with --start the start beside plain
Pyodide and the time until one can read and type; with --stop how long Stop takes; with --frames
the memory over an hour's frames; with --lighthouse Lighthouse's scores, which also belong to a
bench that is not --quick. --browser is these five and nothing else. The exit status is 1 if a
target is missed.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the minitorch of this checkout

import chain
import compiled
import frames
import machine
import memory
import page
import reading
import readme
import scores
import start
import stops
import targets
import xor

from web.tools import site

Row = TypeVar("Row")


def heading(title: str, columns: str) -> None:
    print(f"\n{title}\n\n{columns}\n{'-' * len(columns)}", flush=True)


def table(title: str, columns: str, rows: Iterable[Row], line: Callable[[Row], str]) -> list[Row]:
    """Print a table, each row as soon as it has been measured; give the rows."""
    heading(title, columns)
    results = []
    for row in rows:
        results.append(row)
        print(line(row), flush=True)
    return results


def epochs_of_xor(quick: bool) -> list[xor.Comparison]:
    blocks = 3 if quick else 9
    return table(
        "One epoch of Xor: 50 points, backward for each, one step. Milliseconds, median (range).",
        "hidden     minitorch                   micrograd                  times as fast",
        (xor.compare(hidden, blocks, epochs) for hidden, epochs in ((2, 100), (10, 12), (30, 2))),
        xor.row,
    )


def chains(quick: bool) -> list[chain.Chain]:
    return table(
        "A chain of additions. Nanoseconds per operation, median.",
        "   length   forward  backward      free     total   collector",
        (chain.measure(10**exponent) for exponent in range(2, 6 if quick else 7)),
        chain.row,
    )


def memories() -> list[memory.Graph]:
    return table(
        "Memory of a graph that is held. Bytes per operation.",
        "graph                 operations  tracemalloc  resident",
        (memory.measure(name) for name in memory.GRAPHS),
        memory.row,
    )


def the_page(quick: bool) -> page.Page:
    heading("The page, on this machine's own server. Median (range).", "what" + " " * 26)
    result = page.measure(visits=2 if quick else 7)
    print("\n".join(page.rows(result)), flush=True)
    return result


def compiled_epochs(quick: bool) -> list[compiled.Row]:
    blocks = 3 if quick else 9
    sizes = [(2, 50), (10, 50), (30, 50), (100, 50), (10, 1_000), (10, 10_000)]
    return table(
        "The compiled engine. An epoch of Xor in microseconds, median (times as long as C, -O3\n"
        "-march=native). V8 is Node; JavaScript is an object for each neuron and link.",
        "hidden  points                 C                V8          wasmtime        JavaScript"
        "           PyTorch            Python             eager",
        (
            compiled.compare(hidden, points, blocks, hidden <= 30 and points == 50)
            for hidden, points in sizes[: 3 if quick else None]
        ),
        compiled.row,
    )


def compiling() -> list[compiled.Cost]:
    return table(
        "Compiling, and a boundary of 64 x 64 points in V8. Milliseconds, median.",
        "hidden   compile  boundary",
        (compiled.cost(hidden) for hidden in (2, 10, 30, 100)),
        compiled.cost_row,
    )


def starts(quick: bool) -> list[start.Start]:
    return table(
        "From the navigation to Python ready. Seconds, median (range).",
        "line              visit              this site         plain Pyodide  times as fast",
        start.measure(visits=2 if quick else 9),
        start.row,
    )


def parts() -> list[start.Part]:
    return table(
        "What a first visit fetches until Python is ready. Kilobytes: as it is, gzip, Brotli.",
        "file                                               as it is      gzip    Brotli",
        start.parts(),
        start.part_row,
    )


def readings(quick: bool) -> list[reading.Reading]:
    return table(
        "From the navigation until there is something to read, until the view can be typed into,\n"
        "until its largest text. Milliseconds, median (range); and how much moved.",
        "view        width               paint              fields        largest text    moved",
        reading.measure(visits=3 if quick else 9),
        reading.row,
    )


def stopped() -> list[stops.Stop]:
    return table(
        "Stop: until the code has ended, and until Python answers again. Milliseconds.",
        "program                         page          worker      stopped  answered",
        stops.measure(),
        stops.row,
    )


def hours(quick: bool) -> list[frames.Hour]:
    return table(
        "Memory in use after the first minute's frames, and after all. Megabytes, and millions of\n"
        "objects.",
        "             frames         the page           Python's       objects there",
        frames.measure(quick),
        frames.row,
    )


def lighthouse() -> list[scores.Score]:
    return table(
        "Lighthouse, of 100; milliseconds until the first and the largest text, and blocked.",
        "view        device   performance  accessibility  best practices     paint   largest"
        "   blocked    moved",
        scores.measure(),
        scores.row,
    )


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="build.py bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no longest chain")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    parser.add_argument("--page", action="store_true", help="measure the page too")
    parser.add_argument("--start", action="store_true", help="measure how the page starts too")
    parser.add_argument("--stop", action="store_true", help="measure Stop too")
    parser.add_argument("--frames", action="store_true", help="watch the memory of a long run too")
    parser.add_argument("--lighthouse", action="store_true", help="ask Lighthouse too")
    parser.add_argument("--browser", action="store_true", help="these five, and only these")
    parser.add_argument("--readme", action="store_true", help="all of it, into the README")
    options = parser.parse_args()
    everything = options.readme or options.browser
    options.page |= everything
    options.start |= everything
    options.stop |= everything
    options.frames |= everything
    options.lighthouse |= everything or not options.quick
    options.native = options.readme or not options.browser
    return options


def measure(options: argparse.Namespace) -> dict[str, list[Any]]:
    """Measure what was asked for; give the rows of each table."""
    quick = options.quick
    tables: dict[str, list[Any]] = {}
    if options.native:
        tables |= {"xor": epochs_of_xor(quick), "chains": chains(quick), "memory": memories()}
        tables |= {"compiled": compiled_epochs(quick), "compiling": compiling()}
    names = ("page", "start", "stop", "frames", "lighthouse")
    if any(getattr(options, name) for name in names):
        site.build()
    if options.page:
        tables["page"] = [the_page(quick)]
    if options.start:
        tables |= {"parts": parts(), "starts": starts(quick), "readings": readings(quick)}
    if options.stop:
        tables["stops"] = stopped()
    if options.frames:
        tables["frames"] = hours(quick)
    if options.lighthouse:
        tables["lighthouse"] = lighthouse()
    return tables


def as_dict(row: Any) -> dict[str, Any]:
    """A row as plain dictionaries and lists, down to the last."""
    return row.as_dict() if isinstance(row, page.Page) else row._asdict()


def main() -> int:
    options = read_options()
    described = machine.describe()
    print("\n".join(f"{key:10} {value}" for key, value in described.items()))
    tables = measure(options)
    if options.readme:
        readme.write(described, **tables)
    reached = list(targets.check(tables))
    if options.json:
        rows = {name: [as_dict(row) for row in table] for name, table in tables.items()}
        numbers = {"machine": described, **rows, "targets": [t._asdict() for t in reached]}
        options.json.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")
    print("\nTargets\n")
    print("\n".join(map(targets.row, reached)))
    return 0 if all(target.met for target in reached) else 1


if __name__ == "__main__":
    sys.exit(main())
