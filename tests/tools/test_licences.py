"""THIRD-PARTY.txt names what the site hands out, with its terms, and nothing else."""

import pytest

from web.tools import licences, runtime

RULER = "\n\n" + "-" * 80 + "\n\n"
# Others that a Python often contains, and what would stand in Pyodide's files then.
NOT_LINKED = ["OpenSSL_version", "SSL_CTX_new", "tcl_version", "ncurses"]


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """Give what is said of each thing, by its first line without its terms."""
    text = (licences.build() / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    _, *described = text.split(RULER)
    return dict(one.split(": ", 1) for one in described)


@pytest.fixture(scope="module")
def pyodide() -> bytes:
    """Give the files of Pyodide that the site has, one after the other."""
    names = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"]
    return b"".join((runtime.PYODIDE / name).read_bytes() for name in names)


@pytest.mark.parametrize("name", licences.LINKED)
def test_what_pyodide_is_built_of_is_named_and_in_it(
    parts: dict[str, str], pyodide: bytes, name: str
) -> None:
    assert licences.LINKED[name].mark.encode() in pyodide
    assert parts[name].startswith(licences.LINKED[name].terms + "\n\n")


@pytest.mark.parametrize("mark", NOT_LINKED)
def test_what_is_not_in_it_is_not_named(pyodide: bytes, mark: str) -> None:
    assert mark.encode() not in pyodide


def test_each_comes_with_a_text_and_each_text_is_used(parts: dict[str, str]) -> None:
    for name, text in parts.items():
        terms, _, body = text.partition("\n\n")
        assert terms, f"{name} has no terms"
        assert len(body) > 100, f"{name} has no text"
    used = {one.text for one in licences.LINKED.values()} | {"pyodide"}
    assert {path.stem for path in licences._TEXTS.iterdir()} == used


def test_packages_of_the_bundles_are_named_and_no_others(parts: dict[str, str]) -> None:
    names = {title.rpartition(" ")[0] for title in parts}
    assert {"preact", "@codemirror/view", "pyodide", "pytest", "BokehJS"} <= names
    # Pyodide's WebSockets, for Node; what makes the bundles; an empty package.
    assert names.isdisjoint({"ws", "esbuild", "typescript", "@types/emscripten"})
