"""The learner's program: parsed, compiled, and run with its inputs."""

from __future__ import annotations

import ast
import builtins
import math
import random
import reprlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from inspect import iscoroutine
from types import CodeType
from typing import Any

import minitorch
from minitorch.scalar import Scalar

from .sandbox import waiting
from .sandbox.source import deepest_line, too_deep

FILE = "<expression>"


class NotAScalar(Exception):
    """The code ran, and what it ends with has no graph."""


@dataclass
class Program:
    """The learner's text, compiled.

    Attributes:
        body: its statements.
        last: the expression at their end.
        names: all names in it.
        assigned: those that are given a value.
        missing: those that nothing in it defines, and that it does not call.
    """

    body: CodeType
    last: CodeType
    names: set[str]
    assigned: set[str]
    missing: set[str]

    @classmethod
    def compile(cls, text: str) -> Program:
        """Compile a text.

        Args:
            text: statements, of which the last is an expression, gives its value a name, or
                returns it.

        Raises:
            SyntaxError: it isn't Python, or too deeply nested to be read here.
            NotAScalar: it ends otherwise.
        """
        if deepest_line(text):
            raise too_deep(text, FILE)
        try:
            return cls._compile(ast.parse(text, FILE))
        except (RecursionError, MemoryError):
            raise too_deep(text, FILE) from None

    @classmethod
    def _compile(cls, tree: ast.Module) -> Program:
        if not tree.body:
            raise NotAScalar("There is no expression yet: type one, such as x * y.")
        *body, last = tree.body
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        if isinstance(last, ast.Expr):
            expression = last.value
        elif isinstance(last, ast.Return) and last.value is not None:
            expression = last.value  # as in a function, which this looks like
        elif (name := _given_name(last)) is not None:
            body.append(last)
            expression = ast.copy_location(ast.Name(name, ast.Load()), last)
        else:
            raise NotAScalar(
                "The last line has to be an expression: its value is the result, such as x * y."
            )
        return cls(
            _compiled(ast.Module(body, tree.type_ignores), "exec"),
            _compiled(ast.Expression(expression), "eval"),
            names={name.id for name in names},
            assigned={name.id for name in names if isinstance(name.ctx, ast.Store)},
            missing={name.id for name in names if isinstance(name.ctx, ast.Load)}
            - set(_defined(tree)),
        )

    def run(self, inputs: Mapping[str, Scalar]) -> Scalar:
        """Run it, and give its result.

        Args:
            inputs: the Scalars that it may use, by name.

        Raises:
            NotAScalar: it ends with something else.
            Exception: whatever the program raises.
        """
        random.seed(0)  # so that every run makes the same graph
        namespace = {**vocabulary(self.names), **inputs}
        result = waiting.execute([self.body, self.last], namespace)
        if iscoroutine(result):
            result.close()
            raise NotAScalar("The result is a coroutine: put await before it to have its value.")
        if not isinstance(result, Scalar):
            raise NotAScalar(
                f"The result is {reprlib.repr(result)}, of type {type(result).__name__}, and not "
                f"a Scalar, so it has no graph. {_advice(result, inputs)}"
            )
        _name_variables(namespace)
        return result


def vocabulary(used: Set[str]) -> dict[str, Any]:
    """The names that a learner's text may use without importing them.

    Args:
        used: the names in it: of those that `minitorch` loads when they are asked for, as the
            compiler, there are only these.
    """
    public = {name: value for name, value in vars(minitorch).items() if name[0] != "_"}
    lazy = {name for name in getattr(minitorch, "__all__", ()) if name in used}
    words = public | {name: getattr(minitorch, name) for name in lazy}
    words = {name: value for name, value in words.items() if not hasattr(builtins, name)}
    functions = {name: _function(name) for name in ("log", "exp", "sigmoid", "relu")}
    own = {"minitorch": minitorch, "math": math, "Scalar": Scalar, "__name__": "__main__"}
    return words | functions | own


def _defined(tree: ast.AST) -> Iterator[str]:
    """The names that a text gives something to, wherever it does, and those that it calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(name := getattr(node, "name", None), str):  # of a function, say
            yield name


def _given_name(statement: ast.stmt) -> str | None:
    """The name that an assignment gives its value to; None if it is something else."""
    if isinstance(statement, ast.Assign):
        target = statement.targets[0]
    elif isinstance(statement, ast.AugAssign) or (
        isinstance(statement, ast.AnnAssign) and statement.value is not None
    ):
        target = statement.target
    else:
        return None
    return target.id if isinstance(target, ast.Name) else None


def _advice(result: Any, inputs: Mapping[str, Scalar]) -> str:
    """What to write in place of a result that is no Scalar."""
    if isinstance(result, bool):
        return "`!=`, `not` and `in` give True or False; for a Scalar, write 1 - (x == y)."
    if result is None:
        return "End with the expression itself, without print."
    return f"End with an expression made of {', '.join(inputs)}."


def _compiled(tree: ast.Module | ast.Expression, mode: str) -> CodeType:
    """The code of a tree, which may `await`."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code: CodeType = compile(tree, FILE, mode, flags, dont_inherit=True)
    return code


def _function(name: str) -> Any:
    def function(x: Any) -> Any:
        scalar = x if isinstance(x, Scalar) else Scalar(x)
        return getattr(scalar, name)()

    function.__name__ = name
    return function


def _name_variables(namespace: Mapping[str, Any]) -> None:
    """Label the Scalars that were assigned to a variable with its name."""
    for name, value in namespace.items():
        if isinstance(value, Scalar) and value.name == str(value.unique_id):
            value.name = name
