"""Correct solutions that are written in other ways: what people have who took the course.

Each makes its files of the textbook's. The tests have to pass on all of them, and none may be
taken for a mistake.
"""

from collections.abc import Callable

from projects import Files, edited, replaced, solved

AUTODIFF = "minitorch/autodiff.py"
FUNCTIONS = "minitorch/scalar_functions.py"
SCALAR = "minitorch/scalar.py"
PROJECT = "project/run_scalar.py"


def recursive() -> Files:
    """A sort that calls itself, ids in a list, and steps of the whole epsilon."""
    return replaced(
        solved(),
        AUTODIFF,
        """
        def central_difference(f, *vals, arg=0, epsilon=1e-6):
            args = list(vals)
            args[arg] += epsilon
            higher = f(*args)
            args[arg] -= 2 * epsilon
            lower = f(*args)
            return (higher - lower) / (2.0 * epsilon)

        def topological_sort(variable):
            visited = []
            result = []

            def dfs(node):
                if node.unique_id in visited:
                    return
                if not node.is_leaf():
                    for child in node.history.inputs:
                        if not child.is_constant():
                            dfs(child)
                visited.append(node.unique_id)
                result.insert(0, node)

            dfs(variable)
            return result

        def backpropagate(variable, deriv):
            derivatives = {}
            derivatives[variable.unique_id] = deriv
            for node in topological_sort(variable):
                d = derivatives[node.unique_id]
                if node.is_leaf():
                    node.accumulate_derivative(d)
                    continue
                for v, d_v in node.chain_rule(d):
                    if v.unique_id in derivatives:
                        derivatives[v.unique_id] += d_v
                    else:
                        derivatives[v.unique_id] = d_v
        """,
    )


def generators() -> Files:
    """Everything that may be a generator is one."""
    files = replaced(
        solved(),
        AUTODIFF,
        """
        def topological_sort(variable):
            seen = set()

            def post(v):
                if v.is_constant() or v.unique_id in seen:
                    return
                seen.add(v.unique_id)
                for parent in v.parents:
                    yield from post(parent)
                yield v

            yield from reversed(list(post(variable)))

        def backpropagate(variable, deriv):
            from collections import defaultdict

            arrived = defaultdict(float)
            arrived[variable.unique_id] = deriv
            for v in topological_sort(variable):
                if v.is_leaf():
                    v.accumulate_derivative(arrived.pop(v.unique_id))
                else:
                    for parent, d in v.chain_rule(arrived.pop(v.unique_id)):
                        arrived[parent.unique_id] += d
        """,
    )
    return replaced(
        files,
        SCALAR,
        """
        class Scalar:
            def chain_rule(self, d_output):
                h = self.history
                derivatives = h.last_fn.backward(h.ctx, d_output)
                if not isinstance(derivatives, tuple):
                    derivatives = (derivatives,)
                for i, variable in enumerate(h.inputs):
                    if not variable.is_constant():
                        yield variable, derivatives[i]
        """,
    )


def kahn() -> Files:
    """Kahn's algorithm: count the uses, and take a variable when none is left; pairs as a zip."""
    files = replaced(
        solved(),
        AUTODIFF,
        """
        def topological_sort(variable):
            from collections import deque

            uses, found = {}, deque([] if variable.is_constant() else [variable])
            met = {variable.unique_id}
            while found:
                for parent in found.popleft().parents:
                    if parent.is_constant():
                        continue
                    uses[parent.unique_id] = uses.get(parent.unique_id, 0) + 1
                    if parent.unique_id not in met:
                        met.add(parent.unique_id)
                        found.append(parent)
            order, free = deque(), [] if variable.is_constant() else [variable]
            while free:
                v = free.pop()
                order.append(v)
                for parent in v.parents:
                    if not parent.is_constant():
                        uses[parent.unique_id] -= 1
                        if uses[parent.unique_id] == 0:
                            free.append(parent)
            return order
        """,
    )
    return replaced(
        files,
        SCALAR,
        """
        class Scalar:
            def chain_rule(self, d_output):
                h = self.history
                derivatives = h.last_fn._backward(h.ctx, d_output)
                kept = [i for i, v in enumerate(h.inputs) if not v.is_constant()]
                return zip([h.inputs[i] for i in kept], [derivatives[i] for i in kept])
        """,
    )


def ints_and_bools() -> Files:
    """Functions that return ints and bools, and comparisons with a branch of their own."""
    return replaced(
        solved(),
        FUNCTIONS,
        """
        class LT:
            @staticmethod
            def forward(ctx, a, b):
                return a < b

            @staticmethod
            def backward(ctx, d_output):
                return 0, 0

        class EQ:
            @staticmethod
            def forward(ctx, a, b):
                return 1 if a == b else 0

            @staticmethod
            def backward(ctx, d_output):
                return 0.0 * d_output, 0.0 * d_output

        class ReLU:
            @staticmethod
            def forward(ctx, a):
                ctx.save_for_backward(a)
                return max(0, a)

            @staticmethod
            def backward(ctx, d_output):
                return d_output if ctx.saved_values[0] >= 0 else 0

        class Sigmoid:
            @staticmethod
            def forward(ctx, a):
                ctx.save_for_backward(a)
                return operators.sigmoid(a)

            @staticmethod
            def backward(ctx, d_output):
                s = operators.sigmoid(ctx.saved_values[0])
                return s * (1 - s) * d_output
        """,
    )


def plain_comparisons() -> Files:
    """Comparisons that return bools, and subtraction by a function of its own."""
    files = edited(
        solved(),
        FUNCTIONS,
        (
            "class Neg(ScalarFunction):",
            '''class Sub(ScalarFunction):
    """a - b"""

    @staticmethod
    def forward(ctx: Context, a: float, b: float) -> float:
        return a - b

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        return d_output, -d_output


class Neg(ScalarFunction):''',
        ),
    )
    return replaced(
        files,
        SCALAR,
        """
        class Scalar:
            def __lt__(self, b):
                return self.data < (b.data if isinstance(b, Scalar) else b)

            def __gt__(self, b):
                return self.data > (b.data if isinstance(b, Scalar) else b)

            def __eq__(self, b):
                return self.data == (b.data if isinstance(b, Scalar) else b)

            def __sub__(self, b):
                from .scalar_functions import Sub

                return Sub.apply(self, b)

            def __neg__(self):
                return Mul.apply(self, -1.0)
        """,
    )


def constants_first() -> Files:
    """A number's place is where the writer liked it, and `apply` is not used but repeated."""
    return replaced(
        solved(),
        SCALAR,
        """
        class Scalar:
            def __add__(self, b):
                return Add.apply(b, self)

            def __sub__(self, b):
                return Neg.apply(b) + self

            def __mul__(self, b):
                return Mul.apply(b, self)

            def __lt__(self, b):
                return 1.0 * LT.apply(self, b)

            def exp(self):
                ctx = Context()
                return Scalar(Exp.forward(ctx, self.data), ScalarHistory(Exp, ctx, [self]))
        """,
    )


def of_another_edition() -> Files:
    """The course's 2022 edition, as people have it: imports that nobody uses, no hash."""
    unused = "import numpy as np\nfrom typing_extensions import Protocol\n"
    files = edited(
        solved(),
        SCALAR,
        ("import itertools\n", f"import itertools\n\n{unused}"),
        ("    __hash__ = object.__hash__\n", ""),
        ("    def __rsub__(self, b: ScalarLike) -> Scalar:\n        return -self + b\n", ""),
    )
    elsewhere = "from typing import Any\n\nfrom typing_extensions import Protocol\n"
    files = edited(files, AUTODIFF, ("from typing import Any, Protocol\n", elsewhere))
    stars = ("autodiff", "datasets", "module", "scalar", "scalar_functions", "testing", "optim")
    imports = [*(f"from .{name} import *" for name in stars), "from . import operators", ""]
    return {**files, "minitorch/__init__.py": "\n".join(imports)}


def history_elsewhere() -> Files:
    """ScalarHistory in autodiff.py, as in the course's oldest edition; what arrives, by object."""
    files = solved()
    start = files[SCALAR].index("@dataclass\nclass ScalarHistory:")
    end = files[SCALAR].index("next_id = ")
    history = files[SCALAR][start:end]
    files = edited(
        files,
        SCALAR,
        (history, ""),
        ("from .autodiff import Context,", "from .autodiff import Context, ScalarHistory,"),
    )
    imports = ("import Iterable\n", "import Iterable, Sequence\n")
    files = edited(files, AUTODIFF, imports)
    files = {**files, AUTODIFF: f"{files[AUTODIFF]}\n\n{history}"}
    return replaced(
        files,
        AUTODIFF,
        """
        def backpropagate(variable, deriv):
            order = list(topological_sort(variable))
            arrived = {id(v): 0.0 for v in order}
            arrived[id(variable)] += deriv
            while order:
                v = order.pop(0)
                d = arrived[id(v)]
                if v.is_leaf():
                    v.accumulate_derivative(d)
                else:
                    for back in v.chain_rule(d):
                        arrived[id(back[0])] += back[1]
        """,
    )


def terse() -> Files:
    """As short as it gets."""
    files = replaced(
        solved(),
        AUTODIFF,
        """
        def central_difference(f, *vals, arg=0, epsilon=1e-6):
            at = lambda h: f(*[v + h * (i == arg) for i, v in enumerate(vals)])
            return (at(epsilon) - at(-epsilon)) / 2 / epsilon

        def topological_sort(variable):
            met = {}
            todo = [variable]
            while todo:
                v = todo.pop()
                if not v.is_constant() and v.unique_id not in met:
                    met[v.unique_id] = v
                    todo += v.parents
            return [met[i] for i in sorted(met, reverse=True)]
        """,
    )
    files = replaced(
        files,
        FUNCTIONS,
        """
        class Inv:
            @staticmethod
            def forward(ctx, a):
                ctx.y = 1 / a
                return ctx.y

            @staticmethod
            def backward(ctx, d_output):
                return -d_output * ctx.y ** 2

        class Exp:
            @staticmethod
            def forward(ctx, a):
                ctx.save_for_backward(a)
                return operators.exp(a)

            @staticmethod
            def backward(ctx, d_output):
                return operators.exp(*ctx.saved_values) * d_output
        """,
    )
    return replaced(
        files,
        PROJECT,
        """
        class Linear:
            def forward(self, inputs):
                return [
                    sum([w[j].value * x for w, x in zip(self.weights, inputs)], b.value)
                    for j, b in enumerate(self.bias)
                ]

        class Network:
            def forward(self, x):
                for layer in (self.layer1, self.layer2):
                    x = [h.relu() for h in layer(x)]
                (last,) = self.layer3(x)
                return last.sigmoid()
        """,
    )


def weights_first() -> Files:
    """A layer that begins with the products, and a network that makes its own lists."""
    return replaced(
        solved(),
        PROJECT,
        """
        class Linear:
            def forward(self, inputs):
                y = [b.value for b in self.bias]
                for i, x in enumerate(inputs):
                    for j in range(len(y)):
                        y[j] = y[j] + x * self.weights[i][j].value
                return y

        class Network:
            def forward(self, x):
                out1 = self.layer1.forward(x)
                out2 = self.layer2.forward(tuple(o.relu() for o in out1))
                return self.layer3.forward([o.relu() for o in out2])[0].sigmoid()
        """,
    )


VARIANTS: list[Callable[[], Files]] = [
    recursive,
    generators,
    kahn,
    ints_and_bools,
    plain_comparisons,
    constants_first,
    of_another_edition,
    history_elsewhere,
    terse,
    weights_first,
]
