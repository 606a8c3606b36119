"""`build.py test`: the build, the linters and type checkers side by side, then pytest."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from web.tools import chromium, node, site
from web.tools.console import Failure, run, say, show_line
from web.tools.paths import ROOT, TESTS

_BROWSER_TESTS = TESTS / "browser"
# Options of pytest's whose value is a word of its own, which is then no place to look for tests.
_TAKE_A_VALUE = {
    *("-k", "-m", "-p", "-c", "-o", "-r", "-W", "--tb", "--maxfail", "--durations"),
    *("--ignore", "--ignore-glob", "--deselect", "--rootdir", "--confcutdir", "--basetemp"),
    *("--junit-xml", "--junitxml", "--log-file", "--import-mode", "--capture", "--verbosity"),
}


def test(arguments: list[str]) -> int:
    """Check everything; pytest gets the arguments and has the last word."""
    say("Building and checking")
    failed = []
    if may_select_browser_tests(arguments):
        try:
            site.build()
            if os.environ.get("MINITORCH_SKIP_BROWSER") != "1":
                os.environ["CHROMIUM"] = str(chromium.ensure())
        except Failure as failure:
            failed.append(str(failure))
    else:
        node.install_packages()  # for tsc
    failed += _run_checks()
    for text in failed:
        say(f"\n{text}")
    say("\nRunning pytest" + (", though the above has failed already" if failed else ""))
    status = subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
    return status or (1 if failed else 0)


def may_select_browser_tests(arguments: list[str]) -> bool:
    """Tell whether pytest may collect tests/browser: unless only other places are named."""
    places = [
        Path(text.partition("::")[0])
        for before, text in pairwise(["", *arguments])
        if not text.startswith("-") and before not in _TAKE_A_VALUE
    ]
    named = [(ROOT / place).resolve() for place in places if (ROOT / place).exists()]
    browser = _BROWSER_TESTS.resolve()
    return not named or any(
        place == browser or place in browser.parents or browser in place.parents for place in named
    )


def _run_checks() -> list[str]:
    """Run the checks that only read; return what failed, each in full."""

    def module(*words: str) -> str:
        return run([sys.executable, "-m", *words])

    checks: dict[str, Callable[[], str]] = {
        "ruff": lambda: module("ruff", "check", "--quiet", "--output-format=concise"),
        "mypy": lambda: module("mypy", "--no-error-summary"),
        "tsc, page": lambda: node.tool("tsc", "--noEmit", "-p", "tsconfig.page.json"),
        "tsc, worker": lambda: node.tool("tsc", "--noEmit", "-p", "tsconfig.worker.json"),
    }
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [text for text in pool.map(_outcome, checks, checks.values()) if text]


def _outcome(name: str, check: Callable[[], str]) -> str | None:
    start = time.perf_counter()
    try:
        check()
    except Failure as failure:
        show_line("✗", name, time.perf_counter() - start)
        return f"{name} found something.\n{failure}"
    show_line("✓", name, time.perf_counter() - start)
    return None
