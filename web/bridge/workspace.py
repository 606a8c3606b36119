"""A learner's files, laid into a folder that Python imports from before it looks at ours.

With a package `minitorch` among them, `import minitorch` is theirs. Modules that theirs lacks, such
as `minitorch.graph`, are found in ours, and run on their Scalar: they import `minitorch.scalar`
like everybody else.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from .sandbox.source import TOO_DEEP, deepest_line, readable

PACKAGE = "minitorch"
MODEL = "<model>"  # what the text of a model goes by in tracebacks
# The subjects of the bridge that import it: with another package, they are other modules.
_BUILT_ON_IT = (
    *("bridge.agreement", "bridge.expression", "bridge.function"),
    *("bridge.functions", "bridge.program", "bridge.training"),
)
# In place of a file that would take Python down when it is parsed.
_REFUSED = "raise SyntaxError({message!r}, (__file__, {line}, None, None))\n"


@dataclass(frozen=True)
class Library:
    """Which `minitorch` a result was made with.

    Attributes:
        name: "Reference" for ours, "Yours" for the learner's.
        version: our version, or the beginning of a hash of the learner's files.
    """

    name: str
    version: str


@dataclass(frozen=True)
class PythonInfo:
    """What the page shows of its Python: its version, and the library."""

    python: str
    library: Library


class Workspace:
    """The folder with the learner's files.

    Attributes:
        library: the learner's own, if they have a package `minitorch`.
        text: what a text of theirs that is trained goes by in tracebacks, if there is one.
    """

    library: Library | None = None
    text: str | None = None

    def __init__(self) -> None:
        self._files: dict[str, str] = {}

    @cached_property
    def folder(self) -> Path:
        """Where the files are; made when it is first asked for."""
        return Path(tempfile.mkdtemp(prefix="workspace-")).resolve()

    def lay(self, files: Mapping[str, str]) -> None:
        """Put `files` into the folder in place of those that are there.

        Modules that were imported from the folder are forgotten, so that the next import reads
        what is there now: the package `minitorch` only if one of its files has changed.

        Args:
            files: the text of each file by its path within the folder.

        Raises:
            ValueError: a path leads out of the folder.
        """
        readable_files = {readable(name): readable(text) for name, text in files.items()}
        for name in readable_files:
            if not (self.folder / name).resolve().is_relative_to(self.folder):
                raise ValueError(f"{name!r} leads out of the folder")
        changed = {
            name
            for name in readable_files.keys() | self._files.keys()
            if readable_files.get(name) != self._files.get(name)
        }
        for name in sorted(changed):
            self._write(name, readable_files.get(name))
        self._files = readable_files
        self.library = self._find_library()
        self._forget_modules(any(name.startswith(f"{PACKAGE}/") for name in changed))
        _look_here_first(str(self.folder))

    def _write(self, name: str, text: str | None) -> None:
        path = self.folder / name
        if text is None:
            path.unlink(missing_ok=True)
            return
        if name.endswith(".py") and (line := deepest_line(text)):
            text = _REFUSED.format(message=TOO_DEEP, line=line)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _find_library(self) -> Library | None:
        if f"{PACKAGE}/__init__.py" not in self._files:
            return None
        own = {name: text for name, text in self._files.items() if name.startswith(f"{PACKAGE}/")}
        return Library("Yours", sha256(repr(sorted(own.items())).encode()).hexdigest()[:8])

    def _forget_modules(self, with_package: bool) -> None:
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] == PACKAGE or name.startswith(_BUILT_ON_IT):
                is_old = with_package
            else:
                is_old = self.holds(getattr(module, "__file__", None))
            if is_old:
                del sys.modules[name]
        importlib.invalidate_caches()

    def has(self, name: str) -> bool:
        """Tell whether there is a file of that name, such as "project/run_scalar.py"."""
        return name in self._files

    def holds(self, file: str | None) -> bool:
        """Tell whether `file`, the path of a module or of a frame's code, is the learner's."""
        return bool(self._files and file) and str(file).startswith(f"{self.folder}/")

    def name_of(self, file: str) -> str:
        """The learner's name of a file that the folder holds, such as "minitorch/scalar.py"."""
        return file.removeprefix(f"{self.folder}/")

    def with_names(self, text: str) -> str:
        """The text with the learner's names of the files that it mentions."""
        return text.replace(f"{self.folder}/", "") if self._files else text


WORKSPACE = Workspace()


class _Ours:
    """Finds in our package what the learner's lacks; asked last of all finders."""

    def __init__(self) -> None:
        spec = find_spec(PACKAGE)  # before there is a learner's
        self.places = list(spec.submodule_search_locations or ()) if spec else []

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module of the package, as importlib asks for it."""
        package, _, rest = name.partition(".")
        if package != PACKAGE or not rest or "." in rest or not WORKSPACE.library:
            return None
        return PathFinder.find_spec(name, self.places, target)


_ours = _Ours()


def _look_here_first(folder: str) -> None:
    """Let `folder` come before our package, and our package fill what is missing there."""
    if folder not in sys.path:
        parents = [str(Path(place).parent) for place in _ours.places]
        found = [sys.path.index(parent) for parent in parents if parent in sys.path]
        # After the standard library: a file of theirs called random.py is not Python's.
        sys.path.insert(min(found, default=0), folder)
    if _ours not in sys.meta_path:
        sys.meta_path.append(_ours)


def lay(files: dict[str, str]) -> None:
    """Put the learner's files in place: see `Workspace.lay`.

    Args:
        files: the text of each file by its path.
    """
    WORKSPACE.lay(files)


def library() -> Library:
    """Which library `import minitorch` is."""
    if WORKSPACE.library:
        return WORKSPACE.library
    import minitorch

    return Library("Reference", minitorch.__version__)


def info() -> PythonInfo:
    """What there is to tell about this Python."""
    return PythonInfo(sys.version.split()[0], library())
