"""What makes the page an app that can be installed: its manifest, and icons in several sizes."""

import json
import re
from pathlib import Path

from web.tools import node
from web.tools.cache import cached
from web.tools.console import Failure
from web.tools.paths import WEB

_ICON = WEB / "static" / "icon.svg"
_COLORS = WEB / "styles" / "tokens.css"
_SCRIPT = WEB / "tools" / "icons.mjs"

# Each picture's size and how much of it the icon fills. Below 1 it stands on its own colour:
# systems cut a circle out of a maskable icon, of which four fifths are sure to be seen.
_PICTURES = {
    "icon-192.png": (192, 1),
    "icon-512.png": (512, 1),
    "icon-maskable-512.png": (512, 0.85),
    "apple-touch-icon.png": (180, 0.85),
}


def build() -> Path:
    """Write the manifest and draw the icons; return a part of the site."""
    inputs = [_ICON, _COLORS, _SCRIPT, WEB / "package-lock.json", Path(__file__)]
    return cached("manifest and icons", inputs, _make)


def _make(output: Path) -> None:
    wanted = [
        str(word)
        for name, (size, room) in _PICTURES.items()
        for word in (output / name, size, room)
    ]
    node.script(_SCRIPT.name, _ICON, *wanted)
    text = json.dumps(manifest(), indent=1)
    (output / "manifest.webmanifest").write_text(text, encoding="utf-8")


def manifest() -> dict[str, object]:
    """Describe the app, with addresses relative to the manifest: any path of a host will do."""
    paper = re.search(r"--paper:\s*(#\w+)", _COLORS.read_text(encoding="utf-8"))
    if not paper:
        raise Failure("styles/tokens.css names no --paper.")
    return {
        "name": "MiniTorch",
        "short_name": "MiniTorch",
        "description": "Learn automatic differentiation, with Python running in the page.",
        "lang": "en",
        "categories": ["education"],
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": paper[1],
        "background_color": paper[1],
        "icons": [
            _icon("icon-192.png", "192x192", "any"),
            _icon("icon-512.png", "512x512", "any"),
            _icon("icon-maskable-512.png", "512x512", "maskable"),
            {"src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
    }


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": name, "sizes": sizes, "type": "image/png", "purpose": purpose}
