"""Settings of the unit tests, which run natively and inside the page, and must never flake.

Nothing here needs the repository: the page unpacks this folder alone, minitorch being installed.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings

TASKS = {
    "task1_1": "numerical derivatives",
    "task1_2": "scalars and their operators",
    "task1_3": "the chain rule",
    "task1_4": "backpropagation",
}

# Derandomised: the same examples every time. The explain phase is left out because a broken
# operation would make it render a hundred tracebacks, which takes a minute in the page.
settings.register_profile(
    "minitorch",
    max_examples=50,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=(HealthCheck.too_slow,),
)
settings.load_profile("minitorch")


def pytest_configure(config: pytest.Config) -> None:
    for mark, subject in TASKS.items():
        config.addinivalue_line("markers", f"{mark}: {subject}")
