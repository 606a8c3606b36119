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
from .datasets import Dataset, Graph, circle, datasets, diag, make_pts, simple, spiral, split, xor
from .epochs import EpochRecord, Epochs
from .errors import Diverged
from .graph import computation_graph
from .module import Module, Parameter
from .nn import Linear, Network
from .optim import SGD, Optimizer
from .scalar import Scalar, ScalarLike, derivative_check
from .scalar_functions import (
    EQ,
    LT,
    Add,
    Exp,
    Inv,
    Log,
    Mul,
    Neg,
    ReLU,
    ScalarFunction,
    Sigmoid,
    unwrap_tuple,
    wrap_tuple,
)
from .testing import MathTest, MathTestVariable
from .training import ScalarTrain

if TYPE_CHECKING:
    from .compiler import Compiled, NotCompilable, compile

__version__ = "0.1.0"

__all__ = [
    "EQ",
    "LT",
    "SGD",
    "Add",
    "Compiled",
    "Context",
    "Dataset",
    "Diverged",
    "EpochRecord",
    "Epochs",
    "Exp",
    "Graph",
    "Inv",
    "Linear",
    "Log",
    "MathTest",
    "MathTestVariable",
    "Module",
    "Mul",
    "Neg",
    "Network",
    "NotCompilable",
    "Optimizer",
    "Parameter",
    "ReLU",
    "Scalar",
    "ScalarFunction",
    "ScalarHistory",
    "ScalarLike",
    "ScalarTrain",
    "Sigmoid",
    "Variable",
    "backpropagate",
    "central_difference",
    "circle",
    "compile",
    "computation_graph",
    "datasets",
    "derivative_check",
    "diag",
    "make_pts",
    "operators",
    "simple",
    "spiral",
    "split",
    "topological_sort",
    "unwrap_tuple",
    "wrap_tuple",
    "xor",
]


def __getattr__(name: str) -> Any:
    """Load the compiler, the larger half of the package, when it is first asked for."""
    if name not in ("Compiled", "NotCompilable", "compile"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import compiler

    return getattr(compiler, name)
