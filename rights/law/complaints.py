"""A complaint about our answer: how far it has come, and which days count. Pure: asked with dates."""

from datetime import date, timedelta

from processing.law.complaints import JOURNAL_COMPLAINT_WEEKS
from processing.law.sources import statute
from processing.law.terms import N_, LawTerm
from rights.law.calendar import NORWAY, WorkingCalendar, spelled
from rights.law.deadlines import OWN_ROUTINE, Step
from rights.law.outcomes import PATIENTS_RIGHTS_ACT, ComplaintBody

RECONSIDER_DAYS = 14
"""What we allow ourselves to look at the answer again. No law sets the days: it is to be done without waiting."""

TIME_TO_COMPLAIN = statute(PATIENTS_RIGHTS_ACT, "§ 7-5")


class Complainant(LawTerm):
    """Who complains. Whoever acts for another has shown it before (R-ID-8)."""

    PERSON = "person", N_("Personen selv")
    REPRESENTATIVE = "representative", N_("En med fullmakt, eller verge")
    PARENT = "parent", N_("En forelder")


class ComplaintStage(LawTerm):
    """How far a complaint has come. A case without one has none of these."""

    RECEIVED = "received", N_("Skal vurderes på nytt")
    CHANGED = "changed", N_("Svaret gjøres om")
    TO_FORWARD = "to_forward", N_("Skal sendes til Statsforvalteren")
    WITH_BODY = "with_body", N_("Hos klageinstansen")

    @property
    def waits_for_us(self) -> bool:
        return self is not ComplaintStage.WITH_BODY


class ComplaintResult(LawTerm):
    STANDS = "stands", N_("Svaret vårt ble stående")
    OVERTURNED = "overturned", N_("Svaret vårt ble endret")
    WITHDRAWN = "withdrawn", N_("Klagen ble trukket")


def stage_after_upholding(body: ComplaintBody) -> ComplaintStage:
    """Return where a complaint is when we stand by the answer: only Statsforvalteren gets it through us."""
    return ComplaintStage.TO_FORWARD if body is ComplaintBody.COUNTY_GOVERNOR else ComplaintStage.WITH_BODY


def reconsider_by(received_on: date, *, calendar: WorkingCalendar = NORWAY) -> date:
    """Return the last working day we have to look at the answer again, by our own routine."""
    return calendar.working_day_on_or_before(received_on + timedelta(days=RECONSIDER_DAYS))


def complain_by(answered_on: date, *, calendar: WorkingCalendar = NORWAY) -> date:
    """Return the last day to complain of an answer about a journal: four weeks from the day the person got it.

    Moved to a working day, which favours the person. Whether a later one is tried is not ours to say (pbrl § 7-5).
    """
    return calendar.working_day_on_or_after(answered_on + timedelta(weeks=JOURNAL_COMPLAINT_WEEKS))


def explain_complaint(*, received_on: date, body: ComplaintBody, answered_on: date | None) -> tuple[Step, ...]:
    """Return the days of a complaint in sentences, each with what it rests on."""
    ours = N_("Klagen kom {received}. Vi skal se på svaret på nytt senest {due}.").format(
        received=spelled(received_on), due=spelled(reconsider_by(received_on))
    )
    steps = [Step(ours, OWN_ROUTINE)]
    if body is ComplaintBody.COUNTY_GOVERNOR and answered_on is not None:
        last = complain_by(answered_on)
        if received_on <= last:
            said = N_("Personen kunne klage til {last}. Klagen kom i tide.")
        else:
            said = N_(
                "Personen kunne klage til {last}. Klagen kom etter det. "
                "Send den videre likevel: Statsforvalteren avgjør om den blir behandlet."
            )
        steps.append(Step(said.format(last=spelled(last)), TIME_TO_COMPLAIN))
    return tuple(steps)
