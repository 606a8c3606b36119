"""Lowering: what is dropped, folded and fused, and that the order of additions stays."""

import time
from typing import Any

import pytest

from minitorch.compiler.ir import ONE, ZERO, Graph, operands_of
from minitorch.compiler.lower import lower
from minitorch.compiler.tape import Tape
from minitorch.compiler.verify import check_graph


@pytest.fixture
def tape() -> Tape:
    return Tape()


def lowered(tape: Tape, *results: int) -> Graph:
    graph = lower(tape.nodes, list(results))
    check_graph(graph)
    return graph


def kinds(graph: Graph) -> list[str]:
    return [node[0] for node in graph.nodes[3:]]


def sums(graph: Graph) -> list[tuple[Any, ...]]:
    return [node for node in graph.nodes if node[0] == "sum"]


def test_what_no_result_needs_is_dropped(tape: Tape) -> None:
    x = tape.add("input", 0)
    tape.add("exp", tape.add("mul", x, x))
    assert kinds(lowered(tape, tape.add("log", x))) == ["input", "log"]


def test_constants_are_folded(tape: Tape) -> None:
    x = tape.add("input", 0)
    six = tape.add("mul", tape.add("constant", 2.0), tape.add("constant", 3.0))
    seven = tape.add("add", six, tape.add("exp", tape.add("constant", 0.0)))
    graph = lowered(tape, tape.add("mul", x, seven))
    assert kinds(graph) == ["input", "constant", "sum"]
    assert ("constant", 7.0) in graph.nodes


def test_what_would_raise_is_left_for_the_run(tape: Tape) -> None:
    result = tape.add("inv", tape.add("constant", 0.0))
    assert kinds(lowered(tape, result)) == ["sum", "inv"]


def test_a_chain_is_one_sum_in_the_order_of_its_additions(tape: Tape) -> None:
    a, b, c = (tape.add("input", i) for i in range(3))
    w, bias = tape.add("parameter", 0), tape.add("parameter", 1)
    total = tape.add("add", bias, tape.add("mul", w, a))
    total = tape.add("add", total, tape.add("mul", b, c))
    total = tape.add("add", tape.add("neg", c), total)
    graph = lowered(tape, total)
    number = {node: i for i, node in enumerate(graph.nodes) if node[0] != "sum"}
    w, bias = number["parameter", 0], number["parameter", 1]
    a, b, c = (number["input", i] for i in range(3))
    minus = number["constant", -1.0]
    assert sums(graph) == [("sum", bias, [(a, w), (b, c), (c, minus)])]


def test_a_sum_that_is_used_twice_stays(tape: Tape) -> None:
    x, y = tape.add("input", 0), tape.add("input", 1)
    both = tape.add("add", x, y)
    assert len(sums(lowered(tape, tape.add("add", both, tape.add("mul", both, x))))) == 2


def test_two_chains_are_not_added_term_by_term(tape: Tape) -> None:
    """(a + b) + (c + d) rounds differently from ((a + b) + c) + d."""
    a, b, c, d = (tape.add("input", i) for i in range(4))
    total = tape.add("add", tape.add("add", a, b), tape.add("add", c, d))
    assert sorted(len(node[2]) for node in sums(lowered(tape, total))) == [2, 3]


def test_a_uniform_summand_within_a_chain(tape: Tape) -> None:
    x, y, w = tape.add("input", 0), tape.add("input", 1), tape.add("parameter", 0)
    (node,) = sums(lowered(tape, tape.add("add", tape.add("add", x, y), w)))
    assert node[1] == ZERO
    assert node[2][-1][0] == ONE


def test_a_result_that_is_uniform_becomes_a_column(tape: Tape) -> None:
    graph = lowered(tape, tape.add("parameter", 0))
    assert graph.nodes[graph.results[0]] == ("sum", 3, [])


def test_what_two_parameters_make_is_a_column(tape: Tape) -> None:
    v, w = tape.add("parameter", 0), tape.add("parameter", 1)
    graph = lowered(tape, tape.add("lt", tape.add("mul", v, w), w))
    assert kinds(graph).count("sum") == 3


def chain(length: int) -> float:
    tape = Tape()
    inputs = [tape.add("input", i) for i in range(3)]
    total = inputs[0]
    for i in range(length):
        w = tape.add("parameter", i)
        total = tape.add("add", total, tape.add("mul", inputs[i % 3], w))
    start = time.perf_counter()
    graph = lower(tape.nodes, [total])
    seconds = time.perf_counter() - start
    assert len(sums(graph)) == 1
    assert len(operands_of(sums(graph)[0])) > length
    return seconds


def test_a_chain_takes_time_in_proportion() -> None:
    short, long = (min(chain(length) for _ in range(3)) for length in (3_000, 30_000))
    assert long < 40 * short
