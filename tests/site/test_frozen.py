"""A frozen table takes new rows and nothing else, by every road; and no later migration thaws one unnoticed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from mktnorge.frozen import FreezeRows, trigger_names
from processing.models import RegisterExport
from tests.builders import ASKED_AT, make_person

pytestmark = pytest.mark.django_db
TABLE = "processing_registerexport"


def issued(**over) -> RegisterExport:
    fields = {
        "document_id": "MKT-2026-AAAAAA",
        "format": "pdf",
        "edition": "internal",
        "as_of": ASKED_AT.date(),
        "moment": ASKED_AT,
        "law_on": ASKED_AT.date(),
        "exported_at": ASKED_AT,
        "activity_count": 14,
        "finding_count": 3,
        "json_version": 2,
        "content_sha256": "0" * 64,
        "file_sha256": "1" * 64,
    }
    return RegisterExport.objects.create(**fields | over)


def by_save(row: RegisterExport) -> None:
    row.activity_count = 15
    row.save()


def sql(statement: str):
    def run(row: RegisterExport) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"id": row.pk} if "%(id)s" in statement else None)

    return run


ROADS = {
    "save": by_save,
    "update": lambda row: RegisterExport.objects.filter(pk=row.pk).update(activity_count=15),
    "bulk_update": lambda row: RegisterExport.objects.bulk_update([row], ["activity_count"]),
    "upsert": lambda row: RegisterExport.objects.bulk_create(
        [RegisterExport(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["activity_count"],
    ),
    "delete": lambda row: row.delete(),
    "delete all": lambda row: RegisterExport.objects.all().delete(),
    "raw update": sql(f"UPDATE {TABLE} SET file_sha256 = '' WHERE id = %(id)s"),
    "raw update of all": sql(f"UPDATE {TABLE} SET file_sha256 = file_sha256"),
    "raw delete": sql(f"DELETE FROM {TABLE}"),
}
COLUMNS = (
    "document_id, format, edition, as_of, moment, law_on, exported_at, activity_count, finding_count, content_sha256"
)
if connection.vendor == "postgresql":
    ROADS["truncate"] = sql(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {TABLE} CASCADE")
else:
    ROADS["replace by key"] = sql(
        f"INSERT OR REPLACE INTO {TABLE} (id, {COLUMNS}, file_sha256) SELECT id, {COLUMNS}, '' FROM {TABLE}"
    )
    ROADS["replace by document"] = sql(
        f"INSERT OR REPLACE INTO {TABLE} ({COLUMNS}, file_sha256) SELECT {COLUMNS}, '' FROM {TABLE}"
    )


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_a_row_is_never_changed_or_deleted(road):
    row = issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        road(row)
    row.refresh_from_db()
    assert (row.activity_count, row.file_sha256) == (14, "1" * 64)


def test_the_refusal_says_which_table_and_what_to_do():
    row = issued()
    with pytest.raises(IntegrityError, match=r"processing_registerexport is frozen: .* a new one corrects it"):
        row.delete()


def test_new_rows_are_taken():
    issued()
    issued(document_id="MKT-2026-BBBBBB", exported_by=make_person())
    assert RegisterExport.objects.count() == 2


def test_a_person_in_the_ledger_cannot_be_deleted():
    person = make_person()
    issued(exported_by=person)
    with pytest.raises(IntegrityError):
        person.delete()


def frozen_tables() -> set[str]:
    """The tables that the migrations of all apps freeze."""
    loader = MigrationLoader(connection)
    state = loader.project_state()
    return {
        state.apps.get_model(label, operation.model_name)._meta.db_table
        for (label, _), migration in loader.disk_migrations.items()
        for operation in migration.operations
        if isinstance(operation, FreezeRows)
    }


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_frozen_table_still_is_after_the_last_migration():
    tables = frozen_tables()
    assert TABLE in tables
    missing = {name for table in tables for name in trigger_names(table, connection.vendor)} - triggers()
    assert missing == set()


@pytest.mark.django_db(transaction=True)
def test_freezing_goes_back_and_forth():
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    names = set(trigger_names(TABLE, connection.vendor))
    try:
        MigrationExecutor(connection).migrate([("processing", "0001_initial")])
        assert not names & triggers()
    finally:
        MigrationExecutor(connection).migrate(latest)
    assert names <= triggers()
