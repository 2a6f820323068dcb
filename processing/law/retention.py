"""How long data is kept: what starts the clock, how long it runs, and what the length means."""

from processing.law.terms import N_, LawTerm


class RetentionTrigger(LawTerm):
    """The event from which a retention period is counted."""

    COLLECTED = "collected", N_("Da opplysningen ble samlet inn")
    LAST_CONTACT = "last_contact", N_("Siste kontakt")
    LAST_ENTRY = "last_entry", N_("Siste innføring i journalen")
    CONTRACT_ENDED = "contract_ended", N_("Avtalen er slutt")
    COOPERATION_ENDED = "cooperation_ended", N_("Samarbeidet er slutt")
    POSITION_FILLED = "position_filled", N_("Stillingen er besatt")
    FINANCIAL_YEAR_END = "financial_year_end", N_("Utgangen av regnskapsåret")
    CONSENT_WITHDRAWN = "consent_withdrawn", N_("Samtykket er trukket")
    UNSUBSCRIBED = "unsubscribed", N_("Avmelding fra nyhetsbrevet")
    OBJECTION = "objection", N_("Personen har protestert")
    SESSION_ENDED = "session_ended", N_("Videosamtalen er slutt")
    ROOM_CLOSED = "room_closed", N_("Videorommet er lukket")
    CASE_CLOSED = "case_closed", N_("Saken er avsluttet")
    REVIEW = "review", N_("Gjennomgang")


class PeriodUnit(LawTerm):
    DAYS = "days", N_("dager")
    MONTHS = "months", N_("måneder")
    YEARS = "years", N_("år")


class RetentionKind(LawTerm):
    """What the period is: a shortest time, a longest time, or the longest time between two looks at the data."""

    MINIMUM = "minimum", N_("Minst så lenge")
    MAXIMUM = "maximum", N_("Høyst så lenge")
    REVIEW = "review", N_("Vurderes minst så ofte")
