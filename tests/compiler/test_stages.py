"""The stages know what they pass on, and nothing of each other; `pipeline` puts them together."""

import ast
from pathlib import Path

import pytest

from minitorch import compiler

FILES = {file.stem: file for file in Path(compiler.__file__).parent.glob("*.py")}

STAGES = ["trace", "merge", "lower", "differentiate", "layout", "tables", "image"]
SHARED = {"arithmetic", "errors", "tape", "ir", "plan", "samples"}
"""What stages may use: the forms that they hand over, and nothing that has a stage's work in it."""


def imports(name: str) -> set[str]:
    """The other files of the compiler that one imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(FILES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_imports_none_after_it(name: str) -> None:
    assert imports(name).isdisjoint(STAGES[STAGES.index(name) :])


@pytest.mark.parametrize("name", STAGES[:4])
def test_a_pass_is_imported_by_the_pipeline_alone(name: str) -> None:
    """What others need of it, nodes and rules, is in tape.py and ir.py."""
    users = {user for user in FILES if name in imports(user)}
    assert users - {"compiled"} == {"pipeline"}  # compiled lends the parameters other values
    assert imports(name) - {"custom"} <= SHARED


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_is_shared_knows_no_stage(name: str) -> None:
    assert imports(name) <= SHARED


def test_all_stages_are_put_together_in_one_place() -> None:
    assert set(STAGES) <= imports("pipeline")
    assert imports("run_wasm").isdisjoint({"pipeline", "tables", *STAGES[:4]})
