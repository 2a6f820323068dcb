"""The migrations say what the models say, on whichever database the suite runs."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState

from tests.repository.tree import PRODUCT

NAME = re.compile(r"\d{4}_[a-z][a-z0-9_]+")


def ours() -> dict[tuple[str, str], object]:
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in PRODUCT}


@pytest.mark.django_db
def test_nothing_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_change_without_its_migration_would_be_noticed():
    before = MigrationLoader(connection).project_state()
    after = ProjectState.from_apps(apps)
    after.add_model(ModelState("mktnorge", "Planted", [("id", models.BigAutoField(primary_key=True))]))
    found = MigrationAutodetector(before, after, NonInteractiveMigrationQuestioner()).changes(
        graph=MigrationLoader(connection).graph
    )
    assert "mktnorge" in found


@pytest.mark.django_db
def test_every_migration_has_a_name_that_says_what_it_does():
    assert [key for key in ours() if not NAME.fullmatch(key[1]) or "_auto_" in key[1]] == []


@pytest.mark.django_db
def test_every_migration_can_be_undone():
    assert [
        (key, operation.describe())
        for key, migration in ours().items()
        for operation in migration.operations
        if not operation.reversible
    ] == []
