"""Between the stages: whether what one hands to the next keeps the rules, and if not, which.

A broken rule is a bug in this package, never in what it compiles; `Broken` names the rule and the
node or address.
"""

from __future__ import annotations

from .ir import MAPS, NODE_RULES, START, UNIFORM, Graph, Program, is_computed, operands_of
from .kernels import TABLE_INDEX
from .layout import BLOCK, FLOAT, TOTALS, Layout, replaceable
from .tables import RUN_SIZE, TIMES_COLUMN, TIMES_UNIFORM, Call
from .tape import ARITY, LEAVES, Node, operands

CHEAP = 5_000
"""The most nodes that a program may have to be checked always; larger ones are checked only in
tests, which raise this limit."""


class Broken(AssertionError):
    """A stage has broken a rule of the next one."""


def require(holds: bool, rule: str, where: object) -> None:
    """Raise Broken where a rule does not hold.

    Args:
        holds: whether it does.
        rule: the rule as a sentence.
        where: the node, address or record that it is about.
    """
    if not holds:
        raise Broken(f"{rule}: {where}")


def check_tape(nodes: list[Node], results: list[int]) -> None:
    """A tape computes forwards, with operations that exist.

    Args:
        nodes: its operations.
        results: the indices of the results among them.
    """
    for index, node in enumerate(nodes):
        kind = node[0]
        if kind == "custom":
            require(len(node) >= 2 and len(node) % 2 == 0, "a custom gradient has pairs", node)
        elif kind not in LEAVES:
            require(kind in ARITY, "an operation exists", node)
            require(len(node) == 1 + ARITY[kind], "an operation has its number of operands", node)
        for operand in operands(node):
            require(0 <= operand < index, "an operand stands before its user", (index, node))
    for index in results:
        require(0 <= index < len(nodes), "a result is on the tape", index)


def check_graph(graph: Graph) -> None:
    """The nodes of `graph` keep the rules, begin with START, and are all used."""
    nodes = graph.nodes
    require(nodes[: len(START)] == START, "a graph begins alike", nodes[: len(START)])
    check_nodes(nodes)
    used = {*range(len(START)), *graph.results, *graph.unused}.union(*map(operands_of, nodes))
    for index in range(len(nodes)):
        require(index in used, "every node is used", (index, nodes[index]))
    for result in graph.results:
        require(nodes[result][0] not in UNIFORM, "a result is a column", nodes[result])


def check_program(program: Program) -> None:
    """The nodes of `program`, derivatives included, keep the rules; products are of columns."""
    nodes = program.nodes
    check_nodes(nodes)
    for product in program.gradients + program.totals:
        for factor in (product.a, product.b):
            require(0 <= factor < len(nodes), "a product's factors exist", product)
            require(nodes[factor][0] not in UNIFORM, "a product's factors are columns", product)


def check_nodes(nodes: list[Node]) -> None:
    """Each of `nodes` keeps NODE_RULES."""
    for index, node in enumerate(nodes):
        for rule in NODE_RULES:
            if not rule.holds(nodes, index):
                raise Broken(f"{rule.text}: {(index, node)}")


def check_layout(program: Program, layout: Layout) -> None:
    """Columns are whole blocks, aligned, and apart from each other; nodes follow their operands.

    Args:
        program: what was laid out.
        layout: where its nodes are.
    """
    nodes, addresses = program.nodes, layout.addresses
    require(layout.column % (BLOCK * FLOAT) == 0, "a column is whole blocks", layout.column)
    replaced = replaceable(program)
    columns = [
        addresses[i] for i, node in enumerate(nodes) if node[0] not in UNIFORM and i not in replaced
    ]
    require(len(set(columns)) == len(columns), "columns are apart", len(columns))
    for index, operand in replaced.items():
        same = addresses[index] == addresses[operand]
        require(same, "a column is replaced by the one made of it", index)
    first = layout.inputs
    for address in columns:
        inside = first <= address <= layout.end - layout.column
        aligned = (address - first) % layout.column == 0
        require(inside and aligned, "a column is in its row", address)
    require(max(layout.constants, default=0) < first, "constants lie before columns", first)
    computed = {i for i, node in enumerate(nodes) if not is_computed(node)}
    for call in layout.calls:
        for index in call:
            ready = computed.issuperset(operands_of(nodes[index]))
            require(ready, "a node is computed after its operands", (index, nodes[index][0]))
        require(len({nodes[index][0] for index in call}) == 1, "a call has one kind", call)
        computed.update(call)
    require(len(computed) == len(nodes), "every node is computed", len(nodes) - len(computed))


def check_tables(layout: Layout, calls: list[Call]) -> None:
    """Tables address columns where columns are expected, inside of the memory.

    Args:
        layout: where columns and numbers are.
        calls: the kernels with their tables.
    """
    column = _Columns(layout)
    for call in calls:
        require(call.kernel in TABLE_INDEX, "a kernel exists", call.kernel)
        require(call.count > 0, "a table has records", call.kernel)
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
    elif kernel == "clear":
        column.check(record[0])
    elif kernel in ("tile", "row"):
        columns = 6 if kernel == "tile" else 5
        for address in record[:columns]:
            column.check(address)
        for address in record[columns:]:
            require(TOTALS <= address < column.first, "a product has a place", address)
    else:
        words = 1 + MAPS[kernel]
        require(len(record) == max(words, 3), "a record of a map has its words", record)
        for address in record:
            column.check(address)


def _check_sums(table: list[int], column: _Columns, count: int) -> None:
    at = 0
    for _ in range(count):
        to, start, end = table[at : at + 3]
        column.check(to)
        column.check_uniform(start)
        require((end - 4 * at - 12) % RUN_SIZE == 0, "a record is whole runs", table[at : at + 3])
        for i in range(at + 3, end // 4, RUN_SIZE // 4):
            kind, length, a, a_step, b, b_step = table[i : i + 6]
            require(length > 0, "a run has terms", table[i : i + 6])
            column.check(a)
            column.check(a + a_step * (length - 1))
            if kind == TIMES_UNIFORM:
                column.check_uniform(b)
                column.check_uniform(b + b_step * (length - 1))
            elif kind == TIMES_COLUMN:
                column.check(b)
                column.check(b + b_step * (length - 1))
        at = end // 4
    require(at == len(table), "a table ends with its last record", at)


class _Columns:
    """Tells the addresses of columns from those of single numbers."""

    def __init__(self, layout: Layout) -> None:
        self.first, self.end, self.size = layout.inputs, layout.end, layout.column

    def check(self, address: int) -> None:
        inside = self.first <= address <= self.end - self.size
        aligned = (address - self.first) % self.size == 0
        require(inside and aligned, "a column is addressed", address)

    def check_uniform(self, address: int) -> None:
        require(0 < address < self.first and address % 8 == 0, "a number is addressed", address)
