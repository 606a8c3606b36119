"""Stage 4: where everything lies in memory.

What varies from sample to sample is a *column*, an array over the samples, so that one
instruction of the processor works on neighbouring samples. A column is as long as a chunk, some
tens of samples: then all columns together stay in the processor's fast memory, however many
samples there are. Parameters lie side by side, and so do their derivatives.

Nodes are computed level by level: a node's level is one more than the highest of its operands.
Within a level, nodes of one kind are neighbours, in the program and in memory: so the addresses
of the terms of a layer's sums grow in equal steps, and the next stage sees loops in them.
"""

from __future__ import annotations

from dataclasses import dataclass

from .differentiate import Program
from .lower import ONE, VALID, inputs_of

FLOAT = 8  # bytes
BLOCK = 10  # samples that the kernel of sums works on at once: 5 registers of 2
CHUNK = 50  # samples in a column, at most about

FAULT, TOTALS, NOWHERE = 0, 16, 32  # the first bytes: a flag, two sums, a place for what is unused
PARAMETERS = 64

ELEMENTWISE = frozenset({"relu", "sigmoid", "log", "exp", "inv", "relu_back", "sigmoid_back"})
"""Operations that read a sample's number before they write that sample's."""


@dataclass
class Layout:
    """Addresses in bytes.

    Attributes:
        column: the bytes of a column.
        chunks: how often the program runs, to get through all samples.
        addresses: of every node: its column, or where its one number is.
        constants: the numbers to be put at addresses in advance.
        gradients: of the first parameter's derivative; the others follow.
        one: the column that holds ones.
        inputs: the first of the columns filled anew for each chunk; `VALID` is the last.
        inputs_size: the bytes of all of them.
        calls: the nodes to compute, those of one kind and level together.
        end: the first free address.
    """

    column: int
    chunks: int
    addresses: list[int]
    constants: dict[int, float]
    gradients: int
    one: int
    inputs: int
    inputs_size: int
    calls: list[list[int]]
    end: int

    @property
    def samples(self) -> int:
        """How many samples a chunk has room for."""
        return self.column // FLOAT


def lay_out(
    program: Program, samples: int, inputs: int, parameters: int, free: int = 0
) -> Layout:
    """Give every node of `program` its place, for so many samples, inputs and parameters.

    Programs that share parameters lie one after the other: the next from `free` on.
    """
    chunks = -(-samples // CHUNK)
    column = FLOAT * BLOCK * -(-samples // (BLOCK * chunks))
    gradients = PARAMETERS + _aligned(max(parameters, 1) * FLOAT)
    free = max(free, 2 * gradients - PARAMETERS)
    addresses = [0] * len(program.nodes)
    constants: dict[int, float] = {}
    for number, node in enumerate(program.nodes):
        if node[0] == "constant":
            addresses[number] = free
            constants[free] = node[1]
            free += FLOAT
        elif node[0] == "parameter":
            addresses[number] = PARAMETERS + node[1] * FLOAT
    first = _aligned(free)
    for number, node in enumerate(program.nodes):
        if node[0] == "input":
            addresses[number] = first + node[1] * column
    one = first + (inputs + 1) * column
    addresses[VALID], addresses[ONE] = first + inputs * column, one
    free = one + column
    calls = _calls(program)
    replaced = replaceable(program)
    for call in calls:
        for number in call:
            if number in replaced:
                addresses[number] = addresses[replaced[number]]
            else:
                addresses[number] = free
                free += column
    return Layout(
        column, chunks, addresses, constants, gradients, one, first, one - first, calls, free
    )


def replaceable(program: Program) -> dict[int, int]:
    """The nodes that may take the column of their first operand, which nothing else needs.

    So it is with what goes into a relu, and with the derivative that comes back to it: half of
    the columns of a network, which then fits the processor's fastest memory twice as often.
    """
    uses = [0] * len(program.nodes)
    for node in program.nodes:
        for operand in inputs_of(node):
            uses[operand] += 1
    for product in program.gradients + program.totals:
        uses[product.a] += 1
        uses[product.b] += 1
    for result in program.results:
        uses[result] += 1
    return {
        number: node[1]
        for number, node in enumerate(program.nodes)
        if node[0] in ELEMENTWISE and uses[node[1]] == 1 and inputs_of(program.nodes[node[1]])
    }


def _aligned(size: int) -> int:
    return -(-size // 16) * 16


def _calls(program: Program) -> list[list[int]]:
    """The nodes to compute, by level and kind."""
    levels: list[int] = []
    calls: dict[tuple[int, str], list[int]] = {}
    for number, node in enumerate(program.nodes):
        inputs = inputs_of(node)
        level = 1 + max([levels[i] for i in inputs]) if inputs else 0
        levels.append(level)
        if inputs:
            calls.setdefault((level, node[0]), []).append(number)
    return [calls[key] for key in sorted(calls)]
