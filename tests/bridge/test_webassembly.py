"""The browser's WebAssembly as the compiler wants it, with a stand-in for the browser."""

from __future__ import annotations

from typing import Any

import pytest

from bridge import webassembly
from minitorch.compiler import run_wasm


class Memory:
    """Bytes that can be replaced by more, as a WebAssembly memory's are when it grows."""

    def __init__(self) -> None:
        self.buffer = bytearray(16)


class View:
    """A Uint8Array as Python sees it: a size, bytes, or a part of a buffer."""

    def __init__(self, of: Any, start: int = 0, size: int | None = None) -> None:
        self.of = bytearray(of) if isinstance(of, int) else of
        self.start, self.size = start, len(self.of) if size is None else size

    def assign(self, content: bytes) -> None:
        assert len(content) == self.size
        self.of[self.start : self.start + self.size] = content

    def to_bytes(self) -> bytes:
        return bytes(self.of[self.start : self.start + self.size])


class New:
    """A JavaScript class, which is called by `new`."""

    def __init__(self, make: Any) -> None:
        self.new = make


class FakeJs:
    """What the bridge uses of `js`; it counts what is compiled."""

    def __init__(self) -> None:
        self.compiled: list[bytes] = []
        self.memories: list[Memory] = []
        self.Uint8Array = New(View)
        self.WebAssembly = type(
            "WebAssembly", (), {"Module": New(self._module), "Instance": New(self._instance)}
        )

    def _module(self, code: View) -> View:
        self.compiled.append(code.to_bytes())
        return code

    def _instance(self, module: View) -> Any:
        memory = Memory()
        self.memories.append(memory)
        exports = {"memory": memory, "add": lambda *numbers: sum(numbers)}
        return type("Instance", (), {"exports": type("Exports", (), exports)})


@pytest.fixture
def js(monkeypatch: pytest.MonkeyPatch) -> FakeJs:
    fake = FakeJs()
    monkeypatch.setattr(webassembly, "js", fake)
    webassembly._module.cache_clear()
    return fake


def test_the_module_is_compiled_once_and_each_instance_has_its_memory(js: FakeJs) -> None:
    one, other = (webassembly.BrowserInstance(b"\0asm") for _ in range(2))
    assert js.compiled == [b"\0asm"]
    one.write(3, b"abc")
    assert (one.read(2, 5), other.read(2, 5)) == (b"\0abc\0", bytes(5))


def test_functions_are_called_with_numbers(js: FakeJs) -> None:
    instance = webassembly.BrowserInstance(b"\0asm")
    assert [instance.call("add", 1.0, 2.5), instance.call("add", 7)] == [3.5, 7]


def test_memory_that_has_grown_is_read_where_it_is_now(js: FakeJs) -> None:
    instance = webassembly.BrowserInstance(b"\0asm")
    instance.write(0, b"old")
    js.memories[0].buffer = bytearray(b"newer") + bytearray(60)
    assert instance.read(0, 5) == b"newer"


def test_the_compiler_uses_it_where_there_is_a_browser(js: FakeJs) -> None:
    before = run_wasm._chosen[:]
    try:
        webassembly.install()
        assert run_wasm.available() is webassembly.BrowserInstance
    finally:
        run_wasm._chosen[:] = before


def test_elsewhere_the_compiler_finds_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webassembly, "js", None)
    before = run_wasm._chosen[:]
    webassembly.install()
    assert run_wasm._chosen == before
