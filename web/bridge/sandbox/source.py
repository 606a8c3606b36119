"""The learner's text before Python reads it: made readable, and refused where it is too deep."""

from __future__ import annotations

import re

DEEPEST = 500  # at about twice that, the parser takes all of Python in the page down with it
TOO_DEEP = "This is too deeply nested for Python here."

_UNREADABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of surrogate pairs

_PARTS = re.compile(
    r'''(?P<text>"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'
        |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*|\\\r?\n)
      |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<next>,)|(?P<line>\n)|(?P<elif>\belif\b)
      |(?P<deeper>[-+*/%@&|^~<>=!]|\.(?=\s*[^\W\d])|\b(?:and|or|not|if|in|is|lambda|await)\b)''',
    re.VERBOSE | re.DOTALL,
)


def readable(text: str) -> str:
    """Put a sign of replacement for what Python can't read: it then says in which line it is."""
    return _UNREADABLE.sub("\ufffd", text)


def dedented(text: str) -> str:
    """Take away the indentation that all statements share, and leave strings as they are.

    Args:
        text: the program, as it may be copied out of a function.
    """
    lines = text.split("\n")
    strings, continued = _beginnings(text)
    within = strings | continued
    statements = [
        line
        for i, line in enumerate(lines)
        if i not in within and line.strip() and not line.lstrip().startswith("#")
    ]
    margins = [line[: len(line) - len(line.lstrip(" \t"))] for line in statements]
    margin = min(margins, key=len, default="")
    margin = margin if all(of_line.startswith(margin) for of_line in margins) else ""
    return "\n".join(
        line if i in strings else line.removeprefix(margin) for i, line in enumerate(lines)
    )


def _beginnings(text: str) -> tuple[set[int], set[int]]:
    """The lines, counted from 0, that begin within a string; those that go on with another."""
    strings: set[int] = set()
    continued: set[int] = set()
    line, depth = 0, 0
    for part in _PARTS.finditer(text):
        newlines = part[0].count("\n")
        inside = range(line + 1, line + 1 + newlines)
        match part.lastgroup:
            case "text":
                (continued if part[0].startswith("\\") else strings).update(inside)
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "line" if depth:
                continued.update(inside)
        line += newlines
    return strings, continued


def too_deep(text: str, file_name: str) -> SyntaxError:
    """The error for what can't be parsed, at the line where it is deepest.

    Args:
        text: the program.
        file_name: what tracebacks call it.
    """
    return SyntaxError(TOO_DEEP, (file_name, deepest(text)[1], None, None))


def deepest_line(text: str) -> int | None:
    """The line where a program becomes too deep to be parsed, or None if it can be."""
    if len(text) <= DEEPEST:
        return None
    depth, line = deepest(text)
    return line if depth > DEEPEST else None


def deepest(text: str) -> tuple[int, int]:
    """How deep the tree of a program becomes, roughly, and in which line; DEEPEST + 1 at most.

    Each operator, attribute and bracket is one level deeper than what came before it in the same
    item of a list or the same statement; each `elif` is within the one before.
    """
    found, line, depth, chain = (0, 1), 1, 0, 0
    around: list[int] = []
    for part in _PARTS.finditer(text):
        match part.lastgroup:
            case "text":
                line += part[0].count("\n")
            case "deeper":
                depth += 1
            case "open":
                around.append(depth)
                depth += 1
            case "close":
                depth = around.pop() + 1 if around else 0
            case "next":
                depth = around[-1] + 1 if around else 0
            case "elif":
                chain += 1
            case _:
                line += 1
                depth = depth if around else 0
        if depth + chain > found[0]:
            found = (depth + chain, line)
            if found[0] > DEEPEST:
                break
    return found
