"""The figures as the build writes them: what the page looks for in them is there."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bokeh.models as models_of_bokeh
import pytest

from web.tools import figures, node, pagetests
from web.tools.paths import ROOT, WEB


def write(folder: Path, seed: str) -> dict[str, str]:
    """Write the figures in a process of its own, as the build does."""
    command = [sys.executable, "-m", "web.tools.figures", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The JSON of each figure."""
    return write(tmp_path_factory.mktemp("figures"), seed="1")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object in a value, however deep."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from objects(inner)


def models(text: str) -> list[dict[str, Any]]:
    """The models that a figure's JSON describes; elsewhere it only mentions them by their ids."""
    return [item for item in objects(json.loads(text)) if {"id", "name", "type"} <= item.keys()]


def named(text: str) -> dict[str, dict[str, Any]]:
    """The models that have got a name of ours."""
    found = [model for model in models(text) if "name" in model.get("attributes", {})]
    names = [model["attributes"]["name"] for model in found]
    assert len(names) == len(set(names)), "the page could not tell them apart"
    return dict(zip(names, found, strict=True))


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the page's TypeScript feeds the figures, which `fed.ts` prints."""
    here = Path(__file__).parent
    output = tmp_path_factory.mktemp("fed")
    node.install_packages()
    pagetests.bundle([here / "fed.ts"], here, output)
    read: dict[str, Any] = json.loads(node.execute(output / "fed.mjs"))
    return read


def embedded() -> set[str]:
    """The figures that the page has a place for."""
    texts = [path.read_text(encoding="utf-8") for path in (WEB / "src").rglob("*.tsx")]
    return {name for text in texts for name in re.findall(r'<FigureFrame\s+name="(\w+)"', text)}


def properties(model: dict[str, Any]) -> set[str]:
    """What can be set of a model of this type."""
    # What bokeh.plotting calls a figure is a plot that is easier to make.
    name = "Plot" if model["name"] == "Figure" else model["name"]
    return set(getattr(models_of_bokeh, name).properties())


FIGURES = ["boundary", "curve", "error", "graph", "loss", "slope", "surface"]


def test_these_are_all_figures(written: dict[str, str], fed: dict[str, Any]) -> None:
    assert set(written) == set(figures.figure_names()) == embedded() == set(FIGURES)
    assert set(fed["figures"]) == set(FIGURES)


@pytest.mark.parametrize("figure", FIGURES)
def test_the_page_feeds_the_sources_the_columns_that_they_have(
    written: dict[str, str], fed: dict[str, Any], figure: str
) -> None:
    declared = {
        name: sorted(column for column, _ in model["attributes"]["data"]["entries"])
        for name, model in named(written[figure]).items()
        if "data" in model["attributes"]
    }
    assert fed["figures"][figure]["sources"] == declared


@pytest.mark.parametrize("figure", FIGURES)
def test_what_the_page_styles_is_there_by_its_name(
    written: dict[str, str], fed: dict[str, Any], figure: str
) -> None:
    there = named(written[figure])
    for name, wanted in fed["figures"][figure]["models"].items():
        assert set(wanted) <= properties(there[name]), name
    for name, wanted in fed["figures"][figure]["glyphs"].items():
        assert set(wanted) <= properties(there[name]["attributes"]["glyph"]), name


def test_no_two_models_have_the_same_id(written: dict[str, str]) -> None:
    ids = [model["id"] for text in written.values() for model in models(text)]
    assert len(ids) > 100
    assert len(ids) == len(set(ids))


def test_the_same_figures_give_the_same_json(written: dict[str, str], tmp_path: Path) -> None:
    assert write(tmp_path, seed="2") == written
