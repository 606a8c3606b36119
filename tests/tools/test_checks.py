"""What `build.py test` runs, for the places and options that are named."""

import shutil
from pathlib import Path

import pytest

from web.tools import checks, node, pagetests
from web.tools.console import Failure
from web.tools.paths import ROOT, TESTS

SHARED_OUT = ["--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]


@pytest.mark.parametrize(
    ("arguments", "folders"),
    [
        ([], {"browser", "page"}),
        (["-k", "train"], {"browser", "page"}),
        (["-k", "web"], {"browser", "page"}),
        (["-m", "minitorch", "-x"], {"browser", "page"}),
        (["tests"], {"browser", "page"}),
        (["tests/browser/test_train.py::test_it"], {"browser"}),
        (["tests/unit", "tests/browser"], {"browser"}),
        (["tests/unit", "-k", "train"], set()),
        (["--tb", "short", "-m", "tests", "tests/unit"], set()),
        (["tests/test_structure.py"], set()),
        (["tests/page"], {"page"}),
        (["tests/unit", "tests/page/format.test.ts"], {"page"}),
    ],
)
def test_what_may_be_meant_is_built_and_run(arguments: list[str], folders: set[str]) -> None:
    may = {name for name in ("browser", "page") if checks.may_select(arguments, TESTS / name)}
    assert may == folders


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What is handed to Node's tests and to pytest, neither of which is run."""
    handed: dict[str, object] = {}

    def run_page_tests(places: list[Path], options: list[str]) -> str:
        handed["node"] = ([str(place.relative_to(ROOT)) for place in places], options)
        return ""

    def run_pytest(command: list[str], **_: object) -> int:
        handed["pytest"] = command[3:]
        return 0

    monkeypatch.setattr(pagetests, "run", run_page_tests)
    monkeypatch.setattr(node, "tool", lambda *_: "")
    monkeypatch.setattr(node, "install_packages", lambda: None)
    monkeypatch.setattr(checks, "_reading_checks", dict)
    monkeypatch.setattr(checks.site, "build", lambda: None)
    monkeypatch.setattr(checks.chromium, "ensure", lambda: "a browser")
    monkeypatch.setenv("CHROMIUM", "")
    monkeypatch.setattr(checks.subprocess, "call", run_pytest)
    return handed


@pytest.mark.parametrize(
    ("arguments", "handed"),
    [
        (["tests/page"], {"node": (["tests/page"], [])}),
        (
            ["tests/page/format.test.ts", "--test-name-pattern=loss"],
            {"node": (["tests/page/format.test.ts"], ["--test-name-pattern=loss"])},
        ),
        (["tests/unit", "-x"], {"pytest": ["tests/unit", "-x"]}),
        (
            ["tests/page", "tests/unit", "-x"],
            {"node": (["tests/page"], []), "pytest": ["tests/unit", "-x"]},
        ),
    ],
)
def test_each_gets_its_own_places(
    ran: dict[str, object], arguments: list[str], handed: dict[str, object]
) -> None:
    assert checks.test(arguments) == 0
    assert ran == handed


def test_all_tests_are_shared_out_and_a_file_stays_together(ran: dict[str, object]) -> None:
    ran_all = {"node": ([], []), "pytest": SHARED_OUT}
    assert checks.test([]) == 0
    assert ran == ran_all


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of page tests of its own."""
    monkeypatch.setattr(pagetests, "FOLDER", tmp_path / "page")
    monkeypatch.setattr(pagetests, "cached", cached_in(tmp_path / "bundles"))
    (tmp_path / "page").mkdir()
    return tmp_path / "page"


def cached_in(output: Path):  # type: ignore[no-untyped-def]
    def cached(name: str, inputs: object, make):  # type: ignore[no-untyped-def]
        shutil.rmtree(output, ignore_errors=True)
        make(output)
        return output

    return cached


def write(file: Path, *tests: str) -> None:
    file.parent.mkdir(exist_ok=True)
    head = 'import assert from "node:assert/strict";\nimport { test } from "node:test";\n'
    file.write_text(head + "\n".join(tests), encoding="utf-8")


GOOD = 'test("is two", () => assert.equal(1 + 1, 2));'
BAD = 'test("is three", () => assert.equal(1 + 1, 3));'


def test_tests_in_node_are_counted(folder: Path) -> None:
    write(folder / "one.test.ts", GOOD, 'test.skip("is for later", () => {});')
    write(folder / "deeper" / "two.test.ts", GOOD)
    write(folder / "helper.ts", BAD)
    assert pagetests.run() == "2 passed, 1 skipped"
    assert pagetests.run([folder / "deeper"]) == "1 passed"


def test_a_test_that_fails_in_node_is_shown_in_full(folder: Path) -> None:
    write(folder / "one.test.ts", GOOD, BAD)
    with pytest.raises(Failure) as failure:
        pagetests.run()
    assert str(failure.value).endswith("1 passed, 1 failed")
    assert "✗ is three" in str(failure.value)
    assert "one.test.ts:4" in str(failure.value)
    assert "2 !== 3" in str(failure.value)


def test_a_file_of_tests_that_does_not_load_is_shown(folder: Path) -> None:
    write(folder / "one.test.ts", GOOD, 'throw new Error("not a word");')
    with pytest.raises(Failure, match="not a word"):
        pagetests.run()


def test_no_tests_in_node_are_no_success(folder: Path) -> None:
    with pytest.raises(Failure, match=r"no \*\.test\.ts"):
        pagetests.run()
