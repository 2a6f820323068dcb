"""Finding a case again by its follow-up code."""

from uuid import UUID

from django.utils.translation import gettext as _

from mktnorge.sealing import keyed_hash
from rights.law.codes import normalise_code
from rights.models import RightsRequest
from rights.services.intake import CODE_PURPOSE


class UnknownCode(Exception):
    """No case has this code. The message is the same whatever is wrong with it."""


def case_by_code(code: str) -> RightsRequest:
    """Return the case with this follow-up code, without what the person wrote.

    Every code costs the same: one hash and one look-up in a unique index, whether it has the right length or not, and
    whether the case exists or not. What the index could tell by its timing is a hash that nobody can steer.

    Raises UnknownCode.
    """
    code_hash = keyed_hash(normalise_code(code), purpose=CODE_PURPOSE)
    case = RightsRequest.objects.without_personal_text().filter(code_hash=code_hash).first()
    if case is None:
        raise UnknownCode(_("Koden stemmer ikke. Sjekk at alle 26 tegnene er med."))
    return case


def case_by_public_id(public_id: UUID) -> RightsRequest | None:
    """Return the case a session was opened for, without what the person wrote, or None when it is gone."""
    return RightsRequest.objects.without_personal_text().filter(public_id=public_id).first()
