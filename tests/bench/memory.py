"""Bytes per operation of a graph that is held: by Python's account and by the system's.

Each graph is built in a process of its own, this file run as a program, so that nothing else is
in the way: `python memory.py "chain of additions" resident`.
"""

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import NamedTuple

from minitorch.autodiff import topological_sort
from minitorch.datasets import datasets
from minitorch.scalar import Scalar
from minitorch.training import ScalarTrain

HERE = Path(__file__).resolve()
STATUS = Path("/proc/self/statm")  # pages in use; not every system has it


class Graph(NamedTuple):
    """A kind of graph with its size and its bytes per operation; None where not to be had."""

    name: str
    operations: int
    tracemalloc: float
    resident: float | None


def chain() -> Scalar:
    x = total = Scalar(1.0)
    for _ in range(300_000):
        total = total + x
    return total


def xor() -> Scalar:
    """The loss of 500 points, all in one graph."""
    trainer = ScalarTrain(10, seed=0)
    total = Scalar(0.0)
    for point in datasets["Xor"](500, seed=0).X:
        total = total - trainer.run_one(point).log()
    return total


GRAPHS = {"Xor, hidden size 10": xor, "chain of additions": chain}


def resident_bytes() -> int:
    return int(STATUS.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def count_operations(result: Scalar) -> int:
    return sum(not variable.is_leaf() for variable in topological_sort(result))


def main(name: str, method: str) -> None:
    """Builds the graph and prints its operations and its bytes per operation."""
    gc.collect()
    if method == "tracemalloc":
        tracemalloc.start()
        result = GRAPHS[name]()
        used = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    else:
        before = resident_bytes()
        result = GRAPHS[name]()
        used = resident_bytes() - before
    operations = count_operations(result)
    print(json.dumps([operations, used / operations]))


def in_its_own_process(name: str, method: str) -> tuple[int, float]:
    path = os.pathsep.join(sys.path)
    output = subprocess.run(
        [sys.executable, HERE, name, method],
        env={**os.environ, "PYTHONPATH": path},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    operations, per_operation = json.loads(output)
    return operations, per_operation


def measure(name: str) -> Graph:
    operations, traced = in_its_own_process(name, "tracemalloc")
    resident = in_its_own_process(name, "resident")[1] if STATUS.exists() else None
    return Graph(name, operations, traced, resident)


def row(graph: Graph) -> str:
    resident = "-" if graph.resident is None else f"{graph.resident:.0f}"
    return f"{graph.name:20}  {graph.operations:>10,}  {graph.tracemalloc:>11.0f}  {resident:>8}"


if __name__ == "__main__":
    main(*sys.argv[1:])
