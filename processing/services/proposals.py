"""Accepting a proposal: one dated edit that states what was proposed and takes the proposal away (decision 24).

Only what can be put in as it stands is accepted: a field that is empty, or a row that is one code. The rest is for a
person to write.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.facts import Fact
from processing.models import Activity, Controller, Proposal
from processing.models.governed import register_edit
from processing.register import version_of
from processing.services.loading import OF_ACTIVITY, PROPOSED

SET_ONCE = frozenset({"id", "number", "code"})
LONGEST_REASON = 300


class ProposalGone(Exception):
    """Somebody has accepted, changed or removed the proposal since the person saw it."""

    def __init__(self) -> None:
        super().__init__(_("Forslaget er brukt, endret eller tatt bort av noen andre. Ingenting er lagret."))


class RegisterMoved(Exception):
    """The activity, or the company, was changed after the person opened the page."""

    def __init__(self) -> None:
        super().__init__(
            _("Noen har lagret noe her etter at du åpnet siden. Se over det som står nå, og bruk så forslaget.")
        )


class UnknownField(Exception):
    """The proposal names no field that a value can be put in as it stands."""


class UnfitValue(Exception):
    """The field cannot have the value: a code that does not exist, or a text that is too long."""


class AlreadyStated(Exception):
    """The register states something there already. It is changed on the page, by a person who says why."""


@dataclass(frozen=True)
class _Place:
    """Where a proposal belongs: a field of the activity or the company, or the one code of a new row."""

    field: "models.Field[Any, Any]"
    row: type[models.Model] | None

    @property
    def words(self) -> str:
        named = self.row._meta if self.row else self.field
        return str(named.verbose_name)


def accept_proposal(*, proposal: Proposal, by: User, at: datetime, seen: int | None = None) -> models.Model:
    """State what `proposal` proposes, remove it, and return the row that now says so. History keeps both.

    `seen` is the number of the version that the person looked at (`version_of`), where they looked at one.

    Raises ProposalGone, RegisterMoved, UnknownField, UnfitValue or AlreadyStated, and then nothing is written.
    """
    with register_edit(at=at, by=by, reason=_reason(proposal)):
        # The row that everybody who edits here waits for: what is read below stays so until this is written.
        subject = _subject(proposal, Activity.objects.select_for_update(), Controller.objects.select_for_update())
        same = {"field": proposal.field, "value": proposal.value, "activity": proposal.activity_id}
        current = Proposal.objects.filter(pk=proposal.pk, **same).first()
        if current is None or subject is None:
            raise ProposalGone
        if seen is not None and seen != version_of(subject).number:
            raise RegisterMoved
        place = _place(current)
        if place is None:
            raise UnknownField(_("Forslaget kan ikke settes rett inn. Skriv det inn selv, og slett forslaget."))
        value = _value(current, place)
        if _is_stated(place, value, subject, _codes_of(subject)):
            raise AlreadyStated(
                _("Det er alt oppgitt noe her: {field}. Endre det på siden, eller slett forslaget.").format(
                    field=place.words
                )
            )
        written = _state(place, value, subject)
        current.delete()
        return written


def acceptable(proposals: Iterable[Proposal]) -> frozenset[int]:
    """Return the keys of those of one activity's, or the company's, `proposals` that can be accepted as it is now.

    A query for the subject, one a kind of rows they name, and one a recipient or the like.
    """
    found = set()
    subject: Activity | Controller | None = None
    codes: Callable[[_Place], frozenset[object]] | None = None
    for proposal in proposals:
        place = _place(proposal)
        if place is None:
            continue
        if subject is None or codes is None:
            subject = _subject(proposal, Activity.objects.all(), Controller.objects.all())
            if subject is None:
                break
            codes = _codes_of(subject)
        try:
            value = _value(proposal, place)
        except UnfitValue:
            continue
        if not _is_stated(place, value, subject, codes):
            found.add(proposal.pk)
    return frozenset(found)


def _subject(
    proposal: Proposal, activities: "models.QuerySet[Activity]", companies: "models.QuerySet[Controller]"
) -> Activity | Controller | None:
    if proposal.activity_id is None:
        return companies.first()
    return activities.filter(pk=proposal.activity_id).first()


def _place(proposal: Proposal) -> _Place | None:
    """Where the proposal can be put in as it stands, or None where it takes a person."""
    of_activity = proposal.activity_id is not None
    row = OF_ACTIVITY.get(proposal.field) if of_activity else None
    model: type[models.Model] = row or (Activity if of_activity else Controller)
    try:
        found = model._meta.get_field(PROPOSED.get(proposal.field, "") if row else proposal.field)
    except FieldDoesNotExist:
        return None
    if not isinstance(found, models.Field):
        return None
    if row:
        return _Place(found, row)
    if found.is_relation or not found.editable or found.name in SET_ONCE:
        return None
    # What is proposed of the company in free text is often a description of the answer, and not the answer.
    return _Place(found, None) if of_activity or found.choices else None


def _value(proposal: Proposal, place: _Place) -> Any:
    """The value as the field holds it. Raises UnfitValue."""
    unfit = UnfitValue(
        _("«{value}» passer ikke i feltet: {field}. Rett forslaget, eller slett det.").format(
            value=Truncator(proposal.value).chars(60), field=place.words
        )
    )
    if place.field.related_model:
        row = place.field.related_model._default_manager.filter(code=proposal.value).first()
        if row is None:
            raise unfit
        return row
    try:
        value = place.field.clean(proposal.value, None)
    except ValidationError as refusal:
        raise unfit from refusal
    if _is_silent(value):
        raise unfit
    return value


def _is_silent(value: object) -> bool:
    return value in (None, "", Fact.NOT_STATED.value)


def _codes_of(subject: Activity | Controller) -> Callable[[_Place], frozenset[object]]:
    """Return what reads the codes that the rows of `subject` have, each kind of rows once."""
    read: dict[type[models.Model], frozenset[object]] = {}

    def codes(place: _Place) -> frozenset[object]:
        assert place.row is not None
        if place.row not in read:
            rows = place.row._default_manager.filter(activity=subject)
            read[place.row] = frozenset(rows.values_list(place.field.attname, flat=True))
        return read[place.row]

    return codes


def _is_stated(
    place: _Place, value: Any, subject: Activity | Controller, codes: Callable[[_Place], frozenset[object]]
) -> bool:
    if place.row is None:
        return not _is_silent(getattr(subject, place.field.name))
    return (value.pk if isinstance(value, models.Model) else value) in codes(place)


def _state(place: _Place, value: Any, subject: Activity | Controller) -> models.Model:
    """Write the value, or the row that holds it. Raises UnfitValue where it cannot stand beside what is stated."""
    written: models.Model = subject
    if place.row is None:
        setattr(subject, place.field.name, value)
    else:
        last = place.row._default_manager.filter(activity=subject).aggregate(last=models.Max("position"))["last"]
        position = 0 if last is None else last + 1
        written = place.row(activity=subject, position=position, **{place.field.name: value})
    try:
        written.validate_constraints()
    except ValidationError as refusal:
        raise UnfitValue(" ".join(refusal.messages)) from refusal
    written.save()
    return written


def _reason(proposal: Proposal) -> str:
    """What history says of the edit: which proposal it was, and why it was proposed."""
    place = _place(proposal)
    said = _("Forslag brukt. {field}: {value}.").format(
        field=capfirst(place.words) if place else proposal.field,
        value=_value_words(proposal, place) if place else proposal.value,
    )
    return Truncator(f"{said} {proposal.reason}".strip()).chars(LONGEST_REASON)


def _value_words(proposal: Proposal, place: _Place) -> str:
    if place.field.related_model:
        row = place.field.related_model._default_manager.filter(code=proposal.value).first()
        return str(row or proposal.value)
    return str(dict(place.field.flatchoices).get(proposal.value, proposal.value))
