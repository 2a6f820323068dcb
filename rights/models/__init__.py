from rights.models.contacts import DangerContact
from rights.models.drafts import Draft
from rights.models.events import RequestEvent
from rights.models.points import RequestPoint
from rights.models.requests import RequestedRight, RightsRequest

__all__ = ["DangerContact", "Draft", "RequestEvent", "RequestPoint", "RequestedRight", "RightsRequest"]
