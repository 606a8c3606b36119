"""The fuzzer's programs, a few hundred of them; `--programs` runs more, and so does fuzz.py."""

import pytest
from fuzz import check

from minitorch.compiler import differentiate, guard, run_python


def test_random_programs_give_the_same(backend: str, request: pytest.FixtureRequest) -> None:
    programs = request.config.getoption("--programs")
    verdicts = [check(seed, backend) for seed in range(programs)]
    assert verdicts.count("same") > programs * 0.7
    assert verdicts.count("same error") > programs * 0.05
    assert verdicts.count("rounding") < programs * 0.05


@pytest.mark.parametrize("broken", ["a derivative", "a division", "a step"])
def test_a_mistake_would_be_found(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.Guard, "check", lambda self, runner: None)
    if broken == "a derivative":
        monkeypatch.setitem(differentiate.FROM_RESULT, "sigmoid", "relu_back")
    else:
        kind, text = ("div", "{0} * {1}") if broken == "a division" else ("lt", "1.0")
        monkeypatch.setitem(run_python._EXPRESSIONS, kind, text)

    def run() -> None:
        for seed in range(200):
            check(seed, "python")

    with pytest.raises(AssertionError, match="seed"):
        run()
