"""Transfers out of the EEA (Chapter V): the tools, and which countries lie inside."""

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm

EEA = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
        "IS",
        "LI",
        "NO",
    ]
)
"""ISO 3166-1 codes of the countries between which no transfer tool is needed (EEA Agreement, Annex XI)."""


class TransferTool(LawTerm):
    """What makes a transfer lawful. The two that have ended exist so that an old register can be read and flagged."""

    ADEQUACY = "adequacy", N_("Beslutning om tilstrekkelig beskyttelsesnivå"), "", gdpr("art. 45")
    DPF = "dpf", N_("EU–US Data Privacy Framework"), "", gdpr("art. 45")
    SCC = "scc", N_("EUs standardkontrakter"), "", gdpr("art. 46 nr. 2 bokstav c")
    BCR = "bcr", N_("Bindende virksomhetsregler"), "", gdpr("art. 46 nr. 2 bokstav b")
    CODE_OF_CONDUCT = "code_of_conduct", N_("Godkjent atferdsnorm"), "", gdpr("art. 46 nr. 2 bokstav e")
    CERTIFICATION = "certification", N_("Godkjent sertifisering"), "", gdpr("art. 46 nr. 2 bokstav f")
    PUBLIC_INSTRUMENT = "public_instrument", N_("Avtale mellom offentlige organer"), "", gdpr("art. 46 nr. 2 bokstav a")
    ADHOC_CLAUSES = "adhoc_clauses", N_("Egne kontraktsvilkår med tillatelse"), "", gdpr("art. 46 nr. 3 bokstav a")
    DEROGATION = "derogation_49", N_("Unntak i særlige situasjoner"), "", gdpr("art. 49")
    PRIVACY_SHIELD = "privacy_shield", N_("Privacy Shield"), "", gdpr("art. 45")
    SAFE_HARBOR = "safe_harbor", N_("Safe Harbor"), "", gdpr("art. 45")


def is_outside_eea(country: str) -> bool:
    """True for an ISO 3166-1 alpha-2 `country` outside the EEA. An empty code is not stated, and so not outside."""
    return bool(country) and country.upper() not in EEA
