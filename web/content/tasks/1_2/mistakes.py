"""Mistakes in the forward of functions and in the operators of Scalar."""

import ast
import math
from collections.abc import Callable
from typing import Any

from recognise import attempt, is_number, listed, near, number, tree_of

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "__add__": lambda x, y: x + y,
    "__sub__": lambda x, y: x - y,
    "__neg__": lambda x, y: -x,
    "log": lambda x, y: x.log(),
    "exp": lambda x, y: x.exp(),
    "sigmoid": lambda x, y: x.sigmoid(),
    "relu": lambda x, y: x.relu(),
}
_COMPARISONS = ("__lt__", "__gt__", "__eq__")
_FUNCTIONS = ("Add", "Mul", "Inv", "Neg", "Log", "Exp", "Sigmoid", "ReLU", "LT", "EQ")


def _result(lib: Any, operator: str) -> Any:
    """What an operator gives for 2 and 3, or the exception that it raised."""
    Scalar = lib.scalar.Scalar
    return attempt(lambda: _OPERATORS[operator](Scalar(2.0), Scalar(3.0)))


def _has_graph(lib: Any, result: Any) -> bool:
    return isinstance(result, lib.scalar.Scalar) and not result.is_leaf()


def _forward(lib: Any, name: str, *inputs: float) -> float | None:
    """What a function's forward gives; None if it fails."""
    function = getattr(lib.scalar_functions, name)
    return number(attempt(lambda: function.forward(lib.autodiff.Context(), *inputs)))


def _compare(lib: Any, operator: str, a: float, b: float) -> float | None:
    return number(_compared(lib, operator, a, b))


def _compared(lib: Any, operator: str, a: float, b: float) -> Any:
    Scalar = lib.scalar.Scalar
    return attempt(lambda: getattr(Scalar(a), operator)(Scalar(b)))


def _without_apply(lib: Any) -> list[str]:
    """The methods whose source calls a function otherwise than by `apply`."""
    found = []
    for method in ast.walk(tree_of(lib.scalar.Scalar)):
        if isinstance(method, ast.FunctionDef) and method.name in (*_OPERATORS, *_COMPARISONS):
            calls = [node.func for node in ast.walk(method) if isinstance(node, ast.Call)]
            if any(_names_a_function(call) for call in calls):
                found.append(method.name)
    return found


def _names_a_function(call: ast.expr) -> bool:
    """Whether what is called is `Add` or `Add.forward`, under whatever module's name."""
    text = ast.unparse(call).removesuffix(".forward")
    return text.rpartition(".")[2] in _FUNCTIONS


def forgotten_apply(lib: Any) -> str:
    """In {where} you call a function without `apply`. `Add.apply(self, b)` takes the numbers out
    of the Scalars, calls `Add.forward` with them, and wraps what comes out in a Scalar that
    remembers how it was made. Neither `Add.forward(…)` nor `Add(…)` does that.

    Read <guide:scalar#functions>.
    """
    suspects = _without_apply(lib)
    failing = [
        name for name in suspects if name in _OPERATORS and not _has_graph(lib, _result(lib, name))
    ]
    failing += [
        name for name in suspects if name in _COMPARISONS and _compare(lib, name, 1.0, 2.0) is None
    ]
    return listed(failing)


def plain_number(lib: Any) -> str:
    """In {where} you compute with the numbers alone, and return a number. A number doesn't know
    what it was made of, so it has left the graph and no derivative can come back through it. Let
    `apply` of the function make the result, as in `Mul.apply(self, b)`.

    Read <guide:scalar#functions>.
    """
    known = _without_apply(lib)
    found = [name for name in _OPERATORS if is_number(_result(lib, name))]
    # Tests take a bool for 1 or 0, as long as the other one may be a number.
    for name in _COMPARISONS:
        with_a_number = attempt(getattr(lib.scalar.Scalar(1.0), name), 2.0)
        if is_number(_compared(lib, name, 1.0, 2.0)) and isinstance(with_a_number, Exception):
            found.append(name)
    return listed([name for name in found if name not in known])


def new_leaf(lib: Any) -> str:
    """In {where} you make the result with `Scalar(…)` yourself. It has the right number, but it is
    a leaf: nothing in it says how it was made, and no derivative can come back through it. Let
    `apply` of the function make it.

    Read <guide:scalar#functions>.
    """
    known = _without_apply(lib)
    results = {name: _result(lib, name) for name in _OPERATORS if name not in known}
    leaves = [
        name for name, r in results.items() if isinstance(r, lib.scalar.Scalar) and r.is_leaf()
    ]
    return listed(leaves)


def turned_comparison(lib: Any) -> str:
    """{where} compares the wrong way round. `LT` is "less than": `LT.apply(a, b)` asks whether
    a < b. And a > b is the same as b < a.

    Read <guide:scalar#operators>.
    """
    if _forward(lib, "LT", 2.0, 1.0) == 1 and _forward(lib, "LT", 1.0, 2.0) == 0:
        return listed(["LT.forward"])
    found = []
    for operator, low, high in (("__lt__", 1.0, 2.0), ("__gt__", 2.0, 1.0)):
        if _compare(lib, operator, low, high) == 0 and _compare(lib, operator, high, low) == 1:
            found.append(operator)
    return listed(found)


def equal_counts_as_less(lib: Any) -> str:
    """{where} says 1 for two equal numbers. A number is neither less nor greater than itself; and
    "not less" is not the same as "greater".

    Read <guide:scalar#operators>.
    """
    if _forward(lib, "LT", 1.0, 1.0) == 1:
        return listed(["LT.forward"])
    return listed([name for name in ("__lt__", "__gt__") if _compare(lib, name, 1.0, 1.0) == 1])


def close_counts_as_equal(lib: Any) -> str:
    """{where} says that 1 and 1.005 are equal. `is_close` is for tests, where rounding has to be
    forgiven; `EQ` is `==`, and asks whether two numbers are the same.

    Read <guide:scalar#few>.
    """
    if _forward(lib, "EQ", 1.0, 1.005) == 1:
        return listed(["EQ.forward"])
    return listed(["__eq__"] if _compare(lib, "__eq__", 1.0, 1.005) == 1 else [])


def turned_subtraction(lib: Any) -> bool:
    """`x - y` gives y - x. It is x + (-y): it is the second one that `Neg` is applied to.

    Read <guide:scalar#operators>.
    """
    return near(number(_result(lib, "__sub__")), 1.0)


def lost_sign(lib: Any) -> str:
    """{where} gives the number back with the sign it had. It is to give -a.

    Read <guide:scalar#operators>.
    """
    if _forward(lib, "Neg", 2.0) == 2:
        return listed(["Neg.forward"])
    return listed(["__neg__"] if number(_result(lib, "__neg__")) == 2 else [])


def turned_sigmoid(lib: Any) -> bool:
    """`Sigmoid.forward` falls where it should rise: the exponent has lost its sign. It is
    1 / (1 + e⁻ᵃ), with a minus; `operators.sigmoid` has it.

    Read <guide:derivatives#three>.
    """
    return near(_forward(lib, "Sigmoid", 2.0), 1 / (1 + math.exp(2.0)))


def step_for_relu(lib: Any) -> bool:
    """`ReLU.forward` gives 1 for every positive number. That is its slope. Its value is the number
    itself where it is positive, and 0 elsewhere.

    Read <guide:derivatives#three>.
    """
    return _forward(lib, "ReLU", 2.0) == 1 and _forward(lib, "ReLU", 3.0) == 1


def nothing_returned(lib: Any) -> str:
    """From {where} comes None: what was worked out never leaves it. There is no `return` at the
    end, or `return` stands alone.

    Read <guide:scalar#functions>.
    """
    context, found = lib.autodiff.Context(), []
    for name in _FUNCTIONS:
        function, inputs = getattr(lib.scalar_functions, name), (2.0, 3.0)
        count = function.forward.__code__.co_argcount - 1
        if attempt(function.forward, context, *inputs[:count]) is None:
            found.append(f"{name}.forward")
    found += [name for name in _OPERATORS if _result(lib, name) is None]
    found += [name for name in _COMPARISONS if _compared(lib, name, 1.0, 2.0) is None]
    return listed(found)


def calls_itself(lib: Any) -> str:
    """There is no end to {where}: for the operator on a Scalar, Python calls the very method that
    you are in, which uses the operator again, and so on. Call `apply` of a function instead:
    `-self` in `__neg__` is `__neg__` once more, `Neg.apply(self)` is not.

    Read <guide:scalar#operators>.
    """
    found = [name for name in _OPERATORS if isinstance(_result(lib, name), RecursionError)]
    compared = {name: _compared(lib, name, 1.0, 2.0) for name in _COMPARISONS}
    return listed(
        found + [n for n, result in compared.items() if isinstance(result, RecursionError)]
    )


def number_for_scalar(lib: Any) -> str:
    """In {where} you hand the number to `apply`, and not the Scalar. `apply` takes the number out
    of the Scalar itself, and needs the Scalar to remember what the result was made of: write
    `self`, not `self.data`.

    Read <guide:scalar#functions>.
    """
    found = []
    for name, operator in _OPERATORS.items():
        x = lib.scalar.Scalar(2.0)
        result = attempt(operator, x, lib.scalar.Scalar(3.0))
        if _has_graph(lib, result) and not _leads_to(result, x):
            found.append(name)
    return listed(found)


def _leads_to(result: Any, x: Any) -> bool:
    if result is x:
        return True
    return result.history is not None and any(_leads_to(s, x) for s in result.history.inputs)


def scalar_in_forward(lib: Any) -> str:
    """In `forward` of {where} you make a Scalar, and there is none in that file. `forward` gets
    floats and gives a float; it is `apply` that makes a Scalar of it afterwards.

    Read <guide:scalar#functions>.
    """
    found = []
    for name in _FUNCTIONS:
        forward = getattr(lib.scalar_functions, name).forward
        names = [n.id for n in ast.walk(tree_of(forward)) if isinstance(n, ast.Name)]
        if "Scalar" in names and not hasattr(lib.scalar_functions, "Scalar"):
            found.append(name)
    return listed(found)
