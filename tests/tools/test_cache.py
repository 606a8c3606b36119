"""Steps that are done again only when their inputs have changed, and `test`'s choice of them."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web.tools import cache, console, hashed, site
from web.tools.console import Failure


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(cache, "CACHE", tmp_path / "cache")
    return []


def test_a_step_runs_once_for_the_same_inputs(tmp_path: Path, made: list[str]) -> None:
    source = tmp_path / "source"
    source.mkdir()

    def build() -> str:
        def make(output: Path) -> None:
            made.append("made")
            (output / "result").write_text("".join(p.read_text() for p in cache.files_in(source)))

        return (cache.cached("a step", [source], make) / "result").read_text()

    (source / "a").write_text("1")
    assert [build(), build()] == ["1", "1"]
    (source / "a").write_text("2")
    assert build() == "2"
    (source / "a").rename(source / "b")
    build()
    (source / "b").rename(source / "a")
    (source / "a").write_text("1")
    assert build() == "1"
    assert len(made) == 3


def test_what_two_ask_for_at_once_is_made_once(made: list[str]) -> None:
    def make(output: Path) -> None:
        made.append("made")
        time.sleep(0.1)  # for the other to come meanwhile
        (output / "result").write_text("it")

    with ThreadPoolExecutor() as pool:
        places = list(pool.map(lambda _: cache.cached("a step", ["input"], make), range(4)))
    assert len(made) == len(set(places)) == 1


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path, made: list[str]) -> None:
    def fail(output: Path) -> None:
        (output / "half").write_text("")
        raise Failure("no reason")

    with pytest.raises(Failure, match=r"a step failed\.\nno reason"):
        cache.cached("a step", ["input"], fail)
    assert not list((tmp_path / "cache" / "a-step").iterdir())


def test_a_folder_s_name_follows_its_contents(tmp_path: Path) -> None:
    names = []
    for text in ["one", "two", "one"]:
        folder = tmp_path / str(len(names)) / "pyodide"
        folder.mkdir(parents=True)
        (folder / "x").write_text(text)
        names.append(hashed.rename_folder(folder).name)
    assert names[0] == names[2] != names[1]
    assert hashed.IN_PATH.search(f"{names[0]}/x")


@pytest.mark.parametrize("name", ["thesis.txt", "index.html"])
def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<!doctype html><title>Years of work</title>")
    with pytest.raises(Failure, match="something else"):
        site.build(tmp_path)
    assert (tmp_path / name).exists()


def test_a_full_disk_is_told_with_the_step() -> None:
    with pytest.raises(Failure, match=r"a step failed\.\n.*No space left"), console.step("a step"):
        raise OSError(28, "No space left on device")
