"""What a privacy notice must say (Art. 13 and 14), and what the register lacks to say it.

What Art. 30 asks for as well is found by `completeness`; here stands only what the notice alone needs, so that one
missing fact gives one finding. The table of elements is in docs/law.md (C2).
"""

from collections.abc import Iterable

from processing.law.bases import LegalBasis
from processing.law.facts import Fact
from processing.law.findings import Finding, Severity
from processing.law.records import ActivityRecord, ControllerRecord, Register
from processing.law.sources import LegalSource, gdpr
from processing.law.terms import N_


def missing_notice_parts(register: Register) -> tuple[Finding, ...]:
    """Return what Art. 13 and 14 ask for and the register does not state, company first, then activity by activity."""
    findings: list[Finding] = []
    if register.controller is not None:
        findings += _about_controller(register.controller)
    for activity in register.activities:
        findings += _about_activity(activity, register.controller)
    return tuple(findings)


def _about_controller(controller: ControllerRecord) -> Iterable[Finding]:
    if not controller.supervisory_authority:
        yield _finding(
            "13-2-d-authority-missing",
            "supervisory_authority",
            N_("Oppgi hvilken tilsynsmyndighet folk kan klage til."),
            gdpr("art. 13 nr. 2 bokstav d"),
        )


def _about_activity(activity: ActivityRecord, controller: ControllerRecord | None) -> Iterable[Finding]:
    number = activity.number
    for position, ground in enumerate(activity.legal_grounds, 1):
        if ground.basis is LegalBasis.LEGITIMATE_INTEREST and not ground.legitimate_interest:
            yield _finding(
                "13-1-d-interest-missing",
                "legitimate_interest",
                N_("Grunnlaget er berettiget interesse. Skriv hvilken interesse det er."),
                gdpr("art. 13 nr. 1 bokstav d"),
                number,
                str(position),
            )
        if ground.basis is LegalBasis.CONSENT and not ground.consent_withdrawal:
            yield _finding(
                "13-2-c-withdrawal-missing",
                "consent_withdrawal",
                N_("Grunnlaget er samtykke. Skriv hvordan det trekkes."),
                gdpr("art. 13 nr. 2 bokstav c"),
                number,
                str(position),
            )
    if activity.provision_required is Fact.NOT_STATED:
        yield _finding(
            "13-2-e-provision-missing",
            "provision_required",
            N_("Oppgi om personen må gi opplysningene, og hva som skjer uten."),
            gdpr("art. 13 nr. 2 bokstav e"),
            number,
        )
    stated = activity.automated_decisions
    if stated is Fact.NOT_STATED and controller is not None:
        stated = controller.automated_decisions
    if stated is Fact.NOT_STATED:
        yield _finding(
            "13-2-f-automation-missing",
            "automated_decisions",
            N_("Oppgi om en maskin avgjør noe alene. Nei er også et svar."),
            gdpr("art. 13 nr. 2 bokstav f"),
            number,
        )
    if not activity.sources:
        yield _finding(
            "14-2-f-source-missing",
            "sources",
            N_("Oppgi hvor opplysningene kommer fra."),
            gdpr("art. 14 nr. 2 bokstav f"),
            number,
        )


def _finding(code: str, field: str, message: str, source: LegalSource, subject: str = "", detail: str = "") -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        field=field,
        message=message,
        source=source,
        subject=subject,
        detail=detail,
    )
