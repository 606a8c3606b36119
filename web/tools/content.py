"""What is taught: the course's files as skeletons and solutions, and the tasks' texts as HTML.

Everything that the page has to know of the tasks is in one JSON file, and what runs in the
learner's Python is in it as text; `Manifest` describes it. A task is a folder in
`web/content/tasks/`, and is found by its name. The skeleton is also packed as a project to
download.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NotRequired, TypedDict
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml

from web.tools import blanks, guides, markdown
from web.tools.cache import cached, files_in
from web.tools.console import Failure
from web.tools.guides import Place
from web.tools.hashed import add_file
from web.tools.paths import ROOT, WEB

COURSE = WEB / "content" / "course"
TASKS = WEB / "content" / "tasks"
PROJECT = "minitorch-module-1"
_CODE = ("minitorch", "project")
# What the recognisers share with the tests.
_SHARED = ("limits.py", "stand_ins.py")
_PINS = WEB / "requirements.txt"
_FIXED_DATE = (2020, 1, 1, 0, 0, 0)


class File(TypedDict):
    """A file of the project: as a learner first finds it, and with every blank filled."""

    path: str
    skeleton: str
    solved: str
    tasks: list[str]
    """The tasks that have blanks in it; none for a file that is given."""


class Blank(TypedDict):
    """A function that a task leaves to write, and how it is written in the end."""

    file: str
    function: str
    solution: str


class Mistake(TypedDict):
    """A mistake that is recognised; its message may say `{where}`."""

    name: str
    message: str


class Source(TypedDict):
    """A piece of code, and where it is: `minitorch/autodiff.py`, `topological_sort`."""

    file: str
    name: str
    code: str


class Comparison(TypedDict):
    """Either a text, or two pieces of code to be shown side by side."""

    html: NotRequired[str]
    course: NotRequired[Source]
    fast: NotRequired[Source]


class Task(TypedDict):
    """One task, its texts as HTML."""

    id: str
    title: str
    mark: str
    statement: str
    files: list[str]
    tests: list[str]
    blanks: list[Blank]
    hints: list[str]
    solution: dict[str, str]
    """Its files, with this task and those before it solved."""
    mistakes: list[Mistake]
    reading: dict[str, Place]
    """For each test, by the name of its function: the part of a guide that explains it."""
    compare: list[Comparison]


class Manifest(TypedDict):
    """All that the page and its Python know of the assignment."""

    tasks: list[Task]
    files: list[File]
    support: dict[str, str]
    """The tests and their settings, by their paths in the project."""
    recognisers: dict[str, str]
    """What names mistakes, by its paths in a folder of its own; see its `recognise.py`."""
    download: str
    """Where the skeleton is, packed as a project."""


def build() -> Path:
    """Write the JSON and the project to download; return a part of the site."""
    tools = [Path(str(module.__file__)) for module in (blanks, guides, markdown)]
    # The texts link the guides, and show the fast package's code beside the course's.
    texts = [COURSE, TASKS, guides.GUIDES, guides.GLOSSARY, guides.README, ROOT / "minitorch"]
    return cached("assignment", [*texts, Path(__file__), *tools, _PINS], _make)


def _make(output: Path) -> None:
    download = f"course/{PROJECT}.zip"
    text = json.dumps(manifest(download), ensure_ascii=False, separators=(",", ":"))
    plain = output / "course.json"
    plain.write_text(text, encoding="utf-8")
    add_file(plain, output / "assets")
    plain.unlink()
    (output / download).parent.mkdir()
    pack(project(()), output / download)


def manifest(download: str = "") -> Manifest:
    """Gather everything."""
    return Manifest(
        tasks=[task(folder) for folder in task_folders()],
        files=[_file(path, text) for path, text in _course().items() if _is_code(path)],
        support={path: text for path, text in _course().items() if not _is_code(path)},
        recognisers=recognisers(),
        download=download,
    )


# ------------------------------------------------------------------------------ the course


def _course() -> dict[str, str]:
    """The course's files as they are written: solved, and with their marks."""
    return {
        path.relative_to(COURSE).as_posix(): path.read_text(encoding="utf-8")
        for path in files_in(COURSE)
        if path.suffix in (".py", ".ini", ".md")
    }


def _is_code(path: str) -> bool:
    return path.startswith(tuple(f"{folder}/" for folder in _CODE))


def project(solved: tuple[str, ...]) -> dict[str, str]:
    """The whole project with these tasks solved, by path."""
    return {path: blanks.fill(text, solved) for path, text in _course().items()}


def _file(path: str, text: str) -> File:
    tasks = list(dict.fromkeys(blank.task for blank in blanks.find(text)))
    return File(
        path=path, skeleton=blanks.fill(text, ()), solved=blanks.fill(text, tasks), tasks=tasks
    )


def pack(files: dict[str, str], archive: Path) -> None:
    """Pack a project; the same files give the same archive."""
    with ZipFile(archive, "w") as packed:
        for path, text in sorted(files.items()):
            info = ZipInfo(f"{PROJECT}/{path}", _FIXED_DATE)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, text)


def recognisers() -> dict[str, str]:
    """The modules that name mistakes, laid out as in their folder, with what they import."""
    own = [*sorted(TASKS.glob("*.py")), *(folder / "mistakes.py" for folder in task_folders())]
    found = {path.relative_to(TASKS).as_posix(): path.read_text(encoding="utf-8") for path in own}
    shared = {name: (COURSE / "tests" / name).read_text(encoding="utf-8") for name in _SHARED}
    return {**found, **shared}


# ------------------------------------------------------------------------------- the tasks


def task_folders() -> list[Path]:
    """The tasks' folders in order."""
    return sorted(path for path in TASKS.iterdir() if re.fullmatch(r"\d+_\d+", path.name))


def task_ids() -> list[str]:
    """The tasks in order: "1.1", "1.2", …"""
    return [folder.name.replace("_", ".") for folder in task_folders()]


def up_to(task_id: str) -> tuple[str, ...]:
    """A task and those before it."""
    ids = task_ids()
    return tuple(ids[: ids.index(task_id) + 1])


def task(folder: Path) -> Task:
    """Gather one task."""
    id_, mark = folder.name.replace("_", "."), f"task{folder.name}"
    course, solution = _course(), project(up_to(id_))
    own = [
        (path, blank) for path in course for blank in blanks.find(course[path]) if blank.task == id_
    ]
    files = list(dict.fromkeys(path for path, _ in own))
    heading, statement = _titled(folder / "statement.md")
    tests = [path for path in course if path.startswith("tests/test_") and mark in course[path]]
    return Task(
        id=id_,
        title=heading.removeprefix(f"Task {id_}: "),
        mark=mark,
        statement=plain(statement),
        files=files,
        tests=tests,
        blanks=[
            Blank(file=p, function=b.function, solution=blanks.source(solution[p], b.function))
            for p, b in own
        ],
        hints=[plain(hint) for hint in _read(folder / "hints.md").split("\n---\n")],
        solution={path: solution[path] for path in files},
        mistakes=list(mistakes(folder)),
        reading=reading(folder / "reading.yaml", [course[path] for path in tests]),
        compare=list(_comparisons(folder / "compare.md", course)),
    )


def mistakes(folder: Path) -> Iterator[Mistake]:
    """The mistakes that a task's module recognises: its public functions, with their docstrings."""
    for node in ast.parse(_read(folder / "mistakes.py")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            message = ast.get_docstring(node)
            if not message:
                raise Failure(f"{folder.name}/mistakes.py has no message for {node.name}.")
            yield Mistake(name=node.name, message=plain(message))


def reading(path: Path, tests: list[str]) -> dict[str, Place]:
    """What to read after each test that failed; every test has something."""
    named: dict[str, str] = yaml.safe_load(_read(path))
    there = {
        node.name
        for text in tests
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    if named.keys() != there:
        odd = sorted(named.keys() ^ there)
        raise Failure(f"{path.parent.name}/reading.yaml and the tests don't agree on {odd}.")
    return {test: guides.place(name) for test, name in named.items()}


def _comparisons(path: Path, course: dict[str, str]) -> Iterator[Comparison]:
    """Split a text at its slots, each of which names two places:

    ```compare
    course: minitorch/autodiff.py topological_sort
    fast: minitorch/autodiff.py topological_sort
    ```
    """
    fast = {file.relative_to(ROOT).as_posix(): file for file in (ROOT / "minitorch").glob("*.py")}
    for i, part in enumerate(re.split(r"^```compare\n(.*?)^```\n", _read(path), flags=re.M | re.S)):
        if i % 2 == 0:
            if part.strip():
                yield Comparison(html=plain(part))
            continue
        places = dict(line.split(": ") for line in part.splitlines())
        theirs, name = places["course"].split()
        solved = blanks.fill(course[theirs], task_ids())
        ours, fast_name = places["fast"].split()
        if ours not in fast:
            raise Failure(f"{path.parent.name}/compare.md: there is no {ours}.")
        yield Comparison(
            course=Source(file=theirs, name=name, code=blanks.source(solved, name)),
            fast=Source(
                file=ours, name=fast_name, code=blanks.source(_read(fast[ours]), fast_name)
            ),
        )


def plain(text: str) -> str:
    """A text as HTML, its links to guides made."""
    return guides.link_parts(markdown.plain(text))


def _titled(path: Path) -> tuple[str, str]:
    """A text's heading, and the rest of it."""
    first, _, rest = _read(path).partition("\n")
    if not first.startswith("# "):
        raise Failure(f"{path} does not begin with its title.")
    return first.removeprefix("# "), rest


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Failure(f"There is no {path.relative_to(ROOT)}.") from None
