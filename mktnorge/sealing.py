"""Encryption of what people write, and keyed hashes of what must be found again without being read.

A sealed text is `v1.<key id>.<base64url of nonce, ciphertext and tag>`, AES-256-GCM. The version, the key id and a
label of the place it belongs to are authenticated with it: a token moved to another field does not open, and the
key id lets keys be exchanged while old rows can still be read.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SealingError(Exception):
    """A text could not be sealed or opened. The message says why, and never holds a key or a part of the text."""


class BadKey(SealingError):
    """A key in the settings is missing or not what it should be."""


class UnknownKey(SealingError):
    """The text was sealed with a key that is no longer in DATA_KEYS."""


class Tampered(SealingError):
    """The token was changed, cut, moved to another place, or sealed with another key of the same id."""


def seal(text: str, *, label: str) -> str:
    """Return `text` encrypted with the current key. The same text gives a new token every time.

    `label` names the place the text belongs to, and must be given again to open it. Raises BadKey.
    """
    key_id, key = next(iter(_data_keys().items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, text.encode(), _authenticated(key_id, label))
    return f"{VERSION}.{key_id}.{base64.urlsafe_b64encode(nonce + ciphertext).decode()}"


def unseal(token: str, *, label: str) -> str:
    """Return the text that `seal` was given with the same `label`. Raises BadKey, UnknownKey or Tampered."""
    key_id, sealed = _parts(token)
    key = _data_keys().get(key_id)
    if key is None:
        raise UnknownKey(_("Teksten er kryptert med nøkkelen «%(id)s», og den står ikke i DATA_KEYS.") % {"id": key_id})
    try:
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, ciphertext, _authenticated(key_id, label)).decode()
    except (InvalidTag, ValueError) as error:
        raise Tampered(
            _("Teksten kan ikke åpnes: Den er endret, flyttet eller kryptert med en annen nøkkel.")
        ) from error


def key_id_of(token: str) -> str:
    """Return the id of the key a token was sealed with, without opening it. Raises Tampered for what is no token."""
    return _parts(token)[0]


def current_key_id() -> str:
    """Return the id of the key new texts are sealed with: the first of DATA_KEYS. Raises BadKey."""
    return next(iter(_data_keys()))


def keyed_hash(value: str, *, purpose: str) -> str:
    """Return the HMAC-SHA-256 of `value` under CODE_KEY, as 64 hexadecimal digits.

    The same value gives another hash for another `purpose`, so that two columns cannot be compared. Raises BadKey.
    """
    return hmac.new(_code_key(settings.CODE_KEY), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


@register("keys")
def check_keys(app_configs: object, **options: object) -> list[CheckMessage]:
    """Say at start which key setting is wrong, before the first person's text meets it."""
    problems: list[CheckMessage] = []
    try:
        _data_keys()
    except BadKey as error:
        problems.append(Error(str(error), hint=_HINT, id="mktnorge.E011"))
    try:
        _code_key(settings.CODE_KEY)
    except BadKey as error:
        problems.append(Error(str(error), hint=_HINT, id="mktnorge.E012"))
    return problems


_HINT = "manage.py new_keys"


def _authenticated(key_id: str, label: str) -> bytes:
    return f"{VERSION}.{key_id}.{label}".encode()


def _parts(token: str) -> tuple[str, bytes]:
    version, _dot, rest = token.partition(".")
    key_id, _dot, body = rest.partition(".")
    try:
        if version != VERSION or not KEY_ID.fullmatch(key_id):
            raise ValueError
        return key_id, base64.b64decode(body, altchars=b"-_", validate=True)
    except ValueError as error:
        raise Tampered(_("Verdien er ikke en kryptert tekst.")) from error


def _data_keys() -> Mapping[str, bytes]:
    return _parsed(tuple(settings.DATA_KEYS))


@lru_cache(maxsize=8)
def _parsed(entries: Sequence[str]) -> Mapping[str, bytes]:
    keys: dict[str, bytes] = {}
    for place, entry in enumerate(entries, start=1):
        key_id, colon, encoded = entry.strip().partition(":")
        if not colon or not KEY_ID.fullmatch(key_id):
            raise BadKey(
                _("DATA_KEYS: Nøkkel nummer %(place)d må ha formen id:base64, med bokstaver og tall i id.")
                % {"place": place}
            )
        if key_id in keys:
            raise BadKey(_("DATA_KEYS: To nøkler har samme id, «%(id)s».") % {"id": key_id})
        keys[key_id] = _decoded(encoded, name=_("DATA_KEYS, nøkkelen «%(id)s»") % {"id": key_id})
    if not keys:
        raise BadKey(_("DATA_KEYS er tom. Uten nøkkel kan ingenting tas imot."))
    return keys


@lru_cache(maxsize=8)
def _code_key(encoded: str) -> bytes:
    return _decoded(encoded, name="CODE_KEY")


def _decoded(encoded: str, *, name: str) -> bytes:
    """Return the 32 bytes of a key in either base64 alphabet, with or without its padding."""
    plain = encoded.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        key = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise BadKey(_("%(name)s er ikke gyldig base64.") % {"name": name}) from error
    if len(key) != KEY_BYTES:
        raise BadKey(
            _("%(name)s har %(length)d byte. Den må ha %(expected)d.")
            % {"name": name, "length": len(key), "expected": KEY_BYTES}
        )
    return key
