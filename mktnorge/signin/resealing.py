"""Sealing the secrets of apps and recovery codes with the current key. allauth keeps them in JSON, not in a field."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from mktnorge.rotation import NothingToSealWith, Rotated
from mktnorge.sealing import SealingError, current_key_id, key_id_of, seal, unseal
from mktnorge.signin.adapters import LABEL

PLACE = "mfa.authenticator.data"
SEALED = ("secret", "seed")


def reseal_second_factors() -> Rotated:
    """Seal what is sealed with an older key, a transaction for each row. Raises NothingToSealWith."""
    done, current = Rotated(), current_key_id()
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if factor is None:
                continue
            for name in SEALED:
                token = factor.data.get(name)
                if not token:
                    continue
                if key_id_of(token) != current:
                    factor.data[name] = seal(_opened(token, pk), label=LABEL)
                    done.resealed += 1
                done.held_by[key_id_of(factor.data[name])] += 1
            factor.save(update_fields=["data"])
    return done


def _opened(token: str, pk: int) -> str:
    try:
        return unseal(token, label=LABEL)
    except SealingError as error:
        raise NothingToSealWith(
            _("%(label)s, rad %(pk)s: %(why)s") % {"label": PLACE, "pk": pk, "why": error}
        ) from error
