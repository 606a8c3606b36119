"""Study the learner's function: over a range of its arguments, and closely at one place."""

from __future__ import annotations

import math
import textwrap
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from minitorch.autodiff import central_difference
from minitorch.graph import Graph, computation_graph, count_nodes
from minitorch.scalar import Scalar

from .expression import as_plain
from .function import FILE, Function, NotAFunction
from .sandbox import stack
from .sandbox.guard import Guard
from .sandbox.output import Output
from .sandbox.problems import Problem, describe, explain, remember_source
from .sandbox.source import readable
from .workspace import Library, library

LIBRARY = library()  # whose Scalars this module has imported
NAN = math.nan
# What a function raises where it is not defined, such as log(-1) or 1 / 0.
_UNDEFINED = (ArithmeticError, ValueError)


@dataclass
class FunctionRange:
    """A function over a range of its arguments, as columns.

    Attributes:
        library: what it was computed with.
        problem: what went wrong; there may be values beside it where only derivatives failed.
        output: what the code printed when it ran first, up to a limit.
        parameters: the names of the arguments: one or two.
        places: for each argument, where the function was looked at.
        values: for each place; with two arguments row by row, the first of them moving fastest.
            NaN where it is not defined.
        derivatives: by the backward pass, for each argument, as `values`.
        differences: central differences by the course's epsilon; of one argument only.
        undefined: why it is not defined somewhere; "" if it is everywhere.
        plain: how many of the results were plain numbers, and not Scalars.
    """

    library: Library
    problem: Problem | None = None
    output: str = ""
    parameters: list[str] = field(default_factory=list)
    places: list[array[float]] = field(default_factory=list)
    values: array[float] = field(default_factory=lambda: array("d"))
    derivatives: list[array[float]] = field(default_factory=list)
    differences: array[float] = field(default_factory=lambda: array("d"))
    undefined: str = ""
    plain: int = 0


@dataclass
class Slope:
    """What there is to know of the slope along one argument, at one place.

    Attributes:
        derivative: by the backward pass; None where it has found none.
        differences: the central difference for each epsilon, NaN where there is none.
        below, above, ahead: the function's values at ε/2 below the place, ε/2 and ε above it.
    """

    derivative: float | None
    differences: array[float]
    below: array[float]
    above: array[float]
    ahead: array[float]


@dataclass
class FunctionLook:
    """A function looked at closely, at one place.

    Attributes:
        library: what it was computed with.
        problem: what went wrong.
        output: what the code printed, up to a limit.
        value: None where the function is not defined.
        undefined: why not.
        is_plain: whether the result was a plain number, and no Scalar.
        slopes: for each argument.
        graph: of the result, if it was asked for, and there is one that is not too large.
        node_count: how many Scalars the graph has.
    """

    library: Library
    problem: Problem | None = None
    output: str = ""
    value: float | None = None
    undefined: str = ""
    is_plain: bool = False
    slopes: list[Slope] = field(default_factory=list)
    graph: Graph | None = None
    node_count: int = 0


def sample(request: dict[str, Any]) -> FunctionRange:
    """Compute a function and its derivatives over a range.

    Args:
        request: `code`, the learner's text; `ranges`, for each of two arguments where it begins
            and ends; `counts`, at how many places to look: along the range of one argument, and
            along each side of the plane of two.
    """
    found = FunctionRange(LIBRARY)
    _contain(request, found, _sample)
    return found


def look(request: dict[str, Any]) -> FunctionLook:
    """Look closely at one place of a function.

    Args:
        request: `code`, the learner's text; `at`, two numbers, of which a function of one argument
            takes the first; `epsilons`, for central differences; `maxNodes`, how many nodes a
            graph may have: 0 if none is wanted.
    """
    found = FunctionLook(LIBRARY)
    _contain(request, found, _look)
    return found


Study = Callable[[Function, dict[str, Any], Any, Output], None]


def _contain(request: dict[str, Any], found: FunctionRange | FunctionLook, study: Study) -> None:
    """Fill what is found in by running what may do anything."""
    output = Output()
    code = textwrap.dedent(readable(request["code"]))
    remember_source(code, FILE)
    with Guard(output) as guard:
        stack.unlimit()
        function = Function.find(code)  # the parser has a limit of its own
        stack.limit()
        study(function, request, found, output)
    if guard.error is not None:
        found.problem = _explain(guard.error, output)
        guard.error = None  # or it would hold this frame, which holds it, and all the code made
    found.output = output.text()


def _explain(error: BaseException, output: Output) -> Problem:
    if type(error) is NotAFunction:
        return Problem("No function", str(error))
    return explain(error, output, FILE)


# --------------------------------------------------------------------------------- one result


def _run(function: Function, at: Sequence[float]) -> tuple[list[Scalar], Scalar | float]:
    inputs = [Scalar(float(value), name=name) for name, value in zip("xy", at, strict=False)]
    return inputs, function(*inputs)


def _number(result: Scalar | float) -> float:
    return float(result.data if isinstance(result, Scalar) else result)


def _derivatives(inputs: Sequence[Scalar], result: Scalar | float) -> list[float | None]:
    """Those of `result` alone: the code may have called `backward` itself, which adds up."""
    if not isinstance(result, Scalar):
        return [None for _ in inputs]
    for one in inputs:
        one.derivative = None
    result.backward()
    return [float(one.derivative or 0.0) for one in inputs]


def _value(function: Function) -> Callable[..., float]:
    """The function of plain numbers: NaN where it is not defined."""

    def value(*at: float) -> float:
        try:
            return _number(_run(function, at)[1])
        except _UNDEFINED:
            return NAN

    return value


# -------------------------------------------------------------------------------------- a range


def _sample(
    function: Function, request: dict[str, Any], found: FunctionRange, output: Output
) -> None:
    found.parameters = function.parameters
    size = len(function.parameters)
    count = request["counts"][size - 1]
    found.places = [_spread(start, end, count) for start, end in request["ranges"][:size]]
    found.derivatives = [array("d") for _ in range(size)]
    x, *others = found.places
    at_all = [(a, b) for b in others[0] for a in x] if others else [(a,) for a in x]
    _sample_at(function, at_all[0], found)
    with output.muted():  # what has run once has printed it
        for at in at_all[1:]:
            _sample_at(function, at, found)
        if size == 1:
            _sample_differences(function, found)


def _spread(start: float, end: float, count: int) -> array[float]:
    """Numbers from `start` to `end`, evenly; round ones where the ends are round."""
    return array(
        "d", (float(f"{start + (end - start) * i / (count - 1):.12g}") for i in range(count))
    )


def _sample_at(function: Function, at: Sequence[float], found: FunctionRange) -> None:
    inputs: list[Scalar] = []
    value = NAN
    derivatives: list[float | None] = [None for _ in at]
    try:
        inputs, result = _run(function, at)
        value = _number(result)
        found.plain += not isinstance(result, Scalar)
    except _UNDEFINED as error:
        found.undefined = found.undefined or describe(error, FILE).message
    if inputs and found.problem is None:
        try:
            derivatives = _derivatives(inputs, result)
        except _UNDEFINED:
            pass
        except Exception as error:  # there are values all the same
            found.problem = describe(error, FILE)
    found.values.append(value)
    for column, derivative in zip(found.derivatives, derivatives, strict=True):
        column.append(NAN if derivative is None else derivative)


def _sample_differences(function: Function, found: FunctionRange) -> None:
    value = _value(function)
    try:
        for x in found.places[0]:
            found.differences.append(float(central_difference(value, x)))
    except Exception as error:  # theirs: a blank that is still to be filled, say
        found.differences = array("d", [NAN] * len(found.places[0]))
        found.problem = found.problem or describe(error, FILE)


# ------------------------------------------------------------------------------------ one place


def _look(function: Function, request: dict[str, Any], found: FunctionLook, output: Output) -> None:
    at = request["at"][: len(function.parameters)]
    derivatives: list[float | None] = [None for _ in at]
    result: Scalar | float = NAN
    try:
        inputs, result = _run(function, at)
        found.value = _number(result)
        found.is_plain = not isinstance(result, Scalar)
        derivatives = _derivatives(inputs, result)
    except _UNDEFINED as error:
        found.undefined = describe(error, FILE).message
    except NotImplementedError as error:  # a blank of theirs: there is a value all the same
        found.problem = describe(error, FILE)
    with output.muted():
        value, epsilons = _value(function), request["epsilons"]
        found.slopes = [_slope(value, at, i, epsilons, derivatives[i]) for i in range(len(at))]
        if isinstance(result, Scalar) and request["maxNodes"] and found.problem is None:
            found.node_count = count_nodes(result)
            if found.node_count <= request["maxNodes"]:
                found.graph = as_plain(computation_graph(result))


def _slope(
    value: Callable[..., float],
    at: Sequence[float],
    argument: int,
    epsilons: Sequence[float],
    derivative: float | None,
) -> Slope:
    def moved(distance: float) -> float:
        return value(*(x + distance if i == argument else x for i, x in enumerate(at)))

    return Slope(
        derivative,
        array("d", (_difference(value, at, argument, epsilon) for epsilon in epsilons)),
        below=array("d", (moved(-epsilon / 2) for epsilon in epsilons)),
        above=array("d", (moved(epsilon / 2) for epsilon in epsilons)),
        ahead=array("d", (moved(epsilon) for epsilon in epsilons)),
    )


def _difference(
    value: Callable[..., float], at: Sequence[float], argument: int, epsilon: float
) -> float:
    try:
        return float(central_difference(value, *at, arg=argument, epsilon=epsilon))
    except Exception:  # theirs
        return NAN
