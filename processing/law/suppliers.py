"""Recipients: agreements with processors (Art. 28), and names (Art. 15(1)(c))."""

from processing.law.facts import Fact
from processing.law.findings import Severity
from processing.law.parties import PartyRole
from processing.law.records import PartyRecord
from processing.law.rules import CompanyRule, Reading, RegisterRule, Where, positions
from processing.law.sources import gdpr
from processing.law.terms import N_


def _company_has_all(reading: Reading) -> bool:
    """True when the company says, of its processors as a whole, that it has agreements with them."""
    company = reading.register.controller
    return company is not None and company.agreements_with_processors is Fact.YES


def _has_agreement(party: PartyRecord, reading: Reading) -> bool:
    return party.has_agreement is Fact.YES or (party.has_agreement is Fact.NOT_STATED and _company_has_all(reading))


def _agreements_missing(reading: Reading) -> Where:
    return positions(
        party.role is PartyRole.PROCESSOR and not _has_agreement(party, reading) for party in reading.register.parties
    )


def _contents(reading: Reading, *answers: Fact) -> Where:
    """Where an agreement that is dated has one of `answers` to whether it holds what it must."""
    return positions(party.agreement_on and party.agreement_contents in answers for party in reading.register.parties)


def _agreements_undated(reading: Reading) -> Where:
    return positions(
        party.role is PartyRole.PROCESSOR
        and _has_agreement(party, reading)
        and not (party.agreement_on and party.agreement_reference)
        for party in reading.register.parties
    )


COMPANY_RULES: tuple[CompanyRule, ...] = (
    RegisterRule(
        code="28-agreement-missing",
        field="parties",
        message=N_("Dette er en databehandler. Inngå en skriftlig avtale, og før den opp."),
        source=gdpr("art. 28 nr. 3"),
        where=_agreements_missing,
    ),
    RegisterRule(
        code="28-agreement-undated",
        severity=Severity.INFO,
        field="parties",
        message=N_("Avtalen er oppgitt, men ikke når den er fra eller hvor den ligger. Før det opp."),
        source=gdpr("art. 28 nr. 3 og 9"),
        where=_agreements_undated,
    ),
    RegisterRule(
        code="28-contents-missing",
        field="parties",
        message=N_("Avtalen mangler noe den skal ha. Få det på plass med databehandleren."),
        source=gdpr("art. 28 nr. 3"),
        where=lambda reading: _contents(reading, Fact.NO, Fact.POSSIBLE),
    ),
    RegisterRule(
        code="28-contents-not-confirmed",
        severity=Severity.INFO,
        field="parties",
        message=N_("Les avtalen mot listen i loven, og svar på om den har alt den skal."),
        source=gdpr("art. 28 nr. 3"),
        where=lambda reading: _contents(reading, Fact.NOT_STATED),
    ),
    RegisterRule(
        code="28-sub-processors-not-stated",
        severity=Severity.INFO,
        field="parties",
        message=N_("Skriv om databehandleren kan bruke andre, og om dere må godkjenne dem først."),
        source=gdpr("art. 28 nr. 2"),
        where=lambda reading: positions(
            party.agreement_on and party.agreement_sub_processors is None for party in reading.register.parties
        ),
    ),
    RegisterRule(
        code="28-support-is-processor",
        severity=Severity.WARNING,
        field="parties",
        message=N_("Innleid IT-hjelp som slipper til opplysningene, er databehandler. Endre rollen, og inngå avtale."),
        source=gdpr("art. 28 nr. 3"),
        where=lambda reading: positions(party.role is PartyRole.SUPPORT for party in reading.register.parties),
    ),
    RegisterRule(
        code="15-1-c-recipient-unnamed",
        severity=Severity.WARNING,
        field="parties",
        message=N_("Før opp navnet på mottakeren. Den som ber om innsyn, har rett til å få det."),
        source=gdpr("art. 15 nr. 1 bokstav c"),
        gaps=("G26",),
        where=lambda reading: positions(party.role.has_a_name and not party.name for party in reading.register.parties),
    ),
)
