"""What people call the tables and columns of the register, from the words of the models."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from processing.exports.tables import ACTIVITY, CODE, NUMBER, TITLES, Column, Table, tables
from processing.exports.words import ColumnWords, Words
from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.models import Activity, Controller
from processing.services.loading import LISTS, OF_ACTIVITY, OF_COMPANY, OF_CONTROLLER, VOCABULARY

LONGEST_TITLE = 31
"""What a sheet may be called at most."""


def table_words() -> Words:
    """Return the words of every table, in the language of the moment."""
    found = tables()
    titles = {
        table.name: _(TITLES[table.name]) if table.name in TITLES else _plural(table)[:LONGEST_TITLE] for table in found
    }
    columns = {(table.name, column.name): _words(table, column, titles) for table in found for column in table.columns}
    return Words(titles=titles, columns=columns)


def _words(table: Table, column: Column, titles: dict[str, str]) -> ColumnWords:
    if column.name == ACTIVITY and table.owner is ActivityRecord:
        text = _("Nummeret til aktiviteten raden hører til, fra arket «{title}».").format(title=titles["activities"])
        if table.of_company_too:
            text += " " + _("Tomt: gjelder virksomheten generelt.")
        return ColumnWords(_("aktivitet"), text)
    if column.name == NUMBER:
        return ColumnWords(_("nr."), _("Hvilken av aktivitetens rader dette er: 1, 2, 3. Tomt: i den orden de står."))
    name = LISTS[table.section] if table.codes_only and column.name == CODE else column.name
    item: Any = model_of(table)._meta.get_field(name)
    text = str(item.help_text)
    if column.section:
        text += " " + _("Skriv koden fra arket «{title}».").format(title=titles[column.section])
    choices = tuple((str(code), _(str(label))) for code, label in item.flatchoices if code)
    return ColumnWords(str(item.verbose_name), text.strip(), item.max_length, choices)


@cache
def model_of(table: Table) -> type[models.Model]:
    """The model that keeps the rows of a table."""
    if table.owner is ActivityRecord:
        return OF_ACTIVITY[table.section]
    if table.owner is ControllerRecord:
        return OF_CONTROLLER[table.section]
    assert table.owner is Register
    own: dict[str, type[models.Model]] = {"controller": Controller, "activities": Activity}
    return {**own, **VOCABULARY, **OF_COMPANY}[table.section]


def _plural(table: Table) -> str:
    name = capfirst(str(model_of(table)._meta.verbose_name_plural))
    return "".join(letter for letter in name if letter.isalnum() or letter in " .,-")
