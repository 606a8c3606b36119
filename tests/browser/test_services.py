"""What a browser may refuse: one page for each way of refusing, and all that the page does without.

The table is `web/src/services.ts`. A frame of another site, blocked cookies and plain HTTP are the
browser's own doing, and hold in the worker and the service worker, too; each service alone is taken
away in the page.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import PREFIX, Problems, opened_context
from tests.browser.views import address, button, wait_for_python
from web.tools import chromium
from web.tools.paths import WEB
from web.tools.server import serving

TABLE = WEB / "src" / "services.ts"
SERVICES = re.findall(r'^  "?([\w.]+)"?: "', TABLE.read_text(encoding="utf-8"), re.M)

# Takes a service away: `way` is "absent", "refuses" (to be asked or used), or "later" (when the
# page says so, after it has used it).
TAKE_AWAY = """([names, way]) => {
  const refuse = () => { throw new DOMException("Refused by the test.", "SecurityError"); };
  const refuseLater = () => Promise.reject(new DOMException("Refused by the test.", "SecurityError"));
  const find = (path) => path.split(".").reduce((at, name) => at?.[name], globalThis);
  const holder = (object, name) => {
    while (object && !Object.hasOwn(object, name)) object = Object.getPrototypeOf(object);
    return object;
  };
  const take = (path) => {
    const [name, ...above] = path.split(".").reverse();
    const owner = holder(above.length ? find(above.reverse().join(".")) : globalThis, name);
    if (!owner) return;
    if (way === "absent") return delete owner[name];
    const service = find(path);
    if (typeof service === "function") {
      const refused = name.startsWith("request") || name === "randomUUID" ? refuse : class { constructor() { refuse(); } };
      Object.defineProperty(owner, name, { configurable: true, value: refused });
      return;
    }
    if (way === "refuses" && name.endsWith("Storage")) {
      Object.defineProperty(owner, name, { configurable: true, get: refuse });
      return;
    }
    const asked = ["getItem", "setItem", "removeItem", "key", "open"].includes.bind(["getItem", "setItem", "removeItem", "key", "open"]);
    for (const method of methods(service)) {
      const isAtOnce = asked(method) && name !== "caches";
      service[method] = isAtOnce ? refuse : refuseLater;
    }
  };
  const methods = (object) => {
    const found = [];
    for (let at = object; at && at !== Object.prototype && at !== EventTarget.prototype; at = Object.getPrototypeOf(at)) {
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
        if (typeof value === "function" && name !== "constructor" && name !== "startMessages") found.push(name);
      }
    }
    return found;
  };
  for (const name of names) take(name);
}"""


def learn(page: Page | Frame) -> None:
    """Do what a learner does: run an expression, train, write some code and run its tests."""
    wait_for_python(page)
    request = {"code": "x * y", "inputs": {"x": 2, "y": 3}, "maxNodes": 10}
    assert page.evaluate("request => minitorch.evaluate(request)", request)["value"] == 6
    navigation = page.get_by_role("navigation", name="Main")
    navigation.get_by_role("link", name="Train").click()
    button(page, "Step").click()
    expect(page.get_by_role("status", name="Training")).to_have_text(re.compile("^Epoch 1 of"))
    navigation.get_by_role("link", name="Assignment").click()
    code = page.get_by_role("textbox", name="Code")
    code.click()
    page.keyboard.type("# mine\n") if isinstance(page, Page) else code.press_sequentially("# mine\n")
    button(page, "Run tests").click()
    expect(page.get_by_role("status", name="Tests")).to_have_text(
        re.compile(r"\d+ of \d+ passed"), timeout=60_000
    )
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("way", ["absent", "refuses", "later"])
def test_every_service_may_be_missing(browser: Browser, site: str, way: str) -> None:
    problems = Problems()
    with opened_context(browser, site, problems) as context:
        page = context.new_page()
        if way != "later":
            page.add_init_script(f"({TAKE_AWAY})([{SERVICES!r}, {way!r}])")
        page.goto(address(site, "expression"))
        if way == "later":
            wait_for_python(page)
            page.evaluate(TAKE_AWAY, [SERVICES, way])
        learn(page)
    assert problems.left() == []
