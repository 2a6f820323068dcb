from rights.models.events import RequestEvent
from rights.models.requests import RequestedRight, RightsRequest

__all__ = ["RequestEvent", "RequestedRight", "RightsRequest"]
