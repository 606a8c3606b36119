"""Mistakes in `chain_rule`, told by the pairs that it gives for functions made for that."""

from typing import Any

from recognise import attempt, is_number, mentioned, near, number

D_OUTPUT = 3.0


class _Call:
    """A call of f(a, b, c) = a + 10b + 100c, and the pairs of its chain rule for d_output = 3.

    `got` are the pairs as (position of the input, derivative); a position is None for a variable
    that is no input. `failed` is what was raised, or what came out in place of pairs.
    """

    def __init__(self, lib: Any, constants: str = "", computed: str = "") -> None:
        self.asked: list[float] = []
        function = _weights(lib, self.asked)
        Scalar = lib.scalar.Scalar
        self.inputs = [
            Scalar(1.0, None) if letter in constants else
            function.apply(1.0, 1.0, 1.0) if letter in computed else Scalar(1.0)
            for letter in "abc"
        ]  # fmt: skip
        result = function.apply(*self.inputs)
        self.returned = attempt(result.chain_rule, D_OUTPUT)
        self.raw = attempt(lambda: list(self.returned))
        self.got = self._positions() if isinstance(self.raw, list) else None

    def _positions(self) -> list[tuple[int | None, Any]] | None:
        if not all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in self.raw):
            return None
        return [(self._position(variable), d) for variable, d in self.raw]

    def _position(self, variable: Any) -> int | None:
        places = [i for i, own in enumerate(self.inputs) if own is variable]
        return places[0] if places else None

    def gave(self, *pairs: tuple[int, float]) -> bool:
        """Whether these are the pairs, in this order."""
        return (
            self.got is not None
            and [place for place, _ in self.got] == [place for place, _ in pairs]
            and all(near(d, due) for (_, d), (_, due) in zip(self.got, pairs, strict=True))
        )


def _weights(lib: Any, asked: list[float]) -> Any:
    class Weights(lib.scalar_functions.ScalarFunction):  # type: ignore[misc, name-defined]
        @staticmethod
        def forward(ctx: Any, a: float, b: float, c: float) -> float:
            return a + 10.0 * b + 100.0 * c

        @staticmethod
        def backward(ctx: Any, d_output: float) -> tuple[float, float, float]:
            asked.append(d_output)
            return d_output, 10.0 * d_output, 100.0 * d_output

    return Weights


def first_pair_only(lib: Any) -> bool:
    """You give a pair for the first input only. A function can have any number of inputs, and each
    gets its own: `return` within the loop ends it after the first. Collect the pairs in a list, or
    write `yield`.

    Read <guide:autodifferentiation#chain-rule>.
    """
    return _Call(lib).gave((0, 3.0))


def constants_kept(lib: Any) -> bool:
    """You give a pair for a constant too. A constant is a Scalar whose history is None, and nobody
    wants a derivative of it: leave it out when `variable.is_constant()`.

    Read <guide:autodifferentiation#chain-rule>.
    """
    return _Call(lib, constants="a").gave((0, 3.0), (1, 30.0), (2, 300.0))


def shifted_by_constants(lib: Any) -> bool:
    """You take the constants out before you pair, so every derivative behind a constant goes to the
    wrong variable. `backward` gives one for each input, constants included: pair them first, then
    leave the constants out.

    Read <guide:autodifferentiation#chain-rule>.
    """
    return _Call(lib, constants="a").gave((1, 3.0), (2, 30.0))


def turned_order(lib: Any) -> bool:
    """You give the derivatives to the inputs in the wrong order. What `backward` returns is in the
    order of the inputs: the first derivative is the first input's.

    Read <guide:autodifferentiation#two>.
    """
    return _Call(lib).gave((0, 300.0), (1, 30.0), (2, 3.0))


def d_output_not_passed(lib: Any) -> bool:
    """You call `backward` with something else than `d_output`. What comes from the right has to be
    handed on to it: each function multiplies it by its own derivative, and so derivatives travel
    along the graph.

    Read <guide:autodifferentiation#backward>.
    """
    return bool(asked := _Call(lib).asked) and not near(asked[0], D_OUTPUT)


def d_output_twice(lib: Any) -> bool:
    """You multiply by `d_output` once more. `backward` has done it: what it returns is the
    derivative of the end result already.

    Read <guide:autodifferentiation#backward>.
    """
    return _Call(lib).gave((0, 9.0), (1, 90.0), (2, 900.0))


def leaves_only(lib: Any) -> bool:
    """You give pairs for leaves only. An input that was computed has a history itself, and needs
    the derivative to pass it on: only constants are left out.

    Read <guide:autodifferentiation#chain-rule>.
    """
    return _Call(lib, computed="a").gave((1, 30.0), (2, 300.0))


def without_variables(lib: Any) -> bool:
    """You return the derivatives alone. Each has to come with the variable it belongs to, as a pair
    `(variable, derivative)`: `zip` makes pairs of two lists.

    Read <guide:autodifferentiation#chain-rule>.
    """
    raw = _Call(lib).raw
    return isinstance(raw, list) and [number(d) for d in raw] == [3.0, 30.0, 300.0]


def not_wrapped(lib: Any) -> bool:
    """A function of one input may return its derivative as a number, without a tuple around it,
    and your code goes through it as if it were one. `ScalarFunction._backward` always gives a
    tuple; or ask with `isinstance` what came out.

    Read <guide:autodifferentiation#chain-rule>.
    """

    class Same(lib.scalar_functions.ScalarFunction):  # type: ignore[misc, name-defined]
        @staticmethod
        def forward(ctx: Any, a: float) -> float:
            return a

        @staticmethod
        def backward(ctx: Any, d_output: float) -> float:
            return d_output

    error = attempt(lambda: list(Same.apply(lib.scalar.Scalar(1.0)).chain_rule(1.0)))
    return isinstance(error, TypeError) and _Call(lib).gave((0, 3.0), (1, 30.0), (2, 300.0))


def written_down(lib: Any) -> bool:
    """You write the derivatives into the Scalars. `chain_rule` only says which derivative goes
    where; `backpropagate`, in the next task, decides what is kept, and only leaves keep any.

    Read <guide:backpropagation#backpropagate>.
    """
    return any(variable.derivative is not None for variable in _Call(lib).inputs)


def nothing_returned(lib: Any) -> bool:
    """`chain_rule` gives None: the pairs never leave it. It ends without a `return`, or `return`
    stands alone.

    Read <guide:autodifferentiation#chain-rule>.
    """
    return _Call(lib).returned is None and not written_down(lib)


def not_called(lib: Any) -> bool:
    """`variable.is_constant` without parentheses is the method, and not its answer. A method counts
    as true, so that every variable seems to be a constant. Write `is_constant()`.

    Read <guide:autodifferentiation#chain-rule>.
    """
    left = mentioned(lib.scalar.Scalar.chain_rule, called=False)
    return _Call(lib).got == [] and "is_constant" in left


def leaves_left_out(lib: Any) -> bool:
    """You leave out the leaves, and they are where all derivatives have to arrive in the end. A
    constant is something else: a Scalar whose history is None, and `is_constant()` says so.

    Read <guide:autodifferentiation#chain-rule>.
    """
    return _Call(lib, computed="a").gave((0, 3.0)) and not _Call(lib).got


def numbers_for_variables(lib: Any) -> bool:
    """The first of each of your pairs is a number. It has to be the Scalar itself, the input and
    not its `data`: a number does not say whose derivative it is.

    Read <guide:autodifferentiation#chain-rule>.
    """
    call = _Call(lib)
    return bool(call.got) and all(is_number(v) and is_number(d) for v, d in call.raw)


def turned_pairs(lib: Any) -> bool:
    """The two in each of your pairs have changed places. The variable comes first, then its
    derivative.

    Read <guide:autodifferentiation#chain-rule>.
    """
    call = _Call(lib)
    return bool(call.got) and all(
        near(v, d) for (v, _), d in zip(call.raw, (3, 30, 300), strict=True)
    )


def a_dictionary(lib: Any) -> bool:
    """You return a dictionary, in which a variable that is used twice has one place only. Return
    the pairs themselves, such as a list of `(variable, derivative)`.

    Read <guide:autodifferentiation#twice>.
    """
    return isinstance(_Call(lib).returned, dict)
