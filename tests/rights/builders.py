"""Cases to test with: a realistic one unless told otherwise."""

import dataclasses
import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

from processing.law.rights import Right
from rights.law.terms import ContactWay, Relation
from rights.models import RightsRequest
from rights.services.intake import Particulars, Receipt, submit_request
from rights.workflow import Ending, RequestStatus

OSLO = ZoneInfo("Europe/Oslo")

# A Sunday evening in Oslo; the answer is due on Tuesday 22 December (law.md C4, first row).
RECEIVED_AT = datetime(2026, 11, 22, 18, 4, tzinfo=OSLO)

_numbers = itertools.count()


def make_receipt(**over) -> Receipt:
    """Submit a request as the form does, and return the case with its code."""
    fields = {
        "rights": [Right.ACCESS],
        "unsure": False,
        "relation": Relation.CLIENT,
        "name": "Test Testesen",
        "contact_way": ContactWay.CALL,
        "idempotency_key": f"key {next(_numbers)}",
        "at": RECEIVED_AT,
    }
    particulars = {field.name for field in dataclasses.fields(Particulars)}
    said = {"message": "Jeg vil gjerne se alt.", **{name: over.pop(name) for name in particulars & over.keys()}}
    return submit_request(**{**fields, **over, "particulars": Particulars(**said)})


def make_request(**over):
    return make_receipt(**over).request


def in_state(status: RequestStatus, **over) -> RightsRequest:
    """A case that stands at `status`, without the steps that lead there."""
    return put_in_state(make_request(**over), status)


def put_in_state(case: RightsRequest, status: RequestStatus) -> RightsRequest:
    case.status = status
    if not status.is_open:
        case.ending = Ending.WITHDRAWN if status is RequestStatus.WITHDRAWN else Ending.ANSWERED
        case.ended_on = case.received_on
    case.save()
    return case
