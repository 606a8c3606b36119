"""What the bridge gives has the names that web/src/protocol promises the page, and no others."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import bridge
from bridge import api
from bridge.convert import camel, snake
from bridge.training.session import as_columns
from minitorch.epochs import Epochs
from minitorch.graph import Edge, Graph, Node

SOURCES = Path(__file__).parents[2] / "web" / "src"
PROTOCOL = {
    file.stem: file.read_text(encoding="utf-8") for file in (SOURCES / "protocol").glob("*.ts")
}
WORKER = "".join(file.read_text(encoding="utf-8") for file in (SOURCES / "worker").glob("*.ts"))

# Where a record is called otherwise in Python, which has no need to tell it from others.
CALLED = {
    "PythonProblem": "Problem",
    "GraphNode": "Node",
    "GraphEdge": "Edge",
}
# What only the page or the worker makes.
NOT_PYTHONS = {
    *("Places", "Parts", "StartOptions", "Started", "LoadProgress"),
    *("TrainSettings", "ExpressionRequest", "RangeRequest", "LookRequest", "Point"),
    *("EpochColumns",),  # a dictionary; see below
    *("Shapes",),  # of both ends
}
# Records that stay in Python.
STAYING = {"Program", "Function", "Data"}


def interfaces() -> dict[str, dict[str, str]]:
    """The protocol's interfaces: the type of each property."""
    found = {}
    for name, body in re.findall(
        r"export interface (\w+) \{\n(.*?)\n\}", "".join(PROTOCOL.values()), re.DOTALL
    ):
        found[name] = dict(re.findall(r"^  (\w+)\??: (.*);$", body, re.MULTILINE))
    return {name: body for name, body in found.items() if not name.endswith("Calls")}


def records() -> dict[str, type]:
    """The bridge's dataclasses, and those of the library that it passes on."""
    found: dict[str, type] = {cls.__name__: cls for cls in (Graph, Node, Edge)}
    for module_info in walk_packages(bridge.__path__, "bridge."):
        found |= {
            name: value
            for name, value in vars(import_module(module_info.name)).items()
            if isinstance(value, type)
            and is_dataclass(value)
            and value.__module__ == module_info.name
        }
    return {name: cls for name, cls in found.items() if not name.startswith("_")}


@pytest.mark.parametrize("interface", sorted(set(interfaces()) - NOT_PYTHONS))
def test_a_record_has_the_names_of_its_interface(interface: str) -> None:
    promised = interfaces()[interface]
    record = records()[CALLED.get(interface, interface)]
    assert {camel(field.name) for field in fields(record)} == set(promised)
    can_be_null = {camel(field.name) for field in fields(record) if "None" in str(field.type)}
    assert can_be_null == {name for name, kind in promised.items() if "null" in kind}


def test_every_record_is_in_the_protocol() -> None:
    promised = {CALLED.get(interface, interface) for interface in interfaces()}
    assert set(records()) - STAYING <= promised


def test_epochs_travel_as_the_columns_that_are_promised() -> None:
    assert set(as_columns(Epochs())) == set(interfaces()["EpochColumns"])


def calls() -> dict[str, int]:
    """The calls of all subjects, each with the number of its arguments."""
    found = {}
    for subject, text in PROTOCOL.items():
        body = re.search(r"export interface \w+Calls \{\n(.*?)\n\}", text, re.DOTALL)
        for name, arguments in re.findall(
            r"^  (\w+): \{\s+args: \[(.*?)\];", body[1] if body else "", re.DOTALL | re.MULTILINE
        ):
            number = len(re.sub(r"<.*?>", "", arguments).split(",")) if arguments else 0
            found[f"{subject}.{name}"] = number
    for name in ("start", "complete", "beat"):  # the worker's own
        del found[f"starting.{name}"]
    return found


def test_the_calls_are_found() -> None:
    assert {"training.open", "training.pause", "expression.evaluate"} < set(calls())
    assert calls()["checking.runTests"] == 2


@pytest.mark.parametrize("name", sorted(calls()))
def test_a_call_is_answered_by_the_worker_or_by_the_bridge(name: str) -> None:
    if f'"{name}"(' in WORKER:
        return
    assert len(inspect.signature(api.find(name)).parameters) == calls()[name]


@pytest.mark.parametrize("name", sorted(set(re.findall(r'\bask(?:<[^(]*>)?\("([\w.]+)"', WORKER))))
def test_what_the_worker_asks_for_is_there(name: str) -> None:
    assert callable(api.find(name))


def test_subjects_are_the_protocol_s() -> None:
    subjects = {name.partition(".")[0] for name in calls()}
    assert subjects <= set(api.SUBJECTS)


def test_names_are_turned_both_ways() -> None:
    for name in ("run_tests", "central_difference", "open"):
        assert snake(camel(name)) == name
    assert (camel("run_tests"), snake("runTests")) == ("runTests", "run_tests")
