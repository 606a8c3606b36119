"""The verifier names the rule that is broken. Each test breaks one."""

from collections.abc import Callable
from typing import Any

import pytest
from programs import Stages, stages

from minitorch.compiler.ir import START, Graph, Product, Program
from minitorch.compiler.layout import Layout
from minitorch.compiler.tables import Call
from minitorch.compiler.verify import (
    Broken,
    check_graph,
    check_layout,
    check_program,
    check_tables,
    check_tape,
)


@pytest.mark.parametrize(
    ("nodes", "results", "rule"),
    [
        ([("input", 0), ("tan", 0)], [1], "an operation exists"),
        ([("input", 0), ("add", 0)], [1], "its number of operands"),
        ([("input", 0), ("add", 0, 1)], [1], "stands before its user"),
        ([("input", 0)], [1], "a result is on the tape"),
        ([("input", 0), ("custom", 0, 0)], [1], "has pairs"),
    ],
)
def test_tapes(nodes: list[Any], results: list[int], rule: str) -> None:
    with pytest.raises(Broken, match=rule):
        check_tape(nodes, results)


@pytest.mark.parametrize(
    ("nodes", "results", "rule"),
    [
        ([("input", 0)], [0], "a graph begins alike"),
        ([*START, ("input", 0), ("input", 1)], [3], "every node is used"),
        ([*START, ("parameter", 0)], [3], "a result is a column"),
        ([*START, ("parameter", 0), ("exp", 3)], [4], "only sums use what is uniform"),
        ([*START, ("input", 0), ("sum", 3, [])], [4], "starts with what is uniform"),
        ([*START, ("sum", 0, [(0, None)])], [3], "first factor is a column"),
        ([*START, ("sum", 0, [(3, None)])], [3], "stands before its user"),
        ([*START, ("input", 0), ("mul", 3, 3)], [4], "an operation exists"),
    ],
)
def test_graphs(nodes: list[Any], results: list[int], rule: str) -> None:
    with pytest.raises(Broken, match=rule):
        check_graph(Graph(nodes, results))


def number_of(parts: Stages, kind: str) -> int:
    return next(i for i, node in enumerate(parts[0].nodes) if node[0] == kind)


def _product_of_a_parameter(parts: Stages) -> None:
    program = parts[0]
    program.gradients.append(Product(number_of(parts, "parameter"), 1, 0))


def _same_address(parts: Stages) -> None:
    addresses = parts[1].addresses
    addresses[number_of(parts, "log")] = addresses[parts[1].calls[0][0]]


def _between_columns(parts: Stages) -> None:
    parts[1].addresses[number_of(parts, "log")] += 16


def _replaced_by_another(parts: Stages) -> None:
    parts[1].addresses[number_of(parts, "relu")] += parts[1].column


def _wrong_order(parts: Stages) -> None:
    parts[1].calls.reverse()


def _forgotten(parts: Stages) -> None:
    parts[1].calls.pop()


def _odd_column(parts: Stages) -> None:
    parts[1].column += 16


def _unknown_kernel(parts: Stages) -> None:
    parts[2][0].kernel = "magic"


def _outside(parts: Stages) -> None:
    parts[2][-1].table[0] = parts[1].end


def _factor_that_is_a_column(parts: Stages) -> None:
    call = next(call for call in parts[2] if call.kernel == "pair")
    call.table[7] = parts[1].inputs


def check_all(program: Program, layout: Layout, calls: list[Call]) -> None:
    check_program(program)
    check_layout(program, layout)
    check_tables(layout, calls)


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        (_product_of_a_parameter, "factors are columns"),
        (_same_address, "columns are apart"),
        (_between_columns, "a column is in its row"),
        (_replaced_by_another, "a column is replaced by the one made of it"),
        (_wrong_order, "computed after its operands"),
        (_forgotten, "every node is computed"),
        (_odd_column, "a column is whole blocks"),
        (_unknown_kernel, "a kernel exists"),
        (_outside, "a column is addressed"),
        (_factor_that_is_a_column, "a number is addressed"),
    ],
)
def test_programs(harm: Callable[[Stages], None], rule: str) -> None:
    parts = stages(6)
    harm(parts)
    with pytest.raises(Broken, match=rule):
        check_all(*parts)
