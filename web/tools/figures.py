"""The figures: described in Python with Bokeh, drawn in the page by BokehJS.

Run as a program, `python -m web.tools.figures FOLDER` writes each figure's JSON there.
"""

import importlib
import importlib.util
import json
import sys
from pathlib import Path

from web.tools.cache import cached
from web.tools.console import Failure, run
from web.tools.hashed import add_file
from web.tools.paths import WEB

_SOURCE = WEB / "figures"


def build() -> Path:
    """Write the figures and BokehJS; return a part of the site."""
    inputs = [_SOURCE, WEB / "requirements.txt", Path(__file__)]
    return cached("figures", inputs, _make)


def _make(output: Path) -> None:
    assets = output / "assets"
    add_file(_bokeh_script(), assets)
    plain = output / "plain"
    plain.mkdir()
    # Numbered ids, not random ones: the same figures give the same JSON.
    run([sys.executable, "-m", "web.tools.figures", plain], env={"BOKEH_SIMPLE_IDS": "yes"})
    for path in sorted(plain.iterdir()):
        add_file(path, assets / "figures")
        path.unlink()
    plain.rmdir()


def _bokeh_script() -> Path:
    """Find the browser's half of Bokeh in the wheel that holds Python's half."""
    spec = importlib.util.find_spec("bokeh")
    if spec is None or spec.origin is None:
        raise Failure("Bokeh is not installed in .venv.")
    return Path(spec.origin).parent / "server" / "static" / "js" / "bokeh.min.js"


def figure_names() -> list[str]:
    """Name the modules that each describe a figure."""
    return sorted(path.stem for path in _SOURCE.glob("*.py") if not path.stem.startswith("_"))


def write_all(folder: Path) -> None:
    """Write the JSON of every figure, for `Bokeh.embed.embed_item`."""
    from bokeh.embed import json_item

    for name in figure_names():
        module = importlib.import_module(f"web.figures.{name}")
        item = json.dumps(json_item(module.figure()), separators=(",", ":"))
        (folder / f"{name}.json").write_text(item, encoding="utf-8")


if __name__ == "__main__":
    sys.path.append(str(_SOURCE))  # for what the figures share
    write_all(Path(sys.argv[1]))
