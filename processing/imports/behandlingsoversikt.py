"""Reads the two CSV exports of the national Behandlingsoversikt, the service that closed on 31 March 2025.

Every row becomes a new activity, a draft with a number of its own. What the file states in words of its own is taken
as stated. What has to be read into it (a basis, a condition, a recipient, a transfer tool) becomes a proposal or a
remark beside the field, and never the field's value (decisions 13 and 24).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from processing.exports.json import register_payload
from processing.exports.tables import tables
from processing.imports.behandlingsoversikt_columns import COMPANY, HEADINGS, JOINT, KEYS, LEFT_OUT, MINIMAL
from processing.imports.cells import nothing_in
from processing.imports.codes import free_code, next_number, same_name
from processing.imports.delimited import Lines, read_lines
from processing.imports.json import Misfits, Reading, no_misfits, read_payload
from processing.imports.problems import Note, NoteKind, Problem, Problems, echo
from processing.imports.workbook import LONGEST_CELL, Unreadable, column_letters
from processing.law.facts import Fact, RemarkKind, StatementTopic
from processing.law.records import ActivityRecord, Register
from processing.law.transfers import TransferTool

MOST_ROWS = 5_000
ALIKE = 0.85
LONGEST_HEADING = 100
LONGEST_NAME = 200
LONGEST_TEXT = 2_000
"""What a remark or a statement has room for. A longer text becomes several."""
LONGEST_REASON = 1_500
NOTHING = "-"

A_BASIS = re.compile(r"(?:^|[^0-9])6\W{0,3}1\W{0,3}(?:bokstav\s+)?([a-f])\b", re.IGNORECASE)
THE_PERSON = re.compile(r"\b(?:den registrerte|personen selv|de registrerte selv)\b", re.IGNORECASE)
TOOLS = (
    (TransferTool.PRIVACY_SHIELD, re.compile(r"privacy\s*shield", re.IGNORECASE)),
    (TransferTool.DPF, re.compile(r"data privacy framework|\bDPF\b", re.IGNORECASE)),
    (TransferTool.SCC, re.compile(r"standardkontrakt|standard contractual|\bSCC\b", re.IGNORECASE)),
    (TransferTool.BCR, re.compile(r"bindende (?:virksomhets|konsern)|binding corporate|\bBCR\b", re.IGNORECASE)),
    (TransferTool.ADEQUACY, re.compile(r"tilstrekkelig beskyttelse|adequacy", re.IGNORECASE)),
)
PIECES = re.compile(r"[\r\n;]+")

Values = dict[str, Any]


def how_well(headings: list[str]) -> int:
    """Return how many of the headings are of the service."""
    return sum(same_name(heading) in KEYS for heading in headings)


def read_register(content: bytes, *, present: Register, misfits: Misfits = no_misfits) -> Reading:
    """Return the register as it is with the activities of the file added. Never raises.

    An activity that is called the same as one there is, is left out: what is stated is never written over.
    """
    try:
        lines = read_lines(content, fits=how_well, most=MOST_ROWS)
        return _Overview(lines, present).read(misfits)
    except Unreadable as unreadable:
        return Reading(register=None, problems=(Problem("", str(unreadable)),), problem_count=1)


@dataclass
class _Line:
    """One row of the file, and the activity that it becomes."""

    number: int
    cells: dict[str, str]
    activity: Values = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    """What was understood."""

    def __getitem__(self, key: str) -> str:
        text = self.cells.get(key, "").strip()
        return "" if text == NOTHING else text

    def items(self, key: str) -> list[str]:
        return [text for text in (part.strip() for part in self[key].split("|")) if text and text != NOTHING]


class _Overview:
    """Turns the rows of one file into the values of our own JSON."""

    def __init__(self, lines: Lines, present: Register) -> None:
        self.notes: list[Note] = [Note(NoteKind.GUESSED, "", lines.guess)] if lines.guess else []
        self.problems = Problems(where=self._where)
        self.present = present
        self.payload = register_payload(present)
        self.columns: dict[str, int] = {}
        self.at: dict[str, tuple[_Line, str]] = {}
        """Row and column that a value of our own JSON came from, by its path."""
        self.numbers = {activity.number for activity in present.activities}
        self.codes = {activity.code for activity in present.activities}
        self.names = {same_name(activity.name): activity.number for activity in present.activities}
        self.parties = {
            same_name(text): party.code for party in present.parties for text in (party.service, party.name) if text
        }
        self.known: dict[str, dict[str, str]] = {}
        """Codes of shared rows by what they are called, by list."""
        self.path = ""
        """Where the activity being read is, in our own JSON."""
        self.width = len(lines.rows[0][1])
        self._headings(lines.rows[0][1])
        self.lines = [self._line(number, cells) for number, cells in lines.rows[1:]]

    def read(self, misfits: Misfits) -> Reading:
        if not self.lines:
            raise Unreadable(_("Filen har overskrifter, men ingen rader."))
        self._company()
        for line in self.lines:
            if self._may_be_read(line):
                self._activity(line)
        reading = read_payload(self.payload, misfits=misfits, problems=self.problems)
        return replace(reading, notes=tuple(self.notes))

    # Headings and cells

    def _headings(self, written: list[str]) -> None:
        known = how_well(written)
        unknown = []
        for column, heading in enumerate(written):
            key = KEYS.get(same_name(heading))
            if key is not None and key not in self.columns:
                self.columns[key] = column
            elif heading.strip():
                unknown.append((column, heading))
        if known < 3:
            raise Unreadable(
                _(
                    "Filen er ikke et register vi kan lese. Vi leser vår egen JSON, vår egen arbeidsbok (XLSX), "
                    "og CSV fra Behandlingsoversikt."
                )
            )
        for column, heading in unknown:
            free = [same_name(title) for key, title in HEADINGS.items() if key not in self.columns]
            close = get_close_matches(same_name(heading)[:LONGEST_HEADING], free, n=1, cutoff=ALIKE)
            place = _("Rad 1, kolonne {letters}").format(letters=column_letters(column))
            if close:
                self.columns[KEYS[close[0]]] = column
                text = _("«{written}» er lest som «{heading}».").format(
                    written=echo(heading), heading=HEADINGS[KEYS[close[0]]]
                )
                self.notes.append(Note(NoteKind.GUESSED, place, text))
            else:
                text = _("Kolonnen «{heading}» er ukjent, og er ikke lest.").format(heading=echo(heading))
                self.notes.append(Note(NoteKind.LEFT_OUT, place, text))
        if "title" not in self.columns:
            raise Unreadable(
                _("Rad 1: Kolonnen «{heading}» mangler. Den har navnet på aktiviteten.").format(
                    heading=HEADINGS["title"]
                )
            )
        missing = [HEADINGS[key] for key in MINIMAL if key not in self.columns]
        if missing:
            text = _("Disse kolonnene mangler, og blir «ikke oppgitt»: {headings}.").format(headings=", ".join(missing))
            self.notes.append(Note(NoteKind.LEFT_OUT, _("Rad 1"), text))

    def _line(self, number: int, cells: list[str]) -> _Line:
        line = _Line(number, {key: cells[column] for key, column in self.columns.items() if column < len(cells)})
        if any(text.strip() for text in cells[self.width :]):
            self.problems.say(_("Rad {row}").format(row=number), _("Raden har flere celler enn det er overskrifter."))
        for key, text in line.cells.items():
            if len(text) > LONGEST_CELL:
                text = _("Teksten er for lang. Det er plass til {limit} tegn.").format(limit=LONGEST_CELL)
                self.problems.say(self._place(line, key), text)
                line.cells[key] = ""
        return line

    # The company

    def _company(self) -> None:
        first, here = self.lines[0], self.present.controller
        number = _digits(first["organizationId"])
        for line in self.lines[1:]:
            if _digits(line["organizationId"]) != number:
                text = _("Filen gjelder flere virksomheter. Registeret har bare én.")
                self.problems.say(self._place(line, "organizationId"), text)
                return
        if here is not None:
            if number and here.org_no and number != here.org_no:
                text = _("Filen gjelder virksomheten {theirs}, og registeret gjelder {ours}.").format(
                    theirs=echo(number), ours=here.org_no
                )
                self.problems.say(self._place(first, "organizationId"), text)
            text = _("Det som gjelder virksomheten, er ikke lest. Registeret har en virksomhet fra før.")
            self.notes.append(Note(NoteKind.LEFT_OUT, self._place(first, "organizationName"), text))
            return
        table = next(table for table in tables() if table.name == "controller")
        company = {column.name: nothing_in(column) for column in table.columns}
        company |= {"joint_controllers": [], "review_routines": []}
        for name, key in COMPANY.items():
            company[name] = first[key]
            self.at[f"controller.{name}"] = first, key
        company["org_no"] = number
        company["dpo_contact"] = first["dataProtectionOfficerEmail"] or first["dataProtectionOfficerPhone"]
        self.at["controller.dpo_contact"] = first, "dataProtectionOfficerEmail"
        representative = [first[f"euRepresentative{part}"] for part in ("Name", "Address", "Email", "Phone")]
        company["representative"] = ", ".join(text for text in representative if text)
        self.at["controller.representative"] = first, "euRepresentativeName"
        self.payload["controller"] = company
        if first["dataControllerRepresentativeAddress"]:
            self._guess(first, "dataControllerRepresentativeAddress", _("Hele adressen er lest som gate og nummer."))
        for name, key in (("has_dpo", "dataProtectionOfficerName"), ("has_representative", "euRepresentativeName")):
            if first[key]:
                self._propose(first, key, name, Fact.YES.value, self.payload["proposals"], "proposals")
        self._understood(first, _("Virksomheten er lest fra denne raden."))

    # One activity

    def _may_be_read(self, line: _Line) -> bool:
        name = same_name(line["title"])
        if not name:
            self.problems.say(self._place(line, "title"), _("Må fylles ut: aktiviteten mangler navn."))
            return False
        if name in self.names:
            text = _("«{name}» står i registeret fra før, som {number}. Raden er ikke lest.").format(
                name=echo(line["title"]), number=self.names[name]
            )
            self.notes.append(Note(NoteKind.LEFT_OUT, self._place(line), text))
            return False
        return True

    def _activity(self, line: _Line) -> None:
        table = next(table for table in tables() if table.name == "activities")
        lists: Values = {table.section: [] for table in tables() if table.owner is ActivityRecord}
        number, code = next_number(self.numbers), free_code(line["title"], self.codes)
        self.numbers.add(number)
        self.codes.add(code)
        self.names[same_name(line["title"])] = number
        line.activity = {column.name: nothing_in(column) for column in table.columns} | lists
        line.activity |= {"number": number, "code": code, "name": line["title"]}
        path = f"activities[{len(self.payload['activities'])}]"
        self.payload["activities"].append(line.activity)
        self.at[path], self.at[f"{path}.name"] = (line, "title"), (line, "title")
        self.path = path
        self._stated(line)
        self._data(line)
        self._grounds(line)
        self._recipients(line)
        self._beside(line)
        for key, why in LEFT_OUT.items():
            if line[key]:
                self.notes.append(Note(NoteKind.LEFT_OUT, self._place(line, key), _(why)))
        self._understood(
            line,
            _("«{name}» blir {number}, et utkast. Lest som oppgitt: {words}.").format(
                name=echo(line["title"]), number=number, words=", ".join(["navn", *dict.fromkeys(line.words)])
            ),
        )

    def _stated(self, line: _Line) -> None:
        """What the file says in words of its own, and the register holds in words."""
        if line["purpose"]:
            self._add(line, "purposes", "purpose", {"description": line["purpose"], "public_description": ""})
        if line["businessAreas"]:
            line.activity["description"] = f"{HEADINGS['businessAreas']}: {line['businessAreas']}"
            self.at[f"{self.path}.description"] = line, "businessAreas"
        if line["plannedDeletion"]:
            rule = next(table for table in tables() if table.name == "retention")
            values = {column.name: nothing_in(column) for column in rule.own_columns}
            self._add(line, "retention", "plannedDeletion", values | {"statement": line["plannedDeletion"]})
        for text in _pieces(line["securityMeasures"]):
            if len(text) <= LONGEST_NAME:
                code = self._shared(line, "measures", "securityMeasures", text, public_name="", general=False)
                self._name_once(line, "safeguards", "securityMeasures", code)
            else:
                self._state(line, "securityMeasures", StatementTopic.SECURITY, text)
        for text in _pieces(line["privacyProcessingSystems"]):
            if len(text) <= LONGEST_NAME:
                code = self._shared(line, "systems", "privacyProcessingSystems", text, party=None)
                self._name_once(line, "systems", "privacyProcessingSystems", code)
            else:
                self._state(line, "privacyProcessingSystems", StatementTopic.PRACTICE, text)
        joint = [f"{HEADINGS[key]}: {line[key]}" for key in JOINT if line[key] and line[key].casefold() != "nei"]
        if joint:
            self._state(line, "commonDataControllerChecked", StatementTopic.RESPONSIBILITY, "\n".join(joint))

    def _data(self, line: _Line) -> None:
        subjects, written = line.items("categorySubjects"), line["categoryPersonalData"]
        groups = [
            [text for text in (part.strip() for part in group.split("|")) if text] for group in written.split("::")
        ]
        if not written or len(groups) != len(subjects):
            # Which of them belong together is not said.
            for key in ("categorySubjects", "categoryPersonalData"):
                self._remark(line, key, "data")
            return
        seen = set()
        for subject, categories in zip(subjects, groups, strict=True):
            one = self._shared(
                line, "subject_categories", "categorySubjects", subject, listed_in_notice=Fact.NOT_STATED.value
            )
            for text in categories:
                other = self._shared(
                    line, "data_categories", "categoryPersonalData", text, public_name="", special_category=None
                )
                if (one, other) not in seen:
                    seen.add((one, other))
                    values = {"category": other, "subject": one, "presence": Fact.YES.value, "retention": None}
                    self._add(line, "data", "categoryPersonalData", values)

    def _grounds(self, line: _Line) -> None:
        found = dict.fromkeys(letter.casefold() for letter in A_BASIS.findall(line["articleSixBasis"]))
        for letter in found:
            self._propose_to(line, "articleSixBasis", "legal_grounds", letter, line["articleSixReference"])
        if not found:
            self._remark(line, "articleSixBasis", "legal_grounds")
            self._remark(line, "articleSixReference", "legal_grounds")
        for letter in "ABCDEFGHIJ":
            key = f"articleNineLegality{letter}"
            if line[key].casefold() == "ja":
                reference = line[f"{key}Reference"] or line["articleNineReference"]
                self._propose_to(line, key, "special_grounds", f"9-2-{letter.lower()}", reference)
        answer = _answer(line["articleNineBasis"])
        if answer is not None:
            self._propose_to(line, "articleNineBasis", "special_categories", answer.value)
        if _answer(line["articleTenBasis"]) is Fact.YES:
            self._remark(line, "articleTenBasis", "special_categories")
            self._remark(line, "articleTenReference", "special_categories")

    def _recipients(self, line: _Line) -> None:
        agreements = line.items("dataProcessorAgreementUrls")
        for key in ("recipientCategories", "dataProcessorAgreementNames"):
            for text in line.items(key):
                code = self.parties.get(same_name(text))
                if code is not None:
                    self._propose_to(line, key, "disclosures", code)
                else:
                    self._remark(line, key, "disclosures", text)
        for text in agreements:
            self._remark(line, "dataProcessorAgreementUrls", "disclosures", text)
        answer = _answer(line["internationalReceivers"].partition(",")[0])
        if answer is not None:
            line.activity["transfers_outside_eea"] = answer.value
            self.at[f"{self.path}.transfers_outside_eea"] = line, "internationalReceivers"
            line.words.append(HEADINGS["internationalReceivers"])
        if answer is None or "," in line["internationalReceivers"]:
            self._remark(line, "internationalReceivers", "transfers")
        tool = next((tool for tool, pattern in TOOLS if pattern.search(line["guarantees"])), None)
        if tool is not None:
            self._propose_to(line, "guarantees", "transfers.tool", tool.value, line["guarantees"])
        else:
            self._remark(line, "guarantees", "transfers")

    def _beside(self, line: _Line) -> None:
        if THE_PERSON.search(line["personalDataSubjects"]):
            text = line["personalDataSubjects"]
            self._propose_to(line, "personalDataSubjects", "sources", "data_subject", text)
        else:
            self._remark(line, "personalDataSubjects", "sources")
        for key in ("dpiaConducted", "dpiaReference"):
            self._remark(line, key, "dpia_needed")

    # Rows of our own JSON

    def _add(self, line: _Line, section: str, key: str, row: Any) -> None:
        rows = line.activity[section]
        self.at[f"{self.path}.{section}[{len(rows)}]"] = line, key
        rows.append(row)
        if section not in {"remarks", "proposals"}:
            line.words.append(HEADINGS[key])

    def _name_once(self, line: _Line, section: str, key: str, code: str) -> None:
        if code not in line.activity[section]:
            self._add(line, section, key, code)

    def _shared(self, line: _Line, section: str, key: str, name: str, **rest: Any) -> str:
        """Return the code of the shared row of that name, a new one if there is none."""
        rows = self.payload[section]
        known = self.known.setdefault(section, {same_name(row["name"]): row["code"] for row in rows})
        if same_name(name) not in known:
            code = free_code(name, known.values())
            known[same_name(name)] = code
            self.at[f"{section}[{len(rows)}]"] = line, key
            rows.append({"code": code, "name": name, **rest})
        return str(known[same_name(name)])

    def _state(self, line: _Line, key: str, topic: StatementTopic, text: str) -> None:
        for part in _parts(text, LONGEST_TEXT):
            self._add(line, "statements", key, {"topic": topic.value, "text": part})

    def _remark(self, line: _Line, key: str, name: str, text: str = "") -> None:
        if written := text or line[key]:
            start = f"{HEADINGS[key]}: "
            for part in _parts(written, LONGEST_TEXT - len(start)):
                row = {"field": name, "kind": RemarkKind.INFERRED.value, "text": start + part, "gap": ""}
                self._add(line, "remarks", key, row)
            self._guess(line, key, _("Står som merknad. Se over, og før det inn der det hører til."))

    def _propose_to(self, line: _Line, key: str, name: str, value: str, reason: str = "") -> None:
        self._propose(line, key, name, value, line.activity["proposals"], f"{self.path}.proposals", reason)

    def _propose(
        self, line: _Line, key: str, name: str, value: str, rows: list[Any], path: str, reason: str = ""
    ) -> None:
        words = f"{HEADINGS[key]}: {line[key][:LONGEST_NAME]}. {reason[:LONGEST_REASON]}"
        self.at[f"{path}[{len(rows)}]"] = line, key
        rows.append({"field": name, "value": value, "reason": words.strip(), "gap": ""})
        text = _("Står som forslag, «{value}». Det gjelder ikke før noen godtar det.").format(value=value)
        self._guess(line, key, text)

    # Words

    def _guess(self, line: _Line, key: str, text: str) -> None:
        self.notes.append(Note(NoteKind.GUESSED, self._place(line, key), text))

    def _understood(self, line: _Line, text: str) -> None:
        self.notes.append(Note(NoteKind.UNDERSTOOD, self._place(line), text))

    def _place(self, line: _Line, key: str = "") -> str:
        place = _("Rad {row}").format(row=line.number)
        if not key:
            return place
        letters = column_letters(self.columns[key]) if key in self.columns else ""
        return f"{place}, {_('kolonne')} {letters} («{HEADINGS[key]}»)".replace("  ", " ")

    def _where(self, path: str) -> str:
        """Say in words where a path of our own JSON is in the file."""
        while path:
            if path in self.at:
                return self._place(*self.at[path])
            path = path.rpartition(".")[0]
        return ""


def _answer(text: str) -> Fact | None:
    return {"ja": Fact.YES, "nei": Fact.NO}.get(text.strip().casefold())


def _digits(text: str) -> str:
    return "".join(text.split())


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in PIECES.split(text) if piece.strip()]


def _parts(text: str, most: int) -> Iterator[str]:
    for start in range(0, len(text), most):
        yield text[start : start + most]
