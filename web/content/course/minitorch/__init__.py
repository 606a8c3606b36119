"""MiniTorch, Module 1: numbers that remember how they were made, and so know their derivatives."""

from . import operators
from .autodiff import Context, Variable, backpropagate, central_difference, topological_sort
from .datasets import Graph, datasets, make_pts
from .module import Module, Parameter
from .optim import SGD, Optimizer
from .scalar import Scalar, ScalarHistory, ScalarLike, derivative_check
from .scalar_functions import ScalarFunction
from .testing import MathTest, MathTestVariable

__all__ = [
    "SGD",
    "Context",
    "Graph",
    "MathTest",
    "MathTestVariable",
    "Module",
    "Optimizer",
    "Parameter",
    "Scalar",
    "ScalarFunction",
    "ScalarHistory",
    "ScalarLike",
    "Variable",
    "backpropagate",
    "central_difference",
    "datasets",
    "derivative_check",
    "make_pts",
    "operators",
    "topological_sort",
]
