"""MiniTorch, Module 1: automatic differentiation of scalars, to read and to learn from.

>>> import minitorch
>>> x, y = minitorch.Scalar(2.0), minitorch.Scalar(3.0)
>>> z = (x * x) * y + 10.0 * x
>>> z.backward()
>>> x.derivative, y.derivative
(22.0, 4.0)
"""

from . import operators
from .autodiff import (
    Context,
    ScalarHistory,
    Variable,
    backpropagate,
    central_difference,
    topological_sort,
)
from .datasets import Dataset, datasets
from .graph import computation_graph
from .module import Module, Parameter
from .nn import Linear, Network
from .optim import SGD, Optimizer
from .scalar import Scalar, ScalarLike, derivative_check
from .scalar_functions import ScalarFunction
from .testing import MathTest, MathTestVariable
from .training import Diverged, EpochRecord, ScalarTrain

__version__ = "0.1.0"

__all__ = [
    "SGD",
    "Context",
    "Dataset",
    "Diverged",
    "EpochRecord",
    "Linear",
    "MathTest",
    "MathTestVariable",
    "Module",
    "Network",
    "Optimizer",
    "Parameter",
    "Scalar",
    "ScalarFunction",
    "ScalarHistory",
    "ScalarLike",
    "ScalarTrain",
    "Variable",
    "backpropagate",
    "central_difference",
    "computation_graph",
    "datasets",
    "derivative_check",
    "operators",
    "topological_sort",
]
