"""index.html: the template, with the addresses of this build put in."""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from web.tools import archive, hashed, headers
from web.tools.console import Failure
from web.tools.hashed import only

Assets = dict[str, Any]
# Imports as esbuild writes them when it minifies: those at once, and those of a view, say.
_IMPORT = re.compile(r'\b(?:from|import)"\./([\w.-]+\.js)"')
_LATER_IMPORT = re.compile(r'\bimport\("\./([\w.-]+\.js)"\)')
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ASSETS_TAG = '<script type="application/json" id="assets">'


def assets_of(site: Path) -> Assets:
    """List what the page fetches later: the block with the id `assets`."""
    figures = sorted(site.glob("assets/figures/*.json"))
    places: Assets = {
        "worker": only(site, "assets/worker-*.js"),
        "pyodide": only(site, "pyodide-*") + "/",
        "course": only(site, "assets/course-*.json"),
        "guides": only(site, "assets/guides-*.json"),
        "words": only(site, "assets/words-*.json"),
        "packages": "packages/",
        "lock": only(site, "packages/lock-*.json"),
        "stdlib": only(site, f"assets/stdlib-*{archive.SUFFIX}"),
        "rest": only(site, "assets/stdlib-rest-*.bin"),
        "python": only(site, f"assets/python-*{archive.SUFFIX}"),
        "bytes": sum(path.stat().st_size for path in _fetched_at_start(site)),
        "bokeh": only(site, "assets/bokeh-*.min.js"),
        "figures": {
            path.stem.rpartition("-")[0]: path.relative_to(site).as_posix() for path in figures
        },
    }
    fetched = [*_fetched_at_start(site), *figures]
    fetched += [site / places[name] for name in ("rest", "bokeh", "course", "words")]
    return places | {"hashes": _hashes(site, fetched)}


def _fetched_at_start(site: Path) -> list[Path]:
    """List what the worker fetches before Python is ready, its own program included."""
    patterns = [
        "assets/worker-*.js",
        "pyodide-*/pyodide.mjs",
        "pyodide-*/pyodide.asm.mjs",
        "pyodide-*/pyodide.asm.wasm",
        f"assets/stdlib-*{archive.SUFFIX}",
        f"assets/python-*{archive.SUFFIX}",
        "packages/lock-*.json",
    ]
    return [site / only(site, pattern) for pattern in patterns]


def _hashes(site: Path, files: Iterable[Path]) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashed.integrity(path.read_bytes()) for path in files
    }


def is_filled(html: Path) -> bool:
    """Tell a page that a build wrote from any other file, or none."""
    return html.is_file() and ASSETS_TAG in html.read_text(encoding="utf-8", errors="replace")


def fill(template: str, site: Path) -> str:
    """Put the addresses of a built site into the template."""
    styles = only(site, "assets/main-*.css")
    # In a script element only "<" could end the text early.
    assets = json.dumps(assets_of(site), indent=1).replace("<", "\\u003c")
    imports = json.dumps({"integrity": _script_hashes(site)}, indent=1)
    scripts = [imports, *_INLINE.findall(template)]
    return replace_marks(
        template,
        {
            "policy": headers.policy_tag(scripts),
            "styles": f'<link rel="stylesheet" href="{escape(styles)}">',
            "script": f'<script type="importmap">{imports}</script>\n{_script_tags(site)}',
            "assets": f"{ASSETS_TAG}\n{assets}\n</script>",
        },
    )


def _script_hashes(site: Path) -> dict[str, str]:
    """Hash all that the program is made of, by addresses as an import map has them."""
    scripts = sorted(set(site.glob("assets/*.js")) - set(site.glob("assets/*.min.js")))
    return {f"./{path}": sha for path, sha in _hashes(site, scripts).items()}


def _script_tags(site: Path) -> str:
    """Write the tag of the program, after those of what the first page also needs at once."""
    script = only(site, "assets/main-*.js")

    def attributes(path: str) -> str:
        return f'"{escape(path)}" integrity="{hashed.integrity((site / path).read_bytes())}"'

    imported = {
        f'<link rel="modulepreload" href={attributes(path)}>' for path in _first(site, script)
    }
    return "\n".join(
        [*sorted(imported), f'<script type="module" src={attributes(script)}></script>']
    )


def _first(site: Path, script: str) -> set[str]:
    """List what the program imports when it starts, and for the first view in `views/index.ts`."""
    views = _names(_LATER_IMPORT, site / script)[:1]
    return _imported(site, script).union(views, *(_imported(site, view) for view in views))


def _imported(site: Path, script: str) -> set[str]:
    """List what a script imports at once, and what that imports in turn."""
    names = _names(_IMPORT, site / script)
    return set(names).union(*(_imported(site, name) for name in names))


def _names(pattern: re.Pattern[str], script: Path) -> list[str]:
    return [f"assets/{name}" for name in pattern.findall(script.read_text(encoding="utf-8"))]


def replace_marks(template: str, values: Mapping[str, str]) -> str:
    """Replace each `<!-- build:name -->`, of which there must be one per name."""
    for name, value in values.items():
        mark = f"<!-- build:{name} -->"
        if template.count(mark) != 1:
            raise Failure(f"The page has {mark} {template.count(mark)} times, not once.")
        template = template.replace(mark, value)
    left = re.search(r"<!-- build:[^>]*>", template)
    if left:
        raise Failure(f"The page has {left[0]}, which the build doesn't know.")
    return template
