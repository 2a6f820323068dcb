import os
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mktnorge.pdf import ForbiddenAddress, PdfLibraryMissing
from processing.law.editions import Edition, ExportFormat
from processing.services.exports import AsOfInFuture, RegisterChanged, empty_workbook, export_register


def day(text: str) -> date:
    """Read an ISO date. Raises ArgumentTypeError with the sentence a person sees."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("«{text}» er ikke en dato. Skriv den slik: 2026-11-23.").format(text=text)) from error


class Command(BaseCommand):
    help = "Skriver registeret til en fil, slik det var på slutten av en dag, og fører dokumentet i loggen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=[term.value for term in ExportFormat])
        parser.add_argument("--as-of", type=day, metavar="DATO", help="Registeret slik det var. Standard er i dag.")
        parser.add_argument("--law-on", type=day, metavar="DATO", help="Loven slik den var. Standard er samme dag.")
        parser.add_argument("--edition", default=Edition.INTERNAL.value, choices=[term.value for term in Edition])
        parser.add_argument(
            "--template", action="store_true", help="En tom arbeidsbok til å fylle ut og lese inn. Bare med xlsx."
        )
        parser.add_argument("-o", "--output", required=True, metavar="FIL", help="Filen. «-» er standard ut.")

    def handle(self, *args: object, **options: object) -> None:
        target = str(options["output"])
        if target != "-" and not Path(target).absolute().parent.is_dir():
            raise CommandError(_("Mappen finnes ikke: {folder}").format(folder=Path(target).absolute().parent))
        if target != "-" and Path(target).is_dir():
            raise CommandError(_("Dette er en mappe, ikke en fil: {folder}").format(folder=target))
        now = timezone.now()
        if options["template"]:
            if options["format"] != ExportFormat.XLSX.value or options["as_of"]:
                raise CommandError(_("En mal er alltid i xlsx, og har ingen dato."))
            self._save(target, empty_workbook(at=now))
            return
        as_of = options["as_of"] or timezone.localdate(now)
        self._tell(_("Leser registeret slik det var {day}, og lager dokumentet …").format(day=as_of.isoformat()))
        try:
            export = export_register(
                format=ExportFormat(options["format"]),
                as_of=as_of,
                law_on=options["law_on"],
                edition=Edition(options["edition"]),
                by=None,
                at=now,
            )
        except (AsOfInFuture, RegisterChanged, PdfLibraryMissing, ForbiddenAddress) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._save(target, export.content)
        document = export.document
        counts = _("{activities} aktiviteter, {findings} funn, {size} byte.").format(
            activities=document.activity_count, findings=document.finding_count, size=len(export.content)
        )
        self._tell(f"{document.document_id}: {counts}")
        self._tell(f"SHA-256 {document.file_sha256}")

    def _tell(self, line: str) -> None:
        self.stderr.write(line, lambda text: text)

    def _save(self, target: str, content: bytes) -> None:
        try:
            self._write(target, content)
        except OSError as error:
            raise CommandError(
                _("Filen {file} kan ikke skrives: {reason}").format(file=target, reason=error.strerror)
            ) from error

    def _write(self, target: str, content: bytes) -> None:
        """Write all of it or nothing: a reader never meets half a file."""
        if target == "-":
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        path = Path(target).absolute()
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
