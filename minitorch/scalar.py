"""`Scalar`: a number that remembers how it was made, and so knows its derivatives.

To follow `a * b`: `__mul__` here is `Mul.apply`, which recording.py makes of `Mul.forward` in
scalar_functions.py; it gives a Scalar whose `history` holds `Mul`, its inputs and what it saved.
To follow `backward()`: it is `backpropagate` in autodiff.py, which sorts the graph and asks each
Scalar's `chain_rule`, here, to pass its derivative on; that asks `Mul.backward`.

>>> x = Scalar(2.0)
>>> (x * x + 10.0 * x).backward()
>>> x.derivative
14.0
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from . import recording
from .autodiff import Variable, backpropagate, next_id, topological_sort
from .copying import ancestors
from .differences import disagreement, slope
from .errors import as_float, is_number, report_chain_rule
from .history import Context as Context  # which the course imports from here
from .history import Record, ScalarHistory
from .recording import make_operator
from .scalar_functions import EQ, LT, Add, Exp, Inv, Log, Mul, Neg, ReLU, Sigmoid
from .scalar_functions import ScalarFunction as ScalarFunction  # the same

ScalarLike: TypeAlias = "float | Scalar"


class Scalar(Variable):
    """A number in a computation graph, to compute with as with a float.

    Args:
        v: its value, any real number; afterwards `data`, a float.
        back: how it was made: a leaf by default; None makes it a constant.
        name: for display; by default its unique_id.

    Raises:
        TypeError: `v` is not a number.

    As with PyTorch's tensors, `<`, `>` and `==` give a Scalar, 1.0 or 0.0, which is true or false
    in a condition; and in sets and dictionaries a Scalar is found by identity.
    """

    __slots__ = ("_name", "data")
    __hash__ = object.__hash__

    def __init__(
        self, v: float, back: Record | None = ScalarHistory(), name: str | None = None
    ) -> None:
        self.data = v if type(v) is float else as_float(v)
        self.history = back
        self.derivative = self._met_by = None
        self.unique_id = next_id()
        self._name = name

    @property
    def name(self) -> str:
        """The name given, else the unique_id."""
        return str(self.unique_id) if self._name is None else self._name

    @name.setter
    def name(self, name: str | None) -> None:
        self._name = name

    label = name

    def __repr__(self) -> str:
        return f"Scalar({self.data})"

    def __bool__(self) -> bool:
        return bool(self.data)

    def __reduce__(self) -> Any:
        state = getattr(self, "__dict__", None), {"derivative": self.derivative}
        made_of = self.data, self.history, self._name
        return _copied, (ancestors(self), type(self), *made_of), state

    def __format__(self, spec: str) -> str:
        return format(self.data, spec) if spec else str(self)

    # In place of `def __add__(self, b): return Add.apply(self, b)`, for speed.
    __add__ = __radd__ = make_operator(Add)
    __mul__ = __rmul__ = make_operator(Mul)

    def __neg__(self) -> Scalar:
        return Neg.apply(self)

    def __sub__(self, b: ScalarLike) -> Scalar:
        return Add.apply(self, Neg.apply(b)) if _is_operand(b) else NotImplemented

    def __rsub__(self, b: ScalarLike) -> Scalar:
        return Add.apply(b, Neg.apply(self)) if _is_operand(b) else NotImplemented

    def __truediv__(self, b: ScalarLike) -> Scalar:
        return Mul.apply(self, Inv.apply(b)) if _is_operand(b) else NotImplemented

    def __rtruediv__(self, b: ScalarLike) -> Scalar:
        return Mul.apply(b, Inv.apply(self)) if _is_operand(b) else NotImplemented

    def __lt__(self, b: ScalarLike) -> Scalar:
        return LT.apply(self, b) if _is_operand(b) else NotImplemented

    def __gt__(self, b: ScalarLike) -> Scalar:
        return LT.apply(b, self) if _is_operand(b) else NotImplemented

    def __eq__(self, b: object) -> Scalar:  # type: ignore[override]
        return EQ.apply(self, b) if _is_operand(b) else NotImplemented

    def log(self) -> Scalar:
        """The natural logarithm of this + 1e-6; see `operators.log`."""
        return Log.apply(self)

    def exp(self) -> Scalar:
        """e to the power of this."""
        return Exp.apply(self)

    def sigmoid(self) -> Scalar:
        """1 / (1 + e⁻ˣ) of this, between 0 and 1."""
        return Sigmoid.apply(self)

    def relu(self) -> Scalar:
        """This where it is positive, else 0."""
        return ReLU.apply(self)

    def chain_rule(self, d_output: Any) -> Iterable[tuple[Scalar, Any]]:
        """Go one step back: from this Scalar's derivative to what its inputs receive of it.

        Args:
            d_output: the derivative of the end result with respect to this Scalar.

        Returns:
            A pair for each input that is not a constant: the input, and the derivative that
            reaches it through the function that made this Scalar.

        Raises:
            ValueError: no function made this Scalar, or its `backward` gave too few derivatives
                or too many.
            ArithmeticError, TypeError: its `backward` failed.
        """
        history = self.history
        try:
            d = history.last_fn.backward(history, d_output)
            inputs = history.inputs
            if len(inputs) == 2:  # the usual case, written out for speed
                a, b = inputs
                d_a, d_b = d
                if a.history is not None and b.history is not None:
                    return (a, d_a), (b, d_b)
            pairs = zip(inputs, d if isinstance(d, (tuple, list)) else (d,), strict=True)
            return [(parent, d) for parent, d in pairs if parent.history is not None]
        except Exception as error:
            report_chain_rule(self, d_output, error)

    def backward(self, d_output: float | None = None) -> None:
        """Add this Scalar's derivative with respect to each leaf to that leaf's `derivative`.

        Args:
            d_output: the derivative to start from; 1.0 by default.

        Raises:
            ArithmeticError, RuntimeError, TypeError, ValueError: see `backpropagate`.
        """
        backpropagate(self, 1.0 if d_output is None else as_float(d_output))


def _copied(_: object, cls: type[Scalar], *made_of: Any) -> Scalar:
    """A copy, made after those of its ancestors, and so younger."""
    copy = cls.__new__(cls)
    Scalar.__init__(copy, *made_of)
    return copy


def _is_operand(b: object) -> bool:
    """Whether an operator takes `b`; else Python asks `b` for an operator of its own."""
    return isinstance(b, (Scalar, float)) or is_number(b)


recording.results_are(Scalar)


def derivative_check(f: Callable[..., Scalar], *scalars: Scalar) -> None:
    """Check the derivatives that `backward` gives against differences.

    Where `f` has a corner or a jump, or is too steep or too large for differences, there is
    nothing to compare with, and the check passes.

    Args:
        f: a function of Scalars.
        scalars: where to differentiate it, one for each argument; they are not changed.

    Raises:
        AssertionError: a derivative is off by more than 0.1 % and what differences may be off
            themselves; the message says which argument's, what it is and what it should be, and
            which function's `backward` is to blame.
    """
    at = [s.data for s in scalars]
    leaves = [Scalar(value) for value in at]
    result = f(*leaves)
    result.backward()
    for i, leaf in enumerate(leaves):
        due = slope(lambda *values: f(*map(Scalar, values)).data, *at, arg=i)
        got = as_float(leaf.derivative or 0.0)
        if not due.agrees(got):
            wrong = f"backward gave {got:.6g}, not {due.value:.6g}"
            raise AssertionError(f"argument {i} at {at}: {wrong}{_blame(result)}")


def _blame(result: Scalar) -> str:
    """The function on the way to `result` that is wrong by itself, if there is one."""
    for variable in topological_sort(result):
        found = None if variable.is_leaf() else disagreement(variable)
        if found is not None:
            return f"; {found}"
    return ""
