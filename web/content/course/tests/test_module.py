"""What later tasks need of Module 0's Module and Parameter."""

import pytest

from minitorch import Module, Parameter

pytestmark = pytest.mark.module0


class Leaf(Module):
    """A module with two parameters, one of them added by name."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = Parameter(1.0)
        self.bias = self.add_parameter("bias", 2.0)

    def forward(self, x: float) -> float:
        return x * self.weight.value + self.bias.value


class Tree(Module):
    """A module of two others."""

    def __init__(self) -> None:
        super().__init__()
        self.left = Leaf()
        self.right = Leaf()


def test_calling_a_module_computes_its_forward() -> None:
    assert Leaf()(3.0) == 5.0


def test_parameters_are_found_by_name() -> None:
    named = dict(Leaf().named_parameters())
    assert {name: p.value for name, p in named.items()} == {"weight": 1.0, "bias": 2.0}


def test_parameters_are_found_all_the_way_down() -> None:
    tree = Tree()
    names = {name for name, _ in tree.named_parameters()}
    assert names == {"left.weight", "left.bias", "right.weight", "right.bias"}
    assert len(list(tree.parameters())) == 4
    assert len(list(tree.modules())) == 2


def test_a_parameter_can_be_updated() -> None:
    leaf = Leaf()
    for parameter in leaf.parameters():
        parameter.update(10.0)
    assert leaf(3.0) == 40.0


def test_training_mode_is_set_all_the_way_down() -> None:
    tree = Tree()
    tree.eval()
    assert not tree.training
    assert not tree.left.training
    tree.train()
    assert tree.right.training
