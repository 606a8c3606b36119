"""Running a program as Python: straight-line source, made once, with a local name for each node.

It is there wherever Python is, some tens of times as fast as Scalar by Scalar, and the text is
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
from .differentiate import Product
from .lower import ONE, VALID
from .plan import Part, Plan, Stopped, Total
from .tape import Node

TERMS_A_LINE = 8
_ERRORS = (ArithmeticError, ValueError)


class _Writer:
    """Writes a part's program as the lines of a Python function."""

    def __init__(self, part: Part, plan: Plan) -> None:
        self.nodes, self.part = part.program.nodes, part
        self.inputs = list(plan.input_names[: part.inputs])
        self.parameters = _variables(plan.parameters, taken=self.inputs)

    def name(self, number: int) -> str:
        """How a node is called in the text."""
        node = self.nodes[number]
        op = node[0]
        if op == "input":
            return self.inputs[node[1]]
        if op == "parameter":
            return self.parameters[node[1]]
        if op == "constant":
            text = repr(node[1])
            return f"({text})" if text.startswith("-") else text
        return "1.0" if op in ("one", "valid") else f"v{number}"

    def term(self, a: int, b: int | None) -> str:
        """A term of a sum, with its sign."""
        if b is None:
            return f"+ {self.name(a)}"
        if self.nodes[b] == ("constant", -1.0):
            return f"- {self.name(a)}"
        if a in (ONE, VALID):
            return f"+ {self.name(b)}"
        return f"+ {self.name(a)} * {self.name(b)}"

    def sum(self, number: int, node: Node) -> list[str]:
        """The lines for a sum: broken where it is long."""
        name, terms = self.name(number), [self.term(a, b) for a, b in node[2]]
        if self.nodes[node[1]] != ("constant", 0.0) or not terms:
            terms.insert(0, f"+ {self.name(node[1])}")
        groups = [terms[i : i + TERMS_A_LINE] for i in range(0, len(terms), TERMS_A_LINE)]
        first = " ".join(groups[0])
        lines = [f"{name} = {first[2:] if first.startswith('+') else '-' + first[2:]}"]
        return lines + [f"{name} = {name} {' '.join(group)}" for group in groups[1:]]

    def node(self, number: int) -> list[str]:
        """The lines that compute a node."""
        node = self.nodes[number]
        op = node[0]
        if op == "sum":
            return self.sum(number, node)
        if len(node) == 1 or op in ("input", "parameter", "constant"):
            return []
        names = [self.name(operand) for operand in node[1:]]
        return [f"{self.name(number)} = {_EXPRESSIONS[op].format(*names)}"]

    def total(self, product: Product, into: str) -> str:
        """The line that adds a product up."""
        factors = [self.name(i) for i in (product.a, product.b) if i not in (ONE, VALID)]
        return f"{into} += {' * '.join(factors) or '1.0'}"

    def lines(self, name: str) -> list[str]:
        """The whole function."""
        program = self.part.program
        body: list[str] = []
        for number in range(len(self.nodes)):
            body += self.node(number)
        if program.totals:
            body += [self.total(p, ("loss", "correct")[p.into]) for p in program.totals]
            body += [self.total(p, f"d_{self.parameters[p.into]}") for p in program.gradients]
        else:
            body.append(f"results.append({self.name(program.results[0])})")
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
    "given": "{0}",
}
_NAMES: dict[str, Any] = {
    "inf": math.inf,
    "nan": math.nan,
    **{name: getattr(operators, name) for name in ("sigmoid", "log", "exp", "inv")},
}


def _variables(names: Sequence[str], taken: Sequence[str]) -> list[str]:
    """The parameters' names as variables, "layer1.weight_0_1" as layer1_weight_0_1; if one of
    them can't be, or would be confused with another variable, plain numbers."""
    variables = [name.replace(".", "_") for name in names]
    reserved = {*taken, *_NAMES, "loss", "correct", "samples", "parameters", "results"}
    bad = re.compile(r"v\d+|d_.*")
    fine = len(set(variables)) == len(variables) and all(
        v.isidentifier() and not iskeyword(v) and v not in reserved and not bad.fullmatch(v)
        for v in variables
    )
    return variables if fine else [f"p{i}" for i in range(len(names))]


def _listed(before: str, names: Sequence[str], after: str) -> list[str]:
    """The names in a list, on as many lines as they need."""
    lines = textwrap.wrap(", ".join(names), 84, break_long_words=False) or [""]
    lines[0] = before + lines[0]
    lines[-1] += after
    return [" " * (8 if i else 4) + line for i, line in enumerate(lines)]


def source(plan: Plan) -> str:
    """The text of the plan's program: a function for each part."""
    parts = [_Writer(part, plan).lines(f"part_{i}") for i, part in enumerate(plan.parts)]
    return "\n\n\n".join("\n".join(lines) for lines in parts) + "\n"


class PythonRunner:
    """Runs a plan as Python."""

    name = "Python"

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._samples = [list(zip(*part.columns, strict=True)) for part in plan.parts]
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
        """Set the parameters."""
        self._values = list(values)

    def store(self) -> list[float]:
        """The parameters as they are now."""
        return list(self._values)

    def evaluate(self) -> tuple[Total, list[float]]:
        """The totals and the gradient, without a step."""
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
        return Total(loss, correct), gradient

    def train(self, epochs: int, rate: float) -> list[Total]:
        """Take so many steps; return the totals of each epoch. Stopped tells what went wrong."""
        totals: list[Total] = []
        for _ in range(epochs):
            try:
                total, gradient = self.evaluate()
            except Stopped as stopped:
                raise Stopped(totals) from stopped
            if not math.isfinite(total.loss):
                raise Stopped(totals)
            self._values = [p - rate * d for p, d in zip(self._values, gradient, strict=True)]
            totals.append(total)
        return totals

    def predict(self) -> array[float]:
        """The results for all samples."""
        results: list[float] = []
        try:
            self._compiled()[0](self._samples[0], self._values, results)
        except _ERRORS as error:
            raise Stopped from error
        return array("d", results)

    def first_failing(self) -> int | None:
        """The first sample for which an operation is not defined."""
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
