"""What a person calls the field that a finding, a remark or a proposal names."""

from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.text import capfirst

from processing.models import Activity, Controller, Party, Proposal
from processing.services.loading import OF_ACTIVITY, OF_CONTROLLER, PROPOSED, VOCABULARY

LISTS = {"activities": Activity, **VOCABULARY, **OF_CONTROLLER, **OF_ACTIVITY}
"""The names used for rows, of an activity or of the whole register."""

CODE_COLUMNS = {**PROPOSED, "transfers": "tool"}
"""The column a proposal means when it names the rows alone and its value is a code."""


def field_of(name: str) -> Field | None:
    """Return the model field that a proposal or a remark names, or None when it names rows as a whole or nothing."""
    rows, _dot, column = name.partition(".")
    models = (LISTS[rows],) if rows in LISTS else (Activity, Controller)
    for model in models:
        try:
            found = model._meta.get_field(column or CODE_COLUMNS.get(rows, rows))
        except FieldDoesNotExist:
            continue
        if found.concrete:
            return found
    return None


def field_words(name: str) -> str:
    """Return what a person calls the field that a finding, a proposal or a remark names."""
    rows = LISTS.get(name.partition(".")[0])
    found = field_of(name)
    if rows is None:
        return capfirst(found.verbose_name) if found else name
    plural = capfirst(rows._meta.verbose_name_plural)
    return f"{plural}: {found.verbose_name}" if "." in name and found else plural


def put_in_words(proposals: Iterable[Proposal]) -> None:
    """Give each proposal `words`: its value as a person says it, where it is a code. One query."""
    proposals = list(proposals)
    codes = [proposal.value for proposal in proposals if proposal.field == "disclosures"]
    parties = {party.code: str(party) for party in Party.objects.filter(code__in=codes)}
    for proposal in proposals:
        found = field_of(proposal.field)
        names = dict(found.flatchoices) if found and found.choices else {}
        if proposal.field == "disclosures":
            names = parties
        proposal.words = str(names.get(proposal.value, proposal.value))
