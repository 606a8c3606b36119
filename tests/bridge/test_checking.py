"""Running pytest on files that exist only in memory."""

from collections.abc import Iterator
from typing import Any

import pytest

from bridge.sandbox.output import LONGEST_OUTPUT
from bridge.testreport import MOST_FAILURES
from tests.bridge.worker import Worker, ask_all, course, edited

GOOD = "import pytest\n@pytest.mark.task1_1\ndef test_one(): print('seen')\n"
BAD = "def test_one(): assert 1 == 2, 'no luck'\n"


_worker = Worker()


@pytest.fixture(scope="module", autouse=True)
def _one_worker() -> Iterator[None]:
    """All these runs are done in one Python, as in the page: none harms the next."""
    with _worker:
        yield


def run_all(*runs: tuple[dict[str, str], list[str]]) -> list[dict[str, Any]]:
    """Do one run after the other.

    Returns:
        The reports, each with what was told before it.
    """
    results = [_worker.ask("checking.runTests", *run) for run in runs]
    return [{**result["answer"], "told": result["told"]} for result in results]


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
    (end,) = exits["failures"]
    assert "sys.exit('bye')" in end["text"]
    assert (
        "test_a.py ends Python when it is imported: it calls exit with 'bye'"
        in end["details"]["what"]
    )
    assert (end["file"], end["line"]) == ("test_a.py", 2)
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


# ------------------------------------------------------------------------ what is told meanwhile


def told(report: dict[str, Any]) -> list[tuple[str, str]]:
    results = [news["result"] for news in report["told"] if "result" in news]
    return [(result["test"].partition("::")[2], result["outcome"]) for result in results]


def test_each_result_is_told_when_it_is_there_and_the_count_before_them() -> None:
    text = (
        "import pytest\n"
        "@pytest.mark.task1_2\n@pytest.mark.slow\ndef test_one(): pass\n"
        "def test_two(): assert 1 == 2\n"
        "@pytest.mark.skip\ndef test_three(): pass\n"
    )
    (report,) = run_all(({"test_a.py": text}, []))
    assert report["told"][0] == {"count": 3}
    assert told(report) == [
        ("test_one", "passed"),
        ("test_two", "failed"),
        ("test_three", "skipped"),
    ]
    one, two, _ = (news["result"] for news in report["told"][1:])
    assert (one["marks"], two["marks"]) == (["slow", "task1_2"], [])
    assert "assert 1 == 2" in two["text"]
    assert one["text"] == ""
    assert report["failures"] == [two]


def test_results_are_told_while_the_tests_still_run() -> None:
    """A run that is stopped in its second test has told the first."""
    (report,) = run_all(({"test_a.py": GOOD + IN_A_TEST + "def test_last(): pass\n"}, []))
    assert report["told"][0] == {"count": 3}
    assert told(report) == [("test_one", "passed")]


def test_what_tests_add_comes_as_plain_data() -> None:
    text = (
        "def test_one(record_property):\n"
        "    record_property('given', {'a': 1.5, 'b': [2, None]})\n"
        "    record_property('odd', {1: object, 'inf': float('inf')})\n"
        "    assert 0\n"
    )
    (report,) = run_all(({"test_a.py": text}, []))
    details = report["failures"][0]["details"]
    assert details["given"] == {"a": 1.5, "b": [2, None]}
    assert details["odd"]["1"] == "<class 'object'>"


# ------------------------------------------------------------------------------ whose code it is

USES = "from minitorch.scalar import Scalar\n\n\ndef test_mul():\n    "
MUL = USES + "assert (Scalar(2.0) * Scalar(3.0)).data == 6.0\n"


def test_the_learners_files_are_what_is_tested() -> None:
    wrong = edited("scalar_functions", "return a * b", "return a * b + 1")
    ours, theirs, mended, once_more, again = run_all(
        ({"test_a.py": MUL}, []),
        ({**wrong, "test_a.py": MUL}, []),
        ({**course(), "test_a.py": MUL}, []),
        ({**course(), "test_a.py": MUL}, []),
        ({"test_a.py": MUL}, []),
    )
    assert once_more["passed"] == 1
    assert [run["library"]["name"] for run in (ours, theirs, mended, again)] == [
        *("Reference", "Yours", "Yours", "Reference")
    ]
    assert [run["passed"] for run in (ours, theirs, mended, again)] == [1, 0, 1, 1]
    assert theirs["library"] != mended["library"]


def test_the_line_of_their_file_is_told_and_not_that_of_the_test() -> None:
    fails = edited("scalar_functions", "return a * b", "return a * nothing")
    line = next(
        number
        for number, text in enumerate(fails["minitorch/scalar_functions.py"].splitlines(), 1)
        if "nothing" in text
    )
    broken = course(scalar="class Scalar:\n    def nothing(:\n")
    other = "def other():\n    assert 0\n"
    in_theirs, in_test, beside, imported = run_all(
        ({**fails, "tests/test_a.py": MUL}, ["tests"]),
        ({**course(), "tests/test_a.py": MUL.replace("6.0", "7.0")}, ["tests"]),
        (
            {
                **course(),
                "pytest.ini": "[pytest]\npythonpath = tests\n",
                "tests/other.py": other,
                "tests/test_a.py": "import other\ndef test(): other.other()",
            },
            ["tests"],
        ),
        ({**broken, "tests/test_a.py": MUL}, ["tests"]),
    )
    places = [
        (run["failures"][0]["file"], run["failures"][0]["line"])
        for run in (in_theirs, in_test, beside, imported)
    ]
    assert places == [
        ("minitorch/scalar_functions.py", line),
        *[(None, None)] * 2,
        ("minitorch/scalar.py", 2),
    ]
    for run in (in_theirs, imported):
        assert "workspace-" not in run["failures"][0]["text"]


def test_only_what_changed_is_imported_anew() -> None:
    says = edited("scalar", "class Scalar:", "print('imported')\n\n\nclass Scalar:")
    tests = {"test_a.py": MUL + "    print('run')\n"}
    more = {"test_a.py": tests["test_a.py"] + "\n\ndef test_two(): pass\n"}
    changed = {**says, "minitorch/optim.py": says["minitorch/optim.py"] + "\n# changed\n"}
    runs = run_all(
        *(
            ({**files, **of}, ["-s"])
            for files, of in (
                (says, tests),
                (says, more),
                (says, more),
                (changed, more),
                (course(), more),
            )
        )
    )
    assert [run["output"].count("imported") for run in runs] == [1, 0, 0, 1, 0]
    assert [run["passed"] for run in runs] == [1, 2, 2, 2, 2]
    assert all("run" in run["output"] for run in runs)


def test_files_that_are_gone_are_gone() -> None:
    first, second = run_all(
        (
            {
                "test_a.py": GOOD,
                "test_b.py": GOOD,
                "pytest.ini": "[pytest]\naddopts = -k nothing\n",
            },
            [],
        ),
        ({"test_b.py": GOOD}, []),
    )
    assert (first["passed"], second["passed"]) == (0, 1)


def test_running_tests_imports_no_library_of_its_own() -> None:
    """Nor anything of the bridge that would import one."""
    empty = {"minitorch/__init__.py": "", "test_a.py": GOOD}
    _, library, bridge = ask_all(
        ("checking.runTests", empty, []), ("modules", "minitorch"), ("modules", "bridge")
    )
    assert library["answer"] == []
    assert not [name for name in bridge["answer"] if "training" in name or "expression" in name]
