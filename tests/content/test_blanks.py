"""Blanks: emptied in a skeleton, kept in a solution, and the marks gone from both."""

import pytest

from web.tools import blanks
from web.tools.blanks import Blank
from web.tools.console import Failure

TEXT = '''\
def one(x):
    """The first."""
    # BLANK 1.1
    y = x  # on the way
    return y
    # END 1.1


class Two:
    @staticmethod
    def forward(x):
        # BLANK 1.2
        return x
        # END 1.2

    @staticmethod
    def backward(x):
        # BLANK 1.10
        if x:
            return x
        # END 1.10
'''


def test_blanks_are_found_with_their_functions() -> None:
    assert blanks.find(TEXT) == [
        Blank("1.1", "one"),
        Blank("1.2", "Two.forward"),
        Blank("1.10", "Two.backward"),
    ]


def test_a_skeleton_keeps_everything_but_the_blanks() -> None:
    text = blanks.fill(TEXT, ())
    missing = 'raise NotImplementedError("Need to implement for Task 1.1")'
    assert f'"""The first."""\n    {missing}\n' in text
    assert text.count("raise NotImplementedError") == 3
    assert "return" not in text
    assert "BLANK" not in text
    assert "END" not in text


def test_tasks_are_filled_in_by_their_whole_names() -> None:
    text = blanks.fill(TEXT, ["1.1"])
    assert "    y = x  # on the way\n    return y\n" in text
    assert "        if x:" not in text
    assert text.count("raise NotImplementedError") == 2
    assert "#" not in blanks.fill(TEXT, ["1.1", "1.2", "1.10"]).replace("# on the way", "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("def f():\n    # BLANK 1.1\n    return 1\n", "does not end"),
        ("def f():\n    # BLANK 1.1\n    # BLANK 1.2\n    # END 1.2\n", "within one of task 1.1"),
        ("def f():\n    # BLANK 1.1\n    # END 1.2\n", "does not end"),
    ],
)
def test_a_mark_without_its_other_half_is_told(text: str, problem: str) -> None:
    with pytest.raises(Failure, match=problem):
        blanks.fill(text, ())


def test_a_blank_outside_of_a_function_is_told() -> None:
    with pytest.raises(Failure, match="in no function"):
        blanks.find("# BLANK 1.1\nx = 1\n# END 1.1\n")


def test_a_function_is_cut_out_with_its_decorators() -> None:
    assert blanks.source(TEXT, "Two.forward").startswith("@staticmethod\ndef forward(x):\n    #")
    with pytest.raises(Failure, match="no Three"):
        blanks.source(TEXT, "Three")
