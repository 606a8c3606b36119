"""Stage 6: the kernels, and the one module that they make.

A kernel gets a table and works through its records, each for all samples of a chunk: two samples
in each register. `KERNELS` names them; the tables are described in tables.py.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from functools import cache

from .. import operators
from .layout import BLOCK, FAULT, FLOAT, TOTALS
from .tables import COLUMN, RUN_SIZE, TIMES_UNIFORM
from .wasm import (
    F64,
    I32,
    I64X2,
    V128,
    Code,
    Function,
    Local,
    any_true,
    both,
    constant,
    lane,
    load,
    load_both,
    load_f64,
    load_i32,
    module,
    operation,
    select,
    shift_left,
    shift_right,
)

REGISTERS = BLOCK // 2
REGISTER = 16  # bytes: two samples
SEGMENT = 9  # words of the record that `all_chunks` reads


def _word(number: int) -> Code:
    return constant(I32, number)


# ------------------------------------------------------------------------------- sums of terms


def _sum() -> Function:
    """start + terms, for each record; a block of samples at a time, in registers."""
    f = Function("sum", (I32, I32, I32))
    table, end, size = f.arguments
    offset = f.local(_word(0))
    with f.loop(offset, BLOCK * FLOAT, size):
        record = f.local(table)
        with f.loop(record, 0, end):
            totals = _begin(f, load_i32(record, 4))
            to = f.local(load_i32(record) + offset)
            record_end = f.local(load_i32(record, 8) + table)
            run = f.local(record + 12)
            with f.when(run < record_end), f.loop(run, RUN_SIZE, record_end):
                _add_run(f, run, offset, totals)
            for i, total in enumerate(totals):
                f.store(to, total, REGISTER * i)
            f.set(record, record_end)
    return f


def _begin(f: Function, start: Code) -> list[Local]:
    first = f.local(load_both(start))
    return [f.local(first) for _ in range(REGISTERS)]


def _add_run(f: Function, run: Local, offset: Code, totals: list[Local]) -> None:
    """Add a run of terms to the totals; which kind it is, is asked once for all of them."""
    kind, count = f.local(load_i32(run)), f.local(load_i32(run, 4))
    a, a_step = f.local(load_i32(run, 8) + offset), f.local(load_i32(run, 12))
    b, b_step = f.local(load_i32(run, 16)), f.local(load_i32(run, 20))
    with f.when(kind.equals(TIMES_UNIFORM)):
        with f.loop(count, -1, 0):
            factor = f.local(load_both(b))
            for i, total in enumerate(totals):
                f.set(total, total + factor * load(a, REGISTER * i))
            f.set(a, a + a_step)
            f.set(b, b + b_step)
        f.otherwise()
        with f.when(kind.equals(COLUMN)):
            with f.loop(count, -1, 0):
                for i, total in enumerate(totals):
                    f.set(total, total + load(a, REGISTER * i))
                f.set(a, a + a_step)
            f.otherwise()
            f.set(b, b + offset)
            with f.loop(count, -1, 0):
                for i, total in enumerate(totals):
                    f.set(total, total + load(a, REGISTER * i) * load(b, REGISTER * i))
                f.set(a, a + a_step)
                f.set(b, b + b_step)


def _pair() -> Function:
    """Two sums over the same columns with different factors: each column is read once for both."""
    f = Function("pair", (I32, I32, I32))
    table, end, size = f.arguments
    offset = f.local(_word(0))
    with f.loop(offset, BLOCK * FLOAT, size):
        record = f.local(table)
        with f.loop(record, 40, end):
            sums = [_begin(f, load_i32(record, 8)), _begin(f, load_i32(record, 12))]
            count = f.local(load_i32(record, 16))
            a, a_step = f.local(load_i32(record, 20) + offset), f.local(load_i32(record, 24))
            factors_at = [f.local(load_i32(record, 28)), f.local(load_i32(record, 32))]
            step = f.local(load_i32(record, 36))
            with f.loop(count, -1, 0):
                factors = [f.local(load_both(at)) for at in factors_at]
                for i in range(REGISTERS):
                    column = f.local(load(a, REGISTER * i))
                    for totals, factor in zip(sums, factors, strict=True):
                        f.set(totals[i], totals[i] + factor * column)
                f.set(a, a + a_step)
                for at in factors_at:
                    f.set(at, at + step)
            for j, totals in enumerate(sums):
                to = f.local(load_i32(record, 4 * j) + offset)
                for i, total in enumerate(totals):
                    f.store(to, total, REGISTER * i)
    return f


# ------------------------------------------------------------------ sums over the samples


def _tile(name: str, firsts: int, seconds: int) -> Function:
    """Add up over the samples the products of each of `firsts` columns with each of `seconds`."""
    f = Function(name, (I32, I32, I32))
    record, end, size = f.arguments
    columns = firsts + seconds
    with f.loop(record, 4 * (columns + firsts * seconds), end):
        at = [f.local(load_i32(record, 4 * i)) for i in range(columns)]
        totals = [f.local(constant(V128, 0.0)) for _ in range(firsts * seconds)]
        stop = f.local(at[0] + size)
        with f.loop(at[0], REGISTER, stop):
            right = [f.local(load(address)) for address in at[firsts:]]
            for i in range(firsts):
                left = f.local(load(at[i]))
                for j in range(seconds):
                    total = totals[i * seconds + j]
                    f.set(total, total + left * right[j])
            for address in at[1:]:
                f.set(address, address + REGISTER)
        for i, total in enumerate(totals):
            to = f.local(load_i32(record, 4 * (columns + i)))
            f.store(to, load_f64(to) + (lane(total, 0) + lane(total, 1)))
    return f


# -------------------------------------------------------------- functions of one or two columns

Body = Callable[[Function, Code, Code], Code]


def _map(name: str, body: Body) -> Function:
    """to = body(a, b), for each record."""
    f = Function(name, (I32, I32, I32))
    record, end, size = f.arguments
    with f.loop(record, 12, end):
        to, a, b = (f.local(load_i32(record, 4 * i)) for i in range(3))
        stop = f.local(to + size)
        with f.loop(to, REGISTER, stop):
            x, y = f.local(load(a)), f.local(load(b))
            f.store(to, body(f, x, y))
            f.set(a, a + REGISTER)
            f.set(b, b + REGISTER)
    return f


def _number(value: float) -> Code:
    return constant(V128, value)


def _report(f: Function, wrong: Code) -> None:
    """Raise the flag where Python would raise an exception."""
    with f.when(any_true(wrong)):
        f.store(_word(FAULT), _word(1))


def _one_where(mask: Code) -> Code:
    return mask & _number(1.0)


def _relu(f: Function, x: Code, _: Code) -> Code:
    return (_number(0.0) < x) & x


def _relu_back(f: Function, d: Code, y: Code) -> Code:
    return (_number(0.0) < y) & d


def _inv(f: Function, x: Code, _: Code) -> Code:
    _report(f, x.equals(0.0))
    return _number(1.0) / x


def _inv_back(f: Function, d: Code, x: Code) -> Code:
    square = f.local(x * x)
    _report(f, square.equals(0.0))
    return -d / square


def _log(f: Function, x: Code, _: Code) -> Code:
    shifted = f.local(x + operators.EPS)
    _report(f, shifted <= _number(0.0))
    return _logarithm(f, shifted)


def _log_back(f: Function, d: Code, x: Code) -> Code:
    return d / (x + operators.EPS)


def _exp(f: Function, x: Code, _: Code) -> Code:
    finite = f.local(x < _number(math.inf))
    _report(f, (_number(_LARGEST_EXPONENT) < x) & finite)
    return select(finite, _exponential(f, x), x)  # infinity and NaN stay what they are


def _sigmoid(f: Function, x: Code, _: Code) -> Code:
    z = f.local(_exponential(f, -operation("abs", x)))
    return select(_number(0.0) <= x, _number(1.0), z) / (z + 1.0)


def _sigmoid_back(f: Function, d: Code, y: Code) -> Code:
    return y * (_number(1.0) - y) * d


# --------------------------------------------------------------------------------- exp and log

_LARGEST_EXPONENT = 709.782712893384  # eˣ is finite up to here
_SMALLEST_EXPONENT = -746.0  # and 0 from here on
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # fdlibm's halves
_SHIFTER = 1.5 * 2.0**52  # a float to which a whole number is added has it in its last bits


def _bits(value: float) -> int:
    return int(struct.unpack("<Q", struct.pack("<d", value))[0])


def _power_of_two(whole: Code) -> Code:
    """2ᵏ for a whole number k from -1022 to 1023: k goes where a float has its exponent."""
    return shift_left((whole + (_SHIFTER + 1023)).as_type(I64X2), 52).as_type(V128)


def _exponential(f: Function, x: Code) -> Code:
    """eˣ = 2ᵏ·eʳ with x = k·ln 2 + r and |r| ≤ ln 2 / 2, where a short series suffices.

    2ᵏ is applied in two halves, so that results too small for a normal float come out, too.
    """
    x = f.local(operation("max", x, _number(_SMALLEST_EXPONENT)))
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
    level: list[Code] = [_number(c) for c in factors]
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


def _logarithm(f: Function, x: Local) -> Code:
    """log x = k·ln 2 + log(1 + g) with x = 2ᵏ·(1 + g), 1 + g between √½ and √2, after fdlibm."""
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
    return select(x < _number(math.inf), result, x)  # infinity and NaN stay what they are


# ------------------------------------------------------------------------------------ the module

KERNELS: dict[str, Callable[[], Function]] = {
    "sum": _sum,
    "pair": _pair,
    "tile": lambda: _tile("tile", 4, 2),
    "row": lambda: _tile("row", 4, 1),
    "relu": lambda: _map("relu", _relu),
    "relu_back": lambda: _map("relu_back", _relu_back),
    "sigmoid": lambda: _map("sigmoid", _sigmoid),
    "sigmoid_back": lambda: _map("sigmoid_back", _sigmoid_back),
    "log": lambda: _map("log", _log),
    "log_back": lambda: _map("log_back", _log_back),
    "exp": lambda: _map("exp", _exp),
    "inv": lambda: _map("inv", _inv),
    "inv_back": lambda: _map("inv_back", _inv_back),
    "lt": lambda: _map("lt", lambda f, a, b: _one_where(a < b)),
    "eq": lambda: _map("eq", lambda f, a, b: _one_where(operation("eq", a, b))),
}
NUMBERS = {name: number for number, name in enumerate(KERNELS)}
_ALL_CHUNKS, _STEP = len(KERNELS), len(KERNELS) + 1


def _all_chunks() -> Function:
    """Run the kernels of each segment for each of its chunks.

    A segment, in words: its code (kernel, table, end of table; …), the code's end, the bytes of a
    column, the number of chunks, their inputs, where to copy these, how many bytes; and for a
    prediction the column to copy out, and where to, else 0.
    """
    f = Function("all_chunks", (I32, I32), exported=True)
    segment, end = f.arguments
    with f.loop(segment, 4 * SEGMENT, end):
        words = [f.local(load_i32(segment, 4 * i)) for i in range(SEGMENT)]
        code, code_end, column, chunks, data, work, work_size, result, out = words
        with f.loop(chunks, -1, 0):
            f.copy(work, data, work_size)
            f.set(data, data + work_size)
            line = f.local(code)
            with f.loop(line, 12, code_end):
                table = load_i32(line, 4), load_i32(line, 8)
                f.call_indirect(0, load_i32(line), *table, column)
            with f.when(result):
                f.copy(out, result, column)
                f.set(out, out + column)
    return f


def _step() -> Function:
    """parameter -= rate · derivative; derivative = 0"""
    f = Function("step", (I32, I32, F64))
    parameter, derivative, rate = f.arguments
    rates = f.local(both(rate))
    stop = f.local(derivative)
    with f.loop(parameter, REGISTER, stop):
        f.store(parameter, load(parameter) - rates * load(derivative))
        f.store(derivative, _number(0.0))
        f.set(derivative, derivative + REGISTER)
    return f


def _train() -> Function:
    """Whole epochs, until an error or a loss that isn't finite: before the step, as in Python.

    After each epoch the two totals go to `results`. Returns how many epochs were completed.
    """
    f = Function("train", (I32, I32, I32, F64, I32, I32, I32), I32, exported=True)
    segments, end, epochs, rate, parameters, gradients, results = f.arguments
    epoch = f.local(_word(0))
    with f.loop(epoch, 1, epochs):
        f.store(_word(TOTALS), _number(0.0))
        f.call(_ALL_CHUNKS, segments, end)
        f.store(results, load(_word(TOTALS)))
        loss = f.local(load_f64(results))
        f.set(results, results + REGISTER)
        finite = (loss - loss).equals(0.0)
        with f.when(load_i32(_word(FAULT)) | finite.equals(0)):
            f.give(epoch)
        f.call(_STEP, parameters, gradients, rate)
    f.give(epoch)
    return f


def _reserve() -> Function:
    """Make the memory so many pages larger."""
    f = Function("reserve", (I32,), exported=True)
    f.grow(f.arguments[0])
    return f


@cache
def kernel_module() -> bytes:
    """The module's bytes. There is only one: programs differ in their tables."""
    functions = [make() for make in KERNELS.values()]
    functions += [_all_chunks(), _step(), _train(), _reserve()]
    return module(functions, list(KERNELS))

