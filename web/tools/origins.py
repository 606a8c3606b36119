"""The promise that the site fetches nothing from anywhere else, checked on what was built.

Links that a person follows, namespaces and licence texts may name other sites; what a
browser would load by itself may not.
"""

import re
from pathlib import Path

from web.tools.cache import files_in
from web.tools.console import Failure

_ADDRESS = r"(?:https?:|wss?:)?//(?![\"'`])"
_ELSEWHERE = rf"[\"'\s]*{_ADDRESS}"
_QUOTED = rf"\s*[\"'`]{_ADDRESS}"
_LOADS = {
    ".html": re.compile(
        rf"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)={_ELSEWHERE}"
        rf"|<link\b[^>]*\bhref={_ELSEWHERE}|\bsrcset={_ELSEWHERE}",
        re.IGNORECASE,
    ),
    ".css": re.compile(rf"url\({_ELSEWHERE}|@import\s*{_ELSEWHERE}", re.IGNORECASE),
    ".js": re.compile(
        rf"\b(?:import|importScripts|fetch|Worker|SharedWorker|EventSource|WebSocket)\({_QUOTED}"
        rf"|\bfrom{_QUOTED}"
    ),
    # Pyodide's, which may not even know of another host.
    ".mjs": re.compile(rf"[\"'`]{_ADDRESS}\w"),
}
# Bokeh can fetch what a figure tells it to (tiles, extensions); ours tell it nothing.
_NOT_OURS = "bokeh-"


def check(site: Path) -> None:
    """Fail if a page, style or script loads something from another origin."""
    for path in files_in(site):
        pattern = _LOADS.get(path.suffix)
        if pattern is None or path.name.startswith(_NOT_OURS):
            continue
        found = find_load(path.suffix, path.read_text(encoding="utf-8"))
        if found:
            raise Failure(f"{path.relative_to(site)} loads from another origin: {found}")


def find_load(suffix: str, text: str) -> str | None:
    """Find the first load from another origin in a text, with a little around it."""
    found = _LOADS[suffix].search(text)
    return text[found.start() : found.end() + 60].split("\n")[0] if found else None
