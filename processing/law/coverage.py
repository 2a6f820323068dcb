"""Whether the register states what Art. 13 and 14 ask a notice to say, element by element (docs/law.md, C2).

An element is missing where one of its rules has found something. What is missing is never published silently: a
named person gives a reason, whatever the rule's severity (R-13-1).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from processing.law.findings import Finding, Severity
from processing.law.sources import LegalSource, gdpr
from processing.law.terms import N_


@dataclass(frozen=True, kw_only=True)
class Element:
    """Something a notice must say: in plain words, the provision, and the codes of the rules that miss it."""

    name: str
    source: LegalSource
    codes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """An element, and the findings that say it is missing. Without any it is covered."""

    element: Element
    missing: tuple[Finding, ...]


def _element(name: str, provision: str, *codes: str) -> Element:
    return Element(name=name, source=gdpr(provision), codes=frozenset(codes))


ELEMENTS = (
    _element(
        N_("Hvem som har ansvaret, og hvordan du når dem"),
        "art. 13 nr. 1 bokstav a",
        "30-1-a-controller-missing",
        "30-1-a-contact-missing",
        "30-1-a-representative-missing",
    ),
    _element(
        N_("Hvordan du når personvernombudet, om det finnes et"),
        "art. 13 nr. 1 bokstav b",
        "30-1-a-dpo-not-stated",
        "30-1-a-dpo-contact-missing",
    ),
    _element(
        N_("Hvorfor, og med hvilket grunnlag"),
        "art. 13 nr. 1 bokstav c",
        "30-1-b-purpose-missing",
        "6-1-basis-missing",
        "6-1-purpose-without-basis",
    ),
    _element(N_("Hvilken interesse som er berettiget"), "art. 13 nr. 1 bokstav d", "13-1-d-interest-missing"),
    _element(N_("Hvem som får opplysningene"), "art. 13 nr. 1 bokstav e", "30-1-d-recipients-missing"),
    _element(
        N_("Om noe går ut av EØS, hva som verner det der, og hvordan du får se det"),
        "art. 13 nr. 1 bokstav f",
        "30-1-e-transfer-not-stated",
        "30-1-e-country-missing",
        "46-tool-missing",
        "45-adequacy-not-named",
        "44-recipient-abroad",
        "13-1-f-copy-missing",
    ),
    _element(N_("Hva slags opplysninger det er"), "art. 14 nr. 1 bokstav d", "30-1-c-data-missing"),
    _element(
        N_("Hvor lenge, eller hva som avgjør det"),
        "art. 13 nr. 2 bokstav a",
        "30-1-f-retention-missing",
        "5-1-e-retention-vague",
        "5-1-e-period-missing",
        "5-1-e-trigger-missing",
    ),
    _element(
        N_("Hvilke rettigheter du har"),
        "art. 13 nr. 2 bokstav b",
        "regime-not-confirmed",
        "regime-journal",
        "regime-marketing",
    ),
    _element(
        N_("Hvordan du trekker et samtykke"),
        "art. 13 nr. 2 bokstav c",
        "13-2-c-withdrawal-missing",
        "13-2-c-explicit-withdrawal-missing",
    ),
    _element(N_("Hvor du kan klage"), "art. 13 nr. 2 bokstav d", "13-2-d-authority-missing"),
    _element(
        N_("Om du må gi opplysningene, og hva som skjer uten"),
        "art. 13 nr. 2 bokstav e",
        "13-2-e-provision-missing",
        "13-2-e-provision-unclear",
        "13-2-e-consequence-missing",
    ),
    _element(
        N_("Om en maskin avgjør noe alene"),
        "art. 13 nr. 2 bokstav f",
        "13-2-f-automation-missing",
        "13-2-f-logic-missing",
    ),
    _element(N_("Hvor opplysningene kommer fra"), "art. 14 nr. 2 bokstav f", "14-2-f-source-missing"),
)
"""In the order of Art. 13."""

CODES = frozenset(code for element in ELEMENTS for code in element.codes)


def notice_coverage(findings: Iterable[Finding]) -> tuple[Coverage, ...]:
    """Return every element, in the order of Art. 13, with those of `findings` that say it is missing."""
    found = tuple(findings)
    return tuple(
        Coverage(element=element, missing=tuple(finding for finding in found if finding.code in element.codes))
        for element in ELEMENTS
    )


def needs_reason(finding: Finding) -> bool:
    """True when nothing may be published over the finding without a reason: an error, or a missing element."""
    return finding.severity is Severity.ERROR or finding.code in CODES
