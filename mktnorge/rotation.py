"""Sealing every stored text anew with the current key, so that an old key can be taken out of DATA_KEYS.

Works on the tokens as they lie in the database: no row is loaded as a model, no history row is written, and a text
that is sealed with the current key already is left alone. It may be stopped at any time and run again.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from mktnorge.fields import SealedTextField
from mktnorge.sealing import SealingError, current_key_id, key_id_of, seal, unseal

BATCH = 200


class NothingToSealWith(SealingError):
    """A text cannot be opened with the keys there are. The message names the place, never the text."""


@dataclass
class Rotated:
    """How many texts were sealed anew, and how many each key still holds afterwards."""

    resealed: int = 0
    held_by: Counter[str] = field(default_factory=Counter)


def sealed_fields() -> list[SealedTextField]:
    """Return every sealed field of every app, history and all, in a fixed order."""
    found = [
        model_field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for model_field in model._meta.local_concrete_fields
        if isinstance(model_field, SealedTextField)
    ]
    return sorted(found, key=lambda one: one.label)


def reseal(one: SealedTextField, *, batch: int = BATCH) -> Rotated:
    """Seal the texts of a field with the current key, a transaction for each `batch` rows.

    Raises NothingToSealWith at the first text that no key opens; what was done before it stands.
    """
    done, current = Rotated(), current_key_id()
    for keys in _batches(one, batch):
        with transaction.atomic():
            for pk, token in _locked(one, keys):
                if key_id_of(token) != current:
                    _write(one, pk, seal(_opened(one, pk, token), label=one.label))
                    done.resealed += 1
    for token in _tokens(one):
        done.held_by[key_id_of(token)] += 1
    return done


def _opened(one: SealedTextField, pk: object, token: str) -> str:
    try:
        return unseal(token, label=one.label)
    except SealingError as error:
        place = _("%(label)s, rad %(pk)s: %(why)s")
        raise NothingToSealWith(place % {"label": one.label, "pk": pk, "why": error}) from error


def _batches(one: SealedTextField, size: int) -> Iterator[list[object]]:
    """Ask for the rows after the last one each time, so that nothing is held while a batch is written."""
    table, column, key = _names(one)
    last: object = None
    while True:
        after = f" AND {key} > %s" if last is not None else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key} FROM {table} WHERE {column} <> ''{after} ORDER BY {key} LIMIT %s",  # noqa: S608
                [*([last] if last is not None else []), size],
            )
            keys = [row[0] for row in cursor.fetchall()]
        if not keys:
            return
        yield keys
        last = keys[-1]


def _locked(one: SealedTextField, keys: list[object]) -> list[tuple[object, str]]:
    table, column, key = _names(one)
    places = ", ".join(["%s"] * len(keys))
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {key} IN ({places}) AND {column} <> ''{lock}",  # noqa: S608
            keys,
        )
        return cursor.fetchall()


def _tokens(one: SealedTextField) -> Iterator[str]:
    table, column, _key = _names(one)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} <> ''")  # noqa: S608
        while rows := cursor.fetchmany(BATCH):
            yield from (row[0] for row in rows)


def _write(one: SealedTextField, pk: object, token: str) -> None:
    table, column, key = _names(one)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [token, pk])  # noqa: S608


def _names(one: SealedTextField) -> tuple[str, str, str]:
    quote = connection.ops.quote_name
    meta: models.options.Options[models.Model] = one.model._meta
    return quote(meta.db_table), quote(one.column), quote(meta.pk.column)
