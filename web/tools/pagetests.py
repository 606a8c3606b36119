"""The tests of the page's TypeScript that need no browser: bundled by esbuild, run by Node."""

import os
from collections.abc import Sequence
from pathlib import Path

from web.tools import node
from web.tools.cache import cached
from web.tools.console import Failure
from web.tools.paths import NODE_MODULES, TESTS, WEB

FOLDER = TESTS / "page"
_PATTERN = "*.test.ts"
_REPORTER = WEB / "tools" / "pagetests.mjs"

_OPTIONS = [
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--target=node20",
    "--sourcemap",
    "--jsx=automatic",
    "--jsx-import-source=preact",
    # Else the tests' tsconfig.json, whose paths are only for types, would find packages twice.
    "--tsconfig-raw={}",
    "--out-extension:.js=.mjs",
    "--log-level=warning",
    "--color=false",
]


def run(places: Sequence[Path] = (), options: Sequence[str] = ()) -> str:
    """Run the tests in some files or folders; return how many there were, in a line.

    Args:
        places: Files and folders in `tests/page`; none stand for all of it.
        options: What Node gets besides, such as `--test-name-pattern=curve`.

    Raises:
        Failure: A test has failed, or there is none.

    """
    chosen = [file for place in places or [FOLDER] for file in _files(place)]
    if not chosen:
        raise Failure(f"There is no {_PATTERN} in {', '.join(map(str, places))}.")
    bundled = _bundle()
    outputs = [bundled / file.relative_to(FOLDER).with_suffix(".mjs") for file in chosen]
    # As Node 20 counts, two processors are one.
    at_a_time = f"--test-concurrency={os.cpu_count() or 1}"
    reporter = f"--test-reporter={_REPORTER.as_uri()}"
    ours = ["--test", "--enable-source-maps", "--no-warnings", at_a_time, reporter]
    return node.execute(*ours, *options, *outputs).strip()


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob(_PATTERN))


def _bundle() -> Path:
    """Make a program of each file of tests, with a copy of its own of what it tests."""
    inputs = [FOLDER, WEB / "src", WEB / "package-lock.json", Path(__file__)]
    return cached("bundles of tests", inputs, _make)


def _make(output: Path) -> None:
    bundle(_files(FOLDER), FOLDER, output)


def bundle(files: Sequence[Path], base: Path, output: Path) -> None:
    """Bundle TypeScript for Node: `base/a/b.ts` becomes `output/a/b.mjs`."""
    folders = [f"--outbase={base}", f"--outdir={output}"]
    # Packages are in `web/`, which is not above `tests/`.
    packages = {"NODE_PATH": str(NODE_MODULES)}
    node.tool("esbuild", *files, *folders, *_OPTIONS, env=packages)
