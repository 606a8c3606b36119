"""exp and log for two numbers at once: what processors have no instruction for.

Both split off the power of two; for the rest a short series suffices. The results are within one
unit in the last place of what Python's `math` gives.
"""

from __future__ import annotations

import math
import struct

from .wasm import (
    I64X2,
    V128,
    Code,
    Function,
    Local,
    constant,
    operation,
    select,
    shift_left,
    shift_right,
)


def splat(value: float) -> Code:
    """The constant `value` for both samples."""
    return constant(V128, value)


LARGEST_EXPONENT = 709.782712893384  # eˣ is finite up to here
_SMALLEST_EXPONENT = -746.0  # and 0 from here on
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # fdlibm's halves
_SHIFTER = 1.5 * 2.0**52  # a float to which a whole number is added has it in its last bits


def _bits(value: float) -> int:
    return int(struct.unpack("<Q", struct.pack("<d", value))[0])


def _power_of_two(whole: Code) -> Code:
    """2ᵏ for a whole number k from -1022 to 1023: k goes where a float has its exponent."""
    return shift_left((whole + (_SHIFTER + 1023)).as_type(I64X2), 52).as_type(V128)


def exponential(f: Function, x: Code) -> Code:
    """eˣ = 2ᵏ·eʳ with x = k·ln 2 + r and |r| ≤ ln 2 / 2, where a short series suffices.

    2ᵏ is applied in two halves, so that results too small for a normal float come out, too.

    Args:
        f: the function that gets the code, with what locals it needs.
        x: two numbers, neither above LARGEST_EXPONENT.
    """
    x = f.local(operation("max", x, splat(_SMALLEST_EXPONENT)))
    k = f.local(operation("nearest", x * (1 / math.log(2))))
    r = f.local(x - k * _LN2_HIGH - k * _LN2_LOW)
    series = f.local(_series(f, r, [1 / math.factorial(n) for n in range(2, 14)]))
    # 1 + (r + r²·series): the large parts last, so that they round once.
    value = f.local((series * (r * r) + r) + 1.0)
    half = f.local(operation("floor", k * 0.5))
    return value * _power_of_two(half) * _power_of_two(k - half)


def _series(f: Function, x: Local, factors: list[float]) -> Code:
    """c₀ + c₁x + c₂x² + …: neighbours in pairs, then pairs of pairs, so that the processor can
    work on several at once (https://en.wikipedia.org/wiki/Estrin%27s_scheme)."""
    level: list[Code] = [splat(c) for c in factors]
    power: Local = x
    while len(level) > 1:
        pairs = [
            f.local(level[i + 1] * power + level[i]) if i + 1 < len(level) else level[i]
            for i in range(0, len(level), 2)
        ]
        level = list(pairs)
        if len(level) > 1:
            power = f.local(power * power)
    return level[0]


# The series of (log(1 + s) - log(1 - s)) / s - 2 in s², as fdlibm has fitted it.
_LOG_SERIES = [
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
]


def logarithm(f: Function, x: Local) -> Code:
    """log x = k·ln 2 + log(1 + g) with x = 2ᵏ·(1 + g), 1 + g between √½ and √2.

    After fdlibm (https://netlib.org/fdlibm/e_log.c).

    Args:
        f: the function that gets the code, with what locals it needs.
        x: two numbers above 0.
    """
    one, root = _bits(1.0), _bits(math.sqrt(0.5))
    moved = f.local(x.as_type(I64X2) + constant(I64X2, one - root))
    exponent = f.local(shift_right(moved, 52))
    bits_of_k = shift_left(exponent - constant(I64X2, 1023), 52)
    g = f.local((x.as_type(I64X2) - bits_of_k).as_type(V128) - 1.0)
    magic = _bits(2.0**52)  # a float whose last bits count ones
    k = f.local((exponent | constant(I64X2, magic)).as_type(V128) - (2.0**52 + 1023))
    s = f.local(g / (g + 2.0))
    z = f.local(s * s)
    series = f.local(z * _series(f, z, _LOG_SERIES))
    half_square = f.local(g * g * 0.5)
    low = s * (half_square + series) + k * _LN2_LOW
    result = k * _LN2_HIGH - ((half_square - low) - g)
    return select(x < splat(math.inf), result, x)  # infinity and NaN stay what they are
