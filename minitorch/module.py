"""`Module` and `Parameter`: a model as a tree, whose parameters can be found and changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from reprlib import recursive_repr
from typing import Any, NoReturn


class Parameter:
    """A value that training changes.

    Args:
        x: the value, usually a Scalar; afterwards `value`.
        name: for display; it is handed on to the value.
    """

    # Slots, so that the compiler may lend it another class for a while, and it is as quick after.
    __slots__ = ("__dict__", "__weakref__", "name", "value")

    def __init__(self, x: Any, name: str | None = None) -> None:
        self.name = name
        self.update(x)

    def update(self, x: Any) -> None:
        """Replace the value with `x`, keeping the name."""
        self.value = x
        if hasattr(x, "requires_grad_"):  # as tensors have it
            x.requires_grad_(True)
        if self.name is not None and hasattr(x, "name"):
            x.name = self.name

    def __repr__(self) -> str:
        return f"Parameter({self.value!r})"

    def _compute(self, *_: Any) -> NoReturn:
        name = self.name or "parameter"
        raise TypeError(f"a Parameter is no number: compute with its value, {name}.value")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _compute
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = __lt__ = __gt__ = _compute


class Module:
    """A part of a model: it owns parameters and other modules, and computes with `forward`.

    Assigning a Module or a Parameter to an attribute makes it a part of this module:

    >>> class Line(Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.slope = Parameter(2.0)
    ...         self.offset = Parameter(1.0)
    ...     def forward(self, x):
    ...         return self.slope.value * x + self.offset.value
    >>> line = Line()
    >>> line(3.0), [name for name, _ in line.named_parameters()]
    (7.0, ['slope', 'offset'])

    As in PyTorch, a part that has two names is one part, listed by the first; parts may refer to
    each other in a circle.

    Attributes:
        training: True in training mode, False in evaluation mode; see `train` and `eval`.
    """

    _modules: dict[str, Module]
    _parameters: dict[str, Parameter]
    training: bool

    def __init__(self) -> None:
        self.__dict__.update(_modules={}, _parameters={}, training=True)

    def modules(self) -> Sequence[Module]:
        """The modules directly in this one, each once."""
        return list({id(module): module for module in self._modules.values()}.values())

    def named_parameters(self) -> Sequence[tuple[str, Parameter]]:
        """All parameters, this module's and those of the modules in it, with dotted names."""
        found: dict[int, tuple[str, Parameter]] = {}
        for prefix, module in self._walk():
            for name, parameter in module._parameters.items():
                found.setdefault(id(parameter), (prefix + name, parameter))
        return list(found.values())

    def _walk(self) -> Iterator[tuple[str, Module]]:
        """This module and all modules inside, each once, with the prefixes of their parts."""
        met: set[int] = set()
        waiting: list[tuple[str, Module]] = [("", self)]
        while waiting:
            prefix, module = waiting.pop()
            if id(module) not in met:
                met.add(id(module))
                yield prefix, module
                inner = [(f"{prefix}{name}.", m) for name, m in module._modules.items()]
                waiting += reversed(inner)

    def parameters(self) -> Sequence[Parameter]:
        """All parameters, this module's and those of the modules in it."""
        return [parameter for _, parameter in self.named_parameters()]

    def train(self) -> None:
        """Set training mode, here and in every module inside."""
        for _, module in self._walk():
            module.training = True

    def eval(self) -> None:
        """Set evaluation mode, here and in every module inside."""
        for _, module in self._walk():
            module.training = False

    def add_parameter(self, k: str, v: Any) -> Parameter:
        """Add a parameter by name, where an attribute would not do.

        Args:
            k: its name.
            v: its value, or a Parameter.

        Returns:
            The Parameter.

        Raises:
            AttributeError: `super().__init__()` was not called yet.
            KeyError: the name is empty, has a dot in it, or belongs to something else.
            TypeError: the name is no str.
            ValueError: the value was computed: no derivative would arrive at it.
        """
        if not isinstance(k, str):
            raise TypeError(f"the name of a parameter is a str, not {type(k).__name__}")
        if not k or "." in k:
            raise KeyError(f"the name of a parameter has letters, and no dot: {k!r}")
        if hasattr(self, k) and k not in self.__dict__.get("_parameters", ()):
            raise KeyError(f"{type(self).__name__} has a {k!r} that is no parameter")
        if callable(getattr(v, "is_leaf", None)) and not (v.is_leaf() or v.is_constant()):
            raise ValueError(f"parameter {k!r} would be a result: start it with a new Scalar")
        parameter = v if isinstance(v, Parameter) else Parameter(v, k)
        setattr(self, k, parameter)
        return parameter

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the module's output of `args` and `kwargs`; calling the module calls this."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.forward(*args, **kwargs)

    def __setattr__(self, key: str, value: Any) -> None:
        is_part = isinstance(value, (Parameter, Module))
        if is_part and "_modules" not in self.__dict__:
            raise AttributeError(
                f"call super().__init__() in {type(self).__name__} before setting {key!r}"
            )
        if is_part and key in ("training", "_modules", "_parameters"):
            raise AttributeError(f"every module has a {key!r} already: give the part another name")
        if "_modules" in self.__dict__:
            self._refuse_loss(key, value)
            self._parameters.pop(key, None)
            self._modules.pop(key, None)
            if isinstance(value, Parameter):
                self._parameters[key] = value
            elif isinstance(value, Module):
                self._modules[key] = value
        super().__setattr__(key, value)

    def _refuse_loss(self, key: str, value: Any) -> None:
        """Refuse to put what is no part in the place of one, which training would lose unseen."""
        if value is None or isinstance(value, (Parameter, Module)):
            return
        if key in self._parameters:
            raise TypeError(
                f"{key!r} is a Parameter, and {type(value).__name__} is none: "
                f"write {key}.update(…) to change its value"
            )
        if key in self._modules:
            raise TypeError(f"{key!r} is a Module, and {type(value).__name__} is none")

    def __delattr__(self, key: str) -> None:
        self._parameters.pop(key, None)
        self._modules.pop(key, None)
        super().__delattr__(key)

    @recursive_repr("(…)")  # for modules in a circle
    def __repr__(self) -> str:
        lines = [f"({name}): {parameter!r}" for name, parameter in self._parameters.items()]
        lines += [f"({name}): {module!r}" for name, module in self._modules.items()]
        inside = "\n".join(lines).replace("\n", "\n  ")
        return f"{type(self).__name__}(\n  {inside}\n)" if lines else f"{type(self).__name__}()"
