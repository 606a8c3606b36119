"""Scalars: numbers that remember how they were made."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .autodiff import Context, Variable, backpropagate, central_difference
from .scalar_functions import (
    EQ,
    LT,
    Add,
    Exp,
    Inv,
    Log,
    Mul,
    Neg,
    ReLU,
    ScalarFunction,
    Sigmoid,
)

ScalarLike: TypeAlias = "float | int | Scalar"


@dataclass
class ScalarHistory:
    """How a Scalar was made.

    Attributes:
        last_fn: the function that was called last; None for a leaf, which nothing made.
        ctx: what that call has saved for its backward.
        inputs: the Scalars it was called with.
    """

    last_fn: type[ScalarFunction] | None = None
    ctx: Context | None = None
    inputs: Sequence[Scalar] = ()


next_id = itertools.count(1)


class Scalar:
    """A number in a computation graph.

    Args:
        v: the number.
        back: how it was made. Left out, the Scalar is a leaf; None makes it a constant.
        name: a name to show in a drawing of the graph.
    """

    def __init__(
        self, v: float, back: ScalarHistory | None = ScalarHistory(), name: str | None = None
    ) -> None:
        self.data = float(v)
        self.history = back
        self.derivative: float | None = None
        self.unique_id = next(next_id)
        self.name = name if name is not None else str(self.unique_id)

    def __repr__(self) -> str:
        return f"Scalar({self.data})"

    def __bool__(self) -> bool:
        return bool(self.data)

    # A class that has an __eq__ of its own loses its __hash__. With this one a Scalar can be in
    # a set or a key of a dictionary, where it is only equal to itself.
    __hash__ = object.__hash__

    # Given: with these, you need the others.

    def __mul__(self, b: ScalarLike) -> Scalar:
        return Mul.apply(self, b)

    def __truediv__(self, b: ScalarLike) -> Scalar:
        return Mul.apply(self, Inv.apply(b))

    def __rtruediv__(self, b: ScalarLike) -> Scalar:
        return Mul.apply(b, Inv.apply(self))

    def __radd__(self, b: ScalarLike) -> Scalar:
        return self + b

    def __rmul__(self, b: ScalarLike) -> Scalar:
        return self * b

    def __rsub__(self, b: ScalarLike) -> Scalar:
        return -self + b

    # Task 1.2

    def __add__(self, b: ScalarLike) -> Scalar:
        # BLANK 1.2
        return Add.apply(self, b)
        # END 1.2

    def __lt__(self, b: ScalarLike) -> Scalar:
        # BLANK 1.2
        return LT.apply(self, b)
        # END 1.2

    def __gt__(self, b: ScalarLike) -> Scalar:
        # BLANK 1.2
        return LT.apply(b, self)
        # END 1.2

    def __eq__(self, b: ScalarLike) -> Scalar:  # type: ignore[override]
        # BLANK 1.2
        return EQ.apply(self, b)
        # END 1.2

    def __sub__(self, b: ScalarLike) -> Scalar:
        # BLANK 1.2
        return Add.apply(self, Neg.apply(b))
        # END 1.2

    def __neg__(self) -> Scalar:
        # BLANK 1.2
        return Neg.apply(self)
        # END 1.2

    def log(self) -> Scalar:
        # BLANK 1.2
        return Log.apply(self)
        # END 1.2

    def exp(self) -> Scalar:
        # BLANK 1.2
        return Exp.apply(self)
        # END 1.2

    def sigmoid(self) -> Scalar:
        # BLANK 1.2
        return Sigmoid.apply(self)
        # END 1.2

    def relu(self) -> Scalar:
        # BLANK 1.2
        return ReLU.apply(self)
        # END 1.2

    # What the walk along the graph asks for

    def accumulate_derivative(self, x: Any) -> None:
        """Add `x` to the derivative. Only leaves keep one."""
        assert self.is_leaf(), "Only leaves keep a derivative."
        self.derivative = x if self.derivative is None else self.derivative + x

    def is_leaf(self) -> bool:
        """True if no function made this Scalar."""
        return self.history is not None and self.history.last_fn is None

    def is_constant(self) -> bool:
        """True if no derivative is wanted: the Scalar has no history."""
        return self.history is None

    @property
    def parents(self) -> Iterable[Variable]:
        """The Scalars that this one was computed from."""
        assert self.history is not None, "A constant has no parents."
        return self.history.inputs

    def chain_rule(self, d_output: Any) -> Iterable[tuple[Variable, Any]]:
        """Pass a derivative back through the function that made this Scalar.

        Args:
            d_output: the derivative of the end result with respect to this Scalar.

        Returns:
            Pairs of an input and the derivative with respect to it, in the order of the inputs.
            Inputs that are constants are left out.
        """
        h = self.history
        assert h is not None
        assert h.last_fn is not None, "A leaf was made by no function: it hands nothing on."
        assert h.ctx is not None
        # BLANK 1.3
        derivatives = h.last_fn._backward(h.ctx, d_output)  # a tuple, one for each input
        pairs = zip(h.inputs, derivatives, strict=True)
        return [(variable, d) for variable, d in pairs if not variable.is_constant()]
        # END 1.3

    def backward(self, d_output: float | None = None) -> None:
        """Find the derivatives of all leaves; this Scalar's own is `d_output`, or 1."""
        backpropagate(self, 1.0 if d_output is None else d_output)


def derivative_check(f: Callable[..., Scalar], *scalars: Scalar) -> None:
    """Compare the derivatives that `backward` finds for `f` with central differences.

    AssertionError says at which argument they are more than a hundredth apart.
    """
    f(*scalars).backward()
    vals = [s.data for s in scalars]
    for i, x in enumerate(scalars):
        check = central_difference(lambda *v: f(*[Scalar(a) for a in v]).data, *vals, arg=i)
        found = x.derivative or 0.0
        assert abs(found - check) <= 0.01 + 0.01 * abs(check), (
            f"Argument {i} at {vals}: backward found {found}, "
            f"and the central difference is {check}."
        )
