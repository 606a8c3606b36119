"""The guides: whole, linked where they should be, and true where they show what code prints."""

import ast
import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from web.tools import content, guides, markdown
from web.tools.console import Failure
from web.tools.guides import Guide
from web.tools.paths import ROOT, WEB


@pytest.fixture(scope="module")
def read() -> dict[str, Guide]:
    return {guide["name"]: guide for guide in guides.guides()}


def words(guide: Guide) -> list[str]:
    text = re.sub(r'data-options="[^"]*"', "", guide["html"])
    return re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.mark.parametrize("name", guides.ORDER)
def test_a_guide_is_whole(name: str, read: dict[str, Guide]) -> None:
    guide = read[name]
    assert len(guide["headings"]) >= 6
    assert len({heading["id"] for heading in guide["headings"]}) == len(guide["headings"])
    assert 10 <= guide["minutes"] <= 15
    assert 800 < len(words(guide)) < 2400
    assert len(guide["description"]) < 160
    assert guide["html"].count('class="predict"') == guide["html"].count('class="shown"') >= 1
    assert guide["html"].count('class="question"') == guide["html"].count('class="answer"') >= 1
    assert not re.search(r":::|```|\{#|\$", guide["html"].replace("${", ""))
    assert f'href="#/assignment/{guide["task"]}"' in guide["html"]


def test_they_follow_each_other(read: dict[str, Guide]) -> None:
    at, seen = guides.ORDER[0], []
    while at:
        seen.append(at)
        at = read[at].get("next", "")
    assert tuple(seen) == guides.ORDER
    assert [read[name].get("previous") for name in guides.ORDER] == [None, *guides.ORDER[:-1]]


def code_blocks() -> list[tuple[str, str, str]]:
    return [
        (f"{guide['name']}, {options['name']}", options["code"], options["output"])
        for guide in guides.guides()
        for kind, options in markdown.slots(guide["html"])
        if kind == "code"
    ]


@pytest.mark.parametrize(("code", "output"), [b[1:] for b in code_blocks()], ids=lambda _: "")
def test_code_prints_what_stands_beside_it(code: str, output: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == (output, "")


def test_every_live_part_is_of_a_kind_that_the_page_has() -> None:
    live = (WEB / "src/views/guides/live.tsx").read_text(encoding="utf-8")
    known = set(re.findall(r"^  (\w+): \(options\)", live, re.MULTILINE))
    used = {kind for g in guides.guides() for kind, _ in markdown.slots(g["html"])}
    assert used == known


def test_the_page_has_the_same_guides_in_the_same_order() -> None:
    settings = (WEB / "src/views/guides/settings.ts").read_text(encoding="utf-8")
    names = re.search(r"NAMES = \[(.*?)\]", settings, re.DOTALL)
    assert names
    assert tuple(re.findall(r'"(\w+)"', names[1])) == guides.ORDER


def test_every_word_that_is_linked_is_explained_and_unknown_ones_are_refused() -> None:
    glossary = json.loads(guides.GLOSSARY.read_text(encoding="utf-8"))
    html = markdown.guide("A [central\ndifference](glossary:central-difference).", glossary)
    assert "popovertarget" in html
    html = markdown.guide("A [slope](glossary:slope).", glossary)
    assert "popovertarget" in html
    assert glossary["slope"].split(".")[0] in unescape(html)
    with pytest.raises(Failure, match="no “sloop”"):
        markdown.guide("A [sloop](glossary:sloop).", glossary)


def words_of_glossary() -> list[str]:
    return list(json.loads(guides.GLOSSARY.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", guides.ORDER)
def test_a_word_is_explained_where_a_guide_first_uses_it(name: str, read: dict[str, Guide]) -> None:
    """In what is in sight, headings and names in code aside; and in each guide once."""
    folded = re.compile(r"<(details|h2|pre|code|math|table)\b.*?</\1>", re.DOTALL)
    html = folded.sub(" ", read[name]["html"])
    html = re.sub(r'data-options="[^"]*"|<span popover.*?</span>', " ", html)
    for word in words_of_glossary():
        plural = {"leaf": "leaf|leaves"}.get(word, f"{word}s?")
        used = re.search(rf"\b({plural})\b", re.sub(r"<[^>]*>", "", html), re.IGNORECASE)
        linked = re.findall(rf'bubble"><b>{word}</b>', read[name]["html"])
        assert len(linked) == (1 if used else len(linked)), (word, used, linked)
        button = rf'<button type="button" class="word"[^>]*>({plural})</button>'
        before = re.split(button, html, flags=re.IGNORECASE)[0]
        early = re.search(rf".*\b({plural})\b", re.sub(r"<[^>]*>", "", before), re.IGNORECASE)
        assert not (used and early), (word, early)


def test_live_parts_ask_for_what_there_is() -> None:
    text = (WEB / "src/views/guides/expression.tsx").read_text(encoding="utf-8")
    shows = re.search(r"SHOWS = \[(.*?)\]", text)
    assert shows
    known = set(re.findall(r'"(\w+)"', shows[1]))
    asked = {
        word
        for guide in guides.guides()
        for kind, options in markdown.slots(guide["html"])
        if kind == "expression" and "show" in options
        for word in options["show"].split(", ")
    }
    assert asked == known


def test_code_without_its_output_is_refused() -> None:
    with pytest.raises(Failure, match="no output"):
        markdown.guide("```python run\nprint(1)\n```\n\nText\n", {})


def links() -> list[tuple[str, str]]:
    """Every link to a guide: where it stands, and where it leads."""
    texts = {}
    for task in content.manifest()["tasks"]:
        told = [mistake["message"] for mistake in task["mistakes"]]
        texts[task["id"]] = " ".join([task["statement"], *task["hints"], *told])
    texts |= {guide["name"]: guide["html"] for guide in guides.guides()}
    return [
        (source, place)
        for source, html in texts.items()
        for place in re.findall(r'href="#/guides/([^"]*)"', html)
    ]


def test_links_to_guides_lead_somewhere(read: dict[str, Guide]) -> None:
    assert len(links()) >= 4
    for source, place in links():
        name, _, part = place.partition("?part=")
        assert name in read, source
        assert not part or part in {h["id"] for h in read[name]["headings"]}, (source, place)


def test_each_is_a_page_of_its_own(tmp_path: Path, read: dict[str, Guide]) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main-ABCDEFGH.css").touch()
    guides.write_pages(tmp_path)
    for name, guide in read.items():
        page = (tmp_path / "guides" / f"{name}.html").read_text(encoding="utf-8")
        assert f"<title>{guide['title']} · MiniTorch</title>" in page
        assert f'content="{guide["description"]}"' in unescape(page)
        assert "<script" not in page
        assert "build:" not in page
        for place in re.findall(r'(?:href|src)="(?!https:)([^"#]+)"', page):
            path = (tmp_path / "guides" / place.split("#")[0]).resolve()
            assert path.exists() or path.name == "icon.svg", place


def test_code_is_python() -> None:
    for _, code, _ in code_blocks():
        ast.parse(code)


def test_a_part_is_linked_by_its_title_and_one_that_is_not_there_is_refused() -> None:
    text = markdown.plain("<guide:derivatives#central>, [two](guide:scalar), <guide:scalar>")
    assert re.findall(r"<a.*?</a>", guides.link_parts(text)) == [
        '<a href="#/guides/derivatives?part=central">Derivatives: To both sides</a>',
        '<a href="#/guides/scalar">two</a>',
        '<a href="#/guides/scalar">Scalar</a>',
    ]
    for wrong in ("derivatives#middle", "integrals"):
        with pytest.raises(Failure, match=f"No guide has “{wrong}”"):
            guides.link_parts(markdown.plain(f"<guide:{wrong}>"))


def test_what_was_measured_is_taken_from_the_readme() -> None:
    text = guides.with_figures("C takes {measured: 10, 50, C}, Scalars {measured: 10, 50, eager}.")
    assert re.fullmatch(r"C takes [\d.]+ µs, Scalars [\d,.]+\.", text)
    for unknown in ("10, 51, C", "10, 50, Fortran"):
        with pytest.raises(Failure, match="have no"):
            guides.with_figures(f"{{measured: {unknown}}}")
