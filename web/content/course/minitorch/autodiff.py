"""Derivatives in two ways: by trying two values, and by walking backwards through a graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


def central_difference(f: Any, *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """Approximate the derivative of `f` with respect to one of its arguments.

    Two points are tried, one on either side of the argument's value; the derivative is about
    the difference of the results, divided by the distance of the points.

    Args:
        f: any function of n numbers that gives one number.
        *vals: the n numbers at which the derivative is asked for.
        arg: which of them to move, counted from 0.
        epsilon: how far apart the two points are.

    Returns:
        An approximation of the derivative.
    """
    # BLANK 1.1
    above = list(vals)
    below = list(vals)
    above[arg] = vals[arg] + epsilon / 2
    below[arg] = vals[arg] - epsilon / 2
    return (f(*above) - f(*below)) / epsilon
    # END 1.1


class Variable(Protocol):
    """A place in a computation graph, as far as the walk along the graph needs to know it."""

    def accumulate_derivative(self, x: Any) -> None:
        """Add `x` to the derivative of this leaf."""
        ...

    @property
    def unique_id(self) -> int:
        """A number that no other variable has."""
        ...

    def is_leaf(self) -> bool:
        """True if no function made this variable."""
        ...

    def is_constant(self) -> bool:
        """True if nobody wants a derivative of this variable."""
        ...

    @property
    def parents(self) -> Iterable[Variable]:
        """The variables that this one was computed from."""
        ...

    def chain_rule(self, d_output: Any) -> Iterable[tuple[Variable, Any]]:
        """The parents, each with the derivative that reaches it."""
        ...


def topological_sort(variable: Variable) -> Iterable[Variable]:
    """Order the computation graph so that every variable comes before its parents.

    Args:
        variable: the right-most variable, the result of the computation.

    Returns:
        The variables that are no constants, each once, starting from the right.
    """
    # BLANK 1.4
    # Parents are visited before the variable itself is put in the list, and so end up left of
    # it. A list of what is still to do takes the place of a function that calls itself: Python
    # allows about a thousand calls within each other, and graphs get deeper than that.
    order: list[Variable] = []
    seen: set[int] = set()
    to_do = [(variable, False)]
    while to_do:
        v, parents_are_done = to_do.pop()
        if parents_are_done:
            order.append(v)
        elif v.unique_id not in seen and not v.is_constant():
            seen.add(v.unique_id)
            to_do.append((v, True))
            to_do.extend((parent, False) for parent in v.parents)
    order.reverse()
    return order
    # END 1.4


def backpropagate(variable: Variable, deriv: Any) -> None:
    """Find the derivatives of the leaves, and add them there with `accumulate_derivative`.

    Args:
        variable: the right-most variable, the result of the computation.
        deriv: its own derivative, which is to be passed back to the leaves.
    """
    # BLANK 1.4
    pending = {variable.unique_id: deriv}
    for v in topological_sort(variable):
        d_output = pending[v.unique_id]
        if v.is_leaf():
            v.accumulate_derivative(d_output)
        else:
            for parent, d in v.chain_rule(d_output):
                pending[parent.unique_id] = pending.get(parent.unique_id, 0.0) + d
    # END 1.4


@dataclass
class Context:
    """Where a function's forward keeps what its backward will need."""

    no_grad: bool = False
    saved_values: tuple[float, ...] = ()

    def save_for_backward(self, *values: float) -> None:
        """Keep `values`; `backward` finds them in `saved_values`."""
        if not self.no_grad:
            self.saved_values = values
