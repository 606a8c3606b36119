"""What floats do in a learner's own functions, and Scalars don't: dividing, and raising to a power.

>>> divide(1.0, 4.0)
0.25
"""

from __future__ import annotations

from collections.abc import Callable


def divide(a: float, b: float) -> float:
    """a / b; ZeroDivisionError if b is 0."""
    return a / b


def power(product: float, base: float, exponent: float) -> float:
    """`base` to the power of `exponent`, a whole number, which rounds otherwise than the `product`
    that it stands for; OverflowError if it is too large for a float."""
    result: float = base ** int(exponent)
    return result


COMPUTED: dict[str, Callable[..., float]] = {"div": divide, "power": power}
