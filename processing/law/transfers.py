"""Transfers out of the EEA (Chapter V): the tools and when each is law, and which countries lie inside."""

from datetime import date

from processing.law.dated import COMPILED_ON, DatedFact
from processing.law.sources import GDPR_URL, gdpr
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

    @property
    def validity(self) -> DatedFact:
        """When the tool is law."""
        return _VALIDITY[self]

    @property
    def country(self) -> str:
        """The one country the tool fits, or an empty code."""
        return "US" if self in {TransferTool.DPF, TransferTool.PRIVACY_SHIELD, TransferTool.SAFE_HARBOR} else ""

    @property
    def needs_assessment(self) -> bool:
        """True for a promise between two companies: whether it holds in that country must be assessed (Schrems II)."""
        return self in {TransferTool.SCC, TransferTool.BCR, TransferTool.ADHOC_CLAUSES}


SCHREMS_II = DatedFact(
    name=N_("EU-domstolens dom i sak C-311/18: egne vilkår krever en vurdering av landet"),
    source="https://curia.europa.eu/juris/liste.jsf?num=C-311/18",
    checked_on=COMPILED_ON,
    valid_from=date(2020, 7, 16),
)

UNITED_KINGDOM_AS_EEA = DatedFact(
    name=N_("Storbritannia regnes som EØS-land etter uttredelsen"),
    source="https://eur-lex.europa.eu/eli/agree_internation/2021/689(1)/oj",
    checked_on=COMPILED_ON,
    # Transition to the end of 2020, then the bridge of the trade agreement, art. FINPROV.10A.
    valid_to=date(2021, 6, 30),
    certain=False,
)


def _in_the_regulation(tool: TransferTool) -> DatedFact:
    return DatedFact(name=tool.label, source=GDPR_URL, checked_on=COMPILED_ON, valid_from=date(2018, 7, 20))


_VALIDITY = {tool: _in_the_regulation(tool) for tool in TransferTool} | {
    TransferTool.DPF: DatedFact(
        name=TransferTool.DPF.label,
        source="https://eur-lex.europa.eu/eli/dec_impl/2023/1795/oj",
        checked_on=COMPILED_ON,
        valid_from=date(2023, 7, 10),
        # Upheld by the General Court in T-553/23; the appeal, C-703/25 P, was pending when last known.
        certain=False,
    ),
    TransferTool.PRIVACY_SHIELD: DatedFact(
        name=TransferTool.PRIVACY_SHIELD.label,
        source="https://eur-lex.europa.eu/eli/dec_impl/2016/1250/oj",
        checked_on=COMPILED_ON,
        valid_from=date(2016, 7, 12),
        valid_to=date(2020, 7, 15),  # the day before the judgment in C-311/18
    ),
    TransferTool.SAFE_HARBOR: DatedFact(
        name=TransferTool.SAFE_HARBOR.label,
        source="https://eur-lex.europa.eu/eli/dec/2000/520/oj",
        checked_on=COMPILED_ON,
        valid_from=date(2000, 7, 26),
        valid_to=date(2015, 10, 5),  # the day before the judgment in C-362/14
    ),
}

TRANSFER_FACTS = (*_VALIDITY.values(), SCHREMS_II, UNITED_KINGDOM_AS_EEA)


def is_outside_eea(country: str, *, on: date) -> bool:
    """True for an ISO 3166-1 alpha-2 `country` outside the EEA on that day; false for an empty code: not stated.

    The United Kingdom counts as inside to the end of June 2021. Countries that joined did so before the GDPR.
    """
    code = country.upper()
    if code == "GB" and UNITED_KINGDOM_AS_EEA.holds_on(on):
        return False
    return bool(code) and code not in EEA
