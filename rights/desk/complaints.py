"""When a complaint may be written in, tried again, sent on and settled (decisions 11 and 34)."""

from datetime import date

from processing.law.terms import N_
from rights.desk.facts import CaseFacts
from rights.desk.refused import NotOnThatDay, StepRefused, check_can
from rights.law.calendar import spelled
from rights.law.complaints import ComplaintResult, ComplaintStage
from rights.law.outcomes import ComplaintBody, complaint_bodies
from rights.workflow import Action, RequestStatus


def bodies_open_to(case: CaseFacts) -> tuple[ComplaintBody, ...]:
    """Return who may try what we have told the person so far. None where we have told them nothing."""
    told = [one for one in case.rights if one.delivered]
    if not told and case.status is not RequestStatus.CLOSED:
        return ()
    bodies = {body for one in told for body in complaint_bodies(one.right, case.regimes)}
    # A case that ended without an answer on the matter is for Datatilsynet and the courts.
    bodies |= {ComplaintBody.DATA_PROTECTION_AUTHORITY, ComplaintBody.COURTS}
    return tuple(body for body in ComplaintBody if body in bodies)


def check_can_receive_complaint(case: CaseFacts, body: ComplaintBody) -> None:
    """Raise StepRefused unless there is an answer that `body` may try, and no complaint about it yet."""
    check_can(Action.RECEIVE_COMPLAINT, case)
    if case.complaint is not None:
        raise StepRefused(N_("Saken har alt en klage som ikke er avgjort. Skriv det nye som et notat."))
    open_to = bodies_open_to(case)
    if not open_to:
        raise StepRefused(N_("Vi har ikke svart på noe ennå. Da er det ikke noe svar å klage på."))
    if body not in open_to:
        raise StepRefused(N_("{body} prøver bare svar om journal etter helselovene.").format(body=body.label))


def check_can_uphold(case: CaseFacts) -> None:
    check_can(Action.UPHOLD, case)
    _check_stage(case, ComplaintStage.RECEIVED, N_("Det er ingen klage som skal vurderes på nytt."))


def check_can_change(case: CaseFacts) -> None:
    """Raise StepRefused unless a complaint waits to be tried, and there is still somebody to answer."""
    check_can(Action.CHANGE, case)
    _check_stage(case, ComplaintStage.RECEIVED, N_("Det er ingen klage som skal vurderes på nytt."))
    if case.content_erased:
        raise StepRefused(N_("Innholdet i saken er slettet. Skriv det inn som en ny sak."))


def check_can_forward(case: CaseFacts) -> None:
    check_can(Action.FORWARD, case)
    _check_stage(case, ComplaintStage.TO_FORWARD, N_("Det er ingen klage som skal sendes videre."))


def check_can_settle(case: CaseFacts, result: ComplaintResult) -> None:
    """Raise StepRefused while we have not done our part. A complaint that was taken back is settled at once."""
    check_can(Action.SETTLE, case)
    if case.complaint is None:
        raise StepRefused(N_("Saken har ingen klage."))
    if result is ComplaintResult.WITHDRAWN:
        return
    if case.complaint is ComplaintStage.RECEIVED:
        raise StepRefused(N_("Vurder svaret på nytt først."))
    if case.complaint is ComplaintStage.TO_FORWARD:
        raise StepRefused(N_("Send klagen videre først."))
    if case.complaint is ComplaintStage.CHANGED and case.status.is_open:
        raise StepRefused(N_("Gi det nye svaret først."))
    if case.complaint is ComplaintStage.CHANGED and result is ComplaintResult.STANDS:
        raise StepRefused(N_("Vi har selv gjort om svaret. Da ble det ikke stående."))


def check_complained_on(day: date, *, told_on: date | None) -> None:
    """Raise NotOnThatDay for a complaint from before there was anything to complain of."""
    if told_on is not None and day < told_on:
        raise NotOnThatDay(
            N_("Personen fikk svaret {told}. Klagen kan ikke ha kommet før.").format(told=spelled(told_on))
        )


def _check_stage(case: CaseFacts, stage: ComplaintStage, refusal: str) -> None:
    if case.complaint is not stage:
        raise StepRefused(refusal)
