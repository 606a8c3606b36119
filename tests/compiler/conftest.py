"""Settings of the compiler's tests, and the ways to run what it makes."""

from __future__ import annotations

import sys

import pytest
from hypothesis import HealthCheck, Phase, settings

from minitorch.compiler import verify
from minitorch.compiler.run_wasm import available

# Derandomised, as for the unit tests: the same examples every time.
settings.register_profile(
    "compiler",
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=(HealthCheck.too_slow,),
)
settings.load_profile("compiler")

verify.CHEAP = sys.maxsize  # in tests the verifier always runs
BACKENDS = ["python", "wasm"] if available() else ["python"]


@pytest.fixture(params=BACKENDS, scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    """Each way to run a program that there is here."""
    name: str = request.param
    return name
