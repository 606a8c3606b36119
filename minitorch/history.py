"""How a variable was made, and what a function keeps on the way forward for the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .memory import free_in_turn


class Saved:
    """What contexts and histories share: the values kept, and how they are shown and compared."""

    __slots__ = ("saved_values",)
    saved_values: Any
    no_grad = False

    @property
    def saved_tensors(self) -> Any:
        """The same as `saved_values`, by the name that PyTorch has for it."""
        return self.saved_values

    def save_for_backward(self, *values: Any) -> None:
        """Keep `values`; `backward` finds them in `saved_values`."""
        self.saved_values = values

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Saved):
            return NotImplemented
        return (self.no_grad, self.saved_values) == (other.no_grad, other.saved_values)

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"Context(no_grad={self.no_grad}, saved_values={self.saved_values})"


class _Kind(type):
    """A kind of class to which each Record counts, too, for whoever asks with `isinstance`."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return super().__instancecheck__(instance) or issubclass(type(instance), Record)


class Context(Saved, metaclass=_Kind):
    """What a function's forward pass keeps for its backward pass.

    It may set attributes of its own as well, such as `ctx.base = 2.0`.

    Args:
        no_grad: keep nothing, because no backward pass will follow.
        saved_values: the values kept, a tuple.

    >>> Context(False, (1, 2))
    Context(no_grad=False, saved_values=(1, 2))
    """

    def __init__(self, no_grad: bool = False, saved_values: tuple[Any, ...] = ()) -> None:
        self.no_grad, self.saved_values = no_grad, saved_values

    def save_for_backward(self, *values: Any) -> None:
        if not self.no_grad:
            self.saved_values = values


class Record(Saved):
    """A history with no room for attributes, which would cost a tenth of a graph's memory.

    A history is itself the context of its call. There is one of each per operation, and making
    a second object would cost a third of the time.
    """

    __slots__ = ("inputs", "last_fn")
    inputs: Any
    last_fn: Any

    @property
    def ctx(self) -> Any:
        """The context to call `last_fn.backward` with; None for a leaf."""
        return None if self.last_fn is None else self

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Record) and (self.last_fn, self.inputs) != (
            other.last_fn,
            other.inputs,
        ):
            return False
        return super().__eq__(other)

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        ctx = None if self.ctx is None else super().__repr__()
        return f"ScalarHistory(last_fn={self.last_fn}, ctx={ctx}, inputs={list(self.inputs)})"


class ScalarHistory(Record, metaclass=_Kind):
    """How a variable was made: by calling `last_fn` on `inputs`.

    Args:
        last_fn: the ScalarFunction; None for a leaf, which no function made.
        ctx: a context whose saved values and attributes are taken over.
        inputs: the variables that the function was called with.
    """

    def __init__(
        self, last_fn: Any = None, ctx: Context | None = None, inputs: Iterable[Any] = ()
    ) -> None:
        self.last_fn, self.inputs, self.saved_values = last_fn, tuple(inputs), ()
        if ctx is not None:
            self.__dict__.update(getattr(ctx, "__dict__", {}))
            self.saved_values = ctx.saved_values


free_in_turn(Record)
