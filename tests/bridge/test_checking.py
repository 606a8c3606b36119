"""Running pytest on files that exist only in memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bridge.sandbox.output import LONGEST_OUTPUT
from bridge.testreport import MOST_FAILURES

PROGRAM = """
import json, signal, sys
from dataclasses import asdict
sys.path.insert(0, sys.argv[1])
from bridge.sandbox import stopping
from bridge.checking import run_tests
signal.signal(signal.SIGALRM, stopping._interrupt)  # a timer is what stops the runs here
print(json.dumps([asdict(run_tests(*run)) for run in json.load(sys.stdin)]))
"""
GOOD = "import pytest\n@pytest.mark.task1_1\ndef test_one(): print('seen')\n"
BAD = "def test_one(): assert 1 == 2, 'no luck'\n"


def run_all(*runs: tuple[dict[str, str], list[str]]) -> list[dict[str, Any]]:
    """Do one run after the other in a process: a pytest inside pytest shares its plugins."""
    web = Path(__file__).resolve().parents[2] / "web"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, web],
        input=json.dumps(runs),
        capture_output=True,
        text=True,
        check=True,
    )
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in ("status", "passed", "failed", "skipped"))


def test_it_counts_reports_and_forgets() -> None:
    first, second, broken, marked = run_all(
        ({"test_a.py": GOOD, "sub/test_b.py": BAD}, []),
        ({"test_a.py": BAD}, []),
        ({"test_c.py": "import nothing_of_that_name"}, []),
        ({"test_a.py": GOOD, "test_b.py": BAD}, ["-m", "task1_1", "--strict-markers"]),
    )
    assert counts(first) == (1, 1, 1, 0)
    (failure,) = first["failures"]
    assert failure["test"] == "sub/test_b.py::test_one"
    assert "no luck" in failure["text"]
    assert "1 failed, 1 passed" in first["output"]
    assert counts(second) == (1, 0, 1, 0)  # the edited file, not the one remembered
    assert counts(broken) == (2, 0, 1, 0)
    assert "nothing_of_that_name" in broken["failures"][0]["text"]
    assert counts(marked) == (0, 1, 0, 0)


def test_what_is_neither_passed_nor_failed() -> None:
    skipping = (
        "import pytest\n"
        "@pytest.mark.skip\ndef test_one(): pass\n"
        "@pytest.mark.parametrize('n', range(3))\ndef test_each(n): pass\n"
    )
    around = (
        "import pytest\n"
        "@pytest.fixture\ndef broken(): raise RuntimeError('before')\n"
        "@pytest.fixture\ndef untidy():\n    yield\n    raise RuntimeError('after')\n"
        "def test_one(broken): pass\n"
        "def test_two(untidy): pass\n"
    )
    nothing, skipped, absent, errors = run_all(
        ({"test_a.py": ""}, []),
        ({"test_a.py": skipping}, []),
        ({"test_a.py": "import pytest\npytest.importorskip('nothing_of_that_name')"}, []),
        ({"test_a.py": around}, []),
    )
    assert counts(nothing) == (5, 0, 0, 0)
    assert counts(skipped) == (0, 3, 0, 1)
    assert counts(absent) == (5, 0, 0, 1)
    assert counts(errors) == (1, 1, 2, 0)


def test_files_may_bring_their_settings_and_use_hypothesis() -> None:
    settings = {
        "pytest.ini": "[pytest]\npython_files = check_*.py\n",
        "inner/conftest.py": "import pytest\n@pytest.fixture\ndef number(): return 7\n",
        "inner/check_this.py": "def test_it(number): assert number == 7",
        "test_that.py": BAD,
    }
    search = (
        "from hypothesis import given, strategies as st\n"
        "@given(st.integers())\ndef test_it(n): assert n < 100\n"
    )
    own, found = run_all((settings, []), ({"test_a.py": search}, []))
    assert counts(own) == (0, 1, 0, 0)
    assert counts(found) == (1, 0, 1, 0)
    assert "n=100" in found["failures"][0]["text"]


LOOP = "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.2)\nwhile True: pass\n"
IN_A_TEST = "def test_loop():\n" + "".join(f"    {line}\n" for line in LOOP.splitlines())


def test_a_run_can_be_stopped_and_tells_what_it_had_found() -> None:
    bad = BAD.replace("test_one", "test_two")
    in_test, in_import, good = run_all(
        ({"test_a.py": GOOD + bad + IN_A_TEST + "def test_last(): pass\n"}, []),
        ({"test_a.py": GOOD, "test_b.py": LOOP}, []),
        ({"test_a.py": GOOD}, []),
    )
    assert (in_test["stopped"], *counts(in_test)) == (True, 2, 1, 1, 0)
    assert (in_import["stopped"], *counts(in_import)) == (True, 2, 0, 0, 0)
    assert (good["stopped"], *counts(good)) == (False, 0, 1, 0, 0)


def test_files_that_harm_pytest_are_told_and_the_next_run_is_well() -> None:
    exits, breaks, ends, last = run_all(
        ({"test_a.py": "import sys\nsys.exit('bye')\n"}, []),
        ({"test_a.py": "import builtins\nbuiltins.len = builtins.isinstance = None\n"}, []),
        ({"test_a.py": "import os\ndef test_one(): os._exit(3)\ndef test_two(): pass\n"}, []),
        ({"test_a.py": "def test_one(): assert len('\ud800') == 1\n"}, []),
    )
    assert "sys.exit('bye')" in exits["failures"][0]["text"]
    assert [run["failed"] > 0 for run in (exits, breaks)] == [True, True]
    assert counts(ends) == (1, 1, 1, 0)
    assert counts(last) == (0, 1, 0, 0)


def test_no_amount_of_output_is_too_much() -> None:
    prints = "def test_one():\n    for i in range(100_000): print(i)\n    assert 0, 'a' * 10**6\n"
    many = (
        "import pytest\n@pytest.mark.parametrize('n', range(120))\n"
        "def test_each(n): raise ValueError\n"
    )
    loud, failing = run_all(({"test_a.py": prints}, []), ({"test_a.py": many}, []))
    assert counts(loud) == (1, 0, 1, 0)
    assert "more lines are not shown" in loud["output"]
    assert max(len(loud["output"]), len(loud["failures"][0]["text"])) < LONGEST_OUTPUT + 100
    assert (failing["failed"], len(failing["failures"])) == (120, MOST_FAILURES)
