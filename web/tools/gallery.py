"""The README's training logs and images: each dataset trained by the library, drawn by the
figures that the page uses, and the page itself as a newcomer finds it.

The part of the README between the two marks is written anew, and the images in web/gallery with
it; nothing there is kept by hand.
"""

import sys
import time
from dataclasses import dataclass
from typing import Any

import contourpy
import numpy as np
from bokeh.embed import file_html
from bokeh.layouts import row
from bokeh.models import Plot
from bokeh.plotting import curdoc
from bokeh.resources import INLINE
from playwright.sync_api import Browser

from minitorch import EpochRecord, ScalarTrain, datasets
from minitorch.logs import log_line
from web.tools import chromium, pictures
from web.tools.console import Failure, say
from web.tools.paths import ROOT, WEB

IMAGES = WEB / "gallery"
START, END = "<!-- gallery: written by build.py -->", "<!-- end of gallery -->"
GRID = 96  # points along each side of the drawn boundary


@dataclass(frozen=True)
class Run:
    """What is trained for one entry of the gallery: the options of `python -m minitorch train`."""

    dataset: str
    hidden: int
    epochs: int
    seed: int
    rate: float = 0.5
    points: int = 50
    engine: str = "eager"

    @property
    def command(self) -> str:
        """The command line that gives the same log."""
        return (
            f"python -m minitorch train --dataset {self.dataset} --points {self.points} "
            f"--hidden {self.hidden} --rate {self.rate} --epochs {self.epochs} "
            f"--seed {self.seed} --log-every {self.every}"
            + (f" --engine {self.engine}" if self.engine != "eager" else "")
        )

    @property
    def every(self) -> int:
        """How many epochs lie between two lines of the log."""
        return self.epochs // 10


RUNS = [
    Run("Simple", hidden=2, epochs=500, seed=4),
    Run("Diag", hidden=2, epochs=500, seed=0),
    Run("Split", hidden=10, epochs=500, seed=2),
    Run("Xor", hidden=10, epochs=500, seed=1),
    Run("Circle", hidden=10, epochs=500, seed=2),
    Run("Spiral", hidden=40, epochs=10_000, seed=0, rate=0.1, engine="compiled"),
]


def main() -> int:
    """Train, draw, and write; takes a few minutes."""
    sys.path.append(str(WEB / "figures"))  # for what the figures share
    IMAGES.mkdir(exist_ok=True)
    entries = []
    with chromium.launch() as browser:
        for run in RUNS:
            start = time.perf_counter()
            trained, data, records = _train(run)
            _draw(browser, run, trained, data, records)
            entries.append(_entry(run, records))
            say(f"{run.dataset}: {records[-1].correct} of {run.points} right, "
                f"{time.perf_counter() - start:.0f} s")  # fmt: skip
    pictures.take(IMAGES)
    _write_into_readme("\n".join(entries))
    return 0


def _train(run: Run) -> tuple[ScalarTrain, Any, list[EpochRecord]]:
    data = datasets[run.dataset](run.points, seed=run.seed)
    trained = ScalarTrain(run.hidden, run.seed, run.engine)
    return trained, data, list(trained.epochs(data, run.rate, run.epochs))


def _entry(run: Run, records: list[EpochRecord]) -> str:
    """The README's text about a run: the image, how it ended, and the log to unfold."""
    logged = [r for r in records if r.epoch == 1 or r.epoch % run.every == 0]
    lines = "\n".join(log_line(record, run.points) for record in logged)
    return f"""### {run.dataset}

{records[-1].correct} of {run.points} points right after {run.epochs} epochs, with hidden layers
of {run.hidden}.

![{run.dataset}: the decision boundary, and the loss by epoch](web/gallery/{run.dataset}.png)

<details><summary>Training log</summary>

```console
$ {run.command}
{lines}
```

</details>
"""


def _draw(
    browser: Browser, run: Run, trained: ScalarTrain, data: Any, records: list[EpochRecord]
) -> None:
    from web.figures import boundary, loss

    left, right = boundary.figure(), loss.figure()
    for plot in (left, right):
        plot.sizing_mode = "fixed"
    left.width = left.height = right.height = 360
    _fill_boundary(left, trained, data)
    _fill(right, "loss", epoch=[r.epoch for r in records], loss=[r.loss for r in records])
    right.x_range.end = run.epochs
    right.y_range.end = 1.1 * max(r.loss for r in records)
    html = file_html(row(left, right), INLINE, title=run.dataset, theme=curdoc().theme)
    page = browser.new_page(viewport={"width": 860, "height": 380})
    page.set_content(html)
    page.wait_for_function("Bokeh.documents.length && Bokeh.documents[0].is_idle")
    page.screenshot(path=IMAGES / f"{run.dataset}.png")
    page.close()


def _fill(plot: Plot, name: str, **columns: Any) -> None:
    source = plot.select_one({"name": name})
    if source is None or set(source.data) != set(columns):
        raise Failure(f"The figure has no source {name!r} with the columns {', '.join(columns)}.")
    source.data = columns


def _fill_boundary(plot: Plot, trained: ScalarTrain, data: Any) -> None:
    middles = (np.arange(GRID) + 0.5) / GRID
    outputs = trained.run_many([(float(x1), float(x2)) for x2 in middles for x1 in middles])
    image = np.array(outputs).reshape(GRID, GRID)
    _fill(plot, "boundary", image=[image])
    lines: Any = contourpy.contour_generator(middles, middles, image).lines(0.5)
    _fill(plot, "contour", xs=[line[:, 0] for line in lines], ys=[line[:, 1] for line in lines])
    for label in (0, 1):
        chosen = [x for x, y in zip(data.X, data.y, strict=True) if y == label]
        _fill(plot, f"points_{label}", x1=[x[0] for x in chosen], x2=[x[1] for x in chosen])


def _write_into_readme(text: str) -> None:
    path = ROOT / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(START)
    _, after = rest.split(END)
    path.write_text(f"{before}{START}\n\n{text}\n{END}{after}", encoding="utf-8")
