"""Two editions of the core, the textbook's and the fast package: one behaviour."""

import importlib.util
import math
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from projects import Runner, solved, write

import minitorch
from web.tools import content
from web.tools.paths import ROOT

COUNT = 3_000


@pytest.fixture(scope="module")
def textbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The textbook edition under another name, beside the fast one."""
    folder = write(solved(), tmp_path_factory.mktemp("course")) / "minitorch"
    spec = importlib.util.spec_from_file_location("textbook", folder / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["textbook"] = module
    spec.loader.exec_module(module)
    yield module
    for name in [name for name in sys.modules if name.partition(".")[0] == "textbook"]:
        del sys.modules[name]


def fast_files() -> dict[str, str]:
    """The course's project with the fast package in place of its own files."""
    course = {path: text for path, text in solved().items() if not path.startswith("minitorch/")}
    fast = (ROOT / "minitorch").rglob("*.py")
    return {
        **course,
        **{path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in fast},
    }


def test_the_fast_package_passes_the_assignment_s_tests(runner: Runner, tmp_path: Path) -> None:
    """The textbook edition does: it is the solution of every task."""
    outcome = runner.run(write(fast_files(), tmp_path))
    assert outcome.status == 0, outcome.text
    assert {f"tests/{path.name}" for path in (content.COURSE / "tests").glob("test_*.py")} == {
        test.partition("::")[0] for test in outcome.outcomes
    }


def random_expression(rng: random.Random, depth: int) -> str:
    """An expression in x, y and z with every operation, whose values stay within bounds."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice(["x", "y", "z", "x", "y", "z", f"{rng.randint(-8, 8) / 4}"])
    a, b = (random_expression(rng, depth - 1) for _ in range(2))
    forms = [
        *(f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"(-{a})"),
        *(f"({a} / (1.5 + {b} * {b}))", f"(2.0 / (1.5 + {a} * {a}))"),
        *(f"relu({a})", f"sigmoid({a})", f"log(1.5 + {a} * {a})", f"exp(sigmoid({a}))"),
        *(f"({a} < {b}) * {a}", f"({a} > {b}) * {b}", f"(S({a}) == {b})"),
    ]
    return rng.choice(forms)


def evaluated(library: ModuleType, code: str, values: tuple[float, ...]) -> tuple[float, ...]:
    """The value of an expression, and the derivatives that backward finds."""
    variables = [library.Scalar(v) for v in values]

    def scalar(v: Any) -> Any:
        return v if isinstance(v, library.Scalar) else library.Scalar(v)

    names = dict(zip("xyz", variables, strict=True))
    methods = {
        name: lambda v, name=name: getattr(scalar(v), name)()
        for name in ("relu", "sigmoid", "log", "exp")
    }
    result = scalar(eval(code, {"S": scalar, **methods}, names))
    result.backward()
    return result.data, *(v.derivative or 0.0 for v in variables)


def test_both_editions_give_the_same_values_and_derivatives(textbook: ModuleType) -> None:
    rng = random.Random(0)
    for _ in range(COUNT):
        code = random_expression(rng, depth=4)
        values = tuple(rng.uniform(-2, 2) for _ in range(3))
        expected = evaluated(minitorch, code, values)
        got = evaluated(textbook, code, values)
        assert all(map(math.isfinite, expected)), f"{code} at {values} gives {expected}"
        assert got == pytest.approx(expected, rel=1e-9, abs=1e-9), f"{code} at {values}"


def test_both_editions_offer_the_course_s_names(textbook: ModuleType) -> None:
    for name in textbook.__all__:
        assert hasattr(minitorch, name), name


def test_a_long_chain_is_no_problem_for_the_textbook_either(textbook: ModuleType) -> None:
    x = textbook.Scalar(1.0)
    total = x
    for _ in range(5_000):
        total = total + x
    total.backward()
    assert x.derivative == 5_001.0


def test_a_scalar_of_the_textbook_can_be_a_key(textbook: ModuleType) -> None:
    x, twin = textbook.Scalar(1.0), textbook.Scalar(1.0)
    assert {x: "x", twin: "twin"}[x] == "x"
    assert len({x, twin, x}) == 2
