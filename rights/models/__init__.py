from rights.models.breaches import Breach, BreachEvent, BreachWords
from rights.models.case_lists import CaseListExport
from rights.models.checklist import ChecklistTick
from rights.models.complaints import Complaint
from rights.models.contacts import DangerContact
from rights.models.decisions import CaseNote, Decision, Extension, IdentityCheck
from rights.models.drafts import Draft
from rights.models.erasures import ErasedLine, ErasureProof
from rights.models.events import RequestEvent
from rights.models.letters import Letter
from rights.models.lost_codes import LostCode
from rights.models.points import RequestPoint
from rights.models.reminders import Reminder
from rights.models.requests import RequestedRight, RightsRequest

__all__ = [
    "Breach",
    "BreachEvent",
    "BreachWords",
    "CaseListExport",
    "CaseNote",
    "ChecklistTick",
    "Complaint",
    "DangerContact",
    "Decision",
    "Draft",
    "ErasedLine",
    "ErasureProof",
    "Extension",
    "IdentityCheck",
    "Letter",
    "LostCode",
    "Reminder",
    "RequestEvent",
    "RequestPoint",
    "RequestedRight",
    "RightsRequest",
]
