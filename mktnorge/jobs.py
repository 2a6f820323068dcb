"""Work that somebody has asked for and waits for, done by the worker. Each app adds its own kind.

    register_job("exports", make_next_export)

    def make_next_export(at: datetime) -> str:
        \"\"\"Do the one that has waited longest, and return a sentence for the log; empty when none waits.\"\"\"

Unlike a sweep a job is not run inside a transaction: it takes long, and decides itself what it commits.
"""

from collections.abc import Callable
from datetime import datetime

_registered: dict[str, Callable[[datetime], str]] = {}


def register_job(name: str, run_next: Callable[[datetime], str]) -> None:
    """Have the worker call `run_next`. Raises ValueError when another has the name."""
    if _registered.get(name, run_next) is not run_next:
        raise ValueError(f"{name} is already the name of a job")
    _registered[name] = run_next


def run_next_jobs(*, at: datetime) -> list[str]:
    """Do one waiting job of each kind, and return a sentence about each that was done."""
    return [f"{name}: {said}" for name in sorted(_registered) if (said := _registered[name](at))]
