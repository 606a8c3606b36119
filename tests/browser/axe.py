"""What axe-core finds wrong for those who see, hear or point otherwise.

axe goes into the page as the tests' own scripts do, which its Content-Security-Policy doesn't
forbid, and uses no eval there.
"""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from web.tools.paths import NODE_MODULES

# axe reads colours as they are at that moment: what fades has to be done. What has no end doesn't.
# It is ended rather than waited for: without frames it would go on for ever. The end of one may
# begin another, where colours are inherited.
_SETTLE = """() => {
  for (let i = 0; i < 10; i++) {
    const fading = document.getAnimations().filter(
      (one) => Number.isFinite(one.effect?.getComputedTiming().endTime ?? 0),
    );
    if (fading.length === 0) return;
    fading.forEach((one) => one.finish());
  }
}"""
_RUN = """within => axe.run(within ?? document, { resultTypes: ["violations"] })
  .then(({ violations }) => violations)"""


@cache
def _source() -> str:
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, within: str | None = None) -> list[str]:
    """List what is wrong with the page as it is now, a sentence each.

    Args:
        page: it is looked at as it is now; what is folded is not seen.
        within: a CSS selector of the only part that counts.
    """
    if not page.evaluate("() => 'axe' in window"):
        # As an expression its value would be the whole of axe, which can't be sent here.
        page.evaluate(f"() => {{ {_source()} }}")
    page.evaluate(_SETTLE)
    return [
        f"{rule['id']}: {rule['help']}: {_place(node)}"
        for rule in page.evaluate(_RUN, within)
        for node in rule["nodes"]
    ]


def _place(node: dict[str, Any]) -> str:
    why = " ".join(node.get("failureSummary", "").split())[:300]
    return f"{node['target']} {node['html'][:150]} ({why})"


def assert_accessible(page: Page, within: str | None = None) -> None:
    """See that axe finds nothing, in either colour scheme; leave the page in the light one.

    Args:
        page: as for `violations`.
        within: as for `violations`.
    """
    found = {}
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found[scheme] = violations(page, within)
    assert found == {"dark": [], "light": []}
