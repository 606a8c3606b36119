"""A fresh Python that runs lists of programs, each list in a copy of itself.

Started by `test_traces.py`: what other tests have left in their process is no program's doing.
Reads a list of programs as JSON from each line, and writes what they left behind as a line.
"""

import json
import os
import sys
from typing import Any

from bridge.expression import evaluate
from bridge.sandbox.traces import Traces


def run(code: str) -> None:
    evaluate({"code": code, "inputs": {"x": 2.0, "y": 3.0, "z": 1.0}, "maxNodes": 300})


def left_by(programs: list[str]) -> list[str]:
    """Run programs one after the other; list what they leave."""
    noted: list[str] = []
    traces = Traces()
    run("1 / 0"), run("1 +"), run("x * y")
    traces.watch(noted.append)
    for program in programs:
        run(f"{program}\nx * y")
    return [*noted, *traces.found()]


def in_a_copy(programs: list[str]) -> Any:
    """Do it in a copy of this process, which ends."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            found = left_by(programs)
        except BaseException as error:
            found = [repr(error)]
        with os.fdopen(writer, "w") as pipe:
            json.dump(found, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        found = json.load(pipe)
    os.waitpid(child, 0)
    return found


if __name__ == "__main__":
    # Programs may write to where this would.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        print(json.dumps(in_a_copy(json.loads(line))), file=answers, flush=True)
