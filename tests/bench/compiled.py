"""The compiled engine beside C, plain JavaScript, the eager engine and straight-line Python.

Each contender trains the same network on the same points, in blocks, in turn, so that all meet
the same noise: the ratios hold where the times don't. C and JavaScript are processes that are
told how many epochs to run and answer with the seconds; see contenders/.
"""

import base64
import json
import math
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import tensors

from minitorch import compiler
from minitorch.compiler import run_wasm
from minitorch.compiler.layout import PARAMETERS
from minitorch.compiler.module import kernel_module
from minitorch.datasets import Dataset, datasets
from minitorch.nn import Network
from minitorch.training import ScalarTrain, log_loss

HERE = Path(__file__).resolve().parent / "contenders"
RATE = 0.05
BLOCK_SECONDS = 0.1

Run = Callable[[int], tuple[float, float]]  # epochs -> seconds, the last loss


class Row(NamedTuple):
    """Seconds per epoch of each contender, a number for each block."""

    hidden: int
    points: int
    seconds: dict[str, list[float]]

    def ratio(self, name: str) -> float:
        """How many times as long as C it takes, the median over the blocks."""
        pairs = zip(self.seconds[name], self.seconds["C"], strict=True)
        return median(ours / theirs for ours, theirs in pairs)


class Recorder:
    """An `Instance` that runs nothing and remembers how its memory was filled."""

    def __init__(self, code: bytes) -> None:
        self.calls: list[list[Any]] = []

    def call(self, name: str, *arguments: float) -> int:
        self.calls.append([name, *arguments])
        return 0

    def read(self, address: int, size: int) -> bytes:
        return bytes(size)

    def write(self, address: int, content: bytes) -> None:
        self.calls.append(["write", address, base64.b64encode(content).decode()])


def compiled(hidden: int, data: Dataset, backend: str = "auto") -> compiler.Compiled:
    """The training of `ScalarTrain`."""
    model = Network(hidden, seed=0)

    def loss(x: Any, label: int) -> Any:
        return log_loss(model(x), label)

    return compiler.compile(loss, model, data.X, data.y, backend=backend)


@contextmanager
def recording() -> Iterator[list[Recorder]]:
    """Programs are compiled for a host that only takes notes, meanwhile."""
    made: list[Recorder] = []

    def instantiate(code: bytes) -> Recorder:
        made.append(Recorder(code))
        return made[-1]

    run_wasm.use(instantiate)
    try:
        yield made
    finally:
        run_wasm.use(None)


def write_program(folder: Path, runner: Any, recorder: Recorder, trains: bool) -> None:
    """Write what kernels.mjs reads."""
    (folder / "kernels.wasm").write_bytes(kernel_module())
    train = {
        "segments": [runner.image.segments, runner.image.segments_end],
        "rate": RATE,
        "parameters": PARAMETERS,
        "gradients": runner.image.gradients,
        "results": runner.image.results if trains else 0,
    }
    calls = [call for call in recorder.calls if call[0] in ("reserve", "write")]
    (folder / "program.json").write_text(json.dumps({"calls": calls, "train": train}))


def in_node(folder: Path, hidden: int, data: Dataset) -> list[str]:
    """Write the compiled training to `folder`; return the command that runs it."""
    with recording() as made:
        run = compiled(hidden, data)
        run.load()
    write_program(folder, run._runner, made[0], trains=True)
    return ["node", str(HERE / "kernels.mjs"), str(folder)]


def boundary_in_node(folder: Path, hidden: int, side: int = 64) -> list[str]:
    """The same for one prediction of a square grid."""
    middles = [(i + 0.5) / side for i in range(side)]
    with recording() as made:
        run = compiled(hidden, datasets["Xor"](50, seed=0))
        points = run.at([(x1, x2) for x2 in middles for x1 in middles])
        points()  # which writes the parameters
    write_program(folder, points._made.runner, made[1], trains=False)
    return ["node", str(HERE / "kernels.mjs"), str(folder)]


def build_c(folder: Path) -> Path:
    program = folder / "epoch"
    options = ["-O3", "-march=native", "-o", program, HERE / "epoch.c", "-lm"]
    subprocess.run(["gcc", *options], check=True)
    return program


def write_problem(folder: Path, hidden: int, data: Dataset) -> Path:
    """The network and the points as numbers in a file."""
    values = [p.value.data for p in Network(hidden, seed=0).parameters()]
    numbers = [hidden, data.N, RATE, len(values), *values]
    numbers += [v for x, label in zip(data.X, data.y, strict=True) for v in (*x, label)]
    file = folder / f"{hidden}-{data.N}.txt"
    file.write_text(" ".join(map(repr, numbers)))
    return file


@contextmanager
def process(command: list[Any]) -> Iterator[Run]:
    """A contender that runs beside this one and waits for its turn."""
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdin is not None
    assert running.stdout is not None
    stdin, stdout = running.stdin, running.stdout

    def run(epochs: int) -> tuple[float, float]:
        stdin.write(f"{epochs}\n")
        stdin.flush()
        seconds, loss = stdout.readline().split()
        return float(seconds), float(loss)

    try:
        yield run
    finally:
        stdin.close()
        running.wait()


def here(run: compiler.Compiled) -> Run:
    """A contender in this process."""

    def train(epochs: int) -> tuple[float, float]:
        start = time.perf_counter()
        records = run.train(epochs, RATE, store=False)
        return time.perf_counter() - start, records[-1].loss

    return train


def eager(hidden: int, data: Dataset) -> Run:
    records = ScalarTrain(hidden, seed=0).epochs(data, RATE, 10**9)

    def train(epochs: int) -> tuple[float, float]:
        start = time.perf_counter()
        losses = [next(records).loss for _ in range(epochs)]
        return time.perf_counter() - start, losses[-1]

    return train


def compare(hidden: int, points: int, blocks: int, with_eager: bool = True) -> Row:
    """Run blocks of all contenders in turn, once sure that they compute the same."""
    data = datasets["Xor"](points)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        problem = write_problem(folder, hidden, data)
        runs: dict[str, Run] = {}
        if shutil.which("gcc"):
            runs["C"] = stack.enter_context(process([build_c(folder), problem]))
        if shutil.which("node"):
            neurons = ["node", HERE / "neurons.mjs", problem]
            runs["V8"] = stack.enter_context(process(in_node(folder, hidden, data)))
            runs["JavaScript"] = stack.enter_context(process(neurons))
        if run_wasm.available():
            runs["wasmtime"] = here(compiled(hidden, data))
        if tensors.available():
            runs["PyTorch"] = tensors.training(hidden, data, RATE)
        if with_eager:
            runs["Python"] = here(compiled(hidden, data, backend="python"))
            runs["eager"] = eager(hidden, data)
        return Row(hidden, points, _in_turn(runs, blocks))


def _in_turn(runs: dict[str, Run], blocks: int) -> dict[str, list[float]]:
    losses = {name: run(2)[1] for name, run in runs.items()}
    first = next(iter(losses.values()))
    assert all(math.isclose(loss, first, rel_tol=1e-9) for loss in losses.values()), losses
    epochs = {}
    for name, run in runs.items():
        run(max(1, int(0.3 / max(run(2)[0] / 2, 1e-9))))  # warm
        epochs[name] = max(1, int(BLOCK_SECONDS / max(run(2)[0] / 2, 1e-7)))
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(blocks):
        for name, run in runs.items():
            seconds[name].append(run(epochs[name])[0] / epochs[name])
    return seconds


def boundary(hidden: int, repeats: int = 200) -> float:
    """Seconds for the output at 64 x 64 points, in V8."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        run = stack.enter_context(process(boundary_in_node(Path(name), hidden)))
        return median(run(1)[0] for _ in range(repeats))


class Cost(NamedTuple):
    """Seconds from the function to the program ready to run, and for one boundary in V8."""

    hidden: int
    compile: float
    boundary: float | None


def compile_time(hidden: int, repeats: int = 5) -> float:
    data = datasets["Xor"](50, seed=0)
    compiled(2, data)  # the first of all writes the kernels
    return median(compiled(hidden, data).seconds for _ in range(repeats))


def cost(hidden: int) -> Cost:
    return Cost(hidden, compile_time(hidden), boundary(hidden) if shutil.which("node") else None)


def cost_row(result: Cost) -> str:
    drawn = "-" if result.boundary is None else f"{1e3 * result.boundary:.2f}"
    return f"{result.hidden:>6}  {1e3 * result.compile:8.1f}  {drawn:>8}"


def row(result: Row) -> str:
    def cell(name: str) -> str:
        if name not in result.seconds:
            return "-".rjust(18)
        micros = 1e6 * median(result.seconds[name])
        ratio = f"({result.ratio(name):.2f})" if "C" in result.seconds else ""
        return f"{micros:10,.1f} {ratio}".rjust(18) if ratio else f"{micros:10,.1f}".rjust(18)

    names = ("C", "V8", "wasmtime", "JavaScript", "PyTorch", "Python", "eager")
    return f"{result.hidden:>6} {result.points:>7}" + "".join(map(cell, names))
