"""Backward passes at the same time: in several threads, or one inside another's function."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest

from minitorch.autodiff import Context, backpropagate, topological_sort
from minitorch.nn import Network
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction

natively = pytest.mark.skipif(sys.platform == "emscripten", reason="the page has no threads")


@pytest.fixture
def switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def together(count: int, work) -> None:
    """Run `work(i)` in so many threads at once; raise what any of them raises."""
    ready = Barrier(count)

    def run(i: int) -> None:
        ready.wait()
        work(i)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(run, range(count)))


@natively
@pytest.mark.usefixtures("switching_often")
def test_threads_that_share_parameters_give_what_one_would() -> None:
    network, rounds = Network(3, seed=1), 60
    points = [(Scalar(0.1 * i), Scalar(0.3)) for i in range(4)]
    values = [parameter.value for parameter in network.parameters()]
    for i in range(4):
        network(points[i]).backward()
    due = [rounds * (value.derivative or 0.0) for value in values]
    for value in values:
        value.derivative = None
    together(4, lambda i: [network(points[i]).backward() for _ in range(rounds)])
    assert [value.derivative or 0.0 for value in values] == pytest.approx(due)


@natively
@pytest.mark.usefixtures("switching_often")
def test_threads_that_share_the_whole_graph() -> None:
    x = Scalar(1.0)
    y = x
    for _ in range(30):
        y = y * 1.0 + x
    together(4, lambda i: [backpropagate(y, 1.0) for _ in range(50)])
    assert x.derivative == 200 * 31.0


@natively
@pytest.mark.usefixtures("switching_often")
def test_sorting_while_others_go_backward() -> None:
    x = Scalar(1.0)
    y = x
    for _ in range(50):
        y = y * y + x
    due = [v.unique_id for v in topological_sort(y)]

    def work(i: int) -> None:
        for _ in range(50):
            if i % 2:
                backpropagate(y, 0.0)
            else:
                assert [v.unique_id for v in topological_sort(y)] == due

    together(4, work)


class Halfway(ScalarFunction):
    """a · 3, whose backward goes backward through another graph first."""

    other: Scalar

    @staticmethod
    def forward(ctx: Context, a: float) -> float:
        return a * 3.0

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        Halfway.other.backward()
        return d_output * 3.0


def test_a_pass_inside_a_backward() -> None:
    x = Scalar(2.0)
    shared = x * x
    Halfway.other = shared + shared
    (Halfway.apply(shared) + shared * x).backward()
    assert x.derivative == 3 * 4.0 + 12.0 + 8.0


def test_a_function_that_differentiates_itself_inside() -> None:
    """As checkpointing does: computed again on the way back, to save memory on the way there."""

    class Again(ScalarFunction):
        @staticmethod
        def forward(ctx: Context, a: float) -> float:
            ctx.save_for_backward(a)
            return a * a * a

        @staticmethod
        def backward(ctx: Context, d_output: float) -> float:
            (a,) = ctx.saved_values
            inner = Scalar(a)
            (inner * inner * inner).backward(d_output)
            return inner.derivative

    x = Scalar(2.0)
    (Again.apply(Again.apply(x)) + x).backward()
    assert x.derivative == 9 * 2.0**8 + 1.0


@natively
def test_a_backward_that_waits_for_a_pass_in_another_thread() -> None:
    class Elsewhere(ScalarFunction):
        @staticmethod
        def forward(ctx: Context, a: float) -> float:
            return a

        @staticmethod
        def backward(ctx: Context, d_output: float) -> float:
            other = Scalar(5.0)
            thread = Thread(target=(other * other).backward, daemon=True)
            thread.start()
            thread.join(10)
            return d_output * other.derivative

    x = Scalar(1.0)
    Elsewhere.apply(x).backward()
    assert x.derivative == 10.0


def test_a_pass_that_fails_changes_no_leaf() -> None:
    class Broken(ScalarFunction):
        @staticmethod
        def forward(ctx: Context, a: float) -> float:
            return a

        @staticmethod
        def backward(ctx: Context, d_output: float) -> float:
            raise KeyError("broken")

    x, y = Scalar(2.0), Scalar(3.0)
    broken = Broken.apply(x)
    with pytest.raises(KeyError):
        (broken + y).backward()
    assert x.derivative is None
    assert y.derivative is None
    (x * y).backward()
    assert (x.derivative, y.derivative) == (3.0, 2.0)
