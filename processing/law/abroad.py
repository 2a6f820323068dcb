"""Transfers out of the EEA (Chapter V), judged by the law of the day: the tool, the country, and whether they fit.

A row that names no country is found by `completeness`; what a tool needs is asked once the country is known.
"""

from collections.abc import Callable

from processing.law.adequacy import adequacy_of
from processing.law.assessments import TransferOutcome
from processing.law.dated import a_year_after
from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.records import ActivityRecord, TransferAssessmentRecord, TransferRecord
from processing.law.rules import ActivityRule, CompanyRule, Reading, RegisterRule, Where, once, positions
from processing.law.sources import LegalSource, gdpr
from processing.law.terms import N_
from processing.law.transfers import SCHREMS_II, TransferTool, is_outside_eea

Assessments = tuple[TransferAssessmentRecord, ...]
Fires = Callable[[TransferRecord, Reading], bool]
FiresAssessed = Callable[[TransferRecord, Reading, Assessments], bool]
"""The same, with the assessments that may cover the transfer."""


def _outside(row: TransferRecord, reading: Reading) -> bool:
    return is_outside_eea(row.country, on=reading.law_on)


def _tool_missing(row: TransferRecord, reading: Reading) -> bool:
    return row.tool is None and _outside(row, reading) and adequacy_of(row.country, on=reading.law_on) is None


def _adequacy_not_named(row: TransferRecord, reading: Reading) -> bool:
    return row.tool is None and _outside(row, reading) and adequacy_of(row.country, on=reading.law_on) is not None


def _tool_ended(row: TransferRecord, reading: Reading) -> bool:
    return row.tool is not None and row.tool.validity.has_ended_by(reading.law_on)


def _dpf_may_replace(row: TransferRecord, reading: Reading) -> bool:
    """True where the agreement with the USA that had ended has a follower on that day."""
    follower = TransferTool.DPF
    may_fit = row.country.upper() in {"", follower.country}
    ended = row.tool is not None and row.tool.country == follower.country and _tool_ended(row, reading)
    return ended and may_fit and follower.validity.holds_on(reading.law_on)


def _tool_not_yet(row: TransferRecord, reading: Reading) -> bool:
    tool = row.tool
    return tool is not None and not tool.validity.holds_on(reading.law_on) and not _tool_ended(row, reading)


def _in_force(row: TransferRecord, reading: Reading) -> bool:
    return row.tool is not None and row.tool.validity.holds_on(reading.law_on)


def _wrong_country(row: TransferRecord, reading: Reading) -> bool:
    if row.tool is None or not _in_force(row, reading) or not _outside(row, reading):
        return False
    if row.tool is TransferTool.ADEQUACY:
        return adequacy_of(row.country, on=reading.law_on) is None
    return bool(row.tool.country) and row.country.upper() != row.tool.country


def _scope_unchecked(row: TransferRecord, reading: Reading) -> bool:
    if row.tool is not TransferTool.ADEQUACY or not _outside(row, reading) or row.documentation:
        return False
    decision = adequacy_of(row.country, on=reading.law_on)
    return decision is not None and bool(decision.scope)


def _list_unchecked(row: TransferRecord, reading: Reading) -> bool:
    return _on_a_list(row, reading) and row.checked_on is None


def _list_unchecked_for_a_year(row: TransferRecord, reading: Reading) -> bool:
    return _on_a_list(row, reading) and row.checked_on is not None and a_year_after(row.checked_on) < reading.law_on


def _on_a_list(row: TransferRecord, reading: Reading) -> bool:
    """True for a tool that holds only for those who have joined it."""
    return row.tool is not None and bool(row.tool.country) and _in_force(row, reading)


def _must_be_assessed(row: TransferRecord, reading: Reading) -> bool:
    needed = row.tool is not None and row.tool.needs_assessment and _outside(row, reading)
    return needed and SCHREMS_II.holds_on(reading.law_on)


def _assessment_of(row: TransferRecord, assessments: Assessments) -> TransferAssessmentRecord | None:
    """Return the concluded assessment that decides: one of the recipient before one of the country, then the latest.

    Of two on one day it is the one that stands last.
    """
    decided = [(one.party is not None, one.concluded_on, one) for one in assessments if one.concluded_on]
    covering = [found for found in reversed(decided) if found[2].covers(row)]
    return max(covering, key=lambda found: found[:2])[2] if covering else None


def _assessment_missing(row: TransferRecord, reading: Reading, assessments: Assessments) -> bool:
    return _must_be_assessed(row, reading) and _assessment_of(row, assessments) is None


def _not_adequate(row: TransferRecord, reading: Reading, assessments: Assessments) -> bool:
    found = _assessment_of(row, assessments)
    negative = found is not None and found.conclusion is TransferOutcome.NOT_ADEQUATE
    return negative and _must_be_assessed(row, reading)


def _not_a_transfer(row: TransferRecord, reading: Reading) -> bool:
    return bool(row.country) and not _outside(row, reading)


def _recipients_abroad(activity: ActivityRecord, reading: Reading) -> Where:
    told = {row.party.code for row in activity.transfers if row.party}
    return positions(
        is_outside_eea(disclosure.party.country, on=reading.law_on) and disclosure.party.code not in told
        for disclosure in activity.disclosures
    )


def _rule_pair(
    code: str,
    message: str,
    source: LegalSource,
    fires: Fires,
    severity: Severity = Severity.ERROR,
    gaps: tuple[str, ...] = (),
) -> tuple[RegisterRule, ActivityRule]:
    """The same rule for what the company says of all it does, and for what an activity says."""
    return _assessed_pair(code, message, source, lambda row, reading, _assessments: fires(row, reading), severity, gaps)


def _assessed_pair(
    code: str,
    message: str,
    source: LegalSource,
    fires: FiresAssessed,
    severity: Severity = Severity.ERROR,
    gaps: tuple[str, ...] = (),
) -> tuple[RegisterRule, ActivityRule]:
    """The pair for a question to the assessments: the company's own count for every activity."""

    def of_company(reading: Reading) -> Where:
        assessments = reading.register.transfer_assessments
        return positions(fires(row, reading, assessments) for row in reading.register.transfers)

    def of_activity(activity: ActivityRecord, reading: Reading) -> Where:
        assessments = (*reading.register.transfer_assessments, *activity.transfer_assessments)
        return positions(fires(row, reading, assessments) for row in activity.transfers)

    return (
        RegisterRule(
            code=code,
            field="transfers",
            message=message,
            source=source,
            severity=severity,
            gaps=gaps,
            where=of_company,
        ),
        ActivityRule(
            code=code,
            field="transfers",
            message=message,
            source=source,
            severity=severity,
            gaps=gaps,
            where=of_activity,
        ),
    )


_PAIRS = (
    _rule_pair(
        "46-tool-missing",
        N_("Landet er utenfor EØS. Velg det som gjør overføringen lovlig, eller stans den."),
        gdpr("art. 44"),
        _tool_missing,
    ),
    _rule_pair(
        "45-adequacy-not-named",
        N_("EU har godkjent landet. Velg det som overføringsgrunnlag, og sjekk at mottakeren er dekket."),
        gdpr("art. 45"),
        _adequacy_not_named,
        Severity.WARNING,
    ),
    _rule_pair(
        "45-tool-ended",
        N_("Overføringsgrunnlaget gjelder ikke lenger. Velg et gyldig grunnlag for hver mottaker."),
        gdpr("art. 44"),
        _tool_ended,
        gaps=("G05",),
    ),
    _rule_pair(
        "45-dpf-may-replace",
        N_("Data Privacy Framework har tatt over, men bare for mottakere på listen. Slå opp hver mottaker der."),
        gdpr("art. 45"),
        _dpf_may_replace,
        Severity.INFO,
    ),
    _rule_pair(
        "45-tool-not-yet",
        N_("Overføringsgrunnlaget gjaldt ikke ennå. Velg et som gjelder denne dagen."),
        gdpr("art. 44"),
        _tool_not_yet,
    ),
    _rule_pair(
        "45-wrong-country",
        N_("Overføringsgrunnlaget dekker ikke dette landet denne dagen. Velg et annet."),
        gdpr("art. 45"),
        _wrong_country,
    ),
    _rule_pair(
        "45-scope-unchecked",
        N_("Godkjenningen av landet dekker bare noen mottakere. Skriv hvordan dere vet at denne er med."),
        gdpr("art. 45"),
        _scope_unchecked,
        Severity.WARNING,
    ),
    _rule_pair(
        "45-list-unchecked",
        N_("Grunnlaget gjelder bare virksomheter på listen. Før opp når dere sist så at mottakeren står der."),
        gdpr("art. 45"),
        _list_unchecked,
        Severity.WARNING,
    ),
    _rule_pair(
        "45-list-check-overdue",
        N_("Det er over ett år siden dere så at mottakeren står på listen. Sjekk igjen, og før opp dagen."),
        gdpr("art. 45"),
        _list_unchecked_for_a_year,
        Severity.WARNING,
    ),
    _assessed_pair(
        "46-assessment-missing",
        N_("Grunnlaget krever at dere vurderer loven i landet. Gjør vurderingen (TIA), og før den opp."),
        gdpr("art. 46 nr. 1"),
        _assessment_missing,
        Severity.WARNING,
    ),
    _assessed_pair(
        "46-not-adequate",
        N_("Vurderingen sier at vernet ikke er godt nok. Stans overføringen, eller sett inn tiltak og vurder på nytt."),
        gdpr("art. 46 nr. 1"),
        _not_adequate,
    ),
    _rule_pair(
        "44-not-a-transfer",
        N_("Landet er i EØS. Da trengs ikke noe overføringsgrunnlag, og raden kan strykes."),
        gdpr("art. 44"),
        _not_a_transfer,
        Severity.INFO,
    ),
)

COMPANY_RULES: tuple[CompanyRule, ...] = tuple(of_company for of_company, _of_activity in _PAIRS)

ACTIVITY_RULES = (
    *(of_activity for _of_company, of_activity in _PAIRS),
    ActivityRule(
        code="44-recipient-abroad",
        severity=Severity.WARNING,
        field="disclosures",
        message=N_("Mottakeren er utenfor EØS, men det er ikke ført opp noen overføring. Før den opp, med grunnlag."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        where=_recipients_abroad,
    ),
    ActivityRule(
        code="44-answer-contradicted",
        severity=Severity.WARNING,
        field="transfers",
        message=N_("Svaret er at ingenting går ut av EØS, men det er ført opp en overføring. Rett det ene."),
        source=gdpr("art. 30 nr. 1 bokstav e"),
        where=lambda activity, reading: once(
            activity.transfers_outside_eea is Fact.NO
            and any(not _not_a_transfer(row, reading) for row in activity.transfers)
        ),
    ),
)
