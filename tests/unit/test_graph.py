"""A Scalar's computation graph as plain nodes, edges and an order."""

from collections import defaultdict

import pytest

from minitorch.graph import Graph, computation_graph, count_nodes
from minitorch.scalar import Scalar
from minitorch.testing import MathTestVariable


def operations(graph: Graph) -> list[str]:
    return [node.operation for node in graph.nodes if node.operation is not None]


def test_a_shared_node_is_there_once() -> None:
    x = Scalar(3.0, name="x")
    y = x * x
    graph = computation_graph(y + y)
    assert sorted(operations(graph)) == ["Add", "Mul"]
    assert len(graph.nodes) == 3


def test_every_use_has_an_edge_of_its_own() -> None:
    x = Scalar(3.0)
    y = x * x
    z = y + y
    edges = [(edge.source, edge.target) for edge in computation_graph(z).edges]
    assert sorted(edges) == sorted(
        [(x.unique_id, y.unique_id)] * 2 + [(y.unique_id, z.unique_id)] * 2
    )


def test_nodes_carry_names_values_and_derivatives() -> None:
    x, y = Scalar(2.0, name="x"), Scalar(3.0, name="y")
    product = x * y
    result = product + 10.0 * x
    nodes = {node.id: node for node in computation_graph(result).nodes}
    assert (nodes[x.unique_id].name, nodes[x.unique_id].value) == ("x", 2.0)
    assert nodes[x.unique_id].operation is None
    assert nodes[x.unique_id].symbol is None
    assert nodes[x.unique_id].derivative == 13.0
    assert nodes[y.unique_id].derivative == 2.0
    assert nodes[product.unique_id].operation == "Mul"
    assert nodes[product.unique_id].symbol
    assert nodes[product.unique_id].name is None
    assert nodes[product.unique_id].derivative == 1.0
    assert nodes[result.unique_id].derivative == 1.0
    assert len(nodes) == 6  # x, y, 10.0, two products and the sum


def test_every_operation_has_a_symbol() -> None:
    x = Scalar(0.5)
    result = x + x * 2.0 - 1.0 / x + x.log() + x.exp() + x.sigmoid() + x.relu()
    result = result + (x < 1.0) + (x > 1.0) + (x == 1.0)
    for node in computation_graph(result).nodes:
        assert bool(node.symbol) is bool(node.operation)


@pytest.mark.parametrize("example", MathTestVariable._comp_testing()[0], ids=lambda e: e[0])
def test_contributions_add_up_to_the_derivatives(example) -> None:
    x = Scalar(2.5)
    result = example[2](x)
    graph = computation_graph(result)
    sums: dict[int, float] = defaultdict(float)
    for edge in graph.edges:
        assert edge.contribution is not None
        sums[edge.source] += edge.contribution
    sums[result.unique_id] += 1.0
    for node in graph.nodes:
        assert node.derivative == pytest.approx(sums[node.id], rel=1e-12)
    result.backward()
    derivatives = {node.id: node.derivative for node in graph.nodes}
    assert derivatives[x.unique_id] == pytest.approx(x.derivative, rel=1e-12)


@pytest.mark.parametrize("example", MathTestVariable._comp_testing()[0], ids=lambda e: e[0])
def test_a_contribution_is_the_slope_times_the_derivative(example) -> None:
    graph = computation_graph(example[2](Scalar(2.5)))
    derivatives = {node.id: node.derivative for node in graph.nodes}
    for edge in graph.edges:
        assert edge.contribution == pytest.approx(edge.slope * derivatives[edge.target], rel=1e-12)


def test_slopes_are_there_where_no_derivative_arrives() -> None:
    x = Scalar(3.0)
    square = x * x
    graph = computation_graph(square * 0.0)
    slopes = [(e.slope, e.contribution) for e in graph.edges if e.target == square.unique_id]
    assert slopes == [(3.0, 0.0), (3.0, 0.0)]


def test_what_a_node_has_received_grows_with_each_edge() -> None:
    x = Scalar(0.1)
    result = x * 3.0 + x * 0.7 + x * x + x
    graph = computation_graph(result)
    received = dict.fromkeys(graph.order, 0.0)
    received[graph.order[0]] = 1.0
    visited = 0
    for edge in graph.edges:
        assert graph.order.index(edge.target) >= visited, "edges follow the order"
        visited = graph.order.index(edge.target)
        received[edge.source] += edge.contribution
        assert edge.received == received[edge.source]
    assert {node.id: node.derivative for node in graph.nodes} == received
    result.backward()
    assert received[x.unique_id] == x.derivative, "to the last digit"


class Unhashable(Scalar):
    """As in a learner's library: `==` without a hash, parents only where there is a history, and
    a chain rule that does not leave constants out."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    @property
    def parents(self):
        assert self.history is not None
        return self.history.inputs

    def chain_rule(self, d_output):
        derivatives = self.history.last_fn.backward(self.history.ctx, d_output)
        return zip(self.history.inputs, derivatives, strict=True)


def test_a_learners_scalars_may_do_less() -> None:
    x, c = Unhashable(2.0), Unhashable(5.0, back=None)
    product = Unhashable(10.0, (x * c).history)
    graph = computation_graph(product)
    assert [node.derivative for node in graph.nodes] == [1.0, None, 5.0]
    assert [(e.slope, e.contribution) for e in graph.edges] == [(5.0, 5.0), (None, None)]
    assert count_nodes(product) == 3


def test_constants_are_drawn_without_a_derivative() -> None:
    x, c = Scalar(2.0), Scalar(5.0, back=None)
    result = x * c
    graph = computation_graph(result)
    nodes = {node.id: node for node in graph.nodes}
    assert nodes[c.unique_id].derivative is None
    assert nodes[c.unique_id].value == 5.0
    contributions = {edge.source: edge.contribution for edge in graph.edges}
    assert contributions == {x.unique_id: 5.0, c.unique_id: None}
    assert graph.order == [result.unique_id, x.unique_id]


def test_the_order_starts_at_the_result_and_never_runs_ahead() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    shared = x * y
    result = shared * shared + x
    graph = computation_graph(result)
    assert graph.order[0] == result.unique_id
    assert sorted(graph.order) == sorted(node.id for node in graph.nodes)
    place = {unique_id: i for i, unique_id in enumerate(graph.order)}
    assert all(place[edge.target] < place[edge.source] for edge in graph.edges)


def test_looking_changes_nothing() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    x.accumulate_derivative(7.0)
    product = x * y
    result = product + y
    before = [v.derivative for v in (x, y, product, result)]
    first, second = computation_graph(result), computation_graph(result)
    assert [v.derivative for v in (x, y, product, result)] == before
    assert first == second
    result.backward()
    assert (x.derivative, y.derivative) == (10.0, 3.0)


def test_a_leaf_is_a_graph_of_one_node() -> None:
    x = Scalar(2.0, name="x")
    graph = computation_graph(x)
    assert [(node.name, node.derivative) for node in graph.nodes] == [("x", 1.0)]
    assert graph.edges == []
    assert graph.order == [x.unique_id]


def test_count_nodes_counts_each_once() -> None:
    x = Scalar(2.0)
    y = x * x
    assert count_nodes(x) == 1
    assert count_nodes(y + y) == 3
    assert count_nodes(y + 1.0) == 4
    for result in (y, y + y, y * x + 1.0):
        assert count_nodes(result) == len(computation_graph(result).nodes)


def test_a_chain_deeper_than_the_stack() -> None:
    x = total = Scalar(1.0)
    for _ in range(5000):
        total = total + x
    assert count_nodes(total) == 5001
    graph = computation_graph(total)
    assert len(graph.nodes) == 5001
    assert len(graph.edges) == 10_000
    assert {node.id: node.derivative for node in graph.nodes}[x.unique_id] == 5001.0
