"""What the bridge gives has the names that web/src/protocol promises the page."""

import re
from pathlib import Path
from typing import Any

import pytest

from bridge.checking import Failure, Report
from bridge.convert import plain
from bridge.expression import evaluate
from bridge.sandbox.problems import Problem
from bridge.training.session import Session

SOURCES = Path(__file__).parents[2] / "web" / "src"
PROTOCOL = "".join(
    file.read_text(encoding="utf-8") for file in sorted((SOURCES / "protocol").glob("*.ts"))
)
SETTINGS = {
    "dataset": "Xor",
    "points": 4,
    "hidden": 1,
    "rate": 0.1,
    "epochs": 1,
    "seed": 0,
    "engine": "compiled",
}


def promised(interface: str) -> set[str]:
    """Read the names of an interface's properties."""
    body = re.search(rf"export interface {interface} \{{\n(.*?)\n\}}", PROTOCOL, re.DOTALL)
    assert body, interface
    return set(re.findall(r"^  (\w+)\??:", body[1], re.MULTILINE))


def trained() -> dict[str, Any]:
    session = Session.open(SETTINGS, None)
    session.start(1)
    update = plain(session.advance(10.0, 9, draw=True))
    return {"opened": plain(session.opened()), "update": update}


def evaluated(code: str = "x * y") -> dict[str, Any]:
    result: dict[str, Any] = plain(
        evaluate({"code": code, "inputs": {"x": 2.0, "y": 3.0}, "maxNodes": 9})
    )
    return result


@pytest.mark.parametrize(
    ("interface", "given"),
    [
        ("TrainingOpened", lambda: trained()["opened"]),
        ("Points", lambda: trained()["opened"]["points"]),
        ("TrainingUpdate", lambda: trained()["update"]),
        ("EpochColumns", lambda: trained()["update"]["records"]),
        ("WhatRan", lambda: trained()["update"]["ran"]),
        ("Checkpoint", lambda: trained()["update"]["checkpoint"]),
        ("Boundary", lambda: trained()["update"]["boundary"]),
        ("ExpressionResult", evaluated),
        ("DerivativeRow", lambda: evaluated()["derivatives"][0]),
        ("Graph", lambda: evaluated()["graph"]),
        ("GraphNode", lambda: evaluated()["graph"]["nodes"][0]),
        ("GraphEdge", lambda: evaluated()["graph"]["edges"][0]),
        ("PythonProblem", lambda: evaluated("nothing")["problem"]),
        ("PythonProblem", lambda: plain(Problem("kind", "message"))),
        ("TestReport", lambda: plain(Report(failures=[Failure("test", "text")]))),
    ],
)
def test_a_record_has_the_names_of_its_interface(interface: str, given: Any) -> None:
    assert set(given()) == promised(interface)
