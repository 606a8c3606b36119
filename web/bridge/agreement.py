"""Why the derivative and the central difference differ, where they do: as far as that is seen."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from minitorch.autodiff import topological_sort
from minitorch.differences import disagreement, slope

SOONEST = 1e-4  # by how much they differ, relative to the larger, before it is worth a look
DIFFER = "The last two columns differ: "
REASONS = {
    "corner": "near here the function has a corner, a jump, or is very steep.",
    "rounding": "the numbers here are so large that differences can’t tell.",
    "undefined": "near here the function has no value.",
}


def differ(derivative: float, difference: float | None) -> bool:
    """Whether `derivative` and `difference` differ by more than differences are good for."""
    if difference is None:
        return False
    return abs(derivative - difference) > SOONEST * max(abs(derivative), abs(difference), 1e-3)


def remark(
    result: Any,
    text: str,
    f: Callable[..., float],
    at: Iterable[float],
    derivatives: dict[int, float],
) -> str | None:
    """Say why derivatives differ from central differences.

    Args:
        result: the Scalar that they are of.
        text: the program that made it.
        f: the program as a function of the inputs' values.
        at: their values.
        derivatives: by the place of an input: what `backward` found, where it differs.

    Returns:
        A sentence; None if `backward` is right, and the central difference was only coarse.
    """
    values = list(at)
    found = {place: slope(f, *values, arg=place) for place in derivatives}
    if any(not found[place].agrees(derivative) for place, derivative in derivatives.items()):
        return f"{DIFFER}{_blame(result) or _left(text) or 'one of them is wrong'}."
    doubts = [of_one.doubt for of_one in found.values() if of_one.doubt is not None]
    return f"{DIFFER}{REASONS[doubts[0]]}" if doubts else None


def _blame(result: Any) -> str | None:
    """What is wrong with a function on the way, each checked by itself."""
    for variable in topological_sort(result):
        if not variable.is_leaf():
            found = disagreement(variable)
            if found is not None:
                return str(found)
    return None


def _left(text: str) -> str | None:
    """Where a program takes a Scalar's number, from which no derivative leads back."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr == "data":
            return f"a value left the graph here (`{ast.unparse(node)}`, line {node.lineno})"
    return None
