"""The figures as the build writes them: what the page looks for in them is there."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web.tools import figures
from web.tools.paths import ROOT

NODES = (
    "x y width height left right title_y value_y derivative_y title kind value_label value "
    "derivative_label derivative fill line line_width ink muted accent"
)
# The sources that the page feeds, with all of their columns.
SOURCES = {
    "boundary": {
        "boundary": "image",
        "contour": "xs ys",
        "points_0": "x1 x2",
        "points_1": "x1 x2",
    },
    "loss": {"loss": "epoch loss", "loss_now": "epoch loss"},
    "graph": {
        "edges": "xs ys color width",
        "heads": "xs ys color",
        "operations": NODES,
        "leaves": NODES,
        "notes": "x y text color back",
    },
}
# What else the page finds by its name, to restyle it.
NAMES = {
    "boundary": {"boundary_figure", "boundary_colors", "contour_line", "marks_0", "marks_1"},
    "loss": {"loss_figure", "loss_line", "loss_dot"},
    "graph": {"graph_figure"},
}


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
    """The attributes of the models that have got a name of ours."""
    described = [model.get("attributes", {}) for model in models(text)]
    names = [attributes["name"] for attributes in described if "name" in attributes]
    assert len(names) == len(set(names)), "the page could not tell them apart"
    return {attributes["name"]: attributes for attributes in described if "name" in attributes}


def test_these_are_all_figures(written: dict[str, str]) -> None:
    assert set(written) == set(figures.figure_names()) == set(SOURCES) == set(NAMES)


@pytest.mark.parametrize("figure", SOURCES)
def test_the_sources_have_the_columns_that_the_page_feeds(
    written: dict[str, str], figure: str
) -> None:
    found = {
        name: {column for column, _ in attributes["data"]["entries"]}
        for name, attributes in named(written[figure]).items()
        if "data" in attributes
    }
    assert found == {name: set(columns.split()) for name, columns in SOURCES[figure].items()}


@pytest.mark.parametrize("figure", NAMES)
def test_what_the_page_restyles_is_there_by_its_name(written: dict[str, str], figure: str) -> None:
    assert set(named(written[figure])) >= NAMES[figure]


def test_no_two_models_have_the_same_id(written: dict[str, str]) -> None:
    ids = [model["id"] for text in written.values() for model in models(text)]
    assert len(ids) > 100
    assert len(ids) == len(set(ids))


def test_the_same_figures_give_the_same_json(written: dict[str, str], tmp_path: Path) -> None:
    assert write(tmp_path, seed="2") == written
