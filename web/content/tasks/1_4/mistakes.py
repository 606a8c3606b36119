"""Mistakes in the functions' backward, in `topological_sort` and in `backpropagate`."""

from typing import Any

from graphs import Walk, doubled_twice, is_sorted_well, leaf_after, sum_function
from recognise import attempt, listed, mentioned, near
from slopes import SLOPES, backward, forward_and_backward, gives

# ------------------------------------------------------------------------------- functions


def d_output_forgotten(lib: Any) -> str:
    """`backward` of {where} does not use `d_output`: it gives the function's own derivative, as if
    it were the last one in the graph. The chain rule multiplies that by `d_output`, the derivative
    that has come so far.

    Read <guide:autodifferentiation#backward>.
    """
    return listed([name for name in SLOPES if gives(lib, name, lambda slope, d: slope)])


def d_output_added(lib: Any) -> str:
    """`backward` of {where} adds `d_output` to the function's own derivative. The chain rule
    multiplies them.

    Read <guide:autodifferentiation#backward>.
    """
    return listed([name for name in SLOPES if gives(lib, name, lambda slope, d: slope + d)])


def turned_derivatives(lib: Any) -> bool:
    """`Mul.backward` gives its two derivatives in the wrong order. Of a · b, the derivative with
    respect to a is b, and it comes first.

    Read <guide:autodifferentiation#two>.
    """
    return all(_same(backward(lib, "Mul", (2.0, 5.0), d), 2.0 * d, 5.0 * d) for d in (3.0, -7.0))


def _same(got: tuple[Any, ...], *expected: float) -> bool:
    return len(got) == len(expected) and all(map(near, got, expected))


def lost_sign(lib: Any) -> str:
    """`backward` of {where} has lost a minus sign: where the input grows, the output shrinks.

    Read <guide:autodifferentiation#functions>.
    """
    return listed([n for n in ("Neg", "Inv") if gives(lib, n, lambda slope, d: -slope * d)])


def inv_without_square(lib: Any) -> bool:
    """`Inv.backward` divides by a, and not by its square. The derivative of 1 / a is -1 / a²;
    `operators.inv_back` has it.

    Read <guide:autodifferentiation#functions>.
    """
    return any(
        _same(backward(lib, "Inv", (2.0,), 3.0), sign * 1.5)
        and _same(backward(lib, "Inv", (4.0,), 3.0), sign * 0.75)
        for sign in (1.0, -1.0)
    )


def input_for_output(lib: Any) -> str:
    """`backward` of {where} takes the input for the output. The derivative of σ(a) is
    σ(a) · (1 - σ(a)), and that of eᵃ is eᵃ: save in `forward` what it returns.

    Read <guide:autodifferentiation#context>.
    """
    found = []
    if _same(backward(lib, "Sigmoid", (2.0,), 3.0), 2.0 * (1 - 2.0) * 3.0):
        found.append("Sigmoid")
    if _same(backward(lib, "Exp", (2.0,), 3.0), 6.0):
        found.append("Exp")
    return listed(found)


def relu_always_open(lib: Any) -> bool:
    """`ReLU.backward` hands on `d_output` for negative inputs too. There the output is 0 whatever
    the input does, and so is the derivative.

    Read <guide:autodifferentiation#functions>.
    """
    below, above = (backward(lib, "ReLU", (a,), 3.0) for a in (-2.0, 2.0))
    return _same(below, 3.0) and _same(above, 3.0)


def step_with_a_slope(lib: Any) -> str:
    """`backward` of {where} is not 0. A comparison jumps from 0 to 1 and is flat on both sides of
    the jump: a small change of an input changes nothing, so both derivatives are 0.

    Read <guide:autodifferentiation#functions>.
    """
    found = []
    for name in ("LT", "EQ"):
        got = [backward(lib, name, inputs, 3.0) for inputs in ((1.0, 2.0), (1.0, 1.0))]
        if any(d != 0 for ds in got for d in ds):
            found.append(name)
    return listed(found)


def not_saved(lib: Any) -> str:
    """`backward` of {where} finds nothing in the context. What it needs has to be kept by
    `forward`, with `ctx.save_for_backward(…)`; `ctx.saved_values` is then a tuple of it.

    Read <guide:autodifferentiation#context>.
    """
    found = []
    for name, (inputs, _) in SLOPES.items():
        ctx = lib.autodiff.Context()
        function = getattr(lib.scalar_functions, name)
        attempt(function.forward, ctx, *inputs)
        failed = isinstance(attempt(function.backward, ctx, 3.0), (ValueError, IndexError))
        if failed and ctx.saved_values == ():
            found.append(name)
    return listed(found)


def saved_not_unpacked(lib: Any) -> str:
    """`backward` of {where} computes with the whole tuple. `ctx.saved_values` is a tuple even if
    one value was saved: take it out with `(a,) = ctx.saved_values`.

    Read <guide:autodifferentiation#context>.
    """
    found = []
    for name, (inputs, _) in SLOPES.items():
        error = attempt(forward_and_backward, lib, name, inputs, 3.0)
        if isinstance(error, TypeError) and "tuple" in str(error):
            found.append(name)
    return listed(found)


def too_few_derivatives(lib: Any) -> str:
    """`backward` of {where} gives one derivative, and the function has two inputs. Each input gets
    its own, in their order, even if it is 0.

    Read <guide:autodifferentiation#two>.
    """
    return listed(
        [name for name in ("Mul", "LT", "EQ") if len(backward(lib, name, (2.0, 5.0), 3.0)) == 1]
    )


def nothing_returned(lib: Any) -> str:
    """From {where} comes None: what was worked out never leaves it. There is no `return` at the
    end, or `return` stands alone.

    Read <guide:backpropagation#sort>.
    """
    inputs = {name: at for name, (at, _) in SLOPES.items()} | {"LT": (1.0, 2.0), "EQ": (1.0, 2.0)}
    silent = [
        n for n, at in inputs.items() if attempt(forward_and_backward, lib, n, at, 3.0) is None
    ]
    found = [f"{name}.backward" for name in silent]
    return listed(found + (["topological_sort"] if Walk(lib).returned is None else []))


# --------------------------------------------------------------------------------- the sort


def from_the_left(lib: Any) -> bool:
    """`topological_sort` begins with the leaves. The walk goes backwards: the result comes first,
    the leaves last. Turn your list around before you return it.

    Read <guide:backpropagation#sort>.
    """
    walk = Walk(lib)
    right, walk.names = walk.names, walk.names[::-1]
    return right[-1:] == ["c"] and walk.is_sorted()


def no_visited_set(lib: Any) -> bool:
    """`topological_sort` gives a variable once for every use of it, so each of them hands on its
    derivative several times. Keep a set of what was visited, by `unique_id`, and visit nothing
    twice; otherwise the work doubles with each variable that is used twice.

    Read <guide:backpropagation#sort>.
    """
    names = Walk(lib).names
    return names.count("a") > 1 or names.count("x") > 1


def visited_by_value(lib: Any) -> bool:
    """`topological_sort` leaves out variables that hold the same number as another. `==` between
    Scalars compares their numbers, and `v in a_list` uses it. Remember the `unique_id` of what was
    visited: no two variables share that.

    Read <guide:backpropagation#sort>.
    """
    names = Walk(lib).names
    return bool(names) and len({"x", "y"} & set(names)) == 1 and names.count("a") <= 1


def level_by_level(lib: Any) -> bool:
    """`topological_sort` goes through the graph level by level. A variable that is used early and
    again late then has its turn before all its derivative has arrived. Put a variable in the list
    when all of its parents are in, and turn the list around at the end.

    Read <guide:backpropagation#sort>.
    """
    walks = [Walk(lib, second) for second in ("b a", "a b")]
    complete = all(sorted(walk.names) == sorted("abcxy") for walk in walks)
    return (
        complete
        and all(w.names[0] == "c" for w in walks)
        and not all(walk.is_sorted() for walk in walks)
    )


def constants_in_the_order(lib: Any) -> bool:
    """`topological_sort` gives constants too. They have no history and nothing to hand on: don't
    visit a variable when `is_constant()`.

    Read <guide:backpropagation#sort>.
    """
    walk = Walk(lib)
    return "constant" in walk.names or isinstance(walk.returned, AssertionError)


def leaves_left_out(lib: Any) -> bool:
    """`topological_sort` leaves out the leaves. They are where the derivatives have to arrive: only
    constants are left out.

    Read <guide:backpropagation#backpropagate>.
    """
    names = Walk(lib).names
    return {"a", "b", "c"} <= set(names) and not {"x", "y"} & set(names)


# ------------------------------------------------------------------------------ backpropagate


def overwritten(lib: Any) -> bool:
    """`backpropagate` overwrites a derivative where it should add. A variable that is used several
    times gets one from each use, and their sum is its derivative. Start from 0 and add.

    Read <guide:autodifferentiation#twice>.
    """
    leaf, _, result = doubled_twice(lib)
    attempt(lib.autodiff.backpropagate, result, 3.0)
    return is_sorted_well(lib) and leaf.derivative == 3.0


def overwritten_in_leaves(lib: Any) -> bool:
    """`backpropagate` sets the derivative of a leaf, and so wipes out what another walk has left
    there. `accumulate_derivative` adds to it.

    Read <guide:autodifferentiation#twice>.
    """
    leaf = lib.scalar.Scalar(1.0)
    for _ in range(2):
        attempt(lib.autodiff.backpropagate, sum_function(lib).apply(leaf), 3.0)
    return leaf.derivative == 3.0


def on_every_variable(lib: Any) -> bool:
    """`backpropagate` leaves a derivative in variables that are no leaves, and the next walk would
    find it there. Keep what is on its way in a dictionary, and give it to leaves only, with
    `accumulate_derivative`.

    Read <guide:backpropagation#backpropagate>.
    """
    _, middle, result = doubled_twice(lib)
    attempt(lib.autodiff.backpropagate, result, 3.0)
    return middle.derivative is not None or result.derivative is not None


def deriv_ignored(lib: Any) -> bool:
    """`backpropagate` starts with 1, whatever `deriv` is. The right-most variable's derivative is
    what it is called with.

    Read <guide:backpropagation#backpropagate>.
    """
    leaf, _, result = doubled_twice(lib)
    attempt(lib.autodiff.backpropagate, result, 3.0)
    return leaf.derivative == 4.0


def counted_again(lib: Any) -> bool:
    """`backpropagate` gives leaves more than once what arrives there: as it arrives, and again when
    their turn comes. Do one or the other.

    Read <guide:backpropagation#backpropagate>.
    """
    leaf = lib.scalar.Scalar(1.0)
    attempt(lib.autodiff.backpropagate, sum_function(lib).apply(leaf), 3.0)
    return leaf.derivative == 6.0


def along_every_path(lib: Any) -> bool:
    """The walk goes along every path from the result to the leaves. The derivatives come out right,
    but with each variable that is used twice the work doubles: 30 of them take a thousand million
    steps. Go through `topological_sort` instead: each variable has one turn, when all of its
    derivative has arrived.

    Read <guide:backpropagation#order>.
    """
    calls = 0

    class Counted(sum_function(lib)):  # type: ignore[misc]
        @staticmethod
        def backward(ctx: Any, d_output: float) -> tuple[float, float]:
            nonlocal calls
            calls += 1
            return d_output, d_output

    leaf = variable = lib.scalar.Scalar(1.0)
    for _ in range(6):
        variable = Counted.apply(variable, variable)
    lib.autodiff.backpropagate(variable, 1.0)
    return leaf.derivative == 64.0 and calls >= 63 and is_sorted_well(lib)


def not_called(lib: Any) -> str:
    """{where} without parentheses is the method, and not its answer. A method counts as true, so
    that it seems to hold for every variable. Write the parentheses.

    Read <guide:backpropagation#backpropagate>.
    """
    methods = {"is_constant", "is_leaf", "chain_rule"}
    return listed(sorted(methods & _mentioned(lib, called=False)))


def parents_called(lib: Any) -> bool:
    """You call `parents`, with parentheses. It is a property: `variable.parents` is what it gives
    already, the variables that this one was computed from.

    Read <guide:backpropagation#sort>.
    """
    return "parents" in _mentioned(lib, called=True)


def _mentioned(lib: Any, *, called: bool) -> set[str]:
    functions = (lib.autodiff.topological_sort, lib.autodiff.backpropagate)
    return set().union(*(mentioned(function, called=called) for function in functions))


def nothing_there_yet(lib: Any) -> bool:
    """`backpropagate` asks its dictionary for a variable that has no place in it yet: KeyError. The
    first derivative that arrives has nothing to be added to, so start from 0, with
    `arrived.get(key, 0.0) + d`. And take the variables in the order of `topological_sort`, the
    result first: then something has arrived for each whose turn it is.

    Read <guide:backpropagation#backpropagate>.
    """
    return is_sorted_well(lib) and isinstance(leaf_after(lib, 1.0, 2.0), KeyError)


def kept_by_value(lib: Any) -> bool:
    """`backpropagate` takes two variables that hold the same number for one: their derivatives end
    up in one place of the dictionary. Its keys have to be what no two variables share, their
    `unique_id`.

    Read <guide:backpropagation#sort>.
    """
    return leaf_after(lib, 1.0, 2.0) == 3.0 and leaf_after(lib, 1.0, 1.0) == 6.0


def leaves_asked_to_hand_on(lib: Any) -> bool:
    """`backpropagate` calls `chain_rule` of leaves too. A leaf was made by no function, so there is
    nothing to hand on: either a variable is a leaf and keeps what has arrived, or it hands it on.

    Read <guide:backpropagation#backpropagate>.
    """
    error = leaf_after(lib, 1.0, 2.0)
    kept_elsewhere = isinstance(error, AssertionError) and "Only leaves" in str(error)
    return is_sorted_well(lib) and isinstance(error, AssertionError) and not kept_elsewhere
