"""Bring a register from a file into this one: `manage.py import_register protokoll.xlsx`, then with `--apply`."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.imports.json import LARGEST_FILE
from processing.imports.problems import NOTE_HEADINGS
from processing.law.records import Register
from processing.services.import_plan import Action, RowChange
from processing.services.imports import (
    ImportFile,
    ImportInvalid,
    ImportOvertaken,
    NothingToImport,
    Preview,
    import_register,
    preview_import,
    read_import,
)
from processing.services.loading import VOCABULARY

REFUSED = 1
# What most tools give for a file or a question they could not read.
UNREADABLE = 2
LONGEST_FILE_NAME = 200
LONGEST_TEXT = 70
LEAD = 20


class Command(BaseCommand):
    help = (
        "Leser et register fra en fil, og viser hva som blir endret. Skriver bare med --apply. "
        "Leser vår egen JSON, vår egen arbeidsbok (XLSX), og CSV fra Behandlingsoversikt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FIL", help=_("Filen. «-» er standard inn."))
        parser.add_argument("--apply", action="store_true", help=_("Skriv endringene, alle eller ingen."))
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help=_("«text» er til å lese. «json» gir ett objekt med alle endringer, eller alt som er feil."),
        )

    def handle(self, *args: object, **options: object) -> None:
        """Show or write what the file changes. Exits with 1 when it is refused, and 2 when there is nothing to read."""
        source, as_json = str(options["file"]), options["format"] == "json"
        name = _("standard inn") if source == "-" else _on_one_line(Path(source).name)
        self._tell(_("Leser {name} …").format(name=name))
        content = _content(source)
        at = timezone.now()
        try:
            file = read_import(content=content, at=at)
            register = file.register
            self._tell(_("Sammenligner med registeret …"))
            preview = preview_import(register=register, at=at)
            applied = bool(options["apply"] and preview.changes)
            if applied:
                count = len(preview.changes)
                self._tell(ngettext("Skriver {count} rad …", "Skriver {count} rader …", count).format(count=count))
                reason = _("Import av {name}").format(name=name[:LONGEST_FILE_NAME])
                preview = import_register(register=register, at=at, by=None, reason=reason).preview
        except ImportInvalid as invalid:
            if as_json:
                self.stdout.write(_as_json(invalid_payload(invalid)))
                raise SystemExit(REFUSED) from invalid
            raise CommandError("\n".join(invalid_lines(invalid)), returncode=REFUSED) from invalid
        except (ImportOvertaken, NothingToImport) as refusal:
            # Also nothing to import is a refusal here: a moment ago there was something.
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        if as_json:
            self.stdout.write(_as_json(preview_payload(preview, file, applied=applied)))
        else:
            self.stdout.write("\n".join([*note_lines(file), *preview_lines(preview, register, applied=applied)]))

    def _tell(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)


def _content(source: str) -> bytes:
    """Return what the file holds, or as much as tells that it is too much. Raises CommandError."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with Path(source).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        problem, cause = _("Filen finnes ikke."), error
    except IsADirectoryError as error:
        problem, cause = _("Dette er en mappe, ikke en fil."), error
    except (OSError, ValueError) as error:
        problem, cause = _("Filen kan ikke leses."), error
    raise CommandError(f"{_on_one_line(source)}: {problem}", returncode=UNREADABLE) from cause


def _on_one_line(name: str) -> str:
    return name if name.isprintable() else ascii(name)[1:-1]


def _as_json(payload: dict[str, object]) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=2)


# What is wrong


def invalid_payload(invalid: ImportInvalid) -> dict[str, object]:
    return {
        "applied": False,
        "problem_count": invalid.problem_count,
        "problems": [{"place": problem.place, "text": problem.text} for problem in invalid.problems],
    }


def invalid_lines(invalid: ImportInvalid) -> Iterator[str]:
    """Yield a heading, a line for each problem, and how many there are beyond those."""
    yield _("Ingenting er lest inn. {count} feil:").format(count=invalid.problem_count)
    yield from (f"  {problem}" for problem in invalid.problems)
    if more := invalid.problem_count - len(invalid.problems):
        yield "  " + _("… og {count} til.").format(count=more)


# How the file was read


def note_lines(file: ImportFile) -> Iterator[str]:
    """Yield what was understood, guessed and left out, each under its heading."""
    for kind, heading in NOTE_HEADINGS.items():
        notes = [note for note in file.notes if note.kind is kind]
        if notes:
            yield f"{_(heading)}:"
            yield from (f"  {note}" for note in notes)
            yield ""


# What is changed


def preview_payload(preview: Preview, file: ImportFile, *, applied: bool) -> dict[str, object]:
    """The changes as plain values: codes and not words, whole texts."""
    return {
        "format": file.format.value,
        "notes": [{"kind": note.kind.value, "place": note.place, "text": note.text} for note in file.notes],
        "moment": file.register.moment.isoformat(),
        "applied": applied,
        "edited_since": preview.edited_since,
        "counts": {action.value: sum(change.action is action for change in preview.changes) for action in Action},
        "changes": [
            {
                "subject": change.subject,
                "section": change.section,
                "action": change.action.value,
                "key": change.key,
                "name": change.name,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after} for field in change.fields
                ],
            }
            for change in preview.changes
        ],
        "left_alone": {section: list(codes) for section, codes in preview.left_alone.items()},
    }


def preview_lines(preview: Preview, register: Register, *, applied: bool) -> Iterator[str]:
    """Yield the changes to read: what the file is, a heading for each activity, and what happens under it."""
    moment = timezone.localtime(register.moment)
    yield _("Filen viser registeret slik det var {day} kl. {time}.").format(
        day=moment.strftime("%Y-%m-%d"), time=moment.strftime("%H.%M")
    )
    if preview.edited_since and preview.changes:
        yield _("Obs: Registeret er endret etter det. Filen kan sette tilbake noe av det som er endret.")
    if not preview.changes:
        yield _("Registeret sier det samme som filen. Ingenting blir endret.")
    else:
        yield _counted(preview.changes)
    names = {activity.number: f"{activity.number} {_short(activity.name)}" for activity in register.activities}
    for heading, changes in _by_heading(preview.changes):
        yield ""
        yield from _under_heading(names.get(heading, heading), list(changes))
    if preview.left_alone:
        yield ""
        yield _("Dette står ikke i filen, og blir stående som det er:")
        for section, codes in preview.left_alone.items():
            kind = _("aktiviteter") if section == "activities" else str(VOCABULARY[section]._meta.verbose_name_plural)
            yield f"  {kind}: {', '.join(codes)}"
    if preview.changes:
        yield ""
        if applied:
            count = len(preview.changes)
            yield ngettext("{count} rad er skrevet.", "{count} rader er skrevet.", count).format(count=count)
        else:
            yield _("Ingenting er skrevet ennå. Kjør kommandoen med --apply for å skrive.")


def _counted(changes: Iterable[RowChange]) -> str:
    changes = list(changes)
    added = {change.subject for change in changes if change.section == "activities" and change.action is Action.ADDED}
    changed = {change.subject for change in changes if change.subject} - added
    found = [
        ngettext("{count} aktivitet kommer til", "{count} aktiviteter kommer til", len(added)).format(count=len(added)),
        ngettext("{count} aktivitet endres", "{count} aktiviteter endres", len(changed)).format(count=len(changed)),
    ]
    rows = ngettext("{count} rad i alt", "{count} rader i alt", len(changes)).format(count=len(changes))
    return ", ".join([*found, rows]) + "."


def _by_heading(changes: Iterable[RowChange]) -> Iterator[tuple[str, Iterable[RowChange]]]:
    """The company first, then what the activities share, then the activities in order."""

    def heading(change: RowChange) -> tuple[int, int, str]:
        shared = not change.subject and change.section in VOCABULARY
        return (2 if change.subject else int(shared)), len(change.subject), change.subject

    for (group, _length, subject), found in groupby(sorted(changes, key=heading), key=heading):
        yield subject or (_("Felles lister") if group else _("Virksomheten")), found


def _under_heading(heading: str, changes: list[RowChange]) -> Iterator[str]:
    own = next((change for change in changes if change.section in {"activities", "controller"}), None)
    rest = [change for change in changes if change is not own]
    if own is not None and own.action is Action.ADDED:
        rows = ngettext("{count} rad", "{count} rader", len(rest)).format(count=len(rest))
        yield _("{name}: kommer til, med {rows}.").format(name=heading, rows=rows)
        return
    yield heading
    if own is not None:
        yield from _field_lines(own, "  ")
    for change in rest:
        what = {Action.ADDED: _("kommer til"), Action.CHANGED: _("endres"), Action.REMOVED: _("fjernes")}[change.action]
        yield f"  {change.kind} «{_short(change.name)}» {what}"
        if change.action is Action.CHANGED:
            yield from _field_lines(change, "    ")


def _field_lines(change: RowChange, indent: str) -> Iterator[str]:
    for field in change.fields:
        before, after = _short_pair(field.before_words, field.after_words)
        yield f"{indent}{field.label}: {before} → {after}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def _short_pair(before: str, after: str) -> tuple[str, str]:
    """Shorten two texts so that where they part is among what is left."""
    same = next(
        (place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    start = max(0, same - LEAD) if max(len(before), len(after)) > LONGEST_TEXT else 0
    lead = "…" if start else ""
    return lead + _short(before[start:]), lead + _short(after[start:])
