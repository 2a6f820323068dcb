"""Say what the rules find in the register: `manage.py check_register --as-of 2026-11-22 --law-on 2021-01-01`."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.law.checks import check_register
from processing.law.dated import GDPR_IN_NORWAY_FROM
from processing.law.findings import Finding, Severity
from processing.law.records import Register
from processing.register import end_of_day, register_as_of

FOUND_ERRORS = 1
# What most tools give for a question they could not read.
UNREADABLE = 2
LONGEST_ECHO = 40


class Command(BaseCommand):
    help = "Sjekker registeret mot reglene. Slutter med 1 når det er feil, ellers 0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of", metavar="DATO", help=_("Registeret slik det var ved slutten av dagen. Standard er nå.")
        )
        parser.add_argument(
            "--law-on", metavar="DATO", help=_("Dagen loven skal være fra. Standard er samme dag som registeret.")
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help=_("«text» er til å lese. «json» gir ett objekt med alle funn."),
        )

    def handle(self, *args: object, **options: str | None) -> None:
        """Print all findings. Exits with 1 when one of them is an error; raises CommandError (2) for a wrong day."""
        as_of = _day(options["as_of"], "--as-of") if options["as_of"] else timezone.localdate()
        law_on = _day(options["law_on"], "--law-on") if options["law_on"] else as_of
        if law_on < GDPR_IN_NORWAY_FROM:
            raise CommandError(
                _(
                    "Personvernforordningen gjelder i Norge fra {first}. Velg den dagen eller en senere i --law-on."
                ).format(first=GDPR_IN_NORWAY_FROM.isoformat()),
                returncode=UNREADABLE,
            )
        register = register_as_of(end_of_day(as_of))
        findings = check_register(register, law_on=law_on)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_payload(findings, as_of, law_on), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(as_lines(findings, register, as_of, law_on)))
        if any(finding.severity is Severity.ERROR for finding in findings):
            raise SystemExit(FOUND_ERRORS)


def _day(written: str, option: str) -> date:
    """Return the date. Raises CommandError with a sentence that names the option and what was written."""
    try:
        if len(written) == len("2026-11-22"):
            return date.fromisoformat(written)
    except ValueError:
        pass
    shown = written if written.isprintable() else ascii(written)[1:-1]
    if len(shown) > LONGEST_ECHO:
        shown = f"{shown[:LONGEST_ECHO]}…"
    raise CommandError(
        _("{option}: «{written}» er ikke en dato. Skriv år, måned og dag, slik: 2026-11-22.").format(
            option=option, written=shown
        ),
        returncode=UNREADABLE,
    )


def as_payload(findings: Sequence[Finding], as_of: date, law_on: date) -> dict[str, object]:
    """The findings as plain values, with what was asked and how many there are of each kind."""
    return {
        "as_of": as_of.isoformat(),
        "law_on": law_on.isoformat(),
        "counts": {severity.value: sum(one.severity is severity for one in findings) for severity in Severity},
        "findings": [
            {
                "key": finding.key,
                "code": finding.code,
                "severity": finding.severity.value,
                "subject": finding.subject,
                "field": finding.field,
                "row": int(finding.detail) if finding.detail else None,
                "message": _(finding.message),
                "source": str(finding.source),
                "source_url": finding.source.url,
                "gaps": list(finding.gaps),
            }
            for finding in findings
        ],
    }


def as_lines(findings: Sequence[Finding], register: Register, as_of: date, law_on: date) -> Iterator[str]:
    """Yield the findings to read: one heading for the company and for each activity, and what to do under it."""
    yield _("Registeret ved slutten av {as_of}, etter loven slik den var {law_on}.").format(
        as_of=_spelled(as_of), law_on=_spelled(law_on)
    )
    if register.is_empty:
        yield _("Registeret var tomt da.")
        return
    names = {activity.number: f"{activity.number} {activity.name}" for activity in register.activities}
    for subject, found in groupby(findings, key=lambda finding: finding.subject):
        yield ""
        yield names.get(subject) or _("Virksomheten")
        for (severity, message), alike in groupby(found, key=lambda finding: (finding.severity, finding.message)):
            rows = list(alike)
            first = rows[0]
            yield f"  {_(severity.label):<6} {_(message)}"
            places = ", ".join(finding.detail for finding in rows if finding.detail)
            where = f"{first.field} {places}".strip()
            yield "         " + " · ".join([where, str(first.source), *first.gaps, first.code])
    yield ""
    yield _counted(findings)


def _spelled(day: date) -> str:
    return date_format(day, "j. F Y")


def _counted(findings: Sequence[Finding]) -> str:
    if not findings:
        return _("Reglene har ingen funn.")
    errors, warnings, notes = (sum(one.severity is severity for one in findings) for severity in Severity)
    return " ".join(
        [
            _("{count} feil,").format(count=errors),
            _("{count} å sjekke,").format(count=warnings),
            ngettext("{count} merknad.", "{count} merknader.", notes).format(count=notes),
        ]
    )
