"""The page's styles: nested under the root of what they style, and each of them in use."""

import re
from collections.abc import Iterator

import pytest

from web.tools.paths import WEB

STYLES = WEB / "styles"
# What is global on purpose: custom properties, and the elements as they are everywhere.
GLOBAL = {"main.css", "tokens.css", "base.css"}
SHARED = "ui.css"
# The one place of everything else, by file.
ROOTS: dict[str, set[str]] = {
    "shell.css": {"top", "skip", "view-loading", "static", "update"},
    "figures.css": {"figure", "bk-Tooltip"},
    "editor.css": {"editor"},
    "graph.css": {"graph", "pending", "order-game", "guess"},
    "training.css": {"boundary", "loss", "run-legend"},
    "train.css": {"train"},
    "trainparts.css": {"train"},
    "whatran.css": {"ran"},
    "expression.css": {"expression"},
    "functions.css": {"functions", "studied"},
    "assignment.css": {"assignment"},
    "results.css": {"assignment"},
    "plot.css": {"plot", "plot-controls", "choices"},
    "guide.css": {"guides", "guide", "guide-page"},
    "start.css": {"start"},
}
# CodeMirror and Bokeh name their own.
FOREIGN = ("cm-", "bk-")

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


def style(name: str) -> str:
    """A file of styles without its comments."""
    text = (STYLES / name).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def top_level(text: str) -> Iterator[str]:
    """The selectors and at-rules that stand in no other rule."""
    depth, start = 0, 0
    for at, character in enumerate(text):
        if character == "{":
            if depth == 0:
                yield from (part.strip() for part in text[start:at].split(","))
            depth += 1
        elif character == "}":
            depth -= 1
        if character in "};" and depth == 0:
            start = at + 1


def classes(text: str) -> set[str]:
    """All classes in the selectors of some styles."""
    selectors = re.findall(r"[^{};]+(?=\{)", text)
    return {name for selector in selectors for name in CLASS.findall(selector)}


def documented() -> set[str]:
    """The classes that the opening comment of ui.css explains, each on a line of its own."""
    text = (STYLES / SHARED).read_text(encoding="utf-8")
    return set(CLASS.findall(text.partition("*/")[0]))


def used() -> set[str]:
    """The classes in the page's sources; one that ends in "-" is the beginning of several."""
    tools = [WEB / "tools" / name for name in ("markdown.py", "guides.py")]
    guides = [*tools, *(WEB / "content").rglob("*.html")]
    files = [*(WEB / "src").rglob("*.tsx"), WEB / "index.html", *guides]
    found: set[str] = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        for plain, computed in re.findall(r'\bclass=(?:"([^"]*)"|\{(.*?)\}(?=[\s/>]))', text):
            texts = [plain, *(a + b for a, b in re.findall(r'"([^"]*)"|`([^`]*)`', computed))]
            words = re.sub(r"\$\{[^}]*\}", " ", "\n".join(texts).replace("-${", "- ${")).split()
            found |= set(words)
    return found


def test_the_parser_sees_what_is_global() -> None:
    text = '@import "x.css"; .a, .b > i { x: y; .c { &:hover { } } } @media print { .d { } } p { }'
    assert list(top_level(text)) == [".a", ".b > i", "@media print", "p"]
    assert classes(text) == {"a", "b", "c", "d"}


def test_every_file_of_styles_is_part_of_the_page() -> None:
    files = {file.name for file in STYLES.glob("*.css")}
    assert files == GLOBAL | {SHARED} | set(ROOTS)
    assert set(re.findall(r'@import "(.*?)"', style("main.css"))) == files - {"main.css"}


@pytest.mark.parametrize("name", ROOTS)
def test_all_is_nested_under_a_root(name: str) -> None:
    found = set(top_level(style(name)))
    assert found == {f".{root}" for root in ROOTS[name]}


def test_what_the_views_share_is_elements_or_explained() -> None:
    found = list(top_level(style(SHARED)))
    assert not [selector for selector in found if selector.startswith("@")]
    own = {CLASS.match(selector)[1] for selector in found if CLASS.match(selector)}
    assert own <= documented() <= classes(style(SHARED))


@pytest.mark.parametrize("name", sorted(GLOBAL))
def test_elements_have_no_classes(name: str) -> None:
    assert classes(style(name)) == set()


def test_every_class_is_styled_and_used() -> None:
    styled = set().union(*(classes(style(file.name)) for file in STYLES.glob("*.css")))
    styled = {name for name in styled if not name.startswith(FOREIGN)}
    words = used()
    beginnings = tuple(word for word in words if word.endswith("-"))
    assert words - set(beginnings) - styled == set(), "not styled"
    assert {name for name in styled - words if not name.startswith(beginnings)} == set(), "not used"
