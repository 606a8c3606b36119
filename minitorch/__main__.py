"""The command line: `python -m minitorch train --dataset Xor`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from . import __version__
from .datasets import MAX_POINTS, datasets
from .epochs import EpochRecord
from .errors import Diverged
from .logs import log_line
from .training import ENGINES, ScalarTrain

_BAR = 30  # characters of the progress bar


def _whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """An argparse type: a whole number in a range."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if number < least or (most is not None and number > most):
            wanted = f"from {least} to {most:,}" if most is not None else f"{least} or more"
            raise argparse.ArgumentTypeError(f"{number} is out of range: give {wanted}")
        return number

    return parse


def _rate(text: str) -> float:
    """An argparse type: a positive, finite number."""
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is out of range: give a number above 0")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m minitorch",
        description="MiniTorch, Module 1: train a small network, Scalar by Scalar or compiled.",
        epilog="For example: python -m minitorch train --dataset Xor --hidden 10 --epochs 500. "
        "All options: python -m minitorch train --help.",
    )
    parser.add_argument("--version", action="version", version=f"minitorch {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    train = commands.add_parser(
        "train",
        help="train a network on one of the datasets",
        description="Train a network (2 inputs, two hidden layers, 1 output) to tell the two "
        "classes of points of a dataset apart, and log how it goes.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = train.add_argument
    add("--dataset", choices=list(datasets), default="Xor", help="the points to learn")
    add("--points", type=_whole(1, MAX_POINTS), default=50, help="how many points", metavar="N")
    add("--hidden", type=_whole(1), default=10, help="size of each hidden layer", metavar="H")
    add("--rate", type=_rate, default=0.5, help="learning rate, the size of a step", metavar="R")
    add("--epochs", type=_whole(1), default=500, help="passes over all points", metavar="N")
    add("--seed", type=_whole(0), default=0, help="same seed, same run", metavar="S")
    add("--engine", choices=ENGINES, default="eager", help="Scalar by Scalar, or compiled")
    add("--log-every", type=_whole(1), default=10, help="log every N epochs", metavar="N")
    add("--json", action="store_true", help="log one JSON object a line")
    return parser


class Log:
    """Writes records as lines, and a progress bar below them.

    Args:
        options: the command's, which say how many epochs there are, and how to log them.
        out: where the lines go.
        bar: where the progress bar goes, if that is a terminal.
    """

    def __init__(self, options: argparse.Namespace, out: TextIO, bar: TextIO) -> None:
        self._options, self._out = options, out
        self._bar = bar if bar.isatty() else None

    def record(self, record: EpochRecord) -> None:
        """Log `record` if its turn has come, and move the bar."""
        last = self._options.epochs
        if record.epoch in (1, last) or record.epoch % self._options.log_every == 0:
            self.clear()
            print(self._line(record), file=self._out, flush=True)
        if self._bar is not None and record.epoch < last:
            done = _BAR * record.epoch // last
            bar = "█" * done + "░" * (_BAR - done)
            self._bar.write(f"\r{bar} {record.epoch}/{last}  loss {record.loss:.3f}\x1b[K")
            self._bar.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.write("\r\x1b[K")
            self._bar.flush()

    def _line(self, record: EpochRecord) -> str:
        if self._options.json:
            return json.dumps(record._asdict())
        return log_line(record, self._options.points)


def _train(options: argparse.Namespace) -> int:
    data = datasets[options.dataset](options.points, seed=options.seed)
    run = ScalarTrain(options.hidden, options.seed, options.engine)
    log = Log(options, out=sys.stdout, bar=sys.stderr)
    try:
        run.train(data, options.rate, options.epochs, log_fn=log.record)
    except Diverged as error:
        log.clear()
        print(f"Stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        log.clear()
        print("Interrupted", file=sys.stderr)
        return 130
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with `arguments`, or the program's; return the exit status."""
    return _train(_parser().parse_args(arguments))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        sys.stderr.close()
        sys.exit(141)
