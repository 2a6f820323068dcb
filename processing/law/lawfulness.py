"""Whether the stated bases hold together (Art. 5 and 6): purpose, basis, the law they lean on, and who is party.

What is not stated at all is found by `completeness` and `notices`.
"""

import re

from processing.law.bases import LegalBasis
from processing.law.findings import Severity
from processing.law.kinds import CLIENTS, CONTACTS, THIRD_PERSONS, is_about, is_recording, keeps_journal, people_in
from processing.law.records import ActivityRecord, LegalGroundRecord
from processing.law.rules import ActivityRule, Reading, Where, once, positions
from processing.law.sources import gdpr, statute
from processing.law.statutes import (
    HEALTH_PERSONNEL,
    PAYROLL_REPORTING,
    TAX,
    TAX_ADMINISTRATION,
    VALUE_ADDED_TAX,
    recognise,
)
from processing.law.terms import N_

DELIVERY = re.compile(r"\b(levere|levering|gi time|gi behandling|gjennomføre time)", re.IGNORECASE)


def _purposes_without_basis(activity: ActivityRecord, reading: Reading) -> Where:
    tied = {ground.purpose for ground in activity.legal_grounds}
    if not tied or "" in tied:
        return ()
    return positions(purpose.description not in tied for purpose in activity.purposes)


def _untied(activity: ActivityRecord) -> list[LegalGroundRecord]:
    return [ground for ground in activity.legal_grounds if not ground.purpose]


def _bases_without_purpose(activity: ActivityRecord, reading: Reading) -> Where:
    return once(len(activity.bases) > 1 and len(activity.purposes) > 1 and bool(_untied(activity)))


def _scope_leaves_rest(activity: ActivityRecord, reading: Reading) -> Where:
    untied = _untied(activity)
    covered = {ground.purpose for ground in activity.legal_grounds}
    rest = [purpose for purpose in activity.purposes if purpose.description not in covered]
    return once(len(rest) > 1 and bool(untied) and all(ground.scope for ground in untied))


def _law_missing(activity: ActivityRecord, reading: Reading) -> Where:
    return positions(
        ground.basis in {LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK} and not ground.national_law
        for ground in activity.legal_grounds
    )


def _contract_with_others(activity: ActivityRecord, reading: Reading) -> Where:
    people = people_in(activity)
    if not people or not all(CONTACTS.search(group.name) or THIRD_PERSONS.search(group.name) for group in people):
        return ()
    return positions(ground.basis is LegalBasis.CONTRACT for ground in activity.legal_grounds)


def _delivery_on_interest(activity: ActivityRecord, reading: Reading) -> Where:
    if not is_about(activity, CLIENTS):
        return ()
    return positions(
        ground.basis is LegalBasis.LEGITIMATE_INTEREST and DELIVERY.search(ground.purpose)
        for ground in activity.legal_grounds
    )


def _duty_cited_by_content_alone(activity: ActivityRecord, reading: Reading) -> Where:
    def without_duty(ground: LegalGroundRecord) -> bool:
        cited = [citation for citation in recognise(ground.national_law) if citation.statute is HEALTH_PERSONNEL]
        return any("40" in one.sections for one in cited) and not any("39" in one.sections for one in cited)

    return positions(without_duty(ground) for ground in activity.legal_grounds)


def _tax_act_alone(activity: ActivityRecord, reading: Reading) -> Where:
    reporting = {TAX_ADMINISTRATION, VALUE_ADDED_TAX, PAYROLL_REPORTING}

    def imprecise(ground: LegalGroundRecord) -> bool:
        cited = {citation.statute for citation in recognise(ground.national_law)}
        return TAX in cited and not cited & reporting

    return positions(
        ground.basis is LegalBasis.LEGAL_OBLIGATION and imprecise(ground) for ground in activity.legal_grounds
    )


ACTIVITY_RULES = (
    ActivityRule(
        code="6-1-purpose-without-basis",
        field="purposes",
        message=N_("Dette formålet har ikke noe grunnlag. Velg et, eller stryk formålet."),
        source=gdpr("art. 6 nr. 1"),
        where=_purposes_without_basis,
    ),
    ActivityRule(
        code="6-1-basis-without-purpose",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_("Det er flere formål og flere grunnlag. Knytt hvert grunnlag til det formålet det gjelder."),
        source=gdpr("art. 13 nr. 1 bokstav c"),
        tells_of_vagueness=True,
        where=_bases_without_purpose,
    ),
    ActivityRule(
        code="6-1-scope-leaves-rest",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_("Grunnlaget gjelder bare en del av dette. Før opp grunnlaget for resten også."),
        source=gdpr("art. 6 nr. 1"),
        tells_of_vagueness=True,
        where=_scope_leaves_rest,
    ),
    ActivityRule(
        code="6-3-law-missing",
        field="legal_grounds",
        message=N_("Skriv hvilken lov og paragraf som gir plikten eller oppgaven."),
        source=gdpr("art. 6 nr. 3"),
        where=_law_missing,
    ),
    ActivityRule(
        code="6-1-b-not-a-party",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_("Disse personene er ikke selv part i avtalen. Velg et annet grunnlag, som berettiget interesse."),
        source=gdpr("art. 6 nr. 1 bokstav b"),
        gaps=("G32",),
        where=_contract_with_others,
    ),
    ActivityRule(
        code="6-1-f-delivery",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_(
            "Å levere det klienten har bestilt, er å oppfylle en avtale. "
            "Interesse alene kan ikke bære opplysninger om helse."
        ),
        source=gdpr("art. 6 nr. 1 bokstav b"),
        gaps=("G21",),
        where=_delivery_on_interest,
    ),
    ActivityRule(
        code="6-1-recording-without-consent",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_("Opptak bør bygge på samtykke. Skriv også hvem som ser dem, og hvordan samtykket trekkes."),
        source=gdpr("art. 6 nr. 1 bokstav a og art. 9 nr. 2 bokstav a"),
        gaps=("G21",),
        where=lambda activity, reading: once(
            is_recording(activity) and bool(activity.bases) and LegalBasis.CONSENT not in activity.bases
        ),
    ),
    ActivityRule(
        code="6-1-journal-on-contract",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_(
            "Journalen står også på avtale. Da kan klienten se ut til å kunne kreve den flyttet. "
            "Bruk lovplikt her, og avtale for kundeforholdet."
        ),
        source=gdpr("art. 20 nr. 1"),
        gaps=("G13",),
        where=lambda activity, reading: once(keeps_journal(activity) and LegalBasis.CONTRACT in activity.bases),
    ),
    ActivityRule(
        code="journal-duty-misplaced",
        severity=Severity.WARNING,
        field="legal_grounds",
        message=N_(
            "Plikten til å føre journal står i § 39, og § 40 sier hva den skal inneholde. "
            "Begge gjelder bare helsepersonell. Sjekk at alle behandlere er det."
        ),
        source=statute("Helsepersonelloven", "§§ 3, 39 og 40", HEALTH_PERSONNEL.source),
        gaps=("G07",),
        where=_duty_cited_by_content_alone,
    ),
    ActivityRule(
        code="tax-act-imprecise",
        severity=Severity.INFO,
        field="legal_grounds",
        message=N_(
            "Plikten til å melde fra om skatt og avgift står ikke i skatteloven. "
            "Før opp loven som gir plikten, for eksempel skatteforvaltningsloven."
        ),
        source=statute("Skatteforvaltningsloven", "kapittel 7 og 8", TAX_ADMINISTRATION.source),
        gaps=("G11",),
        where=_tax_act_alone,
    ),
)
