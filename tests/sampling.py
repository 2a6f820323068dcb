"""How many examples a property is tried on: few in `make test`, all of them in `make proof` (decision 36)."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

PROOF = bool(os.environ.get("PROOF"))


def sampled(few: int, full: int) -> Callable[[Any], Any]:
    """Try a property on the same `few` examples every time, or on `full` examples in `make proof`."""
    return settings(
        max_examples=full if PROOF else few,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
    )
