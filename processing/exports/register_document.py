"""The register as a document: parts, rows and marks in the order they are read. Templates only print what stands here.

Every field of every record is somewhere in the document, silent ones as «Ikke oppgitt». What Art. 30(1)(a)–(g) asks
stands first and in its order; the rest follows under a heading that says that the article does not ask for it (R-30-4).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.exports.json import payload_hash
from processing.exports.ledger import ExportLedger
from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.completeness import has_special_categories
from processing.law.countries import country_name
from processing.law.facts import ActivityStatus, Fact, RemarkKind
from processing.law.findings import Finding, Severity
from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    DataRecord,
    LegalGroundRecord,
    PartyRecord,
    ProposalRecord,
    Register,
    RemarkRecord,
    RetentionRecord,
    StatementRecord,
    TransferRecord,
)
from processing.law.regimes import LegalRegime
from processing.law.retention import PeriodUnit, RetentionTrigger
from processing.law.sources import GDPR_URL, LegalSource
from processing.law.terms import N_, LawTerm

OSLO = ZoneInfo("Europe/Oslo")

LABEL_LINE = 25
"""Characters that always fit on a line of the label's column."""

LONGEST_WHOLE_ROW = 700
"""Characters of a row that is never divided between two pages: about ten lines."""

ROWS_A_CHART = 30
"""Activities in one chart, so that it fits on a page with its head and its key."""

# Control characters cannot be printed, and those that turn the direction of writing can make a line say another thing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One answer, with what belongs to it in smaller print. `missing` is an answer nobody has given."""

    text: str = ""
    note: str = ""
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A finding, in the right margin. `kind` is error, warn or note."""

    kind: str
    word: str
    law: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label in the left margin, answers, and marks beside them.

    `aside` stands after the label: «nr. 1 b» where the law asks. `doubted` is true when somebody has remarked that
    the answer is vague or contradicts another. Answers that are `run_in` follow each other on the line.
    """

    field: str
    label: str
    entries: tuple[Entry, ...]
    aside: str = ""
    marks: tuple[Mark, ...] = ()
    doubted: bool = False
    run_in: bool = False

    @property
    def label_lines(self) -> int:
        """How many lines the label takes in its column, at the most."""
        return -(-len(f"{self.label} {self.aside}") // LABEL_LINE)

    @property
    def may_break(self) -> bool:
        """True for a row that would leave too much of a page empty if it were kept in one piece."""
        return sum(len(entry.text) + len(entry.note) for entry in self.entries) > LONGEST_WHOLE_ROW

    @property
    def is_stated(self) -> bool:
        return any(not entry.missing for entry in self.entries)

    @property
    def is_unclear(self) -> bool:
        return self.is_stated and (self.doubted or any(mark.kind != "note" for mark in self.marks))


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows under a heading. `addition` is true for what Art. 30 does not ask for, `compact` for smaller print."""

    title: str
    rows: tuple[Row, ...]
    addition: bool = False

    compact: bool = False

    @property
    def has_marks(self) -> bool:
        return any(row.marks for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A chapter that begins on a page of its own. `caution` is a sentence nobody should overlook."""

    anchor: str
    title: str
    lead: str = ""
    caution: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Square:
    """Whether a field is stated, in the chart. `state` is stated, unclear or missing."""

    x: float
    state: str


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    number: str
    name: str
    y: float
    squares: tuple[Square, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of which fields are stated, drawn from these numbers. `alternative` says what it shows."""

    alternative: str
    key: tuple[tuple[str, str], ...]
    heads: tuple[tuple[float, str], ...]
    rows: tuple[ChartRow, ...]
    height: float


@dataclass(frozen=True, kw_only=True)
class Summary:
    sentences: tuple[str, ...]
    charts: tuple[Chart, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterDocument:
    title: str
    identity: str
    lead: tuple[str, ...]
    caution: str
    cover: tuple[Row, ...]
    summary: Summary | None
    parts: tuple[Part, ...]


def register_document(register: Register, *, ledger: ExportLedger, findings: Sequence[Finding]) -> RegisterDocument:
    """Return the document that `register` and `ledger` make, in the active language."""
    company = register.controller or ControllerRecord()
    name = _text(company.legal_name or company.trading_name)
    activities = tuple(
        _activity_part(
            activity, register, ledger, [finding for finding in findings if finding.subject == activity.number]
        )
        for activity in register.activities
    )
    company_findings = [finding for finding in findings if not finding.subject]
    title = _("Protokoll over behandlingsaktiviteter")
    shown = _("Slik registeret var {moment}.").format(moment=_as_of(register, ledger))
    return RegisterDocument(
        title=f"{title} – {name}" if name else title,
        identity=f"{ledger.document_id} · {shown[:1].lower()}{shown[1:-1]}",
        lead=tuple(line for line in (_company_line(company), shown) if line),
        caution=_("Registeret var tomt. Det inneholdt verken virksomheten eller noen aktivitet.")
        if register.is_empty
        else "",
        cover=_cover(register, company, ledger, findings),
        summary=_summary(register, activities, findings) if register.activities else None,
        parts=()
        if register.is_empty
        else (
            _company_part(register, company, company_findings),
            *activities,
            *_words_part(register, [finding for finding in company_findings if finding.field in SHARED]),
        ),
    )


# --- Cover and summary


def _company_line(company: ControllerRecord) -> str:
    if company.legal_name and company.trading_name and company.legal_name != company.trading_name:
        return _text(_("{company}, som driver {name}.").format(company=company.legal_name, name=company.trading_name))
    name = company.legal_name or company.trading_name
    return _text(f"{name}.") if name else ""


def _as_of(register: Register, ledger: ExportLedger) -> str:
    """The day, and the time where the day was not over when the document was made."""
    midnight = datetime.combine(ledger.as_of, time.min, tzinfo=OSLO)
    over = ledger.as_of == date.max or register.moment >= midnight + timedelta(days=1) - timedelta(microseconds=1)
    return _day(ledger.as_of) if over else _moment(register.moment)


def _cover(
    register: Register, company: ControllerRecord, ledger: ExportLedger, findings: Sequence[Finding]
) -> tuple[Row, ...]:
    number = _("org.nr. {number}").format(number=_spaced(company.org_no, 3)) if company.org_no else ""
    who = [", ".join(part for part in (company.legal_name, number) if part), company.address, company.email]
    in_use = len(register.activities_on(ledger.as_of))
    count = len(register.activities)
    content = ngettext("{count} aktivitet", "{count} aktiviteter", count).format(count=count)
    law = _("Personvernforordningen art. 30 nr. 1, slik loven var {day}").format(day=_day(ledger.law_on))
    return (
        _row("controller", _("Ansvarlig"), [_entry(line) for line in who if line]),
        _row("dpo", _("Personvernombud"), [_dpo(company)]),
        _row("law", _("Lov"), [_entry(law)]),
        _row("edition", _("Utgave"), [_entry(_(ledger.edition.label))]),
        _row(
            "content",
            _("Innhold"),
            [
                _entry(
                    f"{content}. {_counted(findings)}",
                    _("{count} av dem er i bruk denne dagen").format(count=in_use) if in_use != count else "",
                )
            ],
        ),
        _row("printed", _("Laget"), [_entry(_moment(ledger.printed_at))]),
        _row("document", _("Dokument-id"), [_entry(ledger.document_id)]),
        _row(
            "hash",
            _("Innholdets hash"),
            [_entry(_spaced(payload_hash(register), 4), _("SHA-256 av registeret som kanonisk JSON"))],
        ),
    )


def _counted(findings: Sequence[Finding]) -> str:
    if not findings:
        return _("Reglene har ingen funn.")
    by_severity = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    errors, warnings, notes = (by_severity[severity] for severity in Severity)
    parts = [
        _("{count} feil").format(count=errors) if errors else "",
        _("{count} ting å sjekke").format(count=warnings) if warnings else "",
        ngettext("{count} opplysning", "{count} opplysninger", notes).format(count=notes) if notes else "",
    ]
    return _("Reglene har {total} funn: {parts}.").format(
        total=len(findings), parts=_and([part for part in parts if part])
    )


CHARTED = {
    "purposes": N_("Formål"),
    "legal_grounds": N_("Grunnlag"),
    "special_categories": N_("Særlige kategorier"),
    "subjects": N_("Personer"),
    "data": N_("Opplysninger"),
    "disclosures": N_("Mottakere"),
    "transfers": N_("Overføring"),
    "retention": N_("Lagring"),
    "safeguards": N_("Sikring"),
}
FIRST_SQUARE, SQUARE_STEP, FIRST_LINE, LINE_STEP = 308.0, 48.0, 96.0, 23.0


def _summary(register: Register, parts: Sequence[Part], findings: Sequence[Finding]) -> Summary:
    states = [
        {row.field: _state(row) for group in part.groups for row in group.rows if row.field in CHARTED}
        for part in parts
    ]
    every = [state for row in states for state in row.values()]
    counts = {state: every.count(state) for state in ("stated", "unclear", "missing")}
    fields = _("Av {total} felt er {stated} oppgitt, {unclear} uklare og {missing} ikke oppgitt.").format(
        total=len(every), **counts
    )
    words = []
    for part, row in zip(parts, states, strict=True):
        missing = [_label(field) for field, state in row.items() if state == "missing"]
        unclear = [_label(field) for field, state in row.items() if state == "unclear"]
        said = [
            _("Ikke oppgitt: {fields}.").format(fields=_and(missing)) if missing else "",
            _("Uklart: {fields}.").format(fields=_and(unclear)) if unclear else "",
        ]
        words.append(
            " ".join(
                [f"{part.title}.", *(line for line in said if line)]
                if any(said)
                else [_("{activity}. Alt er oppgitt.").format(activity=part.title)]
            )
        )
    rows = list(zip(register.activities, states, strict=True))
    return Summary(
        sentences=(fields, _counted(findings)),
        charts=tuple(_chart(rows[start : start + ROWS_A_CHART], fields) for start in range(0, len(rows), ROWS_A_CHART)),
        words=tuple(words),
    )


def _label(field: str) -> str:
    return _(CHARTED[field]).lower()


def _state(row: Row) -> str:
    if not row.is_stated:
        return "missing"
    return "unclear" if row.is_unclear else "stated"


def _chart(rows: Sequence[tuple[ActivityRecord, dict[str, str]]], fields: str) -> Chart:
    return Chart(
        alternative=_("Bilde av hva som er oppgitt, felt for felt. {fields} Det samme står i ord etter bildet.").format(
            fields=fields
        ),
        key=(("stated", _("Oppgitt")), ("unclear", _("Uklart")), ("missing", _("Ikke oppgitt"))),
        heads=tuple((FIRST_SQUARE + 6 + place * SQUARE_STEP, _(label)) for place, label in enumerate(CHARTED.values())),
        rows=tuple(
            ChartRow(
                number=activity.number,
                name=_shortened(_text(activity.name), 44),
                y=FIRST_LINE + place * LINE_STEP,
                squares=tuple(
                    Square(x=FIRST_SQUARE + column * SQUARE_STEP, state=states[field])
                    for column, field in enumerate(CHARTED)
                ),
            )
            for place, (activity, states) in enumerate(rows)
        ),
        height=FIRST_LINE + len(rows) * LINE_STEP,
    )


# --- The company


def _company_part(register: Register, company: ControllerRecord, findings: Sequence[Finding]) -> Part:
    marks = _Marks((finding for finding in findings if finding.field not in SHARED), register.remarks)
    joint = [
        _entry(row.name, _(row.status.label), _noted(_("Kontakt"), row.contact), _noted(_("Ordning"), row.arrangement))
        for row in company.joint_controllers
    ]
    required = [
        _row("legal_name", _("Virksomhet"), [_entry(company.legal_name)], "a"),
        _row("org_no", _("Organisasjonsnummer"), [_entry(_spaced(company.org_no, 3))], "a"),
        _row("trading_name", _("Navn utad"), [_entry(company.trading_name)], "a"),
        _row("named_as_controller", _("Oppgitt som ansvarlig"), [_entry(company.named_as_controller)], "a"),
        _row(
            "street", _("Adresse"), [_entry(company.address, _country(company.country) if company.country else "")], "a"
        ),
        _row("email", _("E-post"), [_entry(company.email)], "a"),
        _row("phone", _("Telefon"), [_entry(company.phone)], "a"),
        _row("website", _("Nettsted"), [_entry(company.website)], "a"),
        _row("contact_person", _("Kontaktperson"), [_entry(company.contact_person, company.contact_role)], "a"),
        _row("joint_controllers", _("Felles ansvarlige"), joint, "a"),
        _row(
            "has_representative",
            _("Representant i EØS"),
            [_fact(company.has_representative, company.representative)],
            "a",
        ),
        _row("has_dpo", _("Personvernombud"), [_dpo(company)], "a"),
        _row("transfers", _("Overføring, for alt"), _transfers(register.transfers), "e"),
        _row(
            "measures",
            _("Sikring, for alt"),
            [_entry(_listed(measure.name for measure in register.general_measures))],
            "g",
        ),
    ]
    answered = company.processor_statement_on
    added = [
        _row(
            "processor_for_others",
            _("Databehandler for andre"),
            [_fact(company.processor_for_others, _noted(_("Svart"), _day(answered) if answered else ""))],
        ),
        _row("sells_data", _("Kjøper, leier eller selger opplysninger"), [_fact(company.sells_data)]),
        _row("professional_secrecy", _("Taushetsplikt"), [_fact(company.professional_secrecy)]),
        _row(
            "agreements_with_processors",
            _("Avtale med alle databehandlere"),
            [_fact(company.agreements_with_processors)],
        ),
        _row(
            "transfers_documented_on_request",
            _("Viser overføringsgrunnlag på forespørsel"),
            [_fact(company.transfers_documented_on_request)],
        ),
        _row("automated_decisions", _("Automatiserte avgjørelser"), [_fact(company.automated_decisions)]),
        _row("profiling", _("Profilering"), [_fact(company.profiling)]),
        _row(
            "answer_within_days",
            _("Lovet svar innen"),
            [
                _entry(
                    ngettext("{count} dag", "{count} dager", company.answer_within_days).format(
                        count=company.answer_within_days
                    )
                    if company.answer_within_days
                    else ""
                )
            ],
        ),
        _row("supervisory_authority", _("Tilsynsmyndighet"), [_entry(company.supervisory_authority)]),
        _row("cookie_page", _("Side om informasjonskapsler"), [_entry(company.cookie_page)]),
        _row(
            "review_routines",
            _("Rutiner"),
            [
                _entry(
                    routine.description,
                    _noted(
                        _("Minst hver"),
                        ngettext("{count} måned", "{count} måneder", routine.every_months).format(
                            count=routine.every_months
                        )
                        if routine.every_months
                        else "",
                    ),
                    _noted(_("Kode"), routine.code),
                )
                for routine in company.review_routines
            ],
        ),
    ]
    label = _labels(required, added)
    annotations = _annotations(register.statements, _unsaid(register.remarks, findings), register.proposals, label)
    return Part(anchor="virksomheten", title=_("Virksomheten"), groups=_grouped(required, added, annotations, marks))


def _dpo(company: ControllerRecord) -> Entry:
    return _fact(company.has_dpo, company.dpo_name, company.dpo_contact)


# --- One activity


def _activity_part(
    activity: ActivityRecord, register: Register, ledger: ExportLedger, findings: Sequence[Finding]
) -> Part:
    company = register.controller or ControllerRecord()
    required = [
        _row(
            "controller",
            _("Ansvarlig"),
            [_entry(company.legal_name, _("Mer står under «Virksomheten»") if company.legal_name else "")],
            "a",
        ),
        _row(
            "purposes",
            _("Formål"),
            [_entry(row.description, _public(row.public_description)) for row in activity.purposes],
            "b",
        ),
        _row("subjects", _("Hvem det gjelder"), [_entry(_listed(row.name for row in activity.subjects))], "c"),
        _row("data", _("Opplysninger"), _data(activity), "c"),
        _row("special_categories", _("Særlige kategorier"), [_special_categories(activity)], "c"),
        _row("disclosures", _("Mottakere"), [_disclosed(row.party, row.reason) for row in activity.disclosures], "d"),
        _row("transfers", _("Overføring ut av EØS"), _transfers_of(activity, register), "e"),
        _row("retention", _("Lagring og sletting"), [_retention(rule) for rule in activity.retention], "f"),
        _row("safeguards", _("Sikring"), _safeguards(activity, register), "g"),
    ]
    added = [
        _row("regime", _("Regime"), [_entry(_(activity.regime.label) if activity.regime else "")]),
        _row("legal_grounds", _("Grunnlag, art. 6"), [_legal_ground(row) for row in activity.legal_grounds]),
        _row(
            "special_grounds",
            _("Vilkår, art. 9"),
            [
                _entry(
                    f"{_(row.condition.label)} ({_short(row.condition.source)})",
                    _noted(_("Formål"), row.purpose),
                    _noted(_("Nasjonal lov"), row.national_law),
                )
                for row in activity.special_grounds
            ],
        ),
        _row("sources", _("Kilder"), [_entry(_(row.kind.label), row.description) for row in activity.sources]),
        _row("collection", _("Når de samles inn"), [_entry(_listed(row.name for row in activity.collection))]),
        _row(
            "provision_required",
            _("Må personen gi dem"),
            [_fact(activity.provision_required, _noted(_("Uten dem"), activity.provision_consequence))],
        ),
        _row(
            "automated_decisions",
            _("Automatiserte avgjørelser"),
            [_fact(activity.automated_decisions, activity.automated_decisions_note)],
        ),
        _row(
            "dpia_needed",
            _("Vurdering av personvernkonsekvenser"),
            [_fact(activity.dpia_needed, activity.dpia_note)],
        ),
        _row(
            "systems",
            _("Systemer"),
            [
                _entry(row.name, _noted(_("Leverandør"), _party_name(row.party) if row.party else ""))
                for row in activity.systems
            ],
        ),
        _row(
            "internal_access", _("Tilgang internt"), [_entry(activity.internal_access, _public(activity.public_access))]
        ),
        _row("owner", _("Ansvarlig internt"), [_entry(activity.owner)]),
        _row("public_name", _("Navn i erklæringen"), [_entry(activity.public_name)]),
        _row("public_description", _("Om den i erklæringen"), [_entry(activity.public_description)]),
        _row("description", _("Intern beskrivelse"), [_entry(activity.description)]),
        _row(
            "status",
            _("Status"),
            [
                _entry(
                    _(activity.status.label),
                    _noted(_("I bruk fra"), _day(activity.valid_from) if activity.valid_from else _("ikke oppgitt")),
                    _noted(_("I bruk til"), _day(activity.valid_to) if activity.valid_to else ""),
                    _noted(_("Kode"), activity.code),
                )
            ],
        ),
    ]
    label = _labels(required, added)
    annotations = _annotations(activity.statements, _unsaid(activity.remarks, findings), activity.proposals, label)
    return Part(
        anchor=activity.number.lower(),
        title=_text(f"{activity.number} {activity.name}"),
        caution=_not_in_use(activity, ledger.as_of),
        groups=_grouped(required, added, annotations, _Marks(findings, activity.remarks)),
    )


def _not_in_use(activity: ActivityRecord, day: date) -> str:
    if activity.is_valid_on(day):
        return ""
    if activity.status is ActivityStatus.DRAFT:
        why = _("Den er et utkast.")
    elif activity.valid_from and activity.valid_from > day:
        why = _("Den tas i bruk {day}.").format(day=_day(activity.valid_from))
    elif activity.valid_to and activity.valid_to < day:
        why = _("Siste dag i bruk var {day}.").format(day=_day(activity.valid_to))
    else:
        why = _("Den er avsluttet.")
    return _("Ikke i bruk {day}. {why}").format(day=_day(day), why=why)


def _data(activity: ActivityRecord) -> list[Entry]:
    """Categories that are about the same people in the same way share an entry."""
    about: dict[str, list[DataRecord]] = {}
    for row in activity.data:
        about.setdefault(row.category.code, []).append(row)
    together: dict[tuple[tuple[str, Fact, RetentionRecord | None], ...], list[str]] = {}
    for rows in about.values():
        key = tuple((row.subject.name, row.presence, row.retention) for row in rows)
        together.setdefault(key, []).append(rows[0].category.name)
    return [_entry(_listed(names), *_pairs(key, activity)) for key, names in together.items()]


def _pairs(key: tuple[tuple[str, Fact, RetentionRecord | None], ...], activity: ActivityRecord) -> list[str]:
    same: dict[tuple[Fact, RetentionRecord | None], list[str]] = {}
    for subject, presence, rule in key:
        same.setdefault((presence, rule), []).append(subject)
    notes = []
    for (presence, rule), subjects in same.items():
        parts = [_noted(_("Om"), _listed(subjects))]
        if presence is not Fact.YES:
            parts.append(_(presence.label))
        if rule:
            parts.append(_noted(_("Lagring"), _rule_name(rule, activity)))
        notes.append(". ".join(parts))
    return notes


def _rule_name(rule: RetentionRecord, activity: ActivityRecord) -> str:
    place = activity.retention.index(rule) + 1
    return rule.covers or rule.statement or _("regel {place}").format(place=place)


def _special_categories(activity: ActivityRecord) -> Entry:
    named = dict.fromkeys(
        _(category.special_category.label) for category in activity.data_categories if category.special_category
    )
    if activity.special_categories is Fact.NOT_STATED and not has_special_categories(activity) and not named:
        return _entry("")
    if activity.special_categories is Fact.NOT_STATED:
        return _entry(_listed(named), _("Sluttet ut av opplysningene. Spørsmålet selv er ikke besvart"))
    return _entry(_(activity.special_categories.label), _listed(named))


def _transfers_of(activity: ActivityRecord, register: Register) -> list[Entry]:
    entries = _transfers(activity.transfers)
    if activity.transfers_outside_eea is not Fact.NOT_STATED:
        general = _("Se også «Overføring, for alt» under «Virksomheten»") if register.transfers else ""
        entries.insert(0, _fact(activity.transfers_outside_eea, general if not activity.transfers else ""))
    return entries


def _transfers(transfers: Iterable[TransferRecord]) -> list[Entry]:
    return [
        _entry(
            _country(row.country) if row.country else _("Land er ikke oppgitt"),
            _noted(_("Mottaker"), _party_name(row.party) if row.party else ""),
            _noted(_("Overføringsgrunnlag"), _(row.tool.label) if row.tool else _("ikke oppgitt")),
            _noted(_("Dokumentasjon"), row.documentation),
            row.note,
        )
        for row in transfers
    ]


def _retention(rule: RetentionRecord) -> Entry:
    notes = [
        _noted(_(rule.kind.label) if rule.kind else _("Tid"), _period(rule))
        or (_(rule.kind.label) if rule.kind else ""),
        _noted(_("Starter når"), _(rule.trigger.label).lower() if rule.trigger else ""),
        _noted(_("Lov"), rule.statute),
        _public(rule.public_wording),
    ]
    if not rule.is_stated:
        return _entry("", _noted(_("Gjelder"), rule.covers), *notes)
    said = rule.statement or _period(rule) or rule.public_wording or (_(rule.trigger.label) if rule.trigger else "")
    return _entry(f"{rule.covers}: {said}" if rule.covers else said, *notes)


def _period(rule: RetentionRecord) -> str:
    if rule.period is None or rule.unit is None:
        return ""
    if rule.period == 0:
        return _("0, altså med en gang")
    if rule.unit is PeriodUnit.DAYS:
        return ngettext("{count} dag", "{count} dager", rule.period).format(count=rule.period)
    if rule.unit is PeriodUnit.MONTHS:
        return ngettext("{count} måned", "{count} måneder", rule.period).format(count=rule.period)
    return _("{count} år").format(count=rule.period)


def _safeguards(activity: ActivityRecord, register: Register) -> list[Entry]:
    own = _listed(row.name for row in activity.safeguards)
    general = len(register.general_measures)
    entries = [_entry(own)] if own else []
    if not general:
        return entries
    said = ngettext("{count} tiltak som gjelder alt", "{count} tiltak som gjelder alt", general).format(count=general)
    return [*entries, _entry(said, _("se «Virksomheten»"))]


def _legal_ground(ground: LegalGroundRecord) -> Entry:
    return _entry(
        _("{basis} (bokstav {letter})").format(basis=_(ground.basis.label), letter=ground.basis.value),
        _noted(_("Formål"), ground.purpose),
        _noted(_("Gjelder bare"), ground.scope),
        _noted(_("Nasjonal lov"), ground.national_law),
        _noted(_("Interesse"), ground.legitimate_interest),
        _noted(_("Slik trekkes samtykket"), ground.consent_withdrawal),
    )


def _unsaid(remarks: Iterable[RemarkRecord], findings: Iterable[Finding]) -> list[RemarkRecord]:
    """The remarks that do not stand in the margin already, as findings in the same words."""
    said = {finding.message for finding in findings}
    return [remark for remark in remarks if remark.text not in said]


def _annotations(
    statements: Sequence[StatementRecord],
    remarks: Sequence[RemarkRecord],
    proposals: Sequence[ProposalRecord],
    label: Callable[[str], str],
) -> list[Row]:
    """What stands beside the fields, a row for each field or topic: proposals, remarks and statements."""
    proposed: dict[str, list[Entry]] = {}
    for proposal in proposals:
        entry = _entry(_proposed(proposal), proposal.reason, proposal.gap)
        proposed.setdefault(label(proposal.field), []).append(entry)
    remarked: dict[str, list[Entry]] = {}
    for remark in remarks:
        kind = "" if remark.kind is RemarkKind.NOTE else _(remark.kind.label)
        remarked.setdefault(label(remark.field), []).append(_entry(remark.text, kind, remark.gap))
    stated: dict[str, list[Entry]] = {}
    for statement in statements:
        stated.setdefault(_(statement.topic.label), []).append(_entry(statement.text))
    return [
        *(_row("", _("Forslag"), entries, aside=field) for field, entries in proposed.items()),
        *(_row("", _("Merknad"), entries, aside=field) for field, entries in remarked.items()),
        *(replace(_row("", _("Utsagn"), entries, aside=topic), run_in=True) for topic, entries in stated.items()),
    ]


PROPOSED_TERMS: dict[str, type[LawTerm]] = {
    "regime": LegalRegime,
    "legal_grounds": LegalBasis,
    "special_grounds": SpecialCategoryGround,
    "retention_trigger": RetentionTrigger,
}


def _proposed(proposal: ProposalRecord) -> str:
    """The proposed value in words, where it is a code of a field that holds codes."""
    term = PROPOSED_TERMS.get(proposal.field, Fact)
    for member in term:
        if member.value == proposal.value:
            return _(member.label)
    return proposal.value


# --- What the activities share


SHARED = frozenset({"parties", "systems", "measures", "subject_categories", "data_categories", "situations"})
"""Fields of the register that stand in the last part, with what is found about them."""


def _words_part(register: Register, findings: Sequence[Finding]) -> list[Part]:
    """Every shared row once, with its code, so that the document and the JSON can be read beside each other."""
    rows = [
        _row(
            "parties",
            _("Mottakere"),
            [
                _entry(
                    _party_name(row),
                    _(row.role.label),
                    _noted(_("Org.nr."), _spaced(row.org_no, 3)),
                    _noted(_("Land"), _country(row.country)),
                    _agreement(row),
                    row.public_service,
                    row.code,
                )
                for row in register.parties
            ],
        ),
        _row(
            "systems",
            _("Systemer"),
            [
                _entry(
                    row.name,
                    _noted(_("Leverandør"), _party_name(row.party) if row.party else ""),
                    row.code,
                )
                for row in register.systems
            ],
        ),
        _row(
            "measures",
            _("Sikkerhetstiltak"),
            [
                _entry(
                    row.name,
                    _("Gjelder alt") if row.general else "",
                    row.public_name,
                    row.code,
                )
                for row in register.measures
            ],
        ),
        _row(
            "subject_categories",
            _("Grupper av personer"),
            [
                _entry(
                    row.name,
                    _noted(_("Nevnt i den gamle erklæringen"), _(row.listed_in_notice.label).lower()),
                    row.code,
                )
                for row in register.subject_categories
            ],
        ),
        _row(
            "data_categories",
            _("Slag opplysninger"),
            [
                _entry(
                    row.name,
                    _noted(_("Særlig kategori"), _(row.special_category.label).lower() if row.special_category else ""),
                    row.public_name,
                    row.code,
                )
                for row in register.data_categories
            ],
        ),
        _row(
            "situations",
            _("Når opplysninger samles inn"),
            [_entry(row.name, row.code) for row in register.situations],
        ),
    ]
    marks = _Marks(findings, register.remarks)
    stated = tuple(row for row in map(marks.beside, rows) if row.is_stated or row.marks)
    if not stated:
        return []
    lead = _(
        "Her står det som aktivitetene deler, én gang. Etter navnet står det erklæringen kaller det, "
        "og til sist koden fra JSON-filen."
    )
    return [
        Part(
            anchor="felles",
            title=_("Felles for aktivitetene"),
            lead=lead,
            groups=(Group(title="", rows=stated, compact=True),),
        )
    ]


def _agreement(party: PartyRecord) -> str:
    parts = [
        _noted(_("Databehandleravtale"), _(party.has_agreement.label).lower())
        if party.has_agreement is not Fact.NOT_STATED or party.role.value == "processor"
        else "",
        _day(party.agreement_on) if party.agreement_on else "",
        party.agreement_reference,
    ]
    return ", ".join(part for part in parts if part)


def _disclosed(party: PartyRecord, reason: str) -> Entry:
    return _entry(_party_name(party), _(party.role.label), _country(party.country) if party.country else "", reason)


def _party_name(party: PartyRecord) -> str:
    return f"{party.service}: {party.name}" if party.name else party.service


# --- Findings and remarks in the margin

# Where a mark stands when the field it names is a part of a row, or has two names.
BESIDE = {
    "transfers_outside_eea": "transfers",
    "legitimate_interest": "legal_grounds",
    "consent_withdrawal": "legal_grounds",
    "national_law": "legal_grounds",
    "provision_consequence": "provision_required",
    "automated_decisions_note": "automated_decisions",
    "public_access": "internal_access",
    "dpia_note": "dpia_needed",
    "valid_from": "status",
    "valid_to": "status",
    "name": "public_name",
    "code": "status",
    "number": "status",
    "postcode": "street",
    "city": "street",
    "country": "street",
    "contact_role": "contact_person",
    "dpo_name": "has_dpo",
    "dpo_contact": "has_dpo",
    "representative": "has_representative",
    "processor_statement_on": "processor_for_others",
}


class _Marks:
    """The marks of one part, given to the rows they belong to. None is lost: `left` has those without a row."""

    def __init__(self, findings: Iterable[Finding], remarks: Sequence[RemarkRecord]) -> None:
        doubts = {RemarkKind.VAGUE, RemarkKind.CONTRADICTORY}
        self._doubted = {BESIDE.get(remark.field, remark.field) for remark in remarks if remark.kind in doubts}
        kinds = {remark.text: _(remark.kind.label) for remark in remarks}
        self._by_field: dict[str, list[tuple[str, Mark]]] = {}
        for finding in findings:
            law = [kinds.get(finding.message, ""), _short(finding.source), *finding.gaps]
            mark = Mark(
                kind={Severity.ERROR: "error", Severity.WARNING: "warn", Severity.INFO: "note"}[finding.severity],
                word=_(finding.severity.label),
                law=_text(" · ".join(part for part in law if part)),
                text=_text(_(finding.message)),
            )
            self._by_field.setdefault(BESIDE.get(finding.field, finding.field), []).append((finding.detail, mark))

    def beside(self, row: Row) -> Row:
        found = self._by_field.pop(row.field, [])
        return replace(row, marks=_gathered(found, len(row.entries) > 1), doubted=row.field in self._doubted)

    def left(self) -> list[Row]:
        """A row for each field that has none of its own: what is missing is the answer there."""
        return [
            Row(
                field=field,
                label=WITHOUT_A_ROW[field]() if field in WITHOUT_A_ROW else field,
                entries=(Entry(text=_("Se funnene")),) if field in WITHOUT_A_ROW else (Entry(missing=True),),
                marks=_gathered(found, several=False),
            )
            for field, found in self._by_field.items()
        ]


WITHOUT_A_ROW: dict[str, Callable[[], str]] = {
    "activities": lambda: _("Aktiviteter"),
    "statements": lambda: _("Utsagn"),
    "parties": lambda: _("Mottakere"),
    "systems": lambda: _("Systemer"),
    "measures": lambda: _("Sikkerhetstiltak"),
    "subject_categories": lambda: _("Grupper av personer"),
    "data_categories": lambda: _("Slag opplysninger"),
    "situations": lambda: _("Når opplysninger samles inn"),
}
"""Fields of the register that have no row in a part, by what they are called there."""


def _gathered(found: Iterable[tuple[str, Mark]], several: bool) -> tuple[Mark, ...]:
    """The marks of a row, one for each thing that is found, with the places it is found in where there are several."""
    places: dict[Mark, list[str]] = {}
    for detail, mark in found:
        places.setdefault(mark, []).append(detail)
    return tuple(
        _numbered(mark, ", ".join(detail for detail in details if detail)) if several and any(details) else mark
        for mark, details in places.items()
    )


def _numbered(mark: Mark, place: str) -> Mark:
    return replace(mark, text=_("Nr. {place}: {text}").format(place=place, text=mark.text))


def _grouped(
    required: Iterable[Row], added: Iterable[Row], annotations: Sequence[Row], marks: _Marks
) -> tuple[Group, ...]:
    by_law = tuple(marks.beside(row) for row in required)
    additions = tuple(marks.beside(row) for row in added)
    groups = [
        Group(title=_("Det artikkel 30 nr. 1 krever"), rows=by_law),
        Group(
            title=_("Tillegg – ikke krevd av art. 30"),
            rows=_silent_together((*additions, *marks.left())),
            addition=True,
        ),
    ]
    if annotations:
        title = _("Tillegg – forslag, merknader og utsagn")
        groups.append(Group(title=title, rows=tuple(annotations), addition=True, compact=True))
    return tuple(groups)


def _silent_together(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Gather the additions that nobody has stated and no rule asks for into one row: many empty rows hide the full."""
    kept: list[Row] = []
    silent: list[Row] = []
    for row in rows:
        says_something = row.is_stated or row.marks or any(entry.note for entry in row.entries)
        (kept if says_something or row.field in CHARTED else silent).append(row)
    if silent:
        kept.append(_row("", _("Ikke oppgitt"), [Entry(text=_listed(row.label for row in silent))]))
    return tuple(kept)


def _labels(*rows: Iterable[Row]) -> Callable[[str], str]:
    """Return what a field of the records is called in this part; a part of a field is called as the whole."""
    known = {
        **{field: name() for field, name in WITHOUT_A_ROW.items()},
        **{row.field: row.label for found in rows for row in found},
    }

    def label(field: str) -> str:
        field = BESIDE.get(field, field)
        whole = next((name for name in known if field.startswith(f"{name}_")), field)
        return known.get(field) or known.get(whole, field)

    return label


# --- Small words


def _row(field: str, label: str, entries: Iterable[Entry], letter: str = "", *, aside: str = "") -> Row:
    return Row(
        field=field,
        label=label,
        aside=_("nr.\u00a01\u00a0{letter}").format(letter=letter) if letter else _text(aside),
        entries=tuple(entries) or (Entry(missing=True),),
    )


def _entry(text: str, *notes: str) -> Entry:
    return Entry(text=_text(text), note=_text(" · ".join(note for note in notes if note)), missing=not text.strip())


def _fact(fact: Fact, *notes: str) -> Entry:
    """The answer to a yes-or-no question. One that nobody gave is missing, whatever the notes say."""
    return _entry("" if fact is Fact.NOT_STATED else _(fact.label), *notes)


def _noted(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def _public(value: str) -> str:
    return _noted(_("I erklæringen"), value)


def _country(code: str) -> str:
    if not code:
        return ""
    name = country_name(code)
    return code if name == code else f"{_(name)} ({code})"


def _short(source: LegalSource | None) -> str:
    """«Art. 9 nr. 2» for the regulation the whole document is about, the whole name for every other law."""
    if source is None:
        return ""
    return source.provision[:1].upper() + source.provision[1:] if source.url == GDPR_URL else str(source)


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return ("; " if any("," in name for name in found) else ", ").join(found)


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} og {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def _day(day: date) -> str:
    return date_format(day, "j. F Y")


def _moment(moment: datetime) -> str:
    local = moment.astimezone(OSLO)
    return _("{day} kl. {time}").format(day=_day(local.date()), time=local.strftime("%H.%M"))


def _spaced(text: str, size: int) -> str:
    """`text` in groups, as people read long numbers aloud."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _text(text: str) -> str:
    return UNPRINTABLE.sub("\ufffd", text)
