"""What goes to the page is plain data, with the page's names."""

from array import array
from dataclasses import dataclass

from bridge.convert import camel, plain, with_none


@dataclass
class Row:
    central_difference: float | None
    parts: list["Row"]


def test_records_become_dictionaries_all_the_way_down() -> None:
    value = {"rows": (Row(1.0, [Row(None, [])]),)}
    assert plain(value, null="null") == {
        "rows": [{"centralDifference": 1.0, "parts": [{"centralDifference": "null", "parts": []}]}]
    }


def test_arrays_stay_as_they_are() -> None:
    numbers = array("d", [1.0])
    assert plain(numbers) is numbers


def test_names() -> None:
    assert [camel(name) for name in ("loss", "node_count", "a_b_c")] == ["loss", "nodeCount", "aBC"]


def test_what_is_null_within_a_dictionary_is_none() -> None:
    null = object()
    given = {"own": null, "points": 3, "within": {"code": null, "x": [1]}}
    assert with_none(given, null) == {"own": None, "points": 3, "within": {"code": None, "x": [1]}}
