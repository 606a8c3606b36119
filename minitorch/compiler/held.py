"""The parameters that a program trains: where they are, and whose values are newer."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Protocol

from ..module import Module, Parameter
from ..scalar import Scalar
from .errors import ADVICE, NotCompilable

_data = attrgetter("value.data")


class Runner(Protocol):
    """What runs the program, with values of its own."""

    def load(self, values: Sequence[float]) -> None:
        """Set the parameters to `values`."""

    def values(self) -> list[float]:
        """The parameters as they are now."""


class Held:
    """The parameters of a Module, or those of a list.

    What the Module holds counts. The program's values are newer only where it was trained and the
    Module has not been changed since.

    Args:
        owner: the Module, or the list.

    Attributes:
        owner: as above.
        named: the parameters with their names.
        parameters: the parameters.
        is_behind: whether the program has been trained since the parameters were written here.

    Raises:
        TypeError: a parameter holds no Scalar.
        ValueError: there are none.
        NotCompilable: two parameters share one.
    """

    def __init__(self, owner: Module | Sequence[Parameter]) -> None:
        self.owner = owner
        self.named = _named(owner)
        self.parameters = [parameter for _, parameter in self.named]
        self.is_behind = False
        if not self.named:
            raise ValueError("there are no parameters to train")
        self._made_of = _structure(owner)
        self._seen = self._values()
        by_value = {id(entry[1].value): entry for entry in self.named}
        for name, parameter in self.named:
            other, holder = by_value[id(parameter.value)]
            if holder is not parameter:
                raise NotCompilable(
                    f"The parameters {name} and {other} hold the same Scalar, and no longer do "
                    f"after a step. Use one Parameter in both places; or {ADVICE}."
                )

    def is_current(self) -> bool:
        """Whether the owner has the same parameters still, and is in the same mode."""
        return _structure(self.owner) == self._made_of

    def read(self) -> array[float]:
        """The values that the parameters hold, which from now on count."""
        self._seen, self.is_behind = self._values(), False
        return self._seen

    def update(self, runner: Runner) -> None:
        """Give the program the values that have changed here."""
        now = self._values()
        if now.tobytes() != self._seen.tobytes():
            runner.load(self._newest(now, runner) if self.is_behind else now)
            self._seen = now

    def write(self, runner: Runner) -> None:
        """Take over the program's values, except where they have changed here since."""
        if self.is_behind:
            values = self._newest(self._values(), runner)
            for parameter, value in zip(self.parameters, values, strict=True):
                parameter.update(Scalar(value))
            self._seen, self.is_behind = array("d", values), False
            runner.load(values)

    def _newest(self, now: array[float], runner: Runner) -> list[float]:
        trained = zip(now, self._seen, runner.values(), strict=True)
        return [new if _differ(new, seen) else ours for new, seen, ours in trained]

    def _values(self) -> array[float]:
        try:
            return array("d", map(_data, self.parameters))
        except (AttributeError, TypeError):
            return array("d", [_value(name, parameter) for name, parameter in self.named])


def _value(name: str, parameter: Parameter) -> float:
    if not isinstance(parameter.value, Scalar):
        raise TypeError(f"the parameter {name} holds {parameter.value!r}, and no Scalar")
    return float(parameter.value.data)


def _named(owner: Module | Sequence[Parameter]) -> list[tuple[str, Parameter]]:
    """The parameters with their names, each once."""
    if isinstance(owner, Module):
        named = list(owner.named_parameters())
    else:
        named = [(p.name or f"p{i}", p) for i, p in enumerate(owner)]
    once: dict[int, tuple[str, Parameter]] = {}
    for name, parameter in named:
        once.setdefault(id(parameter), (name, parameter))
    return list(once.values())


def _structure(owner: Module | Sequence[Parameter]) -> list[Any]:
    """The parameters, and of each module whether it is in training mode."""
    if not isinstance(owner, Module):
        return list(owner)
    parts: list[Any] = []
    modules, met = [owner], {id(owner)}
    for module in modules:  # which grows on the way
        parts.append(module.training)
        parts += module._parameters.values()
        for inner in module._modules.values():
            if id(inner) not in met:
                met.add(id(inner))
                modules.append(inner)
    return parts


def _differ(a: float, b: float) -> bool:
    return a != b and (a == a or b == b)
