"""The headers that keep the page to itself, written here and nowhere else.

The server sends them; the service worker adds them where a host does not; and the page's own
policy also stands in index.html, for a host that sends none.
"""

from collections.abc import Iterable
from html import escape

from web.tools import hashed

# With these two a page may share memory with its worker, which is how code is interrupted.
ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}

_PAGE_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "style-src-elem": "'self' 'unsafe-inline'",
    "style-src-attr": "'none'",
    "img-src": "'self' data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
# A worker's policy comes with its script: the page's doesn't reach it.
_WORKER_POLICY = {name: _PAGE_POLICY[name] for name in ("default-src", "script-src", "connect-src")}
_SCRIPTS = (".js", ".mjs")


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


SCRIPT_POLICY = {"Content-Security-Policy": _written(_WORKER_POLICY)}


def of(path: str) -> dict[str, str]:
    """Give the headers for one file of the site."""
    return ISOLATION | (SCRIPT_POLICY if path.endswith(_SCRIPTS) else {})


def policy_tag(scripts: Iterable[str] = ()) -> str:
    """Write the page's policy for its head; `scripts` may stand in the page itself."""
    hashes = [f"'{hashed.integrity(script.encode())}'" for script in scripts]
    allowed = {"script-src": " ".join([_PAGE_POLICY["script-src"], *hashes])}
    policy = escape(_written(_PAGE_POLICY | allowed), quote=False)
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
