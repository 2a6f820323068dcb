"""A letter as a frozen value: what is stored, shown and printed. Sentences, and nothing of how they are laid out."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from processing.law.terms import N_, LawTerm


class LetterIncomplete(Exception):
    """The letter lacks something the law wants in it. The message, which is for staff, names it."""


class LetterKind(LawTerm):
    RECEIPT = "receipt", N_("Bekreftelse")
    IDENTIFICATION = "identification", N_("Spørsmål om identitet")
    EXTENSION = "extension", N_("Forlenget frist")
    ANSWER = "answer", N_("Svar")
    PART = "part", N_("Svar på en del av kravet")
    COMPLAINT = "complaint", N_("Om klagen")
    WITHDRAWN = "withdrawn", N_("Bekreftelse på trukket krav")
    ENDED = "ended", N_("Avsluttet uten svar på kravet")


class Delivery(LawTerm):
    """How a letter reached the person. Answers about health never go by e-mail (R-ID-7).

    On «Min sak» the letter can be read, with a code that only the person has and once we know who that is. What is
    copied for them never lies there.
    """

    IN_PERSON = "in_person", N_("Gitt i hånden")
    REGISTERED = "registered", N_("Rekommandert brev")
    LETTER = "letter", N_("Brev")
    DIGITAL_MAILBOX = "digital_mailbox", N_("Digital postkasse")
    PORTAL = "portal", N_("Helsenorge eller annen portal med sterk innlogging")
    EMAIL = "email", N_("E-post")
    TOLD = "told", N_("Sagt på telefon eller i møte")
    CASE_PAGE = "case_page", N_("Lagt ut på «Min sak», for den som har følgekoden")

    @property
    def is_safe_for_health(self) -> bool:
        return self is not Delivery.EMAIL


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading, then paragraphs, then the points of a list, then labelled lines. Each may be missing.

    `language` is that of the part where it is another than the letter's.
    """

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterBody:
    """`sources` are the provisions in the footer line. `recipient` is the name and, where we have it, the address."""

    kind: LetterKind
    language: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    case_number: str
    dated: date
    title: str
    parts: tuple[Part, ...]
    sources: tuple[str, ...] = ()


def letter_json(body: LetterBody) -> str:
    return json.dumps(asdict(body), ensure_ascii=False, default=str, sort_keys=True)


def letter_from_json(text: str) -> LetterBody:
    """Return the letter that `letter_json` wrote. Raises ValueError or KeyError for anything else."""
    values: dict[str, Any] = json.loads(text)
    return LetterBody(
        kind=LetterKind(values["kind"]),
        language=values["language"],
        sender=tuple(values["sender"]),
        recipient=tuple(values["recipient"]),
        case_number=values["case_number"],
        dated=date.fromisoformat(values["dated"]),
        title=values["title"],
        parts=tuple(
            Part(
                heading=part["heading"],
                paragraphs=tuple(part["paragraphs"]),
                items=tuple(part["items"]),
                rows=tuple((label, text) for label, text in part["rows"]),
                language=part.get("language", ""),
            )
            for part in values["parts"]
        ),
        sources=tuple(values["sources"]),
    )
