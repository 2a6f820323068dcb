"""Where a request stands. Pure: the steps between the statuses and who may take them are told here too."""

from dataclasses import dataclass

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class RequestStatus(LawTerm):
    """The label is for staff. `sentence` is what the person reads, and `need` what we want from them now.

    None of them says what the request is about, or that the person is known to us.
    """

    RECEIVED = "received", N_("Mottatt"), N_("Kravet er hos oss")
    IDENTIFYING = "identifying", N_("Avventer identitet"), N_("Vi må vite at det er deg")
    IN_PROGRESS = "in_progress", N_("Under arbeid"), N_("Vi arbeider med kravet")
    EXTENDED = "extended", N_("Forlenget"), N_("Vi trenger mer tid")
    READY = "ready", N_("Svar klart"), N_("Svaret er klart")
    ANSWERED = "answered", N_("Besvart"), N_("Svaret er sendt")
    CLOSED = "closed", N_("Avsluttet"), N_("Saken er avsluttet")
    WITHDRAWN = "withdrawn", N_("Trukket"), N_("Kravet er trukket")

    @property
    def sentence(self) -> str:
        return self.plain

    @property
    def need(self) -> str:
        if self is RequestStatus.IDENTIFYING:
            return N_("Vi tar kontakt slik du valgte. Du trenger ikke å sende bilde av legitimasjon.")
        return N_("Vi trenger ikke noe fra deg nå.")

    @property
    def is_open(self) -> bool:
        """True while we owe an answer, so that the clock runs."""
        return self not in {RequestStatus.ANSWERED, RequestStatus.CLOSED, RequestStatus.WITHDRAWN}


OPEN_STATUSES = tuple(status for status in RequestStatus if status.is_open)


class EventKind(LawTerm):
    """What happened in a case, as the log tells it. No event holds a word that somebody wrote."""

    SUBMITTED = "submitted", N_("Kravet kom inn")
    DANGER_SEEN = "danger_seen", N_("Teksten kan handle om akutt fare")
    REGISTERED = "registered", N_("Kravet ble skrevet inn av oss")
    TAKEN = "taken", N_("Noen tok saken")
    HANDED_OVER = "handed_over", N_("Saken ble gitt videre")
    IDENTITY_ASKED = "identity_asked", N_("Vi spurte hvem personen er")
    IDENTITY_RECORDED = "identity_recorded", N_("Identiteten ble bekreftet")
    REGIME_SET = "regime_set", N_("Det ble avgjort hvilke regler saken følger")
    LANGUAGE_CHOSEN = "language_chosen", N_("Språket i brevene ble valgt")
    RIGHT_ADDED = "right_added", N_("En rett ble lagt til")
    COPY_ANSWERED = "copy_answered", N_("Personen svarte om kopi før sletting")
    EXTENDED = "extended", N_("Fristen ble forlenget")
    DECIDED = "decided", N_("En rett ble avgjort")
    SECONDED = "seconded", N_("En annen sto bak avslaget")
    LETTER_MADE = "letter_made", N_("Et brev ble laget")
    PART_ANSWERED = "part_answered", N_("Et brev om en del av kravet ble laget")
    PART_DELIVERED = "part_delivered", N_("Svaret på en del av kravet ble levert")
    DELIVERED = "delivered", N_("Svaret ble levert")
    CLOSED = "closed", N_("Saken ble avsluttet")
    WITHDRAWN = "withdrawn", N_("Personen trakk kravet")
    REOPENED = "reopened", N_("Saken ble åpnet igjen")
    HELD = "held", N_("Sletting ble stanset")
    HOLD_LIFTED = "hold_lifted", N_("Saken kan slettes igjen")
    CONTENT_ERASED = "content_erased", N_("Det personen skrev, ble slettet")
    ANSWERS_ERASED = "answers_erased", N_("Brev, begrunnelser og notater ble slettet")
    BREACH_SEEN = "breach_seen", N_("Et mulig avvik ble skrevet inn")
    COMPLAINT_RECEIVED = "complaint_received", N_("Personen klaget på svaret")
    ANSWER_UPHELD = "answer_upheld", N_("Vi så på svaret på nytt, og står ved det")
    ANSWER_CHANGED = "answer_changed", N_("Vi så på svaret på nytt, og gjør det om")
    COMPLAINT_FORWARDED = "complaint_forwarded", N_("Klagen ble sendt til Statsforvalteren")
    COMPLAINT_SETTLED = "complaint_settled", N_("Klagen ble avgjort")
    DUPLICATE_ENDED = "duplicate_ended", N_("En nyere sak med samme krav ble avsluttet")
    NOTED = "noted", N_("Et notat ble skrevet")
    TICKED = "ticked", N_("Sjekklisten ble oppdatert")
    VIEWED = "viewed", N_("Saken ble åpnet og lest")
    CALL_WANTED = "call_wanted", N_("Personen ba oss ringe")
    CALLED = "called", N_("Vi ringte personen")
    ADDED_TO = "added_to", N_("Personen la noe til")
    QUESTION_ASKED = "question_asked", N_("Vi spurte personen om noe")
    REPLIED = "replied", N_("Personen svarte på spørsmålet")
    STATUS_SEEN = "status_seen", N_("Status ble åpnet med en engangskode fra e-post")


class Ending(LawTerm):
    """How a case ended. `plain` is what the person may read; nothing there tells whether they are known to us."""

    ANSWERED = "answered", N_("Besvart"), N_("Svaret er sendt.")
    WITHDRAWN = "withdrawn", N_("Trukket"), N_("Du trakk kravet.")
    NOT_IDENTIFIED = (
        "not_identified",
        N_("Ikke identifisert"),
        N_("Vi fikk ikke vite sikkert nok hvem du er."),
        gdpr("art. 12 nr. 2 og 6"),
    )
    NOT_ENTITLED = (
        "not_entitled",
        N_("Kan ikke be om dette for en annen"),
        N_("Du har ikke vist at du kan be om dette for noen andre."),
        gdpr("art. 15 nr. 1"),
    )
    DUPLICATE = "duplicate", N_("Samme krav som i en annen sak"), N_("Du får svar i en annen sak.")
    REDIRECTED = "redirected", N_("Hører hjemme hos en annen"), N_("Kravet hører hjemme hos noen andre.")
    NOT_A_REQUEST = "not_a_request", N_("Ikke et krav"), N_("Saken er avsluttet.")

    @property
    def needs_words(self) -> bool:
        """True where the person must be told why no answer on the matter comes (art. 12(4))."""
        return self in {Ending.NOT_IDENTIFIED, Ending.NOT_ENTITLED, Ending.REDIRECTED}

    @property
    def neither_confirms_nor_denies(self) -> bool:
        """True where whoever wrote may not even know whether we have anything about anybody (R-ID-8)."""
        return self in {Ending.NOT_IDENTIFIED, Ending.NOT_ENTITLED}


class Action(LawTerm):
    """A step of the desk. The label is the verb on its button."""

    TAKE = "take", N_("Ta saken")
    HAND_OVER = "hand_over", N_("Gi videre")
    CHOOSE_LANGUAGE = "choose_language", N_("Velg språk i brevene")
    ADD_RIGHT = "add_right", N_("Legg til en rett")
    SET_REGIMES = "set_regimes", N_("Bekreft reglene")
    ASK_IDENTITY = "ask_identity", N_("Be om identifikasjon")
    RECORD_IDENTITY = "record_identity", N_("Bekreft identiteten")
    EXTEND = "extend", N_("Forleng fristen")
    ANSWER_COPY = "answer_copy", N_("Skriv inn svaret om kopi")
    DECIDE = "decide", N_("Avgjør")
    SECOND = "second", N_("Stå bak avslaget")
    ANSWER_PART = "answer_part", N_("Svar på en del nå")
    DELIVER_PART = "deliver_part", N_("Registrer at delsvaret er levert")
    MAKE_LETTER = "make_letter", N_("Lag svarbrevet")
    DELIVER = "deliver", N_("Registrer at svaret er levert")
    WITHDRAW = "withdraw", N_("Registrer at kravet er trukket")
    END = "end", N_("Avslutt uten svar")
    REOPEN = "reopen", N_("Åpne saken igjen")
    RECEIVE_COMPLAINT = "receive_complaint", N_("Skriv inn en klage")
    UPHOLD = "uphold", N_("Stå ved svaret")
    CHANGE = "change", N_("Gjør om svaret")
    FORWARD = "forward", N_("Send klagen til Statsforvalteren")
    SETTLE = "settle", N_("Registrer at klagen er avgjort")
    CALLED = "called", N_("Ring personen")
    ASK_PERSON = "ask_person", N_("Spør personen")
    READ_REPLY = "read_reply", N_("Les svaret fra personen")
    HOLD = "hold", N_("Stans sletting")
    LIFT_HOLD = "lift_hold", N_("La saken slettes igjen")
    NOTE = "note", N_("Skriv notat")
    TICK = "tick", N_("Oppdater sjekklisten")
    VIEW = "view", N_("Vis personen")


@dataclass(frozen=True)
class Transition:
    """`action` may be taken from the `sources`, and leads to `target`; None leaves the status as it is."""

    action: Action
    sources: frozenset[RequestStatus]
    target: RequestStatus | None
    event: EventKind


_OPEN = frozenset(OPEN_STATUSES)
_WORKING = _OPEN - {RequestStatus.READY}
_DONE = frozenset(RequestStatus) - _OPEN
_ANY = frozenset(RequestStatus)

TRANSITIONS: dict[Action, Transition] = {
    transition.action: transition
    for transition in (
        Transition(Action.TAKE, frozenset({RequestStatus.RECEIVED}), RequestStatus.IN_PROGRESS, EventKind.TAKEN),
        Transition(Action.HAND_OVER, _OPEN, None, EventKind.HANDED_OVER),
        Transition(Action.CHOOSE_LANGUAGE, _WORKING, None, EventKind.LANGUAGE_CHOSEN),
        Transition(Action.ADD_RIGHT, _WORKING, None, EventKind.RIGHT_ADDED),
        Transition(Action.SET_REGIMES, _WORKING, None, EventKind.REGIME_SET),
        Transition(
            Action.ASK_IDENTITY,
            frozenset({RequestStatus.IN_PROGRESS, RequestStatus.EXTENDED}),
            RequestStatus.IDENTIFYING,
            EventKind.IDENTITY_ASKED,
        ),
        Transition(Action.RECORD_IDENTITY, _WORKING, RequestStatus.IN_PROGRESS, EventKind.IDENTITY_RECORDED),
        Transition(
            Action.EXTEND,
            frozenset({RequestStatus.IN_PROGRESS, RequestStatus.IDENTIFYING}),
            RequestStatus.EXTENDED,
            EventKind.EXTENDED,
        ),
        Transition(Action.ANSWER_COPY, _WORKING, None, EventKind.COPY_ANSWERED),
        Transition(Action.DECIDE, _WORKING, None, EventKind.DECIDED),
        Transition(Action.SECOND, _WORKING, None, EventKind.SECONDED),
        Transition(Action.ANSWER_PART, _WORKING, None, EventKind.PART_ANSWERED),
        Transition(Action.DELIVER_PART, _WORKING, None, EventKind.PART_DELIVERED),
        Transition(Action.MAKE_LETTER, _WORKING, RequestStatus.READY, EventKind.LETTER_MADE),
        Transition(Action.DELIVER, frozenset({RequestStatus.READY}), RequestStatus.ANSWERED, EventKind.DELIVERED),
        Transition(Action.WITHDRAW, _OPEN, RequestStatus.WITHDRAWN, EventKind.WITHDRAWN),
        Transition(Action.END, _OPEN, RequestStatus.CLOSED, EventKind.CLOSED),
        Transition(Action.REOPEN, _DONE | {RequestStatus.READY}, RequestStatus.IN_PROGRESS, EventKind.REOPENED),
        Transition(Action.RECEIVE_COMPLAINT, _ANY, None, EventKind.COMPLAINT_RECEIVED),
        Transition(Action.UPHOLD, _ANY, None, EventKind.ANSWER_UPHELD),
        Transition(
            Action.CHANGE,
            frozenset(
                {RequestStatus.IN_PROGRESS, RequestStatus.EXTENDED, RequestStatus.ANSWERED, RequestStatus.CLOSED}
            ),
            RequestStatus.IN_PROGRESS,
            EventKind.ANSWER_CHANGED,
        ),
        Transition(Action.FORWARD, _ANY, None, EventKind.COMPLAINT_FORWARDED),
        Transition(Action.SETTLE, _ANY, None, EventKind.COMPLAINT_SETTLED),
        Transition(Action.CALLED, _OPEN, None, EventKind.CALLED),
        # Neither moves the clock, nor the status: a question is no reason to wait (R-DL-8).
        Transition(Action.ASK_PERSON, _WORKING, None, EventKind.QUESTION_ASKED),
        Transition(Action.READ_REPLY, _OPEN, None, EventKind.VIEWED),
        Transition(Action.HOLD, frozenset(RequestStatus), None, EventKind.HELD),
        Transition(Action.LIFT_HOLD, frozenset(RequestStatus), None, EventKind.HOLD_LIFTED),
        Transition(Action.NOTE, frozenset(RequestStatus), None, EventKind.NOTED),
        Transition(Action.TICK, frozenset(RequestStatus), None, EventKind.TICKED),
        Transition(Action.VIEW, frozenset(RequestStatus), None, EventKind.VIEWED),
    )
}
"""Every step there is, once. The services take it, the desk shows it, and ARCHITECTURE.md draws it."""


def diagram() -> str:
    """Return the statuses and the steps that change them as a Mermaid state diagram, in a fixed order."""
    order = list(RequestStatus)
    lines = ["stateDiagram-v2", f"    [*] --> {RequestStatus.RECEIVED}"]
    for source in order:
        for transition in TRANSITIONS.values():
            if transition.target and transition.target is not source and source in transition.sources:
                lines.append(f"    {source} --> {transition.target}: {transition.action}")
    return "\n".join(lines)
