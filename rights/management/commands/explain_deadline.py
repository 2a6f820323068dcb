"""Say when a request must be answered, and why: `manage.py explain_deadline 2027-01-31`."""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rights.law.calendar import spelled
from rights.law.deadlines import PROMISED_DAYS, Deadline, explain, response_deadline

STANDARD_INPUT = "-"
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_ECHO = 40
# What most tools give for a question they could not read.
UNREADABLE = 2


class Command(BaseCommand):
    help = "Viser når et krav må besvares, og hvordan fristen er regnet ut."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "dates",
            nargs="+",
            metavar="DATO",
            help=_("Dagen kravet kom, slik: 2027-01-31. «-» leser datoer fra standard inn, én på hver linje."),
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help=_("«text» er til å lese. «json» gir ett objekt for hver dato, hvert på sin linje."),
        )

    def handle(self, *args: object, dates: list[str], **options: object) -> None:
        """Print every date that can be read, then raise CommandError with a sentence for each that cannot."""
        present = as_json if options["format"] == "json" else as_text
        problems = []
        for written, line in asked_dates(dates):
            try:
                answer = present(response_deadline(parsed(written)))
            except ValueError as problem:
                where = _("Linje {line}: ").format(line=line) if line else ""
                problems.append(f"{where}{problem}")
            else:
                self.stdout.write(answer)
        if problems:
            raise CommandError("\n".join(problems), returncode=UNREADABLE)


def asked_dates(arguments: list[str]) -> Iterator[tuple[str, int | None]]:
    """Yield each date as written, with its line number when it came on standard input. Empty lines are passed over."""
    for argument in arguments:
        if argument != STANDARD_INPUT:
            yield argument.strip(), None
            continue
        # Bytes, so that a line in another encoding is a wrong date and not the end of the run.
        for number, line in enumerate(sys.stdin.buffer, start=1):
            written = line.decode(errors="replace").strip().lstrip("\ufeff")
            if written:
                yield written, number


def parsed(written: str) -> date:
    """Return the date. Raises ValueError with a sentence that names what was written."""
    try:
        if ISO_DATE.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    shown = written if written.isprintable() else ascii(written)[1:-1]
    if len(shown) > LONGEST_ECHO:
        shown = f"{shown[:LONGEST_ECHO]}…"
    raise ValueError(_("«{written}» er ikke en dato. Skriv år, måned og dag, slik: 2027-01-31.").format(written=shown))


def as_json(deadline: Deadline) -> str:
    dates = {name: on.isoformat() for name, on in asdict(deadline).items()}
    return json.dumps({**dates, "steps": [str(step) for step in explain(deadline)]}, ensure_ascii=False)


def as_text(deadline: Deadline) -> str:
    rows = (
        (_("Kravet kom"), deadline.received_on),
        (_("Måneden går ut"), deadline.nominal_on),
        (_("Lovens frist"), deadline.statutory_on),
        (_("Løftet, {days} dager").format(days=PROMISED_DAYS), deadline.promised_on),
        (_("Vises for den som spør"), deadline.client_on),
        (_("Siste virkedag for oss"), deadline.staff_on),
        (_("Frist hvis forlenget"), deadline.extended_on),
    )
    width = max(len(label) for label, on in rows)
    dates = (f"{label:<{width}}  {spelled(on)}" for label, on in rows)
    steps = (
        f"{number:>2}. {step.sentence}\n    {step.source}" for number, step in enumerate(explain(deadline), start=1)
    )
    return "\n".join([*dates, "", _("Slik er fristen regnet ut:"), *steps, ""])
