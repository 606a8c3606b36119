"""Blanks in the course's files: the parts that a learner is to write, each marked with its task.

    # BLANK 1.2
    return operators.inv(a)
    # END 1.2

The files are written solved. A skeleton is the same files with a line in place of each blank.
"""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from web.tools.console import Failure

_BEGIN = re.compile(r"(\s*)# BLANK (\S+)\n?")
_EMPTY = '{indent}raise NotImplementedError("Need to implement for Task {task}")\n'

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Blank:
    """A blank of a task, in a function such as `Mul.forward`."""

    task: str
    function: str


def find(text: str) -> list[Blank]:
    """List the blanks of a file, from top to bottom."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if mark := _BEGIN.fullmatch(line):
            found.append(Blank(mark[2], _function_at(text, number)))
    return found


def fill(text: str, solved: Collection[str]) -> str:
    """Give a file without its marks, with these tasks solved and all others empty."""
    return "".join(_filled(text, solved))


def _filled(text: str, solved: Collection[str]) -> Iterator[str]:
    task = indent = None
    for line in text.splitlines(keepends=True):
        if mark := _BEGIN.fullmatch(line):
            if task is not None:
                raise Failure(f"A blank of task {mark[2]} begins within one of task {task}.")
            indent, task = mark[1], mark[2]
            if task not in solved:
                yield _EMPTY.format(indent=indent, task=task)
        elif line.strip() == f"# END {task}":
            task = None
        elif task is None or task in solved:
            yield line
    if task is not None:
        raise Failure(f"A blank of task {task} does not end.")


def definitions(text: str) -> dict[str, Definition]:
    """Find the functions and classes of a file by their names, such as `Mul.forward`."""
    found: dict[str, Definition] = {}

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, Definition):
                found[prefix + node.name] = node
                visit(node.body, f"{prefix}{node.name}.")

    visit(ast.parse(text).body, "")
    return found


def lines_of(node: Definition) -> slice:
    """Say which lines of a file a definition takes up, decorators included, counted from 0."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return slice(first - 1, node.end_lineno)


def source(text: str, name: str) -> str:
    """Cut one function or class out of a file."""
    node = definitions(text).get(name)
    if node is None:
        raise Failure(f"There is no {name} in a file that is asked for it.")
    lines = text.splitlines()[lines_of(node)]
    indent = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[indent:] for line in lines) + "\n"


def _function_at(text: str, line: int) -> str:
    inside = [
        name
        for name, node in definitions(text).items()
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    if not inside:
        raise Failure(f"The blank in line {line} is in no function.")
    return inside[-1]
