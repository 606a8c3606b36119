"""The same module in V8, through the bench's runner: the results are those of wasmtime, bitwise."""

import shutil
import sys
from pathlib import Path

import pytest

from minitorch.datasets import datasets

pytest.importorskip("wasmtime")
BENCH = Path(__file__).parents[1] / "bench"
pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="no Node here")


@pytest.mark.parametrize(("hidden", "points"), [(2, 50), (10, 50), (10, 173), (33, 20)])
def test_v8_and_wasmtime_agree(
    hidden: int, points: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(BENCH)
    monkeypatch.delitem(sys.modules, "compiled", raising=False)
    import compiled as bench

    data = datasets["Spiral"](points)
    native = bench.compiled(hidden, data, backend="wasm").train(40, bench.RATE)
    with bench.process(bench.in_node(tmp_path, hidden, data)) as run:
        assert run(40)[1] == native[-1].loss
