"""Reads a register back from a workbook of our own (`processing.exports.xlsx`), filled in by us or by a person.

The cells become the values of our own JSON, which are then read as that is read. What the workbook does not hold is
taken from the register as it is: a sheet that is not there, the company when its sheet is empty, and shared rows that
a code names. Whatever is guessed on the way is noted with sheet, row and column.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.exports.annexes import PREFIX
from processing.exports.json import SHARED, register_payload
from processing.exports.tables import ACTIVITY, CODE, Column, Kind, Table, tables
from processing.exports.words import Words
from processing.exports.xlsx import ABOUT, EXTERNAL, FORM, MOMENT, OURS, VERSION
from processing.imports.cells import nothing_in, said_in
from processing.imports.codes import free_code, next_number, same_name
from processing.imports.json import Misfits, Reading, no_misfits, read_payload
from processing.imports.problems import Note, NoteKind, Problem, Problems, echo, external_edition
from processing.imports.workbook import Cell, Sheet, Unreadable, column_letters, read_workbook
from processing.law.records import ActivityRecord, ControllerRecord, Register

ALIKE = 0.75
"""How much two headings must have in common for one to be taken for the other."""
LONGEST_HEADING = 60

Values = dict[str, Any]


@dataclass
class _Line:
    """One row of a sheet: what it says, in the form of our own JSON, and where it stands."""

    table: Table
    number: int
    cells: dict[str, Cell]
    values: Values = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)


def read_register(content: bytes, *, words: Words, present: Register, misfits: Misfits = no_misfits) -> Reading:
    """Return what the workbook holds, with what was understood, guessed and left out. Never raises.

    `present` is the register as it is: its moment is that of the reading where the workbook has none.
    """
    try:
        sheets = read_workbook(content, without=frozenset(OURS) - {ABOUT})
        return _Filled(words, present).read(sheets, misfits)
    except Unreadable as unreadable:
        return Reading(register=None, problems=(Problem("", str(unreadable)),), problem_count=1)


class _Filled:
    """Turns the sheets of one workbook into the values of our own JSON."""

    def __init__(self, words: Words, present: Register) -> None:
        self.words = words
        self.moment = present.moment
        self.present = present
        self.before = register_payload(present)
        self.notes: list[Note] = []
        self.problems = Problems(where=self._where)
        self.headings: dict[str, dict[str, int]] = {}
        """Which column of its sheet each column of a table is, by table."""
        self.lines: defaultdict[str, list[_Line]] = defaultdict(list)
        self.at: dict[str, _Line] = {}
        """Where a row of our own JSON came from, by its path."""

    def read(self, sheets: list[Sheet], misfits: Misfits) -> Reading:
        by_title = {same_name(self.words.titles[table.name]): table for table in tables()}
        sheets = [sheet for sheet in sheets if not sheet.title.startswith(PREFIX)]
        for sheet in sheets:
            if sheet.title == ABOUT:
                self._about(sheet)
            elif table := self._table_of(sheet, by_title, sheets):
                self._sheet(sheet, table)
        if not self.headings:
            raise Unreadable(
                _("Filen er en arbeidsbok, men ingen av arkene er våre. Last ned malen, og fyll ut den i stedet.")
            )
        for table in tables():
            self._convert(table)
        payload = self._payload()
        reading = read_payload(payload, misfits=misfits, problems=self.problems)
        return replace(reading, notes=tuple(self.notes))

    # Sheets, headings and rows

    def _about(self, sheet: Sheet) -> None:
        facts = {row[0].value: row[1].value for row in sheet.rows.values() if 0 in row and 1 in row}
        form = str(facts.get(FORM, ""))
        if form.endswith(f"/{EXTERNAL}"):
            raise Unreadable(external_edition())
        if form and form.rpartition("/")[2] != str(VERSION):
            raise Unreadable(_("Arbeidsboken er laget av en annen utgave av programmet. Last ned malen på nytt."))
        if MOMENT in facts:
            try:
                moment = datetime.fromisoformat(str(facts[MOMENT]))
                moment.astimezone()
            except (ValueError, OverflowError):
                moment = None
            if moment is None or moment.tzinfo is None:
                self._note(NoteKind.LEFT_OUT, f"{_('Arket')} «{ABOUT}»", _("Tidspunktet kan ikke leses."))
            else:
                self.moment = moment

    def _table_of(self, sheet: Sheet, by_title: dict[str, Table], sheets: list[Sheet]) -> Table | None:
        place = _("Arket «{title}»").format(title=echo(sheet.title))
        table = by_title.get(same_name(sheet.title))
        if table is None:
            taken = {same_name(other.title) for other in sheets}
            free = [title for title in by_title if title not in taken]
            close = get_close_matches(same_name(sheet.title)[:LONGEST_HEADING], free, n=1, cutoff=ALIKE)
            if not close:
                self._note(NoteKind.LEFT_OUT, place, _("Arket er ikke et av våre, og er ikke lest."))
                return None
            table = by_title[close[0]]
            self._note(
                NoteKind.GUESSED, place, _("Lest som arket «{title}».").format(title=self.words.titles[table.name])
            )
        if table.name in self.headings:
            self.problems.say(place, _("Arket står to ganger i filen."))
            return None
        return table

    def _sheet(self, sheet: Sheet, table: Table) -> None:
        self.headings[table.name] = found = self._headings(sheet, table)
        for number, row in sorted(sheet.rows.items()):
            cells = {name: row[column] for name, column in found.items() if column in row}
            if number > 1 and cells:
                self.lines[table.name].append(_Line(table, number, cells))
        if count := len(self.lines[table.name]):
            place = _("Arket «{title}»").format(title=self.words.titles[table.name])
            text = ngettext("{count} rad er lest.", "{count} rader er lest.", count).format(count=count)
            self._note(NoteKind.UNDERSTOOD, place, text)
            for column in table.columns:
                # The place of a row is there for people.
                if column.name not in found and column.kind is not Kind.PLACE:
                    self.problems.say(
                        f"{place}, {_('rad')} 1",
                        _("Kolonnen «{heading}» mangler. Legg den til. Den kan være tom.").format(
                            heading=self._heading(table, column)
                        ),
                    )

    def _headings(self, sheet: Sheet, table: Table) -> dict[str, int]:
        """Return the column of the sheet that each column of the table is."""
        first = sheet.rows.get(1, {})
        written = {column: str(cell.value) for column, cell in first.items() if cell.value is not None}
        names = {same_name(self._heading(table, column)): column.name for column in table.columns}
        codes = {column.name: column.name for column in table.columns}
        found: dict[str, int] = {}
        unknown: list[int] = []
        for column, heading in sorted(written.items()):
            name = names.get(same_name(heading)) or codes.get(heading.strip())
            if name is None:
                unknown.append(column)
            elif name in found:
                place = _("Arket «{title}», rad 1, kolonne {letters}").format(
                    title=self.words.titles[table.name], letters=column_letters(column)
                )
                text = _("Overskriften «{heading}» står to ganger.").format(heading=echo(heading))
                self.problems.say(place, text)
            else:
                found[name] = column
        filled = {column for number, row in sheet.rows.items() if number > 1 for column in row}
        for column in sorted({*unknown, *(filled - written.keys())}):
            heading = written.get(column, "")
            free = {title: name for title, name in names.items() if name not in found}
            close = get_close_matches(same_name(heading)[:LONGEST_HEADING], free, n=1, cutoff=ALIKE) if heading else []
            place = _("Arket «{title}», kolonne {letters}").format(
                title=self.words.titles[table.name], letters=column_letters(column)
            )
            if close:
                found[free[close[0]]] = column
                text = _("«{written}» er lest som «{heading}».").format(written=echo(heading), heading=close[0])
                self._note(NoteKind.GUESSED, place, text)
            elif column in filled:
                text = (
                    _("Kolonnen «{heading}» er ikke en av våre, og er ikke lest.").format(heading=echo(heading))
                    if heading
                    else _("Kolonnen har ingen overskrift, og er ikke lest.")
                )
                self._note(NoteKind.LEFT_OUT, place, text)
        return found

    def _convert(self, table: Table) -> None:
        for line in self.lines[table.name]:
            for column in table.columns:
                said = said_in(line.cells.get(column.name), column, self.words.columns[table.name, column.name])
                if said.fault:
                    self._fault(line, column.name, said.fault)
                    line.values[column.name] = nothing_in(column) if column.name in line.wrong else None
                else:
                    line.values[column.name] = said.value
                if said.guess:
                    self._note(NoteKind.GUESSED, self._place(line, column.name), said.guess)

    # The values of our own JSON

    def _payload(self) -> Values:
        self._name_shared()
        self._number_activities()
        payload: Values = {
            **self.before,
            "as_of": register_payload(replace(self.present, moment=self.moment))["as_of"],
        }
        for table in tables():
            if table.name in SHARED:
                payload[table.name] = self._listed(table.name, self.lines[table.name])
        self._company(payload)
        payload["activities"] = self._activities(payload)
        self._add_named(payload)
        return payload

    def _listed(self, path: str, lines: list[_Line]) -> list[Any]:
        """Return the rows of a list, and remember where they came from."""
        rows = []
        for number, line in enumerate(lines):
            here = f"{path}[{number}]"
            self._remember(here, line)
            rows.append(line.values[CODE] if line.table.codes_only else self._own(line))
        return rows

    def _remember(self, path: str, line: _Line) -> None:
        self.at[path] = line
        self.problems.known |= {path if line.table.codes_only else f"{path}.{name}" for name in line.wrong}

    def _own(self, line: _Line) -> Values:
        # What is wrong is left out, so that nothing is concluded from it.
        return {
            column.name: line.values[column.name] for column in line.table.own_columns if column.name not in line.wrong
        }

    def _company(self, payload: Values) -> None:
        lines = self.lines["controller"]
        for line in lines[1:]:
            self.problems.say(self._place(line), _("Registeret har én virksomhet. Den står i raden over."))
        if lines:
            self._remember("controller", lines[0])
            before = payload["controller"] or {}
            payload["controller"] = self._own(lines[0])
        for table in tables():
            rows = self.lines[table.name]
            if table.owner is ActivityRecord:
                rows = [line for line in rows if table.of_company_too and not line.values[ACTIVITY]]
            elif table.owner is not ControllerRecord and table.name in {"controller", "activities", *SHARED}:
                continue
            if not lines and (self.before["controller"] is not None or table.owner is ControllerRecord):
                for line in rows:
                    self.problems.say(
                        self._place(line),
                        _("Raden gjelder virksomheten, men arket «{title}» er tomt. Fyll ut det også.").format(
                            title=self.words.titles["controller"]
                        ),
                    )
            elif table.owner is ControllerRecord:
                held = table.name in self.headings
                payload["controller"][table.section] = (
                    self._listed(f"controller.{table.section}", rows) if held else before.get(table.section, [])
                )
            elif table.name in self.headings and (table.owner is not ActivityRecord or table.of_company_too):
                payload[table.section] = self._listed(table.section, rows)

    def _activities(self, payload: Values) -> list[Values]:
        present = {activity["number"]: activity for activity in self.before["activities"]}
        of_activity = [table for table in tables() if table.owner is ActivityRecord]
        lines = self.lines["activities"]
        places = {line.values["number"]: place for place, line in reversed(list(enumerate(lines)))}
        rows: defaultdict[tuple[str, str], list[_Line]] = defaultdict(list)
        for table in of_activity:
            for line in self.lines[table.name]:
                if number := self._activity_of(line, places):
                    rows[table.name, number].append(line)
        found = []
        for place, line in enumerate(lines):
            number, path = line.values["number"], f"activities[{place}]"
            self._remember(path, line)
            activity = self._own(line)
            for table in of_activity:
                own = rows[table.name, number] if places[number] == place else []
                if table.name in self.headings:
                    self._check_rules(table, own, rows["retention", number], number in present)
                    activity[table.section] = self._listed(f"{path}.{table.section}", own)
                else:
                    activity[table.section] = present.get(number, {}).get(table.section, [])
            found.append(activity)
        return found

    def _activity_of(self, line: _Line, places: dict[str, int]) -> str:
        """Return the number of the activity that the row belongs to, or nothing: it is the company's, or lost."""
        written = str(line.values[ACTIVITY] or "").strip()
        if not written:
            if not line.table.of_company_too:
                self._fault(line, ACTIVITY, _("Må fylles ut med nummeret til en aktivitet."))
            return ""
        if written.upper() in places:
            return written.upper()
        named = [
            other.values["number"]
            for other in self.lines["activities"]
            if same_name(str(other.values["name"])) == same_name(written)
        ]
        if len(named) == 1:
            self._note(
                NoteKind.GUESSED,
                self._place(line, ACTIVITY),
                _("«{name}» er lest som {number}.").format(name=echo(written), number=named[0]),
            )
            return str(named[0])
        self._fault(
            line,
            ACTIVITY,
            _("«{written}» står ikke i arket «{title}».").format(
                written=echo(written), title=self.words.titles["activities"]
            ),
        )
        return ""

    def _check_rules(self, table: Table, own: list[_Line], rules: list[_Line], is_present: bool) -> None:
        """Turn places counted from 1 into places counted from 0, where there is a rule at that place."""
        for order, line in enumerate(own, start=1):
            for column in table.columns:
                value = line.values[column.name]
                if column.kind is Kind.PLACE and value not in {None, order}:
                    text = _("Må være {number}: radene telles i den orden de står.").format(number=order)
                    self._fault(line, column.name, text)
                elif column.kind is Kind.RULE and value is not None:
                    if not 1 <= value <= len(rules) and not (is_present and "retention" not in self.headings):
                        self._fault(
                            line,
                            column.name,
                            _("Aktiviteten har ingen lagringstid med nummer {number}.").format(number=value),
                        )
                        value = None
                    line.values[column.name] = None if value is None else value - 1

    # Names and numbers for what has none

    def _number_activities(self) -> None:
        present = {activity.number: activity for activity in self.present.activities}
        names = {same_name(activity.name): activity.number for activity in self.present.activities}
        lines = self.lines["activities"]
        for line in lines:
            line.values["number"] = line.values["number"].strip().upper()
        numbers = {line.values["number"] for line in lines} | present.keys()
        codes = {line.values[CODE] for line in lines} | {activity.code for activity in present.values()}
        for line in lines:
            name = line.values["name"]
            if not name:
                # That is enough to say of the row.
                line.wrong |= {key for key in ("number", CODE) if not line.values[key]}
            elif not line.values["number"] and same_name(name) in names:
                text = _("Aktiviteten heter det samme som {number}. Skriv nummeret, eller gi den et annet navn.")
                self._fault(line, "number", text.format(number=names[same_name(name)]))
            elif not line.values["number"]:
                line.values["number"] = number = next_number(numbers)
                numbers.add(number)
                text = _("«{name}» er ny, og fikk nummeret {number}.").format(name=echo(name), number=number)
                self._note(NoteKind.UNDERSTOOD, self._place(line, "number"), text)
            if not line.values[CODE] and name:
                here = present.get(line.values["number"])
                code = here.code if here else free_code(name, codes)
                line.values[CODE] = code
                codes.add(code)

    def _name_shared(self) -> None:
        """Give shared rows without a code one, and find by their name those that are named by it."""
        for section in SHARED:
            before = {_called(row): row[CODE] for row in self.before[section]}
            codes = {row[CODE] for row in self.before[section]}
            codes |= {line.values[CODE] for line in self.lines[section]}
            for line in self.lines[section]:
                name = _called(line.values)
                if line.values[CODE] or not name:
                    continue
                place = self._place(line, CODE)
                if name in before:
                    line.values[CODE] = before[name]
                    text = _("Lest som «{code}», som heter det samme.").format(code=before[name])
                    self._note(NoteKind.GUESSED, place, text)
                else:
                    line.values[CODE] = code = free_code(name, codes)
                    codes.add(code)
                    self._note(NoteKind.UNDERSTOOD, place, _("Raden er ny, og fikk koden «{code}».").format(code=code))
        for table in tables():
            for column in table.columns:
                if column.kind is Kind.SHARED:
                    self._find_by_name(table, column)

    def _find_by_name(self, table: Table, column: Column) -> None:
        rows = [*(line.values for line in self.lines[column.section]), *self.before[column.section]]
        codes = {row[CODE] for row in rows}
        names: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            names[_called(row)].add(row[CODE])
        for line in self.lines[table.name]:
            written = line.values[column.name]
            found = names.get(same_name(written), set()) if isinstance(written, str) else set()
            if written and written not in codes and len(found) == 1:
                line.values[column.name] = code = next(iter(found))
                text = _("«{name}» er lest som koden «{code}».").format(name=echo(written), code=code)
                self._note(NoteKind.GUESSED, self._place(line, column.name), text)

    def _add_named(self, payload: Values) -> None:
        """Add the shared rows of the register that a code names and the workbook does not hold, before its own."""
        for section in reversed(SHARED):
            here = {row.get(CODE) for row in payload[section]}
            named = set(_codes_named(payload, section)) - here
            missing = [row for row in self.before[section] if row[CODE] in named]
            if missing:
                payload[section] = missing + payload[section]
                moved = {path: line for path, line in self.at.items() if path.startswith(f"{section}[")}
                for path in moved:
                    del self.at[path]
                self.problems.known = {path for path in self.problems.known if not path.startswith(f"{section}[")}
                for number, line in enumerate(self.lines[section], start=len(missing)):
                    self._remember(f"{section}[{number}]", line)

    # Words

    def _note(self, kind: NoteKind, place: str, text: str) -> None:
        self.notes.append(Note(kind, place, text))

    def _fault(self, line: _Line, name: str, text: str) -> None:
        line.wrong.add(name)
        self.problems.say(self._place(line, name), text)

    def _heading(self, table: Table, column: Column) -> str:
        return self.words.columns[table.name, column.name].heading

    def _place(self, line: _Line, name: str = "") -> str:
        title = self.words.titles[line.table.name]
        place = _("Arket «{title}», rad {row}").format(title=title, row=line.number)
        if (line.table.name, name) not in self.words.columns:
            return place
        heading = self.words.columns[line.table.name, name].heading
        column = self.headings[line.table.name].get(name)
        letters = column_letters(column) if column is not None else ""
        return f"{place}, {_('kolonne')} {letters} («{heading}»)".replace("  ", " ")

    def _where(self, path: str) -> str:
        """Say in words where a path of our own JSON is in the workbook."""
        if path in self.at:
            return self._place(self.at[path], CODE if self.at[path].table.codes_only else "")
        row, _dot, name = path.rpartition(".")
        if row in self.at:
            return self._place(self.at[row], name)
        if path in self.words.titles:
            return _("arket «{title}»").format(title=self.words.titles[path])
        return path


def _called(row: Values) -> str:
    """What a shared row is called, to tell it from others of its list: a recipient may lack a name."""
    return same_name(" ".join(str(row[name]) for name in ("service", "name") if row.get(name)))


def _codes_named(payload: Values, section: str) -> Iterator[str]:
    for table in tables():
        columns = [column.name for column in table.columns if column.kind is Kind.SHARED and column.section == section]
        if not columns:
            continue
        if table.owner is ActivityRecord:
            lists = [activity[table.section] for activity in payload["activities"]]
            if table.of_company_too:
                lists.append(payload[table.section])
        else:
            lists = [payload[table.section]]
        for row in (row for rows in lists for row in rows):
            if table.codes_only:
                yield row
            else:
                yield from (row[name] for name in columns if row.get(name))
