"""Archives in WebAssembly files: hosts compress these, and Python reads what is inside."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from web.tools import archive, node


def test_it_is_an_archive_and_a_module(tmp_path: Path) -> None:
    made = tmp_path / "made.wasm"
    contents = {"thing.py": b"print('imported')", "data.bin": bytes(40_000)}
    archive.write(contents, made)
    with ZipFile(made) as found:
        assert {name: found.read(name) for name in found.namelist()} == contents
        assert {entry.compress_type for entry in found.infolist()} == {ZIP_STORED}
    program = f"import sys; sys.path.insert(0, {str(made)!r}); import thing"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "imported\n"
    script = tmp_path / "valid.mjs"
    script.write_text(
        "import { readFileSync } from 'node:fs';\n"
        "console.log(WebAssembly.validate(readFileSync(process.argv[2])));\n"
    )
    assert node.script(script, made).strip() == "true"


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.wasm", "second.wasm"):
        archive.write({"a": b"1", "b": b"2"}, tmp_path / name)
    assert (tmp_path / "first.wasm").read_bytes() == (tmp_path / "second.wasm").read_bytes()
