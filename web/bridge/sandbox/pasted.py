"""Characters that come with pasted text and look like Python's: what to say of them."""

from __future__ import annotations

import re
import unicodedata

LOOK_ALIKES = {
    **dict.fromkeys("“”„‟«»", ("a quotation mark of typography", '"')),
    **dict.fromkeys("‘’‚‛‹›", ("a quotation mark of typography", "'")),
    **dict.fromkeys("×⋅·∗✕", ("a sign of multiplication", "*")),
    **dict.fromkeys("−–—‐‑", ("a minus sign or dash", "-")),
    **dict.fromkeys("÷∕⁄", ("a sign of division", "/")),
    **dict.fromkeys("≤≦", ("a comparison", "<")),
    **dict.fromkeys("≥≧", ("a comparison", ">")),
    "≠": ("a comparison", "1 - (x == y)"),
    "²": ("a square", "x * x"),
    "³": ("a cube", "x * x * x"),
    "√": ("a root", "a function of your own"),
    "…": ("one character for three dots", "what they stand for"),
}
"""What a character is, and what to write in its place."""

_PROMPT = re.compile(r"\s*(>>>|\.\.\.|In \[\d+\]:|\$)(\s|$)")
_CODE = re.compile(r"U\+([0-9A-F]{4,6})")


def hint_for(message: str, line: str) -> str | None:
    """What to say of a syntax error, if something that was pasted is its cause.

    Args:
        message: Python's.
        line: the line that it is in.
    """
    prompt = _PROMPT.match(line)
    if prompt:
        return f"{prompt[1]} is a prompt, and no part of the code: leave it out."
    code = _CODE.search(message)
    if code:
        return about(chr(int(code[1], 16)))
    quotes = [char for char in line if LOOK_ALIKES.get(char, ("",))[0].startswith("a quotation")]
    return about(quotes[0]) if quotes and "string" in message else None


def hint_for_name(name: str) -> str | None:
    """What to say of a name that is not defined, if it has letters that look like others."""
    foreign = [char for char in name if not char.isascii()]
    return about(foreign[0]) if foreign else None


def about(char: str) -> str:
    """Name a character that Python can't read, and say what to write."""
    code = f"U+{ord(char):04X}"
    if char in LOOK_ALIKES:
        what, instead = LOOK_ALIKES[char]
        return f"{char} ({code}) is {what}: write {instead} instead."
    name = unicodedata.name(char, "a control character").lower()
    if unicodedata.category(char)[0] in "ZC":
        return f"There is an invisible character, {name} ({code}): delete it, or type a space."
    return f"{char} ({code}) is {name}, and no sign of Python’s: type it anew on the keyboard."
