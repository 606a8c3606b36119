"""One point by itself: what the model says of it, the whole computation, and where it pushes."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

from minitorch.graph import Graph, computation_graph, count_nodes
from minitorch.training import ScalarTrain, log_loss


@dataclass
class Inspected:
    """What one point does.

    Attributes:
        output: the probability that the model gives to label 1.
        loss: the point's own.
        derivatives: of this loss with respect to each parameter: a step goes the other way.
        node_count: how many Scalars its computation has.
        graph: the computation, from the coordinates and parameters to the loss; None if there are
            too many to be drawn.
    """

    output: float
    loss: float
    derivatives: array[float]
    node_count: int
    graph: Graph | None


def inspect(trainer: ScalarTrain, point: dict[str, Any], max_nodes: int) -> Inspected:
    """Compute one point, Scalar by Scalar, with the model's parameters as they are.

    Args:
        trainer: whose model it is; the derivatives that its parameters hold stay as they are.
        point: `x1`, `x2` and `label`.
        max_nodes: how many Scalars a graph that is wanted may have.
    """
    values = [parameter.value for parameter in trainer.model.parameters()]
    kept = [value.derivative for value in values]  # an epoch may be half done
    _give(values, [None] * len(values))
    try:
        return _inspect(trainer, point, values, max_nodes)
    finally:
        _give(values, kept)


def _inspect(trainer: ScalarTrain, point: dict[str, Any], values: Any, max_nodes: int) -> Inspected:
    output = trainer.run_one((point["x1"], point["x2"]))
    loss, _ = log_loss(output, point["label"])
    loss.backward()
    derivatives = array("d", [value.derivative or 0.0 for value in values])
    count = count_nodes(loss)
    graph = computation_graph(loss) if count <= max_nodes else None
    return Inspected(output.data, loss.data, derivatives, count, graph)


def _give(values: list[Any], derivatives: list[Any]) -> None:
    for value, derivative in zip(values, derivatives, strict=True):
        value.derivative = derivative
