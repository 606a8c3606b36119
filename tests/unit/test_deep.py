"""Graphs deeper and wider than any stack: forward, backward, and gone afterwards."""

import gc
from collections.abc import Iterator

import pytest

from minitorch.scalar import Scalar


def alive() -> int:
    """How many Scalars there are."""
    return sum(type(thing) is Scalar for thing in gc.get_objects())


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """Counting references must be enough: a graph has no cycles to wait for a collection."""
    gc.collect()
    gc.disable()
    before = alive()
    try:
        yield
        assert alive() - before < 100
    finally:
        gc.enable()


@pytest.mark.task1_4
def test_a_chain_of_a_million_additions() -> None:
    x = total = Scalar(1.0)
    for _ in range(1_000_000):
        total = total + x
    total.backward()
    assert total.data == 1_000_001.0
    assert x.derivative == 1_000_001.0


@pytest.mark.task1_4
def test_a_sum_of_ten_thousand_terms() -> None:
    xs = [Scalar(float(i)) for i in range(10_000)]
    total = sum(x * x for x in xs)
    total.backward()
    assert total.data == sum(i * i for i in range(10_000))
    assert [x.derivative for x in xs] == [2.0 * i for i in range(10_000)]


@pytest.mark.task1_4
def test_ten_thousand_uses_of_one_node() -> None:
    x = Scalar(3.0)
    shared = x * x
    total = Scalar(0.0)
    for i in range(10_000):
        total = total + shared * float(i)
    total.backward()
    assert x.derivative == 6.0 * sum(range(10_000))


@pytest.mark.task1_4
def test_paths_that_double_at_every_step() -> None:
    # 2²⁰⁰ paths lead from x to the end: each node must be visited once, not once a path.
    x = y = Scalar(1.0)
    for _ in range(200):
        y = y + y
    y.backward()
    assert x.derivative == 2.0**200


def test_a_chain_dropped_without_going_backward() -> None:
    total = Scalar(0.0)
    for _ in range(100_000):
        total = (total + 1.0).relu()
    assert total.data == 100_000.0


def test_a_chain_that_is_still_held_in_the_middle() -> None:
    x = total = Scalar(1.0)
    middle = x
    for i in range(100_000):
        total = total + x
        if i == 50_000:
            middle = total
    del total
    middle.backward()
    assert x.derivative == 50_002.0


def test_a_running_total_over_many_rounds() -> None:
    weight = Scalar(0.5)
    for _ in range(20):
        total = Scalar(0.0)
        for i in range(2_000):
            total = total + weight * float(i)
        total.backward()
        weight.derivative = None
