"""What floats do in a learner's own functions, and Scalars don't: dividing, and raising to a power.

>>> divide(1.0, 4.0)
0.25
"""

from __future__ import annotations

import math
from collections.abc import Callable


def divide(a: float, b: float) -> float:
    """a / b; ZeroDivisionError if b is 0."""
    return a / b


def power(result: float, base: float) -> float:
    """`result`, a power of `base`; OverflowError if it is too large for a float."""
    if math.isinf(result) and math.isfinite(base):
        raise OverflowError("the result is too large for a float (about 1.8e308 at most)")
    return result


COMPUTED: dict[str, Callable[..., float]] = {"div": divide, "power": power}
