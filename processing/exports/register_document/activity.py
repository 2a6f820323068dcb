"""The part about one activity: what Art. 30(1) asks first, the rest as additions."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.exports.ledger import ExportLedger
from processing.exports.register_document.annotations import annotation_rows, unsaid
from processing.exports.register_document.assessments import (
    balancing_row,
    impact_row,
    screening_row,
    transfer_assessments_row,
)
from processing.exports.register_document.grouping import grouped, labels_of
from processing.exports.register_document.margin import Margin
from processing.exports.register_document.parties import disclosed_entry, party_name, transfer_entries
from processing.exports.register_document.parts import Entry, Mark, Part
from processing.exports.register_document.rows import entry_of, fact_entry, row_of, translations_row
from processing.exports.register_document.wording import (
    day_words,
    in_the_notice,
    law_words,
    listed,
    noted,
    period_words,
    printable,
)
from processing.law.completeness import has_special_categories
from processing.law.editions import Edition
from processing.law.facts import ActivityStatus, Fact
from processing.law.findings import Finding
from processing.law.kinds import is_tracking
from processing.law.records import (
    ActivityRecord,
    ControllerRecord,
    DataRecord,
    LegalGroundRecord,
    Register,
    RetentionRecord,
    ReviewRecord,
)
from processing.notices.trackers import tracker_life


def activity_part(
    activity: ActivityRecord,
    register: Register,
    ledger: ExportLedger,
    findings: Sequence[Finding],
    numbered: Mapping[Mark, int],
) -> Part:
    """`findings` are those of the activity; `numbered` are the marks that stand in full in the summary."""
    company = register.controller or ControllerRecord()
    required = [
        row_of(
            "controller",
            _("Ansvarlig"),
            [entry_of(company.legal_name, _("Mer står under «Virksomheten»") if company.legal_name else "")],
            "a",
        ),
        row_of(
            "purposes",
            _("Formål"),
            [entry_of(row.description, in_the_notice(row.public_description)) for row in activity.purposes],
            "b",
        ),
        row_of("subjects", _("Hvem det gjelder"), [entry_of(listed(row.name for row in activity.subjects))], "c"),
        row_of("data", _("Opplysninger"), _data(activity), "c"),
        row_of("special_categories", _("Særlige kategorier"), [_special_categories(activity)], "c"),
        row_of(
            "disclosures", _("Mottakere"), [disclosed_entry(row.party, row.reason) for row in activity.disclosures], "d"
        ),
        row_of("transfers", _("Overføring ut av EØS"), _transfers_of(activity, register), "e"),
        row_of("retention", _("Lagring og sletting"), [_retention(rule) for rule in activity.retention], "f"),
        row_of("safeguards", _("Sikring"), _safeguards(activity, register), "g"),
    ]
    added = [
        row_of("regime", _("Regime"), [entry_of(_(activity.regime.label) if activity.regime else "")]),
        row_of("legal_grounds", _("Grunnlag, art. 6"), [_legal_ground(row) for row in activity.legal_grounds]),
        row_of(
            "special_grounds",
            _("Vilkår, art. 9"),
            [
                entry_of(
                    f"{_(row.condition.label)} ({law_words(row.condition.source)})",
                    noted(_("Formål"), row.purpose),
                    noted(_("Nasjonal lov"), row.national_law),
                )
                for row in activity.special_grounds
            ],
        ),
        balancing_row(activity),
        transfer_assessments_row(activity.transfer_assessments),
        row_of("sources", _("Kilder"), [entry_of(_(row.kind.label), row.description) for row in activity.sources]),
        row_of("collection", _("Når de samles inn"), [entry_of(listed(row.name for row in activity.collection))]),
        row_of(
            "provision_required",
            _("Må personen gi dem"),
            [fact_entry(activity.provision_required, noted(_("Uten dem"), activity.provision_consequence))],
        ),
        row_of(
            "automated_decisions",
            _("Automatiserte avgjørelser"),
            [fact_entry(activity.automated_decisions, activity.automated_decisions_note)],
        ),
        screening_row(activity),
        impact_row(activity),
        row_of(
            "systems",
            _("Systemer"),
            [
                entry_of(row.name, noted(_("Leverandør"), party_name(row.party) if row.party else ""))
                for row in activity.systems
            ],
        ),
        *([row_of("trackers", _("Kapsler og sporing"), _trackers(activity))] if _may_track(activity) else []),
        row_of(
            "internal_access",
            _("Tilgang internt"),
            [entry_of(activity.internal_access, in_the_notice(activity.public_access))],
        ),
        row_of("owner", _("Ansvarlig internt"), [entry_of(activity.owner)]),
        row_of("reviews", _("Gjennomganger"), [_review(row, ledger) for row in activity.reviews]),
        row_of("public_name", _("Navn i erklæringen"), [entry_of(activity.public_name)]),
        row_of("public_description", _("Om den i erklæringen"), [entry_of(activity.public_description)]),
        *translations_row(activity.translations),
        row_of("description", _("Intern beskrivelse"), [entry_of(activity.description)]),
        row_of(
            "status",
            _("Status"),
            [
                entry_of(
                    _(activity.status.label),
                    noted(
                        _("I bruk fra"), day_words(activity.valid_from) if activity.valid_from else _("ikke oppgitt")
                    ),
                    noted(_("I bruk til"), day_words(activity.valid_to) if activity.valid_to else ""),
                    noted(_("Kode"), activity.code),
                )
            ],
        ),
    ]
    label = labels_of(required, added)
    annotations = annotation_rows(activity.statements, unsaid(activity.remarks, findings), activity.proposals, label)
    return Part(
        anchor=activity.number.lower(),
        title=printable(f"{activity.number} {activity.name}"),
        caution=_not_in_use(activity, ledger.as_of),
        groups=grouped(required, added, annotations, Margin(findings, activity.remarks, numbered)),
    )


def _not_in_use(activity: ActivityRecord, day: date) -> str:
    if activity.is_valid_on(day):
        return ""
    if activity.status is ActivityStatus.DRAFT:
        why = _("Den er et utkast.")
    elif activity.valid_from and activity.valid_from > day:
        why = _("Den tas i bruk {day}.").format(day=day_words(activity.valid_from))
    elif activity.valid_to and activity.valid_to < day:
        why = _("Siste dag i bruk var {day}.").format(day=day_words(activity.valid_to))
    else:
        why = _("Den er avsluttet.")
    return _("Ikke i bruk {day}. {why}").format(day=day_words(day), why=why)


def _data(activity: ActivityRecord) -> list[Entry]:
    """Categories that are about the same people in the same way share an entry."""
    about: dict[str, list[DataRecord]] = {}
    for row in activity.data:
        about.setdefault(row.category.code, []).append(row)
    together: dict[tuple[tuple[str, Fact, RetentionRecord | None], ...], list[str]] = {}
    for rows in about.values():
        key = tuple((row.subject.name, row.presence, row.retention) for row in rows)
        together.setdefault(key, []).append(rows[0].category.name)
    return [entry_of(listed(names), *_pairs(key, activity)) for key, names in together.items()]


def _pairs(key: tuple[tuple[str, Fact, RetentionRecord | None], ...], activity: ActivityRecord) -> list[str]:
    same: dict[tuple[Fact, RetentionRecord | None], list[str]] = {}
    for subject, presence, rule in key:
        same.setdefault((presence, rule), []).append(subject)
    notes = []
    for (presence, rule), subjects in same.items():
        parts = [noted(_("Om"), listed(subjects))]
        if presence is not Fact.YES:
            parts.append(_(presence.label))
        if rule:
            parts.append(noted(_("Lagring"), _rule_name(rule, activity)))
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
        return entry_of("")
    if activity.special_categories is Fact.NOT_STATED:
        return entry_of(listed(named), _("Sluttet ut av opplysningene. Spørsmålet selv er ikke besvart"))
    return entry_of(_(activity.special_categories.label), listed(named))


def _transfers_of(activity: ActivityRecord, register: Register) -> list[Entry]:
    entries = transfer_entries(activity.transfers)
    if activity.transfers_outside_eea is not Fact.NOT_STATED:
        general = _("Se også «Overføring, for alt» under «Virksomheten»") if register.transfers else ""
        entries.insert(0, fact_entry(activity.transfers_outside_eea, general if not activity.transfers else ""))
    return entries


def _may_track(activity: ActivityRecord) -> bool:
    """True where the row has something to say, or somebody should have said it."""
    return bool(activity.trackers) or is_tracking(activity)


def _trackers(activity: ActivityRecord) -> list[Entry]:
    return [
        entry_of(
            noted(row.name, row.reason) or row.name,
            noted(_("Hvem"), party_name(row.party) if row.party else row.provider),
            noted(_("Blir liggende"), tracker_life(row, _)),
            noted(_("Settes når"), _(row.need.label) if row.need else ""),
        )
        for row in activity.trackers
    ]


def _retention(rule: RetentionRecord) -> Entry:
    notes = [
        noted(_(rule.kind.label) if rule.kind else _("Tid"), _period(rule))
        or (_(rule.kind.label) if rule.kind else ""),
        noted(_("Starter når"), _(rule.trigger.label).lower() if rule.trigger else ""),
        noted(_("Lov"), rule.statute),
        in_the_notice(rule.public_wording),
    ]
    if not rule.is_stated:
        return entry_of("", noted(_("Gjelder"), rule.covers), *notes)
    said = rule.statement or _period(rule) or rule.public_wording or (_(rule.trigger.label) if rule.trigger else "")
    return entry_of(f"{rule.covers}: {said}" if rule.covers else said, *notes)


def _period(rule: RetentionRecord) -> str:
    if rule.period is None or rule.unit is None:
        return ""
    if rule.period == 0:
        return _("0, altså med en gang")
    return period_words(rule.period, rule.unit)


def _safeguards(activity: ActivityRecord, register: Register) -> list[Entry]:
    own = listed(row.name for row in activity.safeguards)
    general = len(register.general_measures)
    entries = [entry_of(own)] if own else []
    if not general:
        return entries
    said = ngettext("{count} tiltak som gjelder alt", "{count} tiltak som gjelder alt", general).format(count=general)
    return [*entries, entry_of(said, _("se «Virksomheten»"))]


def _review(review: ReviewRecord, ledger: ExportLedger) -> Entry:
    """When, and what it came to. Who, and what the person wrote, is in the edition for those inside."""
    opened = noted(_("Åpnet"), day_words(review.opened_on))
    if review.concluded_on is None or review.outcome is None:
        return entry_of(_("Åpen"), opened)
    said = f"{day_words(review.concluded_on)}: {_(review.outcome.label).lower()}"
    inside = [review.reviewer, review.note] if ledger.edition is Edition.INTERNAL else []
    return entry_of(said, opened, *inside)


def _legal_ground(ground: LegalGroundRecord) -> Entry:
    return entry_of(
        _("{basis} (bokstav {letter})").format(basis=_(ground.basis.label), letter=ground.basis.value),
        noted(_("Formål"), ground.purpose),
        noted(_("Gjelder bare"), ground.scope),
        noted(_("Nasjonal lov"), ground.national_law),
        noted(_("Interesse"), ground.legitimate_interest),
        noted(_("Slik trekkes samtykket"), ground.consent_withdrawal),
    )
