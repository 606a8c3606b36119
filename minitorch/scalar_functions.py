"""One class per operation, its forward above its backward: the local step of the chain rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import operators
from .history import Context
from .recording import make_apply

if TYPE_CHECKING:
    from .scalar import Scalar


def wrap_tuple(x: Any) -> tuple[Any, ...]:
    """`x` as a tuple: itself if it is one, else the tuple of it alone"""
    return x if isinstance(x, tuple) else (x,)


def unwrap_tuple(x: tuple[Any, ...]) -> Any:
    """What the tuple `x` holds if that is one thing, else `x`"""
    return x[0] if len(x) == 1 else x


class ScalarFunction:
    """A differentiable function of Scalars. Write your own in the same way:

    >>> class Square(ScalarFunction):
    ...     @staticmethod
    ...     def forward(ctx, a):
    ...         ctx.save_for_backward(a)
    ...         return a * a
    ...     @staticmethod
    ...     def backward(ctx, d_output):
    ...         (a,) = ctx.saved_values
    ...         return 2 * a * d_output
    >>> Square.apply(3.0)
    Scalar(9.0)

    `apply` calls it: with Scalars, or with numbers, which become leaves.

    `forward` gets the call's context `ctx` and a float for each input, and gives a float; with
    `ctx.save_for_backward` it keeps what `backward` will need. `backward` gets the same `ctx`, and
    `d_output`, the derivative of the end result with respect to this function's output; it gives
    that with respect to the input, or a tuple or list with one for each of several inputs.
    """

    forward: Callable[..., float]
    backward: Callable[..., Any]

    @classmethod
    def apply(cls, *vals: Any) -> Scalar:
        """Call the function with `vals`, Scalars or numbers, so that the result remembers it."""
        return make_apply(cls)(*vals)

    def __init_subclass__(cls) -> None:
        if cls.apply.__module__ in (__name__, make_apply.__module__):  # and not a learner's own
            cls.apply = staticmethod(make_apply(cls))  # type: ignore[method-assign]


class Add(ScalarFunction):
    """a + b, with derivatives 1 and 1"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        return a + b

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        return d_output, d_output


class Mul(ScalarFunction):
    """a · b, with derivatives b and a"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        a, b = ctx.saved_values
        return b * d_output, a * d_output


class Inv(ScalarFunction):
    """1 / a, with derivative -1 / a²"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        ctx.save_for_backward(a)
        return operators.inv(a)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (a,) = ctx.saved_values
        return operators.inv_back(a, d_output)


class Neg(ScalarFunction):
    """-a, with derivative -1"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        return -a

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        return -d_output


class Log(ScalarFunction):
    """log(a + ε), with derivative 1 / (a + ε); see `operators.log`"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        ctx.save_for_backward(a)
        return operators.log(a)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (a,) = ctx.saved_values
        return operators.log_back(a, d_output)


class Exp(ScalarFunction):
    """e to the power of a, which is its own derivative"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        result = operators.exp(a)
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (result,) = ctx.saved_values
        return operators.mul(result, d_output)


class Sigmoid(ScalarFunction):
    """σ(a) = 1 / (1 + e⁻ᵃ), with derivative σ(a) · (1 - σ(a))"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        result = operators.sigmoid(a)
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (result,) = ctx.saved_values
        return operators.mul(result * (1.0 - result), d_output)


class ReLU(ScalarFunction):
    """a where it is positive, else 0, with derivative 1 or 0"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        ctx.save_for_backward(a)
        return operators.relu(a)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (a,) = ctx.saved_values
        return operators.relu_back(a, d_output)


class LT(ScalarFunction):
    """1 if a < b, else 0: a step, flat on both sides, with derivatives 0 and 0"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        return operators.lt(a, b)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        return 0.0, 0.0


class EQ(LT):
    """1 if a equals b, else 0: as flat as LT"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        return operators.eq(a, b)
