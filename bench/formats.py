"""What every format but the PDF costs: `python -m bench.formats`.

CPU seconds of this process for 1,000 activities, and for 500, so that it shows whether the time is linear. The ratio
to the canonical JSON holds on every machine; the goal is at most two seconds for each.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

SIZES = (500, 1000)
AT = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def cpu(work: Callable[[], bytes]) -> tuple[float, int]:
    """The best of three rounds, and the size of the file."""
    rounds = []
    size = 0
    for _round in range(3):
        began = time.process_time()
        size = len(work())
        rounds.append(time.process_time() - began)
    return min(rounds), size


def main() -> None:
    import django

    django.setup()
    from bench.findings import register_of
    from processing.exports.csv import register_csv
    from processing.exports.dpv import register_jsonld
    from processing.exports.editions import edition_of
    from processing.exports.json import canonical_json
    from processing.exports.ledger import ExportLedger
    from processing.exports.xlsx import register_workbook
    from processing.law.checks import check_register
    from processing.law.editions import Edition
    from processing.services.table_words import table_words

    words = table_words()
    ledger = ExportLedger(document_id="MKT-2026-BENCHM", as_of=AT.date(), law_on=AT.date(), printed_at=AT)
    print("activities  format   CPU s   to JSON      kB")
    for size in SIZES:
        register = register_of(size)
        edition = edition_of(register, Edition.INTERNAL, findings=check_register(register, law_on=AT.date()))
        makers: dict[str, Callable[[], bytes]] = {
            "json": lambda edition=edition: canonical_json(edition.register),
            "jsonld": lambda edition=edition: register_jsonld(edition, words=words, ledger=ledger),
            "csv": lambda edition=edition: register_csv(edition, words=words, ledger=ledger),
            "xlsx": lambda edition=edition: register_workbook(edition, words=words, ledger=ledger),
        }
        base = 0.0
        for name, make in makers.items():
            taken, length = cpu(make)
            base = base or taken
            print(f"{size:>10}  {name:<7} {taken:6.2f}  {taken / base:8.1f}  {length / 1024:6.0f}")


if __name__ == "__main__":
    main()
