"""What the retention rules have come to, and a person's word for what was done with it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mktnorge.evidence import join_evidence
from mktnorge.models import User
from mktnorge.templatetags.norwegian import day
from processing.law.due import Confirmed, DueAction, DueItem, RetentionOutcome, due_on
from processing.law.records import Register
from processing.law.retention import RetentionKind
from processing.models import Activity, Confirmation
from processing.register import OSLO, register_as_of


class NoLongerDue(Exception):
    """Nothing with that key is on the list: somebody has confirmed it, or the rule was changed since."""

    def __init__(self) -> None:
        super().__init__(_("Dette står ikke på listen lenger. Noen har bekreftet det, eller regelen er endret."))


class JournalNotDeleted(Exception):
    """A patient's journal is looked at here, and never deleted."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "En journal blir aldri slettet herfra. Se gjennom den, og velg hva du kom til. "
                "Sletting skjer i journalsystemet, etter pasientjournalloven § 25."
            )
        )


class ReasonMissing(Exception):
    """What is kept beyond its time is kept for a reason that somebody has written down."""

    def __init__(self) -> None:
        super().__init__(_("Skriv hvorfor det er beholdt, og når dere ser på det igjen."))


@dataclass(frozen=True)
class Holdings:
    """An item on the list in words. `what` is which holdings, `why` what the rule and the law say of them."""

    item: DueItem
    what: str
    why: str


def due_holdings(register: Register, *, on: date) -> tuple[Holdings, ...]:
    """Return what is on the list on `on`, an Oslo date, by the rules of `register`. One query."""
    confirmed = (
        Confirmed(
            activity=row.activity_number,
            covers=row.covers,
            action=DueAction(row.action),
            period=row.period,
            on=row.confirmed_at.astimezone(OSLO).date(),
        )
        for row in Confirmation.objects.order_by("pk")
    )
    return tuple(
        Holdings(item=item, what=_what(item), why=_why(item)) for item in due_on(register, on, tuple(confirmed))
    )


@transaction.atomic
def confirm_retention(*, key: str, outcome: RetentionOutcome, note: str, by: User, at: datetime) -> Confirmation:
    """Record what `by` did with the holdings that have `key` on the list at `at`, and return the row.

    The holdings leave the list: those of a financial year until the next year, others until the next look.

    Raises NoLongerDue, JournalNotDeleted or ReasonMissing; then nothing is written.
    """
    join_evidence()
    # Two who confirm the same take turns, and the second no longer finds it on the list.
    Activity.objects.select_for_update().filter(number=key.partition(":")[0]).first()
    on = at.astimezone(OSLO).date()
    found = next((one for one in due_holdings(register_as_of(at), on=on) if one.item.key == key), None)
    if found is None:
        raise NoLongerDue
    if not found.item.accepts(outcome):
        raise JournalNotDeleted
    if outcome is RetentionOutcome.KEPT and not note.strip():
        raise ReasonMissing
    return Confirmation.objects.create(
        activity_number=found.item.activity.number,
        covers=found.item.rule.covers,
        action=found.item.action,
        period=found.item.period,
        due_on=found.item.due_on,
        what=found.what,
        outcome=outcome,
        note=note.strip(),
        confirmed_at=at,
        confirmed_by=by,
        confirmer_name=by.name,
    )


def _what(item: DueItem) -> str:
    covers = item.rule.covers or item.activity.name
    if item.year is not None:
        return _("{covers} fra {year} og før").format(covers=covers, year=item.year)
    if item.until is not None and item.rule.trigger is not None:
        return _("{covers}. {event}: {day} eller før").format(
            covers=covers, event=_(item.rule.trigger.label), day=day(item.until)
        )
    return covers


def _why(item: DueItem) -> str:
    if item.is_journal:
        return _("Vurder om det kan bli bruk for det igjen. Ingenting blir slettet herfra. Pasientjournalloven § 25.")
    if item.action is DueAction.REVIEW:
        return _("Se gjennom det minst {often}, og slett det dere ikke trenger lenger. Art. 5 nr. 1 bokstav e.").format(
            often=_often(item)
        )
    if item.kept_to is not None:
        said = _("Kan slettes etter {day}.").format(day=day(item.kept_to))
        return f"{said} {_('Til da krever bokføringsloven § 13 at det blir tatt vare på.')}" if item.least else said
    if item.rule.kind is RetentionKind.MAXIMUM:
        return _("Tiden er snart ute, eller ute alt. Slett det nå, så ingenting blir liggende for lenge.")
    return _("Tiden er ute. Det kan slettes.")


def _often(item: DueItem) -> str:
    count = item.every_months
    if count % 12:
        return ngettext("hver måned", "hver {count}. måned", count).format(count=count)
    return ngettext("hvert år", "hvert {count}. år", count // 12).format(count=count // 12)
