"""python -m minitorch: run in this process, and where there are processes also in its own."""

import json
import os
import runpy
import signal
import subprocess
import sys
import warnings
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

import minitorch

needs_processes = pytest.mark.skipif(sys.platform == "emscripten", reason="no processes here")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class CommandLine(Protocol):
    def __call__(self, *arguments: str) -> Outcome: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Runs `python -m minitorch` with these arguments and gives its exit code and texts."""

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["minitorch", *arguments])
        code: object = 0
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # already imported by a doctest
                runpy.run_module("minitorch", run_name="__main__", alter_sys=False)
        except SystemExit as stop:
            code = stop.code
        assert isinstance(code, int)
        return Outcome(code, *capsys.readouterr())

    return run


QUICK = ("train", "--dataset", "Simple", "--points", "10", "--hidden", "2", "--rate", "0.1")


def json_lines(text: str) -> list[dict[str, float]]:
    return [json.loads(line) for line in text.splitlines()]


# -------------------------------------------------------------------------------------- output


def test_json_is_one_object_a_line(run: CommandLine) -> None:
    outcome = run(*QUICK, "--epochs", "5", "--log-every", "1", "--json")
    assert outcome.code == 0
    records = json_lines(outcome.out)
    assert [record["epoch"] for record in records] == [1, 2, 3, 4, 5]
    for record in records:
        assert set(record) == {"epoch", "loss", "correct", "seconds"}
        assert record["loss"] > 0.0
        assert 0 <= record["correct"] <= 10


@pytest.mark.parametrize(("epochs", "every", "logged"), [(6, 3, {3, 6}), (7, 3, {3, 6, 7})])
def test_log_every_so_many_epochs(
    run: CommandLine, epochs: int, every: int, logged: set[int]
) -> None:
    outcome = run(*QUICK, "--epochs", str(epochs), "--log-every", str(every), "--json")
    found = {int(record["epoch"]) for record in json_lines(outcome.out)}
    assert logged <= found <= logged | {1}


def test_the_plain_log_says_epoch_loss_and_correct(run: CommandLine) -> None:
    outcome = run(*QUICK, "--epochs", "4", "--log-every", "2")
    assert outcome.code == 0
    for word in ("poch", "oss", "orrect"):
        assert word in outcome.out
    assert outcome.err == ""  # the progress bar is for terminals


def test_a_terminal_shows_a_progress_bar(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    outcome = run(*QUICK, "--epochs", "5", "--log-every", "5")
    assert "3/5" in outcome.err
    assert "\r" in outcome.err
    assert "\r" not in outcome.out


def test_the_same_seed_prints_the_same(run: CommandLine) -> None:
    def losses(seed: str) -> list[float]:
        outcome = run(*QUICK, "--epochs", "3", "--log-every", "1", "--seed", seed, "--json")
        return [record["loss"] for record in json_lines(outcome.out)]

    assert losses("4") == losses("4")
    assert losses("4") != losses("5")


def test_a_run_is_the_librarys_own(run: CommandLine) -> None:
    outcome = run(*QUICK, "--epochs", "3", "--log-every", "1", "--seed", "4", "--json")
    data = minitorch.datasets["Simple"](10, seed=4)
    records = minitorch.ScalarTrain(2, seed=4).epochs(data, 0.1, 3)
    assert [r["loss"] for r in json_lines(outcome.out)] == [record.loss for record in records]


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"]])
def test_help_explains(run: CommandLine, arguments: list[str]) -> None:
    outcome = run(*arguments)
    assert outcome.code == 0
    assert "train" in outcome.out
    assert outcome.err == ""


def test_help_names_every_option(run: CommandLine) -> None:
    text = run("train", "--help").out
    for option in ("dataset", "points", "hidden", "rate", "epochs", "seed", "log-every", "json"):
        assert f"--{option}" in text


# ---------------------------------------------------------------------------------- bad options


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "--dataset", "Nope"], ["Nope", "Simple", "Spiral"]),
        (["train", "--points", "0"], ["points", "0"]),
        (["train", "--points", "many"], ["points", "many"]),
        (["train", "--points", "100001"], ["points", "100001"]),
        (["train", "--hidden", "0"], ["hidden", "0"]),
        (["train", "--rate", "nan"], ["rate", "nan"]),
        (["train", "--rate", "-1"], ["rate", "-1"]),
        (["train", "--epochs", "-5"], ["epochs", "-5"]),
        (["train", "--log-every", "0"], ["log-every", "0"]),
        (["train", "--colour", "red"], ["colour"]),
        (["fly"], ["fly", "train"]),
    ],
)
def test_bad_options_are_named_on_stderr(
    run: CommandLine, arguments: list[str], words: list[str]
) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "usage:" in outcome.err
    for word in words:
        assert word in outcome.err


def test_a_run_that_diverges_ends_with_a_sentence(run: CommandLine) -> None:
    outcome = run("train", "--hidden", "5", "--seed", "2", "--rate", "1e200", "--epochs", "50")
    assert outcome.code == 1
    assert "learning rate" in outcome.err
    assert "Traceback" not in outcome.err


# ---------------------------------------------------------------------------------- interruption


def test_ctrl_c_ends_quietly(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(minitorch.training.ScalarTrain, "run_one", interrupted)
    outcome = run(*QUICK, "--epochs", "5")
    assert outcome.code == 130
    assert "Traceback" not in outcome.err


def start(*arguments: str) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(Path(minitorch.__file__).parents[1]), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-m", "minitorch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


@needs_processes
def test_it_runs_as_a_program() -> None:
    process = start(*QUICK, "--epochs", "2", "--log-every", "1", "--json")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert [record["epoch"] for record in json_lines(out)] == [1, 2]


@needs_processes
def test_ctrl_c_between_two_lines_ends_quietly() -> None:
    process = start(*QUICK, "--epochs", "10000000", "--log-every", "1", "--json")
    assert process.stdout is not None
    first = process.stdout.readline()  # flushed at once, not when a buffer is full
    process.send_signal(signal.SIGINT)
    rest, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert [r["epoch"] for r in json_lines(first + rest)][:1] == [1]


@needs_processes
def test_a_reader_that_leaves_is_no_error() -> None:
    process = start(*QUICK, "--epochs", "10000000", "--log-every", "1", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()  # as `| head -1` does
    err = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
