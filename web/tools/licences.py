"""THIRD-PARTY.txt: what others wrote that the site hands out, and on what terms."""

import json
from email.parser import Parser
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

from web.tools import packages
from web.tools.cache import cached, files_in
from web.tools.paths import NODE_MODULES, WEB

_NPM_LOCK = WEB / "package-lock.json"
_IS_LICENCE = ("licen", "copying", "notice")


def build() -> Path:
    """Collect names, versions, licences and their texts; return a part of the site."""
    wheels = packages.download()
    return cached(
        "licences",
        [wheels, _NPM_LOCK, WEB / "requirements.txt", Path(__file__)],
        lambda output: _make(wheels, output),
    )


def _make(wheels: Path, output: Path) -> None:
    parts = [
        "This site contains the following software, each on its own terms.",
        *_npm_packages(),
        *(_wheel(path) for path in files_in(wheels)),
        _bokeh(),
    ]
    ruler = "\n\n" + "-" * 80 + "\n\n"
    (output / "THIRD-PARTY.txt").write_text(ruler.join(parts) + "\n", encoding="utf-8")


def _npm_packages() -> list[str]:
    """Describe what the bundle is made of: everything that isn't only a tool."""
    entries = json.loads(_NPM_LOCK.read_text())["packages"]
    described = []
    for place, entry in entries.items():
        if not place or entry.get("dev") or "/@types/" in place:
            continue
        folder = WEB / place
        about = json.loads((folder / "package.json").read_text())
        texts = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name.lower().startswith(_IS_LICENCE)
        ]
        name = place.removeprefix(f"{NODE_MODULES.name}/")
        described.append(_describe(name, about["version"], about.get("license", ""), texts))
    return described


def _wheel(path: Path) -> str:
    with ZipFile(path) as archive:
        info = [name for name in archive.namelist() if ".dist-info/" in name]
        about = next(name for name in info if name.endswith("/METADATA"))
        fields = Parser().parsestr(archive.read(about).decode())
        texts = [
            archive.read(name).decode(errors="replace")
            for name in info
            if Path(name).name.lower().startswith(_IS_LICENCE)
        ]
    terms = fields["License-Expression"] or (fields["License"] or "").split("\n")[0]
    return _describe(fields["Name"], fields["Version"], terms, texts)


def _bokeh() -> str:
    found = metadata.distribution("bokeh")
    files = [path for path in found.files or [] if path.name.lower().startswith(_IS_LICENCE)]
    texts = [path.read_text() for path in files if ".dist-info" in str(path)]
    return _describe("BokehJS", found.version, "BSD-3-Clause", texts)


def _describe(name: str, version: str, terms: str, texts: list[str]) -> str:
    return "\n\n".join([f"{name} {version}: {terms}", *(text.strip() for text in texts)])
