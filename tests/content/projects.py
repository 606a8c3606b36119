"""A learner's project: the skeleton with tasks solved, code replaced, and the tests run on it."""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web.tools import blanks, content

Files = dict[str, str]
RUNNER = Path(__file__).with_name("runner.py")


def replaced(files: Files, path: str, code: str) -> Files:
    """The files with functions of one of them written anew: those that `code` defines, by name."""
    code = textwrap.dedent(code)
    lines = files[path].splitlines()
    old = blanks.definitions(files[path])
    new = {
        name: node
        for name, node in blanks.definitions(code).items()
        if isinstance(node, ast.FunctionDef) and name in old
    }
    assert new, f"nothing in {path} is called as in\n{code}"
    outer = [name for name in new if name.rpartition(".")[0] not in new]
    for name in sorted(outer, key=lambda name: -old[name].lineno):
        lines[blanks.lines_of(old[name])] = code.splitlines()[blanks.lines_of(new[name])]
    return {**files, path: "\n".join(lines) + "\n"}


def edited(files: Files, path: str, *changes: tuple[str, str]) -> Files:
    """The files with pieces of text of one of them exchanged, each of which is there."""
    text = files[path]
    for old, new in changes:
        assert old in text, f"{old!r} is not in {path}"
        text = text.replace(old, new)
    return {**files, path: text}


def solved() -> Files:
    """The whole project, solved."""
    return content.project(tuple(content.task_ids()))


def write(files: Files, folder: Path) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


@dataclass
class Outcome:
    """How a run of tests went; `outcomes` says of each test "passed", "failed" or "skipped"."""

    status: int
    outcomes: dict[str, str]
    failures: list[dict[str, Any]]
    seconds: float

    @property
    def text(self) -> str:
        return "\n\n".join(f"{f['test']}\n{f['text']}" for f in self.failures)


class Runner:
    """A Python of its own, in which one project after another is tested."""

    def __init__(self) -> None:
        command = [sys.executable, str(RUNNER)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command, encoding="utf-8", **pipes)

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)

    def run(self, folder: Path, *arguments: str, examples: int | None = None) -> Outcome:
        """Run pytest in a project, with so many examples a test, or as many as the course has."""
        return Outcome(**self._ask(folder=str(folder), arguments=arguments, examples=examples))

    def mistakes(self, folder: Path, task: str) -> list[str]:
        """The names of the mistakes of a task that are recognised in a project."""
        return [mistake["name"] for mistake in self._ask(folder=str(folder), task=task)]

    def _ask(self, **request: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def mark(task: str) -> str:
    return f"task{task.replace('.', '_')}"


@functools.cache
def file_of_tests(task: str) -> str:
    """The file of a task's tests."""
    (path,) = content.task(content.TASKS / task.replace(".", "_"))["tests"]
    return path
