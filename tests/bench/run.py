"""How fast and how large: `python3 build.py bench [--quick] [--page] [--json FILE] [--readme]`.

Tables: an epoch of Xor next to micrograd, the time per operation from short chains to long ones,
the memory per operation; the compiled engine beside C and others, with what compiling takes; and
with --page the built page's start, epochs and size. The exit status is 1 if a target is missed.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the minitorch of this checkout

import chain
import compiled
import machine
import memory
import page
import readme
import targets
import xor

from web.tools import site


def heading(title: str, columns: str) -> None:
    print(f"\n{title}\n\n{columns}\n{'-' * len(columns)}", flush=True)


def epochs_of_xor(quick: bool) -> list[xor.Comparison]:
    heading(
        "One epoch of Xor: 50 points, backward for each, one step. Milliseconds, median (range).",
        "hidden     minitorch                   micrograd                  times as fast",
    )
    blocks = 3 if quick else 9
    results = []
    for hidden, epochs in ((2, 100), (10, 12), (30, 2)):
        results.append(xor.compare(hidden, blocks, epochs))
        print(xor.row(results[-1]), flush=True)
    return results


def chains(quick: bool) -> list[chain.Chain]:
    heading(
        "A chain of additions. Nanoseconds per operation, median.",
        "   length   forward  backward      free     total   collector",
    )
    results = []
    for exponent in range(2, 6 if quick else 7):
        results.append(chain.measure(10**exponent))
        print(chain.row(results[-1]), flush=True)
    return results


def memories() -> list[memory.Graph]:
    heading(
        "Memory of a graph that is held. Bytes per operation.",
        "graph                 operations  tracemalloc  resident",
    )
    results = []
    for name in memory.GRAPHS:
        results.append(memory.measure(name))
        print(memory.row(results[-1]), flush=True)
    return results


def the_page(quick: bool) -> page.Page:
    heading("The page, on this machine's own server. Median (range).", "what" + " " * 26)
    site.build()
    result = page.measure(visits=2 if quick else 7)
    print("\n".join(page.rows(result)), flush=True)
    return result


def compiled_epochs(quick: bool) -> list[compiled.Row]:
    heading(
        "The compiled engine. An epoch of Xor in microseconds, median (times as long as C, -O3\n"
        "-march=native). V8 is Node; JavaScript is an object for each neuron and link.",
        "hidden  points                 C                V8          wasmtime        JavaScript"
        "           PyTorch            Python             eager",
    )
    blocks = 3 if quick else 9
    sizes = [(2, 50), (10, 50), (30, 50), (100, 50), (10, 1_000), (10, 10_000)]
    results = []
    for hidden, points in sizes[: 3 if quick else None]:
        results.append(compiled.compare(hidden, points, blocks, hidden <= 30 and points == 50))
        print(compiled.row(results[-1]), flush=True)
    return results


def compiling() -> list[compiled.Cost]:
    heading(
        "Compiling, and a boundary of 64 x 64 points in V8. Milliseconds, median.",
        "hidden   compile  boundary",
    )
    results = []
    for hidden in (2, 10, 30, 100):
        results.append(compiled.cost(hidden))
        print(compiled.cost_row(results[-1]), flush=True)
    return results


def main() -> int:
    parser = argparse.ArgumentParser(prog="build.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no longest chain")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    parser.add_argument("--page", action="store_true", help="measure the page too")
    parser.add_argument("--readme", action="store_true", help="all of it, into the README")
    options = parser.parse_args()
    described = machine.describe()
    print("\n".join(f"{key:10} {value}" for key, value in described.items()))
    measured = (epochs_of_xor(options.quick), chains(options.quick), memories())
    of_compiler = (compiled_epochs(options.quick), compiling())
    of_page = the_page(options.quick) if options.page or options.readme else None
    if options.readme and of_page:
        readme.write(described, *measured, *of_compiler, of_page)
    reached = list(targets.check(*measured))
    if options.json:
        names = ("xor", "chains", "memory", "compiled", "compiling", "targets")
        tables = zip(names, (*measured, *of_compiler, reached), strict=True)
        rows = {name: [row._asdict() for row in table] for name, table in tables}
        numbers = {"machine": described, **rows, "page": of_page and of_page.as_dict()}
        options.json.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")
    print("\nTargets\n")
    print("\n".join(map(targets.row, reached)))
    return 0 if all(target.met for target in reached) else 1


if __name__ == "__main__":
    sys.exit(main())
