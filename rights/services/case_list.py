"""«Saksliste for tilsyn»: reading the rights that were asked for, and handing the list out with a row in the ledger."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mktnorge.evidence import join_evidence
from mktnorge.models import User
from processing.law.regimes import LegalRegime
from rights.exports.case_list import CaseListLedger, ListedRight, case_list_csv, case_list_pdf, case_list_xlsx
from rights.law.deadlines import local_date
from rights.law.extensions import ExtensionReason
from rights.law.outcomes import Outcome, RefusalGround
from rights.models import CaseListExport, Decision, RequestedRight
from rights.models.requests import SEALED
from rights.workflow import Ending

WRITERS = {"pdf": case_list_pdf, "xlsx": case_list_xlsx, "csv": case_list_csv}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class DaysOutOfOrder(Exception):
    """The last day is before the first, or has not come."""


@dataclass(frozen=True)
class CaseList:
    """A list that has been handed out: its row in the ledger, and the file."""

    document: CaseListExport
    content: bytes
    filename: str
    content_type: str


def export_case_list(*, format: str, first: date, last: date, by: User, at: datetime) -> CaseList:
    """Hand out the rights received from `first` to `last` (Oslo dates, inclusive), and enter it in the ledger.

    `format` is a key of WRITERS. Raises DaysOutOfOrder, or what `mktnorge.pdf.render_pdf` raises; then nothing is
    entered.
    """
    if not first <= last <= local_date(at):
        raise DaysOutOfOrder(_("Velg en første dag som er før den siste, og en siste dag som har vært."))
    ledger = CaseListLedger(document_id=f"SL-{secrets.token_hex(4).upper()}", first=first, last=last, printed_at=at)
    rows = listed_rights(first=first, last=last)
    content = WRITERS[format](rows, ledger)
    with transaction.atomic():
        join_evidence()
        document = CaseListExport.objects.create(
            document_id=ledger.document_id,
            format=format,
            received_from=first,
            received_to=last,
            exported_at=at,
            exported_by=by,
            row_count=len(rows),
            file_sha256=hashlib.sha256(content).hexdigest(),
        )
    name = f"saksliste-{first.isoformat()}-{last.isoformat()}-{document.document_id}.{format}"
    return CaseList(document, content, name, CONTENT_TYPES[format])


def listed_rights(*, first: date, last: date) -> tuple[ListedRight, ...]:
    """Return each right received from `first` to `last`, by the day it came. Two queries; no text of a person."""
    decisions = Decision.objects.select_related("letter").order_by("point")
    decisions = decisions.only("requested_right", "point", "outcome", "ground", "letter", "letter__delivered_on")
    rows = (
        RequestedRight.objects.filter(received_on__gte=first, received_on__lte=last)
        .select_related("request__extension")
        .defer("request__extension__words", *(f"request__{name}" for name in SEALED))
        .prefetch_related(Prefetch("decisions", decisions))
        .order_by("received_on", "request__case_number", "pk")
    )
    return tuple(_listed(row) for row in rows)


def _listed(row: RequestedRight) -> ListedRight:
    case = row.request
    decisions = list(row.decisions.all())
    delivered = [one.letter.delivered_on for one in decisions if one.letter and one.letter.delivered_on]
    extension = getattr(case, "extension", None)
    answered = max(delivered, default=None) or (case.ended_on if case.ending == Ending.ANSWERED else None)
    return ListedRight(
        case_number=case.case_number,
        right=row.as_right,
        regimes=tuple(LegalRegime(code) for code in case.regimes),
        deadline=row.deadline,
        answered_on=answered,
        extended_for=ExtensionReason(extension.reason) if extension else None,
        extension_told_on=extension.told_on if extension else None,
        outcomes=tuple(dict.fromkeys(Outcome(one.outcome) for one in decisions)),
        grounds=tuple(dict.fromkeys(RefusalGround(one.ground) for one in decisions if one.ground)),
        ending=Ending(case.ending) if case.ending else None,
        ended_on=case.ended_on,
    )
