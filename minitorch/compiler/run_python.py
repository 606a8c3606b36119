"""Running a program as Python: straight-line source, made once, with a local name for each node.

It needs nothing but Python, is some tens of times as fast as Scalar by Scalar, and the text is
worth reading: it is what one would write by hand to train this one model.
"""

from __future__ import annotations

import math
import re
import textwrap
from array import array
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Any

from .. import operators
from ..epochs import Epochs
from . import arithmetic
from .ir import ONE, Product, is_computed
from .plan import Part, Plan, Stopped
from .tape import Node

TERMS_A_LINE = 8
_ERRORS = (ArithmeticError, ValueError)


class _Writer:
    """Writes a part's program as the lines of a Python function.

    Args:
        part: the program.
        plan: what it is a part of, which has the names.
    """

    def __init__(self, part: Part, plan: Plan) -> None:
        self.nodes, self.part = part.program.nodes, part
        self.inputs = list(plan.input_names[: part.inputs])
        self.parameters = _variables(plan.parameters, taken=self.inputs)

    def name(self, index: int) -> str:
        """What the node at `index` is called in the text."""
        node = self.nodes[index]
        kind = node[0]
        if kind == "input":
            return self.inputs[node[1]]
        if kind == "parameter":
            return self.parameters[node[1]]
        if kind == "constant":
            text = repr(node[1])
            return f"({text})" if text.startswith("-") else text
        return {"one": "1.0", "nothing": "0.0"}.get(kind, f"v{index}")

    def term(self, a: int, b: int | None) -> str:
        """The term `a` times `b` of a sum, with its sign; `a` alone if `b` is None."""
        if b is None:
            return f"+ {self.name(a)}"
        if self.nodes[b] == ("constant", -1.0):
            return f"- {self.name(a)}"
        if a == ONE:
            return f"+ {self.name(b)}"
        return f"+ {self.name(a)} * {self.name(b)}"

    def sum(self, index: int, node: Node) -> list[str]:
        """The lines for `node`, the sum at `index`: more than one if it is long."""
        name, terms = self.name(index), [self.term(a, b) for a, b in node[2]]
        if self.nodes[node[1]] != ("constant", 0.0) or not terms:
            terms.insert(0, f"+ {self.name(node[1])}")
        groups = [terms[i : i + TERMS_A_LINE] for i in range(0, len(terms), TERMS_A_LINE)]
        first = " ".join(groups[0])
        lines = [f"{name} = {first[2:] if first.startswith('+') else '-' + first[2:]}"]
        return lines + [f"{name} = {name} {' '.join(group)}" for group in groups[1:]]

    def node(self, index: int) -> list[str]:
        """The lines that compute the node at `index`."""
        node = self.nodes[index]
        kind = node[0]
        if kind == "sum":
            return self.sum(index, node)
        if not is_computed(node):
            return []
        names = [self.name(operand) for operand in node[1:]]
        return [f"{self.name(index)} = {_EXPRESSIONS[kind].format(*names)}"]

    def total(self, product: Product, into: str) -> str:
        """The line that adds `product` to the variable `into`."""
        factors = [self.name(i) for i in (product.a, product.b) if i != ONE]
        return f"{into} += {' * '.join(factors) or '1.0'}"

    def lines(self, name: str) -> list[str]:
        """The whole function, called `name`."""
        program = self.part.program
        body: list[str] = []
        for index in range(len(self.nodes)):
            body += self.node(index)
        if program.totals:
            body += [self.total(p, ("loss", "correct")[p.into]) for p in program.totals]
            body += [self.total(p, f"d_{self.parameters[p.into]}") for p in program.gradients]
        else:
            results = ", ".join(map(self.name, program.results))
            body.append(f"results.append([{results}])")
        derivatives = [f"d_{parameter}" for parameter in self.parameters]
        lines = [f"def {name}(samples, parameters, results):"]
        lines += _listed("[", self.parameters, "] = parameters")
        if program.totals:
            zeros = ["loss", "correct", *derivatives]
            lines += [f"    {' = '.join(zeros[i : i + 4])} = 0.0" for i in range(0, len(zeros), 4)]
        lines.append(f"    for [{', '.join(self.inputs)}] in samples:")
        lines += ["        " + line for line in body]
        if program.totals:
            lines += _listed("return loss, correct, [", derivatives, "]")
        return lines


_EXPRESSIONS = {
    "relu": "0.0 if {0} <= 0.0 else {0}",
    "relu_back": "0.0 if {1} <= 0.0 else {0}",
    "sigmoid": "sigmoid({0})",
    "sigmoid_back": "{1} * (1.0 - {1}) * {0}",
    "log": "log({0})",
    "log_back": f"{{0}} / ({{1}} + {operators.EPS!r})",
    "exp": "exp({0})",
    "inv": "inv({0})",
    "inv_back": "-{0} / {1} / {1}",
    "lt": "1.0 if {0} < {1} else 0.0",
    "eq": "1.0 if {0} == {1} else 0.0",
    "select": "{1} if {0} else {2}",
    "div": "{0} / {1}",
    "power": "power({0}, {1}, {2})",
    "custom": "{0}",
}
_NAMES: dict[str, Any] = {
    "inf": math.inf,
    "nan": math.nan,
    **{name: getattr(operators, name) for name in ("sigmoid", "log", "exp", "inv")},
    "power": arithmetic.power,
}


def _variables(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    """The parameters' names as variables: "layer1.weight_0_1" as layer1_weight_0_1. If one of the
    names is no good, or is that of another variable, all are numbered instead."""
    variables = [name.replace(".", "_") for name in names]
    reserved = {*taken, *_NAMES, "loss", "correct", "samples", "parameters", "results"}
    # Python takes some letters beyond ASCII for the same name, and what begins with _ as special.
    plain, own = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII), re.compile(r"v\d+|d_.*")
    good = len(set(variables)) == len(variables) and all(
        plain.fullmatch(v) and not iskeyword(v) and v not in reserved and not own.fullmatch(v)
        for v in variables
    )
    return variables if good else [f"p{i}" for i in range(len(names))]


def _listed(before: str, names: Sequence[str], after: str) -> list[str]:
    """The names in a list, on as many lines as they need."""
    lines = textwrap.wrap(", ".join(names), 84, break_long_words=False) or [""]
    lines[0] = before + lines[0]
    lines[-1] += after
    return [" " * (8 if i else 4) + line for i, line in enumerate(lines)]


def source(plan: Plan) -> str:
    """The program of `plan` as Python: a function for each part."""
    parts = [_Writer(part, plan).lines(f"part_{i}") for i, part in enumerate(plan.parts)]
    return "\n\n\n".join("\n".join(lines) for lines in parts) + "\n"


class PythonRunner:
    """Runs `plan` as Python.

    Attributes:
        kernels, bytes: 0: there are none, and what Python needs is not known.
    """

    name = "Python"

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._samples = [
            list(zip(*part.columns, strict=True)) if part.columns else [()] * part.count
            for part in plan.parts
        ]
        self._values: list[float] = [0.0] * len(plan.parameters)
        self._functions: list[Callable[..., Any]] = []
        self.kernels = self.bytes = 0

    def _compiled(self) -> list[Callable[..., Any]]:
        if not self._functions:
            space = dict(_NAMES)
            exec(compile(source(self._plan), "<compiled by minitorch>", "exec"), space)
            self._functions = [space[f"part_{i}"] for i in range(len(self._plan.parts))]
        return self._functions

    def load(self, values: Sequence[float]) -> None:
        """Set the parameters to `values`."""
        self._values = list(values)

    def values(self) -> list[float]:
        """The parameters as they are now."""
        return list(self._values)

    def evaluate(self) -> tuple[float, float, list[float]]:
        """The loss, the number correct and the gradient of the mean loss, without a step."""
        loss = correct = 0.0
        gradient = [0.0] * len(self._values)
        for function, samples in zip(self._compiled(), self._samples, strict=True):
            try:
                part_loss, part_correct, derivatives = function(samples, self._values, None)
            except _ERRORS as error:
                raise Stopped from error
            loss += part_loss
            correct += part_correct
            gradient = [a + b for a, b in zip(gradient, derivatives, strict=True)]
        return loss, correct, gradient

    def train(self, into: Epochs, epochs: int, rate: float) -> None:
        """Take steps against the gradient of the mean loss.

        Args:
            into: what the epochs are added to, without their seconds.
            epochs: how many steps to take.
            rate: the learning rate.

        Raises:
            Stopped: an epoch can't be completed; the ones before it have been added.
        """
        for _ in range(epochs):
            loss, correct, gradient = self.evaluate()
            if not math.isfinite(loss):
                raise Stopped
            self._values = [p - rate * d for p, d in zip(self._values, gradient, strict=True)]
            into.append(loss=loss, correct=correct, seconds=0.0)

    def predict(self) -> list[array[float]]:
        """A column for each result, with a number for each sample."""
        results: list[list[float]] = []
        try:
            self._compiled()[0](self._samples[0], self._values, results)
        except _ERRORS as error:
            raise Stopped from error
        return [array("d", column) for column in zip(*results, strict=True)]

    def sample(self, index: int) -> tuple[list[float], list[float]]:
        """The results for the sample at `index` alone, and its share of the gradient."""
        number, place = self._plan.find(index)
        rows: list[list[float]] = []
        try:
            result = self._compiled()[number]([self._samples[number][place]], self._values, rows)
        except _ERRORS as error:
            raise Stopped from error
        return (rows[0], []) if rows else (list(result[:2]), result[2])

    def first_failing(self) -> int | None:
        """The first sample for which an operation is not defined; None if there is none."""
        failing: list[int] = []
        for part, function, samples in zip(
            self._plan.parts, self._compiled(), self._samples, strict=True
        ):
            for index, sample in zip(part.indices, samples, strict=True):
                try:
                    function([sample], self._values, [])
                except _ERRORS:
                    failing.append(index)
                    break
        return min(failing, default=None)
