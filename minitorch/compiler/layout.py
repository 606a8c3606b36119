"""Stage 5: where everything lies in memory.

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

from .ir import NOTHING, ONE, Program, is_computed, operands_of

FLOAT = 8  # bytes
BLOCK = 10  # samples that the kernel of sums works on at once: 5 registers of 2
CHUNK = 50  # about the most samples that a column has

FAULT, FILLED_SIZE = 0, 8  # the first bytes: a flag; how much of a column is samples, in bytes;
TOTALS, NOWHERE = 16, 32  # two sums; a place for what is unused
PARAMETERS = 64

ELEMENTWISE = frozenset({"relu", "sigmoid", "log", "exp", "inv", "relu_back", "sigmoid_back"})
"""Maps that may write their result over their first operand: they read a sample's number before
they write that sample's."""


@dataclass
class Layout:
    """Addresses and sizes, in bytes.

    Attributes:
        column: the size of a column.
        chunks: how often the program runs, to get through all samples.
        addresses: for every node that of its column, or of its one number.
        constants: the numbers to be written in advance, by address.
        gradients: the address of the first parameter's derivative; the others follow.
        one: the column that holds ones; the next one holds zeros.
        inputs: the first of the columns filled anew for each chunk.
        inputs_size: the size of all of them.
        calls: the indices of the nodes to compute, those of one kind and level together.
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


def lay_out(program: Program, samples: int, inputs: int, parameters: int, free: int = 0) -> Layout:
    """Give every node of a program its place.

    Args:
        program: what is to be computed.
        samples: how many samples it is for.
        inputs: how many numbers each sample has.
        parameters: how many parameters there are.
        free: the first address that may be used: programs that share the parameters lie one after
            the other.
    """
    chunks = -(-samples // CHUNK)
    column = FLOAT * BLOCK * -(-samples // (BLOCK * chunks))
    gradients = PARAMETERS + _aligned(max(parameters, 1) * FLOAT)
    free = max(free, 2 * gradients - PARAMETERS)
    addresses = [0] * len(program.nodes)
    constants: dict[int, float] = {}
    for index, node in enumerate(program.nodes):
        if node[0] == "constant":
            addresses[index] = free
            constants[free] = node[1]
            free += FLOAT
        elif node[0] == "parameter":
            addresses[index] = PARAMETERS + node[1] * FLOAT
    first = _aligned(free)
    for index, node in enumerate(program.nodes):
        if node[0] == "input":
            addresses[index] = first + node[1] * column
    one = first + inputs * column
    addresses[ONE], addresses[NOTHING] = one, one + column
    free = one + 2 * column
    calls = _calls(program)
    replaced = replaceable(program)
    for call in calls:
        for index in call:
            if index in replaced:
                addresses[index] = addresses[replaced[index]]
            else:
                addresses[index] = free
                free += column
    return Layout(
        column, chunks, addresses, constants, gradients, one, first, one - first, calls, free
    )


def replaceable(program: Program) -> dict[int, int]:
    """The nodes of `program` that may take the column of their first operand, unneeded elsewhere.

    A relu may, and so may the derivative that it hands back. That saves half of the columns of a
    network, which then fits the processor's fastest memory twice as often.

    Returns:
        For the index of each such node that of its first operand.
    """
    uses = [0] * len(program.nodes)
    for node in program.nodes:
        for operand in operands_of(node):
            uses[operand] += 1
    for product in program.gradients + program.totals:
        uses[product.a] += 1
        uses[product.b] += 1
    for result in program.results:
        uses[result] += 1
    return {
        index: node[1]
        for index, node in enumerate(program.nodes)
        if node[0] in ELEMENTWISE and uses[node[1]] == 1 and is_computed(program.nodes[node[1]])
    }


def _aligned(size: int) -> int:
    return -(-size // 16) * 16


def _calls(program: Program) -> list[list[int]]:
    """The nodes to compute, by level and kind."""
    levels: list[int] = []
    calls: dict[tuple[int, str], list[int]] = {}
    for index, node in enumerate(program.nodes):
        operands = operands_of(node)
        level = 1 + max([levels[i] for i in operands]) if operands else 0
        levels.append(level)
        if operands:
            calls.setdefault((level, node[0]), []).append(index)
    return [calls[key] for key in sorted(calls)]
