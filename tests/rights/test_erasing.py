"""What is erased is gone: from every table, from the file, and with a proof that cannot be rewritten."""

from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mktnorge.models.mails import MailState, OutgoingMail
from mktnorge.outbox import forget_mails, queue_mail
from mktnorge.roles import Role
from mktnorge.sweeps import registered_sweeps
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.models import Controller
from processing.models.governed import register_edit
from rights.desk import StepRefused
from rights.law.answers import Point
from rights.law.deadlines import OSLO
from rights.law.extensions import ExtensionReason
from rights.law.identity import IdentityMethod
from rights.law.keeping import HoldReason
from rights.law.outcomes import Outcome, RefusalGround
from rights.law.terms import ContactWay, OnBehalf
from rights.letters.body import LetterKind
from rights.models import (
    CaseNote,
    ChecklistTick,
    Complaint,
    Decision,
    ErasedLine,
    ErasureProof,
    Extension,
    IdentityCheck,
    Letter,
    RequestEvent,
    RequestPoint,
    RightsRequest,
)
from rights.personal_data import CLASSIFIED, DataClass
from rights.services import answering, handling, holds
from rights.services.erasing import Erased, erase, erase_expired
from rights.services.proofs import verify_proofs
from rights.services.reminders import MAIL_KIND, send_reminders
from rights.services.steps import facts_of
from rights.services.tracking import UnknownCode, case_by_code
from rights.workflow import Ending, RequestStatus
from tests.builders import make_activity, make_controller, make_person
from tests.rights.builders import RECEIVED_AT, in_state, make_receipt

pytestmark = pytest.mark.django_db

ENDED = date(2027, 1, 15)
AFTER_90 = date(2027, 4, 15)
AFTER_YEAR = date(2028, 1, 15)
AFTER_THREE = date(2030, 1, 15)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=OSLO)


@pytest.fixture
def handler(db):
    return make_person(Role.CASE_HANDLER)


def full_case(handler, *, ending=Ending.ANSWERED) -> RightsRequest:
    """A closed case with something in every field that people or staff have written."""
    case = make_receipt(
        rights=[Right.RECTIFICATION],
        name="Kanari Testesen",
        email="kanari@prove.example",
        contact_way=ContactWay.EMAIL,
        message="Kanarifuglen sang om helsen min. " * 60,
        points=(Point(Right.RECTIFICATION, "Kanarifuglen er gul, ikke blå."),),
        file_to="Kanarivegen 1",
        on_behalf=OnBehalf.ADULT,
    ).request
    requested = case.requested_rights.get()
    noon_before = noon(ENDED)
    Decision.objects.create(
        requested_right=requested, outcome=Outcome.REFUSED, ground=RefusalGround.ACCURATE, reason="Kanarien er blå.",
        decided_at=noon_before, decided_by=handler, seconded_at=noon_before, seconded_by=handler,
        alone_because="Kanari",
    )  # fmt: skip
    Extension.objects.create(
        request=case, reason=ExtensionReason.NUMBER, words="Kanari", told_on=ENDED, at=noon_before, by=handler
    )
    IdentityCheck.objects.create(
        request=case, method=IdentityMethod.KNOWN_IN_PERSON, on=ENDED, at=noon_before, by=handler
    )
    Complaint.objects.create(
        request=case, received_on=ENDED, complainant="person", body="courts", text="Kanarifuglen klager.",
        reason="Kanarien står.", at=noon_before, by=handler,
    )  # fmt: skip
    CaseNote.objects.create(request=case, text="Kanarifuglen ringer i morgen.", at=noon_before, by=handler)
    Letter.objects.create(
        request=case, kind=LetterKind.ANSWER, body='{"til": "Kanari Testesen"}', made_at=noon_before, made_by=handler
    )
    ChecklistTick.objects.create(requested_right=requested, step="search", at=noon_before, by=handler)
    case.question, case.question_asked_at = "Er Kanarien gul?", noon_before
    case.reply, case.replied_at = "Kanarien er gul.", noon_before
    case.status = RequestStatus.WITHDRAWN if ending is Ending.WITHDRAWN else RequestStatus.ANSWERED
    case.ending, case.ended_on, case.owner = ending, ENDED, handler
    case.regime_set = [LegalRegime.GDPR_ONLY]
    case.save()
    return case


def stored(model, names) -> list[str]:
    """The values of columns as they lie in the database, sealed ones too."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(table)}")
        return [str(value) for row in cursor.fetchall() for value in row if value not in ("", None)]


def sealed(kinds) -> list[str]:
    """What is stored in every sealed field of those classes, for every case."""
    return [
        value
        for model in apps.get_app_config("rights").get_models()
        if (names := [name for name, kind in CLASSIFIED[model.__name__].items() if kind in kinds])
        for value in stored(model, names)
    ]


def whole_database() -> bytes:
    """Every table as text; on SQLite every byte of the file as well, the pages that are free among them."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        dump = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dump.append(repr(cursor.fetchall()))
    text = "\n".join(dump).encode()
    return text + connection.connection.serialize() if connection.vendor == "sqlite" else text


def test_each_class_of_field_goes_on_its_day(handler):
    full_case(handler)
    written, answers = {DataClass.WRITTEN}, {DataClass.ANSWER}
    assert len(sealed(written)) == 7
    assert len(sealed(answers)) == 7
    assert erase_expired(at=noon(AFTER_90 - timedelta(days=1))) == Erased()
    assert erase_expired(at=noon(AFTER_90)) == Erased(content=1)
    assert (sealed(written), len(sealed(answers))) == ([], 7)
    assert erase_expired(at=noon(AFTER_YEAR - timedelta(days=1))) == Erased()
    assert erase_expired(at=noon(AFTER_YEAR)) == Erased(answers=1)
    assert sealed(answers) == []
    assert erase_expired(at=noon(AFTER_THREE - timedelta(days=1))) == Erased()
    assert erase_expired(at=noon(AFTER_THREE)) == Erased(lines=1)
    for model in (RightsRequest, RequestEvent, Decision, Extension, IdentityCheck, Letter, CaseNote, Complaint):
        assert not model.objects.exists(), model


def test_a_canary_is_in_no_table_and_not_in_the_file(handler):
    case = full_case(handler)
    tokens = [value[:40].encode() for value in sealed({DataClass.WRITTEN, DataClass.ANSWER})]
    hashes = [case.code_hash.encode(), case.idempotency_hash.encode()]
    before = whole_database()
    assert all(token in before for token in (*tokens, *hashes))
    assert b"anari" not in before, "a text lay there in clear"
    erase_expired(at=noon(AFTER_YEAR))
    after = whole_database()
    assert [token for token in (*tokens, *hashes) if token in after] == []
    assert case.case_number.encode() in after
    erase_expired(at=noon(AFTER_THREE))
    gone = whole_database()
    assert case.case_number.encode() not in gone
    assert str(case.public_id).encode() not in gone
    assert case.public_id.hex.encode() not in gone


def test_what_is_about_the_request_goes_with_the_content_and_the_line_stays(handler):
    case = full_case(handler)
    erase_expired(at=noon(AFTER_90))
    fresh = RightsRequest.objects.get()
    about = {name for name, kind in CLASSIFIED["RightsRequest"].items() if kind is DataClass.ABOUT}
    empty = {name: RightsRequest._meta.get_field(name).get_default() or "" for name in about}
    assert {name: getattr(fresh, name) or "" for name in about} == empty
    line = [name for name, kind in CLASSIFIED["RightsRequest"].items() if kind is DataClass.CASE_LINE]
    changed = {name for name in line if getattr(fresh, name) != getattr(case, name)}
    assert changed == {"content_erased_on"}
    assert IdentityCheck.objects.get().method == ""
    assert not ChecklistTick.objects.exists()
    assert not RequestPoint.objects.exists()
    assert facts_of(fresh).identity_level == 0
    assert list(RequestEvent.objects.values_list("kind", flat=True)) == ["submitted", "content_erased"]


def test_the_code_opens_nothing_any_more(handler):
    receipt = make_receipt()
    RightsRequest.objects.update(status=RequestStatus.ANSWERED, ending=Ending.ANSWERED, ended_on=ENDED)
    assert case_by_code(receipt.code) == receipt.request
    erase_expired(at=noon(AFTER_90))
    with pytest.raises(UnknownCode):
        case_by_code(receipt.code)


def test_a_withdrawn_request_goes_after_thirty_days(handler):
    full_case(handler, ending=Ending.WITHDRAWN)
    assert erase_expired(at=noon(ENDED + timedelta(days=29))) == Erased()
    assert erase_expired(at=noon(ENDED + timedelta(days=30))) == Erased(content=1)


def state_periods(*, on: date, **periods: int) -> None:
    company = Controller.objects.get()
    for name, period in periods.items():
        setattr(company, name, period)
    with register_edit(at=noon(on), reason="Vedtatt."):
        company.save()


def test_the_periods_the_company_states_decide_also_for_cases_that_ended_before(handler):
    make_controller()
    full_case(handler)
    state_periods(on=ENDED + timedelta(days=10), case_content_days=40, case_answers_months=4, case_line_years=5)
    assert erase_expired(at=noon(ENDED + timedelta(days=39))) == Erased()
    assert erase_expired(at=noon(ENDED + timedelta(days=40))) == Erased(content=1)
    assert erase_expired(at=noon(date(2027, 5, 14))) == Erased()
    assert erase_expired(at=noon(date(2027, 5, 15))) == Erased(answers=1)
    assert erase_expired(at=noon(AFTER_THREE)) == Erased()
    assert erase_expired(at=noon(date(2032, 1, 14))) == Erased()
    assert erase_expired(at=noon(date(2032, 1, 15))) == Erased(lines=1)
    assert [proof.rule for proof in ErasureProof.objects.order_by("pk")] == ["content", "answers", "line"]
    assert verify_proofs() == []


def test_a_longer_period_keeps_what_was_not_erased_and_a_shorter_takes_the_backlog(handler):
    make_controller()
    full_case(handler)
    full_case(handler, ending=Ending.WITHDRAWN)
    state_periods(on=ENDED, case_content_days=200, case_withdrawn_days=100)
    assert erase_expired(at=noon(AFTER_90)) == Erased()
    state_periods(on=AFTER_90, case_content_days=30, case_withdrawn_days=7)
    assert erase_expired(at=noon(AFTER_90)) == Erased(content=2)
    state_periods(on=AFTER_90, case_content_days=1000)
    assert erase_expired(at=noon(AFTER_90)) == Erased()
    assert verify_proofs() == []


def test_mails_that_list_cases_follow_the_period_of_the_content(handler):
    make_controller()
    state_periods(on=ENDED, case_content_days=40)
    other = in_state(RequestStatus.IN_PROGRESS, at=RECEIVED_AT)
    make_person(Role.LEADER)
    send_reminders(at=noon(other.staff_on))
    erase_expired(at=noon(other.staff_on + timedelta(days=41)))
    assert not OutgoingMail.objects.filter(kind=MAIL_KIND).exists()


def test_a_run_with_nothing_to_erase_asks_as_much_for_a_large_register(handler, django_assert_num_queries):
    make_controller()
    with CaptureQueriesContext(connection) as few:
        erase_expired(at=noon(AFTER_90))
    for _number in range(3):
        make_activity()
        make_receipt()
    with django_assert_num_queries(len(few)):
        erase_expired(at=noon(AFTER_90))


def test_a_late_run_does_all_of_it_and_a_second_nothing(handler):
    full_case(handler)
    assert erase_expired(at=noon(AFTER_THREE)) == Erased(content=1, answers=1, lines=1)
    assert erase_expired(at=noon(AFTER_THREE)) == Erased()
    assert ErasureProof.objects.count() == 3


@pytest.mark.parametrize("status", [status for status in RequestStatus if status.is_open])
def test_an_open_case_keeps_everything(status):
    in_state(status)
    assert erase_expired(at=noon(date(2060, 1, 1))) == Erased()


def test_a_hold_stops_all_of_it_until_it_is_lifted(handler):
    case = full_case(handler)
    holds.set_hold(
        case=case.pk, version=case.version, reason=HoldReason.COMPLAINT, words="Klage til tilsynet.", by=handler,
        at=noon(ENDED),
    )  # fmt: skip
    assert erase_expired(at=noon(AFTER_THREE)) == Erased()
    case.refresh_from_db()
    with pytest.raises(StepRefused, match="alt stanset"):
        holds.set_hold(
            case=case.pk, version=case.version, reason=HoldReason.DISPUTE, words="x", by=handler, at=noon(AFTER_90)
        )
    with pytest.raises(StepRefused, match="Skriv hvorfor"):
        holds.lift_hold(case=case.pk, version=case.version, words=" ", by=handler, at=noon(AFTER_90))
    holds.lift_hold(case=case.pk, version=case.version, words="Klagen er avgjort.", by=handler, at=noon(AFTER_YEAR))
    assert erase_expired(at=noon(AFTER_YEAR)) == Erased(content=1, answers=1)
    assert sealed({DataClass.WRITTEN, DataClass.ANSWER}) == []


def test_a_hold_after_the_texts_are_gone_leaves_a_note_that_goes_too(handler):
    case = full_case(handler)
    erase_expired(at=noon(AFTER_YEAR))
    case.refresh_from_db()
    with pytest.raises(StepRefused, match="ikke stanset"):
        holds.lift_hold(case=case.pk, version=case.version, words="x", by=handler, at=noon(AFTER_YEAR))
    with pytest.raises(StepRefused, match="ville også blitt slettet"):
        handling.write_note(case=case.pk, version=case.version, text="Kanari", by=handler, at=noon(AFTER_YEAR))
    holds.set_hold(
        case=case.pk, version=case.version, reason=HoldReason.DISPUTE, words="Kanari", by=handler, at=noon(AFTER_YEAR)
    )
    case.refresh_from_db()
    holds.lift_hold(case=case.pk, version=case.version, words="Kanari", by=handler, at=noon(AFTER_YEAR))
    assert erase_expired(at=noon(AFTER_YEAR)) == Erased(answers=1)
    assert sealed({DataClass.ANSWER}) == []


def test_a_case_whose_content_is_gone_is_not_taken_up_again(handler):
    case = full_case(handler)
    erase_expired(at=noon(AFTER_90))
    with pytest.raises(StepRefused, match="ny sak"):
        answering.reopen_case(case=case.pk, version=case.version, by=handler, at=noon(AFTER_90))


def test_undelivered_mails_lose_their_address_and_then_go(handler):
    case = full_case(handler)
    mail = queue_mail(
        to="kanari@prove.example", subject="Sak", body=case.case_number, kind="test", once=f"test/{case.case_number}",
        reference=case.case_number, at=noon(ENDED),
    )  # fmt: skip
    assert mail is not None
    OutgoingMail.objects.update(state=MailState.FAILED)
    erase_expired(at=noon(AFTER_90))
    mail.refresh_from_db()
    assert mail.recipient == ""
    erase_expired(at=noon(AFTER_THREE))
    assert not OutgoingMail.objects.exists()


def test_mails_that_list_cases_do_not_outlive_them(handler):
    case = full_case(handler)
    other = in_state(RequestStatus.IN_PROGRESS, at=RECEIVED_AT)
    make_person(Role.LEADER)
    send_reminders(at=noon(other.staff_on))
    OutgoingMail.objects.filter(reference=case.case_number).delete()
    erase_expired(at=noon(other.staff_on + timedelta(days=90)))
    assert OutgoingMail.objects.exists()
    erase_expired(at=noon(other.staff_on + timedelta(days=91)))
    assert not OutgoingMail.objects.exists()


def test_all_mails_are_never_forgotten_by_mistake():
    with pytest.raises(ValueError, match="All mails"):
        forget_mails(kind="reminder")


def test_the_log_stays_frozen_but_for_a_case_that_is_gone(handler):
    case = full_case(handler)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        RequestEvent.objects.all().delete()
    other = make_receipt().request
    erase_expired(at=noon(AFTER_THREE))
    assert set(RequestEvent.objects.values_list("request_id", flat=True)) == {other.pk}
    assert ErasedLine.objects.get().case_pk == case.pk
    for frozen in (ErasedLine, ErasureProof):
        with pytest.raises(IntegrityError), transaction.atomic():
            frozen.objects.all().delete()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        ErasureProof.objects.update(count=7)


def test_even_a_released_event_is_never_changed(handler):
    case = make_receipt().request
    proof = ErasureProof.objects.create(at=RECEIVED_AT, rule="line", count=1, digest="0", previous="0", link="1")
    ErasedLine.objects.create(case_pk=case.pk, proof=proof)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        RequestEvent.objects.filter(request=case).update(at=noon(ENDED))
    RequestEvent.objects.filter(request=case).delete()


def test_each_rule_leaves_a_proof_in_one_chain(handler):
    full_case(handler)
    full_case(handler)
    erase_expired(at=noon(AFTER_90))
    erase_expired(at=noon(AFTER_THREE))
    proofs = list(ErasureProof.objects.order_by("pk"))
    assert [(proof.rule, proof.count) for proof in proofs] == [("content", 2), ("answers", 2), ("line", 2)]
    assert [proof.previous for proof in proofs] == ["0" * 64, proofs[0].link, proofs[1].link]
    assert verify_proofs() == []
    assert whole_database().count(proofs[0].digest.encode()) >= 1


FORGERIES = {
    "a proof with another count": lambda last: {"count": 9, "previous": last.link},
    "a proof put in beside the chain": lambda last: {"previous": "f" * 64},
    "a line that was never there": lambda last: {"rule": "line", "previous": last.link},
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_proof_is_found(handler, forged):
    full_case(handler)
    erase_expired(at=noon(AFTER_90))
    last = ErasureProof.objects.get()
    fields = {"at": noon(AFTER_90), "rule": "content", "count": 1, "digest": "0" * 64, "link": "e" * 64}
    ErasureProof.objects.create(**{**fields, **forged(last)})
    assert verify_proofs() != []
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_chain", stdout=said)
    assert "erasure: stemmer ikke" in said.getvalue()


def test_the_commands_say_what_they_did(handler, monkeypatch):
    full_case(handler)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon(AFTER_THREE))
    said = StringIO()
    call_command("erase_expired", stdout=said)
    call_command("erase_expired", stdout=said)
    call_command("verify_chain", stdout=said)
    assert said.getvalue() == (
        "Innholdet i 1 sak er slettet. Brev og notater i 1 sak er slettet. 1 sak er slettet helt.\n"
        "Ingenting skal slettes nå.\n"
        "breaches: stemmer\nerasure: stemmer\nexports: stemmer\npublications: stemmer\nrows: stemmer\n"
    )


def test_the_worker_does_it_by_itself():
    assert {sweep.name: sweep.run for sweep in registered_sweeps()}["erasure"] is erase


def test_the_pages_of_an_erased_case_still_open(handler, client):
    case = full_case(handler)
    letter = case.letters.get()
    client.force_login(handler)
    for day in (AFTER_90, AFTER_YEAR):
        erase_expired(at=noon(day))
        page = client.get(f"/admin/rights/rightsrequest/{case.pk}/change/")
        assert page.status_code == 200
        said = " ".join(page.content.decode().split())
        assert "hvordan vi nådde dem, ble slettet" in said, said[said.index('id="person"') :][:400]
        assert client.get("/admin/rights/rightsrequest/?status=alle").status_code == 200
    assert client.get(reverse("admin:rights_rightsrequest_letter", args=[case.pk, letter.pk])).status_code == 404
