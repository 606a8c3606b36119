"""Whether time grows with the number of operations, and no faster: chains of additions."""

import gc
import time
from statistics import median
from typing import NamedTuple

from minitorch.scalar import Scalar


class Chain(NamedTuple):
    """Nanoseconds per operation for a chain of `length` additions."""

    length: int
    forward: float
    backward: float
    free: float
    collector: float
    """What Python's collector of cycles adds, running now and then over all that is alive."""

    @property
    def total(self) -> float:
        return self.forward + self.backward + self.free


def once(length: int) -> tuple[float, float, float]:
    """Seconds for building a chain, going back through it, and dropping it."""
    x = total = Scalar(1.0)
    start = time.perf_counter()
    for _ in range(length):
        total = total + x
    built = time.perf_counter()
    total.backward()
    differentiated = time.perf_counter()
    del total
    freed = time.perf_counter()
    assert x.derivative == length + 1
    return built - start, differentiated - built, freed - differentiated


def several(length: int) -> list[float]:
    """Medians over several rounds, as nanoseconds per operation."""
    gc.collect()
    rounds = [once(length) for _ in range(max(3, min(300, 100_000 // length)))]
    return [median(seconds) / length * 1e9 for seconds in zip(*rounds, strict=True)]


def measure(length: int) -> Chain:
    """The time of the library alone, and then with the collector at work."""
    gc.disable()
    forward, backward, free = several(length)
    gc.enable()
    return Chain(length, forward, backward, free, sum(several(length)) - forward - backward - free)


def row(chain: Chain) -> str:
    return (
        f"{chain.length:>9,}  {chain.forward:8.0f}  {chain.backward:8.0f}  {chain.free:8.0f}"
        f"  {chain.total:8.0f}  {chain.collector:+10.0f}"
    )
