"""Adequacy decisions (Art. 45): to which countries personal data may go as if they lay inside the EEA, and since when.

The Commission's decisions hold for Norway too. A decision that covers only some recipients says which in `scope`.
The frameworks for the United States are tools of their own (`transfers`), and stand here so that the list is whole.
"""

from dataclasses import dataclass
from datetime import date

from processing.law.dated import COMPILED_ON, DatedFact
from processing.law.terms import N_

COMMISSIONS_LIST = (
    "https://commission.europa.eu/law/law-topic/data-protection/"
    "international-dimension-data-protection/adequacy-decisions_en"
)
LISTED_COMPANIES = N_("Bare virksomheter som står på listen")


@dataclass(frozen=True, kw_only=True)
class AdequacyDecision(DatedFact):
    """`country` is an ISO 3166-1 alpha-2 code, empty for an organisation; `scope` is empty where all is covered."""

    country: str
    scope: str = ""


def _decision(
    country: str,
    name: str,
    number: str,
    since: date,
    until: date | None = None,
    *,
    kind: str = "dec",
    scope: str = "",
    certain: bool = True,
) -> AdequacyDecision:
    return AdequacyDecision(
        country=country,
        name=name,
        source=f"https://eur-lex.europa.eu/eli/{kind}/{number}/oj",
        checked_on=COMPILED_ON,
        valid_from=since,
        valid_to=until,
        scope=scope,
        certain=certain,
    )


ADEQUACY_DECISIONS = (
    _decision("AD", N_("Andorra"), "2010/625", date(2010, 10, 19)),
    _decision("AR", N_("Argentina"), "2003/490", date(2003, 6, 30)),
    AdequacyDecision(
        country="BR",
        name=N_("Brasil"),
        source=COMMISSIONS_LIST,
        checked_on=COMPILED_ON,
        valid_from=date(2026, 1, 27),
        certain=False,  # the day it was announced; the decision itself was not read
    ),
    _decision(
        "CA",
        N_("Canada"),
        "2002/2",
        date(2001, 12, 20),
        scope=N_("Bare private virksomheter som loven PIPEDA gjelder for"),
    ),
    _decision("CH", N_("Sveits"), "2000/518", date(2000, 7, 26)),
    _decision("FO", N_("Færøyene"), "2010/146", date(2010, 3, 5)),
    _decision(
        "GB",
        N_("Storbritannia"),
        "2021/1772",
        date(2021, 6, 28),
        date(2031, 12, 27),  # renewed on 19 December 2025
        kind="dec_impl",
        certain=False,  # «to December 2031» is known, the day is not
    ),
    _decision("GG", N_("Guernsey"), "2003/821", date(2003, 11, 21)),
    _decision(
        "IL",
        N_("Israel"),
        "2011/61",
        date(2011, 1, 31),
        scope=N_("Bare opplysninger som behandles automatisk"),
    ),
    _decision("IM", N_("Man"), "2004/411", date(2004, 4, 28)),
    _decision("JE", N_("Jersey"), "2008/393", date(2008, 5, 8)),
    _decision(
        "JP",
        N_("Japan"),
        "2019/419",
        date(2019, 1, 23),
        kind="dec_impl",
        scope=N_("Bare private virksomheter som loven APPI gjelder for"),
    ),
    _decision("KR", N_("Sør-Korea"), "2022/254", date(2021, 12, 17), kind="dec_impl"),
    _decision("NZ", N_("New Zealand"), "2013/65", date(2012, 12, 19), kind="dec_impl"),
    _decision("US", N_("USA: Safe Harbor"), "2000/520", date(2000, 7, 26), date(2015, 10, 5), scope=LISTED_COMPANIES),
    _decision(
        "US",
        N_("USA: Privacy Shield"),
        "2016/1250",
        date(2016, 7, 12),
        date(2020, 7, 15),
        kind="dec_impl",
        scope=LISTED_COMPANIES,
    ),
    _decision(
        "US",
        N_("USA: EU–US Data Privacy Framework"),
        "2023/1795",
        date(2023, 7, 10),
        kind="dec_impl",
        scope=LISTED_COMPANIES,
        certain=False,  # an appeal was pending when last known
    ),
    _decision("UY", N_("Uruguay"), "2012/484", date(2012, 8, 21), kind="dec_impl"),
    AdequacyDecision(
        country="",
        name=N_("Den europeiske patentorganisasjonen"),
        source="https://www.epo.org/en/news-events/news/epo-welcomes-european-commissions-adequacy-decision-safe-data-flows",
        checked_on=COMPILED_ON,
        valid_from=date(2025, 7, 15),
    ),
)


def adequacy_of(country: str, *, on: date) -> AdequacyDecision | None:
    """Return the decision that holds for the country on that day, or None."""
    code = country.upper()
    return next((found for found in ADEQUACY_DECISIONS if code and found.country == code and found.holds_on(on)), None)
