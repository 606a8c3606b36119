"""`Module` and `Parameter`: a model as a tree, whose parameters can be found and changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


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

    Attributes:
        training: True in training mode, False in evaluation mode; see `train` and `eval`.
    """

    _modules: dict[str, Module]
    _parameters: dict[str, Parameter]
    training: bool

    def __init__(self) -> None:
        self.__dict__.update(_modules={}, _parameters={}, training=True)

    def modules(self) -> Sequence[Module]:
        """The modules directly in this one."""
        return list(self._modules.values())

    def named_parameters(self) -> Sequence[tuple[str, Parameter]]:
        """All parameters, this module's and those of the modules in it, with dotted names."""
        found: list[tuple[str, Parameter]] = []
        waiting: list[tuple[str, Module]] = [("", self)]
        while waiting:
            prefix, module = waiting.pop()
            found += [(prefix + name, p) for name, p in module._parameters.items()]
            inner = [(f"{prefix}{name}.", m) for name, m in module._modules.items()]
            waiting += reversed(inner)
        return found

    def parameters(self) -> Sequence[Parameter]:
        """All parameters, this module's and those of the modules in it."""
        return [parameter for _, parameter in self.named_parameters()]

    def train(self) -> None:
        """Set training mode, here and in every module inside."""
        self._set_training(True)

    def eval(self) -> None:
        """Set evaluation mode, here and in every module inside."""
        self._set_training(False)

    def _set_training(self, training: bool) -> None:
        self.training = training
        for module in self._modules.values():
            module._set_training(training)

    def add_parameter(self, k: str, v: Any) -> Parameter:
        """Add a parameter by name, where an attribute would not do.

        Args:
            k: its name.
            v: its value.

        Returns:
            The new Parameter.
        """
        parameter = Parameter(v, k)
        setattr(self, k, parameter)
        return parameter

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the module's output of `args` and `kwargs`; calling the module calls this."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.forward(*args, **kwargs)

    def __setattr__(self, key: str, value: Any) -> None:
        if isinstance(value, (Parameter, Module)) and "_modules" not in self.__dict__:
            raise AttributeError(
                f"call super().__init__() in {type(self).__name__} before setting {key!r}"
            )
        if "_modules" in self.__dict__:
            self._parameters.pop(key, None)
            self._modules.pop(key, None)
            if isinstance(value, Parameter):
                self._parameters[key] = value
            elif isinstance(value, Module):
                self._modules[key] = value
        super().__setattr__(key, value)

    def __delattr__(self, key: str) -> None:
        self._parameters.pop(key, None)
        self._modules.pop(key, None)
        super().__delattr__(key)

    def __repr__(self) -> str:
        lines = [f"({name}): {parameter!r}" for name, parameter in self._parameters.items()]
        lines += [f"({name}): {module!r}" for name, module in self._modules.items()]
        inside = "\n".join(lines).replace("\n", "\n  ")
        return f"{type(self).__name__}(\n  {inside}\n)" if lines else f"{type(self).__name__}()"
