"""One graph for all labels, where that is possible."""

from typing import Any

import pytest
from graphs import eager, random_parameters, random_points

from minitorch import compile
from minitorch.compiler.merge import merge
from minitorch.compiler.tape import Tape
from minitorch.compiler.verify import check_tape


def test_what_labels_share_is_computed_once() -> None:
    tape = Tape()
    x, one = tape.add("input", 0), tape.add("constant", 1.0)
    p = tape.add("sigmoid", x)
    other = tape.add("add", one, tape.add("neg", p))
    logs = [[tape.add("log", p)], [tape.add("log", other)]]
    merged = merge(tape, logs, first_indicator=1)
    assert merged is not None
    check_tape(tape.nodes, merged)
    (line,) = merged
    op, chosen = tape.nodes[line]
    assert op == "log"
    kind, mask, yes, no = tape.nodes[chosen]
    assert (kind, tape.nodes[mask], yes, no) == ("select", ("input", 1), p, other)


def test_without_a_difference_there_is_no_mask() -> None:
    tape = Tape()
    line = tape.add("log", tape.add("input", 0))
    before = len(tape.nodes)
    assert merge(tape, [[line], [line]], first_indicator=1) == [line]
    assert len(tape.nodes) == before


def test_what_is_defined_for_one_label_only_is_not_merged() -> None:
    tape = Tape()
    x = tape.add("input", 0)
    assert merge(tape, [[tape.add("log", x)], [tape.add("neg", x)]], first_indicator=1) is None


def test_results_of_different_numbers_are_not_merged() -> None:
    tape = Tape()
    x = tape.add("input", 0)
    assert merge(tape, [[x], [x, x]], first_indicator=1) is None


@pytest.mark.parametrize("labels", [(0, 1), (1, 2, 3), ("red", "green"), (True, False)])
def test_branches_on_the_label(backend: str, labels: tuple[Any, ...]) -> None:
    weights = random_parameters(7, 3)

    def loss(x: Any, label: Any) -> Any:
        score = weights[labels.index(label)].value * x[0] + x[1]
        result = score * score if label == labels[0] else (score + 1.0).sigmoid()
        return result, score > 0.0

    points = random_points(3, 41, 2)
    known = [labels[i % len(labels)] for i in range(41)]
    compiled = compile(loss, weights, points, known, backend=backend)
    expected, gradient = eager(loss, weights, points, known)
    assert compiled.loss() == pytest.approx(expected, rel=1e-12)
    assert compiled.gradients() == pytest.approx(gradient, rel=1e-12)


def test_labels_that_need_programs_of_their_own(backend: str) -> None:
    """log is taken of what is negative for all samples of the other label."""
    weights = random_parameters(7, 1)

    def loss(x: Any, label: int) -> Any:
        return (x[0].log() if label == 1 else x[0]) * weights[0].value

    points = [(float(i + 1) if i % 2 else -float(i + 1),) for i in range(120)]
    known = [i % 2 for i in range(120)]
    compiled = compile(loss, weights, points, known, backend=backend)
    expected, gradient = eager(loss, weights, points, known)
    assert compiled.loss() == pytest.approx(expected, rel=1e-12)
    assert compiled.gradients() == pytest.approx(gradient, rel=1e-12)
    before = weights[0].value.data
    epochs = compiled.train(3, 0.01)
    assert len(epochs) == 3
    assert epochs[0].loss == pytest.approx(expected, rel=1e-12)
    assert weights[0].value.data != before
