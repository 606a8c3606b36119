"""The names that the editor knows: those that there are, and what is said of them."""

import ast
import json

import pytest

import minitorch
from bridge.program import vocabulary
from web.tools.words import AllWords, Word, words


@pytest.fixture(scope="module")
def found() -> AllWords:
    return words()


def every_word(found: AllWords) -> list[Word]:
    groups = [
        found["builtins"],
        *(group for part in ("modules", "classes", "given") for group in found[part].values()),
    ]
    return [word for group in groups for word in group.values()]


def test_a_text_is_offered_what_it_gets(found: AllWords) -> None:
    given = vocabulary(set(minitorch.__all__))
    expression = found["given"]["expression"]
    assert set(expression) <= set(given)
    some = {"log", "exp", "sigmoid", "relu", "Scalar", "math", "minitorch", "xor"}
    assert some <= set(expression)
    assert set(found["given"]["function"]) == {*expression, "sin", "cos"}


def test_all_that_is_public_is_known(found: AllWords) -> None:
    assert set(found["modules"]["minitorch"]) == set(minitorch.__all__)
    for name, members in found["classes"].items():
        assert all(not member.startswith("_") for member in members), name
    assert {"backward", "derivative", "log", "data"} <= set(found["classes"]["Scalar"])
    assert {"for", "lambda", "match", "None"} <= set(found["keywords"])
    assert "print" in found["builtins"]
    assert "exit" not in found["builtins"]


def test_names_are_said_to_be_what_they_are(found: AllWords) -> None:
    assert found["given"]["expression"]["log"] == {
        "kind": "function",
        "signature": "log(x)",
        "about": "The natural logarithm of x + EPS.",
    }
    scalar = found["classes"]["Scalar"]
    assert scalar["backward"]["signature"] == "backward(d_output: float | None = None)"
    assert scalar["derivative"]["kind"] == "attribute"
    assert scalar["derivative"]["about"].startswith("What a leaf has received")
    assert found["builtins"]["len"]["about"] == "Return the number of items in a container."
    assert found["modules"]["math"]["sqrt"]["signature"] == "sqrt(x)"


def test_it_is_plain_and_the_same_at_each_build(found: AllWords) -> None:
    text = json.dumps(found)
    assert [sign for sign in (" at 0x", "typing.", "`") if sign in text] == []
    for word in every_word(found):
        assert len(word["about"]) <= 300
        assert "\n" not in word["about"] + word["signature"]
    ours = [word for word in found["modules"]["minitorch"].values() if "(" in word["signature"]]
    for word in ours:  # a signature is what could follow `def`
        ast.parse(f"def {word['signature'].replace('…', '0')}: pass")
