"""MiniTorch, Module 1: automatic differentiation of scalars, to read and to learn from.

>>> import minitorch
>>> x, y = minitorch.Scalar(2.0), minitorch.Scalar(3.0)
>>> z = (x * x) * y + 10.0 * x
>>> z.backward()
>>> x.derivative, y.derivative
(22.0, 4.0)
"""

from typing import TYPE_CHECKING, Any

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
from .epochs import EpochRecord, Epochs
from .errors import Diverged
from .graph import computation_graph
from .module import Module, Parameter
from .nn import Linear, Network
from .optim import SGD, Optimizer
from .scalar import Scalar, ScalarLike, derivative_check
from .scalar_functions import ScalarFunction
from .testing import MathTest, MathTestVariable
from .training import ScalarTrain

if TYPE_CHECKING:
    from .compiler import Compiled, NotCompilable, compile

__version__ = "0.1.0"

__all__ = [
    "SGD",
    "Compiled",
    "Context",
    "Dataset",
    "Diverged",
    "EpochRecord",
    "Epochs",
    "Linear",
    "MathTest",
    "MathTestVariable",
    "Module",
    "Network",
    "NotCompilable",
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
    "compile",
    "computation_graph",
    "datasets",
    "derivative_check",
    "operators",
    "topological_sort",
]


def __getattr__(name: str) -> Any:
    """Load the compiler, the larger half of the package, when it is first asked for."""
    if name not in ("Compiled", "NotCompilable", "compile"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import compiler

    return getattr(compiler, name)
