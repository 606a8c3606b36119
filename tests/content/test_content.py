"""What the build gives to the page: the tasks' texts, the files, and what names mistakes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from web.tools import cache, content
from web.tools.console import Failure
from web.tools.content import Manifest, Task


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return content.manifest("course/x.zip")


@pytest.fixture(params=content.task_ids())
def task(request: pytest.FixtureRequest, manifest: Manifest) -> Task:
    (found,) = (task for task in manifest["tasks"] if task["id"] == request.param)
    return found


def texts(task: Task) -> list[str]:
    """All the HTML of a task."""
    compared = [part["html"] for part in task["compare"] if "html" in part]
    messages = [mistake["message"] for mistake in task["mistakes"]]
    return [task["statement"], *task["hints"], *messages, *compared]


def test_a_task_has_all_its_parts(task: Task) -> None:
    assert task["title"]
    assert "Task" not in task["title"]
    assert len(task["hints"]) >= 3
    assert len(task["mistakes"]) >= 4
    assert len(task["tests"]) == 1
    assert {blank["file"] for blank in task["blanks"]} == set(task["files"])
    assert "#/guides/" in task["statement"]
    assert sum("course" in part for part in task["compare"]) >= 1


def test_what_fails_leads_to_what_explains_it(task: Task) -> None:
    """Each task names what to read first, each mistake and each test what to read then."""
    part = re.compile(r"#/guides/\w+\?part=[\w-]+")
    assert len(part.findall(task["statement"])) >= 2
    for mistake in task["mistakes"]:
        assert part.search(mistake["message"]), mistake["name"]
    assert len(task["reading"]) >= 5
    for place in task["reading"].values():
        assert part.fullmatch(place["href"])
        assert ": " in place["title"]


def test_a_test_without_anything_to_read_is_refused(tmp_path: Path) -> None:
    reading = tmp_path / "reading.yaml"
    reading.write_text("test_a: scalar#few\n", encoding="utf-8")
    assert content.reading(reading, ["def test_a(): ..."]).keys() == {"test_a"}
    for tests in (["def test_a(): ...", "def test_b(): ..."], []):
        with pytest.raises(Failure, match="don't agree on"):
            content.reading(reading, tests)


def test_texts_are_whole(task: Task) -> None:
    for text in texts(task):
        assert text.startswith("<")
        assert "```" not in text
        assert "---" not in text
        for place in re.findall(r'href="([^"]*)"', text):
            assert place.startswith("#/")
        assert set(re.findall(r"\{\w+\}", text)) <= {"{where}"}


def test_a_solution_fills_its_own_blanks_and_those_before(task: Task, manifest: Manifest) -> None:
    later = content.task_ids()[content.task_ids().index(task["id"]) + 1 :]
    for path, text in task["solution"].items():
        left = set(re.findall(r'"Need to implement for Task (\S+)"', text))
        assert left <= set(later)
        assert path in task["files"]
        (file,) = (file for file in manifest["files"] if file["path"] == path)
        assert f'"Need to implement for Task {task["id"]}"' in file["skeleton"]
        assert task["id"] in file["tasks"]
    for blank in task["blanks"]:
        assert "NotImplementedError" not in blank["solution"]
        compile(blank["solution"], blank["function"], "exec")


def test_no_marks_are_shown_to_a_learner(manifest: Manifest) -> None:
    everything = json.dumps(manifest, ensure_ascii=False)
    assert "# BLANK" not in everything
    assert "# END" not in everything


def test_solved_files_have_no_blanks(manifest: Manifest) -> None:
    paths = [file["path"] for file in manifest["files"]]
    assert {"minitorch/autodiff.py", "minitorch/scalar.py", "project/run_scalar.py"} <= set(paths)
    for file in manifest["files"]:
        assert "Need to implement" not in file["solved"]
        assert bool(file["tasks"]) == (file["skeleton"] != file["solved"])


def test_what_runs_is_there_and_is_python(manifest: Manifest) -> None:
    assert {"pytest.ini", "tests/conftest.py"} <= manifest["support"].keys()
    recognisers = manifest["recognisers"]
    assert {"recognise.py", "limits.py", "stand_ins.py", "1_4/mistakes.py"} <= recognisers.keys()
    for path, text in {**manifest["support"], **recognisers}.items():
        if path.endswith(".py"):
            compile(text, path, "exec")


def test_every_mark_is_known_to_pytest(task: Task, manifest: Manifest) -> None:
    assert f"    {task['mark']}: " in manifest["support"]["pytest.ini"]


def test_the_page_gets_one_file_named_by_its_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "CACHE", tmp_path)
    part = content.build()
    (file,) = part.glob("assets/course-*.json")
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert (part / read["download"]).exists()
    assert sorted(path.name for path in part.iterdir()) == ["assets", "course"]


def test_a_new_task_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing lists the tasks but their folders."""
    for folder in content.task_folders():
        (tmp_path / folder.name).mkdir()
    (tmp_path / "1_6").mkdir()
    monkeypatch.setattr(content, "TASKS", tmp_path)
    assert content.task_ids()[-1] == "1.6"
    assert content.up_to("1.6")[-2:] == ("1.5", "1.6")
