"""What `backward` of a learner's functions gives, beside the derivatives that are right."""

import math
from typing import Any

from recognise import attempt, near

# Each function with the inputs it is tried at and its derivatives there.
_SIGMOID = 1 / (1 + math.exp(-2.0))
SLOPES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "Mul": ((2.0, 5.0), (5.0, 2.0)),
    "Inv": ((2.0,), (-0.25,)),
    "Neg": ((2.0,), (-1.0,)),
    "Sigmoid": ((2.0,), (_SIGMOID * (1 - _SIGMOID),)),
    "ReLU": ((2.0,), (1.0,)),
    "Exp": ((2.0,), (math.exp(2.0),)),
}


def backward(lib: Any, name: str, inputs: tuple[float, ...], d_output: float) -> tuple[Any, ...]:
    """What a function's backward gives after its forward; nothing if either fails."""
    got = attempt(forward_and_backward, lib, name, inputs, d_output)
    if isinstance(got, Exception) or got is None:
        return ()
    return tuple(got) if isinstance(got, (tuple, list)) else (got,)


def forward_and_backward(lib: Any, name: str, inputs: tuple[float, ...], d_output: float) -> Any:
    function, ctx = getattr(lib.scalar_functions, name), lib.autodiff.Context()
    function.forward(ctx, *inputs)
    return function.backward(ctx, d_output)


def gives(lib: Any, name: str, expected: Any) -> bool:
    """Whether backward gives what `expected` makes of each derivative and d_output, for several."""
    inputs, slopes = SLOPES[name]
    for d_output in (3.0, -7.0):
        got = backward(lib, name, inputs, d_output)
        due = [expected(slope, d_output) for slope in slopes]
        if len(got) != len(due) or not all(map(near, got, due)):
            return False
    return True
