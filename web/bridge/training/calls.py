"""What the page can ask of training: one run at a time, and a comparison of the engines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .boundary import Boundary
from .comparison import Comparison, ComparisonRun
from .point import Inspected
from .script import Script
from .script import script as write_script
from .session import Session, TrainingOpened, TrainingUpdate


@dataclass
class _Current:
    """What is going on. An object: the names of our modules are restored after each call."""

    session: Session | None = None
    comparison: ComparisonRun | None = None


_current = _Current()


def _session() -> Session:
    if _current.session is None:
        raise RuntimeError("no training has been opened")
    return _current.session


def open(
    settings: dict[str, Any], checkpoint: dict[str, Any] | None, seconds: float = math.inf
) -> TrainingOpened:
    """Make a new run the current one.

    Args:
        settings: as the page has them.
        checkpoint: where to go on, as Checkpoint has it; None for an untrained model.
        seconds: about how long drawing it may take.

    Raises:
        ValueError: the checkpoint is of another model.
    """
    _current.session = Session(settings, checkpoint)
    return _current.session.opened(seconds)


def prepare() -> None:
    """Do in advance what the first epoch and the first drawing would have to wait for."""
    _session().prepare()


def start(epochs: int, rate: float | None = None) -> None:
    """Set how far `advance` shall go: `epochs` more, in steps of the size `rate`, or as before."""
    _session().start(epochs, rate)


def advance(epochs: int, seconds: float, draw: bool) -> TrainingUpdate:
    """Train until `epochs` more are complete, `seconds` have passed, or all is done.

    Args:
        epochs: how many at most.
        seconds: when they have passed it comes back, be it in the middle of an epoch.
        draw: whether the boundary is wanted as often as there is time for it.
    """
    return _session().advance(epochs, seconds, draw)


def state(seconds: float = math.inf) -> TrainingUpdate:
    """The state as it is, with an up-to-date boundary if that is done in so many `seconds`."""
    return _session().state(draw=True, seconds=seconds)


def look(parameters: list[float], seconds: float = math.inf) -> Boundary | None:
    """The plane as other `parameters` would have it, in slices of `seconds`; see `Session.look`."""
    return _session().look(parameters, seconds)


def inspect(parameters: list[float], point: dict[str, Any], max_nodes: int) -> Inspected:
    """One `point` by itself, with some `parameters` and `max_nodes`; see `Session.inspect`."""
    return _session().inspect(parameters, point, max_nodes)


def source() -> str:
    """The program that trains, as Python; empty where there is none."""
    return _session().source()


def script(settings: dict[str, Any], kind: str, code: str | None) -> Script:
    """The run of some `settings` as a program of a `kind`, with `code`; see `script.script`."""
    return write_script(settings, kind, code)


def start_comparison(settings: dict[str, Any], seconds: float) -> None:
    """Begin to compare the engines.

    Args:
        settings: as the page has them.
        seconds: about how long the eager engine may train.
    """
    _current.comparison = ComparisonRun(settings, seconds)


def advance_comparison(seconds: float) -> Comparison | None:
    """Go on comparing for about `seconds`; give the result once it is there."""
    if _current.comparison is None:
        raise RuntimeError("nothing is being compared")
    return _current.comparison.advance(seconds)
