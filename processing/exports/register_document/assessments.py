"""What was assessed: who answers for it, what came out, when it is looked at again, and what it rests on."""

from datetime import date

from django.utils.translation import gettext as _

from processing.exports.register_document.parties import party_name
from processing.exports.register_document.parts import Entry, Row
from processing.exports.register_document.rows import entry_of, fact_entry, row_of
from processing.exports.register_document.wording import country_words, day_words, listed, noted
from processing.law.facts import Fact
from processing.law.records import (
    ActivityRecord,
    AssessmentRecord,
    BalancingTestRecord,
    ImpactAssessmentRecord,
    ScreeningAnswerRecord,
    TransferAssessmentRecord,
)
from processing.law.terms import LawTerm


def balancing_row(activity: ActivityRecord) -> Row:
    return row_of("balancing_tests", _("Interesseavveining"), [_balancing(test) for test in activity.balancing_tests])


def screening_row(activity: ActivityRecord) -> Row:
    """Whether an impact assessment is needed, and the answers that rests on, together by what they say."""
    answered = {Fact.YES: _("Svart ja"), Fact.POSSIBLE: _("Svart kan forekomme"), Fact.NO: _("Svart nei")}
    when = [
        _who(activity.screening_owner, activity.screened_on, activity.screening_review_on)
        if activity.screening_owner or activity.screened_on or activity.screening_review_on
        else ""
    ]
    return row_of(
        "dpia_needed",
        _("Trengs vurdering av konsekvenser"),
        [
            fact_entry(activity.dpia_needed, activity.dpia_note, *when),
            *(
                _answers(label, [row for row in activity.screening if row.answer is answer])
                for answer, label in answered.items()
                if any(row.answer is answer for row in activity.screening)
            ),
        ],
    )


def impact_row(activity: ActivityRecord) -> Row:
    return row_of(
        "impact_assessments", _("Vurdering av konsekvenser"), [_impact(row) for row in activity.impact_assessments]
    )


def transfer_assessments_row(rows: tuple[TransferAssessmentRecord, ...]) -> Row:
    return row_of("transfer_assessments", _("Vurdering av landet"), [_transfer(row) for row in rows])


def _balancing(test: BalancingTestRecord) -> Entry:
    return entry_of(
        _conclusion(test.conclusion),
        noted(_("Formål"), test.purpose),
        noted(_("Interessen"), test.interest),
        noted(_("Nødvendig"), test.necessity),
        noted(_("Avveiningen"), test.balance),
        *_ending(test),
    )


def _impact(assessment: ImpactAssessmentRecord) -> Entry:
    return entry_of(
        _conclusion(assessment.conclusion),
        noted(_("Gjelder"), assessment.covers),
        noted(_("Beskrivelse"), assessment.description),
        noted(_("Nødvendig"), assessment.necessity),
        noted(_("Risiko"), assessment.risks),
        noted(_("Tiltak"), assessment.measures),
        noted(_("Råd og synspunkter"), assessment.advice),
        noted(_("Sendt til Datatilsynet"), day_words(assessment.consulted_on) if assessment.consulted_on else ""),
        *_ending(assessment),
    )


def _transfer(assessment: TransferAssessmentRecord) -> Entry:
    receiver = party_name(assessment.party) if assessment.party else _("Alle mottakere i landet")
    return entry_of(
        _("{country}: {conclusion}").format(
            country=country_words(assessment.country), conclusion=_conclusion(assessment.conclusion)
        ),
        noted(_("Mottaker"), receiver),
        noted(_("Lov og praksis"), assessment.law_and_practice),
        noted(_("Ekstra tiltak"), assessment.measures),
        *_ending(assessment),
    )


def _conclusion(term: LawTerm | None) -> str:
    return _(term.label) if term else _("Ikke konkludert")


def _ending(assessment: AssessmentRecord) -> tuple[str, str]:
    return (
        _who(assessment.owner, assessment.concluded_on, assessment.next_review_on),
        noted(_("Ligger"), assessment.reference),
    )


def _who(owner: str, concluded_on: date | None, next_review_on: date | None) -> str:
    """All three are said, also the one nobody has stated: an assessment is worth no more than its follow-up."""
    silent = _("ikke oppgitt")
    return _("Ansvarlig: {owner}. Konkludert: {concluded}. Ses på igjen: {again}").format(
        owner=owner or silent,
        concluded=day_words(concluded_on) if concluded_on else silent,
        again=day_words(next_review_on) if next_review_on else silent,
    )


def _answers(label: str, rows: list[ScreeningAnswerRecord]) -> Entry:
    names = listed(_(row.criterion.label).lower() for row in rows)
    return entry_of(noted(label, names), *(noted(_(row.criterion.label), row.note) for row in rows))
