"""Coroutines in a learner's code, in an event loop of their own."""

import asyncio
import time

import pytest

from bridge.expression import ExpressionResult, evaluate
from bridge.sandbox.waiting import run


def evaluated(code: str) -> ExpressionResult:
    return evaluate({"code": code, "inputs": {"x": 2.0, "y": 3.0}, "maxNodes": 99})


SEVERAL = """
import asyncio
told = []
async def task(name, seconds):
    await asyncio.sleep(seconds)
    told.append(name)
    return x * y
async with asyncio.TaskGroup() as group:
    slow = group.create_task(task("slow", 0.02))
    quick = group.create_task(task("quick", 0.01))
print(*told)
slow.result() + quick.result()
"""


def test_await_stands_wherever_python_lets_it() -> None:
    result = evaluated(SEVERAL)
    assert result.problem is None
    assert (result.value, result.output) == (12.0, "quick slow\n")
    assert [row.derivative for row in result.derivatives] == [6.0, 4.0]
    last = evaluated("import asyncio\nawait asyncio.sleep(0, x * y)")
    assert last.value == 6.0


@pytest.mark.parametrize(
    ("code", "kind", "line", "words"),
    [
        ("async def f(): 1 / 0\nawait f()\nx", "ZeroDivisionError", 1, "zero"),
        ("async def f(): return x\nf()", "No Scalar", None, "await"),
        ("def f():\n    await g()\nx", "SyntaxError", 2, "await"),
        ("import asyncio\nawait asyncio.Event().wait()\nx", "RuntimeError", 2, "never comes"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(
    code: str, kind: str, line: int | None, words: str
) -> None:
    problem = evaluated(code).problem
    assert problem is not None
    assert (problem.kind, problem.line) == (kind, line)
    assert words in f"{problem.message} {problem.hint}"


def test_nothing_goes_on_when_the_run_is_over() -> None:
    told: list[str] = []

    async def later() -> None:
        await asyncio.sleep(60)
        told.append("later")

    async def main() -> str:
        main.task = asyncio.create_task(later())  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        return "done"

    before = asyncio._get_running_loop()  # of Playwright's, where a browser was tested before
    start = time.monotonic()
    assert run(main()) == "done"
    assert time.monotonic() - start < 10
    assert main.task.cancelled()  # type: ignore[attr-defined]
    assert told == []
    assert asyncio._get_running_loop() is before


def test_a_loop_within_a_loop_is_refused_as_everywhere() -> None:
    async def inner() -> None: ...

    async def outer() -> None:
        with pytest.raises(RuntimeError, match="runs already: here, put await"):
            run(inner())

    run(outer())
