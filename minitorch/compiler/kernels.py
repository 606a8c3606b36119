"""The kernels: what the one WebAssembly module can do.

A kernel gets a table and works through its records, each for all samples of a chunk: two samples
in each register. `KERNELS` names them; the tables are described in tables.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from .. import operators
from .elementary import LARGEST_EXPONENT, exponential, logarithm, splat
from .layout import BLOCK, FAULT, FILLED_SIZE, FLOAT
from .tables import COLUMN, RUN_SIZE, TIMES_UNIFORM
from .wasm import (
    F64,
    I32,
    Code,
    Function,
    Local,
    any_true,
    constant,
    lane,
    load,
    load_both,
    load_f64,
    load_i32,
    operation,
    select,
)

REGISTERS = BLOCK // 2
REGISTER = 16  # bytes: two samples


def word(value: int) -> Code:
    """The constant `value`: an address, or a count."""
    return constant(I32, value)


# ------------------------------------------------------------------------------- sums of terms


def _sum() -> Function:
    """start + terms, for each record; a block of samples at a time, in registers."""
    f = Function("sum", (I32, I32, I32))
    table, end, size = f.arguments
    offset = f.local(word(0))
    with f.loop(offset, BLOCK * FLOAT, size):
        record = f.local(table)
        with f.loop(record, 0, end):
            totals = _totals(f, load_i32(record, 4))
            to = f.local(load_i32(record) + offset)
            record_end = f.local(load_i32(record, 8) + table)
            run = f.local(record + 12)
            with f.when(run < record_end), f.loop(run, RUN_SIZE, record_end):
                _add_run(f, run, offset, totals)
            for i, total in enumerate(totals):
                f.store(to, total, REGISTER * i)
            f.set(record, record_end)
    return f


def _totals(f: Function, start: Code) -> list[Local]:
    """A block's sums, in registers: each with the number at `start` as its first value."""
    first = f.local(load_both(start))
    return [f.local(first) for _ in range(REGISTERS)]


def _add_run(f: Function, run: Local, offset: Code, totals: list[Local]) -> None:
    """Add a run of terms to the totals; their kind is looked at once for all of them."""
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
    offset = f.local(word(0))
    with f.loop(offset, BLOCK * FLOAT, size):
        record = f.local(table)
        with f.loop(record, 40, end):
            sums = [_totals(f, load_i32(record, 8)), _totals(f, load_i32(record, 12))]
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
        totals = [f.local(splat(0.0)) for _ in range(firsts * seconds)]
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


def _clear() -> Function:
    """Write 0 where a column has no samples: what fills it up may be inf, and counts for nothing.

    Only the last chunk has such places, and a sample that is computed alone.
    """
    f = Function("clear", (I32, I32, I32))
    record, end, size = f.arguments
    filled = f.local(load_i32(word(FILLED_SIZE)))
    with f.when(filled < size), f.loop(record, 4, end):
        column = f.local(load_i32(record))
        at, stop = f.local(column + filled), f.local(column + size)
        with f.loop(at, FLOAT, stop):
            f.store(at, constant(F64, 0.0))
    return f


# -------------------------------------------------------------- functions of one or two columns

Body = Callable[..., Code]


def _map(name: str, body: Body, operands: int = 2) -> Function:
    """to = body(a, b, …), for each record."""
    f = Function(name, (I32, I32, I32))
    record, end, size = f.arguments
    with f.loop(record, 4 * (1 + operands), end):
        to, *at = (f.local(load_i32(record, 4 * i)) for i in range(1 + operands))
        stop = f.local(to + size)
        with f.loop(to, REGISTER, stop):
            f.store(to, body(f, *[f.local(load(address)) for address in at]))
            for address in at:
                f.set(address, address + REGISTER)
    return f


def _report(f: Function, wrong: Code) -> None:
    """Raise the flag where Python would raise an exception."""
    with f.when(any_true(wrong)):
        f.store(word(FAULT), word(1))


def _one_where(mask: Code) -> Code:
    return mask & splat(1.0)


def _relu(f: Function, x: Code, _: Code) -> Code:
    return select(x <= splat(0.0), splat(0.0), x)  # which leaves NaN as it is


def _relu_back(f: Function, d: Code, y: Code) -> Code:
    return select(y <= splat(0.0), splat(0.0), d)


def _inv(f: Function, x: Code, _: Code) -> Code:
    _report(f, x.equals(0.0))
    return splat(1.0) / x


def _inv_back(f: Function, d: Code, x: Code) -> Code:
    return -d / x / x


def _log(f: Function, x: Code, _: Code) -> Code:
    shifted = f.local(x + operators.EPS)
    _report(f, shifted <= splat(0.0))
    return logarithm(f, shifted)


def _log_back(f: Function, d: Code, x: Code) -> Code:
    return d / (x + operators.EPS)


def _exp(f: Function, x: Code, _: Code) -> Code:
    finite = f.local(x < splat(math.inf))
    _report(f, (splat(LARGEST_EXPONENT) < x) & finite)
    return select(finite, exponential(f, x), x)  # infinity and NaN stay what they are


def _sigmoid(f: Function, x: Code, _: Code) -> Code:
    z = f.local(exponential(f, -operation("abs", x)))
    return select(splat(0.0) <= x, splat(1.0), z) / (z + 1.0)


def _sigmoid_back(f: Function, d: Code, y: Code) -> Code:
    return y * (splat(1.0) - y) * d


def _div(f: Function, a: Code, b: Code) -> Code:
    _report(f, b.equals(0.0))
    return a / b


def _power(f: Function, y: Code, a: Code, _: Code) -> Code:
    infinite = f.local(operation("abs", y).equals(math.inf))
    _report(f, infinite & (operation("abs", a) < splat(math.inf)))
    return y


def _select(f: Function, mask: Code, a: Code, b: Code) -> Code:
    return select(mask.equals(0.0), b, a)


# --------------------------------------------------------------------------------- all of them

KERNELS: dict[str, Callable[[], Function]] = {
    "sum": _sum,
    "pair": _pair,
    "tile": lambda: _tile("tile", 4, 2),
    "row": lambda: _tile("row", 4, 1),
    "clear": _clear,
    "relu": lambda: _map("relu", _relu),
    "relu_back": lambda: _map("relu_back", _relu_back),
    "sigmoid": lambda: _map("sigmoid", _sigmoid),
    "sigmoid_back": lambda: _map("sigmoid_back", _sigmoid_back),
    "log": lambda: _map("log", _log),
    "log_back": lambda: _map("log_back", _log_back),
    "exp": lambda: _map("exp", _exp),
    "inv": lambda: _map("inv", _inv),
    "inv_back": lambda: _map("inv_back", _inv_back),
    "select": lambda: _map("select", _select, 3),
    "div": lambda: _map("div", _div),
    "power": lambda: _map("power", _power, 3),
    "lt": lambda: _map("lt", lambda f, a, b: _one_where(a < b)),
    "eq": lambda: _map("eq", lambda f, a, b: _one_where(operation("eq", a, b))),
}
TABLE_INDEX = {name: index for index, name in enumerate(KERNELS)}
"""Where each kernel stands in the module's table of functions."""
