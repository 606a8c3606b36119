"""Stage 1: run the learner's function once on symbols, and write down what it does.

A `Symbol` is a Scalar without a value. While tracing, `apply` of every ScalarFunction writes a
line on the tape instead of computing. The function itself is not analysed, only observed, so
loops, lists, modules and closures need no support; but what it observed has to hold for every
sample. So a symbol refuses to tell its value: a decision based on it would be frozen into the
tape.

>>> from minitorch.scalar import Scalar
>>> tape = Tape()
>>> x = Symbol(tape, tape.add("input", 0))
>>> with tracing(tape):
...     result = (x * x + 1.0).log()
>>> tape.nodes[1:]
[('mul', 0, 0), ('constant', 1.0), ('add', 1, 2), ('log', 3)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from ..autodiff import Context, next_id
from ..module import Parameter
from ..scalar import Scalar
from ..scalar_functions import (
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
from .errors import ADVICE, NotCompilable, place
from .number import Number, Seed
from .tape import Tape

OPERATIONS: dict[type[ScalarFunction], str] = {
    Add: "add",
    Mul: "mul",
    Neg: "neg",
    Inv: "inv",
    Log: "log",
    Exp: "exp",
    Sigmoid: "sigmoid",
    ReLU: "relu",
    LT: "lt",
    EQ: "eq",
}

OPERATORS = ("__add__", "__radd__", "__mul__", "__rmul__")


class Symbol(Scalar):
    """A Scalar that stands for a line of the tape. It computes with others, and has no value."""

    __slots__ = ("number", "tape")

    def __init__(self, tape: Tape, number: int, name: str | None = None) -> None:
        self.tape, self.number = tape, number
        self.history = self.derivative = self._pending = None
        self.unique_id = next_id()
        self._name = name

    def _refuse(self, *_: Any) -> NoReturn:
        raise NotCompilable(
            "The function asks for the value of a Scalar, to decide by it or to leave the graph, "
            f"and what it did for one sample would be done for all ({place()}). "
            f"Use arithmetic, relu or a comparison's 1 and 0; or {ADVICE}."
        )

    data = property(_refuse, _refuse)
    __bool__ = __float__ = __int__ = __index__ = _refuse
    backward = _refuse  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Scalar(line {self.number} of the tape)"


def trace(tape: Tape, function: Callable[..., Any], *arguments: Any) -> list[int]:
    """Record `function(*arguments)` on the tape; return the numbers of its one or more results."""
    with tracing(tape):
        results = function(*arguments)
        if not isinstance(results, tuple):
            results = (results,)
        return [_number(tape, result) for result in results]


@contextmanager
def tracing(tape: Tape) -> Iterator[None]:
    """Let every ScalarFunction write on the tape meanwhile."""
    functions = list(_subclasses(ScalarFunction))
    saved = [(function, function.__dict__["apply"]) for function in functions]
    # Where an operator of Scalar is the very `apply`, it is not looked up there: + and ×.
    operators = [(name, f) for name in OPERATORS for f in (Add, Mul) if _is(name, f)]
    kept = [(name, vars(Scalar)[name]) for name, _ in operators]
    try:
        for function in functions:
            function.apply = staticmethod(_recorder(tape, function))
        for name, function in operators:
            setattr(Scalar, name, function.apply)
        yield
    finally:
        for function, apply in saved:
            function.apply = apply
        for name, operator in kept:
            setattr(Scalar, name, operator)


def _is(operator: str, function: type[ScalarFunction]) -> bool:
    return vars(Scalar)[operator] is function.apply


@contextmanager
def parameters_as(parameters: Sequence[Parameter], symbols: Sequence[Scalar]) -> Iterator[None]:
    """Put others in place of the parameters' values meanwhile."""
    values = [parameter.value for parameter in parameters]
    try:
        for parameter, symbol in zip(parameters, symbols, strict=True):
            parameter.value = symbol
        yield
    finally:
        for parameter, value in zip(parameters, values, strict=True):
            parameter.value = value


def _subclasses(function: type[ScalarFunction]) -> Iterator[type[ScalarFunction]]:
    for subclass in function.__subclasses__():
        if "apply" in subclass.__dict__:
            yield subclass
        yield from _subclasses(subclass)


def _number(tape: Tape, value: Any) -> int:
    """The line of the tape that holds `value`: a symbol's own, or a constant's."""
    if type(value) is Symbol:
        if value.tape is not tape:
            raise NotCompilable(f"A Scalar of an earlier trace was kept and used again ({place()})")
        return value.number
    plain = value if isinstance(value, Scalar) else Scalar(value)
    if plain.history is not None and plain.history.last_fn is not None:
        raise NotCompilable(
            "The function uses a Scalar computed outside of it, whose derivative would be lost "
            f"({place()}). Compute it inside; or {ADVICE}."
        )
    return tape.add("constant", plain.data)


def _recorder(tape: Tape, function: type[ScalarFunction]) -> Callable[..., Symbol]:
    """What stands for the `apply` of a function while tracing."""
    op = OPERATIONS.get(function)
    if op is None:
        return lambda *values: _trace_own(tape, function, [_number(tape, v) for v in values])
    operate = tape.operate

    def of_one(a: Any) -> Symbol:
        return Symbol(tape, operate(op, a.number if type(a) is Symbol else _number(tape, a)))

    def of_two(a: Any, b: Any) -> Symbol:
        left = a.number if type(a) is Symbol and a.tape is tape else _number(tape, a)
        right = b.number if type(b) is Symbol and b.tape is tape else _number(tape, b)
        return Symbol(tape, operate(op, left, right))

    return of_one if op not in ("add", "mul", "lt", "eq") else of_two


def _trace_own(tape: Tape, function: type[ScalarFunction], inputs: list[int]) -> Symbol:
    """Record a function that the learner wrote: its forward, and its backward for d_output = 1.

    By the chain rule a backward is proportional to the derivative that it is given, so its result
    for 1 says all. `Seed` stands for that 1 and sees to it that it is so.
    """
    context = Context()
    value = function.forward(context, *[Number(tape, i, function) for i in inputs])
    derivatives = function.backward(context, Seed(tape, function))
    if not isinstance(derivatives, tuple):
        derivatives = (derivatives,)
    if len(derivatives) != len(inputs):
        raise ValueError(
            f"{function.__name__}.backward gave {len(derivatives)} derivatives "
            f"for {len(inputs)} inputs"
        )
    locals_ = [Seed.factor(tape, function, d) for d in derivatives]
    pairs = [number for pair in zip(inputs, locals_, strict=True) for number in pair]
    return Symbol(tape, tape.operate("given", Number.line(tape, value), *pairs))
