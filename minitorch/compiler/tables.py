"""Stage 6: the program as data: which kernel runs, and a table of addresses for each.

The kernels are few and know no network; a new graph is only new tables. The addresses of the
terms of a sum are recorded as *runs*, arithmetic progressions:

    (kind, count, a, step of a, b, step of b)

A dense layer's sums are one run each, so the loop over a layer's inputs, which tracing had
unrolled, comes back by itself.

A record of each kernel, in 32-bit numbers:

    sum     to, start, end of the record, then runs
    pair    two sums over the same columns: to, to, start, start, count, a, step, b, b, step
    tile    products of 4 columns with 2: their 6 addresses, then 8 to add the results to
    clear   the column
    maps    to, a, b, or as many operands as it has
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .ir import NOTHING, ONE, UNIFORM, ZERO, Product, Program, Term
from .layout import FLOAT, NOWHERE, TOTALS, Layout
from .tape import Node

COLUMN, TIMES_UNIFORM, TIMES_COLUMN = 0, 1, 2  # the kinds of runs: a, a·b with b uniform, a·b
RUN_SIZE = 24
PAIR_AT_LEAST = 3  # terms: with fewer, setting up a pair costs more than it saves

Run = list[int]


@dataclass
class Call:
    """A kernel with its table.

    Attributes:
        kernel: its name.
        table: the records, one after the other, in 32-bit numbers.
        count: how many records there are.
    """

    kernel: str
    table: array[int]
    count: int


def make_tables(program: Program, layout: Layout) -> list[Call]:
    """Translate `program`, laid out as `layout` says, to calls of kernels, in order."""
    calls = []
    for indices in layout.calls:
        kind = program.nodes[indices[0]][0]
        if kind in ("sum", "custom"):
            calls += _sums(program.nodes, layout, indices)
        else:
            calls.append(_maps(program.nodes, layout, kind, indices))
    calls += _clear(layout, program.gradients + program.totals)
    into = [layout.gradients, TOTALS]
    for base, products in zip(into, (program.gradients, program.totals), strict=True):
        calls += _tiles(layout, products, base)
    return calls


def _clear(layout: Layout, products: list[Product]) -> list[Call]:
    """Clear what is to be added up over the samples; the ones and the zeros may stay."""
    factors = dict.fromkeys(factor for product in products for factor in (product.a, product.b))
    columns = [[layout.addresses[factor]] for factor in factors if factor not in (ONE, NOTHING)]
    return [_call("clear", columns)] if columns else []


def _call(kernel: str, records: Sequence[Sequence[int]]) -> Call:
    return Call(kernel, array("i", [word for record in records for word in record]), len(records))


def _maps(nodes: list[Node], layout: Layout, kind: str, indices: list[int]) -> Call:
    address = layout.addresses
    records: list[list[int]] = []
    for index in indices:
        node = nodes[index]
        operands = node[1:] if len(node) > 2 else node[1:] * 2
        records.append([address[index], *[address[operand] for operand in operands]])
    return _call(kind, records)


def _sums(nodes: list[Node], layout: Layout, indices: list[int]) -> list[Call]:
    """The sums of one level: in pairs where two neighbours go over the same columns."""
    single, pairs = [], []
    waiting: tuple[int, int, list[Run]] | None = None
    for index in indices:
        node = nodes[index]
        start, terms = (node[1], node[2]) if node[0] == "sum" else _copy(node)
        record = layout.addresses[index], layout.addresses[start], _runs(nodes, layout, terms)
        if waiting is not None and _same_columns(waiting[2], record[2]):
            pairs.append(_pair(waiting, record))
            waiting = None
            continue
        if waiting is not None:
            single.append(waiting)
        waiting = record
    if waiting is not None:
        single.append(waiting)
    calls = [_call("pair", pairs)] if pairs else []
    return [*calls, Call("sum", _sum_records(single), len(single))] if single else calls


def _copy(custom: Node) -> tuple[int, list[Term]]:
    """A custom gradient's value is that of its first operand: a sum of it alone."""
    return ZERO, [(custom[1], None)]


def _same_columns(left: list[Run], right: list[Run]) -> bool:
    if len(left) != 1 or len(right) != 1 or left[0][1] < PAIR_AT_LEAST:
        return False
    (kind, count, a, step, _, b_step), other = left[0], right[0]
    return kind == TIMES_UNIFORM and other[:4] == [kind, count, a, step] and other[5] == b_step


def _pair(left: tuple[int, int, list[Run]], right: tuple[int, int, list[Run]]) -> Run:
    _, count, a, step, b, b_step = left[2][0]
    return [left[0], right[0], left[1], right[1], count, a, step, b, right[2][0][4], b_step]


def _sum_records(records: Iterable[tuple[int, int, list[Run]]]) -> array[int]:
    """Records whose ends are counted from the table's beginning."""
    table = array("i")
    for to, start, runs in records:
        end = 4 * len(table) + 12 + RUN_SIZE * len(runs)
        table.extend((to, start, end))
        for run in runs:
            table.extend(run)
    return table


def _runs(nodes: list[Node], layout: Layout, terms: list[Term]) -> list[Run]:
    """The terms as runs, each as long as the addresses grow in equal steps."""
    address = layout.addresses
    runs: list[Run] = []
    last_kind, last_a, last_b = -1, 0, 0
    run: Run = []
    for term_a, term_b in terms:
        a, b = address[term_a], 0
        if term_b is None:
            kind = COLUMN
        else:
            kind = TIMES_UNIFORM if nodes[term_b][0] in UNIFORM else TIMES_COLUMN
            b = address[term_b]
        if kind == last_kind and run[1] == 1:
            run[1], run[3], run[5] = 2, a - last_a, b - last_b
        elif kind == last_kind and run[3] == a - last_a and run[5] == b - last_b:
            run[1] += 1
        else:
            run = [kind, 1, a, 0, b, 0]
            runs.append(run)
        last_kind, last_a, last_b = kind, a, b
    return runs


def _tiles(layout: Layout, products: list[Product], base: int) -> list[Call]:
    """Group products so that 4 columns times 2 others make 8 at once."""
    by_column: dict[int, list[Product]] = {}
    for product in products:
        by_column.setdefault(product.a, []).append(product)
    groups: dict[tuple[int, ...], list[list[Product]]] = {}
    for partners in by_column.values():
        groups.setdefault(tuple([product.b for product in partners]), []).append(partners)
    tiles: dict[str, list[list[int]]] = {"tile": [], "row": []}
    for rows in groups.values():
        _cover(layout, rows, base, tiles)
    return [_call(kernel, records) for kernel, records in tiles.items() if records]


def _cover(
    layout: Layout, rows: list[list[Product]], base: int, tiles: dict[str, list[list[int]]]
) -> None:
    """Cover a table of products, a row for each a, a column for each b, with tiles of 4 x 2."""
    address = layout.addresses
    sides = [address[row[0].a] for row in rows], [address[product.b] for product in rows[0]]
    into = [[base + FLOAT * product.into for product in row] for row in rows]
    if _tiles_needed(len(sides[1]), len(sides[0])) < _tiles_needed(len(sides[0]), len(sides[1])):
        sides = sides[1], sides[0]
        into = [list(column) for column in zip(*into, strict=True)]
    four, two = sides
    for i in range(0, len(four), 4):
        for j in range(0, len(two), 2):
            width = min(2, len(two) - j)
            firsts = [four[min(i + k, len(four) - 1)] for k in range(4)]
            seconds = two[j : j + width]
            places = [
                into[i + k][j + m] if i + k < len(four) else NOWHERE
                for k in range(4)
                for m in range(width)
            ]
            tiles["tile" if width == 2 else "row"].append([*firsts, *seconds, *places])


def _tiles_needed(four: int, two: int) -> int:
    """The work of covering, in multiplications for each sample."""
    return -(-four // 4) * 4 * two
