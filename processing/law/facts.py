"""What a field can say when the question is yes or no, and what stands beside a field.

Nothing here has a default that asserts anything: silence is a state of its own (decision 13).
"""

from processing.law.terms import N_, LawTerm


class Fact(LawTerm):
    """The answer to a yes-or-no question about an activity. NOT_STATED is an answer of its own, never a no."""

    YES = "yes", N_("Ja")
    NO = "no", N_("Nei")
    POSSIBLE = "possible", N_("Kan forekomme")
    NOT_STATED = "not_stated", N_("Ikke oppgitt")


class ActivityStatus(LawTerm):
    DRAFT = "draft", N_("Utkast")
    ACTIVE = "active", N_("I bruk")
    RETIRED = "retired", N_("Avsluttet")


class ReviewOutcome(LawTerm):
    """What a yearly look at an activity came to. `plain` is what the person reads when choosing."""

    UNCHANGED = "unchanged", N_("Uendret"), N_("Den stemmer som den står")
    CHANGED = "changed", N_("Endret"), N_("Den er endret, og stemmer nå")
    TO_BE_ENDED = "to_be_ended", N_("Skal avsluttes"), N_("Den skal avsluttes")


class RemarkKind(LawTerm):
    """Why a stated field cannot be taken at its word, where no rule can see it."""

    VAGUE = "vague", N_("Uklart")
    CONTRADICTORY = "contradictory", N_("Motstridende")
    INFERRED = "inferred", N_("Utledet, ikke bekreftet")
    NOTE = "note", N_("Merknad")


class StatementTopic(LawTerm):
    """What a free statement of the company is about, when no field of its own holds it."""

    PRACTICE = "practice", N_("Slik gjør vi det")
    CHANNELS = "channels", N_("Kanaler")
    CONSENT = "consent", N_("Samtykke")
    RESPONSIBILITY = "responsibility", N_("Ansvar")
    RIGHTS = "rights", N_("Rettigheter")
    RETENTION = "retention", N_("Lagringstid")
    SHARING = "sharing", N_("Deling")
    TRANSFER = "transfer", N_("Overføring")
    SECURITY = "security", N_("Sikring")
    COMPLAINT = "complaint", N_("Klage")
    NOTICE = "notice", N_("Om erklæringen")


class PublishingRule(LawTerm):
    """Who may publish what they have changed in the register themselves: the company's own choice (Art. 24(1))."""

    TWO = "two", N_("To personer: den som har endret registeret, publiserer ikke selv")
    ONE = "one", N_("Én person kan gjøre begge deler, og skriver hvorfor")
