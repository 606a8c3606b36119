"""Logging a training: a line for an epoch, and the functions that are called with each."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from .epochs import EpochRecord


def log_line(record: EpochRecord, points: int) -> str:
    """The line of a log for `record`, the record of an epoch over `points` points."""
    correct = f"{record.correct}/{points}"
    return f"epoch {record.epoch:5}  loss {record.loss:10.6f}  correct {correct}"


def default_log_fn(record: EpochRecord) -> None:
    """Print every tenth epoch, and the first."""
    if record.epoch == 1 or record.epoch % 10 == 0:
        print(f"Epoch {record.epoch}  loss {record.loss:.6f}  correct {record.correct}")


def of_record(log_fn: Callable[..., Any]) -> Callable[[EpochRecord], Any]:
    """The function of a record that `log_fn` is, or that calls it with the course's arguments.

    Args:
        log_fn: a function of a record, or of (epoch, total_loss, correct, losses).
    """
    if _takes(log_fn, 1) or not _takes(log_fn, 4):
        return log_fn
    losses: list[float] = []

    def log(record: EpochRecord) -> None:
        losses.append(record.loss)
        log_fn(record.epoch, record.loss, record.correct, losses)

    return log


def _takes(function: Callable[..., Any], count: int) -> bool:
    """Whether a function can be called with so many arguments; True if that can't be seen."""
    try:
        inspect.signature(function).bind(*[None] * count)
    except TypeError:
        return False
    except ValueError:  # a built-in function without a signature
        return True
    return True
