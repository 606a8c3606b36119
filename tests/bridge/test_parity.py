"""What stands in two languages, or follows an order: both say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from web.tools.python import PLACE

WEB = Path(__file__).parents[2] / "web"
BRIDGE = WEB / "bridge"


def test_the_worker_puts_our_python_where_it_was_compiled_for() -> None:
    text = (WEB / "src" / "worker" / "load.ts").read_text(encoding="utf-8")
    assert re.findall(r'PLACE = "(.*)"', text) == [PLACE]


# What each part of the bridge may import of the bridge: what contains a learner's code knows
# nothing of what it contains, and subjects know nothing of each other.
ARROWS: dict[str, set[str]] = {
    "arriving": set(),
    "convert": set(),
    "micropip": set(),
    "sandbox": {"micropip", "workspace"},
    "workspace": {"sandbox"},  # to make its files readable
    "webassembly": set(),
    "program": {"sandbox"},
    "agreement": set(),
    "expression": {"agreement", "program", "sandbox", "workspace"},
    "function": {"program", "sandbox"},
    "functions": {"expression", "function", "sandbox", "workspace"},
    "running": {"sandbox", "workspace"},
    "training": {"sandbox", "webassembly", "workspace"},
    "testreport": {"sandbox", "workspace"},
    "checking": {"sandbox", "testreport", "webassembly", "workspace"},
    "programs": {"expression", "sandbox", "workspace"},
    "api": {"convert", "programs", "sandbox", "workspace"},
}
# Those that run before the learner's library is there, or without it.
WITHOUT_A_LIBRARY = {
    *("api", "arriving", "checking", "convert", "micropip", "programs", "sandbox"),
    *("testreport", "workspace"),
}


def imports(file: Path) -> tuple[set[str], bool]:
    """The parts of the bridge that a file imports, and whether it imports minitorch at once."""
    parts, library = set(), False
    folder = file.parent.relative_to(BRIDGE).parts
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = folder[: len(folder) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            parts |= {".".join((*above, name)).split(".")[0] for name in names}
    for statement in tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            library |= "minitorch" in ast.unparse(statement)
    return parts, library


@pytest.mark.parametrize(
    "file", sorted(BRIDGE.rglob("*.py")), ids=lambda file: str(file.relative_to(BRIDGE))
)
def test_imports_of_the_bridge_point_one_way(file: Path) -> None:
    part = file.relative_to(BRIDGE).with_suffix("").parts[0]
    if part == "__init__":
        return
    parts, library = imports(file)
    assert parts - {part} <= ARROWS[part]
    assert not (library and part in WITHOUT_A_LIBRARY)


def test_what_is_built_on_a_library_is_forgotten_with_it() -> None:
    from bridge.workspace import _BUILT_ON_IT

    built = {
        file.relative_to(BRIDGE).with_suffix("").parts[0]
        for file in BRIDGE.rglob("*.py")
        if imports(file)[1]
    }
    assert {f"bridge.{name}" for name in built} == set(_BUILT_ON_IT)
