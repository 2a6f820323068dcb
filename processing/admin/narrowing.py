"""Narrowing the register of a day: what an auditor looks for in it, and the activities that have it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from processing.admin.comparing import day_field
from processing.admin.margin import SIGNS, kind_words
from processing.exports.cells import CellReader
from processing.exports.tables import ACTIVITY, rows_of, tables
from processing.law.bases import LegalBasis
from processing.law.checks import check_register
from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.parties import PartyRole
from processing.law.records import ActivityRecord, Register
from processing.law.regimes import LegalRegime
from processing.models import (
    Activity,
    CollectionSituation,
    DataCategory,
    Measure,
    Party,
    SubjectCategory,
    System,
)
from processing.register import end_of_day, writings_between
from processing.services.table_words import table_words

OWN = "activities"


class NarrowForm(forms.Form):
    dag = day_field(gettext_lazy("Slik registeret var"))
    sok = forms.CharField(
        label=gettext_lazy("Finn"), required=False, max_length=100, help_text=gettext_lazy("Ord i navn og felt.")
    )
    rolle = forms.ChoiceField(label=gettext_lazy("Om hvem"), required=False)
    grunnlag = forms.ChoiceField(label=gettext_lazy("Grunnlag"), required=False)
    regime = forms.ChoiceField(label=gettext_lazy("Regime"), required=False)
    databehandler = forms.ChoiceField(label=gettext_lazy("Databehandler"), required=False)
    endret = day_field(gettext_lazy("Endret siden"), required=False)
    saerlige = forms.BooleanField(label=gettext_lazy("Bare med særlige kategorier"), label_suffix="", required=False)
    overforing = forms.BooleanField(
        label=gettext_lazy("Bare med overføring ut av EØS"), label_suffix="", required=False
    )
    funn = forms.BooleanField(label=gettext_lazy("Bare med feil eller advarsler"), label_suffix="", required=False)

    def __init__(self, *args, register: Register | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        processors = [party for party in register.parties if party.role is PartyRole.PROCESSOR] if register else []
        self._offer("rolle", [(row.code, row.name) for row in register.subject_categories] if register else [])
        self._offer("grunnlag", [(term.value, _(term.label)) for term in LegalBasis])
        self._offer("regime", [(term.value, _(term.label)) for term in LegalRegime])
        self._offer("databehandler", [(row.code, row.name or row.service) for row in processors])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        # A choice of another day is no mistake: nothing has it on this one.
        asked = self.data.get(name, "")
        known = [("", _("alle")), *choices]
        self.fields[name].choices = known if asked in dict(known) else [*known, (asked, asked)]


@dataclass(frozen=True)
class Listed:
    """An activity in the list, with how many findings of each kind."""

    record: ActivityRecord
    is_in_use: bool
    findings: tuple[tuple[str, str], ...]

    @property
    def bases(self) -> list[str]:
        return sorted(_(basis.label) for basis in self.record.bases)


def narrowed(register: Register, wanted: dict[str, object], on: date) -> list[Listed]:
    """Return the activities of `register` that have what is `wanted`, as `NarrowForm` cleans it.

    Two queries where it is asked what has changed since a day, and otherwise none.
    """
    counts: dict[str, Counter[Severity]] = {}
    for finding in check_register(register, law_on=on):
        counts.setdefault(finding.subject, Counter())[finding.severity] += 1
    texts = _texts(register) if wanted["sok"] else {}
    since = wanted["endret"]
    changed = _changed(register, since) if isinstance(since, date) else None
    words = str(wanted["sok"]).casefold().split()
    found = []
    for record in register.activities:
        kinds = counts.get(record.number, Counter())
        keep = (
            (not wanted["rolle"] or wanted["rolle"] in {row.code for row in record.subjects})
            and (not wanted["grunnlag"] or wanted["grunnlag"] in {basis.value for basis in record.bases})
            and (not wanted["regime"] or (record.regime is not None and record.regime.value == wanted["regime"]))
            and (
                not wanted["databehandler"] or wanted["databehandler"] in {row.party.code for row in record.disclosures}
            )
            and (not wanted["saerlige"] or record.special_categories in {Fact.YES, Fact.POSSIBLE})
            and (not wanted["overforing"] or record.transfers_outside_eea is Fact.YES or bool(record.transfers))
            and (not wanted["funn"] or bool(kinds[Severity.ERROR] or kinds[Severity.WARNING]))
            and (changed is None or record.number in changed)
            and all(word in texts.get(record.number, "") for word in words)
        )
        if keep:
            shown = tuple(
                (SIGNS[kind], f"{kinds[kind]} {kind_words(kind, kinds[kind])}") for kind in Severity if kinds[kind]
            )
            found.append(Listed(record, record.is_valid_on(on), shown))
    return found


def _texts(register: Register) -> dict[str, str]:
    """Everything each activity says, to search in."""
    reader = CellReader(register, table_words())
    found: dict[str, list[str]] = {record.number: [record.number] for record in register.activities}
    for table in tables():
        for row in rows_of(register, table):
            number = row["number"] if table.name == OWN else row.get(ACTIVITY)
            if number:
                found[number] += reader.said(table, row).values()
    return {number: "\n".join(texts).casefold() for number, texts in found.items()}


def _changed(register: Register, since: date) -> set[str]:
    """The numbers of the activities written to on `since`, an Oslo date, or later, up to the moment of `register`.

    So is one whose recipient, category, measure, system or situation was.
    """
    after = end_of_day(since - timedelta(days=1)) if since > date.min else datetime.min.replace(tzinfo=UTC)
    written = {(writing.model, writing.key) for writing in writings_between(after, register.moment)}
    return {
        record.number
        for record in register.activities
        if (Activity, record.number) in written or not written.isdisjoint(_named(record))
    }


def _named(record: ActivityRecord) -> Iterable[tuple[type[Model], str]]:
    """What several activities share and this one names."""
    yield from ((Party, row.party.code) for row in record.disclosures)
    yield from ((Party, row.party.code) for row in record.transfers if row.party)
    yield from ((System, system.code) for system in record.systems)
    yield from ((Measure, measure.code) for measure in record.safeguards)
    yield from ((DataCategory, category.code) for category in record.data_categories)
    yield from ((SubjectCategory, subject.code) for subject in record.subjects)
    yield from ((CollectionSituation, situation.code) for situation in record.collection)
