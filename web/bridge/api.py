"""What the worker calls, each with JavaScript's values and giving JavaScript's values."""

from __future__ import annotations

import sys
from typing import Any

import minitorch

from . import expression, webassembly
from .convert import for_javascript
from .sandbox import stopping
from .training.comparison import Compared, Comparison
from .training.session import Session, Update

stopping.install()

_session: Session | None = None
_comparison: Comparison | None = None


@for_javascript
def info() -> dict[str, Any]:
    """Versions, and the names of the datasets."""
    return {
        "python": sys.version.split()[0],
        "minitorch": minitorch.__version__,
        "datasets": list(minitorch.datasets),
    }


@for_javascript
def open_training(settings: dict[str, Any], checkpoint: dict[str, Any] | None) -> dict[str, Any]:
    """Make a new training session the current one."""
    global _session
    _session = Session.open(settings, checkpoint)
    return _session.opened()


def _current() -> Session:
    if _session is None:
        raise RuntimeError("no training has been opened")
    return _session


@for_javascript
def start_training(epochs: int) -> None:
    """Set how many epochs `advance_training` shall go."""
    _current().start(epochs)


@for_javascript
def advance_training(seconds: float, most: int, draw: bool) -> Update:
    """Train for about so many seconds, but `most` epochs."""
    return _current().advance(seconds, most, draw)


@for_javascript
def prepare_training() -> None:
    """Compile, if that is to be done, so that training can begin at once."""
    _current().warm_up()


@for_javascript
def training_source() -> str:
    """The program that trains, as Python."""
    return _current().source()


@for_javascript
def start_comparison(settings: dict[str, Any], seconds: float) -> None:
    """Begin to compare the engines, for about so many seconds."""
    global _comparison
    _comparison = Comparison(settings, seconds)


@for_javascript
def advance_comparison(seconds: float) -> Compared | None:
    """Go on comparing for so many seconds; give the result once it is there."""
    if _comparison is None:
        raise RuntimeError("nothing is being compared")
    return _comparison.advance(seconds)


@for_javascript
def training_state() -> Update:
    """Give the state as it is, in the middle of an epoch or not."""
    return _current().state()


@for_javascript
def draw_training() -> Update:
    """Give the state with an up-to-date boundary."""
    return _current().state(draw=True)


@for_javascript
def evaluate(request: dict[str, Any]) -> expression.Result:
    """Evaluate an expression."""
    return expression.evaluate(request)


@for_javascript
def run_tests(files: dict[str, str], arguments: list[str]) -> Any:
    """Run pytest, which has to be installed by now."""
    from .checking import run_tests

    webassembly.install()
    return run_tests(files, arguments)
