from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mktnorge.chains import verify_chains


class Command(BaseCommand):
    help = "Regner ut avtrykkene i hver kjede på nytt og sammenligner. Slutter med 1 når noe ikke stemmer."

    def handle(self, *args: object, **options: object) -> None:
        wrong = False
        for name, problems in verify_chains().items():
            self.stdout.write(f"{name}: " + (_("stemmer ikke") if problems else _("stemmer")))
            for problem in problems:
                self.stdout.write(f"  {problem}")
            wrong = wrong or bool(problems)
        if wrong:
            raise SystemExit(1)
