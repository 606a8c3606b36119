"""What the page recommends for each dataset does solve it."""

import json
from pathlib import Path

import pytest

from minitorch.datasets import datasets
from minitorch.training import ScalarTrain

RECIPES = json.loads(
    (Path(__file__).parents[2] / "web/src/training/recipes.json").read_text(encoding="utf-8")
)


def test_there_is_a_recipe_for_each() -> None:
    assert set(RECIPES) == set(datasets)


@pytest.mark.parametrize("name", datasets)
def test_the_recipe_solves_it(name: str) -> None:
    recipe, data = RECIPES[name], datasets[name](50, seed=0)
    trainer = ScalarTrain(recipe["hidden"], seed=0, engine="compiled")
    training = trainer.start(data, float(recipe["rate"]))
    training.advance(recipe["epochs"])
    assert training.evaluate()[1] == 50
