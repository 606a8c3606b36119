"""Modules: a tree of parts, each with parameters."""

import sys
from typing import Any

import pytest

from minitorch.module import Module, Parameter
from minitorch.optim import SGD
from minitorch.scalar import Scalar


class Leaf(Module):
    def __init__(self, value: float) -> None:
        super().__init__()
        self.weight = Parameter(value)
        self.note = "not a parameter"

    def forward(self, x: float, scale: float = 1.0) -> float:
        return x * self.weight.value * scale


class Tree(Module):
    def __init__(self) -> None:
        super().__init__()
        self.bias = Parameter(5.0)
        self.left = Leaf(1.0)
        self.right = Leaf(2.0)


class Forest(Module):
    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree()


def test_parameters_of_a_module_and_all_below_it() -> None:
    tree = Tree()
    assert [p.value for p in tree.parameters()] == [5.0, 1.0, 2.0]
    assert [(name, p.value) for name, p in tree.named_parameters()] == [
        ("bias", 5.0),
        ("left.weight", 1.0),
        ("right.weight", 2.0),
    ]
    assert [name for name, _ in Forest().named_parameters()] == [
        "tree.bias",
        "tree.left.weight",
        "tree.right.weight",
    ]


def test_parameters_are_the_objects_themselves() -> None:
    tree = Tree()
    assert tree.parameters()[1] is tree.left.weight


def test_modules_are_the_direct_parts() -> None:
    tree = Tree()
    assert list(tree.modules()) == [tree.left, tree.right]


def test_train_and_eval_reach_every_part() -> None:
    forest = Forest()
    parts = [forest, forest.tree, forest.tree.left, forest.tree.right]
    assert all(part.training for part in parts)
    forest.eval()
    assert not any(part.training for part in parts)
    forest.train()
    assert all(part.training for part in parts)


def test_calling_is_forward() -> None:
    assert Leaf(3.0)(2.0) == 6.0
    assert Leaf(3.0)(2.0, scale=0.5) == 3.0


def test_a_module_without_forward_says_so() -> None:
    with pytest.raises(NotImplementedError, match="Tree"):
        Tree()(1.0)


def test_add_parameter_gives_it_a_name() -> None:
    module = Module()
    added = module.add_parameter("weight_0", 4.0)
    assert isinstance(added, Parameter)
    assert module.weight_0 is added
    assert module.named_parameters() == [("weight_0", added)]


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="missing"):
        _ = Leaf(1.0).missing


def test_other_attributes_are_ordinary() -> None:
    leaf = Leaf(1.0)
    assert leaf.note == "not a parameter"
    leaf.note = "changed"
    assert leaf.note == "changed"


def test_a_parameter_can_be_replaced() -> None:
    leaf = Leaf(1.0)
    leaf.weight = Parameter(9.0)
    assert [p.value for p in leaf.parameters()] == [9.0]


def test_repr_shows_the_tree() -> None:
    text = repr(Forest())
    for word in ("Forest", "Tree", "Leaf", "tree", "left", "right"):
        assert word in text
    assert len(text.splitlines()) >= 4


def test_a_parameter_holds_any_value() -> None:
    parameter = Parameter(Scalar(1.0), name="w")
    assert parameter.name == "w"
    assert parameter.value.data == 1.0
    parameter.update(Scalar(2.0))
    assert parameter.value.data == 2.0
    assert "2.0" in repr(parameter)


def test_deleting_an_attribute_takes_the_parameter_away() -> None:
    module = Module()
    module.weight = Parameter(1.0)
    del module.weight
    assert list(module.named_parameters()) == []
    with pytest.raises(AttributeError):
        _ = module.weight


def test_a_value_that_can_is_told_that_it_needs_a_derivative() -> None:
    class Tensor:
        wanted = False

        def requires_grad_(self, wanted: bool) -> None:
            self.wanted = wanted

    parameter = Parameter(Tensor())
    assert parameter.value.wanted
    parameter.update(Tensor())
    assert parameter.value.wanted


# ----------------------------------------------------------------------------- as in PyTorch


def test_a_part_with_two_names_counts_once() -> None:
    tree = Tree()
    tree.twin = tree.left
    tree.tied = tree.bias
    tree.right.weight = tree.left.weight
    assert [name for name, _ in tree.named_parameters()] == ["bias", "left.weight"]
    assert tree.modules() == [tree.left, tree.right]


def test_a_tied_parameter_takes_one_step() -> None:
    module = Module()
    module.u = module.v = Parameter(Scalar(1.0))
    for parameters in (module.parameters(), [module.u, module.v]):
        module.u.update(Scalar(1.0))
        optimizer = SGD(parameters, lr=0.5)
        (module.u.value * module.v.value).backward()
        optimizer.step()
        assert module.v.value.data == 0.0


def test_modules_may_refer_to_each_other() -> None:
    a, b = Leaf(1.0), Leaf(2.0)
    a.b, b.parent, a.itself = b, a, a
    assert [p.value for p in a.parameters()] == [1.0, 2.0]
    assert [p.value for p in b.parameters()] == [2.0, 1.0]
    a.eval()
    assert (a.training, b.training) == (False, False)
    b.train()
    assert (a.training, b.training) == (True, True)
    assert repr(a).count("Parameter(") == 2


@pytest.mark.skipif(sys.platform == "emscripten", reason="Pyodide can't free what is so deep")
def test_modules_nested_deeper_than_the_stack() -> None:
    outer = inner = Module()
    for _ in range(3_000):
        inner.next = Module()
        inner = inner.next
    inner.weight = Parameter(1.0)
    outer.eval()
    assert not inner.training
    assert len(outer.parameters()) == 1


@pytest.mark.parametrize(
    ("name", "error"),
    [(3, TypeError), (None, TypeError), ("", KeyError), ("a.b", KeyError)]
    + [(name, KeyError) for name in ("forward", "train", "training", "left", "note")],
)
def test_add_parameter_refuses_what_pytorch_refuses(name: Any, error: type[Exception]) -> None:
    tree = Tree()
    tree.note = "text"
    with pytest.raises(error):
        tree.add_parameter(name, 1.0)
    assert len(tree.parameters()) == 3
    assert tree.note == "text"


def test_add_parameter_before_init_and_of_a_result() -> None:
    class Early(Module):
        def __init__(self) -> None:
            self.add_parameter("weight", 1.0)

    with pytest.raises(AttributeError, match=r"super\(\).__init__"):
        Early()
    with pytest.raises(ValueError, match="weight"):
        Module().add_parameter("weight", Scalar(1.0) * 2.0)


def test_add_parameter_again_replaces_it() -> None:
    module = Module()
    module.add_parameter("weight", 1.0)
    again = module.add_parameter("weight", 2.0)
    own = Parameter(3.0)
    assert module.parameters() == [again]
    assert module.add_parameter("bias", own) is own
    assert module.bias.value == 3.0


@pytest.mark.parametrize("value", [Scalar(1.0), 1.0, "text", [Parameter(1.0)]])
def test_a_parameter_is_not_lost_by_an_assignment(value: Any) -> None:
    tree = Tree()
    with pytest.raises(TypeError, match=r"bias.*update"):
        tree.bias = value
    with pytest.raises(TypeError, match="left"):
        tree.left = value
    assert len(tree.parameters()) == 3
    assert tree.bias.value == 5.0


def test_a_part_can_be_taken_away_or_replaced_by_another_kind() -> None:
    tree = Tree()
    tree.bias = None
    tree.left = None
    tree.right = Parameter(7.0)
    assert [name for name, _ in tree.named_parameters()] == ["right"]
    tree.bias = 3.0
    assert tree.bias == 3.0


@pytest.mark.parametrize("part", [Parameter(1.0), Module()])
def test_no_part_takes_the_name_of_the_mode(part: Any) -> None:
    tree = Tree()
    with pytest.raises(AttributeError, match="training"):
        tree.training = part
    tree.eval()
    assert tree.training is False


@pytest.mark.parametrize(
    "compute",
    [
        *(lambda p, x: p * x, lambda p, x: x * p, lambda p, x: p + x, lambda p, x: x - p),
        *(lambda p, x: -p, lambda p, x: p / x, lambda p, x: 2.0 * p, lambda p, x: p < x),
        *(lambda p, x: x > p, lambda p, x: Scalar(p), lambda p, x: 1.0 - p),
    ],
)
def test_a_parameter_is_computed_with_by_its_value(compute: Any) -> None:
    with pytest.raises(TypeError, match="value"):
        compute(Parameter(Scalar(2.0), name="weight"), Scalar(3.0))
