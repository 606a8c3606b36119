"""Derivatives, two ways: by trying nearby values, and by walking a graph backwards.

`central_difference` needs no knowledge of the function. `backpropagate` is exact and finds all
derivatives in one pass, by the chain rule; it knows no operation by name.
"""

import itertools
import operator
from collections.abc import Iterable
from typing import Any

from .errors import report_derivative
from .memory import free_in_turn


def central_difference(f: Any, *vals: Any, arg: int = 0, epsilon: float = 1e-6) -> Any:
    """Approximate the derivative of a function with respect to one of its arguments.

    (f(…, x + ε/2, …) - f(…, x - ε/2, …)) / ε (https://en.wikipedia.org/wiki/Finite_difference)

    Args:
        f: a function of n values.
        vals: the n values at which to differentiate.
        arg: which of them to move, counted from 0.
        epsilon: the distance between the two points tried. The error shrinks with its square,
            until rounding, which grows with 1 / epsilon, takes over.

    Returns:
        The difference quotient.

    >>> round(central_difference(lambda x, y: x * y, 3.0, 5.0, arg=1), 4)
    3.0
    """
    above, below = list(vals), list(vals)
    above[arg] = vals[arg] + epsilon / 2
    below[arg] = vals[arg] - epsilon / 2
    return (f(*above) - f(*below)) / epsilon


class Context:
    """What a function's forward pass keeps for its backward pass.

    Args:
        no_grad: keep nothing, because no backward pass will follow.

    Attributes:
        saved_values: the values kept, a tuple.
    """

    __slots__ = ("_no_grad", "saved_values")
    saved_values: Any

    def __init__(self, no_grad: bool = False) -> None:
        self._no_grad, self.saved_values = no_grad, ()

    @property
    def no_grad(self) -> bool:
        """Whether nothing is kept."""
        return getattr(self, "_no_grad", False)

    def save_for_backward(self, *values: Any) -> None:
        """Keep `values`; `backward` finds them in `saved_values`."""
        self.saved_values = () if self.no_grad else values


class ScalarHistory(Context):
    """How a variable was made: by calling `last_fn` on `inputs`.

    A history is itself the context of its call. There is one of each per operation, and making
    a second object would cost a third of the time.

    Args:
        last_fn: the ScalarFunction; None for a leaf, which no function made.
        ctx: a context whose saved values are taken over.
        inputs: the variables that the function was called with.
    """

    __slots__ = ("inputs", "last_fn")

    def __init__(
        self, last_fn: Any = None, ctx: Context | None = None, inputs: Iterable[Any] = ()
    ) -> None:
        self.last_fn, self.inputs = last_fn, tuple(inputs)
        self.saved_values = ctx.saved_values if ctx is not None else ()

    def save_for_backward(self, *values: Any) -> None:
        self.saved_values = values

    @property
    def ctx(self) -> Context | None:
        """The context to call `last_fn.backward` with; None for a leaf."""
        return None if self.last_fn is None else self


free_in_turn(ScalarHistory)
next_id = itertools.count(1).__next__


class Variable:
    """A place in a computation graph: all that the walk along it needs of a Scalar.

    The subclass gives the method `chain_rule(d_output)`.

    Attributes:
        history: how it was made, a ScalarHistory; None for a constant.
        derivative: what a leaf has received in all backward passes so far; None before the first.
        unique_id: a number that grows: a variable is younger than those it was made of.
    """

    # The last two belong to the walks below. A slot on the variable is quicker than a set of
    # those met and a dictionary of what they have received: 1.5 times, over a whole epoch.
    __slots__ = ("_met_by", "_received", "derivative", "history", "unique_id")
    history: Any
    derivative: Any
    unique_id: int
    _met_by: Any  # the sort that met it last
    _received: Any  # what has arrived in this backward pass; None when it has been passed on

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
    this_sort = variable._met_by = object()
    order = [] if variable.is_constant() else [variable]
    for v in order:  # which grows on the way
        for parent in v.history.inputs:
            if parent._met_by is not this_sort and parent.history is not None:
                parent._met_by = this_sort
                order.append(parent)
    order.sort(key=operator.attrgetter("unique_id"), reverse=True)
    return order


def backpropagate(variable: Any, deriv: Any) -> None:
    """Add, to each leaf's derivative, that of `variable`, the result, with respect to the leaf.

    Reverse mode (https://en.wikipedia.org/wiki/Automatic_differentiation): when a variable's turn
    comes, all of its derivative has arrived, and the chain rule passes it on to the parents.

    Args:
        variable: the result, whose graph is walked.
        deriv: the derivative to start from: 1.0 to differentiate `variable` itself.

    Raises:
        ArithmeticError, TypeError, ValueError: a function's `backward` failed, or gave something
            else than a number for each input; the message names the function and its inputs.
        RuntimeError: a function's `backward` started a backward pass of its own.
    """
    order = topological_sort(variable)
    for v in order:
        v._received = 0.0
    variable._received = deriv
    for v in order:
        d_output, v._received = v._received, None
        if v.history.last_fn is None:  # a leaf
            v.accumulate_derivative(d_output)
            continue
        for parent, d in v.chain_rule(d_output):
            try:
                parent._received += d
            except TypeError:
                report_derivative(v, d)
