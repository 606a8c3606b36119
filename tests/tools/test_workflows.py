"""The workflows of .github: pinned, with few rights, and calling what there is."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from web.tools.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def workflow(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def test_there_are_workflows_for_the_tests_and_the_pages() -> None:
    assert {path.stem for path in WORKFLOWS} >= {"test", "pages", "audit"}


def test_every_action_is_pinned_to_a_commit(path: Path) -> None:
    lines = [line.strip(" -") for line in path.read_text(encoding="utf-8").splitlines()]
    used = [line for line in lines if line.startswith("uses:")]
    assert used
    assert [line for line in used if not PINNED.match(line)] == []


def test_a_job_may_only_read_unless_it_says_more(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    more = {
        name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job
    }
    assert more in ({}, {"deploy": {"pages": "write", "id-token": "write"}})


def test_every_job_ends(workflow: dict[str, Any]) -> None:
    assert all(job["timeout-minutes"] <= 30 for job in workflow["jobs"].values())


def test_the_code_can_be_read_but_not_pushed(workflow: dict[str, Any]) -> None:
    checkouts = [step for step in steps(workflow) if "checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_what_is_run_exists(workflow: dict[str, Any]) -> None:
    import build

    for command in (step["run"] for step in steps(workflow) if "run" in step):
        words = command.split()
        if words[0] == "python3":
            assert words[1] == "build.py"
            assert words[2] in build.COMMANDS
        elif "/" in words[0]:
            assert (ROOT / words[0]).stat().st_mode & 0o100, f"{words[0]} can't be run"
        else:
            assert words[0] in ("npm", "pipx")
        named = re.findall(r"\S+/requirements\S*\.txt", command)
        assert all((ROOT / name).is_file() for name in named)
