"""An assembler for the corner of WebAssembly that the kernels need.

Expressions are Python expressions: `x + y` on two `Code`s is the code that adds them, and what
type they have decides which instruction that is. A `Function` collects statements; its loops are
`with` blocks.

The format: https://webassembly.github.io/spec/core/binary/
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

I32, I64, F64, V128, I64X2 = "i32", "i64", "f64", "v128", "i64x2"
_VALUE_TYPES = {I32: 0x7F, I64: 0x7E, F64: 0x7C, V128: 0x7B, I64X2: 0x7B}

# The instruction for an operation on a type, as in the specification's index.
_SIMD = 0xFD
_INSTRUCTIONS: dict[tuple[str, str], tuple[int, ...]] = {
    ("add", I32): (0x6A,),
    ("sub", I32): (0x6B,),
    ("lt", I32): (0x48,),
    ("eq", I32): (0x46,),
    ("or", I32): (0x72,),
    ("add", F64): (0xA0,),
    ("sub", F64): (0xA1,),
    ("eq", F64): (0x61,),
    ("add", V128): (_SIMD, 0xF0),
    ("sub", V128): (_SIMD, 0xF1),
    ("mul", V128): (_SIMD, 0xF2),
    ("div", V128): (_SIMD, 0xF3),
    ("max", V128): (_SIMD, 0xF5),
    ("neg", V128): (_SIMD, 0xED),
    ("abs", V128): (_SIMD, 0xEC),
    ("nearest", V128): (_SIMD, 0x94),
    ("floor", V128): (_SIMD, 0x75),
    ("eq", V128): (_SIMD, 0x47),
    ("lt", V128): (_SIMD, 0x49),
    ("le", V128): (_SIMD, 0x4B),
    ("and", V128): (_SIMD, 0x4E),
    ("or", I64X2): (_SIMD, 0x50),
    ("add", I64X2): (_SIMD, 0xCE),
    ("sub", I64X2): (_SIMD, 0xD1),
}


def unsigned(value: int) -> bytes:
    """LEB128: seven bits a byte, the lowest first; the top bit says that more follow."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value: int) -> bytes:
    """LEB128 of a number that may be negative: the last byte's bit 6 is its sign."""
    out = bytearray()
    while not -64 <= value < 64:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)


def _vector(items: Sequence[bytes]) -> bytes:
    return unsigned(len(items)) + b"".join(items)


def _value_type(type_: str) -> bytes:
    return bytes([_VALUE_TYPES[type_]])


def _sized(content: bytes) -> bytes:
    return unsigned(len(content)) + content


class Code:
    """The code that leaves one value on the stack.

    Args:
        type_: the value's type.
        code: the instructions, as bytes.
    """

    __slots__ = ("code", "type")

    def __init__(self, type_: str, code: bytes) -> None:
        self.type, self.code = type_, code

    def __add__(self, other: Code | float) -> Code:
        return operation("add", self, other)

    def __sub__(self, other: Code | float) -> Code:
        return operation("sub", self, other)

    def __mul__(self, other: Code | float) -> Code:
        return operation("mul", self, other)

    def __truediv__(self, other: Code | float) -> Code:
        return operation("div", self, other)

    def __lt__(self, other: Code | float) -> Code:
        return operation("lt", self, other)

    def __le__(self, other: Code | float) -> Code:
        return operation("le", self, other)

    def __and__(self, other: Code | float) -> Code:
        return operation("and", self, other)

    def __or__(self, other: Code | float) -> Code:
        return operation("or", self, other)

    def __neg__(self) -> Code:
        return operation("neg", self)

    def equals(self, other: Code | float) -> Code:
        """Whether the two are equal: `==` is left to Python."""
        return operation("eq", self, other)

    def as_type(self, type_: str) -> Code:
        """The same bits, seen as another type of 128 bits."""
        return Code(type_, self.code)


def constant(type_: str, value: float) -> Code:
    """The constant `value` of the type `type_`; for a vector, the same in both lanes."""
    if type_ == I32:
        return Code(I32, b"\x41" + signed(int(value)))
    if type_ == F64:
        return Code(F64, b"\x44" + struct.pack("<d", value))
    if type_ == V128:
        return Code(V128, b"\xfd\x0c" + struct.pack("<dd", value, value))
    return Code(I64X2, b"\xfd\x0c" + struct.pack("<QQ", int(value), int(value)))


def operation(name: str, *operands: Code | float) -> Code:
    """The instruction `name` for the type of the first of `operands`, applied to all of them."""
    first = operands[0]
    assert isinstance(first, Code)
    codes = [x if isinstance(x, Code) else constant(first.type, x) for x in operands]
    assert all(x.type == first.type for x in codes), (name, [x.type for x in codes])
    prefix, *rest = _INSTRUCTIONS[name, first.type]
    opcode = bytes([prefix]) + (unsigned(rest[0]) if rest else b"")
    compares = name in ("lt", "eq") and first.type == F64
    return Code(I32 if compares else first.type, b"".join(x.code for x in codes) + opcode)


def _memory(opcode: bytes, align: int, offset: int) -> bytes:
    return opcode + bytes([align]) + unsigned(offset)


def load_i32(address: Code, offset: int = 0) -> Code:
    """The 32 bits at `address` + `offset`."""
    return Code(I32, address.code + _memory(b"\x28", 2, offset))


def load_f64(address: Code, offset: int = 0) -> Code:
    """The float at `address` + `offset`."""
    return Code(F64, address.code + _memory(b"\x2b", 3, offset))


def load(address: Code, offset: int = 0) -> Code:
    """The two floats at `address` + `offset`, for two samples."""
    return Code(V128, address.code + _memory(b"\xfd\x00", 3, offset))


def load_both(address: Code, offset: int = 0) -> Code:
    """The float at `address` + `offset`, in both lanes."""
    return Code(V128, address.code + _memory(b"\xfd\x0a", 3, offset))


def both(value: Code) -> Code:
    """The float `value` in both lanes."""
    return Code(V128, value.code + b"\xfd\x14")


def lane(value: Code, index: int) -> Code:
    """One of the two floats of `value`: the one at `index`, 0 or 1."""
    return Code(F64, value.code + b"\xfd\x21" + bytes([index]))


def select(mask: Code, yes: Code, no: Code) -> Code:
    """In each lane, `yes` where the comparison `mask` holds, else `no`."""
    return Code(V128, yes.code + no.code + mask.code + b"\xfd\x52")


def any_true(mask: Code) -> Code:
    """Whether a comparison holds in any lane."""
    return Code(I32, mask.code + b"\xfd\x53")


def shift_left(value: Code, bits: int) -> Code:
    """Shift both integers of `value` by `bits`."""
    return Code(I64X2, value.code + constant(I32, bits).code + b"\xfd\xcb\x01")


def shift_right(value: Code, bits: int) -> Code:
    """Shift both integers of `value` by `bits`; zeros come in."""
    return Code(I64X2, value.code + constant(I32, bits).code + b"\xfd\xcd\x01")


class Local(Code):
    """A variable of a function.

    Args:
        type_: its type.
        index: its place among the function's parameters and locals.
    """

    __slots__ = ("index",)

    def __init__(self, type_: str, index: int) -> None:
        super().__init__(type_, b"\x20" + unsigned(index))
        self.index = index


class Function:
    """A function as it is written, statement by statement.

    Args:
        name: by which others call it.
        parameters: their types; `arguments` are then the variables.
        result: the type of what `give` returns, if anything.
        exported: whether the host may call it.
    """

    def __init__(
        self, name: str, parameters: Sequence[str], result: str = "", exported: bool = False
    ) -> None:
        self.name, self.parameters, self.result = name, tuple(parameters), result
        self.exported = exported
        self.arguments = [Local(type_, i) for i, type_ in enumerate(parameters)]
        self._locals: list[str] = []
        self._body = bytearray()

    def local(self, value: Code) -> Local:
        """A new variable with a first value."""
        variable = Local(value.type, len(self.parameters) + len(self._locals))
        self._locals.append(value.type)
        self.set(variable, value)
        return variable

    def set(self, variable: Local, value: Code) -> None:
        """variable = value"""
        self._body += value.code + b"\x21" + unsigned(variable.index)

    def store(self, address: Code, value: Code, offset: int = 0) -> None:
        """Write `value` to memory, at `address` + `offset`."""
        opcode, align = {I32: (b"\x36", 2), F64: (b"\x39", 3)}.get(value.type, (b"\xfd\x0b", 3))
        self._body += address.code + value.code + _memory(opcode, align, offset)

    def copy(self, to: Code, source: Code, size: Code) -> None:
        """Copy `size` bytes from the address `source` to the address `to`."""
        self._body += to.code + source.code + size.code + b"\xfc\x0a\x00\x00"

    def grow(self, pages: Code) -> None:
        """Ask for `pages` more pages of memory."""
        self._body += pages.code + b"\x40\x00\x1a"

    def call(self, index: int, *arguments: Code) -> None:
        """Call the module's function at `index`, which gives nothing, with `arguments`."""
        self._body += b"".join(a.code for a in arguments) + b"\x10" + unsigned(index)

    def call_indirect(self, type_index: int, index: Code, *arguments: Code) -> None:
        """Call a function of the module's table.

        Args:
            type_index: the index of the function's type among the module's.
            index: the function's index in the table.
            arguments: what to call it with.
        """
        self._body += b"".join(a.code for a in arguments) + index.code
        self._body += b"\x11" + unsigned(type_index) + b"\x00"

    def give(self, value: Code) -> None:
        """return value"""
        self._body += value.code + b"\x0f"

    @contextmanager
    def loop(self, variable: Local, step: int, end: Code | int) -> Iterator[None]:
        """do { … variable += step } while (variable != end): the block runs at least once"""
        self._body += b"\x03\x40"
        yield
        self.set(variable, variable + step)
        last = end if isinstance(end, Code) else constant(I32, end)
        self._body += variable.code + last.code + b"\x47\x0d\x00\x0b"  # i32.ne br_if end

    @contextmanager
    def when(self, condition: Code) -> Iterator[None]:
        """if (condition) { … }"""
        self._body += condition.code + b"\x04\x40"
        yield
        self._body += b"\x0b"

    def otherwise(self) -> None:
        """Begin the `else` of the `when` that is open."""
        self._body += b"\x05"

    @property
    def type(self) -> bytes:
        """The function's type, as the module lists it."""
        results = [self.result] if self.result else []
        signature = self.parameters, results
        return b"\x60" + b"".join(_vector(list(map(_value_type, types))) for types in signature)

    def encode(self) -> bytes:
        """The function's body, as the module lists it."""
        locals_ = _vector([b"\x01" + _value_type(t) for t in self._locals])
        return _sized(locals_ + bytes(self._body) + b"\x0b")


def module(functions: Sequence[Function], table: Sequence[str]) -> bytes:
    """The bytes of a module with a memory.

    Args:
        functions: all of its functions.
        table: the names of those that go into its table, for indirect calls.
    """
    types = list(dict.fromkeys(f.type for f in functions))
    names = [f.name for f in functions]
    exports = [
        _sized(f.name.encode()) + b"\x00" + unsigned(i)
        for i, f in enumerate(functions)
        if f.exported
    ]
    exports.append(_sized(b"memory") + b"\x02\x00")
    entries = _vector([unsigned(names.index(name)) for name in table])
    sections = {
        1: _vector(types),
        3: _vector([unsigned(types.index(f.type)) for f in functions]),
        4: _vector([b"\x70\x00" + unsigned(len(table))]),
        5: _vector([b"\x00\x01"]),
        7: _vector(exports),
        9: _vector([b"\x00" + constant(I32, 0).code + b"\x0b" + entries]),
        10: _vector([f.encode() for f in functions]),
    }
    body = b"".join(bytes([id_]) + _sized(content) for id_, content in sections.items())
    return b"\0asm\x01\0\0\0" + body
