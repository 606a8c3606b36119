"""The compressed copies beside the files of a site."""

import gzip
import os
import random
from pathlib import Path

import pytest

from web.tools import compress, node

UNDO = """
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
process.stdout.write(brotliDecompressSync(readFileSync(process.argv[2])));
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compress, "_STORE", tmp_path / "store")
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets/a.js").write_text("const answer = 42;\n" * 500)
    (folder / "assets/a.js.map").write_text("x" * 9000)
    (folder / "packed.zip").write_bytes(random.Random(0).randbytes(9000))
    return folder


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_what_gets_smaller_has_copies_and_nothing_else_has(site: Path) -> None:
    compress.write_copies(site)
    copies = ["assets/a.js.br", "assets/a.js.gz"]
    assert names(site) == sorted(["assets/a.js", "assets/a.js.map", "packed.zip", *copies])
    plain = (site / "assets/a.js").read_bytes()
    assert gzip.decompress((site / "assets/a.js.gz").read_bytes()) == plain
    script = site.parent / "undo.mjs"
    script.write_text(UNDO)
    assert node.script(str(script), site / "assets/a.js.br").encode() == plain

    sizes = compress.size_of([site / "assets/a.js", site / "packed.zip"])
    assert sizes.raw == len(plain) + 9000
    assert 9000 < sizes.brotli < sizes.gzip < 9200


def test_nothing_is_compressed_twice(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compress.write_copies(site)
    before = names(site)
    for name in before:
        if name.endswith(compress.SUFFIXES):
            os.remove(site / name)
    monkeypatch.setattr(compress, "_compress", lambda *_: pytest.fail("compressed again"))
    compress.write_copies(site)
    assert names(site) == before


def test_copies_that_no_build_has_used_for_long_are_forgotten(site: Path) -> None:
    compress.write_copies(site)
    store = site.parent / "store"
    used = names(store)
    for name in ("old.br", "old.gz"):
        (store / name).touch()
        os.utime(store / name, (0, 0))
    compress.write_copies(site)
    assert names(store) == used
