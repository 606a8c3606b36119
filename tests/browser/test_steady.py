"""What one reads stays where it is while Python loads and arrives, and loads when it is needed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.views import TRAINING_MS, button, training_status, wait_for_python, wait_until

# Notes what moved without anybody's doing, by what was there. The status in the header ends at the
# right margin, so that its text begins elsewhere when it changes; nobody loses their place by it.
WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    for (const { node } of entry.sources) {
      const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      const isStatus = element?.matches("[aria-label=Python], :has(> [aria-label=Python])");
      if (!isStatus) moved.push(element?.outerHTML.slice(0, 80) ?? "gone");
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""
VIEWS = {"train": "Train a network", "expression": "Follow the chain rule"}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(375, 720), (1440, 900)], ids=["phone", "desk"])
def test_nothing_moves_when_python_arrives(
    page: Page, site: str, view: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(WATCH)
    page.goto(f"{site}#/{view}")
    expect(page.get_by_role("heading", level=1)).to_have_text(VIEWS[view])
    wait_for_python(page)
    if view == "train":
        expect(training_status(page)).to_contain_text("not trained yet")
        if size[1] == 900:
            wait_until(page, "() => window.Bokeh?.documents.length === 2")
    else:
        expect(page.locator(".cm-content")).to_be_visible()
    # What moves is told with the next frames.
    page.evaluate("() => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 50)))")
    assert page.evaluate("moved") == []


def test_figures_are_loaded_when_they_come_into_sight(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{site}#/train?epochs=20&hidden=2")
    wait_for_python(page)
    button(page, "Train").click()
    expect(training_status(page)).to_contain_text("Epoch 20 of 20", timeout=TRAINING_MS)
    # What trains was brought into sight, and nothing else was.
    expect(page.get_by_role("region", name="Decision boundary")).to_be_in_viewport()
    drawn = "() => Bokeh.documents.some((one) => one.get_model_by_name('loss_now'))"
    assert not page.evaluate(f"() => Boolean(window.Bokeh) && ({drawn})()")
    page.get_by_role("region", name="Loss", exact=True).scroll_into_view_if_needed()
    # It comes with all that happened before.
    last = """() => window.Bokeh?.documents.map((one) => one.get_model_by_name("loss_now"))
      .find(Boolean)?.data.epoch?.[0] === 20"""
    wait_until(page, last)
