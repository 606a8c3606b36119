"""Stage 4: the derivative of the loss, as more nodes of the same kinds.

Reverse mode, on nodes instead of numbers: from the last node to the first, each one's derivative
ȳ is complete when its turn comes, and it hands a share to each of its operands. A term a·b of a
sum hands ȳ·b to a and ȳ·a to b; so what a node receives is again a sum of products, and the
derivatives of lowered code are lowered code. Shares are added newest user first, in the order of
the eager engine's walk.

Where an operand is a parameter its share is a product to be added up over the samples. So is what
is reported: the loss and the number correct.
"""

from __future__ import annotations

from .ir import NOTHING, ONE, ZERO, Graph, Product, Program, Term, is_computed
from .tape import Node

FROM_RESULT = {"relu": "relu_back", "sigmoid": "sigmoid_back"}
FROM_OPERAND = {"log": "log_back", "inv": "inv_back"}


def forward_only(graph: Graph) -> Program:
    """A program that computes the results of `graph`, and no derivatives."""
    return Program(list(graph.nodes), len(graph.nodes), graph.results, [], [])


def differentiate(graph: Graph, samples: int) -> Program:
    """A program that also computes the derivative of the mean loss.

    Args:
        graph: what is computed for a sample; its first result is the loss.
        samples: how many samples the mean is taken over.
    """
    program = forward_only(graph)
    program.totals = [Product(node, ONE, i) for i, node in enumerate(graph.results)]
    _Backward(program, samples).backpropagate(graph.results[0])
    return program


class _Backward:
    """The walk back: it appends the derivatives to the program's nodes."""

    def __init__(self, program: Program, samples: int) -> None:
        self.program, self.nodes = program, program.nodes
        self.share = 1.0 / samples
        self.needed = _depends_on_parameters(self.nodes)
        self.received: dict[int, list[Term]] = {}

    def backpropagate(self, loss: int) -> None:
        nodes = self.nodes
        if not self.needed[loss]:
            return
        self.received[loss] = [(ONE, self._append(("constant", self.share)))]
        for index in range(self.program.forward - 1, -1, -1):
            terms = self.received.pop(index, None)
            if terms is not None:
                self._pass_on(nodes[index], index, self._gather(terms))

    def _append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _gather(self, terms: list[Term]) -> int:
        """The node of a derivative, from its shares."""
        if len(terms) == 1 and terms[0][1] is None:
            return terms[0][0]
        return self._append(("sum", ZERO, terms))

    def _pass_on(self, node: Node, y: int, d: int) -> None:
        """Hand each operand of `node`, whose index is `y`, its share of the derivative `d`."""
        kind = node[0]
        if kind == "sum":
            self._pass_on_sum(node, d)
        elif kind in FROM_RESULT:
            self._give(node[1], (self._append((FROM_RESULT[kind], d, y)), None))
        elif kind in FROM_OPERAND:
            self._give(node[1], (self._append((FROM_OPERAND[kind], d, node[1])), None))
        elif kind == "exp":
            self._give(node[1], (d, y))
        elif kind in ("lt", "eq"):  # no derivative, which is something else than none at all:
            for operand in node[1:]:  # 0 times infinity is NaN
                self._give(operand, (NOTHING, None))
        elif kind == "select":
            _, mask, a, b = node
            self._give(a, (self._append(("select", mask, d, NOTHING)), None))
            self._give(b, (self._append(("select", mask, NOTHING, d)), None))
        elif kind == "custom":
            for x, slope in zip(node[2::2], node[3::2], strict=True):
                self._give(x, (NOTHING, None) if slope == NOTHING else (d, slope))

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
        kind = node[0]
        if kind == "sum":
            needs = needed[node[1]] or any(
                needed[a] or (b is not None and needed[b]) for a, b in node[2]
            )
        elif kind == "custom":
            needs = any(needed[x] for x in node[2::2])
        elif not is_computed(node):
            needs = kind == "parameter"
        else:
            needs = any(needed[x] for x in node[1:])
        needed.append(needs)
    return needed
