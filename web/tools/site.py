"""The whole site: all parts made, put together beside `dist/`, checked, and swapped in."""

import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from web.tools import (
    app,
    bundle,
    compress,
    content,
    figures,
    guides,
    library,
    licences,
    node,
    offline,
    origins,
    packages,
    page,
    python,
    runtime,
    words,
)
from web.tools.cache import files_in, one_at_a_time
from web.tools.compress import Size
from web.tools.console import Failure, say, step
from web.tools.paths import DIST, ROOT, WEB


def build(output: Path = DIST) -> None:
    """Build the site into a folder, which stays as it was if anything fails."""
    start = time.perf_counter()
    _check_replaceable(output)
    with one_at_a_time():
        parts = [*_build_parts(), licences.build()]
        with step("site"):
            _put_together(parts, output)
    shown = output.relative_to(ROOT) if output.is_relative_to(ROOT) else output
    say(f"Built {shown}/ in {time.perf_counter() - start:.1f} s")
    for what, size in {"a first visit": size_of_visit(output), "all": size_of(output)}.items():
        raw, gzipped, brotli = (number / 1e6 for number in size)
        say(f"  {what:<15}{raw:5.1f} MB, {gzipped:.1f} MB with gzip, {brotli:.1f} MB with Brotli")


def _check_replaceable(output: Path) -> None:
    """Refuse to replace a folder that holds something else than a site."""
    if output.exists() and not output.is_dir():
        raise Failure(f"{output} is a file; give a folder to build into.")
    if output.exists() and any(output.iterdir()) and not page.is_filled(output / "index.html"):
        raise Failure(f"{output} holds something else than a built site; give another folder.")


def _build_parts() -> list[Path]:
    """Make all parts, side by side where they don't wait for each other."""
    with ThreadPoolExecutor() as pool:
        drawn = pool.submit(_compressed, figures.build)
        node.install_packages()
        texts = (content.build, guides.build, words.build)
        makers = (_python, bundle.build, packages.build, app.build, *texts)
        others = [pool.submit(_compressed, make) for make in makers]
        return _results([drawn, *others])


def _python() -> list[Path]:
    """Make the parts of which each is compiled with the one before."""
    return [runtime.build(), python.build(), library.build()]


def _compressed(make: Callable[[], Path | list[Path]]) -> list[Path]:
    """Make a part or two, and compress them while others are still being made."""
    made = make()
    return [compress.prepare(part) for part in (made if isinstance(made, list) else [made])]


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
        for part in [*parts, WEB / "static"]:
            shutil.copytree(part, fresh, dirs_exist_ok=True)
        finish(fresh)
        _swap(fresh, output)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def finish(folder: Path) -> None:
    """Write what depends on all the parts in a folder: the page, the list, the copies."""
    guides.write_pages(folder)
    template = (WEB / "index.html").read_text(encoding="utf-8")
    filled = offline.stamp(page.fill(template, folder), folder)
    (folder / "index.html").write_text(filled, encoding="utf-8")
    offline.write_worker(folder)
    origins.check(folder)
    compress.write_copies(folder)


def _swap(fresh: Path, output: Path) -> None:
    """Put the new folder in the old one's place, with no moment of half a site."""
    if output.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
        output.rename(old / "site")
        fresh.rename(output)
        shutil.rmtree(old, ignore_errors=True)
    else:
        fresh.rename(output)


def size_of(site: Path) -> Size:
    """Add up the files of a site, source maps left out."""
    left_out = (".map", *compress.SUFFIXES)
    return compress.size_of(path for path in files_in(site) if path.suffix not in left_out)


def size_of_visit(site: Path) -> Size:
    """Add up what a first visit brings along, after which the site works offline."""
    return compress.size_of(site / name for name in offline.core_files(site))
