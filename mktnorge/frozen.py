"""Tables whose rows never change once written: the database itself refuses, whoever asks and by whatever road.

A migration freezes a table in an operation of its own, after the one that makes it:

    operations = [FreezeRows("RegisterExport")]

From then on a row can be added and read. `save()`, `update()`, `delete()` and raw SQL raise `IntegrityError`. What is
wrong in a frozen row is put right by adding another. A frozen table holds nothing that must be erased, and its
foreign keys are PROTECT: emptying a key would be a change.

SQLite drops triggers with the table when a migration rebuilds it (`AlterField`, `AddConstraint`): such a migration
ends with `FreezeRows` again. tests/site/test_frozen.py finds the one that forgot.
"""

from functools import partial
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model, UniqueConstraint


class FreezeRows(Operation):
    """Refuse every change and deletion of the rows of a model. Reversible, and harmless when repeated.

    `released`, for a table whose rows must one day be erased: (table, column, our column). A row may be deleted, never
    changed, when that table, itself frozen, lists its value of our column:
    nothing leaves without a trace that stays.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, released: tuple[str, str, str] | None = None) -> None:
        self.model_name = model_name
        self.released = released

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Freezing says nothing about fields."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._run(_thaw, app_label, schema_editor, to_state)
        self._run(partial(_freeze, released=self.released), app_label, schema_editor, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._run(_thaw, app_label, schema_editor, to_state)
        if self.released:
            # An earlier migration froze the table whole, and that one still stands.
            self._run(_freeze, app_label, schema_editor, to_state)

    def describe(self) -> str:
        return f"Freeze the rows of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"freeze_{self.model_name.lower()}"

    def _run(
        self, statements: Any, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> None:
        model = state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for sql in statements(model, schema_editor.connection.vendor):
                schema_editor.execute(sql, params=None)


def trigger_names(table: str, vendor: str) -> list[str]:
    """Return the triggers that hold `table` frozen on a `vendor` of Django's: sqlite or postgresql."""
    events = {"sqlite": ("update", "delete", "replace"), "postgresql": ("change", "truncate")}[vendor]
    return [f"{table}_frozen_{event}" for event in events]


def _freeze(model: type[Model], vendor: str, released: tuple[str, str, str] | None = None) -> list[str]:
    table = model._meta.db_table
    refusal = f"{table} is frozen: a row is never changed or deleted, a new one corrects it"
    names = trigger_names(table, vendor)
    may_leave = ""
    if released:
        list_table, list_column, column = released
        may_leave = f'EXISTS (SELECT 1 FROM "{list_table}" WHERE "{list_column}" = OLD."{column}")'  # noqa: S608  ours
    if vendor == "sqlite":
        update, delete, replace = names
        unless_released = f"WHEN NOT {may_leave} " if may_leave else ""
        body = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        # INSERT OR REPLACE takes the row it collides with away without firing the trigger on deletion.
        collides = " OR ".join(
            "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in _unique_keys(model)
        )
        collision = f'EXISTS (SELECT 1 FROM "{table}" WHERE {collides})'  # noqa: S608  names of our own columns
        return [
            f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" {body}',
            f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" {unless_released}{body}',
            f'CREATE TRIGGER "{replace}" BEFORE INSERT ON "{table}" WHEN {collision} {body}',
        ]
    change, truncate = names
    call = f'EXECUTE FUNCTION "{table}_frozen"()'
    # In a branch of its own: when the whole table is emptied there is no OLD.
    let_go = f"IF TG_OP = 'DELETE' THEN IF {may_leave} THEN RETURN OLD; END IF; END IF; " if may_leave else ""
    return [
        # With this code Django raises IntegrityError, as it does for every other rule of the database.
        f'CREATE FUNCTION "{table}_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {let_go}'
        f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f'CREATE TRIGGER "{change}" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {call}',
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}',
    ]


def _thaw(model: type[Model], vendor: str) -> list[str]:
    table = model._meta.db_table
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{name}"' for name in trigger_names(table, vendor)]
    drops = [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in trigger_names(table, vendor)]
    return [*drops, f'DROP FUNCTION IF EXISTS "{table}_frozen"()']


def _unique_keys(model: type[Model]) -> list[list[str]]:
    """The columns, or groups of columns, in which two rows of `model` can collide."""
    fields = model._meta.concrete_fields
    keys = [[field.column] for field in fields if field.unique]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields and constraint.condition is None:
            keys.append([model._meta.get_field(name).column for name in constraint.fields])
    return keys
