"""Random expressions agree with PyTorch, in their values and their derivatives."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minitorch.graph import computation_graph
from minitorch.scalar import Scalar

torch = pytest.importorskip("torch")

TWO_OPERANDS = ("+", "-", "*", "/")
ONE_OPERAND = ("neg", "log", "exp", "sigmoid", "relu")

# An expression is a list of steps: an operation and the places of its operands among the values
# so far, counted from the newest, so that values are shared and leaves are not forgotten.
expressions = st.lists(
    st.tuples(st.sampled_from(TWO_OPERANDS + ONE_OPERAND), st.integers(0, 7), st.integers(0, 7)),
    min_size=1,
    max_size=25,
)
inputs = st.lists(st.floats(-3, 3), min_size=1, max_size=4)


def applies(operation: str, a: float, b: float) -> bool:
    """Whether the result is tame: away from kinks, poles, overflow and cancellation, where the
    last digits of two correct implementations drift apart."""
    match operation:
        case "+":
            return abs(a + b) >= 1e-2 * max(abs(a), abs(b))
        case "-":
            return abs(a - b) >= 1e-2 * max(abs(a), abs(b))
        case "*":
            return abs(a * b) < 1e4
        case "/":
            return abs(b) > 1e-2 and abs(a / b) < 1e4
        case "log":
            return a > 1e-2 and abs(a - 1.0) > 1e-2
        case "exp":
            return a < 9.0
        case "sigmoid":  # whose slope is y(1 − y): of 1 − y only a few digits are left above
            return abs(a) < 6.0
        case "relu":
            return abs(a) > 1e-9
    return True


def step(operation: str, a: Any, b: Any) -> Any:
    """One operation, on Scalars and on tensors alike."""
    match operation:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b
        case "neg":
            return -a
        case "log":
            return a.log() if isinstance(a, Scalar) else (a + 1e-6).log()
    return getattr(a, operation)()


@pytest.mark.task1_4
@settings(max_examples=300)
@given(expressions, inputs)
def test_values_and_derivatives_agree_with_pytorch(
    expression: list[tuple[str, int, int]], values: list[float]
) -> None:
    leaves = [Scalar(value) for value in values]
    tensors = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values]
    ours, theirs = list(leaves), list(tensors)
    for operation, i, j in expression:
        i, j = -1 - i % len(ours), -1 - j % len(ours)
        if applies(operation, ours[i].data, ours[j].data):
            ours.append(step(operation, ours[i], ours[j]))
            theirs.append(step(operation, theirs[i], theirs[j]))
    result, expected = ours[-1], theirs[-1]
    assert result.data == pytest.approx(expected.item(), rel=1e-12, abs=1e-300)

    result.backward()
    expected.backward()
    # A derivative is a sum along many paths; what is relative is relative to the largest of them.
    paths = [abs(edge.contribution) for edge in computation_graph(result).edges]
    largest = max(paths, default=1.0)
    for leaf, tensor in zip(leaves, tensors, strict=True):
        slope = 0.0 if tensor.grad is None else tensor.grad.item()
        got = 0.0 if leaf.derivative is None else leaf.derivative
        assert got == pytest.approx(slope, rel=1e-12, abs=1e-12 * largest)
