"""A run as a program of its own, for a terminal: with minitorch, or with PyTorch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .data import make_data
from .models import make_trainer

_EVERY = 10  # epochs from one line that is printed to the next

_HEAD = '''\
"""A run of the page as a program: {what}.

{needs}
"""

X = [
{X}]
y = {y}
HIDDEN, SEED, RATE, EPOCHS = {hidden}, {seed}, {rate}, {epochs}
'''

_MINITORCH = """
import random

from minitorch import ScalarTrain
from minitorch.datasets import Dataset
{code}
{model}
data = Dataset(len(X), X, y)
for record in trainer.epochs(data, learning_rate=RATE, max_epochs=EPOCHS):
    if record.epoch == 1 or record.epoch % {every} == 0 or record.epoch == EPOCHS:
        print(f"epoch {{record.epoch:5}}  loss {{record.loss!r}}  correct {{record.correct}}")
"""

_TORCH = """
import torch

torch.set_default_dtype(torch.float64)
# For each layer its weights, a row for each input, and its biases: those that the page began with.
PARAMETERS = [
{parameters}]
parameters = [torch.tensor(values, requires_grad=True) for values in PARAMETERS]
W1, b1, W2, b2, W3, b3 = parameters
inputs, labels = torch.tensor(X), torch.tensor(y)


def network(x):
    hidden = torch.relu(x @ W1 + b1)
    hidden = torch.relu(hidden @ W2 + b2)
    return torch.sigmoid(hidden @ W3 + b3)[:, 0]


optimizer = torch.optim.SGD(parameters, lr=RATE)
for epoch in range(1, EPOCHS + 1):
    output = network(inputs)
    probability = torch.where(labels == 1, output, 1 - output)
    # As the course's log, which adds 1e-6.
    loss = -torch.log(probability + 1e-6)
    optimizer.zero_grad()
    loss.mean().backward()
    optimizer.step()
    if epoch == 1 or epoch % {every} == 0 or epoch == EPOCHS:
        correct = int((probability > 0.5).sum())
        print(f"epoch {{epoch:5}}  loss {{loss.sum().item()!r}}  correct {{correct}}")
"""


@dataclass
class Script:
    """A program.

    Attributes:
        text: its text; empty where there is none.
        problem: why there is none.
    """

    text: str
    problem: str | None = None


def script(settings: dict[str, Any], kind: str, code: str | None) -> Script:
    """Write the run of some settings as a program, which prints the losses of the same run.

    Args:
        settings: as the page has them.
        kind: "minitorch" or "torch".
        code: the text of a model of the learner's own, which is not run for this; or None.
    """
    if kind == "torch" and code is not None:
        return Script("", "Only the page’s own Network is written for PyTorch.")
    try:
        data = make_data(settings).learned
    except ValueError as error:
        return Script("", str(error))
    write = _with_torch if kind == "torch" else _with_minitorch
    return Script(write(settings, data, code))


def _with_minitorch(settings: dict[str, Any], data: Any, code: str | None) -> str:
    needs = "It needs minitorch: pip install it, from the folder of this project."
    own = 'random.seed(f"minitorch {SEED}")\ntrainer = ScalarTrain(model=Network(HIDDEN))\n'
    model = "trainer = ScalarTrain(HIDDEN, SEED)\n" if code is None else own
    body = _MINITORCH.format(
        code="" if code is None else f"\n# The model, as it was written.\n{code}\n",
        model=model,
        every=_EVERY,
    )
    if code is None:
        body = body.replace("import random\n\n", "")
    return _head(settings, data, "Scalar by Scalar", needs) + body


def _with_torch(settings: dict[str, Any], data: Any, _: str | None) -> str:
    named = dict(make_trainer(settings).model.named_parameters())
    layers = "".join(f"    {_matrix(named, f'layer{i}')},\n" for i in (1, 2, 3))
    body = _TORCH.format(parameters=layers, every=_EVERY)
    return _head(settings, data, "with PyTorch", "It needs torch: pip install torch.") + body


def _matrix(named: dict[str, Any], layer: str) -> str:
    """The weights of a layer, as rows, and its biases."""
    weights: dict[int, list[float]] = {}
    biases = []
    for name, parameter in named.items():
        weight = re.fullmatch(rf"{layer}\.weight_(\d+)_\d+", name)
        if weight:
            weights.setdefault(int(weight[1]), []).append(parameter.value.data)
        elif name.startswith(f"{layer}.bias_"):
            biases.append(parameter.value.data)
    return f"{list(weights.values())!r},\n    {biases!r}"


def _head(settings: dict[str, Any], data: Any, what: str, needs: str) -> str:
    return _HEAD.format(
        what=what,
        needs=needs,
        X="".join(f"    {tuple(x)!r},\n" for x in data.X),
        y=list(data.y),
        hidden=settings["hidden"],
        seed=settings["seed"],
        rate=settings["rate"],
        epochs=settings["epochs"],
    )
