"""What the service worker keeps: the list of this build's files, with what each has to hold.

`sw.js` is this list and a reference to the program (`src/offline/sw.ts`). Every build that changes
anything changes the list, by which browsers see that there is a new version.
"""

import json
from pathlib import Path

from web.tools import compress, hashed, headers
from web.tools.cache import files_in
from web.tools.console import Failure
from web.tools.hashed import only

_WORKER = "sw.js"
_PROGRAM = "assets/sw-*.js"
_NEVER_KEPT = (".map", *compress.SUFFIXES)
# Only tests, the assignment and the curious need these: they are kept when first fetched.
_LATER = ("packages/*/*.whl", "THIRD-PARTY.txt")
_VERSION_MARK = '<meta name="version" content="" />'


def stamp(html: str, site: Path) -> str:
    """Put the version into a page: a hash of it and of all the other files."""
    if html.count(_VERSION_MARK) != 1:
        raise Failure(f"web/index.html has no {_VERSION_MARK}.")
    others = {name: sha for name, sha in _listed(site).items() if name != "index.html"}
    version = hashed.short_hash(html.encode(), json.dumps(others).encode())
    return html.replace(_VERSION_MARK, _VERSION_MARK.replace('""', f'"{version}"'))


def write_worker(site: Path) -> None:
    """Write `sw.js` for a site that is complete but for it."""
    page = (site / "index.html").read_text(encoding="utf-8")
    before, _, after = _VERSION_MARK.partition('""')
    listed = _listed(site)
    core = core_files(site)
    about = {
        "version": page.partition(before + '"')[2].partition('"' + after)[0],
        "namedByContent": hashed.IN_PATH.pattern,
        "headers": {"all": headers.ISOLATION, "scripts": headers.SCRIPT_POLICY},
        "core": {name: sha for name, sha in listed.items() if name in core},
        "later": {name: sha for name, sha in listed.items() if name not in core},
    }
    program = json.dumps(only(site, _PROGRAM))
    text = f"const SITE = {json.dumps(about, indent=1)};\nimportScripts({program});\n"
    (site / _WORKER).write_text(text, encoding="utf-8")


def core_files(site: Path) -> set[str]:
    """Name the files that every visit may need."""
    later = {path for pattern in _LATER for path in site.glob(pattern)}
    return set(_listed(site)) - {path.relative_to(site).as_posix() for path in later}


def _listed(site: Path) -> dict[str, str]:
    """List all that may be kept, each with its hash as `fetch` takes it."""
    left_out = {site / _WORKER, *site.glob(_PROGRAM)}
    return {
        path.relative_to(site).as_posix(): hashed.integrity(path.read_bytes())
        for path in files_in(site)
        if path.suffix not in _NEVER_KEPT and path not in left_out
    }
