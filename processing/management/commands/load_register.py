from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.services.loading import SEED_DIR, AlreadyLoaded, Loaded, SeedInvalid, load_register


class Command(BaseCommand):
    help = "Fyller et tomt register med det virksomheten oppgir om seg selv. Er det fylt, blir ingenting endret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", type=Path, default=SEED_DIR, help="Mappen med filene. Standard er vår egen.")

    def handle(self, *args: object, source: Path, **options: object) -> None:
        self.stderr.write(_("Leser %(source)s …") % {"source": source}, lambda line: line)
        try:
            loaded = load_register(at=timezone.now(), source=source)
        except AlreadyLoaded as already:
            self.stdout.write(str(already))
        except SeedInvalid as invalid:
            count = len(invalid.problems)
            heading = ngettext(
                "Ingenting er lest inn. %(count)d feil:", "Ingenting er lest inn. %(count)d feil:", count
            ) % {"count": count}
            raise CommandError("\n".join([heading, *(f"  {problem}" for problem in invalid.problems)])) from invalid
        else:
            self.stdout.write(summary(loaded))


def summary(loaded: Loaded) -> str:
    """«Registeret er fylt», and a line for each kind of row."""
    lines = [_("Registeret er fylt med %(count)d rader:") % {"count": loaded.total}]
    lines += [f"{count:>6}  {kind}" for kind, count in loaded.counts.items()]
    return "\n".join(lines)
