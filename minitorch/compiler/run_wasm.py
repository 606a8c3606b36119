"""Running a program as WebAssembly: natively through `wasmtime`, or wherever the host can.

A host has to provide only a function that instantiates a module (see `Instance`), which `use` sets;
in a browser that is one for the browser's own WebAssembly.
"""

from __future__ import annotations

import atexit
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from ..epochs import Epochs
from .image import EPOCHS_AT_ONCE, Image
from .layout import FAULT, FLOAT, PARAMETERS, TOTALS
from .module import kernel_module
from .plan import Plan, Stopped

PAGE = 65536


class Instance(Protocol):
    """A running module, with a memory of its own, as the host provides it."""

    def call(self, name: str, *arguments: float) -> Any:
        """Call the exported function `name` with `arguments`; return its result, if it has one."""

    def read(self, address: int, size: int) -> bytes | bytearray:
        """Copy `size` bytes out of the memory, from `address` on."""

    def write(self, address: int, content: bytes) -> None:
        """Copy `content` into the memory, from `address` on."""


Instantiate = Callable[[bytes], Instance]
_chosen: list[Instantiate] = []


def use(instantiate: Instantiate | None) -> None:
    """Set what runs WebAssembly here.

    Args:
        instantiate: makes an instance of the module that has the given bytes; None for the
            default again, `wasmtime` if it is installed.
    """
    _chosen[:] = [] if instantiate is None else [instantiate]


def available() -> Instantiate | None:
    """What runs WebAssembly here, if anything does."""
    if _chosen:
        return _chosen[0]
    return WasmtimeInstance if find_spec("wasmtime") else None


class WasmtimeInstance:
    """An `Instance` through the package `wasmtime`, of the module with the bytes `code`."""

    def __init__(self, code: bytes) -> None:
        wasmtime, engine, module = _compiled(code)
        self._store = wasmtime.Store(engine)
        exports = wasmtime.Instance(self._store, module, []).exports(self._store)
        self._exports: Any = exports
        self._memory: Any = exports["memory"]

    def call(self, name: str, *arguments: float) -> Any:
        """Call the exported function `name` with `arguments`."""
        return self._exports[name](self._store, *arguments)

    def read(self, address: int, size: int) -> bytearray:
        """Copy `size` bytes out of the memory, from `address` on."""
        content: bytearray = self._memory.read(self._store, address, address + size)
        return content

    def write(self, address: int, content: bytes) -> None:
        """Copy `content` into the memory, from `address` on."""
        self._memory.write(self._store, content, address)


@cache
def _compiled(code: bytes) -> tuple[Any, Any, Any]:
    wasmtime = import_module("wasmtime")  # not installed everywhere
    atexit.register(_compiled.cache_clear)  # while the package can still free what it made
    engine = wasmtime.Engine()
    return wasmtime, engine, wasmtime.Module(engine, code)


class WasmRunner:
    """Runs a plan in an instance of the kernel module.

    Args:
        plan: what is to be run.
        image: the plan as the module finds it in its memory.
        instantiate: makes the instance.

    Attributes:
        kernels: how many times a kernel is called for each chunk of samples.
        bytes: the memory that it takes.
    """

    name = "WebAssembly"

    def __init__(self, plan: Plan, image: Image, instantiate: Instantiate) -> None:
        self._plan = plan
        self.image, self.kernels, self.bytes = image, image.kernels, image.size
        self._segments = image.segments, image.segments_end
        self._instance = instantiate(kernel_module())
        self._instance.call("reserve", -(-image.size // PAGE))
        for address, content in image.contents:
            self._instance.write(address, content)
        image.contents.clear()

    def load(self, values: Sequence[float]) -> None:
        """Set the parameters to `values`."""
        self._instance.write(PARAMETERS, array("d", values).tobytes())

    def values(self) -> list[float]:
        """The parameters as they are now."""
        return self._floats(PARAMETERS, self.image.parameters).tolist()

    def train(self, into: Epochs, epochs: int, rate: float) -> None:
        """Take steps against the gradient of the mean loss.

        Args:
            into: what the epochs are added to, without their seconds.
            epochs: how many steps to take.
            rate: the learning rate.

        Raises:
            Stopped: an epoch can't be completed; the ones before it have been added.
        """
        while epochs > 0:
            batch = min(EPOCHS_AT_ONCE, epochs)
            done = self._train(batch, rate)
            totals = self._floats(self.image.results, 2 * done)
            into.extend(loss=totals[::2], correct=totals[1::2], seconds=array("d", [0.0]) * done)
            if done < batch:
                self._reset()
                raise Stopped
            epochs -= done

    def _train(self, epochs: int, rate: float) -> int:
        addresses = PARAMETERS, self.image.gradients, self.image.results
        return int(self._instance.call("train", *self._segments, epochs, rate, *addresses))

    def evaluate(self) -> tuple[float, float, list[float]]:
        """The loss, the number correct and the gradient of the mean loss, without a step."""
        self._reset()
        self._instance.call("all_chunks", *self._segments)
        loss, correct = self._floats(TOTALS, 2)
        gradients = self._floats(self.image.gradients, self.image.parameters).tolist()
        failed = self._failed()
        self._reset()
        if failed:
            raise Stopped
        return loss, correct, gradients

    def predict(self) -> list[array[float]]:
        """A column for each result, with a number for each sample."""
        output = self.image.output
        assert output is not None
        self._reset()
        self._instance.call("all_chunks", *self._segments)
        if self._failed():
            raise Stopped
        return output.columns(self._floats(output.address, output.size // FLOAT))

    def sample(self, index: int) -> tuple[list[float], list[float]]:
        """The results for the sample at `index` alone, and its share of the gradient."""
        segment = self.image.segment_of(*self._plan.find(index))
        self._reset()
        self._instance.write(self.image.alone, segment.tobytes())
        self._instance.call("all_chunks", self.image.alone, self.image.alone + 4 * len(segment))
        results = self._floats(TOTALS, 2).tolist()
        if self.image.output is not None:
            output = self.image.output
            content = self._floats(output.address, output.room * output.results)
            results = content[:: output.room].tolist()
        gradients = self._floats(self.image.gradients, self.image.parameters).tolist()
        failed = self._failed()
        self._reset()
        if failed:
            raise Stopped
        return results, gradients

    def _failed(self) -> bool:
        return self._instance.read(FAULT, 1)[0] != 0

    def _reset(self) -> None:
        """Clear the flag of a failure, the totals and the gradient."""
        self._instance.write(FAULT, bytes(TOTALS + 16))
        self._instance.write(self.image.gradients, bytes(FLOAT * self.image.parameters))

    def _floats(self, address: int, count: int) -> array[float]:
        return array("d", bytes(self._instance.read(address, FLOAT * count)))
