"""The entrance: calls are found by their names, and answered or explained."""

from __future__ import annotations

import pytest

from bridge import api
from tests.bridge.worker import ask_all, course

SETTINGS = {
    "dataset": "Simple",
    "points": 5,
    "hidden": 1,
    "rate": 0.5,
    "seed": 0,
    "engine": "eager",
    "epochs": 1,
}
EVALUATE = ("expression.evaluate", {"code": "x * x", "inputs": {"x": 3.0}, "maxNodes": 9})


def test_a_call_is_found_by_its_name_on_the_page() -> None:
    from bridge.training import calls

    assert api.find("training.open") is calls.open
    assert api.find("training.advanceComparison") is calls.advance_comparison


@pytest.mark.parametrize(
    "name",
    [
        *("training.nothing", "nothing.open", "training", "", "training.", ".open"),
        *("training._session", "training.Session", "expression.library", "checking.pytest"),
        *("training.__name__", "training.calls.open", "../training.open"),
    ],
)
def test_other_names_are_none(name: str) -> None:
    with pytest.raises(LookupError):
        api.find(name)


def test_an_answer_comes_as_an_answer() -> None:
    assert api.answer(*EVALUATE)["answer"].value == 9.0


def test_with_our_own_library_an_error_is_an_error() -> None:
    with pytest.raises(KeyError):
        api.answer("training.open", {**SETTINGS, "dataset": "none of that name"}, None)


def test_calls_in_the_wrong_order_are_refused() -> None:
    started, advanced, source = ask_all(
        ("training.start", 1), ("training.advanceComparison", 0.1), ("training.source",)
    )
    assert started["error"] == source["error"] == "RuntimeError: no training has been opened"
    assert advanced["error"] == "RuntimeError: nothing is being compared"


@pytest.mark.parametrize("files", [{}, course()])
def test_a_subject_is_imported_at_its_first_call(files: dict[str, str]) -> None:
    def loaded(modules: dict[str, list[str]]) -> set[str]:
        names = {name.split(".")[1] for name in modules["answer"] if "." in name}
        return names & {"training", "expression", "checking", "program"}

    _, _, before, _, between, _, after = ask_all(
        ("workspace.lay", files),
        ("workspace.info",),
        ("modules", "bridge"),
        EVALUATE,
        ("modules", "bridge"),
        ("training.open", SETTINGS, None),
        ("modules", "bridge"),
    )
    assert loaded(before) == set()
    assert loaded(between) == {"expression", "program"}
    assert loaded(after) == {"expression", "program", "training"}


def test_what_is_going_on_lasts_from_call_to_call() -> None:
    """With a learner's library too, after whose calls the bridge's own names are restored."""
    for files in ({}, course()):
        *_, last = ask_all(
            ("workspace.lay", files),
            ("training.open", SETTINGS, None),
            ("training.start", 3),
            *[("training.advance", 1, 60.0, False)] * 3,
        )
        assert last["answer"]["checkpoint"]["epoch"] == 3
        assert last["answer"]["finished"]


def test_an_expression_loads_the_compiler_only_if_it_names_it() -> None:
    named = (EVALUATE[0], {**EVALUATE[1], "code": "compile\nx * x"})
    _, without, result, within = ask_all(
        EVALUATE, ("modules", "minitorch"), named, ("modules", "minitorch")
    )
    assert "minitorch.graph" in without["answer"]
    assert "minitorch.compiler" not in without["answer"]
    assert result["answer"]["value"] == 9.0
    assert "minitorch.compiler" in within["answer"]
