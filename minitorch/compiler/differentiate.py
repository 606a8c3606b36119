"""Stage 3: the derivative of the loss, as more nodes of the same kinds.

Reverse mode, on nodes instead of numbers: from the last node to the first, each one's derivative
ȳ is complete when its turn comes, and it hands a share to each of its operands. A term a·b of a
sum hands ȳ·b to a and ȳ·a to b; so what a node receives is again a sum of products, and the
derivatives of lowered code are lowered code. Shares are added newest user first, in the order of
the eager engine's walk.

Where an operand is a parameter its share is a *product* to be added up over the samples. So is
what is reported: the loss and the number correct.

The new operations, with y the node's value and x its operand's:

    ("relu_back", ȳ, y)     ȳ where y > 0, else 0
    ("sigmoid_back", ȳ, y)  ȳ·y·(1 - y)
    ("log_back", ȳ, x)      ȳ / (x + ε)
    ("inv_back", ȳ, x)      -ȳ / x²
"""

from __future__ import annotations

from dataclasses import dataclass

from .lower import ONE, VALID, ZERO, Graph, Term
from .tape import Node

FROM_RESULT = {"relu": "relu_back", "sigmoid": "sigmoid_back"}
FROM_INPUT = {"log": "log_back", "inv": "inv_back"}


@dataclass
class Product:
    """The sum over the samples of node `a` times node `b`, added to a place by its number."""

    a: int
    b: int
    into: int


@dataclass
class Program:
    """All that one epoch computes.

    Attributes:
        nodes: values, then derivatives; operands before their users.
        forward: how many of them are values.
        results: the nodes of the loss and, where it was asked for, of the correct.
        gradients: what adds up to the derivative of each parameter.
        totals: what adds up to the loss and the number correct, places 0 and 1.
    """

    nodes: list[Node]
    forward: int
    results: list[int]
    gradients: list[Product]
    totals: list[Product]


def values_only(graph: Graph) -> Program:
    """A program that only computes the results."""
    return Program(list(graph.nodes), len(graph.nodes), graph.results, [], [])


def differentiate(graph: Graph, samples: int) -> Program:
    """Add the derivative of the mean over `samples` samples of the first result."""
    program = values_only(graph)
    program.totals = [Product(node, VALID, i) for i, node in enumerate(graph.results)]
    _Backward(program, samples).run(graph.results[0])
    return program


class _Backward:
    def __init__(self, program: Program, samples: int) -> None:
        self.program, self.nodes = program, program.nodes
        self.share = 1.0 / samples
        self.needed = _depends_on_parameters(self.nodes)
        self.received: dict[int, list[Term]] = {}

    def run(self, loss: int) -> None:
        nodes = self.nodes
        if not self.needed[loss]:
            return
        self.received[loss] = [(VALID, self._constant(self.share))]
        for number in range(self.program.forward - 1, -1, -1):
            terms = self.received.pop(number, None)
            if terms is not None:
                self._pass_on(nodes[number], number, self._gather(terms))

    def _constant(self, value: float) -> int:
        return self._append(("constant", value))

    def _append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _gather(self, terms: list[Term]) -> int:
        """The node of a derivative, from its shares."""
        if len(terms) == 1 and terms[0][1] is None:
            return terms[0][0]
        return self._append(("sum", ZERO, terms))

    def _pass_on(self, node: Node, y: int, d: int) -> None:
        """Hand each operand of `node`, whose number is `y`, its share of the derivative `d`."""
        op = node[0]
        if op == "sum":
            self._pass_on_sum(node, d)
        elif op in FROM_RESULT:
            self._give(node[1], (self._append((FROM_RESULT[op], d, y)), None))
        elif op in FROM_INPUT:
            self._give(node[1], (self._append((FROM_INPUT[op], d, node[1])), None))
        elif op == "exp":
            self._give(node[1], (d, y))
        elif op == "given":
            for x, local in zip(node[2::2], node[3::2], strict=True):
                self._give(x, (d, local))

    def _pass_on_sum(self, node: Node, d: int) -> None:
        nodes, needed, gradients = self.nodes, self.needed, self.program.gradients
        received = self.received
        for a, b in reversed(node[2]):
            if b is None:
                if needed[a]:
                    received.setdefault(a, []).append((d, None))
                continue
            if needed[a]:
                received.setdefault(a, []).append((d, b))
            if needed[b]:
                leaf = nodes[b]
                if leaf[0] == "parameter":
                    gradients.append(Product(d, a, leaf[1]))
                else:
                    received.setdefault(b, []).append((d, a))
        start = nodes[node[1]]
        if start[0] == "parameter":
            gradients.append(Product(d, ONE, start[1]))

    def _give(self, operand: int, term: Term) -> None:
        if self.needed[operand]:
            self.received.setdefault(operand, []).append(term)


def _depends_on_parameters(nodes: list[Node]) -> list[bool]:
    """Which nodes a derivative has to reach."""
    needed: list[bool] = []
    for node in nodes:
        op = node[0]
        if op == "sum":
            needs = needed[node[1]] or any(
                needed[a] or (b is not None and needed[b]) for a, b in node[2]
            )
        elif op == "given":
            needs = any(needed[a] for a in node[2::2])
        elif op in ("input", "one", "valid", "constant", "lt", "eq"):
            needs = False
        else:
            needs = op == "parameter" or needed[node[1]]
        needed.append(needs)
    return needed

