"""What is printed: by every way, up to a limit, with what was left out."""

from __future__ import annotations

import pytest

from bridge.expression import evaluate
from bridge.sandbox.output import LONGEST_OUTPUT, MOST_LINES, Output, cut


def output(code: str) -> str:
    return evaluate({"code": code, "inputs": {"x": 2.0}, "maxNodes": 9}).output


@pytest.mark.parametrize(
    "way",
    [
        "print(i)",
        "print(i, file=sys.stderr)",
        "print(i, file=sys.__stdout__)",
        "sys.stdout.write(f'{i}\\n')",
        "sys.stdout.buffer.write(b'%d\\n' % i)",
        "os.write(1, b'%d\\n' % i)",
        "os.write(2, b'%d\\n' % i)",
    ],
)
def test_100_000_lines_by_any_way(way: str) -> None:
    text = output(f"import os, sys\nfor i in range(100_000): {way}\nx")
    assert "0\n" in text
    assert len(text) < LONGEST_OUTPUT + 100
    assert text.count("\n") <= MOST_LINES
    assert "… the output is cut here, after" in text
    assert text.endswith("characters; 98,000 more lines are not shown")


def test_one_line_without_an_end() -> None:
    text = output("for _ in range(20): print('a' * 10**6, end='')\nx")
    assert text == "a" * LONGEST_OUTPUT + "\n… the output is cut here, after 20,000 characters"


def test_what_fits_stays_as_it_is() -> None:
    for text in ("", "a", "a\n", "\n" * MOST_LINES, "é" * LONGEST_OUTPUT, "a\r\nb"):
        assert cut(text) == text
        output = Output()
        output.write(text)
        assert output.text() == text


def test_the_order_is_kept_and_what_is_no_text_is_shown() -> None:
    bytes_too = "os.write(1, b'2\\n')\nprint('\\ud800', '\\0')\nos.write(2, b'\\xff')"
    assert output(f"import os\nprint(1)\n{bytes_too}\nx") == "1\n2\n\\ud800 \0\n�"


def test_only_the_first_run_prints() -> None:
    assert output("import os\nprint(1)\nos.write(1, b'2')\nx * x") == "1\n2"
