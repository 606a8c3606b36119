"""The project's own `.venv`."""

from pathlib import Path

import pytest

from web.tools import environment


def test_a_half_made_environment_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "bin" / "python"
    made: list[str] = []

    def make(command: list[str | Path]) -> str:
        python.parent.mkdir(exist_ok=True)
        python.touch()
        (tmp_path / "pyvenv.cfg").touch()
        made.append("made")
        if len(made) == 1:
            raise KeyboardInterrupt  # before pip is there
        return ""

    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", python)
    monkeypatch.setattr(environment, "run", make)
    with pytest.raises(KeyboardInterrupt):
        environment.make_venv()
    environment.make_venv()
    environment.make_venv()
    assert len(made) == 2
