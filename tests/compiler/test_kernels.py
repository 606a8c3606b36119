"""The assembler and the kernels' arithmetic, against Python's."""

import math
import random
import struct

import pytest

from minitorch import compile, operators
from minitorch.compiler.kernels import KERNELS
from minitorch.compiler.module import kernel_module
from minitorch.compiler.run_wasm import available
from minitorch.compiler.wasm import F64, I32, Function, constant, module, signed, unsigned
from minitorch.module import Parameter
from minitorch.scalar import Scalar

if not available():
    pytest.skip("nothing runs WebAssembly here", allow_module_level=True)

WIDE = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, -1e-300, 5e-324, 700.0, -700.0, 1e6, -1e6]


@pytest.mark.parametrize(
    ("value", "encoded"), [(0, "00"), (127, "7f"), (128, "8001"), (624485, "e58e26")]
)
def test_unsigned_numbers(value: int, encoded: str) -> None:
    assert unsigned(value).hex() == encoded


@pytest.mark.parametrize(
    ("value", "encoded"), [(0, "00"), (63, "3f"), (64, "c000"), (-1, "7f"), (-123456, "c0bb78")]
)
def test_signed_numbers(value: int, encoded: str) -> None:
    assert signed(value).hex() == encoded


def test_a_function_with_a_loop() -> None:
    """x added up n times"""
    wasmtime = pytest.importorskip("wasmtime")
    f = Function("times", (F64, I32), F64, exported=True)
    x, n = f.arguments
    result = f.local(constant(F64, 0.0))
    with f.when(n), f.loop(n, -1, 0):
        f.set(result, result + x)
    f.give(result)
    f._body += constant(F64, 0.0).code  # a function has to end with its value
    engine = wasmtime.Engine()
    store = wasmtime.Store(engine)
    code = wasmtime.Module(engine, module([f], []))
    times = wasmtime.Instance(store, code, []).exports(store)["times"]
    assert [times(store, 3.0, n) for n in (0, 1, 5)] == [0.0, 3.0, 15.0]


def test_the_module_is_small_and_valid() -> None:
    assert len(kernel_module()) < 8_000
    wasmtime = pytest.importorskip("wasmtime")
    wasmtime.Module.validate(wasmtime.Engine(), kernel_module())


def test_every_kernel_is_in_the_table() -> None:
    assert all(make().name == name for name, make in KERNELS.items())


def results(name: str, values: list[float]) -> list[float]:
    """A function of one Scalar, through its kernel."""
    compiled = compile(
        lambda x: x,
        [Parameter(Scalar(1.0))],
        values,
        predict=lambda x: getattr(x, name)(),
        backend="wasm",
    )
    return compiled.predict(values)


def ulps(got: float, expected: float) -> float:
    return 0.0 if got == expected else abs(got - expected) / math.ulp(expected)


def samples(low: float, high: float) -> list[float]:
    rng = random.Random(1)
    return [rng.uniform(low, high) for _ in range(20_000)]


def test_exp() -> None:
    values = samples(-745.2, 709.7) + samples(-1, 1) + [v for v in WIDE if v <= 709]
    values += [math.inf, -math.inf]
    for value, got in zip(values, results("exp", values), strict=True):
        assert ulps(got, math.exp(value)) <= 1, value


def test_sigmoid() -> None:
    values = samples(-800, 800) + samples(-3, 3) + WIDE + [math.inf, -math.inf]
    for value, got in zip(values, results("sigmoid", values), strict=True):
        assert ulps(got, operators.sigmoid(value)) <= 3, value


def test_log() -> None:
    values = [math.exp(v) for v in samples(-13, 700)] + samples(0, 2) + [-9e-7, 0.0, math.inf]
    for value, got in zip(values, results("log", values), strict=True):
        assert ulps(got, math.log(value + 1e-6)) <= 1, value


def test_relu() -> None:
    values = [*WIDE, math.inf, -math.inf, math.nan]
    assert [*map(repr, results("relu", values))] == [repr(operators.relu(v)) for v in values]


@pytest.mark.parametrize("name", ["exp", "sigmoid", "log"])
def test_what_is_no_number_stays_so(name: str) -> None:
    assert all(map(math.isnan, results(name, [math.nan, math.nan])))


def test_numbers_are_little_endian_words() -> None:
    assert constant(F64, 1.5).code[1:] == struct.pack("<d", 1.5)


def test_a_parameter_may_be_unused() -> None:
    unused = Parameter(Scalar(1.0), "unused")
    assert compile(lambda x: x, [unused], [1.0], backend="wasm").gradients() == [0.0]
