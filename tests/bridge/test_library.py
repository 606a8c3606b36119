"""A worker on a learner's library: whatever is computed is computed by their Scalars."""

from __future__ import annotations

from typing import Any

import pytest

from minitorch import ScalarTrain, datasets
from tests.bridge.worker import COURSE, ask_all, course, edited

EXPRESSION = {"code": "(x * x) * y + 10.0 * x", "inputs": {"x": 2.0, "y": 3.0}, "maxNodes": 99}
SETTINGS = {"dataset": "Xor", "points": 12, "hidden": 2, "rate": 0.5, "seed": 3, "epochs": 9}
EAGER, COMPILED = {**SETTINGS, "engine": "eager"}, {**SETTINGS, "engine": "compiled"}
EVALUATE = ("expression.evaluate", EXPRESSION)
OPEN = ("training.open", EAGER, None)
TRAIN = (OPEN, ("training.start", 4), ("training.advance", 4, 60.0, True))


def on(files: dict[str, str], *calls: tuple[Any, ...]) -> list[dict[str, Any]]:
    return ask_all(("workspace.lay", files), *calls)[1:]


def problem_on(files: dict[str, str], call: tuple[Any, ...] = EVALUATE) -> dict[str, Any]:
    (result,) = on(files, call)
    problem = result.get("problem") or result["answer"]["problem"]
    assert problem, result
    return dict(problem)


# ---------------------------------------------------------------------------- what is computed


def test_it_says_which_library_it_is() -> None:
    ours, *_ = ask_all(("workspace.info",))
    assert ours["answer"]["library"]["name"] == "Reference"
    (info,), (again,), (other,) = (
        on(course(), ("workspace.info",)),
        on(course(), ("workspace.info",)),
        on(edited("scalar", "class Scalar:", "class Scalar: # mine"), ("workspace.info",)),
    )
    assert info["answer"]["library"]["name"] == "Yours"
    assert info == again
    assert info != other


def test_nothing_of_theirs_is_imported_before_it_is_asked_for() -> None:
    _, modules = on(course(), ("workspace.info",), ("modules", "minitorch"))
    assert modules["answer"] == []


def test_a_function_is_studied_on_theirs_as_far_as_it_is_written() -> None:
    """Values come before derivatives, in the course's order too; the blank says its task."""
    request = {"code": "x * x", "ranges": [[0, 2], [0, 1]], "counts": [3, 2]}
    (right,) = on(course(), ("functions.sample", request))
    assert right["answer"]["library"]["name"] == "Yours"
    assert list(right["answer"]["derivatives"][0]) == [0.0, 2.0, 4.0]
    blank = "raise NotImplementedError('Need to implement for Task 1.4')"
    unwritten = edited("scalar_functions", "return b * d_output, a * d_output", blank)
    sampled, looked = on(
        unwritten,
        ("functions.sample", request),
        ("functions.look", {**request, "at": [1, 1], "epsilons": [1e-6], "maxNodes": 9}),
    )
    assert list(sampled["answer"]["values"]) == [0.0, 1.0, 4.0]
    for answered in (sampled, looked):
        assert answered["answer"]["problem"]["task"] == "1.4"
    assert looked["answer"]["value"] == 1.0
    assert looked["answer"]["slopes"][0]["derivative"] is None


def test_an_expression_is_computed_by_theirs_and_drawn_by_ours() -> None:
    (ours,) = ask_all(EVALUATE)
    right, modules = on(course(), EVALUATE, ("modules", "minitorch"))
    wrong = on(edited("scalar_functions", "return a * b", "return a * b + 1"), EVALUATE)[0]
    assert right["answer"]["library"]["name"] == "Yours"
    assert [ours["answer"]["value"], right["answer"]["value"]] == [32.0, 32.0]
    assert right["answer"]["derivatives"] == ours["answer"]["derivatives"]
    assert wrong["answer"]["value"] == ((2 * 2 + 1) * 3 + 1) + (10 * 2 + 1)
    assert "minitorch.graph" in modules["answer"]  # which they have not got
    assert not [name for name in modules["answer"] if "compiler" in name]

    def shape(result: dict[str, Any]) -> Any:
        graph = result["answer"]["graph"]
        return [(node["operation"], node["value"], node["derivative"]) for node in graph["nodes"]]

    assert shape(right) == shape(ours)


def test_training_is_done_by_theirs_and_judged_by_theirs() -> None:
    run = ScalarTrain(SETTINGS["hidden"], seed=SETTINGS["seed"])  # type: ignore[arg-type]
    data = datasets["Xor"](12, seed=3)
    expected = [record.loss for record in run.epochs(data, 0.5, 4)]
    opened, _, update = on(course(), *TRAIN)
    points = opened["answer"]["points"]
    assert list(zip(points["x1"], points["x2"], strict=True)) == data.X
    assert update["answer"]["records"]["loss"] == pytest.approx(expected)
    assert update["answer"]["library"]["name"] == "Yours"
    boundary = update["answer"]["boundary"]
    assert (boundary["loss"], boundary["correct"]) == pytest.approx(run.evaluate(data))
    # A sigmoid that is always 0.25 shows in the drawing, which our operators would make otherwise.
    files = edited("operators", "def sigmoid", "def _sigmoid")
    files["minitorch/operators.py"] += "\n\ndef sigmoid(x):\n    return 0.25\n"
    drawn = on(files, OPEN)[0]["answer"]["update"]["boundary"]
    assert set(drawn["values"]) == {0.25}


def test_the_compiler_is_for_ours_and_says_so() -> None:
    update = on(course(), ("training.open", COMPILED, None), *TRAIN[1:])[-1]
    ran = update["answer"]["ran"]
    assert (ran["engine"], ran["refusal"][:12]) == ("eager", "The compiler")
    assert update["answer"]["finished"]


def test_what_the_course_does_not_promise_is_not_needed() -> None:
    """Scalars may be unhashable, know no `b - x`, and keep a constant's parents to themselves."""
    files = edited("scalar", "    __hash__ = object.__hash__\n", "")
    name = "minitorch/scalar.py"
    without = "    def __rsub__(self, b: ScalarLike) -> Scalar:\n        return -self + b\n"
    assert without in files[name]
    files[name] = files[name].replace(without, "")
    results = on(files, EVALUATE, *TRAIN)
    assert results[0]["answer"]["problem"] is None
    assert results[0]["answer"]["value"] == 32.0
    assert results[-1]["answer"]["finished"]


def test_a_history_is_where_their_edition_has_it() -> None:
    """Beside the Scalar in ours and in the course's of 2022 and later, before that in autodiff."""
    files = course()
    scalar = files["minitorch/scalar.py"]
    start, end = scalar.index("@dataclass\nclass ScalarHistory:"), scalar.index("next_id =")
    files["minitorch/scalar.py"] = (scalar[:start] + scalar[end:]).replace(
        "from .autodiff import Context,", "from .autodiff import Context, ScalarHistory,"
    )
    files["minitorch/autodiff.py"] = files["minitorch/autodiff.py"].replace(
        "\n@dataclass", f"\n{scalar[start:end]}\n@dataclass", 1
    )
    assert "class ScalarHistory" in files["minitorch/autodiff.py"]
    expression, *_, update = on(files, EVALUATE, *TRAIN)
    assert expression["answer"]["value"] == 32.0
    assert update["answer"]["finished"]


# ------------------------------------------------------------------------------- their Network


PROGRAM = "project/run_scalar.py"


def project(old: str = "", new: str = "") -> dict[str, str]:
    """The course's files with a Network, a piece of whose program may be exchanged."""
    program = (COURSE / PROGRAM).read_text(encoding="utf-8")
    assert old in program, old
    return {**course(), PROGRAM: program.replace(old, new)}


def opened_and_trained(files: dict[str, str]) -> tuple[dict[str, Any], list[float]]:
    opened, _, update = on(files, *TRAIN)
    return opened["answer"], update["answer"]["records"]["loss"]


def test_their_network_is_trained_where_they_have_one() -> None:
    opened, losses = opened_and_trained(project())
    (ours, *_, update) = ask_all(*TRAIN)
    assert opened["note"] is None
    assert opened["parameters"] == ours["answer"]["parameters"]
    # Written like ours, it starts with the same numbers: the runs can be compared.
    assert losses == pytest.approx(update["answer"]["records"]["loss"])
    other, _ = opened_and_trained(project("self.layer3", "self.end"))
    assert [name for name in other["parameters"] if name.startswith("end.")]


BLANK = 'raise NotImplementedError("Need to implement for Task 1.5")'


@pytest.mark.parametrize(
    "files",
    [
        course(),
        project("class Network", "class Net"),
        project("self.layer1 = Linear(2, hidden_layers)", BLANK),
        project("middle = [h.relu() for h in self.layer1.forward(x)]", BLANK),
        project("outputs = []", BLANK),
    ],
)
def test_ours_is_trained_until_they_have_one_and_the_page_says_so(files: dict[str, str]) -> None:
    opened, losses = opened_and_trained(files)
    assert "Task 1.5" in opened["note"]
    assert len(losses) == 4


@pytest.mark.parametrize(
    ("old", "new", "kind", "task"),
    [
        ("import random\n", "import random\nnothing_of_that_name\n", "NameError", None),
        ("outputs = []", "outputs = 1 / 0", "ZeroDivisionError", None),
        ("outputs = []", BLANK.replace("1.5", "1.2"), "NotImplementedError", "1.2"),
    ],
)
def test_what_is_wrong_in_their_network_is_said(
    old: str, new: str, kind: str, task: str | None
) -> None:
    problem = problem_on(project(old, new), OPEN)
    assert (problem["kind"], problem["file"], problem["task"]) == (kind, PROGRAM, task)
    assert problem["line"] > 1


def test_a_graph_needs_no_more_than_the_chain_rule() -> None:
    """A failing test of task 1.3 is looked at before `backward` has been written."""
    blank = 'raise NotImplementedError("Need to implement for Task 1.4")'
    files = edited("scalar", "backpropagate(self,", f"{blank}\n        backpropagate(self,")
    (result,) = on(files, EVALUATE)
    answer = result["answer"]
    assert (answer["problem"]["task"], answer["value"]) == ("1.4", 32.0)
    derivatives = {node["name"]: node["derivative"] for node in answer["graph"]["nodes"]}
    assert (derivatives["x"], derivatives["y"]) == (22.0, 4.0)
    assert answer["derivatives"] == []


def test_their_global_variables_live_as_long_as_their_library() -> None:
    """The original course counts its Scalars in one."""
    files = edited("scalar", "self.unique_id = next(next_id)", "self.unique_id = count()")
    files["minitorch/scalar.py"] += (
        "\n\n_count = 0\n\n\ndef count():\n    global _count\n    _count += 1\n    return _count\n"
    )
    one, two = on(files, EVALUATE, EVALUATE)
    ids = [{node["id"] for node in result["answer"]["graph"]["nodes"]} for result in (one, two)]
    assert not ids[0] & ids[1]
    start, slices = ("training.start", 4), [("training.advance", 4, 0.0, False)] * 60
    whole = on(files, *TRAIN)[-1]["answer"]["records"]["loss"]
    sliced = [
        loss
        for result in on(files, OPEN, start, *slices)[2:]
        for loss in result["answer"]["records"]["loss"]
    ]
    assert sliced == whole


def test_a_module_of_theirs_called_like_one_of_pythons_is_not_pythons() -> None:
    files = {**course(), "random.py": "raise RuntimeError", "math.py": "raise RuntimeError"}
    assert on(files, *TRAIN)[-1]["answer"]["finished"]


# --------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("call", [EVALUATE, OPEN])
@pytest.mark.parametrize(
    ("module", "text", "kind", "file", "line"),
    [
        ("scalar", "x = 1\nclass Scalar\n", "SyntaxError", "minitorch/scalar.py", 2),
        ("autodiff", "\n\nnothing_of_that_name\n", "NameError", "minitorch/autodiff.py", 3),
        ("module", "import numpy_of_old\n", "ModuleNotFoundError", "minitorch/module.py", 1),
        ("module", "import sys\nsys.exit()\n", "SystemExit", "minitorch/module.py", 2),
        ("module", f"\n\nx = {'(' * 9999}", "SyntaxError", "minitorch/module.py", 3),
        (
            "module",
            "from .scalars import Scalar\n",
            "ModuleNotFoundError",
            "minitorch/module.py",
            1,
        ),
    ],
)
def test_a_file_that_can_not_be_imported_is_named(
    call: tuple[Any, ...], module: str, text: str, kind: str, file: str, line: int
) -> None:
    problem = problem_on(course(**{module: text}), call)
    assert (problem["kind"], problem["file"], problem["line"]) == (kind, file, line)
    assert "workspace-" not in problem["traceback"] + problem["message"]


def test_the_task_that_is_still_to_be_done_is_named() -> None:
    blank = 'raise NotImplementedError("Need to implement for Task 1.2")'
    files = edited("scalar_functions", "return a * b", blank)
    at = files["minitorch/scalar_functions.py"].splitlines().index(f"        {blank}") + 1
    for call in (EVALUATE, OPEN):
        problem = problem_on(files, call)
        assert problem["kind"] == "NotImplementedError"
        assert (problem["task"], problem["file"]) == ("1.2", "minitorch/scalar_functions.py")
        assert problem["line"] == at
        assert blank in problem["traceback"]


def test_an_error_in_training_names_the_epoch_and_the_line() -> None:
    line = "        self.data = float(v)"
    files = edited("scalar", line, f"{line}\n        if v > 1e3: raise ValueError('too large')")
    calls = (("training.open", {**EAGER, "rate": 1e9}, None), *TRAIN[1:])
    update = on(files, *calls)[-1]["answer"]
    problem = update["problem"]
    assert problem["message"] == f"In epoch {update['checkpoint']['epoch'] + 1}: too large"
    assert problem["file"] == "minitorch/scalar.py"
    assert problem["line"] > 1


LOOP = "import signal\n        signal.setitimer(signal.ITIMER_REAL, 0.2)\n        while True: pass"


@pytest.mark.parametrize("calls", [(EVALUATE,), TRAIN])
def test_a_loop_without_end_in_their_code_can_be_stopped(calls: tuple[Any, ...]) -> None:
    files = edited("scalar_functions", "return a * b", LOOP)
    result, *_, last = on(files, *calls, ("workspace.info",))
    problem = result.get("problem") or result["answer"]["problem"]
    assert (problem["kind"], problem["file"]) == ("Stopped", "minitorch/scalar_functions.py")
    assert "of minitorch/scalar_functions.py" in problem["message"]
    assert last["answer"]["library"]["name"] == "Yours"


def test_a_problem_ends_nothing() -> None:
    wrong = {**EXPRESSION, "code": "x * y.nothing"}
    _, bad, good, *_, last = on(
        course(), OPEN, ("expression.evaluate", wrong), EVALUATE, *TRAIN[1:]
    )
    problem = bad["answer"]["problem"]
    assert (problem["kind"], problem["file"], problem["line"]) == ("AttributeError", None, 1)
    assert good["answer"]["value"] == 32.0
    assert last["answer"]["finished"]


@pytest.mark.parametrize("name", ["../outside.py", "/tmp/outside.py", "a/../../outside.py"])
def test_no_file_is_laid_outside(name: str) -> None:
    (result,) = ask_all(("workspace.lay", {name: ""}))
    assert "leads out of the folder" in result["error"]


def test_what_is_printed_by_their_library_disturbs_nobody() -> None:
    files = course(testing="print('hello')\nMathTest = MathTestVariable = None\n")
    assert on(files, EVALUATE)[0]["answer"]["value"] == 32.0
    assert on(files, OPEN)[0]["answer"]["points"]


def test_what_is_asked_after_other_files_were_laid_is_computed_by_these() -> None:
    wrong = edited("scalar_functions", "return a * b", "return a * b + 1")
    lay, broken = "workspace.lay", course(scalar="nothing_of_that_name")
    right, _, other, _, neither, *_, last = on(
        *(course(), EVALUATE, (lay, wrong), EVALUATE, (lay, broken), EVALUATE),
        *((lay, course()), EVALUATE, *TRAIN),
    )
    assert [right["answer"]["value"], other["answer"]["value"]] == [32.0, 37.0]
    assert right["answer"]["library"] != other["answer"]["library"]
    assert neither["problem"]["kind"] == "NameError"
    assert last["answer"]["finished"]
    assert last["answer"]["library"] == right["answer"]["library"]
