"""The browser's own WebAssembly, for what `minitorch.compiler` makes."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

if sys.platform == "emscripten":
    import js
else:
    js: Any = None  # where the bridge is tested without a browser, the compiler finds its own way


def install() -> None:
    """Let compiled models run as WebAssembly; the compiler is imported only when it is wanted."""
    if js is not None:
        from minitorch.compiler import use

        use(BrowserInstance)


@cache
def _module(code: bytes) -> Any:
    """The compiled module: there is but one, which every model instantiates."""
    return js.WebAssembly.Module.new(_bytes(code))


def _bytes(content: bytes) -> Any:
    copy = js.Uint8Array.new(len(content))
    copy.assign(content)
    return copy


class BrowserInstance:
    """A running module with a memory of its own."""

    def __init__(self, code: bytes) -> None:
        self._exports = js.WebAssembly.Instance.new(_module(code)).exports
        self._memory = self._exports.memory
        self._functions: dict[str, Any] = {}

    def call(self, name: str, *arguments: float) -> Any:
        """Call the exported function `name` with `arguments`."""
        if name not in self._functions:
            self._functions[name] = getattr(self._exports, name)
        return self._functions[name](*arguments)

    def read(self, address: int, size: int) -> bytes:
        """Copy `size` bytes out of the memory, from `address` on."""
        content: bytes = self._view(address, size).to_bytes()
        return content

    def write(self, address: int, content: bytes) -> None:
        """Copy `content` into the memory, to `address`."""
        self._view(address, len(content)).assign(content)

    def _view(self, address: int, size: int) -> Any:
        """A look at the memory, made anew each time: a memory that grows gets another buffer."""
        return js.Uint8Array.new(self._memory.buffer, address, size)
