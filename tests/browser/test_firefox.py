"""The page in Firefox, where there is one: each of the things that browsers do differently."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import firefox
from tests.browser.conftest import PREFIX
from tests.browser.firefox import Firefox
from tests.browser.test_layout import FIND_FLAWS
from tests.browser.views import address
from web.tools.paths import DIST
from web.tools.server import serving

READY = "Python ready$"


@pytest.fixture(scope="module")
def running() -> Iterator[Firefox]:
    """Start the one Firefox of this module."""
    with firefox.launch() as started:
        yield started


@pytest.fixture
def fox(running: Firefox) -> Iterator[Firefox]:
    """Give its tab, which shows what the test before left there; fail on what goes wrong."""
    running.problems.clear()
    yield running
    assert running.problems == []


def show(fox: Firefox, url: str) -> None:
    """Go to an address and wait until Python can be asked."""
    fox.goto(url)
    fox.wait_for_text("status", "Python", READY)


def run(fox: Firefox, code: str) -> None:
    """Type code over what the editor has, and press Run."""
    # At first there is a plain text area, which the editor replaces.
    fox.wait_until("() => document.querySelector('.cm-content') !== null")
    fox.click("textbox", "Expression")
    fox.press("Control", "a")
    fox.press("Delete")
    fox.type(code)
    fox.click("button", "Run")


def wait_for_result(fox: Firefox, value: str) -> None:
    fox.wait_until(f"() => document.body.innerText.includes('The result is {value}.')")


def test_python_starts(fox: Firefox, site: str) -> None:
    show(fox, site)
    assert fox.evaluate("() => document.title") == "Train · MiniTorch"
    assert fox.evaluate("() => crossOriginIsolated") is True
    assert fox.find_all("alert") == []


def test_training_reaches_the_end_and_is_drawn(fox: Firefox, site: str) -> None:
    show(fox, address(site, "train", dataset="Xor", hidden=2, points=20, epochs=40, seed=1))
    fox.wait_for_text("status", "Training", "not trained yet")
    fox.click("button", "Train")
    fox.wait_for_text("status", "Training", r"^Epoch 40 of 40 · loss [\d.]+ · \d+ of 20 correct")
    drawn = """() => {
      const column = (source, name) => window.Bokeh?.documents
        .map((one) => one.get_model_by_name(source)).find(Boolean)?.data[name];
      const image = column("boundary", "image")?.[0] ?? [];
      return { losses: column("loss", "loss")?.length ?? 0, shades: new Set(image).size };
    }"""
    fox.wait_until(f"() => {{ const d = ({drawn})(); return d.losses > 10 && d.shades > 10; }}")


def test_an_expression_and_its_derivatives(fox: Firefox, site: str) -> None:
    show(fox, address(site, "expression", x=2, y=3, z=1))
    run(fox, "x * x * y + z")
    wait_for_result(fox, "13.0")
    cells = "node => [...node.tBodies[0].rows].map((row) => [...row.cells].map((c) => c.innerText))"
    rows = fox.evaluate(cells, fox.find("table", "Derivatives"))
    assert {name: float(derivative) for name, _, derivative, *_ in rows} == {
        "x": 12.0,
        "y": 4.0,
        "z": 1.0,
    }


def test_what_never_ends_is_stopped(fox: Firefox, site: str) -> None:
    show(fox, address(site, "expression", x=2, y=3, z=1))
    run(fox, "while True: pass\nx")
    fox.click("button", "Stop")
    fox.wait_for_text("status", "Python", READY)
    run(fox, "x * y")
    wait_for_result(fox, "6.0")


@pytest.mark.parametrize("view", ["train", "expression"])
def test_nothing_is_cut(fox: Firefox, site: str, view: str) -> None:
    show(fox, f"{site}#/{view}")
    flaws = {}
    for width, height in ((375, 720), (1440, 900)):
        fox.resize(width, height)
        fox.evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 50)))")
        flaws[width] = fox.evaluate(FIND_FLAWS)
    assert flaws == {375: [], 1440: []}


@pytest.mark.skipif(not list(DIST.glob("sw*.js")), reason="this build has no service worker")
def test_it_works_with_the_server_stopped(fox: Firefox, built: Path) -> None:
    with serving(built, prefix=PREFIX) as server:
        show(fox, server.url)
        fox.evaluate("async () => { await navigator.serviceWorker.ready; }")
        fox.wait_until("() => navigator.serviceWorker.controller !== null")
    fox.reload()
    fox.wait_for_text("status", "Python", READY)
    fox.goto(address(server.url, "expression", x=2, y=3))
    run(fox, "x + y")
    wait_for_result(fox, "5.0")
