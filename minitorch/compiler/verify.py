"""Between the stages: whether what one hands to the next keeps the rules, and if not, which.

A broken rule is a bug in this package, never in what it compiles; `Broken` names the rule and the
node or address.
"""

from __future__ import annotations

from .differentiate import FROM_INPUT, FROM_RESULT, Program
from .kernels import NUMBERS
from .layout import BLOCK, FLOAT, TOTALS, Layout, replaceable
from .lower import ONE, UNIFORM, VALID, ZERO, Graph, inputs_of
from .tables import RUN_SIZE, TIMES_COLUMN, TIMES_UNIFORM, Call
from .tape import ARITY, LEAVES, Node, operands

CHEAP = 5_000
"""Up to so many nodes a program is always checked; larger ones only in tests, which raise it."""


class Broken(AssertionError):
    """A stage has broken a rule of the next one."""


def rule(holds: bool, text: str, where: object) -> None:
    """Raise Broken with the text of a rule that does not hold."""
    if not holds:
        raise Broken(f"{text}: {where}")


def check_tape(nodes: list[Node], results: list[int]) -> None:
    """A tape computes forwards, with operations that exist."""
    for line, node in enumerate(nodes):
        op = node[0]
        if op == "given":
            rule(len(node) >= 2 and len(node) % 2 == 0, "a given node has pairs", node)
        elif op not in LEAVES:
            rule(op in ARITY, "an operation exists", node)
            rule(len(node) == 1 + ARITY[op], "an operation has its number of operands", node)
        for operand in operands(node):
            rule(0 <= operand < line, "an operand stands before its user", (line, node))
    for line in results:
        rule(0 <= line < len(nodes), "a result is on the tape", line)


def check_graph(graph: Graph) -> None:
    """Lowered code computes forwards, and uses what is uniform only where it may."""
    nodes = graph.nodes
    rule(nodes[:3] == [("constant", 0.0), ("one",), ("valid",)], "a graph begins alike", nodes[:3])
    _check_nodes(nodes)
    used = {ZERO, ONE, VALID, *graph.results}.union(*map(inputs_of, nodes))
    for number in range(len(nodes)):
        rule(number in used, "every node is used", (number, nodes[number]))
    for result in graph.results:
        rule(nodes[result][0] not in UNIFORM, "a result is a column", nodes[result])


def check_program(program: Program) -> None:
    """Derivatives are lowered code, too, and products are of columns."""
    nodes = program.nodes
    _check_nodes(nodes)
    for product in program.gradients + program.totals:
        for factor in (product.a, product.b):
            rule(0 <= factor < len(nodes), "a product's factors exist", product)
            rule(nodes[factor][0] not in UNIFORM, "a product's factors are columns", product)


def _check_nodes(nodes: list[Node]) -> None:
    known = ARITY | dict.fromkeys([*FROM_RESULT.values(), *FROM_INPUT.values()], 2)
    for number, node in enumerate(nodes):
        op = node[0]
        if op == "sum":
            rule(nodes[node[1]][0] in UNIFORM, "a sum starts with what is uniform", node)
            for a, _ in node[2]:
                rule(nodes[a][0] not in UNIFORM, "a term's first factor is a column", node)
        elif op not in LEAVES and op not in ("one", "valid", "given"):
            rule(op in known and op not in ("add", "mul", "neg"), "an operation exists", node)
            rule(len(node) == 1 + known[op], "an operation has its number of operands", node)
        for operand in inputs_of(node):
            rule(0 <= operand < number, "an operand stands before its user", (number, node))
            uniform = op != "sum" and nodes[operand][0] in UNIFORM
            rule(not uniform, "only sums use what is uniform", node)


def check_layout(program: Program, layout: Layout) -> None:
    """Columns are whole blocks, aligned, and apart from each other; nodes follow their operands."""
    nodes, addresses = program.nodes, layout.addresses
    rule(layout.column % (BLOCK * FLOAT) == 0, "a column is whole blocks", layout.column)
    replaced = replaceable(program)
    columns = [
        addresses[i]
        for i, node in enumerate(nodes)
        if node[0] not in UNIFORM and i not in replaced
    ]
    rule(len(set(columns)) == len(columns), "columns are apart", len(columns))
    for number, operand in replaced.items():
        same = addresses[number] == addresses[operand]
        rule(same, "a column is replaced by the one made of it", number)
    first = layout.inputs
    for address in columns:
        inside = first <= address <= layout.end - layout.column
        rule(inside and (address - first) % layout.column == 0, "a column is in its row", address)
    rule(max(layout.constants, default=0) < first, "constants lie before columns", first)
    computed = {i for i, node in enumerate(nodes) if node[0] in (*LEAVES, "one", "valid")}
    for call in layout.calls:
        for number in call:
            ready = computed.issuperset(inputs_of(nodes[number]))
            rule(ready, "a node is computed after its operands", (number, nodes[number][0]))
        rule(len({nodes[number][0] for number in call}) == 1, "a call has one kind", call)
        computed.update(call)
    rule(len(computed) == len(nodes), "every node is computed", len(nodes) - len(computed))


def check_tables(layout: Layout, calls: list[Call]) -> None:
    """Tables address columns where columns are expected, inside of the memory."""
    column = _Columns(layout)
    for call in calls:
        rule(call.kernel in NUMBERS, "a kernel exists", call.kernel)
        rule(call.count > 0, "a table has records", call.kernel)
        table = call.table.tolist()
        if call.kernel == "sum":
            _check_sums(table, column, call.count)
            continue
        width = len(table) // call.count
        for i in range(0, len(table), width):
            _check_record(call.kernel, table[i : i + width], column)


def _check_record(kernel: str, record: list[int], column: _Columns) -> None:
    if kernel == "pair":
        to, other, start, other_start, count, a, step, b, other_b, b_step = record
        for address in (to, other, a, a + step * (count - 1)):
            column.check(address)
        for address in (start, other_start, b, other_b, b + b_step * (count - 1)):
            column.check_uniform(address)
    elif kernel in ("tile", "row"):
        columns = 6 if kernel == "tile" else 5
        for address in record[:columns]:
            column.check(address)
        for address in record[columns:]:
            rule(TOTALS <= address < column.first, "a product has a place", address)
    else:
        rule(len(record) == 3, "a record of a map has 3 words", record)
        for address in record:
            column.check(address)


def _check_sums(table: list[int], column: _Columns, count: int) -> None:
    at = 0
    for _ in range(count):
        to, start, end = table[at : at + 3]
        column.check(to)
        column.check_uniform(start)
        rule((end - 4 * at - 12) % RUN_SIZE == 0, "a record is whole runs", table[at : at + 3])
        for i in range(at + 3, end // 4, RUN_SIZE // 4):
            kind, length, a, a_step, b, b_step = table[i : i + 6]
            rule(length > 0, "a run has terms", table[i : i + 6])
            column.check(a)
            column.check(a + a_step * (length - 1))
            if kind == TIMES_UNIFORM:
                column.check_uniform(b)
                column.check_uniform(b + b_step * (length - 1))
            elif kind == TIMES_COLUMN:
                column.check(b)
                column.check(b + b_step * (length - 1))
        at = end // 4
    rule(at == len(table), "a table ends with its last record", at)


class _Columns:
    """Tells the addresses of columns from those of numbers."""

    def __init__(self, layout: Layout) -> None:
        self.first, self.end, self.size = layout.inputs, layout.end, layout.column

    def check(self, address: int) -> None:
        inside = self.first <= address <= self.end - self.size
        rule(inside and (address - self.first) % self.size == 0, "a column is addressed", address)

    def check_uniform(self, address: int) -> None:
        rule(0 < address < self.first and address % 8 == 0, "a number is addressed", address)
