"""The company's register in the database of a test, for a tenth of what loading it costs."""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from processing.services.loading import load_register

Rows = dict[type[models.Model], tuple[str, list[tuple[object, ...]]]]


def load_company(at: datetime) -> None:
    """Fill the empty register as `load_register(at=at)` does, with the rows it wrote the first time it was asked.

    The loader itself runs once a worker and moment. `tests/processing/test_load_register.py` compares the two.
    """
    rows = _written_by_the_loader(at)
    with transaction.atomic(), connection.cursor() as cursor:
        for insert, values in rows.values():
            cursor.executemany(insert, values)
        # Keys came with the rows, so PostgreSQL has not counted them.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)


@cache
def _written_by_the_loader(at: datetime) -> Rows:
    with transaction.atomic():
        load_register(at=at)
        # Rows and history rows: both are models of the app.
        rows = {model: _rows(model) for model in apps.get_app_config("processing").get_models()}
        transaction.set_rollback(True)
    return {model: found for model, found in rows.items() if found[1]}


def _rows(model: type[models.Model]) -> tuple[str, list[tuple[object, ...]]]:
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in model._meta.concrete_fields]
    table, names, places = quote(model._meta.db_table), ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY {quote(model._meta.pk.column)}")
        return f"INSERT INTO {table} ({names}) VALUES ({places})", cursor.fetchall()
