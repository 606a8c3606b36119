"""The whole site: all parts made, put together beside `dist/`, checked, and swapped in."""

import gzip
import hashlib
import json
import shutil
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from web.tools import bundle, figures, licences, node, origins, packages, page, python, runtime
from web.tools.cache import files_in, one_at_a_time
from web.tools.console import Failure, say, step
from web.tools.paths import CACHE, DIST, ROOT, WEB


class Size(NamedTuple):
    """Bytes of a site, as stored and as a server would send them, source maps left out."""

    raw: int
    gzipped: int


def build(output: Path = DIST) -> None:
    """Build the site into a folder, which stays as it was if anything fails."""
    start = time.perf_counter()
    _check_replaceable(output)
    with one_at_a_time():
        parts = [*_build_parts(), licences.build()]
        with step("site"):
            _put_together(parts, output)
    shown = output.relative_to(ROOT) if output.is_relative_to(ROOT) else output
    raw, gzipped = (size / 1e6 for size in size_of(output))
    seconds = time.perf_counter() - start
    say(f"Built {shown}/ in {seconds:.1f} s: {raw:.1f} MB, {gzipped:.1f} MB gzipped")


def _check_replaceable(output: Path) -> None:
    """Refuse to replace a folder that holds something else than a site."""
    if output.exists() and not output.is_dir():
        raise Failure(f"{output} is a file; give a folder to build into.")
    if output.exists() and any(output.iterdir()) and not page.is_filled(output / "index.html"):
        raise Failure(f"{output} holds something else than a built site; give another folder.")


def _build_parts() -> list[Path]:
    """Make all parts, side by side where they don't wait for each other."""
    with ThreadPoolExecutor() as pool:
        drawn = pool.submit(lambda: [figures.build()])
        node.install_packages()
        bundled = pool.submit(lambda: [bundle.build()])
        packed = pool.submit(lambda: [packages.build()])
        compiled = pool.submit(lambda: [runtime.build(), python.build()])
        return _results([drawn, bundled, packed, compiled])


def _results(futures: list[Future[list[Path]]]) -> list[Path]:
    """Wait for all, and tell all that failed at once."""
    errors = [error for future in futures if (error := future.exception())]
    for error in errors:
        if not isinstance(error, Failure):
            raise error
    if errors:
        raise Failure("\n\n".join(str(error) for error in errors))
    return [part for future in futures for part in future.result()]


def _put_together(parts: list[Path], output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    fresh.chmod(0o755)
    try:
        _assemble(parts, fresh)
        origins.check(fresh)
        _swap(fresh, output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _assemble(parts: list[Path], folder: Path) -> None:
    for part in [*parts, WEB / "static"]:
        shutil.copytree(part, folder, dirs_exist_ok=True)
    template = (WEB / "index.html").read_text(encoding="utf-8")
    filled = page.fill(template, folder)
    (folder / "index.html").write_text(filled, encoding="utf-8")


def _swap(fresh: Path, output: Path) -> None:
    """Put the new folder in the old one's place, with no moment of half a site."""
    if output.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
        output.rename(old / "site")
        fresh.rename(output)
        shutil.rmtree(old, ignore_errors=True)
    else:
        fresh.rename(output)


def size_of(folder: Path) -> Size:
    """Add up the files of a site."""
    files = [path for path in files_in(folder) if path.suffix != ".map"]
    return Size(sum(path.stat().st_size for path in files), sum(_gzipped_sizes(files)))


def _gzipped_sizes(files: list[Path]) -> list[int]:
    """Compress what has not been measured before."""
    store = CACHE / "gzipped-sizes.json"
    known = _read_sizes(store)
    keys = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    fresh = {key: path for key, path in zip(keys, files, strict=True) if key not in known}
    with ThreadPoolExecutor() as pool:
        sizes = pool.map(lambda path: len(gzip.compress(path.read_bytes(), 9)), fresh.values())
        known |= dict(zip(fresh, sizes, strict=True))
    store.write_text(json.dumps({key: known[key] for key in keys}))
    return [known[key] for key in keys]


def _read_sizes(store: Path) -> dict[str, int]:
    """Read what has been measured; a file that is missing or broken only costs time."""
    try:
        known = json.loads(store.read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
