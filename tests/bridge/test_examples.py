"""The Expression view's examples: each has a result, a graph, and derivatives that agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bridge.expression import evaluate

ROOT = Path(__file__).parents[2]
FILE = ROOT / "web" / "src" / "views" / "expression" / "examples.json"
EXAMPLES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
ALWAYS = {"x": 2.0, "y": 3.0, "z": 1.0}


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["title"] for one in EXAMPLES])
def test_an_example_runs(example: dict[str, Any]) -> None:
    inputs = ALWAYS | {name: at for name, at in example["inputs"].items() if name in ALWAYS}
    spare = {name: at for name, at in example["inputs"].items() if name not in ALWAYS}
    request = {"code": example["code"], "inputs": inputs, "spare": spare, "maxNodes": 300}
    result = evaluate(request)
    assert (result.problem, result.remark, result.output) == (None, None, "")
    assert result.graph is not None
    assert len(result.graph.nodes) < 30
    assert set(result.names) == set(example["inputs"])
    for row in result.derivatives:
        assert row.derivative == pytest.approx(row.central_difference, rel=1e-4, abs=1e-6)
