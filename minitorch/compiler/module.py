"""The one WebAssembly module there is: the kernels, and the loops around them.

It is the same for all programs, which are tables in its memory; so its bytes are made once, and the
browser's own compiler has to look at it only once.
"""

from __future__ import annotations

from functools import cache

from .elementary import splat
from .kernels import KERNELS, REGISTER, word
from .layout import FAULT, FILLED_SIZE, TOTALS
from .wasm import F64, I32, Function, both, load, load_f64, load_i32, module

SEGMENT = 11  # words of the record that `all_chunks` reads, and the places of some of them
COLUMN_SIZE, CHUNKS, DATA, INPUTS_SIZE, ALL_SAMPLES = 2, 3, 4, 6, 7
ALL_CHUNKS, STEP = len(KERNELS), len(KERNELS) + 1  # the indices of these functions


def _all_chunks() -> Function:
    """Run the kernels of each segment for each of its chunks.

    A segment, in words: its code (kernel, table, end of table; …), the code's end, the bytes of a
    column, the number of chunks, their inputs, where to copy these, how many bytes; what a column
    of all samples would take; and for a prediction the list of the columns to copy out, the list's
    end, and where to, else 0.
    """
    f = Function("all_chunks", (I32, I32), exported=True)
    segment, end = f.arguments
    with f.loop(segment, 4 * SEGMENT, end):
        words = [f.local(load_i32(segment, 4 * i)) for i in range(SEGMENT)]
        code, code_end, column, chunks, data, work, work_size, left, *output = words
        results, results_end, out = output
        with f.loop(chunks, -1, 0):
            f.copy(work, data, work_size)
            f.set(data, data + work_size)
            f.store(word(FILLED_SIZE), column)
            with f.when(left < column):
                f.store(word(FILLED_SIZE), left)
            f.set(left, left - column)
            call = f.local(code)
            with f.when(call < code_end), f.loop(call, 12, code_end):
                table = load_i32(call, 4), load_i32(call, 8)
                f.call_indirect(0, load_i32(call), *table, column)
            with f.when(results):
                result = f.local(results)
                with f.loop(result, 4, results_end):
                    f.copy(out, load_i32(result), column)
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
        f.store(derivative, splat(0.0))
        f.set(derivative, derivative + REGISTER)
    return f


def _train() -> Function:
    """Whole epochs, until an error or a loss that isn't finite: before the step, as in Python.

    After each epoch the two totals go to `results`. Returns how many epochs were completed.
    """
    f = Function("train", (I32, I32, I32, F64, I32, I32, I32), I32, exported=True)
    segments, end, epochs, rate, parameters, gradients, results = f.arguments
    epoch = f.local(word(0))
    with f.loop(epoch, 1, epochs):
        f.store(word(TOTALS), splat(0.0))
        f.call(ALL_CHUNKS, segments, end)
        f.store(results, load(word(TOTALS)))
        loss = f.local(load_f64(results))
        f.set(results, results + REGISTER)
        finite = (loss - loss).equals(0.0)
        with f.when(load_i32(word(FAULT)) | finite.equals(0)):
            f.give(epoch)
        f.call(STEP, parameters, gradients, rate)
    f.give(epoch)
    return f


def _reserve() -> Function:
    """Make the memory larger, by a number of pages."""
    f = Function("reserve", (I32,), exported=True)
    f.grow(f.arguments[0])
    return f


@cache
def kernel_module() -> bytes:
    """The module's bytes. There is only one: programs differ in their tables."""
    functions = [make() for make in KERNELS.values()]
    functions += [_all_chunks(), _step(), _train(), _reserve()]
    return module(functions, list(KERNELS))
