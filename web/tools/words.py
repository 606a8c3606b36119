"""The names that the editor completes and explains: read off the package and Python themselves.

Run as a program, `python -m web.tools.words FILE` writes them there. What a text may use without
importing it is asked of the bridge, which gives it when the text runs.
"""

import builtins
import importlib
import inspect
import json
import keyword
import math
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, TypedDict

from web.tools.cache import cached
from web.tools.console import run
from web.tools.hashed import add_file
from web.tools.paths import ROOT, WEB

_LONGEST_DEFAULT = 20  # characters of a default value
_LONGEST = 160  # characters of a sentence
_PYTHONS = ("builtins", "math")  # whose docstrings are written in another way than ours


class Word(TypedDict):
    """What is said of a name."""

    kind: str
    """function, class, module, method, attribute or value."""
    signature: str
    about: str
    """One sentence, from the docstring; "" if there is none."""


Words = dict[str, Word]


class AllWords(TypedDict):
    """All that the editor knows of names."""

    keywords: list[str]
    builtins: Words
    modules: dict[str, Words]
    """What may follow the dot, by the module's name."""
    classes: dict[str, Words]
    """The same of the classes, and of what they make."""
    given: dict[str, Words]
    """What the texts of a view may use without importing it."""


def build() -> Path:
    """Write the names as JSON; return a part of the site."""
    inputs: list[Path | str] = [ROOT / "minitorch", WEB / "bridge", Path(__file__), sys.version]
    return cached("names", inputs, _make)


def _make(output: Path) -> None:
    plain = output / "words.json"
    run([sys.executable, "-m", "web.tools.words", plain])
    add_file(plain, output / "assets")
    plain.unlink()


def words() -> AllWords:
    """Ask Python, the package and the bridge."""
    import minitorch

    vocabulary = importlib.import_module("bridge.program").vocabulary
    waves_given = importlib.import_module("bridge.function").WAVES
    public = set(minitorch.__all__)
    # Submodules are among its variables too: `from minitorch import nn` is rarely meant.
    given = {
        name: value
        for name, value in vocabulary(public).items()
        if name[0] != "_" and (name in public or not hasattr(minitorch, name))
    }
    expression = _words(given)
    for name in set(given) & set(dir(minitorch.operators)):
        expression[name]["about"] = _sentence(getattr(minitorch.operators, name))
    waves = {
        name: Word(kind="function", signature=_signature(name, wave.apply), about=_sentence(wave))
        for name, wave in waves_given.items()
    }
    exported = {name: getattr(minitorch, name) for name in minitorch.__all__}
    return AllWords(
        keywords=[word for word in (*keyword.kwlist, *keyword.softkwlist) if word != "_"],
        builtins=_words(_own_builtins()),
        modules={
            "minitorch": _words(exported),
            "operators": _words(_members(minitorch.operators)),
            "math": _words(_members(math)),
        },
        classes={name: _of_class(it) for name, it in exported.items() if isinstance(it, type)},
        given={"expression": expression, "function": expression | waves},
    )


def _own_builtins() -> dict[str, Any]:
    """Python's own, without what is for a terminal: `exit`, `license`."""
    return {
        name: value
        for name, value in vars(builtins).items()
        if name[0] != "_"
        and type(value).__module__ != "_sitebuiltins"
        and not keyword.iskeyword(name)
    }


def _members(module: ModuleType) -> dict[str, Any]:
    """What a module has itself, and does not import."""
    return {
        name: value
        for name, value in vars(module).items()
        if name[0] != "_" and getattr(value, "__module__", module.__name__) == module.__name__
        if not isinstance(value, ModuleType)
    }


def _words(named: Mapping[str, Any]) -> Words:
    return {name: _word(name, value) for name, value in sorted(named.items())}


def _word(name: str, value: Any) -> Word:
    if isinstance(value, ModuleType):
        return Word(kind="module", signature=name, about=_sentence(value))
    if isinstance(value, type):
        return Word(kind="class", signature=_signature(name, value), about=_sentence(value))
    if callable(value) and hasattr(value, "__name__"):
        return Word(kind="function", signature=_signature(name, value), about=_sentence(value))
    return Word(kind="value", signature=_constant(name, value), about="")


def _of_class(cls: type) -> Words:
    """The public methods and attributes of what a class makes."""
    described = _described_attributes(cls)
    fields = {name for base in cls.__mro__ for name in vars(base).get("__annotations__", {})}
    return {
        name: _member(name, inspect.getattr_static(cls, name, None), described)
        for name in sorted({*dir(cls), *fields})
        if name[0] != "_" and not _is_pythons(cls, name)
    }


def _is_pythons(cls: type, name: str) -> bool:
    """Whether it comes from a class of Python itself, as `add_note` of an exception does."""
    owner = next((base for base in cls.__mro__ if name in vars(base)), cls)
    return owner.__module__ == "builtins"


def _member(name: str, value: Any, described: Mapping[str, str]) -> Word:
    if isinstance(value, (staticmethod, classmethod)) or inspect.isfunction(value):
        function = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
        has_self = not isinstance(value, staticmethod)
        signature = _signature(name, function, without_first=has_self)
        return Word(kind="method", signature=signature, about=_sentence(function))
    about = _sentence(value) if isinstance(value, property) else ""
    return Word(kind="attribute", signature=name, about=about or described.get(name, ""))


def _described_attributes(cls: type) -> dict[str, str]:
    """What the docstrings say under "Attributes:" of a class and those it is made from."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        _, _, section = (inspect.getdoc(base) or "").partition("Attributes:\n")
        section = re.split(r"\n(?=\S)", section)[0]
        for name, text in re.findall(r"^    (\w+): (.*(?:\n     +.*)*)", section, re.M):
            found[name] = _capitalised(_first_sentence(text))
    return found


def _constant(name: str, value: Any) -> str:
    return f"{name} = {value!r}" if isinstance(value, (int, float)) else name


class _Annotation(str):
    """Written as it is, without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _signature(name: str, function: Any, without_first: bool = False) -> str:
    """How it is called: `diag(N: int) -> Graph`; the name alone where that is not known."""
    is_ours = function.__module__ not in _PYTHONS
    if is_ours and getattr(function, "__init__", None) is object.__init__:
        return name
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        # Some of Python's own say it in the first lines of their docstrings.
        told = re.match(rf"{re.escape(name)}\(.*?\)(?= ->|\n|$)", function.__doc__ or "")
        return told[0] if told else name
    parameters = list(signature.parameters.values())[without_first:]
    plain = [p.replace(annotation=_annotation(p), default=_default(p)) for p in parameters]
    result = _plain_annotation(None if isinstance(function, type) else signature.return_annotation)
    text = str(signature.replace(parameters=plain, return_annotation=result))
    return name + re.sub(r", /|/, |\(/\)", "", text)


def _annotation(parameter: inspect.Parameter) -> Any:
    return _plain_annotation(parameter.annotation)


def _plain_annotation(annotation: Any) -> Any:
    """As it is written; none where it says nothing."""
    if annotation in (inspect.Parameter.empty, Any, "Any", None, "None"):
        return inspect.Parameter.empty
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return _Annotation(text.replace("typing.", ""))


def _default(parameter: inspect.Parameter) -> Any:
    if parameter.default is parameter.empty:
        return parameter.empty
    text = repr(parameter.default)
    # An object's repr has its place in memory, which is another one at each build.
    return parameter.default if len(text) <= _LONGEST_DEFAULT else _Annotation("…")


def _sentence(value: Any) -> str:
    """The first sentence of a docstring that is its own."""
    doc = value.__doc__ if isinstance(value, type) else inspect.getdoc(value)
    text = inspect.cleandoc(doc or "")
    if getattr(value, "__module__", "") in _PYTHONS:
        # They may begin with how they are called, which `_signature` has found there.
        name = re.escape(getattr(value, "__name__", ""))
        text = re.sub(rf"^(?:{name}\(.*\n?)+", "", text).lstrip()
    sentence = _first_sentence(text.split("\n\n")[0])
    # Where there is no sentence, but code.
    return "" if len(sentence) > _LONGEST or ">>>" in sentence else sentence


def _first_sentence(paragraph: str) -> str:
    first = re.split(r"(?<=\.)(?:  |\s+(?=[A-Z]))|:\n\s+-", paragraph)[0]
    return " ".join(first.split()).replace("`", "")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def main(arguments: Iterable[str]) -> None:
    """Write the names into the file that is given."""
    sys.path.append(str(WEB))  # the bridge is imported under the name that it has in the page
    (target,) = arguments
    text = json.dumps(words(), ensure_ascii=False, separators=(",", ":"))
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
