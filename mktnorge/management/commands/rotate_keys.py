"""`manage.py rotate_keys`: seal every stored text with the current key, and say which old keys may go."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mktnorge.rotation import Rotated, reseal, sealed_fields
from mktnorge.sealing import SealingError, current_key_id
from mktnorge.signin.resealing import PLACE, reseal_second_factors


def _places() -> Iterator[tuple[str, Callable[[], Rotated]]]:
    for one in sealed_fields():
        yield one.label, partial(reseal, one)
    yield PLACE, reseal_second_factors


class Command(BaseCommand):
    help = "Krypterer alt som er lagret, med den første nøkkelen i DATA_KEYS. Kan stoppes og kjøres igjen."

    def handle(self, *args: object, **options: object) -> None:
        held_by: Counter[str] = Counter()
        try:
            current = current_key_id()
            for label, run in _places():
                done = run()
                held_by += done.held_by
                self.stdout.write(_("%(label)s: %(count)d kryptert på nytt") % {"label": label, "count": done.resealed})
        except SealingError as error:
            raise CommandError(
                _("%(why)s Det som er gjort, står. Rett nøklene, og kjør en gang til.") % {"why": error}
            ) from error
        old = {key: count for key, count in sorted(held_by.items()) if key != current}
        if old:
            # Somebody wrote with an old key while this ran: a process that was started with the old settings.
            left = ", ".join(f"{key} ({count})" for key, count in old.items())
            raise CommandError(
                _(
                    "Fortsatt kryptert med en gammel nøkkel: %(left)s. "
                    "Start nettstedet og arbeideren på nytt med de nye nøklene, og kjør en gang til."
                )
                % {"left": left}
            )
        self.stdout.write(
            _(
                "Alt er kryptert med nøkkelen «%(id)s». "
                "Ta vare på de andre nøklene så lenge en sikkerhetskopi trenger dem. Så kan de tas ut av DATA_KEYS."
            )
            % {"id": current}
        )
