"""Starting the browser of the tests."""

import pytest
from playwright.sync_api import Error

from web.tools import chromium


def test_a_system_that_refuses_the_sandbox_gets_a_browser_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chromium, "_SANDBOX", True)
    tried = []

    def start(chromium_sandbox: bool) -> str:
        tried.append(chromium_sandbox)
        if chromium_sandbox:
            raise Error("FATAL: No usable sandbox!")
        return "a browser"

    assert chromium._in_sandbox(start) == "a browser"
    assert tried == [True, False]


def test_any_other_failure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_SANDBOX", True)

    def start(chromium_sandbox: bool) -> str:
        raise Error("a library is missing")

    with pytest.raises(Error, match="missing"):
        chromium._in_sandbox(start)
