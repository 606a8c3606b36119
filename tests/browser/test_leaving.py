"""A view that is left gives back all that it took."""

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.views import (
    button,
    expect_idle,
    open_train,
    show,
    train_to_the_end,
    wait_for_columns,
    wait_until,
)

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
# Whoever waits for all that a view shows, and whoever does not: some 80 times.
TRIPS = {"seen": 5, "left at once": 12}
ALL_VIEWS = ("Start", "Guides", "Assignment", "Expression", "Functions", "Train")
# By the links in the header, each as soon as the page has heard of the one before.
HURRY = """async ([names, rounds]) => {
  const links = [...document.querySelectorAll("nav a")];
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      links.find((link) => link.textContent === name).click();
      while (document.title !== `${name} · MiniTorch`) {
        await new Promise((resume) => setTimeout(resume, 5));
      }
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }
}"""
# A trip leaves nothing. The last one may still be waiting for the garbage collector, and would
# show as a few hundred nodes: less than so many trips would leave, at fifty nodes each.
NODES = {"seen": 400, "left at once": 1_000}
LISTENERS = 5


def wait_for_figures(page: Page, number: int) -> None:
    """Wait until the page has this number of figures, all that the view wants."""
    wait_until(page, "number => window.Bokeh?.documents.length === number", number)


def kept(page: Page, session: CDPSession) -> dict[str, int]:
    """Count what the page holds, in sight or not, once the garbage is collected."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(100)
    metrics = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: int(metric["value"]) for metric in metrics}


@pytest.mark.parametrize("how", TRIPS)
def test_trips_between_the_views_leave_nothing_behind(kept_page: Page, site: str, how: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=20)
    train_to_the_end(page, 20)
    show(page, "Expression")
    button(page, "Run").click()
    expect_idle(page)
    wait_for_columns(page, "operations")
    # What each view keeps for its next visit is kept once.
    for view in ALL_VIEWS:
        show(page, view)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    wait_for_figures(page, 2)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    before = kept(page, session)
    if how == "seen":
        for _ in range(TRIPS[how]):
            show(page, "Expression")
            wait_for_figures(page, 1)
            show(page, "Train")
            wait_for_figures(page, 2)
    else:
        page.evaluate(HURRY, [ALL_VIEWS, TRIPS[how]])
        show(page, "Train")
    wait_for_figures(page, 2)
    wait_for_columns(page, "loss")
    after = kept(page, session)

    assert after["Nodes"] - before["Nodes"] < NODES[how], (before, after)
    assert after["JSEventListeners"] - before["JSEventListeners"] < LISTENERS, (before, after)
