"""Show the draft of the next notice, or publish it in somebody's name with `--apply`."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.coverage import needs_reason
from processing.models import NoticeVersion
from processing.services.drafts import Draft, NothingToPublish, draft_notice
from processing.services.notices import (
    FindingsUnexplained,
    InForceTooEarly,
    TextTooLong,
    TwoPeopleNeeded,
    VersionIncomplete,
    VersionOvertaken,
    publish_notice,
)

REFUSED = 1
REFUSALS = (NothingToPublish, InForceTooEarly, TextTooLong, TwoPeopleNeeded, VersionIncomplete, VersionOvertaken)


class Command(BaseCommand):
    help = "Viser utkastet til neste utgave av erklæringen. Publiserer bare med --apply, i navnet til en person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help=_("Publiser utkastet."))
        parser.add_argument("--by", metavar="E-POST", default="", help=_("Den som publiserer, og som har lov til det."))
        parser.add_argument(
            "--in-force-from", metavar="DATO", type=_day, help=_("Dagen utgaven tar over. Uten: i dag i Oslo.")
        )
        parser.add_argument("--summary", metavar="TEKST", default="", help=_("Hva er endret. Åpent for alle."))
        parser.add_argument(
            "--reasons",
            metavar="FIL",
            help=_("JSON som sier hvorfor dere publiserer likevel: nøkkelen eller koden til funnet, og grunnen."),
        )
        weight = parser.add_mutually_exclusive_group()
        weight.add_argument("--material", metavar="GRUNN", help=_("Endringen er vesentlig, og hvorfor."))
        weight.add_argument("--not-material", metavar="GRUNN", help=_("Endringen er ikke vesentlig, og hvorfor."))
        parser.add_argument("--told", metavar="TEKST", default="", help=_("Hvem får beskjed, og hvordan."))
        parser.add_argument("--alone", metavar="GRUNN", default="", help=_("Hvorfor én person alene."))

    def handle(self, *args: object, **options: object) -> None:
        """Print one JSON object: the draft, or the version that was published. Exits with 1 when it is refused."""
        at = timezone.now()
        day = options["in_force_from"] or timezone.localdate(at)
        assert isinstance(day, date)
        try:
            draft = draft_notice(at=at, in_force_from=day)
            if not options["apply"]:
                self.stdout.write(_as_json(draft_payload(draft)))
                return
            given = _reasons(options["reasons"])
            material, not_material = options["material"], options["not_material"]
            version = publish_notice(
                by=_publisher(str(options["by"])),
                at=at,
                in_force_from=day,
                summary=str(options["summary"]),
                reasons={found.key: given.get(found.key, given.get(found.code, "")) for found in draft.findings},
                is_material=True if material else False if not_material else None,
                material_reason=str(material or not_material or ""),
                who_is_told=str(options["told"]),
                alone_reason=str(options["alone"]),
            )
        except FindingsUnexplained as refusal:
            codes = ", ".join(sorted({finding.code for finding in refusal.findings}))
            raise CommandError(f"{refusal}\n{codes}", returncode=REFUSED) from refusal
        except REFUSALS as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        self.stderr.write(_("Utgave {number} er publisert.").format(number=version.number), lambda text: text)
        self.stdout.write(_as_json(version_payload(version)))


def draft_payload(draft: Draft) -> dict[str, object]:
    """What publishing the draft would change, and the findings it needs a reason for."""
    return {
        "published": False,
        "follows": draft.follows.number if draft.follows else None,
        "in_force_from": draft.on.isoformat(),
        "changes": list(_changes(draft)),
        "differences": [
            {"section": one.section, "row": one.row, "field": one.field, "is_visible": one.is_visible}
            for one in draft.differences
        ],
        "needs_reason": [
            {"key": one.key, "code": one.code, "message": _(one.message), "source": str(one.source)}
            for one in draft.findings
            if needs_reason(one)
        ],
    }


def version_payload(version: NoticeVersion) -> dict[str, object]:
    return {
        "published": True,
        "version": version.number,
        "in_force_from": version.in_force_from.isoformat(),
        "sha256": version.body_sha256,
        "register_sha256": version.register_sha256,
    }


def _changes(draft: Draft) -> Iterator[dict[str, str]]:
    for place in draft.changes:
        for change in place.changes:
            yield {
                "place": place.title,
                "label": change.label,
                "before": "".join(piece.text for piece in change.before),
                "after": "".join(piece.text for piece in change.after),
            }


def _publisher(email: str) -> User:
    person = User.objects.filter(email=email.lower(), is_active=True).first() if email else None
    if person is None:
        raise CommandError(_("Oppgi hvem som publiserer, med --by og e-postadressen de logger inn med."))
    if not person.has_perm("processing.add_noticeversion"):
        raise CommandError(_("{name} har ikke lov til å publisere.").format(name=person.name))
    return person


def _reasons(path: object) -> dict[str, str]:
    if not path:
        return {}
    try:
        found = json.loads(Path(str(path)).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(_("Filen med grunner kan ikke leses som JSON.")) from error
    if not isinstance(found, dict) or not all(isinstance(reason, str) for reason in found.values()):
        raise CommandError(_("Filen med grunner må være ett JSON-objekt med tekster."))
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("{text} er ikke en dato. Skriv den som 2026-12-31.").format(text=text)) from error


def _as_json(payload: dict[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=2)
