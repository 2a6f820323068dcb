"""How long all findings take: `python -m bench.findings`.

Machines differ, so the figure to watch is a ratio: the checks against writing the same register as canonical JSON,
which is what an export does anyway. The goal is 1,000 activities in at most a second after the register is read.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from statistics import median
from time import perf_counter

from processing.exports.json import canonical_json
from processing.law.checks import check_register
from processing.law.records import Register
from tests.builders import make_activity_record, make_bare_activity_record, make_register

LAW_ON = date(2026, 11, 23)
ROUNDS = 5


def register_of(count: int) -> Register:
    """Every other activity is full and every other says nothing, so that rules both fire and do not."""
    full, bare = make_activity_record(), make_bare_activity_record()
    rows = [
        replace(full if place % 2 else bare, number=f"A{place:04}", code=f"a{place}") for place in range(1, count + 1)
    ]
    return make_register(activities=rows)


def seconds(work: Callable[[], object]) -> float:
    """The median of some rounds."""
    taken = []
    for _round in range(ROUNDS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def main() -> None:
    print("activities  findings   checks s   JSON s   checks / JSON")
    for count in (10, 100, 1000, 5000):
        register = register_of(count)
        found = len(check_register(register, law_on=LAW_ON))
        checks = seconds(lambda register=register: check_register(register, law_on=LAW_ON))
        written = seconds(lambda register=register: canonical_json(register))
        print(f"{count:>10}  {found:>8}  {checks:>9.3f}  {written:>7.3f}  {checks / written:>14.2f}")


if __name__ == "__main__":
    main()
