"""Points in the unit square, labelled by a rule."""

import cmath
import random

import pytest

import minitorch
from minitorch.datasets import datasets

NAMES = ["Simple", "Diag", "Split", "Xor", "Circle", "Spiral"]
RULES = {
    "Simple": lambda x1, x2: x1 < 0.5,
    "Diag": lambda x1, x2: x1 + x2 < 0.5,
    "Split": lambda x1, x2: x1 < 0.2 or x1 > 0.8,
    "Xor": lambda x1, x2: (x1 < 0.5) != (x2 < 0.5),
    "Circle": lambda x1, x2: (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1,
}

every_dataset = pytest.mark.parametrize("name", NAMES)


def test_the_six_of_the_course_in_order() -> None:
    assert list(datasets) == NAMES


@every_dataset
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 9, 10, 11, 49, 50, 51, 1001, 100_000])
def test_exactly_n_points_in_the_unit_square(name: str, n: int) -> None:
    data = datasets[name](n)
    assert n == data.N == len(data.X) == len(data.y)
    assert all(0.0 <= x1 <= 1.0 and 0.0 <= x2 <= 1.0 for x1, x2 in data.X)
    assert set(data.y) <= {0, 1}


@every_dataset
@pytest.mark.parametrize("n", [10, 11, 20, 50])
def test_both_classes_from_ten_points_on(name: str, n: int) -> None:
    for seed in range(200):
        assert set(datasets[name](n, seed=seed).y) == {0, 1}, f"seed {seed}"


@pytest.mark.parametrize("name", RULES)
def test_labels_follow_the_rule(name: str) -> None:
    for seed in range(20):
        data = datasets[name](100, seed=seed)
        for (x1, x2), label in zip(data.X, data.y, strict=True):
            assert label == int(RULES[name](x1, x2)), (x1, x2)


@pytest.mark.parametrize("n", [10, 11, 50, 51, 1000])
def test_spiral_has_two_arms_alike(n: int) -> None:
    data = datasets["Spiral"](n, seed=0)
    assert abs(2 * sum(data.y) - n) <= 1
    turns: dict[int, list[complex]] = {0: [], 1: []}
    for (x1, x2), label in zip(data.X, data.y, strict=True):
        radius, angle = cmath.polar(complex(x1 - 0.5, x2 - 0.5))
        if radius > 1e-6:  # on an arm, the angle grows by one for each 1/20 of the radius
            turns[label].append(cmath.rect(1.0, angle - 20.0 * radius))
    for arm in turns.values():
        assert all(abs(turn - arm[0]) < 1e-6 for turn in arm)
    assert abs(turns[0][0] - turns[1][0]) > 1.0


@every_dataset
def test_the_seed_fixes_the_points(name: str) -> None:
    first, again = datasets[name](50, seed=7), datasets[name](50, seed=7)
    assert (first.X, first.y) == (again.X, again.y)
    assert datasets[name](50, seed=0).X == datasets[name](50, seed=0).X
    assert datasets[name](50, seed=8).X != first.X


@every_dataset
def test_the_global_generator_is_left_alone(name: str) -> None:
    before = random.getstate()
    datasets[name](20, seed=0)
    assert random.getstate() == before


@every_dataset
@pytest.mark.parametrize("n", [0, -3, 100_001])
def test_a_count_out_of_range_is_named(name: str, n: int) -> None:
    with pytest.raises(ValueError, match=f"from 1 to 100,000 points, not {n}$"):
        datasets[name](n, seed=0)


def test_an_unknown_dataset_is_answered_with_the_known() -> None:
    with pytest.raises(KeyError, match="Nope") as caught:
        datasets["Nope"]
    for name in NAMES:
        assert name in str(caught.value)


@every_dataset
def test_without_a_seed_the_global_generator_decides(name: str) -> None:
    random.seed(1)
    first = datasets[name](50).X
    assert first != datasets[name](50).X
    random.seed(1)
    assert first == datasets[name](N=50).X


def test_seeds_and_counts_may_be_numbers_of_any_type() -> None:
    np = pytest.importorskip("numpy")
    assert datasets["Xor"](np.int32(5), seed=np.int64(3)) == datasets["Xor"](5, seed=3)
    assert type(datasets["Xor"](np.int32(5)).N) is int
    for count in (2.0, "2", None):
        with pytest.raises(ValueError, match="from 1 to"):
            datasets["Xor"](count)


def test_the_course_s_names() -> None:
    random.seed(1)
    points = minitorch.make_pts(5)
    random.seed(1)
    assert points == [(random.random(), random.random()) for _ in range(5)]
    graph = minitorch.Graph(2, points[:2], [0, 1])
    assert (graph.N, graph.X, graph.y) == (2, points[:2], [0, 1])
    for generate in (minitorch.simple, minitorch.diag, minitorch.split, minitorch.xor):
        assert isinstance(generate(10), minitorch.Graph)
