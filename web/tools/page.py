"""index.html: the template, with the addresses of this build put in."""

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from web.tools import headers
from web.tools.console import Failure
from web.tools.hashed import only

Assets = dict[str, Any]
ASSETS_TAG = '<script type="application/json" id="assets">'


def assets_of(site: Path) -> Assets:
    """List what the page fetches later: the block with the id `assets`."""
    figures = sorted(site.glob("assets/figures/*.json"))
    return {
        "worker": only(site, "assets/worker-*.js"),
        "pyodide": only(site, "pyodide-*") + "/",
        "course": only(site, "assets/course-*.json"),
        "packages": "packages/",
        "lock": only(site, "packages/lock-*.json"),
        "stdlib": only(site, "assets/stdlib-*.zip"),
        "python": only(site, "assets/python-*.zip"),
        "bytes": sum(path.stat().st_size for path in _fetched_at_start(site)),
        "bokeh": only(site, "assets/bokeh-*.min.js"),
        "figures": {
            path.stem.rpartition("-")[0]: path.relative_to(site).as_posix() for path in figures
        },
    }


def _fetched_at_start(site: Path) -> list[Path]:
    """List what the worker fetches before Python is ready, but for its program."""
    patterns = [
        "pyodide-*/pyodide.asm.wasm",
        "assets/stdlib-*.zip",
        "assets/python-*.zip",
        "packages/lock-*.json",
    ]
    return [site / only(site, pattern) for pattern in patterns]


def is_filled(html: Path) -> bool:
    """Tell a page that a build wrote from any other file, or none."""
    return html.is_file() and ASSETS_TAG in html.read_text(encoding="utf-8", errors="replace")


def fill(template: str, site: Path) -> str:
    """Put the addresses of a built site into the template."""
    styles = only(site, "assets/main-*.css")
    script = only(site, "assets/main-*.js")
    # In a script element only "<" could end the text early.
    assets = json.dumps(assets_of(site), indent=1).replace("<", "\\u003c")
    return replace_marks(
        template,
        {
            "policy": headers.policy_tag(),
            "styles": f'<link rel="stylesheet" href="{escape(styles)}">',
            "script": f'<script type="module" src="{escape(script)}"></script>',
            "assets": f"{ASSETS_TAG}\n{assets}\n</script>",
        },
    )


def replace_marks(template: str, values: Mapping[str, str]) -> str:
    """Replace each `<!-- build:name -->`, of which there must be one per name."""
    for name, value in values.items():
        mark = f"<!-- build:{name} -->"
        if template.count(mark) != 1:
            raise Failure(f"web/index.html has {mark} {template.count(mark)} times, not once.")
        template = template.replace(mark, value)
    left = re.search(r"<!-- build:[^>]*>", template)
    if left:
        raise Failure(f"web/index.html has {left[0]}, which the build doesn't know.")
    return template
