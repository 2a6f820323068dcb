"""Working a case: who has it, which rules it follows, who is asking, and what is decided."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.in_use import activities_in_use
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.desk import (
    StepRefused,
    check_can_answer_copy,
    check_can_decide,
    check_can_extend_case,
    check_can_note,
    check_day,
)
from rights.law.deadlines import extended_deadline, local_date
from rights.law.extensions import ExtensionReason
from rights.law.identity import IdentityMethod, holds_recordings
from rights.law.languages import LetterLanguage
from rights.law.masking import mask_identity_numbers
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import CopyFirst
from rights.law.texts import clean_text
from rights.models import CaseNote, Decision, Extension, IdentityCheck, RequestedRight, RightsRequest
from rights.services.steps import facts_of, step, work_by_what_is_open
from rights.workflow import Action, RequestStatus


def take_case(*, case: int, version: int, by: User, at: datetime) -> RightsRequest:
    """Make `by` the one who answers for the case."""
    with step(Action.TAKE, case=case, version=version, by=by, at=at) as row:
        row.owner = by
    return row


def hand_over(*, case: int, version: int, to: User, words: str, by: User, at: datetime) -> RightsRequest:
    """Give the case to `to`, with a line to them. Raises StepRefused without it, or to somebody without access."""
    with step(Action.HAND_OVER, case=case, version=version, by=by, at=at) as row:
        if not (to.is_active and to.has_perm("rights.change_rightsrequest")):
            raise StepRefused(_("{name} har ikke tilgang til saker.").format(name=to))
        _note(row, words, by=by, at=at, missing=_("Skriv en linje til den som overtar."))
        row.owner = to
        if row.state is RequestStatus.RECEIVED:
            row.status = RequestStatus.IN_PROGRESS
    return row


def confirm_regimes(
    *,
    case: int,
    version: int,
    regimes: Collection[LegalRegime] = (),
    activities: Collection[str] = (),
    by: User,
    at: datetime,
) -> RightsRequest:
    """Say which activities the case is about, by number, and which rules it is decided under.

    The rules of each activity come along, where the register has them confirmed; `regimes` are added to them. What is
    about recordings asks for more identity (decision 30). Raises StepRefused for no rules, an activity not in use, or
    other rules once anything is decided.
    """
    with step(Action.SET_REGIMES, case=case, version=version, by=by, at=at) as row:
        about = [one for one in activities_in_use(local_date(at)) if one.number in activities] if activities else []
        if len(about) != len(set(activities)):
            raise StepRefused(_("En av aktivitetene er ikke i bruk lenger. Velg på nytt."))
        follows = frozenset(regimes) | {one.regime for one in about if one.regime}
        if not follows:
            raise StepRefused(
                _("Registeret sier ikke hvilke regler dette følger. Velg dem her.")
                if about
                else _("Velg minst ett sett regler.")
            )
        decided = [one for one in facts_of(row).rights if one.outcome is not None]
        if decided and row.regime_set != follows:
            raise StepRefused(_("Noe er alt avgjort etter reglene som sto der. Gjør om avgjørelsen først."))
        row.regime_set = follows
        row.activities = [one.number for one in about]
        row.about_recordings = any(holds_recordings(one) for one in about)
    return row


def choose_language(*, case: int, version: int, language: LetterLanguage, by: User, at: datetime) -> RightsRequest:
    """Write the letters from now on in `language`: that of the request, where we can (R-ID-9)."""
    with step(Action.CHOOSE_LANGUAGE, case=case, version=version, by=by, at=at) as row:
        if row.language == language:
            raise StepRefused(_("Brevene er alt på {language}.").format(language=_(language.label).lower()))
        row.language = language
    return row


def add_right(*, case: int, version: int, right: Right, by: User, at: datetime) -> RightsRequest:
    """Write down which right a person who was not sure asked for. It keeps the day the request came (R-DL-1)."""
    with step(Action.ADD_RIGHT, case=case, version=version, by=by, at=at) as row:
        if row.requested_rights.filter(right=right).exists():
            raise StepRefused(_("Denne retten er alt med i saken."))
        requested = RequestedRight(request=row, right=right)
        requested.deadline = row.deadline
        requested.save()
    return row


def record_copy_wish(*, case: int, version: int, wants: bool, by: User, at: datetime) -> RightsRequest:
    """Write down whether the person wants a copy before something is deleted. The copy is a right of its own.

    It is access (art. 15(3)), decided and delivered by itself, and keeps the day the request came. Raises StepRefused
    where nobody asked to be asked.
    """
    with step(Action.ANSWER_COPY, case=case, version=version, by=by, at=at) as row:
        check_can_answer_copy(facts_of(row))
        row.copy_first = CopyFirst.YES if wants else CopyFirst.NO
        if wants and not row.requested_rights.filter(right=Right.ACCESS).exists():
            copy = RequestedRight(request=row, right=Right.ACCESS)
            copy.deadline = row.requested_rights.get(right=Right.ERASURE).deadline
            copy.save()
    return row


def record_identity(
    *, case: int, version: int, method: IdentityMethod, on: date, by: User, at: datetime
) -> RightsRequest:
    """Write down how the person was recognised. Never a document (R-ID-3)."""
    with step(Action.RECORD_IDENTITY, case=case, version=version, by=by, at=at) as row:
        check_day(on, facts_of(row), today=local_date(at))
        IdentityCheck.objects.create(request=row, method=method, on=on, at=at, by=by)
        if row.owner is None:
            row.owner = by
    return row


def extend_case(
    *, case: int, version: int, reason: ExtensionReason, words: str, told_on: date, by: User, at: datetime
) -> RightsRequest:
    """Take the law's two further months, told to the person on `told_on` (R-DL-7). Every right of the case gets them.

    Raises StepRefused when the first month is over, when it was done before, or without reasons.
    """
    with step(Action.EXTEND, case=case, version=version, by=by, at=at) as row:
        facts = facts_of(row)
        check_day(told_on, facts, today=local_date(at))
        check_can_extend_case(facts, on=told_on)
        words = _required(words, missing=_("Skriv hvorfor akkurat dette kravet trenger mer tid."))
        Extension.objects.create(request=row, reason=reason, words=words, told_on=told_on, at=at, by=by)
        for requested in row.requested_rights.all():
            requested.deadline = extended_deadline(requested.deadline, decided_on=told_on, already_extended=False)
            requested.save()
        work_by_what_is_open(row)
    return row


def decide_right(
    *,
    case: int,
    version: int,
    right: Right,
    point: int = 0,
    outcome: Outcome,
    ground: RefusalGround | None = None,
    reason: str = "",
    by: User,
    at: datetime,
) -> RightsRequest:
    """Answer one point of a right, or a right without points, while no letter about it is delivered.

    `point` 0 is the whole right. `reason` is what the person will read. A letter that is made and not delivered does
    not say what is decided any more, and answers nothing. Whoever stood behind an earlier answer does not stand
    behind this one. Raises StepRefused as `check_can_decide`.
    """
    with step(Action.DECIDE, case=case, version=version, by=by, at=at) as row:
        reason = mask_identity_numbers(clean_text(reason))
        check_can_decide(facts_of(row), right, outcome, ground, has_reason=bool(reason), point=point)
        requested = row.requested_rights.get(right=right)
        if earlier := Decision.objects.filter(requested_right=requested, point=point).first():
            if earlier.letter_id is not None:
                Decision.objects.filter(letter=earlier.letter_id, letter__delivered_on=None).update(letter=None)
            earlier.delete()
        Decision.objects.create(
            requested_right=requested,
            point=point,
            outcome=outcome,
            ground=ground or "",
            reason=reason,
            decided_at=at,
            decided_by=by,
        )
        if row.owner is None:
            row.owner = by
    return row


def second_refusal(
    *, case: int, version: int, right: Right, point: int = 0, alone_because: str = "", by: User, at: datetime
) -> RightsRequest:
    """Stand behind another person's refusal of access to a journal.

    The one who decided may do it alone only with a reason, which is kept: a firm of one person has nobody else.
    Raises StepRefused where nothing needs a second person.
    """
    with step(Action.SECOND, case=case, version=version, by=by, at=at) as row:
        decisions = Decision.objects.filter(requested_right__request=row, requested_right__right=right)
        decision = decisions.filter(point=point).first()
        ground = RefusalGround.of(decision.ground) if decision else None
        if decision is None or ground is None or not ground.needs_two:
            raise StepRefused(_("Denne avgjørelsen trenger ingen å stå bak seg."))
        if decision.decided_by_id == by.pk:
            alone_because = _required(
                alone_because,
                missing=_("Du har selv avgjort dette. En annen må stå bak det. Er det ingen, skriv hvorfor."),
            )
        decision.seconded_at, decision.seconded_by = at, by
        decision.alone_because = alone_because
        decision.save(update_fields=["seconded_at", "seconded_by", "alone_because"])
    return row


def record_call(*, case: int, version: int, by: User, at: datetime) -> RightsRequest:
    """Write down that the person who asked for it was called. Raises StepRefused when nobody asked."""
    with step(Action.CALLED, case=case, version=version, by=by, at=at) as row:
        if row.call_wanted_at is None:
            raise StepRefused(_("Personen har ikke bedt oss ringe."))
        row.call_wanted_at = None
    return row


def write_note(*, case: int, version: int, text: str, by: User, at: datetime) -> RightsRequest:
    """Write a line to whoever works with the case next. Raises StepRefused for an empty one."""
    with step(Action.NOTE, case=case, version=version, by=by, at=at) as row:
        check_can_note(facts_of(row))
        _note(row, text, by=by, at=at, missing=_("Notatet er tomt."))
    return row


def keep_note(case: RightsRequest, words: str, *, by: User, at: datetime) -> None:
    """Write the reason for a step into the notes of the case that the step has locked. Raises StepRefused for none."""
    _note(case, words, by=by, at=at, missing=_("Skriv hvorfor, så den neste forstår det."))
    # Where the texts were erased before, this one is found when its time comes.
    case.answers_erased_on = None


def _note(case: RightsRequest, text: str, *, by: User, at: datetime, missing: str) -> None:
    CaseNote.objects.create(request=case, text=_required(text, missing=missing), by=by, at=at)


def _required(text: str, *, missing: str) -> str:
    text = mask_identity_numbers(clean_text(text))
    if not text:
        raise StepRefused(missing)
    return text
