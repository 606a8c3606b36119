"""Epochs kept as columns, read as records."""

from array import array

import pytest

from minitorch.epochs import COLUMNS, EpochRecord, Epochs


def test_a_field_of_the_record_is_a_column() -> None:
    assert EpochRecord._fields == ("epoch", *COLUMNS)
    assert tuple(Epochs().columns) == COLUMNS


def test_records_are_read_off_the_columns() -> None:
    epochs = Epochs(first=5)
    assert (len(epochs), epochs.next, list(epochs)) == (0, 5, [])
    epochs.append(loss=3.0, correct=1.0, seconds=0.1)
    epochs.extend(
        loss=array("d", [2.0, 1.5]), correct=array("d", [2, 4]), seconds=array("d", [0.2, 0.3])
    )
    assert (len(epochs), epochs.next) == (3, 8)
    assert list(epochs) == [
        EpochRecord(5, 3.0, 1, 0.1),
        EpochRecord(6, 2.0, 2, 0.2),
        EpochRecord(7, 1.5, 4, 0.3),
    ]
    assert type(epochs[0].correct) is int
    assert epochs[-1] == epochs[2]
    with pytest.raises(IndexError):
        epochs[3]


def test_a_column_can_not_be_left_out() -> None:
    with pytest.raises(KeyError, match="seconds"):
        Epochs().append(loss=1.0, correct=2)
