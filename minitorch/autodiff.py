"""Derivatives, two ways: by trying nearby values, and by walking a graph backwards.

`central_difference` needs no knowledge of the function. `backpropagate` is exact and finds all
derivatives in one pass, by the chain rule; it knows no operation by name.
"""

import itertools
import operator
from threading import Lock, RLock
from typing import Any

from .errors import as_derivative
from .history import Context as Context  # which the course has here
from .history import ScalarHistory as ScalarHistory

EPSILON = 1e-6


def central_difference(f: Any, *vals: Any, arg: int = 0, epsilon: float = EPSILON) -> Any:
    """Approximate the derivative of a function with respect to one of its arguments.

    (f(…, x + ε/2, …) - f(…, x - ε/2, …)) / ε (https://en.wikipedia.org/wiki/Finite_difference)

    Args:
        f: a function of n values.
        vals: the n values at which to differentiate.
        arg: which of them to move, counted from 0.
        epsilon: the distance between the two points tried. The error shrinks with its square,
            until rounding, which grows with 1 / epsilon, takes over. The default is larger where
            the value is: from 100 on it is 10⁻⁸ of it, since 10¹⁰ + 10⁻⁶ would round to 10¹⁰.

    Returns:
        The difference quotient.

    >>> round(central_difference(lambda x, y: x * y, 3.0, 5.0, arg=1), 4)
    3.0
    """
    if epsilon is EPSILON:  # none was given
        epsilon *= max(1.0, abs(float(getattr(vals[arg], "data", vals[arg]))) / 100)
    above, below = list(vals), list(vals)
    above[arg] = vals[arg] + epsilon / 2
    below[arg] = vals[arg] - epsilon / 2
    return (f(*above) - f(*below)) / epsilon


next_id = itertools.count(1).__next__


class Variable:
    """A place in a computation graph: all that the walk along it needs of a Scalar.

    The subclass gives the method `chain_rule(d_output)`.

    Attributes:
        history: how it was made, a ScalarHistory; None for a constant.
        derivative: what a leaf has received in all backward passes so far; None before the first.
        unique_id: a number that grows: a variable is younger than those it was made of.
    """

    __slots__ = ("_met_by", "_received", "derivative", "history", "unique_id")
    history: Any
    derivative: Any
    unique_id: int
    _met_by: Any  # the backward pass that met it last
    _received: Any  # what has arrived in that pass

    def is_leaf(self) -> bool:
        """True if no function made it: an input, or a parameter."""
        return self.history is not None and self.history.last_fn is None

    def is_constant(self) -> bool:
        """True if no derivative is wanted."""
        return self.history is None

    @property
    def parents(self) -> tuple[Any, ...]:
        """The variables it was made of, in the order of the function's arguments."""
        return () if self.history is None else self.history.inputs

    def accumulate_derivative(self, x: Any) -> None:
        """Add `x` to the derivative of this leaf.

        Raises:
            ValueError: this is not a leaf.
        """
        if self.history is None or self.history.last_fn is not None:
            raise ValueError(f"only leaves keep a derivative, and {self!r} is none")
        self.derivative = x if self.derivative is None else self.derivative + x


def topological_sort(variable: Any) -> list[Any]:
    """Order everything that `variable`, the result, was computed from: each before its parents.

    That is the same as the youngest first. No graph is too deep: there is no recursion.

    Returns:
        The variables, `variable` among them, each once and without the constants.
    """
    order = [] if variable.is_constant() else [variable]
    met = {id(variable)}
    for v in order:  # which grows on the way
        for parent in v.history.inputs:
            if id(parent) not in met and parent.history is not None:
                met.add(id(parent))
                order.append(parent)
    return _youngest_first(order)


def _youngest_first(order: list[Any]) -> list[Any]:
    order.sort(key=operator.attrgetter("unique_id"), reverse=True)
    return order


def backpropagate(variable: Any, deriv: Any) -> None:
    """Add, to each leaf's derivative, that of `variable`, the result, with respect to the leaf.

    Reverse mode (https://en.wikipedia.org/wiki/Automatic_differentiation): when a variable's turn
    comes, all of its derivative has arrived, and the chain rule passes it on to the parents. The
    leaves get theirs at the end, so a pass that fails changes nothing.

    Passes may run at the same time, in several threads or one inside a function's `backward`.

    Args:
        variable: the result, whose graph is walked.
        deriv: the derivative to start from: 1.0 to differentiate `variable` itself.

    Raises:
        ArithmeticError, TypeError, ValueError: a function's `backward` failed, or gave something
            else than a number for each input; the message names the function and its inputs.
    """
    if not _slots_in_use.acquire(blocking=False):
        return _pass_with_dictionary(variable, deriv)
    try:
        _pass_with_slots(variable, deriv)
    finally:
        _slots_in_use.release()


_slots_in_use = Lock()  # by a pass: any other that starts meanwhile keeps to a dictionary
_adding = RLock()  # to the leaves, which several threads may share


def _pass_with_dictionary(variable: Any, deriv: Any) -> None:
    """The backward pass as the course writes it."""
    leaves = []
    received = {id(variable): deriv}
    for v in topological_sort(variable):
        if v.history.last_fn is None:
            leaves.append(v)
            continue
        for parent, d in v.chain_rule(received.pop(id(v))):
            try:
                received[id(parent)] = received.get(id(parent), 0.0) + d
            except TypeError:
                received[id(parent)] = received.get(id(parent), 0.0) + as_derivative(v, d)
    with _adding:
        for leaf in leaves:
            leaf.accumulate_derivative(received[id(leaf)])


def _pass_with_slots(variable: Any, deriv: Any) -> None:
    """The same with two slots of each variable in place of a set and a dictionary: 1.5 times as
    fast, over a whole epoch."""
    this_pass = variable._met_by = object()
    order = [] if variable.is_constant() else [variable]
    for v in order:
        for parent in v.history.inputs:
            if parent._met_by is not this_pass and parent.history is not None:
                parent._met_by = this_pass
                parent._received = 0.0
                order.append(parent)
    leaves = []
    variable._received = deriv
    for v in _youngest_first(order):
        if v.history.last_fn is None:
            leaves.append(v)
            continue
        d_output, v._received = v._received, None
        for parent, d in v.chain_rule(d_output):
            try:
                parent._received += d
            except TypeError:
                parent._received += as_derivative(v, d)
    with _adding:
        for leaf in leaves:
            leaf.accumulate_derivative(leaf._received)
