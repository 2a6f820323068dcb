"""No field of a case without a thought about the person it concerns."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from mktnorge.fields import SealedTextField
from rights.personal_data import CLASSIFIED, DataClass

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "personal-data.md"
MODELS = {model.__name__: model for model in apps.get_app_config("rights").get_models()}


def test_every_model_of_the_app_is_classified():
    assert set(CLASSIFIED) == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_every_field_is_classified(name):
    assert set(CLASSIFIED[name]) == {field.name for field in MODELS[name]._meta.concrete_fields}


@pytest.mark.parametrize("name", MODELS)
def test_what_a_person_writes_is_sealed_and_nothing_else_is_free_text(name):
    fields = MODELS[name]._meta.concrete_fields
    texts = {DataClass.WRITTEN, DataClass.ANSWER}
    written = {field.name for field in fields if CLASSIFIED[name][field.name] in texts}
    written |= {field.name for field in fields if name == "BreachWords" and field.name == "text"}
    codes = {name for name, kind in CLASSIFIED[name].items() if kind is DataClass.CODE}
    sealed = {field.name for field in fields if isinstance(field, SealedTextField)}
    assert sealed == written | codes
    long_texts = {field.name for field in fields if field.get_internal_type() == "TextField"}
    assert long_texts <= sealed
    free = {
        field.name
        for field in fields
        if field.get_internal_type() == "CharField" and not field.choices and (field.max_length or 0) > 12
    }
    assert free <= {field for field, kind in CLASSIFIED[name].items() if kind in {DataClass.SECRET, DataClass.PROOF}}


def test_the_document_says_the_same_as_the_program():
    sections = re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)[1:]
    documented = {
        section.split("\n", 1)[0]: dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", section, flags=re.MULTILINE))
        for section in sections
    }
    assert documented == {
        name: {field: kind.value for field, kind in fields.items()} for name, fields in CLASSIFIED.items()
    }


def test_the_document_explains_every_class():
    rows = re.findall(r"^\| ([a-z ]+) \|", DOCUMENT.read_text().split("## ", 1)[0], flags=re.MULTILINE)
    assert set(rows) == {kind.value for kind in DataClass}
