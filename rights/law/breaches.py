"""A breach of the security of personal data: what must be decided, by when, and what may not be left out.

Pure: asked with the facts of one breach and a moment. Source: GDPR art. 33 and 34; R-33, R-34 and R-DL-12 of
`docs/law.md`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from processing.law.sources import LegalSource, gdpr
from processing.law.terms import N_, LawTerm
from rights.law.calendar import spelled
from rights.law.deadlines import OSLO, local_date

NOTICE_RULE = gdpr("art. 33 nr. 1")
LOG_RULE = gdpr("art. 33 nr. 5")
TELLING_RULE = gdpr("art. 34 nr. 1")
AUTHORITYS_FORM = LegalSource(
    "Datatilsynet",
    "",
    "https://www.datatilsynet.no/rettigheter-og-plikter/virksomhetenes-plikter/avvik/meld-avvik-til-datatilsynet/",
)


class BreachKind(LawTerm):
    """What happened to the data (art. 4(12)). One breach may be all three."""

    CONFIDENTIALITY = (
        "confidentiality",
        N_("Noen har sett eller fått noe de ikke skulle"),
        N_("Brudd på konfidensialitet"),
        gdpr("art. 4 nr. 12"),
    )
    INTEGRITY = (
        "integrity",
        N_("Noe er endret som ikke skulle vært endret"),
        N_("Brudd på integritet"),
        gdpr("art. 4 nr. 12"),
    )
    AVAILABILITY = (
        "availability",
        N_("Noe er borte, eller ingen kommer til det"),
        N_("Brudd på tilgjengelighet"),
        gdpr("art. 4 nr. 12"),
    )


class Risk(LawTerm):
    """The risk to the people the data is about. The label is for the desk, `plain` says what follows."""

    UNLIKELY = (
        "unlikely",
        N_("Neppe noen risiko"),
        N_("Skal ikke meldes. Hvorfor skal stå i loggen."),
        gdpr("art. 33 nr. 1"),
    )
    LIKELY = "likely", N_("Risiko"), N_("Skal meldes til Datatilsynet."), gdpr("art. 33 nr. 1")
    HIGH = (
        "high",
        N_("Høy risiko"),
        N_("Skal meldes til Datatilsynet, og de det gjelder, skal få vite det."),
        gdpr("art. 34 nr. 1"),
    )

    @property
    def must_be_notified(self) -> bool:
        return self is not Risk.UNLIKELY

    @property
    def must_be_told(self) -> bool:
        return self is Risk.HIGH


class NotToldGround(LawTerm):
    """Why the people need not be told although the risk is high: a closed list (art. 34(3))."""

    UNREADABLE = (
        "unreadable",
        N_("Ingen kan lese det, for eksempel fordi det er kryptert"),
        "",
        gdpr("art. 34 nr. 3 bokstav a"),
    )
    AVERTED = (
        "averted",
        N_("Tiltak etterpå gjør at den høye risikoen ikke lenger er sannsynlig"),
        "",
        gdpr("art. 34 nr. 3 bokstav b"),
    )
    TOLD_PUBLICLY = (
        "told_publicly",
        N_("Det ville kreve urimelig mye, og vi sier fra offentlig i stedet"),
        "",
        gdpr("art. 34 nr. 3 bokstav c"),
    )


class BreachStep(LawTerm):
    """A step in the handling of a breach. The label is the verb on its button, `plain` how the log tells it."""

    OPEN = "open", N_("Skriv inn avviket"), N_("Avviket ble skrevet inn")
    TAKE = "take", N_("Ta avviket"), N_("Noen tok ansvar for avviket")
    ASSESS = "assess", N_("Vurder risikoen"), N_("Risikoen ble vurdert")
    NOTIFY = "notify", N_("Registrer at Datatilsynet er varslet"), N_("Datatilsynet ble varslet")
    LEAVE_NOTICE = "leave_notice", N_("Ikke meld, og skriv hvorfor"), N_("Det ble avgjort at det ikke skal meldes")
    TELL = "tell", N_("Registrer at de det gjelder, har fått vite det"), N_("De det gjelder, fikk vite det")
    LEAVE_TELLING = (
        "leave_telling",
        N_("Ikke si fra til dem det gjelder, og skriv hvorfor"),
        N_("Det ble avgjort at de det gjelder, ikke får beskjed"),
    )
    ACT = "act", N_("Skriv inn tiltak"), N_("Tiltak ble skrevet inn")
    ADD = "add", N_("Legg til opplysninger"), N_("Noe ble lagt til")
    CLOSE = "close", N_("Avslutt avviket"), N_("Avviket ble avsluttet")
    REOPEN = "reopen", N_("Åpne avviket igjen"), N_("Avviket ble åpnet igjen")


class BreachRefused(Exception):
    """The step cannot be taken now. The message says why, and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class BreachFacts:
    """`notice_left` and `telling_left` are True where it was decided that nobody is told. Moments are aware."""

    aware_at: datetime
    due_at: datetime
    has_owner: bool = False
    risk: Risk | None = None
    notified_at: datetime | None = None
    notice_left: bool = False
    told_on: date | None = None
    telling_left: bool = False
    has_measures: bool = False
    closed: bool = False

    @property
    def owes_notice(self) -> bool:
        """True while the 72 hours run, or have run out, for want of a decision that may stand."""
        if self.notified_at is not None or self.closed:
            return False
        return not self.notice_left or (self.risk is not None and self.risk.must_be_notified)

    @property
    def owes_telling(self) -> bool:
        told = self.told_on is not None or self.telling_left
        return not self.closed and self.risk is not None and self.risk.must_be_told and not told


def check_can_take_step(step: BreachStep, breach: BreachFacts) -> None:
    """Raise BreachRefused unless `step` may be taken in a breach that is open, or closed."""
    if breach.closed and step is not BreachStep.REOPEN:
        raise BreachRefused(N_("Avviket er avsluttet. Åpne det igjen først."))
    if not breach.closed and step is BreachStep.REOPEN:
        raise BreachRefused(N_("Avviket er åpent."))


def check_became_aware(aware_at: datetime, *, now: datetime) -> None:
    if aware_at > now:
        raise BreachRefused(N_("Tidspunktet ligger fram i tid. Skriv når dere ble klar over det."))


def check_can_notify(breach: BreachFacts, *, notified_at: datetime, now: datetime, has_words: bool) -> None:
    """Raise BreachRefused for a moment that cannot be, and for a late notice without its reason (art. 33(1))."""
    check_can_take_step(BreachStep.NOTIFY, breach)
    if breach.risk is None:
        raise BreachRefused(N_("Vurder risikoen først. Er det hast, holder det å skrive hva dere vet nå."))
    if notified_at < breach.aware_at:
        raise BreachRefused(N_("Meldingen kan ikke være sendt før dere ble klar over avviket."))
    if notified_at > now:
        raise BreachRefused(N_("Tidspunktet ligger fram i tid. Skriv når meldingen ble sendt."))
    if notified_at > breach.due_at and not has_words:
        raise BreachRefused(N_("Meldingen kom etter 72 timer. Skriv hvorfor det tok lenger tid. Loven krever det."))


def check_can_leave_notice(breach: BreachFacts, *, has_words: bool) -> None:
    """Raise BreachRefused unless a risk is unlikely, and the log will say why (art. 33(1) and (5))."""
    check_can_take_step(BreachStep.LEAVE_NOTICE, breach)
    if breach.notified_at is not None:
        raise BreachRefused(N_("Datatilsynet er alt varslet."))
    if breach.risk is None:
        raise BreachRefused(N_("Vurder risikoen først."))
    if breach.risk.must_be_notified:
        raise BreachRefused(N_("Det er vurdert at det er en risiko. Da skal Datatilsynet varsles."))
    if not has_words:
        raise BreachRefused(N_("Skriv hvorfor det ikke skal meldes. Loggen skal vise det."))


def check_can_tell(breach: BreachFacts, *, told_on: date, today: date) -> None:
    check_can_take_step(BreachStep.TELL, breach)
    if told_on < local_date(breach.aware_at):
        raise BreachRefused(
            N_("Dere ble klar over avviket {aware}. Ingen kan ha fått vite det før.").format(
                aware=spelled(local_date(breach.aware_at))
            )
        )
    if told_on > today:
        raise BreachRefused(N_("Datoen ligger fram i tid. Skriv den dagen de fikk vite det."))


def check_can_leave_telling(breach: BreachFacts, *, ground: NotToldGround | None, has_words: bool) -> None:
    """Raise BreachRefused unless the risk is not high, or one of the law's three exceptions is named (art. 34(3))."""
    check_can_take_step(BreachStep.LEAVE_TELLING, breach)
    if breach.told_on is not None:
        raise BreachRefused(N_("De det gjelder, har alt fått vite det."))
    if breach.risk is None:
        raise BreachRefused(N_("Vurder risikoen først."))
    if breach.risk.must_be_told and ground is None:
        raise BreachRefused(N_("Risikoen er høy. Si fra, eller velg hvilket av lovens unntak som gjelder."))
    if not breach.risk.must_be_told and ground is not None:
        raise BreachRefused(N_("Unntakene gjelder bare når risikoen er høy. Ikke velg noe av dem."))
    if not has_words:
        raise BreachRefused(N_("Skriv hvorfor de det gjelder, ikke får beskjed."))


def check_can_close(breach: BreachFacts) -> None:
    """Raise BreachRefused unless the log holds what art. 33(5) asks for: facts, effects and what was done."""
    check_can_take_step(BreachStep.CLOSE, breach)
    if breach.risk is None:
        raise BreachRefused(N_("Vurder risikoen først."))
    if breach.owes_notice:
        raise BreachRefused(N_("Avgjør først om Datatilsynet skal varsles."))
    if breach.owes_telling:
        raise BreachRefused(N_("Risikoen er høy. Si fra til dem det gjelder, eller velg hvilket unntak som gjelder."))
    if not breach.has_measures:
        raise BreachRefused(N_("Skriv inn hva dere har gjort. Loggen skal vise tiltakene."))


def next_step(breach: BreachFacts) -> BreachStep | None:
    """Return the one thing to do now, or None when the breach is closed."""
    return next(_steps(breach), None)


def _steps(breach: BreachFacts) -> Iterator[BreachStep]:
    if breach.closed:
        return
    if breach.risk is None:
        yield BreachStep.ASSESS
    elif breach.owes_notice:
        yield BreachStep.NOTIFY if breach.risk.must_be_notified else BreachStep.LEAVE_NOTICE
    if breach.owes_telling:
        yield BreachStep.TELL
    if not breach.has_owner:
        yield BreachStep.TAKE
    if not breach.has_measures:
        yield BreachStep.ACT
    yield BreachStep.CLOSE


def possible_steps(breach: BreachFacts) -> tuple[BreachStep, ...]:
    """Return every step that has something to do, the next one first."""
    if breach.closed:
        return (BreachStep.REOPEN,)
    assessed = breach.risk is not None
    worth = {
        BreachStep.TAKE: True,
        BreachStep.ASSESS: True,
        BreachStep.NOTIFY: assessed,
        BreachStep.LEAVE_NOTICE: assessed and breach.owes_notice and breach.risk is Risk.UNLIKELY,
        BreachStep.TELL: assessed,
        BreachStep.LEAVE_TELLING: assessed and breach.told_on is None and not breach.telling_left,
        BreachStep.ACT: True,
        BreachStep.ADD: True,
        BreachStep.CLOSE: True,
    }
    first = next_step(breach)
    others = (step for step, shown in worth.items() if shown and step is not first)
    return (first, *others) if first else tuple(others)


def hours_left(breach: BreachFacts, *, now: datetime) -> int:
    """Return the whole hours until the notice is due: 0 in the last hour, negative when it is past."""
    return int((breach.due_at.timestamp() - now.timestamp()) // 3600)


def in_oslo(day: date, hour: int, minute: int) -> datetime:
    """Return the moment a clock on a Norwegian wall showed. The hour that comes twice in autumn is the first one."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)
