"""`await` in a learner's code: run to its end at once, as there is nothing to go on with meanwhile.

The browser's own event loop has its turn only between two runs. So coroutines have one that begins
and ends within the run, where Stop is heard and nothing goes on when it is over. All that one can
wait for is time.
"""

from __future__ import annotations

import asyncio
import time
from asyncio import events
from collections.abc import Coroutine, Sequence
from functools import partial
from inspect import CO_COROUTINE
from types import CodeType, TracebackType
from typing import Any


class Loop(asyncio.BaseEventLoop):
    """An event loop that is its own selector: while nobody has anything to do, it sleeps.

    Attributes:
        main: the coroutine that is to end.
    """

    def __init__(self, main: Any) -> None:
        super().__init__()
        self._selector, self.main = self, main

    def select(self, timeout: float | None) -> list[Any]:
        """Let so many seconds pass; no event can come.

        Raises:
            RuntimeError: all tasks wait for each other, or for somebody who isn't there.
        """
        try:
            if timeout is None:
                raise RuntimeError("the code waits for something that never comes")
            time.sleep(timeout)
        except BaseException as error:
            raise error.with_traceback(_where_it_waits(self.main)) from None
        return []

    def _process_events(self, events: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass  # nobody sleeps while another thread has something to say: there is no other


def _where_it_waits(coroutine: Any) -> TracebackType | None:
    """The calls that a coroutine is within, as a traceback."""
    frames = []
    while (frame := getattr(coroutine, "cr_frame", None)) is not None:
        frames.append(frame)
        coroutine = coroutine.cr_await
    chain = None
    for frame in reversed(frames):
        chain = TracebackType(chain, frame, frame.f_lasti, frame.f_lineno)
    return chain


def run(main: Coroutine[Any, Any, Any], *, debug: bool | None = None, **_: Any) -> Any:
    """Run a coroutine to its end, and give its result: `asyncio.run` in the page.

    Args:
        main: the coroutine.
        debug: as asyncio's.
        _: other arguments of asyncio's, which make no difference here.

    Raises:
        RuntimeError: a coroutine is running already, which has to `await` this one.
        Exception: whatever the coroutine raises.
    """
    browsers = events._get_running_loop()
    if isinstance(browsers, Loop):
        main.close()
        raise RuntimeError("a coroutine runs already: here, put await before the other one")
    events._set_running_loop(None)  # Pyodide's says of itself that it always runs
    try:
        with asyncio.Runner(debug=debug, loop_factory=partial(Loop, main)) as runner:
            return runner.run(main)
    finally:
        events._set_running_loop(browsers)


def execute(parts: Sequence[CodeType], namespace: dict[str, Any]) -> Any:
    """Run parts of a program, one after the other, and give the last one's value.

    Args:
        parts: compiled with PyCF_ALLOW_TOP_LEVEL_AWAIT.
        namespace: the global variables.
    """
    if any(part.co_flags & CO_COROUTINE for part in parts):
        return run(_awaited(parts, namespace))
    value = None
    for part in parts:
        value = eval(part, namespace)
    return value


async def _awaited(parts: Sequence[CodeType], namespace: dict[str, Any]) -> Any:
    value = None
    for part in parts:
        value = eval(part, namespace)
        if part.co_flags & CO_COROUTINE:
            value = await value
    return value
