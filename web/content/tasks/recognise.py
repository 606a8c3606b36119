"""Naming particular mistakes: what a task's tests can only call wrong, this can often explain.

It runs in the Python of the learner, after tests have failed. Each task's folder has a module
`mistakes`, in which every public function is a mistake: its docstring is what the learner is told,
in Markdown, and it returns whether the code makes it. It may return a text instead, which says
where and takes the place of `{where}` in the message. Most try the code out; few read it.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from limits import NoEnd, at_most
from stand_ins import stand_ins

FOLDER = Path(__file__).parent
MOST_LINES = 100_000  # of the learner's, for one mistake


@dataclass(frozen=True)
class Mistake:
    """A mistake that the learner's code makes."""

    name: str
    message: str
    where: str


class Library:
    """The learner's modules, each imported when it is first asked for."""

    def __getattr__(self, name: str) -> ModuleType:
        package = "project" if name == "run_scalar" else "minitorch"
        with stand_ins():
            module = importlib.import_module(f"{package}.{name}")
        setattr(self, name, module)
        return module

    def folders(self) -> list[str]:
        """Where the code lives whose lines are counted."""
        package = Path(self.autodiff.__file__ or "").parent
        return [str(package), str(package.parent / "project")]


def recognise(task: str) -> list[dict[str, str]]:
    """The mistakes of a task, such as "1.3", that the learner's modules make, as plain data."""
    library, found = Library(), []
    for recogniser in _recognisers(task.replace(".", "_")):
        where = _outcome(recogniser, library)
        if where:
            place = where if isinstance(where, str) else ""
            message = inspect.getdoc(recogniser) or ""
            mistake = Mistake(recogniser.__name__, message.replace("{where}", place), place)
            found.append(asdict(mistake))
    return found


def _recognisers(folder: str) -> Iterator[FunctionType]:
    path = FOLDER / folder / "mistakes.py"
    if not path.exists():
        return
    spec = importlib.util.spec_from_file_location(f"mistakes_{folder}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, value in vars(module).items():
        own = isinstance(value, FunctionType) and value.__module__ == module.__name__
        if own and not name.startswith("_"):
            yield value


def _outcome(recogniser: FunctionType, library: Library) -> Any:
    """What a recogniser returns; nothing where the code fails under it, or finds no end."""
    try:
        with at_most(MOST_LINES, library.folders()):
            return recogniser(library)
    except (Exception, NoEnd, SystemExit):
        return None


# -------------------------------------------------------------- for the tasks' recognisers


def attempt(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What a call returns, or the exception that it raised."""
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return error


def is_number(value: Any) -> bool:
    """Whether something is a number, and not a Scalar, an exception or None."""
    return isinstance(value, (bool, int, float))


def number(value: Any) -> float | None:
    """The number that something is or holds; None if there is none."""
    value = getattr(value, "data", value)
    return float(value) if is_number(value) else None


def near(a: Any, b: float) -> bool:
    """Whether `a` is a number, and close to `b`."""
    return is_number(a) and abs(a - b) <= 1e-4 * (1 + abs(b))


def tree_of(thing: Any) -> ast.AST:
    """The source of a function or class as a tree."""
    return ast.parse(textwrap.dedent(inspect.getsource(thing)))


def mentioned(thing: Any, *, called: bool) -> set[str]:
    """The attributes that a source calls, or those that stand there without being called."""
    nodes = list(ast.walk(tree_of(thing)))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    return {n.attr for n in nodes if isinstance(n, ast.Attribute) and (n in calls) is called}


def listed(names: list[str]) -> str:
    """Names as a text: empty for none."""
    return ", ".join(f"`{name}`" for name in names)
