"""«Saksliste for tilsyn»: all dates and how it ended, in three formats that say the same, and no person in any."""

import csv
import hashlib
from datetime import date, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import IntegrityError
from django.test import Client

from mktnorge.models import Viewing
from mktnorge.roles import Role
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from rights.exports.case_list import (
    CaseListLedger,
    ListedRight,
    case_list_csv,
    case_list_pdf,
    case_list_xlsx,
    cells,
    headings,
)
from rights.law.deadlines import response_deadline
from rights.law.extensions import ExtensionReason
from rights.law.outcomes import Outcome, RefusalGround
from rights.models import CaseListExport, Decision, Extension
from rights.services.case_list import DaysOutOfOrder, export_case_list, listed_rights
from rights.workflow import Ending, RequestStatus
from tests.builders import make_person
from tests.pdf_reader import TaggedPdf
from tests.rights.builders import RECEIVED_AT, in_state, make_request

PAGE = "/admin/protokoll/saker/"
DAY = RECEIVED_AT.date()
LEDGER = CaseListLedger(document_id="SL-0A1B2C3D", first=DAY, last=DAY, printed_at=RECEIVED_AT)
REFUSED = ListedRight(
    case_number="ABCD-2345",
    right=Right.ERASURE,
    regimes=(LegalRegime.HEALTH_RECORD, LegalRegime.ACCOUNTING),
    deadline=response_deadline(date(2026, 1, 31)),
    answered_on=date(2026, 3, 3),
    extended_for=ExtensionReason.COMPLEXITY,
    extension_told_on=date(2026, 2, 20),
    outcomes=(Outcome.REFUSED,),
    grounds=(RefusalGround.UNFOUNDED,),
    ending=Ending.ANSWERED,
    ended_on=date(2026, 3, 3),
)
OPEN = ListedRight(case_number="EFGH-6789", right=Right.ACCESS, regimes=(), deadline=response_deadline(DAY))
ROWS = (REFUSED, OPEN)


def test_every_date_of_the_deadline_is_there():
    """31 January 2026: the month ends on Saturday 28 February, and the law's day is Monday 2 March (R-DL-4)."""
    row = dict(zip(headings(), cells(REFUSED), strict=True))
    assert [row[name] for name in headings()[3:10]] == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 2),
        date(2026, 4, 30),
    ]  # fmt: skip
    assert (row["Besvart"], row["I tide"]) == (date(2026, 3, 3), "nei")
    assert row["Regime"] == "Helsejournal, Regnskap"
    assert dict(zip(headings(), cells(OPEN), strict=True))["I tide"] == ""


def test_csv_and_workbook_say_the_same():
    said = [[str(cell) for cell in cells(row)] for row in ROWS]
    table = list(csv.reader(StringIO(case_list_csv(ROWS, LEDGER).decode("utf-8-sig")), delimiter=";"))
    assert table == [headings(), *said]
    sheet = openpyxl.load_workbook(BytesIO(case_list_xlsx(ROWS, LEDGER))).worksheets[0]
    read = [
        [cell.date().isoformat() if hasattr(cell, "date") else cell or "" for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    assert read == [headings(), *said]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:R3"


def test_the_pdf_says_it_too_and_everyone_can_read_it():
    content = case_list_pdf(ROWS, LEDGER)
    read = TaggedPdf(content)
    assert [text for level, text in read.headings if level == 3] == [
        "ABCD-2345: Sletting",
        "EFGH-6789: Innsyn",
    ]
    for cell in cells(REFUSED):
        assert (cell.strftime("%d.%m.%Y") if isinstance(cell, date) else cell) in read.text
    assert str(read.pdf.Root.Lang) == "nb"
    assert content == case_list_pdf(ROWS, LEDGER)
    assert "Ingen krav kom i disse dagene." in TaggedPdf(case_list_pdf((), LEDGER)).text


@pytest.mark.parametrize("write", [case_list_csv, case_list_xlsx])
def test_the_same_rows_give_the_same_bytes(write):
    assert write(ROWS, LEDGER) == write(ROWS, LEDGER)


# --- From the cases


def decided(case, outcome=Outcome.GRANTED, ground=""):
    [right] = case.requested_rights.all()
    return Decision.objects.create(
        requested_right=right, outcome=outcome, ground=ground, decided_at=RECEIVED_AT, decided_by=make_person(),
        reason="Kanari i grunnen",
    )  # fmt: skip


@pytest.mark.django_db
def test_what_was_decided_is_listed_and_what_was_written_is_not():
    case = in_state(RequestStatus.ANSWERED, name="Kanari Fuglesen", message="Kanari i meldingen")
    decided(case, Outcome.REFUSED, RefusalGround.UNFOUNDED)
    Extension.objects.create(
        request=case, reason=ExtensionReason.COMPLEXITY, words="Kanari i brevet", told_on=DAY, at=RECEIVED_AT,
        by=make_person(),
    )  # fmt: skip
    (row,) = listed_rights(first=DAY, last=DAY)
    assert (row.case_number, row.right, row.outcomes, row.grounds) == (
        case.case_number, Right.ACCESS, (Outcome.REFUSED,), (RefusalGround.UNFOUNDED,),
    )  # fmt: skip
    assert (row.answered_on, row.in_time, row.extended_for) == (DAY, True, ExtensionReason.COMPLEXITY)
    assert row.deadline == case.requested_rights.get().deadline
    for format in ("csv", "xlsx", "pdf"):
        made = export_case_list(format=format, first=DAY, last=DAY, by=make_person(), at=RECEIVED_AT)
        text = TaggedPdf(made.content).text if format == "pdf" else made.content.decode("latin-1")
        assert "Kanari" not in text
        assert made.document.file_sha256 == hashlib.sha256(made.content).hexdigest()
        assert made.filename.endswith(f"{made.document.document_id}.{format}")


@pytest.mark.django_db
def test_it_covers_its_days_and_asks_as_much_for_many(django_assert_num_queries):
    for _case in range(3):
        decided(make_request())
    assert listed_rights(first=DAY - timedelta(days=9), last=DAY - timedelta(days=1)) == ()
    with django_assert_num_queries(2):
        assert len(listed_rights(first=DAY, last=DAY)) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(DAY, DAY - timedelta(days=1)), (DAY, DAY + timedelta(days=1))])
def test_days_out_of_order_are_refused(first, last):
    with pytest.raises(DaysOutOfOrder):
        export_case_list(format="csv", first=first, last=last, by=make_person(), at=RECEIVED_AT)
    assert not CaseListExport.objects.exists()


@pytest.mark.django_db
def test_the_ledger_is_frozen():
    export_case_list(format="csv", first=DAY, last=DAY, by=make_person(), at=RECEIVED_AT)
    with pytest.raises(IntegrityError):
        CaseListExport.objects.update(row_count=7)


# --- The page


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_person(role))
    return client


@pytest.mark.django_db
def test_the_auditor_takes_it_from_the_desk_and_the_leader_sees_that():
    auditor = client_of(Role.AUDITOR)
    assert PAGE in auditor.get("/admin/").content.decode()
    assert PAGE in auditor.get("/admin/tall/").content.decode()
    asked = {"received_from": "2026-01-01", "received_to": "2026-01-31", "format": "csv"}
    answer = auditor.post(PAGE, asked)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    row = CaseListExport.objects.get()
    assert Viewing.objects.latest("pk").file == f"saksliste-2026-01-01-2026-01-31-{row.document_id}.csv"
    assert row.document_id in client_of(Role.LEADER).get("/admin/rights/caselistexport/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.LEADER, 200), (Role.CASE_HANDLER, 200), (Role.AUDITOR, 200), (Role.REGISTRAR, 403)],
)
def test_it_is_for_those_who_see_the_figures(role, status):
    assert client_of(role).get(PAGE).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("bad", [{"format": "exe"}, {"received_from": "x"}, {"received_to": "2099-01-01"}])
def test_bad_input_is_told_and_nothing_is_made(bad):
    asked = {"received_from": "2026-01-01", "received_to": "2026-01-31", "format": "csv", **bad}
    assert client_of(Role.AUDITOR).post(PAGE, asked).status_code == 422
    assert not CaseListExport.objects.exists()
