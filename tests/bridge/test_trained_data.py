"""Points held out, moved or of one's own; a model of one's own; one point; the run as a program."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bridge import api
from bridge.training import calls, engines
from bridge.training.data import make_data
from bridge.training.script import script
from bridge.training.session import Session
from bridge.workspace import WORKSPACE
from minitorch import ScalarTrain, central_difference
from minitorch.datasets import datasets
from minitorch.training import log_loss

ROOT = Path(__file__).parents[2]
MODEL = re.search(
    r"MODEL = `(.*?)`;", (ROOT / "web/src/views/train/model.ts").read_text("utf-8"), re.DOTALL
)[1].replace("${", "{")
SETTINGS: dict[str, Any] = {
    "dataset": "Xor",
    "points": 30,
    "hidden": 3,
    "rate": 0.5,
    "epochs": 25,
    "seed": 4,
    "engine": "compiled",
    "noise": 0,
    "heldOut": 0,
    "own": None,
    "code": None,
}
both_engines = pytest.mark.parametrize("engine", ["eager", "compiled"])


@pytest.fixture(autouse=True)
def _in_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw all there is to draw, on a busy machine too."""
    monkeypatch.setattr(engines, "PLANE_SECONDS", math.inf)
    monkeypatch.setattr(engines, "NEURON_SECONDS", math.inf)


def trained(epochs: int, **changes: Any) -> tuple[Session, list[Any]]:
    session = Session({**SETTINGS, **changes})
    session.start(epochs)
    updates = [session.advance(epochs, 1.0, draw=True)]
    while not updates[-1].finished:
        updates.append(session.advance(epochs, 1.0, draw=True))
    return session, updates


def column(updates: list[Any], name: str) -> list[float]:
    return [value for update in updates for value in update.records[name]]


# ------------------------------------------------------------------------------------ the points


def test_held_out_points_are_a_part_of_the_data_and_the_same_for_the_same_seed() -> None:
    whole = datasets["Xor"](30, seed=4)
    data = make_data({**SETTINGS, "heldOut": 30})
    assert (data.learned.N, data.held_out.N) == (21, 9)
    assert sorted([*data.learned.X, *data.held_out.X]) == sorted(whole.X)
    assert make_data({**SETTINGS, "heldOut": 30}) == data
    assert make_data({**SETTINGS, "points": 1, "heldOut": 50}).learned.N == 1


def test_noise_moves_points_within_the_square_and_leaves_their_labels() -> None:
    whole, moved = datasets["Xor"](30, seed=4), make_data({**SETTINGS, "noise": 20}).learned
    assert moved.y == whole.y
    distances = [math.dist(a, b) for a, b in zip(moved.X, whole.X, strict=True)]
    assert 0.1 < sum(distances) / 30 < 0.4
    assert all(0 <= value <= 1 for x in moved.X for value in x)


@both_engines
def test_held_out_points_are_judged_with_what_each_epoch_begins_with(engine: str) -> None:
    session, updates = trained(6, engine=engine, heldOut=30)
    held, judge = make_data({**SETTINGS, "heldOut": 30}).held_out, Session(SETTINGS)
    first = judge.trainer.evaluate(held)
    assert column(updates, "heldLoss")[0] == pytest.approx(first[0])
    assert column(updates, "heldCorrect")[0] == first[1]
    assert len(column(updates, "heldLoss")) == 6
    session._engine.training.store()
    last = session.trainer.evaluate(held)
    boundary = updates[-1].boundary
    assert (boundary.held_loss, boundary.held_correct) == pytest.approx(last)
    assert len(boundary.outputs) == 30


@both_engines
def test_own_points_are_learned(engine: str) -> None:
    own = {"x1": [0.1, 0.9, 0.2], "x2": [0.5, 0.5, 0.4], "label": [0, 1, 0]}
    session, updates = trained(3, engine=engine, own=own)
    assert session.opened().points.x1 == own["x1"]
    assert updates[-1].boundary.correct <= 3
    with pytest.raises(ValueError, match="no points yet"):
        trained(3, own={"x1": [], "x2": [], "label": []})


@both_engines
def test_the_rate_can_be_changed_in_the_middle_of_a_run(engine: str) -> None:
    session, _ = trained(3, engine=engine)
    session.start(2, 0.0)
    while not (update := session.advance(2, 1.0, draw=False)).finished:
        pass
    before, after = session.state().checkpoint.parameters, update.checkpoint.parameters
    assert before == after
    assert session.epoch == 5


def test_an_epoch_that_takes_long_is_told_of_point_by_point() -> None:
    session = Session({**SETTINGS, "engine": "eager"})
    session.start(2)
    told = []
    while not told or not told[-1].finished:
        told.append(session.advance(2, 0.0, draw=False))  # comes back after each point
    passed = [30 * update.checkpoint.epoch + update.within for update in told]
    assert passed == sorted(passed)
    assert set(passed) >= {1, 7, 29, 31, 59}
    assert (told[-1].checkpoint.epoch, told[-1].within) == (2, 0)


def test_within_an_epoch_nothing_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session({**SETTINGS, "engine": "eager"})
    first = session.state(draw=True).boundary
    session.start(2)
    session.advance(2, 0.0, draw=False)
    computed: list[Any] = []
    plane = session._engine.plane
    monkeypatch.setattr(session._engine, "plane", lambda xs: computed.append(xs) or plane(xs))
    assert session.state(draw=True).boundary == first
    assert not computed
    while not session.advance(2, 1.0, draw=False).finished:
        pass
    assert session.state(draw=True).boundary != first
    assert len(computed) == 1  # drawn with the last update of the run, and no more after it


# ------------------------------------------------------------------------------- looking closely


@both_engines
def test_looking_elsewhere_leaves_the_run_as_it_was(engine: str) -> None:
    session, updates = trained(3, engine=engine)
    state = session.state(draw=True)
    looked = session.look([0.0] * len(state.checkpoint.parameters))
    assert set(looked.values) == {0.5}
    assert session.state(draw=True).boundary.values == state.boundary.values
    there = session.look(list(state.checkpoint.parameters))
    assert list(there.values) == pytest.approx(list(state.boundary.values))
    assert updates[-1].checkpoint.parameters == state.checkpoint.parameters


@both_engines
def test_a_point_pushes_by_its_own_derivatives(engine: str) -> None:
    session, updates = trained(3, engine=engine)
    parameters = list(updates[-1].checkpoint.parameters)
    point = {"x1": 0.2, "x2": 0.7, "label": 1}
    found = session.inspect(parameters, point, 300)

    def loss(*values: float) -> float:
        other = ScalarTrain(3)
        for parameter, value in zip(other.model.parameters(), values, strict=True):
            parameter.update(type(parameter.value)(value))
        return log_loss(other.run_one((0.2, 0.7)), 1)[0].data

    expected = [central_difference(loss, *parameters, arg=i) for i in range(len(parameters))]
    assert list(found.derivatives) == pytest.approx(expected, abs=1e-5)
    assert found.loss == pytest.approx(loss(*parameters))
    assert found.graph
    assert len(found.graph.nodes) == found.node_count
    assert session.inspect(parameters, point, 10).graph is None


def test_a_point_looked_at_in_the_middle_of_an_epoch_changes_nothing() -> None:
    alone, _ = trained(2, engine="eager", points=200, hidden=8)
    session = Session({**SETTINGS, "engine": "eager", "points": 200, "hidden": 8})
    session.start(2)
    while not (update := session.advance(2, 0.0, draw=False)).finished:
        session.inspect(
            list(session.state().checkpoint.parameters), {"x1": 0.1, "x2": 0.1, "label": 0}, 0
        )
    assert update.checkpoint.parameters == alone.state().checkpoint.parameters


@both_engines
def test_neurons_show_the_sums_of_each_layer(engine: str) -> None:
    _, updates = trained(1, engine=engine)
    neurons = updates[-1].boundary.neurons
    assert [(layer.name, layer.size) for layer in neurons.layers] == [
        *(("layer1", 3), ("layer2", 3), ("layer3", 1))
    ]
    assert len(neurons.values) == 7 * neurons.side**2
    model = Session(SETTINGS).trainer.model
    assert "forward" not in vars(model.layer1)


def test_of_a_wide_layer_some_neurons_are_shown() -> None:
    neurons = Session({**SETTINGS, "hidden": 16}).state(draw=True).boundary.neurons
    assert neurons.layers[0].size == 16
    assert (len(neurons.layers[0].shown), neurons.layers[0].shown[-1]) == (12, 15)


# -------------------------------------------------------------------------------- a model's code


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORKSPACE, "text", None)
    monkeypatch.setattr(calls, "_current", calls._Current())


def test_the_code_to_begin_with_is_the_librarys_network() -> None:
    ours, own = trained(5)[1], trained(5, code=MODEL)[1]
    assert column(own, "loss") == pytest.approx(column(ours, "loss"), rel=1e-12)
    assert own[-1].ran.engine == "compiled"


@pytest.mark.parametrize(
    ("change", "kind", "line"),
    [
        (("relu() for h in self.layer1", "relo() for h in self.layer1"), "AttributeError", 42),
        (("class Network(Module):", "class Network(Module"), "SyntaxError", None),
        (("class Network", "class Net"), "NotAModel", None),
        ((".sigmoid()", ".data"), "NotAModel", None),
    ],
)
def test_a_mistake_is_a_problem_at_its_line(
    fresh: None, change: tuple[str, str], kind: str, line: int | None
) -> None:
    answer = api.answer("training.open", {**SETTINGS, "code": MODEL.replace(*change)}, None)
    problem = answer["problem"]
    assert problem.kind == kind
    if line is not None:
        assert MODEL.splitlines()[problem.line - 1].strip().startswith("middle =")


# ------------------------------------------------------------------------------------ a program


def printed(program: str, tmp_path: Path) -> list[float]:
    file = tmp_path / "run.py"
    file.write_text(program, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, file],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        timeout=120,
    )
    return [float(text) for text in re.findall(r"loss (\S+)", ran.stdout)]


@pytest.mark.parametrize("code", [None, MODEL], ids=["network", "own code"])
def test_the_program_prints_the_same_losses(tmp_path: Path, code: str | None) -> None:
    expected = column(trained(25, engine="eager", heldOut=20, noise=5)[1], "loss")
    found = script({**SETTINGS, "heldOut": 20, "noise": 5}, "minitorch", code)
    losses = printed(found.text, tmp_path)
    assert losses == pytest.approx([expected[i - 1] for i in (1, 10, 20, 25)], rel=1e-12)


def test_the_program_for_torch_agrees(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    expected = column(trained(25)[1], "loss")
    losses = printed(script(SETTINGS, "torch", None).text, tmp_path)
    assert losses == pytest.approx([expected[i - 1] for i in (1, 10, 20, 25)], rel=1e-12)


def test_where_there_is_no_program_it_says_why() -> None:
    nobody = {"x1": [], "x2": [], "label": []}
    assert script({**SETTINGS, "own": nobody}, "minitorch", None).problem
    assert script(SETTINGS, "torch", MODEL).problem
    compile(script(SETTINGS, "torch", None).text, "run.py", "exec")
