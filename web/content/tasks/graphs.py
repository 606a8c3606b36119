"""Small graphs of sums, to see how code sorts them and walks through them."""

from typing import Any

from recognise import attempt


class Walk:
    """A graph of sums: a from x, b from a, c from b and a. And how it is sorted.

    `by` are the Scalars by these names; all leaves have the value 1.
    """

    def __init__(self, lib: Any, second: str = "b a") -> None:
        Sum, Scalar = sum_function(lib), lib.scalar.Scalar
        x, y = Scalar(1.0), Scalar(1.0)
        constant = Scalar(1.0, None)
        a = Sum.apply(x, y, constant)
        b = Sum.apply(a)
        c = Sum.apply(*[{"a": a, "b": b}[name] for name in second.split()])
        self.by = {"x": x, "y": y, "constant": constant, "a": a, "b": b, "c": c}
        self.returned = attempt(lib.autodiff.topological_sort, c)
        order = attempt(lambda: list(self.returned))
        self.names = [] if isinstance(order, Exception) else [self._name(v) for v in order]

    def _name(self, variable: Any) -> str:
        return next((name for name, own in self.by.items() if own is variable), "?")

    def is_sorted(self) -> bool:
        """Whether each that is there comes after all that were computed from it."""
        children = {"a": "cb", "b": "c", "x": "a", "y": "a"}
        return all(
            set(children.get(name, "")) <= set(self.names[:i]) for i, name in enumerate(self.names)
        )


def sum_function(lib: Any) -> Any:
    class Sum(lib.scalar_functions.ScalarFunction):  # type: ignore[misc, name-defined]
        @staticmethod
        def forward(ctx: Any, *inputs: float) -> float:
            ctx.save_for_backward(float(len(inputs)))
            return float(sum(inputs)) + 0.5  # not what any input is

        @staticmethod
        def backward(ctx: Any, d_output: float) -> tuple[float, ...]:
            return (d_output,) * int(ctx.saved_values[0])

    return Sum


def is_sorted_well(lib: Any) -> bool:
    walks = [Walk(lib, second) for second in ("b a", "a b")]
    return all(sorted(w.names) == sorted("abcxy") and w.is_sorted() for w in walks)


def doubled_twice(lib: Any) -> tuple[Any, Any, Any]:
    """A leaf, its sum with itself, and the sum of that with itself: the derivative is 4."""
    Sum, leaf = sum_function(lib), lib.scalar.Scalar(1.0)
    middle = Sum.apply(leaf, leaf)
    return leaf, middle, Sum.apply(middle, middle)


def leaf_after(lib: Any, x: float, y: float) -> Any:
    """What a walk that starts with 3 leaves in x, for the sum of x and y; or what it raised."""
    leaf = lib.scalar.Scalar(x)
    result = sum_function(lib).apply(leaf, lib.scalar.Scalar(y))
    return attempt(lib.autodiff.backpropagate, result, 3.0) or leaf.derivative
