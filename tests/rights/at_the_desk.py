"""A case with a person at it, so that a test tells only what it is about."""

from datetime import timedelta

from processing.law.regimes import LegalRegime
from rights.law.identity import IdentityMethod
from rights.models import RequestEvent, RightsRequest
from rights.services import handling
from tests.rights.builders import RECEIVED_AT, make_request

NOON = RECEIVED_AT + timedelta(days=1)
JOURNAL = {LegalRegime.HEALTH_RECORD}
GENERAL = {LegalRegime.GDPR_ONLY}


class Desk:
    """Takes each step with the version the case has now, unless told otherwise."""

    def __init__(self, by, **over) -> None:
        self.by, self.at = by, NOON
        self.pk = make_request(**over).pk

    @property
    def case(self) -> RightsRequest:
        return RightsRequest.objects.get(pk=self.pk)

    def do(self, service, by=None, at=None, version=None, **values):
        version = self.case.version if version is None else version
        return service(case=self.pk, version=version, by=by or self.by, at=at or self.at, **values)

    def ready_to_answer(self, regimes=GENERAL, method=IdentityMethod.IN_PERSON) -> "Desk":
        self.do(handling.take_case)
        self.do(handling.confirm_regimes, regimes=regimes)
        self.do(handling.record_identity, method=method, on=NOON.date())
        return self

    def log(self) -> list[str]:
        return list(RequestEvent.objects.filter(request=self.pk).order_by("pk").values_list("kind", flat=True))
