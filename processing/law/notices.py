"""What a privacy notice must say (Art. 13 and 14), and what the register lacks to say it.

What Art. 30 asks for as well is found by `completeness`; here stands only what the notice alone needs, so that one
missing fact gives one finding. `coverage` holds them together, element by element (docs/law.md, C2).
"""

import re
from collections.abc import Iterable

from processing.law.bases import LegalBasis, SpecialCategoryGround
from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.records import ActivityRecord, TransferRecord
from processing.law.rules import ActivityRule, CompanyRule, ControllerRule, Reading, Where, once, positions
from processing.law.sources import gdpr
from processing.law.terms import N_
from processing.law.transfers import TransferTool

SAFEGUARDS = frozenset(
    {
        TransferTool.SCC,
        TransferTool.BCR,
        TransferTool.CODE_OF_CONDUCT,
        TransferTool.CERTIFICATION,
        TransferTool.PUBLIC_INSTRUMENT,
        TransferTool.ADHOC_CLAUSES,
    }
)
VOLUNTARY = re.compile(r"\bfrivillig", re.IGNORECASE)


def _provision_not_stated(activity: ActivityRecord) -> bool:
    # Art. 14 does not ask: who gives data about another is under no duty the notice could tell of.
    from_the_person = not activity.sources or any(source.kind.is_the_person for source in activity.sources)
    return activity.provision_required is Fact.NOT_STATED and from_the_person


def _said_voluntary(reading: Reading) -> bool:
    return any(VOLUNTARY.search(statement.text) for statement in reading.register.statements)


def _has_safeguards_to_show(transfers: Iterable[TransferRecord]) -> bool:
    """True when a transfer rests on safeguards of Art. 46 or 47: people may have a copy of them."""
    return any(row.tool in SAFEGUARDS for row in transfers)


def _copy_missing(reading: Reading) -> bool:
    register = reading.register
    used = (register.transfers, *(activity.transfers for activity in register.activities))
    return any(_has_safeguards_to_show(transfers) for transfers in used)


def _automation(activity: ActivityRecord, reading: Reading) -> Fact:
    company = reading.register.controller
    if activity.automated_decisions is Fact.NOT_STATED and company is not None:
        return company.automated_decisions
    return activity.automated_decisions


def _withdrawal_of_explicit_consent(activity: ActivityRecord, reading: Reading) -> Where:
    if LegalBasis.CONSENT in activity.bases:
        return ()  # asked for beside that basis
    return positions(ground.condition is SpecialCategoryGround.EXPLICIT_CONSENT for ground in activity.special_grounds)


COMPANY_RULES: tuple[CompanyRule, ...] = (
    ControllerRule(
        code="13-2-d-authority-missing",
        field="supervisory_authority",
        message=N_("Oppgi hvilken tilsynsmyndighet folk kan klage til."),
        source=gdpr("art. 13 nr. 2 bokstav d"),
        where=lambda company, reading: once(not company.supervisory_authority),
    ),
    ControllerRule(
        code="13-1-f-copy-missing",
        field="transfers_documented_on_request",
        message=N_("Noe går ut av EØS med egne garantier. Svar på om folk kan få se garantiene. Det har de krav på."),
        source=gdpr("art. 13 nr. 1 bokstav f"),
        where=lambda company, reading: once(
            company.transfers_documented_on_request is not Fact.YES and _copy_missing(reading)
        ),
    ),
)

ACTIVITY_RULES = (
    ActivityRule(
        code="13-1-d-interest-missing",
        field="legitimate_interest",
        message=N_("Grunnlaget er berettiget interesse. Skriv hvilken interesse det er."),
        source=gdpr("art. 13 nr. 1 bokstav d"),
        where=lambda activity, reading: positions(
            ground.basis is LegalBasis.LEGITIMATE_INTEREST and not ground.legitimate_interest
            for ground in activity.legal_grounds
        ),
    ),
    ActivityRule(
        code="13-2-c-withdrawal-missing",
        field="consent_withdrawal",
        message=N_("Grunnlaget er samtykke. Skriv hvordan det trekkes."),
        source=gdpr("art. 13 nr. 2 bokstav c"),
        where=lambda activity, reading: positions(
            ground.basis is LegalBasis.CONSENT and not ground.consent_withdrawal for ground in activity.legal_grounds
        ),
    ),
    ActivityRule(
        code="13-2-c-explicit-withdrawal-missing",
        field="special_grounds",
        message=N_(
            "Vilkåret er uttrykkelig samtykke. Før opp samtykket som grunnlag også, og skriv hvordan det trekkes."
        ),
        source=gdpr("art. 13 nr. 2 bokstav c"),
        where=_withdrawal_of_explicit_consent,
    ),
    ActivityRule(
        code="13-2-e-provision-missing",
        field="provision_required",
        message=N_("Oppgi om personen må gi opplysningene, og hva som skjer uten."),
        source=gdpr("art. 13 nr. 2 bokstav e"),
        where=lambda activity, reading: once(_provision_not_stated(activity) and not _said_voluntary(reading)),
    ),
    ActivityRule(
        code="13-2-e-provision-unclear",
        severity=Severity.WARNING,
        field="provision_required",
        message=N_("Dere sier at det er frivillig å gi opplysninger. Skriv om noe trengs her, og hva som skjer uten."),
        source=gdpr("art. 13 nr. 2 bokstav e"),
        where=lambda activity, reading: once(_provision_not_stated(activity) and _said_voluntary(reading)),
    ),
    ActivityRule(
        code="13-2-e-consequence-missing",
        severity=Severity.WARNING,
        field="provision_required",
        message=N_("Personen må gi opplysningene. Skriv hva som skjer uten."),
        source=gdpr("art. 13 nr. 2 bokstav e"),
        where=lambda activity, reading: once(
            activity.provision_required is Fact.YES and not activity.provision_consequence
        ),
    ),
    ActivityRule(
        code="13-2-f-automation-missing",
        field="automated_decisions",
        message=N_("Oppgi om en maskin avgjør noe alene. Nei er også et svar."),
        source=gdpr("art. 13 nr. 2 bokstav f"),
        where=lambda activity, reading: once(_automation(activity, reading) is Fact.NOT_STATED),
    ),
    ActivityRule(
        code="13-2-f-logic-missing",
        field="automated_decisions",
        message=N_(
            "En maskin avgjør noe alene. Skriv hvordan den kommer fram til svaret, og hva det betyr for personen."
        ),
        source=gdpr("art. 13 nr. 2 bokstav f"),
        where=lambda activity, reading: once(
            _automation(activity, reading) in {Fact.YES, Fact.POSSIBLE} and not activity.automated_decisions_note
        ),
    ),
    ActivityRule(
        code="14-2-f-source-missing",
        field="sources",
        message=N_("Oppgi hvor opplysningene kommer fra."),
        source=gdpr("art. 14 nr. 2 bokstav f"),
        where=lambda activity, reading: once(not activity.sources),
    ),
)
