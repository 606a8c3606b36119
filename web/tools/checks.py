"""`build.py test`: the build, then linters, type checkers and Node's tests, then pytest."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from web.tools import chromium, node, pagetests, site
from web.tools.console import Failure, run, say, show_line
from web.tools.paths import ROOT, TESTS

# A check raises a Failure with what it found, and returns what is worth a word if all is well.
Check = Callable[[], str]

_BROWSER_TESTS = TESTS / "browser"
# Options of pytest's whose value is a word of its own, which is then no place to look for tests.
_TAKE_A_VALUE = {
    *("-k", "-m", "-p", "-c", "-o", "-r", "-W", "--tb", "--maxfail", "--durations"),
    *("--ignore", "--ignore-glob", "--deselect", "--rootdir", "--confcutdir", "--basetemp"),
    *("--junit-xml", "--junitxml", "--log-file", "--import-mode", "--capture", "--verbosity"),
}


def test(arguments: list[str]) -> int:
    """Check everything; pytest gets the arguments and has the last word.

    Args:
        arguments: Places of tests, and options of pytest's. Where all places are in
            `tests/page`, only these tests run, and the options are Node's.

    Returns:
        An exit status, 0 if nothing has failed.

    """
    page = [place for place in places(arguments) if _is_in(place, pagetests.FOLDER)]
    others = [word for word in arguments if Path(word) not in page]
    if page and not places(others):
        node.install_packages()
        return _show(_run_checks(_page_checks(page, others)))
    say("Building and checking")
    failed = []
    if may_select(arguments, _BROWSER_TESTS):
        try:
            site.build()
            if os.environ.get("MINITORCH_SKIP_BROWSER") != "1":
                os.environ["CHROMIUM"] = str(chromium.ensure())
        except Failure as failure:
            failed.append(str(failure))
    else:
        node.install_packages()  # for tsc
    checks = _reading_checks()
    if may_select(arguments, pagetests.FOLDER):
        checks |= _page_checks(page, [])
    failed += _run_checks(checks)
    _show(failed)
    say("\nRunning pytest" + (", though the above has failed already" if failed else ""))
    command = [sys.executable, "-m", "pytest", *_side_by_side(arguments), *others]
    status = subprocess.call(command, cwd=ROOT)
    return status or (1 if failed else 0)


def _side_by_side(arguments: list[str]) -> list[str]:
    """Options that share all tests out among the processors; a part of them runs in turn.

    A file stays in one process, since its tests may share a page; and the order stays, of which
    tests/conftest.py says why.
    """
    return [] if arguments else ["--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]


def places(arguments: list[str]) -> list[Path]:
    """Find the places of tests among the arguments, as they are written there."""
    words = [
        text
        for before, text in pairwise(["", *arguments])
        if not text.startswith("-") and before not in _TAKE_A_VALUE
    ]
    named = [Path(word.partition("::")[0]) for word in words]
    return [place for place in named if (ROOT / place).exists()]


def may_select(arguments: list[str], folder: Path) -> bool:
    """Tell whether tests of a folder may be meant: unless only other places are named."""
    named = places(arguments)
    return not named or any(
        _is_in(place, folder) or _is_in(folder, ROOT / place) for place in named
    )


def _is_in(place: Path, folder: Path) -> bool:
    return (ROOT / place).resolve().is_relative_to(folder.resolve())


def _reading_checks() -> dict[str, Check]:
    def module(*words: str) -> str:
        return run([sys.executable, "-m", *words])

    return {
        "ruff": lambda: module("ruff", "check", "--quiet", "--output-format=concise"),
        "mypy": lambda: module("mypy", "--no-error-summary"),
        "tsc, page": lambda: node.tool("tsc", "--noEmit", "-p", "tsconfig.page.json"),
        "tsc, worker": lambda: node.tool("tsc", "--noEmit", "-p", "tsconfig.worker.json"),
    }


def _page_checks(chosen: list[Path], options: list[str]) -> dict[str, Check]:
    return {
        "tsc, tests": lambda: node.tool("tsc", "--noEmit", "-p", pagetests.FOLDER),
        "tests/page": lambda: pagetests.run([ROOT / place for place in chosen], options),
    }


def _run_checks(checks: dict[str, Check]) -> list[str]:
    """Run checks side by side; return what failed, each in full."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [text for text in pool.map(_outcome, checks, checks.values()) if text]


def _outcome(name: str, check: Check) -> str | None:
    start = time.perf_counter()
    try:
        said = check()
    except Failure as failure:
        show_line("✗", name, time.perf_counter() - start)
        return f"{name} found something.\n{failure}"
    show_line("✓", name, time.perf_counter() - start, said.strip())
    return None


def _show(failed: list[str]) -> int:
    for text in failed:
        say(f"\n{text}")
    return 1 if failed else 0
