"""The learner's function, found in a text: `def f(x): …`, a lambda, or an expression of x and y."""

from __future__ import annotations

import ast
import inspect
import math
import random
import reprlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from symtable import SymbolTable, symtable
from typing import Any

from minitorch.autodiff import Context
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction

from .program import vocabulary
from .sandbox.source import deepest_line, too_deep

FILE = "<function>"
_NONE = "There is no function yet: type one, such as def f(x): return x * x."


class NotAFunction(Exception):
    """The text is Python, and there is no function of one or two numbers in it."""


class Sin(ScalarFunction):
    """sin(a), with derivative cos(a)"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        ctx.save_for_backward(a)
        return math.sin(a)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (a,) = ctx.saved_values
        return math.cos(a) * d_output


class Cos(ScalarFunction):
    """cos(a), with derivative -sin(a)"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        ctx.save_for_backward(a)
        return math.cos(a)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (a,) = ctx.saved_values
        return -math.sin(a) * d_output


# The course has none of them, and waves are good to look at.
WAVES = {"sin": Sin, "cos": Cos}


@dataclass
class Function:
    """A function of one number or of two.

    Attributes:
        parameters: the names of its arguments.
        name: what it is called; "" for an expression.
    """

    parameters: list[str]
    name: str
    _call: Callable[..., Any]

    @classmethod
    def find(cls, text: str) -> Function:
        """Find the function that a text is about: its last one, or the expression at its end.

        Args:
            text: a module that defines a function; or statements that end in an expression of x,
                or of x and y.

        Raises:
            SyntaxError: it isn't Python, or too deeply nested to be read here.
            NotAFunction: there is none in it, or one with other arguments.
            Exception: whatever the text raises when it is run.
        """
        if deepest_line(text):
            raise too_deep(text, FILE)
        try:
            tree = ast.parse(text, FILE)
            found = _find(tree, symtable(text, FILE, "exec"))
        except (RecursionError, MemoryError):
            raise too_deep(text, FILE) from None
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        given = vocabulary(names) | {name: wave.apply for name, wave in WAVES.items()}
        return _defined(found, given) if found.is_function else _written(found, given)

    def __call__(self, *scalars: Scalar) -> Scalar | float:
        """Compute it.

        Args:
            scalars: one for each parameter.

        Returns:
            A Scalar, or a plain number where the code left the graph.

        Raises:
            NotAFunction: it gives no number.
            Exception: whatever its code raises.
        """
        result = self._call(*scalars)
        if isinstance(result, (Scalar, int, float)):
            return result
        name = self.name or "The expression"
        forgotten = ": is a return missing?" if result is None else ", and not a number."
        raise NotAFunction(
            f"{name} gives {reprlib.repr(result)}, of type {type(result).__name__}{forgotten}"
        )


@dataclass
class _Found:
    """Where the function is: `expression`, after `body`, gives it, or gives its value."""

    body: list[ast.stmt]
    expression: ast.expr
    is_function: bool
    parameters: list[str]


def _find(tree: ast.Module, symbols: SymbolTable) -> _Found:
    body, inputs = tree.body, _inputs(symbols)
    functions = [node for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    last = body[-1] if body else None
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        name = ast.copy_location(ast.Name(last.targets[0].id, ast.Load()), last)
        return _Found(body, name, isinstance(last.value, ast.Lambda), inputs)
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Lambda):
        return _Found(body[:-1], last.value, True, inputs)
    if isinstance(last, ast.Expr) and (_mentions(last, inputs) or not functions):
        return _Found(body[:-1], last.value, False, inputs)
    if not functions:
        raise NotAFunction(_NONE)
    name = ast.copy_location(ast.Name(functions[-1].name, ast.Load()), functions[-1])
    return _Found(body, name, True, inputs)


def _mentions(node: ast.AST, names: list[str]) -> bool:
    return any(isinstance(inner, ast.Name) and inner.id in names for inner in ast.walk(node))


def _inputs(symbols: SymbolTable) -> list[str]:
    """x, and y where the text takes it from outside; y alone where there is no x."""
    used = {
        symbol.get_name()
        for table in _tables(symbols)
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (table is symbols or symbol.is_global())
    }
    made = {symbol.get_name() for symbol in symbols.get_symbols() if symbol.is_assigned()}
    return ["x", "y"] if "y" in used - made else ["x"]


def _tables(table: SymbolTable) -> Iterator[SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _compiled(found: _Found) -> tuple[Any, Any]:
    return (
        compile(ast.Module(found.body, []), FILE, "exec", dont_inherit=True),
        compile(ast.Expression(found.expression), FILE, "eval", dont_inherit=True),
    )


def _written(found: _Found, given: dict[str, Any]) -> Function:
    """The function that computes the whole text again for each x and y."""
    body, last = _compiled(found)

    def call(*scalars: Scalar) -> Any:
        random.seed(0)  # so that it is a function
        namespace = given | dict(zip(found.parameters, scalars, strict=True))
        exec(body, namespace)
        return eval(last, namespace)

    return Function(found.parameters, "", call)


def _defined(found: _Found, given: dict[str, Any]) -> Function:
    """The function that the text defines, which runs here for that."""
    body, last = _compiled(found)
    random.seed(0)
    exec(body, given)
    function = eval(last, given)
    name = getattr(function, "__name__", "It").replace("<lambda>", "The lambda")
    parameters = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty
    ]
    if any(parameter.kind > parameter.POSITIONAL_OR_KEYWORD for parameter in parameters):
        raise NotAFunction(f"{name} takes any number of arguments: here it needs one, or two.")
    if not 1 <= len(parameters) <= 2:
        count = len(parameters) or "no"
        raise NotAFunction(f"{name} takes {count} arguments: here it needs one, or two.")
    return Function([parameter.name for parameter in parameters], name, function)
