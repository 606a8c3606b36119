"""Mistakes in `central_difference`, told by the points at which it asks for f."""

from typing import Any

from recognise import attempt, near

Points = list[tuple[float, ...]]


def _asked(lib: Any, *at: float, arg: int = 0, epsilon: float = 0.1) -> Points:
    """The points at which f is asked for."""
    points: Points = []

    def f(*vals: float) -> float:
        points.append(vals)
        return sum(vals)

    attempt(lib.autodiff.central_difference, f, *at, arg=arg, epsilon=epsilon)
    return points


def _offsets(lib: Any, epsilon: float = 0.1) -> list[float]:
    """How far from 3 a function of one number is asked for, where it is not at 3 itself."""
    offsets = [point[0] - 3.0 for point in _asked(lib, 3.0, epsilon=epsilon) if point]
    return [offset for offset in offsets if offset != 0]


def _slope_of_x(lib: Any) -> float:
    """What comes out for f = x, where 1 should."""
    slope: float = lib.autodiff.central_difference(lambda x: x, 3.0, epsilon=0.1)
    return slope


def _moved(lib: Any) -> set[int]:
    """Which arguments are moved where the second of three should be."""
    at = (3.0, 5.0, 7.0)
    points = [point for point in _asked(lib, *at, arg=1) if len(point) == len(at)]
    return {i for point in points for i in range(len(at)) if point[i] != at[i]}


def one_sided(lib: Any) -> bool:
    """You move x to one side only, and compare with f(x) itself. That is the slope next to x, not
    at x: its error shrinks with ε. Take a step to either side of x, of the same size, and divide
    by the distance between the two points; then the error shrinks with ε².

    Read <guide:derivatives#central>.
    """
    offsets = _offsets(lib)
    return bool(offsets) and (min(offsets) > 0 or max(offsets) < 0)


def epsilon_ignored(lib: Any) -> bool:
    """Your steps have the same size whatever `epsilon` is. Compute the two points with the
    `epsilon` that the function is called with; 1e-6 is only its default.

    Read <guide:derivatives#central>.
    """
    large, small = _offsets(lib, 0.5), _offsets(lib, 0.1)
    two_sided = bool(large) and min(large) < 0 < max(large)
    return two_sided and max(large) == max(small)


def wrong_argument(lib: Any) -> bool:
    """You don't move the argument that `arg` names. It counts from 0, and is 0 unless told: for
    `arg=1` it is `vals[1]` that moves, and all the others stay.

    Read <guide:derivatives#several>.
    """
    return bool(_moved(lib)) and 1 not in _moved(lib)


def every_argument(lib: Any) -> bool:
    """You move all the arguments at once. The derivative with respect to one of them is asked for:
    move `vals[arg]` alone, and hand on the others as they are.

    Read <guide:derivatives#several>.
    """
    return {0, 1} <= _moved(lib)


def wrong_distance(lib: Any) -> bool:
    """What you divide by is not the distance between the two points: for f = x your slope is twice
    or half of 1. From x - ε to x + ε it is 2ε; from x - ε/2 to x + ε/2 it is ε.

    Read <guide:derivatives#central>.
    """
    slope = _slope_of_x(lib)
    return near(slope, 2.0) or near(slope, 0.5)


def not_divided(lib: Any) -> bool:
    """You return how much f changes between the two points. A slope is that change divided by how
    far apart the points are.

    Read <guide:derivatives#secant>.
    """
    offsets, slope = _offsets(lib), _slope_of_x(lib)
    return bool(offsets) and min(offsets) < 0 and near(slope, max(offsets) - min(offsets))


def turned_sign(lib: Any) -> bool:
    """Your slope has the wrong sign: for f = x it is -1. Subtract the value on the left, at
    x - ε, from the value on the right, at x + ε.

    Read <guide:derivatives#secant>.
    """
    return near(_slope_of_x(lib), -1.0)


def others_left_out(lib: Any) -> bool:
    """You call f with the moved argument alone. It needs all of `vals`: make a list of them, change
    the one that `arg` names, and call `f(*changed)`.

    Read <guide:derivatives#functions>.
    """
    points = _asked(lib, 3.0, 5.0)
    return bool(points) and len(points[0]) == 1


def nothing_returned(lib: Any) -> bool:
    """`central_difference` gives None: what it has worked out never leaves it. It ends without a
    `return`, or `return` stands alone; printing is not returning.

    Read <guide:derivatives#central>.
    """
    return bool(_asked(lib, 3.0)) and _slope_of_x(lib) is None


def tuple_changed(lib: Any) -> bool:
    """You change an element of `vals`, and `vals` is a tuple, which can't be changed. Make a list
    of it first: `moved = list(vals)`.

    Read <guide:derivatives#functions>.
    """
    error = attempt(lib.autodiff.central_difference, lambda x: x, 3.0)
    return isinstance(error, TypeError) and "item assignment" in str(error)


def same_point_twice(lib: Any) -> bool:
    """Both times f gets the same numbers, so that the difference is 0. After `b = a` for a list
    there are two names for one list, and what is changed in the one is changed in the other: make
    two, each with `list(vals)`.

    Read <guide:derivatives#functions>.
    """
    points = _asked(lib, 3.0)
    return len(points) > 1 and len(set(points)) == 1


def brackets_left_out(lib: Any) -> bool:
    """Brackets are missing: Python multiplies and divides before it subtracts, and from left to
    right. It is (difference of the results) / (distance of the points), with both in brackets.

    Read <guide:derivatives#central>.
    """
    offsets, slope = _offsets(lib), _slope_of_x(lib)
    if not offsets or not min(offsets) < 0 < max(offsets):
        return False
    low, high = 3.0 + min(offsets), 3.0 + max(offsets)
    only_one_divided = any(near(slope, high - low / distance) for distance in (0.1, 0.2))
    return only_one_divided or near(slope, (high - low) / 2 * 0.1)
