"""Module 0: a model as a tree of modules, each of which may own parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Parameter:
    """A value that training changes: usually a Scalar, in `value`."""

    def __init__(self, x: Any, name: str | None = None) -> None:
        self.value = x
        self.name = name
        self._name_the_value()

    def update(self, x: Any) -> None:
        """Replace the value."""
        self.value = x
        self._name_the_value()

    def _name_the_value(self) -> None:
        if self.name is not None and hasattr(self.value, "name"):
            self.value.name = self.name

    def __repr__(self) -> str:
        return f"Parameter({self.value!r})"


class Module:
    """A part of a model. Modules and parameters assigned to its attributes become parts of it."""

    _modules: dict[str, Module]
    _parameters: dict[str, Parameter]
    training: bool

    def __init__(self) -> None:
        self._modules = {}
        self._parameters = {}
        self.training = True

    def modules(self) -> Sequence[Module]:
        """The modules directly in this one."""
        return list(self._modules.values())

    def train(self) -> None:
        """Put this module and all below it into training mode."""
        self.training = True
        for module in self.modules():
            module.train()

    def eval(self) -> None:
        """Put this module and all below it into evaluation mode."""
        self.training = False
        for module in self.modules():
            module.eval()

    def named_parameters(self) -> Sequence[tuple[str, Parameter]]:
        """All parameters, here and below, each with a name such as "layer1.bias_0"."""
        found = list(self._parameters.items())
        for module_name, module in self._modules.items():
            for name, parameter in module.named_parameters():
                found.append((f"{module_name}.{name}", parameter))
        return found

    def parameters(self) -> Sequence[Parameter]:
        """All parameters, here and below."""
        return [parameter for _, parameter in self.named_parameters()]

    def add_parameter(self, k: str, v: Any) -> Parameter:
        """Make a parameter of the value `v`, call it `k`, and return it."""
        parameter = Parameter(v, k)
        self._parameters[k] = parameter
        return parameter

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """What the module computes; every kind of module writes its own."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.forward(*args, **kwargs)

    def __setattr__(self, key: str, val: Any) -> None:
        if isinstance(val, Parameter):
            self._parameters[key] = val
        elif isinstance(val, Module):
            self._modules[key] = val
        super().__setattr__(key, val)

    def __getattr__(self, key: str) -> Any:
        """Find a parameter that `add_parameter` made: Python asks here for what is nowhere else."""
        parameters = self.__dict__.get("_parameters", {})
        if key in parameters:
            return parameters[key]
        raise AttributeError(f"{type(self).__name__} has no attribute {key!r}")

    def __repr__(self) -> str:
        lines = [f"({name}): {part!r}" for name, part in self._parameters.items()]
        lines += [f"({name}): {part!r}" for name, part in self._modules.items()]
        if not lines:
            return f"{type(self).__name__}()"
        inside = "\n".join(lines).replace("\n", "\n  ")
        return f"{type(self).__name__}(\n  {inside}\n)"
