"""Tracing is the tracer's own affair: other threads compute, and compile, as if it were not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from minitorch import compile
from minitorch.datasets import datasets
from minitorch.module import Parameter
from minitorch.nn import Network
from minitorch.scalar import Scalar
from minitorch.scalar_functions import Add, Log, Mul, ScalarFunction
from minitorch.training import log_loss

DATA = datasets["Xor"](10, seed=0)


def loss_of(model: Network) -> Callable[[Any, int], Any]:
    return lambda x, label: log_loss(model(x), label)


def together(*works: Callable[[], Any]) -> None:
    """Run all at the same time; raise what one of them raises."""
    problems: list[BaseException] = []

    def guarded(work: Callable[[], Any]) -> None:
        try:
            work()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def test_nothing_is_swapped_while_a_function_is_traced() -> None:
    w = Parameter(Scalar(2.0), "w")
    functions = [Add.apply, Mul.apply, Log.apply, Scalar.__add__, Scalar.__mul__, Scalar.__rmul__]
    seen: list[Any] = []

    def look() -> None:
        seen.append([Add.apply, Mul.apply, Log.apply])
        seen[-1] += [Scalar.__add__, Scalar.__mul__, Scalar.__rmul__]
        seen.append(w.value.data)
        seen.append((w.value * 3.0 + Log.apply(1.0)).data)

    def loss(x: Any) -> Any:
        together(look)
        return w.value * x

    compile(loss, [w], [1.0, 2.0])
    assert len(seen) >= 6
    assert all(functions == now for now in seen[::3])
    assert set(seen[1::3]) == {2.0}, "the model is as it was, for other threads"
    assert len(set(seen[2::3])) == 1


def test_what_another_thread_writes_meanwhile_counts() -> None:
    w = Parameter(Scalar(2.0), "w")

    def loss(x: Any) -> Any:
        together(lambda: w.update(Scalar(5.0)))
        return w.value * x

    compiled = compile(loss, [w], [1.0])
    assert w.value.data == 5.0
    assert compiled.loss() == 5.0


def test_eager_work_beside_compiling_the_same_model() -> None:
    model = Network(3, seed=0)
    point = Scalar(0.3), Scalar(0.6)
    expected, outcomes = model(point).data, set()
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            output = model(point)
            output.backward()
            outcomes.add(output.data)

    def compiling() -> None:
        try:
            for _ in range(20):
                compile(loss_of(model), model, DATA.X, DATA.y)
        finally:
            done.set()

    together(work, compiling)
    assert outcomes == {expected}
    assert all(type(parameter) is Parameter for parameter in model.parameters())


def test_several_compile_at_once() -> None:
    shared, losses = Network(3, seed=0), []

    def compiling() -> None:
        losses.extend(
            compile(loss_of(model), model, DATA.X, DATA.y).loss()
            for model in (Network(3, seed=0), shared) * 5
        )

    together(*[compiling] * 4)
    assert len(losses) == 40
    assert len(set(losses)) == 1
    assert all(type(parameter) is Parameter for parameter in shared.parameters())


def test_a_function_within_a_loss_that_compiles() -> None:
    """A trace within a trace: each has its own symbols."""
    w, v = Parameter(Scalar(2.0), "w"), Parameter(Scalar(3.0), "v")

    def loss(x: Any) -> Any:
        inner = compile(lambda a: v.value * a, [v], [1.0, 2.0]).loss()
        return w.value * x * inner

    assert compile(loss, [w], [1.0]).loss() == 2.0 * 9.0


def test_a_function_defined_meanwhile() -> None:
    """It was none of those that were swapped."""
    w = Parameter(Scalar(2.0), "w")

    def loss(x: Any) -> Any:
        class Double(ScalarFunction):
            @staticmethod
            def forward(ctx: Any, a: float) -> float:
                return 2.0 * a

            @staticmethod
            def backward(ctx: Any, d_output: float) -> float:
                return 2.0 * d_output

        return Double.apply(w.value * x)

    compiled = compile(loss, [w], [1.0, 3.0])
    assert compiled.loss() == 16.0
    assert compiled.gradients() == [4.0]


def test_parameters_with_a_value_of_their_own_making() -> None:
    class Rounded(Parameter):
        """It keeps its value elsewhere, under the same name."""

        __slots__ = ("kept",)

        @property
        def value(self) -> Any:
            return self.kept

        @value.setter
        def value(self, value: Any) -> None:
            self.kept = Scalar(round(value.data, 1), name="w")

    w = Rounded(Scalar(2.04), "w")
    compiled = compile(lambda x: w.value * x, [w], [1.0])
    assert compiled.loss() == 2.0
    compiled.train(1, 0.52)
    assert w.value.data == 1.5
    assert compiled.loss() == 1.5
    assert type(w) is Rounded


def test_a_parameter_is_as_quick_afterwards() -> None:
    """A class that was swapped may leave it with a dictionary that it did not have before."""
    used = Parameter(Scalar(1.0), "w")
    compile(lambda x: used.value * x, [used], [1.0])
    assert type(used) is Parameter
    assert "value" not in vars(used)
