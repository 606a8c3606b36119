"""Stage 7: the memory image, all that the kernels find in memory when they start.

For each part of a plan there is a *segment*: a record that says where its code, its tables and its
samples are. `Linker` gives out addresses, one after the other.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from .kernels import TABLE_INDEX
from .layout import FLOAT, Layout
from .module import ALL_SAMPLES, CHUNKS, COLUMN_SIZE, DATA, INPUTS_SIZE, SEGMENT
from .plan import Part
from .tables import Call

EPOCHS_AT_ONCE = 1000  # for whose totals there is room


@dataclass
class Output:
    """Where a prediction's results are written, chunk by chunk, in each a column per result.

    Attributes:
        address: of the first column.
        results: how many results there are.
        samples: how many samples there are.
        room: how many samples a column has room for.
        chunks: how many chunks there are.
    """

    address: int
    results: int
    samples: int
    room: int
    chunks: int

    @property
    def size(self) -> int:
        """The bytes of all of them."""
        return FLOAT * self.room * self.results * self.chunks

    def columns(self, content: array[float]) -> list[array[float]]:
        """One array for each result, out of the `content` of the memory from `address` on."""
        columns = [array("d") for _ in range(self.results)]
        for chunk in range(self.chunks):
            for i, column in enumerate(columns):
                start = (chunk * self.results + i) * self.room
                column.extend(content[start : start + self.room])
        return [column[: self.samples] for column in columns]


@dataclass
class Image:
    """Memory as it is to be filled, and where in it things are; addresses and sizes in bytes.

    Attributes:
        contents: what to write, each with its address.
        size: how much memory is needed.
        parameters: how many parameters there are.
        segments: the address of the segments.
        segments_end: the end of them.
        alone: where there is room for another segment, one for a single sample.
        words: the segments themselves.
        gradients: the address of the first parameter's derivative.
        results: the address of the totals of EPOCHS_AT_ONCE epochs.
        output: where a prediction's results are written; None for training.
        kernels: how many times a kernel is called for each chunk of samples.
    """

    contents: list[tuple[int, bytes]]
    size: int
    parameters: int
    segments: int
    segments_end: int
    alone: int
    words: array[int]
    gradients: int
    results: int
    output: Output | None
    kernels: int

    def segment_of(self, part: int, place: int) -> array[int]:
        """The segment for a single sample.

        Args:
            part: which part of the plan it is in, counted from 0.
            place: its place there.
        """
        segment = self.words[SEGMENT * part : SEGMENT * (part + 1)]
        chunk, offset = divmod(FLOAT * place, segment[COLUMN_SIZE])
        segment[DATA] += chunk * segment[INPUTS_SIZE] + offset
        segment[CHUNKS], segment[ALL_SAMPLES] = 1, FLOAT
        return segment


class Linker:
    """Places the parts of a plan, one after the other.

    Args:
        parameters: how many parameters there are.

    Attributes:
        free: the first free address, from which on the next part may be laid out.
    """

    def __init__(self, parameters: int) -> None:
        self.free = 0
        self._parameters = parameters
        self._contents: list[tuple[int, bytes]] = []
        self._segments = array("i")
        self._gradients = self._kernels = 0
        self._output: Output | None = None

    def add(self, part: Part, layout: Layout, calls: list[Call]) -> None:
        """Place what a part needs, and make its segment.

        Args:
            part: the program with its samples.
            layout: the program's addresses, from `free` on.
            calls: the kernels to call, with their tables.
        """
        self.free = layout.end
        for address, value in layout.constants.items():
            self._contents.append((address, array("d", [value]).tobytes()))
        self._contents.append((layout.one, array("d", [1.0] * layout.samples).tobytes()))
        code = array("i")
        for call in calls:
            table = self._put(call.table.tobytes())
            code.extend((TABLE_INDEX[call.kernel], table, table + 4 * len(call.table)))
        at = self._put(code.tobytes())
        data = self._put(_chunked(part, layout))
        inputs = layout.inputs, layout.inputs_size
        segment = [at, at + 4 * len(code), layout.column, layout.chunks, data, *inputs]
        segment.append(FLOAT * part.count)
        segment += [0, 0, 0] if part.program.totals else self._place_output(part, layout)
        assert len(segment) == SEGMENT
        self._segments.extend(segment)
        self._kernels += len(calls)
        self._gradients = layout.gradients

    def _place_output(self, part: Part, layout: Layout) -> list[int]:
        columns = array("i", [layout.addresses[result] for result in part.program.results])
        results = self._put(columns.tobytes())
        self._output = output = Output(
            self.free, len(columns), part.count, layout.samples, layout.chunks
        )
        self._reserve(output.size)
        return [results, results + 4 * len(columns), output.address]

    def finish(self) -> Image:
        """Place the segments; give the whole."""
        results = self._reserve(16 * EPOCHS_AT_ONCE)
        segments = self._put(self._segments.tobytes())
        return Image(
            self._contents,
            self.free,
            self._parameters,
            segments,
            segments + 4 * len(self._segments),
            self._reserve(4 * SEGMENT),
            self._segments,
            self._gradients,
            results,
            self._output,
            self._kernels,
        )

    def _put(self, content: bytes) -> int:
        """Note `content` down for the next free address; return that."""
        address = self._reserve(len(content))
        self._contents.append((address, content))
        return address

    def _reserve(self, size: int) -> int:
        """The address of the next `size` free bytes."""
        address = self.free
        self.free += -(-size // 16) * 16
        return address


def _chunked(part: Part, layout: Layout) -> bytes:
    """The inputs chunk by chunk, each with its part of every column.

    Where there are no samples left the last one is repeated; it isn't added to any sum.
    """
    room = layout.samples
    fill = room * layout.chunks - part.count
    padded = [column + array("d", [column[-1]]) * fill for column in part.columns]
    chunks = range(0, room * layout.chunks, room)
    return b"".join([column[i : i + room].tobytes() for i in chunks for column in padded])
