"""The operations on Scalars, each with its forward and its backward.

`forward` computes with floats. `backward` gets `d_output`, the derivative of the end result with
respect to what `forward` gave, and returns the derivative with respect to each of its inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import operators
from .autodiff import Context

if TYPE_CHECKING:
    from .scalar import Scalar, ScalarLike


def wrap_tuple(x: Any) -> tuple[Any, ...]:
    """A tuple of what `backward` returned, which for one input may be a number alone."""
    return tuple(x) if isinstance(x, (tuple, list)) else (x,)


class ScalarFunction:
    """A function of Scalars. It is called as `Name.apply(x, y)`, never by making an object."""

    # What every function below brings along
    forward: Callable[..., float]
    backward: Callable[..., Any]

    @classmethod
    def _forward(cls, ctx: Context, *inputs: float) -> float:
        return cls.forward(ctx, *inputs)

    @classmethod
    def _backward(cls, ctx: Context, d_output: Any) -> tuple[Any, ...]:
        return wrap_tuple(cls.backward(ctx, d_output))

    @classmethod
    def apply(cls, *vals: ScalarLike) -> Scalar:
        """Compute with the values of `vals`, and remember how the result was made."""
        from .scalar import Scalar, ScalarHistory  # here, because scalar.py imports this file

        scalars = [v if isinstance(v, Scalar) else Scalar(v) for v in vals]
        ctx = Context()
        result = cls._forward(ctx, *[s.data for s in scalars])
        return Scalar(result, ScalarHistory(cls, ctx, scalars))


class Add(ScalarFunction):
    """a + b"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        return a + b

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        return d_output, d_output


class Log(ScalarFunction):
    """log(a)"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        ctx.save_for_backward(a)
        return operators.log(a)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        (a,) = ctx.saved_values
        return operators.log_back(a, d_output)


class Mul(ScalarFunction):
    """a · b"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        # BLANK 1.2
        ctx.save_for_backward(a, b)
        return a * b
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        # BLANK 1.4
        a, b = ctx.saved_values
        return b * d_output, a * d_output
        # END 1.4


class Inv(ScalarFunction):
    """1 / a"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        # BLANK 1.2
        ctx.save_for_backward(a)
        return operators.inv(a)
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        # BLANK 1.4
        (a,) = ctx.saved_values
        return operators.inv_back(a, d_output)
        # END 1.4


class Neg(ScalarFunction):
    """-a"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        # BLANK 1.2
        return operators.neg(a)
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        # BLANK 1.4
        return -d_output
        # END 1.4


class Sigmoid(ScalarFunction):
    """1 / (1 + e⁻ᵃ)"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        # BLANK 1.2
        result = operators.sigmoid(a)
        ctx.save_for_backward(result)
        return result
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        # BLANK 1.4
        (result,) = ctx.saved_values
        return d_output * result * (1.0 - result)
        # END 1.4


class ReLU(ScalarFunction):
    """a if it is positive, else 0"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        # BLANK 1.2
        ctx.save_for_backward(a)
        return operators.relu(a)
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        # BLANK 1.4
        (a,) = ctx.saved_values
        return operators.relu_back(a, d_output)
        # END 1.4


class Exp(ScalarFunction):
    """eᵃ"""

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        # BLANK 1.2
        result = operators.exp(a)
        ctx.save_for_backward(result)
        return result
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        # BLANK 1.4
        (result,) = ctx.saved_values
        return d_output * result
        # END 1.4


class LT(ScalarFunction):
    """1 if a is less than b, else 0"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        # BLANK 1.2
        return operators.lt(a, b)
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        # BLANK 1.4
        return 0.0, 0.0
        # END 1.4


class EQ(ScalarFunction):
    """1 if a is equal to b, else 0"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        # BLANK 1.2
        return operators.eq(a, b)
        # END 1.2

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        # BLANK 1.4
        return 0.0, 0.0
        # END 1.4
