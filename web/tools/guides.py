"""The guides: Markdown with live parts, as HTML for the page and as pages of their own."""

import functools
import json
import re
from html import escape, unescape
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import yaml

from web.tools import headers, markdown
from web.tools.cache import cached
from web.tools.console import Failure
from web.tools.hashed import add_file, only
from web.tools.page import replace_marks
from web.tools.paths import ROOT, WEB

GUIDES = WEB / "content" / "guides"
GLOSSARY = WEB / "content" / "glossary.json"
README = ROOT / "README.md"
_TEMPLATE = WEB / "content" / "guides" / "page.html"
# In the order in which they are read.
ORDER = ("derivatives", "scalar", "autodifferentiation", "backpropagation")


class Heading(TypedDict):
    """A part of a guide that can be linked."""

    id: str
    title: str


class Place(TypedDict):
    """A guide or a part of one, to be linked."""

    href: str
    title: str


class Guide(TypedDict):
    """One guide."""

    name: str
    title: str
    description: str
    minutes: int
    """About how long it takes to read."""
    task: str
    """The task of the assignment that it leads to."""
    headings: list[Heading]
    html: str
    previous: NotRequired[str]
    next: NotRequired[str]


def build() -> Path:
    """Write the guides for the page; return a part of the site."""
    inputs = [
        GUIDES,
        GLOSSARY,
        README,
        Path(__file__),
        Path(markdown.__file__),
        WEB / "requirements.txt",
    ]
    return cached("guides", inputs, _make)


def _make(output: Path) -> None:
    plain = output / "guides.json"
    plain.write_text(json.dumps(guides(), ensure_ascii=False), encoding="utf-8")
    add_file(plain, output / "assets")
    plain.unlink()


def guides() -> list[Guide]:
    """Read all guides, in order."""
    found = {path.stem for path in GUIDES.glob("*.md")}
    if found != set(ORDER):
        raise Failure(f"The guides are {sorted(found)}, and ORDER names {sorted(ORDER)}.")
    return [guide(name) for name in ORDER]


def guide(name: str) -> Guide:
    """Read one guide."""
    about, text = _split((GUIDES / f"{name}.md").read_text(encoding="utf-8"))
    html = markdown.guide(with_figures(text), json.loads(GLOSSARY.read_text(encoding="utf-8")))
    at = ORDER.index(name)
    read = Guide(
        name=name,
        title=about["title"],
        description=about["description"],
        minutes=about["minutes"],
        task=str(about["task"]),
        headings=[
            Heading(id=id_, title=re.sub(r"<[^>]*>", "", title))
            for id_, title in re.findall(r'<h2 id="([\w-]+)"[^>]*>(.*?) <a class="here"', html)
        ],
        html=html,
    )
    if at > 0:
        read["previous"] = ORDER[at - 1]
    if at + 1 < len(ORDER):
        read["next"] = ORDER[at + 1]
    return read


def with_figures(text: str) -> str:
    """Put in what was measured: `{measured: 10, 50, C}` is a cell of the README's table of engines.

    The README is where `build.py bench --readme` writes it: numbers are typed nowhere.

    Raises:
        Failure: the table has no such row or column.
    """

    def cell(match: re.Match[str]) -> str:
        row, column = match[1], match[2]
        rows = [
            [words.strip() for words in line.strip("|\n ").split("|")]
            for line in README.read_text(encoding="utf-8").splitlines()
            if line.startswith(("| hidden, points |", f"| {row} |"))
        ]
        if len(rows) != 2 or column not in rows[0]:
            raise Failure(f"The README's measured engines have no “{column}” for “{row}”.")
        found = rows[1][rows[0].index(column)]
        return found.partition(".")[0] if "," in found else found  # of thousands, no hundredths

    return re.sub(r"\{measured: (\d+, \d+), (\w+)\}", cell, text)


def _split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter, and what follows it."""
    _, front, rest = text.split("---\n", 2)
    return yaml.safe_load(front), rest


# ------------------------------------------------------------------------------------- links


def place(name: str) -> Place:
    """Find what `derivatives#central`, or `derivatives` alone, means.

    Raises:
        Failure: there is no such part, or no such guide.
    """
    found = _places().get(name)
    if found is None:
        raise Failure(f"No guide has “{name}”.")
    return found


def link_parts(html: str) -> str:
    """Turn what was `<guide:derivatives#central>` into a link with its title.

    What was `[words](guide:derivatives#central)` keeps its words.
    """

    def link(match: re.Match[str]) -> str:
        name, words = match.groups()
        found = place(name)
        shown = escape(found["title"]) if words == f"guide:{name}" else words
        return f'<a href="{found["href"]}">{shown}</a>'

    return re.sub(r'<a href="guide:([^"]+)">(.*?)</a>', link, html, flags=re.S)


@functools.cache
def _places() -> dict[str, Place]:
    found = {}
    for one in guides():
        name, title = one["name"], one["title"]
        found[name] = Place(href=f"#/guides/{name}", title=title)
        for part in one["headings"]:
            id_, words = part["id"], unescape(part["title"])
            href = f"#/guides/{name}?part={id_}"
            found[f"{name}#{id_}"] = Place(href=href, title=f"{title}: {words}")
    return found


# ------------------------------------------------------------------------------ static pages


def write_pages(site: Path) -> None:
    """Write each guide as a page that needs no JavaScript, into a site that has its styles."""
    folder = site / "guides"
    folder.mkdir(exist_ok=True)
    template = _TEMPLATE.read_text(encoding="utf-8")
    read = guides()
    titles = {one["name"]: one["title"] for one in read}
    styles = escape(only(site, "assets/main-*.css"))
    for one in read:
        page = replace_marks(
            template,
            {
                "policy": headers.policy_tag(),
                "title": f"<title>{escape(one['title'])} · MiniTorch</title>",
                "description": _description(one["description"]),
                "styles": f'<link rel="stylesheet" href="../{styles}">',
                "heading": _heading(one),
                "text": one["html"],
                "others": _others(one, titles),
            },
        )
        (folder / f"{one['name']}.html").write_text(page, encoding="utf-8")


def _description(text: str) -> str:
    return f'<meta name="description" content="{escape(text)}">'


def _heading(one: Guide) -> str:
    live = f"../#/guides/{one['name']}"
    return (
        f"<h1>{escape(one['title'])}</h1>\n"
        f'<p class="lede">{escape(one["description"])} About {one["minutes"]} minutes. '
        f'<a href="{live}">Read it with its parts that move</a>.</p>'
    )


def _others(one: Guide, titles: dict[str, str]) -> str:
    links = [
        f'<a rel="{rel}" href="{name}.html">{words}: {escape(titles[name])}</a>'
        for rel, words, name in (
            ("prev", "Before this", one.get("previous")),
            ("next", "After this", one.get("next")),
        )
        if name
    ]
    return "\n".join(links)
