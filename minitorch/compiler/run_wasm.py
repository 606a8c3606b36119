"""Running a program as WebAssembly: natively through `wasmtime`, or wherever the host can.

All that a host has to give is a function that instantiates a module (see `Instance`). `use` sets
it; in a browser that is done with the browser's own WebAssembly.
"""

from __future__ import annotations

import atexit
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from . import verify
from .kernels import NUMBERS
from .layout import FAULT, PARAMETERS, TOTALS, Layout, lay_out
from .module import SEGMENT, kernel_module
from .plan import Part, Plan, Stopped, Total
from .tables import Call, make_tables

PAGE = 65536
EPOCHS_AT_ONCE = 1000  # whose totals there is room for


class Instance(Protocol):
    """A running module, with a memory of its own, as the host provides it."""

    def call(self, name: str, *arguments: float) -> Any:
        """Call an exported function."""

    def read(self, address: int, size: int) -> bytes | bytearray:
        """Copy bytes out of the memory."""

    def write(self, address: int, content: bytes) -> None:
        """Copy bytes into the memory."""


Instantiate = Callable[[bytes], Instance]
_chosen: list[Instantiate] = []


def use(instantiate: Instantiate | None) -> None:
    """Set what runs WebAssembly here; None for the default again, `wasmtime` if it is installed."""
    _chosen[:] = [] if instantiate is None else [instantiate]


def available() -> Instantiate | None:
    """What runs WebAssembly here, if anything does."""
    if _chosen:
        return _chosen[0]
    return WasmtimeInstance if find_spec("wasmtime") else None


class WasmtimeInstance:
    """An `Instance` through the package `wasmtime`."""

    def __init__(self, code: bytes) -> None:
        wasmtime, engine, module = _compiled(code)
        self._store = wasmtime.Store(engine)
        exports = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._exports: Any = exports
        self._memory: Any = exports["memory"]

    def call(self, name: str, *arguments: float) -> Any:
        """Call an exported function."""
        return self._exports[name](self._store, *arguments)

    def read(self, address: int, size: int) -> bytearray:
        """Copy bytes out of the memory."""
        content: bytearray = self._memory.read(self._store, address, address + size)
        return content

    def write(self, address: int, content: bytes) -> None:
        """Copy bytes into the memory."""
        self._memory.write(self._store, content, address)


@cache
def _compiled(code: bytes) -> tuple[Any, Any, Any]:
    wasmtime = import_module("wasmtime")  # not installed everywhere
    atexit.register(_compiled.cache_clear)  # while the package can still free what it made
    engine = wasmtime.Engine()
    return wasmtime, engine, wasmtime.Module(engine, code)


class _Memory:
    """Gives out addresses, one after the other, and fills them when all is known."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.contents: list[tuple[int, bytes]] = []

    def put(self, content: bytes) -> int:
        """Keep `content` for later; return its address."""
        address = self.reserve(len(content))
        self.contents.append((address, content))
        return address

    def reserve(self, size: int) -> int:
        """The address of so many free bytes."""
        address = self.free
        self.free += -(-size // 16) * 16
        return address

    def fill(self, instance: Instance) -> None:
        """Make the instance's memory as large as is needed, and write the contents."""
        instance.call("reserve", -(-self.free // PAGE))
        for address, content in self.contents:
            instance.write(address, content)


class WasmRunner:
    """Runs a plan in an instance of the kernel module.

    Attributes:
        kernels: how many times a kernel is called for each chunk of samples.
        bytes: the memory that it takes.
    """

    name = "WebAssembly"

    def __init__(self, plan: Plan, instantiate: Instantiate) -> None:
        self._count = len(plan.parameters)
        self.kernels = 0
        segments = array("i")
        self._memory = memory = _Memory(0)
        self._outputs: list[tuple[int, int]] = []
        self._gradients = 0
        for part in plan.parts:
            layout = lay_out(part.program, part.count, part.inputs, self._count, memory.free)
            calls = make_tables(part.program, layout)
            if len(part.program.nodes) <= verify.CHEAP:
                verify.check_layout(part.program, layout)
                verify.check_tables(layout, calls)
            segments.extend(self._segment(part, layout, calls))
            self.kernels += len(calls)
            self._gradients = layout.gradients
        self._results = memory.reserve(16 * EPOCHS_AT_ONCE)
        self._segments = memory.put(segments.tobytes())
        self._segments_end = self._segments + 4 * len(segments)
        self.bytes = memory.free
        self._instance = instantiate(kernel_module())
        memory.fill(self._instance)
        memory.contents.clear()

    def _segment(self, part: Part, layout: Layout, calls: list[Call]) -> list[int]:
        """Place what a part needs; return its record, which `all_chunks` reads."""
        memory = self._memory
        memory.free = layout.end
        memory.contents += [
            (address, array("d", [value]).tobytes()) for address, value in layout.constants.items()
        ]
        memory.contents.append((layout.one, array("d", [1.0] * layout.samples).tobytes()))
        code = array("i")
        for call in calls:
            table = memory.put(call.table.tobytes())
            code.extend((NUMBERS[call.kernel], table, table + 4 * len(call.table)))
        at = memory.put(code.tobytes())
        data = memory.put(_chunked(part.columns, layout))
        result, out = 0, 0
        if not part.program.totals:
            result = layout.addresses[part.program.results[0]]
            out = memory.reserve(layout.column * layout.chunks)
            self._outputs.append((out, part.count))
        end = at + 4 * len(code)
        record = [at, end, layout.column, layout.chunks, data, layout.inputs, layout.inputs_size]
        record += [result, out]
        assert len(record) == SEGMENT
        return record

    def load(self, values: Sequence[float]) -> None:
        """Set the parameters."""
        self._instance.write(PARAMETERS, array("d", values).tobytes())

    def store(self) -> list[float]:
        """The parameters as they are now."""
        return self._numbers(PARAMETERS, self._count)

    def train(self, epochs: int, rate: float) -> list[Total]:
        """Take so many steps; return the totals of each epoch. Stopped tells what went wrong."""
        totals: list[Total] = []
        while len(totals) < epochs:
            batch = min(EPOCHS_AT_ONCE, epochs - len(totals))
            done = self._train(batch, rate)
            numbers = self._numbers(self._results, 2 * min(done + 1, batch))
            new = list(map(Total, numbers[::2], numbers[1::2]))
            totals += new[:done]
            if done < batch:
                self._reset()
                raise Stopped(totals)
        return totals

    def _train(self, epochs: int, rate: float) -> int:
        segments = self._segments, self._segments_end
        done = self._instance.call(
            "train", *segments, epochs, rate, PARAMETERS, self._gradients, self._results
        )
        return int(done)

    def evaluate(self) -> tuple[Total, list[float]]:
        """The totals and the gradient, without a step."""
        self._reset()
        self._instance.call("all_chunks", self._segments, self._segments_end)
        total = Total(*self._numbers(TOTALS, 2))
        gradients = self._numbers(self._gradients, self._count)
        wrong = self._instance.read(FAULT, 1)[0]
        self._reset()
        if wrong:
            raise Stopped
        return total, gradients

    def predict(self) -> array[float]:
        """The results for all samples."""
        self._reset()
        self._instance.call("all_chunks", self._segments, self._segments_end)
        if self._instance.read(FAULT, 1)[0]:
            raise Stopped
        ((out, count),) = self._outputs
        return array("d", bytes(self._instance.read(out, 8 * count)))

    def _reset(self) -> None:
        """Forget the flag, the totals and the gradient of what was stopped."""
        self._instance.write(FAULT, bytes(TOTALS + 16))
        self._instance.write(self._gradients, bytes(8 * self._count))

    def _numbers(self, address: int, count: int) -> list[float]:
        return array("d", bytes(self._instance.read(address, 8 * count))).tolist()


def _chunked(columns: Sequence[array[float]], layout: Layout) -> bytes:
    """The inputs chunk by chunk, each with its part of every column, and of `valid` at the end.

    The last samples stand also where there are none, where they count for nothing.
    """
    room, count = layout.samples, len(columns[0])
    fill = room * layout.chunks - count
    padded = [column + array("d", [column[-1]]) * fill for column in columns]
    padded.append(array("d", [1.0]) * count + array("d", [0.0]) * fill)
    chunks = range(0, room * layout.chunks, room)
    return b"".join([column[i : i + room].tobytes() for i in chunks for column in padded])
