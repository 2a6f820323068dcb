"""Cookies, pixels and the like: what allows them to be set, and how long they stay (ekomloven § 3-15)."""

from processing.law.sources import statute
from processing.law.statutes import COOKIES_2024
from processing.law.terms import N_, LawTerm

COOKIE_RULE = statute("Ekomloven (2024)", "§ 3-15", COOKIES_2024.source)


class TrackerNeed(LawTerm):
    """What is said to allow it. No tracker has one until somebody states it."""

    NECESSARY = "necessary", N_("Strengt nødvendig"), N_("Nettstedet virker ikke uten den"), COOKIE_RULE
    CONSENT = "consent", N_("Bare etter samtykke"), N_("Den settes bare hvis du sier ja"), COOKIE_RULE
    UNASKED = "unasked", N_("Settes uten å spørre"), N_("Den settes uten at vi spør deg"), COOKIE_RULE


class LifeUnit(LawTerm):
    """The unit of how long it stays. SESSION goes without a number: until the browser is closed."""

    SESSION = "session", N_("økten")
    MINUTES = "minutes", N_("minutter")
    HOURS = "hours", N_("timer")
    DAYS = "days", N_("dager")
    MONTHS = "months", N_("måneder")
    YEARS = "years", N_("år")
