"""The learner's program: parsed, compiled, and run with its inputs."""

from __future__ import annotations

import ast
import math
import random
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

import minitorch
from minitorch import Scalar

from .sandbox.source import DEEPEST, deepest, too_deep

FILE = "<expression>"


class NotAScalar(Exception):
    """The code ran, and what it ends with has no graph."""


@dataclass
class Program:
    """The learner's text, compiled: statements, and the expression at their end."""

    body: CodeType
    last: CodeType
    names: set[str]
    assigned: set[str]

    @classmethod
    def compile(cls, text: str) -> Program:
        """Compile the text; SyntaxError if it isn't Python, NotAScalar if it ends otherwise."""
        if len(text) > DEEPEST and deepest(text)[0] > DEEPEST:
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
        elif isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
            body.append(last)
            expression = ast.copy_location(ast.Name(last.targets[0].id, ast.Load()), last)
        else:
            raise NotAScalar(
                "The last line has to be an expression: its value is the result, such as x * y."
            )
        return cls(
            compile(ast.Module(body, tree.type_ignores), FILE, "exec", dont_inherit=True),
            compile(ast.Expression(expression), FILE, "eval", dont_inherit=True),
            names={name.id for name in names},
            assigned={name.id for name in names if isinstance(name.ctx, ast.Store)},
        )

    def run(self, inputs: Mapping[str, Scalar]) -> Scalar:
        """Run it with these inputs, and give its result."""
        random.seed(0)  # so that every run makes the same graph
        namespace = {**_vocabulary(), **inputs}
        exec(self.body, namespace)
        result = eval(self.last, namespace)
        if not isinstance(result, Scalar):
            raise NotAScalar(
                f"The result is {reprlib.repr(result)}, of type {type(result).__name__}, and not "
                f"a Scalar, so it has no graph. End with an expression made of {', '.join(inputs)}."
            )
        _name_variables(namespace)
        return result


def _vocabulary() -> dict[str, Any]:
    """The names that an expression may use without importing them."""
    words = {name: getattr(minitorch, name) for name in minitorch.__all__}
    for name in ("log", "exp", "sigmoid", "relu"):
        words[name] = _function(name)
    return {**words, "minitorch": minitorch, "math": math, "__name__": "__main__"}


def _function(name: str) -> Any:
    def function(value: Any) -> Any:
        scalar = value if isinstance(value, Scalar) else Scalar(value)
        return getattr(scalar, name)()

    function.__name__ = name
    return function


def _name_variables(namespace: Mapping[str, Any]) -> None:
    """Label the Scalars that were assigned to a variable with its name."""
    for name, value in namespace.items():
        if isinstance(value, Scalar) and value.name == str(value.unique_id):
            value.name = name
