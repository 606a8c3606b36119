"""Imports point one way: the arrows drawn in the design, read off the sources."""

import ast
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "minitorch"
SOURCES = ROOT / "web" / "src"

# ------------------------------------------------------------------------------- the tests

# Folders of tests that something else than pytest runs.
RUN_ELSEWHERE = {"page": "*.test.ts", "bench": "run.py"}


def test_each_folder_of_tests_is_run(pytestconfig: pytest.Config) -> None:
    """pytest enters no folder called build, dist or venv, say, and tells nobody."""
    left_out = pytestconfig.getini("norecursedirs")
    patterns = pytestconfig.getini("python_files")
    for folder in (ROOT / "tests").iterdir():
        if not folder.is_dir() or folder.name == "__pycache__":
            continue
        wanted = [RUN_ELSEWHERE[folder.name]] if folder.name in RUN_ELSEWHERE else patterns
        files = [file for pattern in wanted for file in folder.rglob(pattern)]
        assert files, f"nothing in {folder.name} is a test"
        if folder.name not in RUN_ELSEWHERE:
            parts = {part for file in files for part in file.relative_to(folder.parent).parts[:-1]}
            hidden = {part for part in parts if any(fnmatch(part, name) for name in left_out)}
            assert hidden == set(), "pytest does not look there"


# ------------------------------------------------------------------------------------- Python

# Each module and those it may import directly. What it reaches through them it may import too,
# so this reads as the drawing does: operators ← autodiff ← scalar_functions ← scalar ← …
ARROWS: dict[str, set[str]] = {
    "epochs": set(),
    "errors": set(),
    "memory": set(),
    "operators": set(),
    "history": {"memory"},
    "autodiff": {"operators", "errors", "history"},
    "copying": {"autodiff"},
    "differences": set(),
    "recording": {"autodiff"},
    "scalar_functions": {"recording"},
    "scalar": {"scalar_functions", "copying", "differences"},
    "module": set(),
    "nn": {"scalar", "module"},
    "optim": {"scalar", "module", "data"},
    "graph": {"scalar"},
    "data": {"errors"},
    "datasets": {"errors"},
    "compiler": {"data", "graph", "module", "epochs"},
    "logs": {"epochs"},
    "training": {"logs", "nn", "optim", "data", "datasets", "compiler"},
    "testing": {"operators"},
}
ENTRANCES = {"__init__", "__main__"}  # these may import any of them


def allowed(module: str) -> set[str]:
    """The modules to the left of this one, however far."""
    return ARROWS[module].union(*(allowed(left) for left in ARROWS[module]))


def library_files() -> dict[Path, str]:
    """Every file of the library with the name of its module; a folder counts as one module."""
    files = sorted(LIBRARY.rglob("*.py"))
    return {file: file.relative_to(LIBRARY).with_suffix("").parts[0] for file in files}


def top_level_packages(file: Path) -> set[str]:
    """The packages that a file imports by their full names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names


def for_types_only(tree: ast.Module) -> set[ast.AST]:
    """What stands under `if TYPE_CHECKING:` and never runs."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }


def imported_modules(file: Path) -> set[str]:
    """The modules of the library that a file imports when it runs."""
    package = ("minitorch", *file.relative_to(LIBRARY).parts[:-1])
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped = for_types_only(tree)
    targets: set[str] = set()
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            targets |= {f"{base}.{alias.name}" for alias in node.names}
    return {target.split(".")[1] for target in targets if target.startswith("minitorch.")}


every_library_file = pytest.mark.parametrize(
    ("file", "module"),
    library_files().items(),
    ids=[str(file.relative_to(LIBRARY)) for file in library_files()],
)


@every_library_file
def test_the_library_needs_only_the_standard_library(file: Path, module: str) -> None:
    assert top_level_packages(file) <= sys.stdlib_module_names | {"minitorch"}


@every_library_file
def test_imports_of_the_library_point_left(file: Path, module: str) -> None:
    if module in ENTRANCES:
        return
    assert module in ARROWS, f"{module} has no place in ARROWS yet"
    assert imported_modules(file) <= allowed(module) | {module}


def test_the_one_loop_is_closed_in_one_place() -> None:
    """A call makes a Scalar, and a Scalar's methods make calls: scalar.py lends its class."""
    calls = {
        (file.name, ast.unparse(node))
        for file in library_files()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and "results_are" in ast.unparse(node.func)
    }
    assert calls == {("scalar.py", "recording.results_are(Scalar)")}


@every_library_file
def test_no_file_writes_into_another_module(file: Path, module: str) -> None:
    """What a module holds is set by a function of its own."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
        if isinstance(node, ast.Import) or node.module is None
    }
    written = {
        ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) in modules
    }
    assert written == set()


def python_outside_the_bridge() -> Iterator[Path]:
    """Every Python file of the project that may not know the browser."""
    yield from (file for file in ROOT.glob("*.py"))
    yield from LIBRARY.rglob("*.py")
    for folder in (ROOT / "web").glob("*/"):
        if folder.name not in ("bridge", "node_modules"):
            yield from folder.rglob("*.py")


def test_only_the_bridge_knows_the_browser() -> None:
    knowing = {
        str(file.relative_to(ROOT))
        for file in python_outside_the_bridge()
        if top_level_packages(file) & {"js", "pyodide", "pyodide_js", "micropip"}
    }
    assert knowing == set()


# ---------------------------------------------------------------------------------- TypeScript

IMPORT = re.compile(
    r"""(?:^|[;}\s]) (?:import|export) \s+ (?:[^'"();]*? \s+ from \s*)? ['"] (\.[^'"]*) ['"]
      | \b import \s* \( \s* ['"] (\.[^'"]*) ['"]""",
    re.VERBOSE,
)


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)


def own_imports(file: Path) -> set[str]:
    """The files under web/src that a file imports: "client", "views/train"."""
    found = set()
    for static, dynamic in IMPORT.findall(without_comments(file.read_text(encoding="utf-8"))):
        target = (file.parent / (static or dynamic)).resolve()
        if target.is_relative_to(SOURCES):
            found.add(re.sub(r"\.(tsx?|js)$", "", target.relative_to(SOURCES).as_posix()))
    return found


def sources() -> dict[str, set[str]]:
    """Every file under web/src by its name, and what it imports."""
    files = [file for pattern in ("*.ts", "*.tsx") for file in SOURCES.rglob(pattern)]
    return {
        file.relative_to(SOURCES).with_suffix("").as_posix(): own_imports(file)
        for file in sorted(files)
    }


def test_the_pattern_finds_every_kind_of_import() -> None:
    text = """
    import { a } from "./a";
    import type { B } from "../b.ts";
    import {
      c,
      type D,
    } from './c';
    import "./effect";
    export * from "./e";
    const f = await import("./f");
    // import { no } from "./comment";
    const g = new URL("./worker.ts", import.meta.url);
    """
    found = [static or dynamic for static, dynamic in IMPORT.findall(without_comments(text))]
    assert found == ["./a", "../b.ts", "./c", "./effect", "./e", "./f"]


# The realms and subjects of the page, each with those it may import; files beside main.tsx are
# leaves that everybody may use. Views never import each other, nor the worker the page.
REALMS: dict[str, set[str]] = {
    "protocol": set(),
    "store": set(),
    "address": {"protocol", "store"},
    "python": {"protocol", "store"},
    "ui": {"address", "python"},
    "figures": {"ui"},
    "plot": {"figures"},
    "editor": {"ui"},
    "graph": {"figures"},
    "functions": {"figures"},
    "training": {"figures"},
    "workspace": {"python", "store"},
    "views": {"workspace", "training", "functions", "graph", "plot", "figures", "editor", "ui"},
    "offline": {"python"},
    "shell": {"views", "offline"},
    "worker": {"protocol"},
}
LEAVES = {"format"}


def reach(realm: str) -> set[str]:
    """The realms that one may import, directly or as the ones it imports do."""
    return REALMS[realm].union(*(reach(other) for other in REALMS[realm]))


def test_imports_of_the_page_point_one_way() -> None:
    for name, targets in sources().items():
        if name == "main":
            continue
        realm = name.partition("/")[0]
        allowed = reach(realm) | {realm} if realm in REALMS else set()
        for target in targets - LEAVES:
            assert target.partition("/")[0] in allowed, f"{name} imports {target}"


def test_views_never_import_each_other() -> None:
    def view_of(name: str) -> str | None:
        return name.split("/")[1] if name.startswith("views/") and name.count("/") > 1 else None

    for name, targets in sources().items():
        others = {view_of(target) for target in targets} - {view_of(name), None}
        assert view_of(name) is None or not others, f"{name} imports {others}"


def test_workers_are_started_and_never_imported() -> None:
    imports = sources()
    for entrance in ("main", "worker/worker", "offline/sw"):
        importing = {name for name, targets in imports.items() if entrance in targets}
        assert importing == set(), f"{importing} import {entrance}"


def test_no_file_of_the_page_imports_itself_in_a_circle() -> None:
    imports = sources()
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for target in imports.get(name, set()):
                visit(target, (*path, name))
            done.add(name)

    for name in imports:
        visit(name, ())
