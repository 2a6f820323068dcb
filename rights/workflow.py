"""Where a request stands. Pure: the steps between the statuses and who may take them are told here too."""

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
