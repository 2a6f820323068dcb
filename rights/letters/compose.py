"""What each letter says. Pure: facts in, sentences out, and no letter that lacks what the law wants in it.

The sentences are ours; the merge fields are the arguments, so that no template can name a field that may not leave
the house. `translate` gives the language: it is called with every sentence before its fields are filled in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from processing.law.complaints import JOURNAL_COMPLAINT_WEEKS
from processing.law.records import ControllerRecord
from processing.law.regimes import LegalRegime
from processing.law.rights import Right
from processing.law.sources import LegalSource, gdpr, statute
from processing.law.terms import N_
from processing.notices.body import Card, Row
from processing.notices.complaint import NUMBERS
from rights.law.calendar import spelled
from rights.law.deadlines import Deadline
from rights.law.extensions import ExtensionReason
from rights.law.languages import LetterLanguage
from rights.law.outcomes import ComplaintBody, Outcome, RefusalGround, complaint_bodies
from rights.letters.body import LetterBody, LetterIncomplete, LetterKind, Part
from rights.workflow import Ending

Translate = Callable[[str], str]

JOURNAL_COMPLAINT_TERM = statute("Pasient- og brukerrettighetsloven", "§ 7-5")

# Art. 15(1)(a)–(h) and (2), by the keys of the card's rows: purposes, categories, recipients, period, rights,
# source, automated decisions, and the safeguards of a transfer.
TOLD_WITH_ACCESS = frozenset(
    {"purposes", "data", "access", "recipients", "retention", "you_can", "sources", "automation", "abroad"}
)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Who writes to whom, about which case, on which day."""

    controller: ControllerRecord
    name: str
    address: str
    case_number: str
    dated: date
    language: str = LetterLanguage.BOKMAL
    translate: Translate = str

    def day(self, on: date) -> str:
        return spelled(on, self.translate)

    def cited(self, source: LegalSource) -> str:
        """Return the provision as it is written in the letter's language."""
        return f"{self.translate(source.instrument)} {self.translate(source.provision)}"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one right, or to one `point` of it. `reason` is what the clerk wrote to the person."""

    right: Right
    point: int = 0
    outcome: Outcome
    ground: RefusalGround | None = None
    reason: str = ""


def receipt(
    heading: Heading, *, rights: Sequence[Right], deadline: Deadline, follow_url: str, code: str = ""
) -> LetterBody:
    """The confirmation that the request came (service text 1). Says nothing of what the person is to us.

    `code`, in groups, is for a receipt that is handed over at once: such a letter is not stored.
    """
    _ = heading.translate
    asked = _enumerated([_(right.plain).lower() for right in rights], _)
    about = [_("Du ber om dette: {asked}.").format(asked=asked)] if asked else []
    return letter(
        heading,
        LetterKind.RECEIPT,
        N_("Vi har mottatt kravet ditt"),
        [
            Part(
                paragraphs=(
                    _("Vi mottok kravet ditt {received}.").format(received=heading.day(deadline.received_on)),
                    *about,
                    _("Du får svar så fort vi kan, og senest {due}.").format(due=heading.day(deadline.client_on)),
                    _("Trenger vi mer tid, får du beskjed og grunn før den datoen."),
                    _("Du kan følge saken på {url}. Saksnummeret er {number}.").format(
                        url=follow_url, number=heading.case_number
                    ),
                )
            ),
            *([_follow_up_code(code, _)] if code else []),
            *reach(heading),
        ],
        [gdpr("art. 12 nr. 3")],
    )


def identification(heading: Heading, *, reason: str, by_eid: str = "") -> LetterBody:
    """The question of who is asking (service text 2). Raises LetterIncomplete without a reason for it (art. 12(6))."""
    _ = heading.translate
    if not reason.strip():
        raise LetterIncomplete(N_("Skriv hvorfor vi er i tvil om hvem dette er. Uten grunn kan vi ikke spørre."))
    phone = heading.controller.phone
    ways = [
        *([_("Be oss ringe deg på nummeret vi har fra før.")] if not phone else []),
        *([_("Ring oss på {phone}, så ringer vi tilbake på nummeret vi har.").format(phone=phone)] if phone else []),
        _("Kom innom, og vis legitimasjon. Vi tar ikke kopi."),
        *([_("Bekreft med e-ID: {way}").format(way=by_eid)] if by_eid else []),
    ]
    return letter(
        heading,
        LetterKind.IDENTIFICATION,
        N_("Vi må vite at det er deg"),
        [
            Part(
                paragraphs=(
                    _("Opplysninger om deg skal ikke havne hos andre. Derfor må vi vite sikkert hvem vi svarer."),
                    _("Grunnen til at vi spør er denne: {reason}").format(reason=reason.strip()),
                    _("Velg det som passer best:"),
                ),
                items=tuple(ways),
            ),
            Part(
                paragraphs=(
                    _("Ikke send bilde av pass, førerkort eller bankkort."),
                    _("Vi kan ikke sende deg noe før dette er gjort. Resten av arbeidet går sin gang."),
                )
            ),
            *reach(heading),
        ],
        [gdpr("art. 12 nr. 6")],
    )


def extension(
    heading: Heading, *, reason: ExtensionReason, words: str, first: Deadline, extended: Deadline
) -> LetterBody:
    """That more time is taken, why, and until when (service text 3; art. 12(3)). Raises LetterIncomplete."""
    _ = heading.translate
    if not words.strip():
        raise LetterIncomplete(N_("Skriv hvorfor akkurat dette kravet trenger mer tid."))
    return letter(
        heading,
        LetterKind.EXTENSION,
        N_("Vi trenger mer tid"),
        [
            Part(
                paragraphs=(
                    _("Vi har ikke rukket å svare på kravet ditt fra {received}.").format(
                        received=heading.day(first.received_on)
                    ),
                    _("Grunnen er at {reason}. {words}").format(reason=_(reason.plain), words=words.strip()),
                    _("Ny frist er {due}. Vi kan ikke flytte den en gang til.").format(
                        due=heading.day(extended.client_on)
                    ),
                    _("Vi lovet svar senest {promised}. Det klarte vi ikke, og det beklager vi.").format(
                        promised=heading.day(first.client_on)
                    ),
                )
            ),
            _complaints([ComplaintBody.DATA_PROTECTION_AUTHORITY, ComplaintBody.COURTS], _),
            *reach(heading),
        ],
        [gdpr("art. 12 nr. 3"), gdpr("art. 77")],
    )


def answer(
    heading: Heading,
    *,
    received_on: date,
    answers: Sequence[Answer],
    regimes: Iterable[LegalRegime],
    cards: Sequence[Card] = (),
    cards_language: str = LetterLanguage.BOKMAL,
    journal_noted: bool = False,
    rest_due_on: date | None = None,
) -> LetterBody:
    """The answer to rights and points of the case (service texts 4 and 5; art. 12(3)–(4), 15(1), R-RT-3).

    With `rest_due_on` it answers a part, and says when the person hears of the rest at the latest.

    `cards` are the activities that concern the person, for the information that goes with access (art. 15(1)(a)–(h)).
    In another language than the letter's they are marked so, and the letter says so.
    `journal_noted` says that the request and the answer stand in the journal, which a refused correction or deletion
    must (hpl. §§ 42–43).

    Raises LetterIncomplete for a refusal without ground or reason, for access without `cards`, and for no answer.
    """
    _ = heading.translate
    regimes = frozenset(regimes)
    if not answers:
        raise LetterIncomplete(N_("Ingen rett er avgjort."))
    refused = [one for one in answers if one.outcome.needs_ground]
    for one in refused:
        if one.ground is None or not one.reason.strip():
            raise LetterIncomplete(N_("«{right}» mangler begrunnelse.").format(right=one.right.label))
    gives_access = any(one.right is Right.ACCESS and one.outcome is not Outcome.REFUSED for one in answers)
    if gives_access and not cards:
        raise LetterIncomplete(
            N_("Registeret sier ikke hvilke aktiviteter som gjelder personen. Da kan vi ikke gi det innsyn skal gi.")
        )
    titles = {
        0: N_("Du får det du ba om"),
        len(answers): N_("Svar på kravet ditt"),
    }
    parts = [
        Part(paragraphs=(_("Kravet ditt kom {received}.").format(received=heading.day(received_on)),)),
        *(_answered(one, place, len(answers), heading) for place, one in enumerate(answers, start=1)),
    ]
    sources: list[LegalSource] = [one.right.source for one in answers if one.right.source]
    if refused:
        bodies = [
            body for body in ComplaintBody if any(body in complaint_bodies(one.right, regimes) for one in refused)
        ]
        parts.append(_complaints(bodies, _))
        sources += [gdpr("art. 12 nr. 4"), gdpr("art. 77"), gdpr("art. 79")]
        if ComplaintBody.COUNTY_GOVERNOR in bodies:
            sources += [ComplaintBody.COUNTY_GOVERNOR.source or gdpr("art. 77"), JOURNAL_COMPLAINT_TERM]
    if journal_noted:
        parts.append(
            Part(paragraphs=(_("Kravet ditt og dette svaret er skrevet inn i journalen, slik loven krever."),))
        )
    if gives_access:
        parts += _about_processing(cards, heading, cards_language)
        sources.append(gdpr("art. 15 nr. 1 og 2"))
    if rest_due_on is not None:
        parts.append(Part(paragraphs=(_("Resten får du svar på senest {due}.").format(due=heading.day(rest_due_on)),)))
    parts += reach(heading, _("Lurer du på noe i svaret, eller er noe vanskelig å lese? Vi forklarer gjerne."))
    if rest_due_on is not None:
        return letter(heading, LetterKind.PART, N_("Svar på en del av kravet ditt"), parts, sources)
    return letter(heading, LetterKind.ANSWER, titles.get(len(refused), N_("Svar på kravet ditt")), parts, sources)


def withdrawn(heading: Heading, *, received_on: date, erased_after_days: int) -> LetterBody:
    _ = heading.translate
    return letter(
        heading,
        LetterKind.WITHDRAWN,
        N_("Du har trukket kravet"),
        [
            Part(
                paragraphs=(
                    _("Du har trukket kravet ditt fra {received}. Vi gjør ikke mer med det.").format(
                        received=heading.day(received_on)
                    ),
                    _("Det du skrev, blir slettet etter {days} dager.").format(days=erased_after_days),
                    _("Du kan sende et nytt krav når du vil. Det er gratis."),
                )
            ),
            *reach(heading),
        ],
        [gdpr("art. 12 nr. 3")],
    )


def ended(heading: Heading, *, ending: Ending, received_on: date, words: str) -> LetterBody:
    """Why no answer on the matter comes (art. 12(4)). Never confirms that anybody is known to us (R-ID-8).

    Raises LetterIncomplete without words, and for an ending the person is not written to about.
    """
    _ = heading.translate
    if not ending.needs_words:
        raise LetterIncomplete(N_("Denne avslutningen har ikke noe brev."))
    if not words.strip():
        raise LetterIncomplete(N_("Skriv hva personen skal få vite."))
    neutral = [_("Vi verken bekrefter eller avkrefter at vi har opplysninger om noen.")]
    return letter(
        heading,
        LetterKind.ENDED,
        N_("Vi kan ikke svare på kravet"),
        [
            Part(
                paragraphs=(
                    _("Kravet kom {received}. {why}").format(received=heading.day(received_on), why=_(ending.plain)),
                    words.strip(),
                    *(neutral if ending.neither_confirms_nor_denies else []),
                )
            ),
            _complaints([ComplaintBody.DATA_PROTECTION_AUTHORITY, ComplaintBody.COURTS], _),
            *reach(heading),
        ],
        [gdpr("art. 12 nr. 4"), *([ending.source] if ending.source else [])],
    )


def letter(
    heading: Heading, kind: LetterKind, title: str, parts: Sequence[Part], sources: Iterable[LegalSource]
) -> LetterBody:
    """Return the letter with who writes to whom. `title` is the source string."""
    controller = heading.controller
    sender = (controller.trading_name or controller.legal_name, controller.legal_name, controller.address)
    return LetterBody(
        kind=kind,
        language=heading.language,
        sender=tuple(dict.fromkeys(line for line in sender if line)),
        recipient=tuple(line for line in (heading.name, *heading.address.splitlines()) if line.strip()),
        case_number=heading.case_number,
        dated=heading.dated,
        title=heading.translate(title),
        parts=tuple(parts),
        sources=tuple(dict.fromkeys(heading.cited(source) for source in sources)),
    )


def _answered(one: Answer, place: int, total: int, letter: Heading) -> Part:
    _ = letter.translate
    label = _(one.right.label)
    outcome = {
        Outcome.GRANTED: N_("Ja"),
        Outcome.PARTLY: N_("Ja, men ikke alt"),
        Outcome.REFUSED: N_("Nei"),
    }[one.outcome]
    if one.point:
        heading = _("{right}, punkt {number}").format(right=label, number=one.point)
    else:
        heading = f"{place}. {label}" if total > 1 else label
    paragraphs = [_("Svaret er: {outcome}.").format(outcome=_(outcome).lower())]
    if one.reason.strip():
        paragraphs.append(one.reason.strip())
    if one.ground and one.ground.source:
        paragraphs.append(_("Regelen står i {source}.").format(source=_in_sentence(letter, one.ground.source)))
    return Part(heading=heading, paragraphs=tuple(paragraphs))


def _follow_up_code(code: str, _: Translate) -> Part:
    return Part(
        rows=((_("Følgekode"), code),),
        paragraphs=(
            _("Med koden kan du følge saken selv. Ta vare på den. Vi kan ikke se den, og vi kan ikke finne den igjen."),
        ),
    )


def _complaints(bodies: Sequence[ComplaintBody], _: Translate) -> Part:
    said = {
        ComplaintBody.COUNTY_GOVERNOR: _(
            "Gjelder det journalen, kan du klage til Statsforvalteren. Send klagen til oss innen {weeks} uker. "
            "Er vi fortsatt uenige, sender vi den videre med sakens papirer."
        ).format(weeks=_(NUMBERS[JOURNAL_COMPLAINT_WEEKS])),
        ComplaintBody.DATA_PROTECTION_AUTHORITY: _(
            "Du kan klage til Datatilsynet, www.datatilsynet.no. De har en veiledningstjeneste du kan ringe først."
        ),
        ComplaintBody.COURTS: _("Du kan også ta saken til domstolene."),
    }
    return Part(heading=_("Slik klager du"), items=tuple(said[body] for body in bodies))


def _about_processing(cards: Sequence[Card], letter: Heading, language: str) -> list[Part]:
    """What goes with every access: for each activity why, what, who sees it, how long, and what the person can do."""
    _ = letter.translate
    other = language if language != letter.language else ""
    in_bokmål = [_("Denne delen er på bokmål. Si fra hvis du vil ha hjelp til å forstå den.")] if other else []
    return [
        Part(
            heading=_("Dette bruker vi opplysninger om deg til"),
            paragraphs=(
                _("Her står det samme som i personvernerklæringen, for det som gjelder deg."),
                _("Du kan klage til Datatilsynet, www.datatilsynet.no, hvis du mener at vi bryter reglene."),
                *in_bokmål,
            ),
        ),
        *(
            Part(
                heading=card.title,
                rows=tuple(
                    (row.label, _told(row))
                    for row in (*card.rows, *card.details)
                    if row.key in TOLD_WITH_ACCESS and _told(row)
                ),
                language=other,
            )
            for card in cards
        ),
    ]


def is_told_in_one_language(card: Card) -> bool:
    """Tell whether all that a letter says of the card is in the notice's own language."""
    rows = (row for row in (*card.rows, *card.details) if row.key in TOLD_WITH_ACCESS)
    return not card.title_language and not any(line.language for row in rows for line in row.lines if not line.missing)


def _told(row: Row) -> str:
    """The row as one text. What the register does not say is left out here; staff see it as a finding."""
    texts = [line.text.strip() for line in row.lines if line.text.strip() and not line.missing]
    return " ".join(text if text.endswith((".", "?", ":")) else f"{text}." for text in texts)


def reach(heading: Heading, opening: str = "") -> list[Part]:
    """Return the part that says how to reach us, as far as the register knows."""
    _ = heading.translate
    controller = heading.controller
    ways = [
        *([_("Ring {phone}.").format(phone=controller.phone)] if controller.phone else []),
        *([_("Skriv til {email}.").format(email=controller.email)] if controller.email else []),
        *([_("Send brev til {address}.").format(address=controller.address)] if controller.address else []),
    ]
    text = " ".join([opening, *ways]).strip()
    return [Part(paragraphs=(text,))] if text else []


def _enumerated(words: Sequence[str], _: Translate) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("{first} og {last}").format(first=", ".join(words[:-1]), last=words[-1])


def _in_sentence(letter: Heading, source: LegalSource) -> str:
    """A statute's name begins with a small letter inside a Norwegian sentence."""
    cited = letter.cited(source)
    return cited if letter.language == LetterLanguage.ENGLISH else cited[:1].lower() + cited[1:]
