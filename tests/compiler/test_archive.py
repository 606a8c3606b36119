"""As in the page: from an archive of compiled files, whose code is from elsewhere than they are."""

from __future__ import annotations

import subprocess
import sys
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from pathlib import Path
from zipfile import ZipFile

import minitorch

PROGRAM = """
import minitorch
from minitorch.compiler import NotCompilable
assert ".zip" in minitorch.__file__
trainer = minitorch.training.ScalarTrain(2, engine="compiled")
print(trainer.compile(minitorch.datasets["Xor"](10)).loss() > 0)
try:
    minitorch.compile(lambda x: x.data * x, trainer.model, [1.0])
except NotCompilable as error:
    print("(<string>, line 8)" in str(error))
"""


def test_it_compiles_from_an_archive(tmp_path: Path) -> None:
    source, archive = Path(minitorch.__file__).parent, tmp_path / "minitorch.zip"
    with ZipFile(archive, "w") as made:
        for file in source.rglob("*.py"):
            name = f"minitorch/{file.relative_to(source).as_posix()}"
            code = compile(file.read_bytes(), f"/elsewhere/{name}", "exec", dont_inherit=True)
            made.writestr(f"{name}c", bytes(_code_to_hash_pyc(code, bytes(8), False)))
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(archive)!r})" + PROGRAM],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.stdout.split() == ["True", "True"], run.stderr
