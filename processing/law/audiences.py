"""Who a reader of the notice may be, by the categories of people in the register.

A reader chooses «klient» or «jobbsøker» and sees what concerns them. The categories are the company's own words, so
they are recognised by them; a category nobody foresaw is a role of its own, under its own name. Nothing is hidden by a
wrong guess for good: the notice shows everything unless a reader chooses.
"""

import re
import unicodedata
from dataclasses import dataclass

from processing.law.kinds import APPLICANTS, CLIENTS, EMPLOYEES, PROSPECTS, SELF_EMPLOYED, THIRD_PERSONS, Words, words
from processing.law.records import SubjectCategoryRecord
from processing.law.terms import N_


@dataclass(frozen=True)
class Audience:
    """`slug` stands in addresses, and is the one the request form knows. `label`, a source string, is for a menu."""

    slug: str
    label: str


SUBSCRIBERS = words("abonnent", "nyhetsbrev", "mottakere av nyhetsbrev")
VISITORS = words("besøk", "nettsted", "nettside")
COMMENTERS = re.compile(r"kommenter", re.IGNORECASE)
PARTNERS = re.compile(r"samarbeid|leverandør|kontakter hos", re.IGNORECASE)

# In this order: «mulige klienter» are not clients, and «kontakter hos leverandører» not anything narrower.
_KNOWN: tuple[tuple[Words, Audience], ...] = (
    (PROSPECTS, Audience("mulig-klient", N_("Mulig klient"))),
    (CLIENTS, Audience("klient", N_("Klient"))),
    (THIRD_PERSONS, Audience("parorende", N_("Omtalt av andre"))),
    (APPLICANTS, Audience("jobbsoker", N_("Jobbsøker"))),
    (SUBSCRIBERS, Audience("nyhetsbrev", N_("Nyhetsbrev"))),
    (COMMENTERS, Audience("kommentar", N_("Kommentarer"))),
    (VISITORS, Audience("nettstedet", N_("Nettstedet"))),
    (SELF_EMPLOYED, Audience("selvstendig", N_("Selvstendig"))),
    (PARTNERS, Audience("samarbeid", N_("Samarbeidspartner"))),
    (EMPLOYEES, Audience("ansatt", N_("Ansatt"))),
)


def audience_of(category: SubjectCategoryRecord) -> Audience:
    """Return the role that people of `category` would choose."""
    for pattern, audience in _KNOWN:
        if pattern.search(category.name):
            return audience
    return Audience(slug_of(category.name) or slug_of(category.code), category.name)


def slug_of(text: str) -> str:
    """Return `text` as it can stand in an address: «Barn og unge» as «barn-og-unge», without Norwegian letters."""
    plain = text.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))
