"""The register as JSON-LD in the Data Privacy Vocabulary of the W3C community group, for programs that know it.

Every field of the edition is there: with a term of DPV or Dublin Core where one says it, else with a term of our own
that the file explains itself. Rows have no address on the web, so they are blank nodes, told apart by their
identifiers, and `reg:place` keeps the order of a list. The context stands in the file, so that reading it asks no
server for anything.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from string import ascii_letters, digits
from typing import Any

from django.utils.translation import gettext as _

from processing.exports.dpv_terms import (
    BY_CODE,
    CLASSES,
    DESCRIBED,
    DPIA_NEEDED,
    DPV_VERSION,
    LINKED,
    PREFIXES,
    RIGHTS,
    Described,
)
from processing.exports.editions import RegisterEdition
from processing.exports.imprint import emptiness, left_out
from processing.exports.json import SHARED, payload_hash
from processing.exports.ledger import ExportLedger
from processing.exports.tables import ACTIVITY, CODE, NUMBER, Column, Kind, Row, Table, rows_of, tables
from processing.exports.words import Words
from processing.law.countries import country_name
from processing.law.editions import Edition
from processing.law.facts import Fact
from processing.law.parties import PartyRole
from processing.law.records import ActivityRecord, Register
from processing.law.retention import PeriodUnit
from processing.law.rights import rights_for
from processing.law.terms import N_, LawTerm
from processing.law.transfers import EEA

REGISTER = "_:register"
CONTROLLER = "_:controller"
LETTERS = {PeriodUnit.DAYS: "D", PeriodUnit.MONTHS: "M", PeriodUnit.YEARS: "Y"}
"""Of a duration in ISO 8601."""

_ABOUT = {
    "place": N_("Radens plass i listen, fra 1"),
    "edition": N_("Utgave"),
    "as_of": N_("Registeret slik det var"),
    "moment": N_("Nøyaktig tidspunkt"),
    "law_on": N_("Loven slik den var"),
    "content_sha256": N_("SHA-256 av registeret som kanonisk JSON"),
}

NAMED_BY = frozenset(ascii_letters + digits + "_")

Node = dict[str, Any]


def register_jsonld(edition: RegisterEdition, *, words: Words, ledger: ExportLedger) -> bytes:
    """Return the edition as JSON-LD. The same edition, words and ledger give the same bytes."""
    graph = _Graph(edition, words, ledger)
    document = {"@context": graph.context(), "@graph": graph.nodes()}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()


def own_term(table: Table, column: str) -> str:
    """The term of our own for a column: the name of the table and of the column."""
    return f"reg:{table.name}.{column}"


class _Graph:
    """The nodes of one edition, and the terms of our own that they use."""

    def __init__(self, edition: RegisterEdition, words: Words, ledger: ExportLedger) -> None:
        self.edition = edition
        self.words = words
        self.ledger = ledger
        self.register = edition.register
        self.tables = tables(edition.which)
        self.activities: dict[str, Node] = {}

    def context(self) -> Node:
        """The prefixes, and the columns that hold dates."""
        dated = {
            own_term(table, column.name): {"@type": "xsd:date"}
            for table in self.tables
            for column in table.columns
            if column.kind is Kind.DATE
        }
        return {**PREFIXES, **dated}

    def nodes(self) -> list[Node]:
        record = self._record()
        shared: list[Node] = []
        for table in self.tables:
            for row in _numbered(rows_of(self.register, table)):
                node = self._node(table, row)
                if table.name in SHARED:
                    shared.append(node)
                else:
                    _add(self._owner(table, row, record), _link_of(table), node)
        if self.register.controller:
            measures = [{"@id": _name("measures", row.code)} for row in self.register.general_measures]
            for measure in measures:
                _add(record["dpv:hasDataController"][0], "dpv:hasTechnicalOrganisationalMeasure", measure)
        for activity in self.register.activities:
            self._beside(activity)
        return [record, *shared, *self._own_terms()]

    def _record(self) -> Node:
        """The register itself: which document, as of when, and in which edition."""
        edition = self.edition
        digest = payload_hash(self.register, version=self.ledger.json_version, edition=edition.which)
        comments = [*filter(None, [emptiness(edition)]), *left_out(edition.which, self.words)]
        return {
            "@id": REGISTER,
            "@type": ["dpv:ROPA"],
            "dct:identifier": self.ledger.document_id,
            "dct:language": "nb",
            "dct:conformsTo": f"DPV {DPV_VERSION}",
            "dct:issued": _typed(self.ledger.printed_at.astimezone(UTC).isoformat(), "dateTime"),
            "reg:edition": edition.which.value,
            "reg:as_of": _typed(self.ledger.as_of.isoformat(), "date"),
            "reg:law_on": _typed(self.ledger.law_on.isoformat(), "date"),
            "reg:moment": _typed(self.register.moment.astimezone(UTC).isoformat(timespec="microseconds"), "dateTime"),
            "reg:content_sha256": digest,
            **({"rdfs:comment": comments} if comments else {}),
        }

    def _owner(self, table: Table, row: Row, record: Node) -> Node:
        """The activity, else the company, and the record itself where none is stated."""
        if row.get(ACTIVITY):
            return self.activities[row[ACTIVITY]]
        if table.owner is Register:
            return record
        company: list[Node] = record.get("dpv:hasDataController", [record])
        return company[0]

    def _node(self, table: Table, row: Row) -> Node:
        if table.codes_only:
            return {"@id": _name(table.columns[1].section, row[CODE])}
        described = DESCRIBED.get(table.name, Described())
        node: Node = {"@id": _id_of(table, row), "@type": self._classes(table, row, described)}
        for column in table.columns:
            if column.kind not in {Kind.ACTIVITY, Kind.PLACE}:
                self._state(node, table, column, row, described)
        if table.owner is not Register:
            node["reg:place"] = row[NUMBER]
        if table.name == "activities":
            self.activities[row["number"]] = node
            if self.register.controller:
                node["dpv:hasDataController"] = {"@id": CONTROLLER}
        if table.name == "retention" and (duration := _duration(row)):
            node["dpv:hasDuration"] = duration
        return node

    def _classes(self, table: Table, row: Row, described: Described) -> list[str]:
        """Our own class, that of the table, and DPV's."""
        found = [f"reg:{table.name}", *described.classes]
        for value in row.values():
            if isinstance(value, LawTerm):
                found += CLASSES.get(type(value), {}).get(value, ())
        if narrower := BY_CODE.get(table.name, {}).get(str(row.get(CODE))):
            found.append(narrower)
        return list(dict.fromkeys(found))

    def _state(self, node: Node, table: Table, column: Column, row: Row, described: Described) -> None:
        """Say what a cell says. Nothing is said where nothing is stated."""
        value = row[column.name]
        if value is None or value == "" or value is Fact.NOT_STATED:
            return
        term = described.columns.get(column.name, own_term(table, column.name))
        if column.kind is Kind.SHARED:
            node[term] = {"@id": _name(column.section, value)}
        elif column.kind is Kind.RULE:
            node[term] = {"@id": _name("retention", row[ACTIVITY], value)}
        elif column.kind is Kind.TERM:
            node[term] = value.value
            link, pointed = LINKED.get(type(value), ("", {}))
            if value in pointed:
                node[link] = {"@id": pointed[value]}
        else:
            node[term] = value.isoformat() if isinstance(value, date) else value
        if column.name == "country" and country_name(value) != value:
            node["dpv:hasCountry"] = {"@id": f"loc:{value}"}
            if table.name == "transfers" and value not in EEA:
                node["dpv:hasThirdCountry"] = {"@id": f"loc:{value}"}

    def _beside(self, activity: ActivityRecord) -> None:
        """What DPV asks of the activity itself, and the register says row by row."""
        node = self.activities[activity.number]
        for link, names in (
            ("dpv:hasPersonalData", [_name("data_categories", row.code) for row in activity.data_categories]),
            ("dpv:hasDataSubject", [_name("subject_categories", row.code) for row in activity.subjects]),
            ("dpv:hasRecipient", [_name("parties", row.party.code) for row in activity.disclosures]),
            (
                "dpv:hasDataProcessor",
                [
                    _name("parties", row.party.code)
                    for row in activity.disclosures
                    if row.party.role is PartyRole.PROCESSOR
                ],
            ),
        ):
            for name in dict.fromkeys(names):
                _add(node, link, {"@id": name})
        if self.edition.which is Edition.INTERNAL:
            if activity.dpia_needed in DPIA_NEEDED:
                node["dpv:hasStatus"] = {"@id": DPIA_NEEDED[activity.dpia_needed]}
            given = [entry.right for entry in rights_for(activity) if entry.applies is Fact.YES]
            for term in dict.fromkeys(RIGHTS[right] for right in given if right in RIGHTS):
                _add(node, "dpv:hasRight", {"@id": term})

    def _own_terms(self) -> Iterator[Node]:
        """What our own terms mean, in the words of the register."""
        for name, label in _ABOUT.items():
            yield _property(f"reg:{name}", _(label))
        for table in self.tables:
            described = DESCRIBED.get(table.name, Described())
            title = self.words.titles[table.name]
            if not table.codes_only:
                yield {"@id": f"reg:{table.name}", "@type": "rdfs:Class", "rdfs:label": title}
            if table.name not in SHARED and not described.link:
                yield _property(_link_of(table), title)
            for column in table.columns if not table.codes_only else ():
                if column.name not in described.columns and column.kind not in {Kind.ACTIVITY, Kind.PLACE}:
                    said = self.words.columns[table.name, column.name]
                    yield _property(own_term(table, column.name), f"{title}: {said.heading}", said.help)


def _property(term: str, label: str, comment: str = "") -> Node:
    said = {"rdfs:comment": comment} if comment else {}
    return {"@id": term, "@type": "rdf:Property", "rdfs:label": label, **said}


def _numbered(rows: Iterator[Row]) -> Iterator[Row]:
    """Number the rows of the company as those of an activity are. Each activity's are numbered already."""
    for place, row in enumerate(rows, start=1):
        yield {NUMBER: place, **row}


def _link_of(table: Table) -> str:
    """The property that leads to a row from what it belongs to."""
    described = DESCRIBED.get(table.name, Described())
    return described.link or f"reg:has.{table.name}"


def _id_of(table: Table, row: Row) -> str:
    if table.name == "controller":
        return CONTROLLER
    if table.name == "activities":
        return _name("activities", row["number"])
    if table.name in SHARED:
        return _name(table.name, row[CODE])
    return _name(table.name, row.get(ACTIVITY, ""), row[NUMBER])


def _name(section: str, code: str, place: int | None = None) -> str:
    """The name of a blank node. What such a name cannot hold is written as its number."""
    held = (letter if letter in NAMED_BY else f"-{ord(letter)}-" for letter in code)
    return f"_:{section}-{''.join(held)}" + ("" if place is None else f".{place}")


def _add(node: Node, link: str, value: Node) -> None:
    node.setdefault(link, []).append(value)


def _typed(value: str, kind: str) -> Mapping[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _duration(row: Row) -> Node | None:
    if row["period"] is not None and row["unit"] is not None:
        length = f"P{row['period']}{LETTERS[row['unit']]}"
        return {"@type": "dpv:TemporalDuration", "rdf:value": _typed(length, "duration")}
    if row["trigger"] is not None:
        return {"@type": "dpv:UntilEventDuration"}
    return None
