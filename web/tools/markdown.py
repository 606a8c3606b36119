"""Markdown as the texts for learners use it, turned into HTML.

Beyond what Markdown has, a guide may contain:

    $x^2$, $$…$$                 formulas, as MathML
    ## Heading {#name}           a heading that can be linked
    [words](glossary:epsilon)    a word of the glossary, which explains itself when it is pressed
    ```live curve                a part that moves, with its settings as YAML; see `LIVE`
    ```python run                code that can be changed and run, before its ```output
    ::: predict … :::            something to think about, before ::: shown … :::
    ::: question … :::           the same with ::: answer … :::
"""

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from typing import Any

import latex2mathml.converter
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from web.tools.console import Failure

# Code that is wider than its place can be moved by keys.
_PRE = '<pre tabindex="0">'


def plain(text: str) -> str:
    """Turn a text without live parts into HTML."""
    rendered: str = _parser().render(text)
    return rendered.strip().replace("<pre>", _PRE)


def guide(text: str, glossary: dict[str, str]) -> str:
    """Turn a guide into HTML.

    What moves is an element with `data-live`, its kind, and `data-options`, its settings as JSON;
    in it stands what those see who have no JavaScript.

    Args:
        text: the Markdown, without its front matter.
        glossary: the words that may be linked, with their explanations.

    Raises:
        Failure: the text links a word that the glossary hasn't got.
    """
    parser = _parser()
    parser.use(dollarmath_plugin, renderer=_formula, allow_digits=False)
    for name in _CONTAINERS:
        parser.use(container_plugin, name, render=_render_container)
    parser.add_render_rule("fence", _fence_renderer())
    rendered: str = parser.render(text)
    linked = _link_words(rendered.strip().replace("<pre>", _PRE), glossary)
    return re.sub(r"<table>.*?</table>", _scrolling, _name_headings(linked), flags=re.S)


def _parser() -> MarkdownIt:
    """What all texts have: tables, and quotation marks that are typed straight and read curled."""
    options = {"html": False, "typographer": True}
    return MarkdownIt("commonmark", options).enable(["table", "smartquotes"])


def _formula(source: str, options: dict[str, Any]) -> str:
    display = "block" if options["display_mode"] else "inline"
    # As a superscript, which it is in MathML, a prime stands too high in some fonts.
    written = source.replace("'", r"\text{′}")
    formula: str = latex2mathml.converter.convert(written, display=display)
    return formula


_CONTAINERS = {
    "predict": ('<div class="predict"><p class="ask">Think first</p>', "</div>"),
    "question": ('<div class="question"><p class="ask">Question</p>', "</div>"),
    "shown": ('<details class="shown"><summary>See it</summary>', "</details>"),
    "answer": ('<details class="answer"><summary>Answer</summary>', "</details>"),
}


def _render_container(
    _: Any, tokens: Sequence[Token], at: int, __: Any, ___: dict[str, Any]
) -> str:
    token = tokens[at]
    opening, closing = _CONTAINERS[token.type.split("_")[1]]
    return (opening if token.nesting == 1 else closing) + "\n"


def _fence_renderer() -> Callable[..., str]:
    """Make what renders blocks of code; those to run are numbered."""
    numbers = itertools.count(1)

    def render(_: Any, tokens: Sequence[Token], at: int, *__: Any) -> str:
        token = tokens[at]
        language, _, rest = token.info.partition(" ")
        if language == "live":
            return _live(rest.strip(), yaml.safe_load(token.content) or {})
        if token.info == "python run":
            return _code(f"Code {next(numbers)}", token.content, tokens[at + 1 : at + 2])
        if token.info == "output":
            return ""  # it went with its code
        return f"{_PRE}<code>{escape(token.content)}</code></pre>\n"

    return render


def _code(name: str, code: str, following: Sequence[Token]) -> str:
    if [token.info for token in following] != ["output"]:
        raise Failure(f"There is no output after this code:\n{code}")
    output = following[0].content
    printed = f'<pre class="printed" tabindex="0">{escape(output)}</pre>'
    static = f"{_PRE}<code>{escape(code)}</code></pre>{printed}"
    return _slot("code", {"name": name, "code": code.rstrip(), "output": output}, static)


def _live(kind: str, options: dict[str, Any]) -> str:
    name = escape(options["name"])
    code = f"{_PRE}<code>{escape(str(options['code']))}</code></pre>" if "code" in options else ""
    waits = f'<p class="waits"><b>{name}</b>: a part to move, which needs JavaScript.</p>'
    return _slot(kind, options, code + waits)


def _slot(kind: str, options: dict[str, Any], static: str) -> str:
    settings = escape(json.dumps(options, ensure_ascii=False))
    return f'<div class="live" data-live="{kind}" data-options="{settings}">{static}</div>\n'


def slots(html: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Find the live parts of a guide's HTML: their kinds, and their settings."""
    for kind, options in re.findall(r'data-live="(\w+)" data-options="([^"]*)"', html):
        yield kind, json.loads(unescape(options))


def _link_words(html: str, glossary: dict[str, str]) -> str:
    numbers = itertools.count(1)

    def link(match: re.Match[str]) -> str:
        word = match[1].replace("-", " ").replace("%20", " ")
        if word not in glossary:
            raise Failure(f"The glossary has no “{word}”.")
        id_ = f"word-{next(numbers)}"
        return (
            f'<button type="button" class="word" popovertarget="{id_}">{match[2]}</button>'
            f'<span popover id="{id_}" class="popover word-bubble"><b>{word}</b>: '
            f"{escape(glossary[word])}</span>"
        )

    return re.sub(r'<a href="glossary:([^"]+)">(.*?)</a>', link, html, flags=re.S)


def _name_headings(html: str) -> str:
    def name(match: re.Match[str]) -> str:
        words, id_ = match.groups()
        label = f"Link to “{re.sub('<[^>]*>', '', words)}”"
        link = f'<a class="here" href="#{id_}" aria-label="{label}">#</a>'
        return f'<h2 id="{id_}" tabindex="-1">{words} {link}</h2>'

    return re.sub(r"<h2>(.*?) \{#([\w-]+)\}</h2>", name, html)


def _scrolling(match: re.Match[str]) -> str:
    return f'<div class="table" tabindex="0" role="group" aria-label="Table">{match[0]}</div>'
