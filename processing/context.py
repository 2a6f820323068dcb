"""What every page may say about the controller: how to reach it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from processing.models import Controller
from processing.notices.body import SiteFacts


def site(request: HttpRequest) -> dict[str, object]:
    """Context processor: `site`, the controller's facts as they are now. One query, and only on pages that use it."""
    return {"site": SimpleLazyObject(current_site_facts)}


def current_site_facts() -> SiteFacts:
    controller = Controller.objects.first()
    if controller is None:
        return SiteFacts()
    place = f"{controller.postcode} {controller.city}".strip()
    return SiteFacts(
        name=controller.trading_name or controller.legal_name,
        legal_name=controller.legal_name,
        org_no=controller.org_no,
        address=", ".join(part for part in (controller.street, place) if part),
        email=controller.email,
        phone=controller.phone,
    )
