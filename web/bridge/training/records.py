"""What happened in each epoch, as columns: at full speed there are thousands of epochs a frame."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field


def _column() -> array[float]:
    return array("d")


@dataclass
class Records:
    """Successive epochs, the oldest first; `first` is the number of that one."""

    first: int
    loss: array[float] = field(default_factory=_column)
    correct: array[float] = field(default_factory=_column)
    seconds: array[float] = field(default_factory=_column)

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def next(self) -> int:
        """The number of the epoch after these."""
        return self.first + len(self)

    def add(self, loss: float, correct: float, seconds: float) -> None:
        """Add the next epoch."""
        self.loss.append(loss)
        self.correct.append(correct)
        self.seconds.append(seconds)
