"""The answers as the person reads them before sending, each with the way back to its question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from processing.law.records import ActivityRecord
from processing.law.rights import Right
from rights.law.answers import Answers, Step
from rights.law.languages import LetterLanguage
from rights.law.terms import ContactWay, OnBehalf

POINTS_ABOUT = {
    Right.RECTIFICATION: gettext_noop("Skal rettes"),
    Right.ERASURE: gettext_noop("Skal slettes"),
    Right.RESTRICTION: gettext_noop("Skal ikke brukes en stund"),
    Right.OBJECTION: gettext_noop("Skal ikke brukes"),
}


@dataclass(frozen=True)
class SummaryRow:
    """A question in short, its answer in lines, and where it is changed. `numbered` lines are points."""

    label: str
    lines: tuple[str, ...]
    step: Step
    numbered: bool = False

    @property
    def url_name(self) -> str:
        return f"rights:{self.step.name.lower()}"


def summary_of(answers: Answers, activities: Sequence[ActivityRecord]) -> tuple[SummaryRow, ...]:
    """Return a row for each answer that will be sent; what was left empty has none. `activities` lend their names."""
    titles = {activity.number: activity.title for activity in activities}
    return tuple(row for row in _rows(answers, titles) if row.lines)


def _rows(answers: Answers, titles: dict[str, str]) -> Iterator[SummaryRow]:
    asks = answers.asks
    unsure = [_("Jeg er ikke sikker")] if answers.unsure else []
    yield SummaryRow(_("Du ber om"), (*(_(right.plain) for right in answers.rights), *unsure), Step.WHAT)
    if answers.activity_number:
        yield SummaryRow(_("Det gjelder"), _some(titles.get(answers.activity_number)), Step.WHAT)
    if answers.copy_before_deletion:
        step = Step.COPY_FIRST if answers.asks_about_copy else Step.WHAT
        yield SummaryRow(_("Kopi før sletting"), _some(_(answers.copy_before_deletion.plain)), step)
    yield SummaryRow(_("Kontakt med oss"), _some(answers.relation and _(answers.relation.plain)), Step.WHO)
    yield SummaryRow(_("På vegne av"), tuple(_behalf(answers)), Step.WHO)
    if asks.copy:
        yield SummaryRow(_("Du vil ha kopi av"), tuple(_copy(answers)), Step.MORE)
    for right in asks.points:
        texts = tuple(point.text for point in answers.points_asked if point.right is right)
        yield SummaryRow(_(POINTS_ABOUT[right]), texts, Step.MORE, numbered=True)
    if asks.consents:
        everything = [_("Alle samtykker jeg har gitt")] if answers.all_consents else []
        named = [titles[number] for number in answers.consents if number in titles]
        yield SummaryRow(_("Samtykke du trekker"), tuple(everything or named), Step.MORE)
    if asks.file:
        yield SummaryRow(_("Filen skal til"), _some(answers.file_to or _("Meg selv")), Step.MORE)
    yield SummaryRow(_("Du skrev"), _some(answers.message), Step.MORE)
    yield SummaryRow(_("Navn"), _some(answers.name), Step.CONTACT)
    yield SummaryRow(_("Slik svarer vi"), tuple(_contact(answers)), Step.CONTACT)
    if answers.language is not LetterLanguage.BOKMAL:
        yield SummaryRow(_("Brev på"), (answers.language.plain,), Step.CONTACT)


def _behalf(answers: Answers) -> Iterable[str]:
    if answers.on_behalf:
        yield _(answers.on_behalf.plain)
    if answers.age_of_child and answers.on_behalf is OnBehalf.CHILD:
        yield _(answers.age_of_child.plain)


def _copy(answers: Answers) -> Iterable[str]:
    yield from (_(scope.plain) for scope in answers.scope)
    if answers.from_year and answers.to_year:
        yield _("Fra %(first)d til %(last)d") % {"first": answers.from_year, "last": answers.to_year}
    elif answers.from_year:
        yield _("Fra %(first)d") % {"first": answers.from_year}
    elif answers.to_year:
        yield _("Til og med %(last)d") % {"last": answers.to_year}
    if answers.explain_words:
        yield _("Vanskelige ord forklart")
    if answers.go_through:
        yield _("Gå gjennom det sammen med noen")


def _contact(answers: Answers) -> Iterable[str]:
    way = answers.contact_way
    if way:
        yield _(way.plain)
    if way is ContactWay.EMAIL:
        yield answers.email
    if way is ContactWay.LETTER:
        yield from answers.address.splitlines()
    if answers.no_voicemail:
        yield _("Ikke legg igjen beskjed på telefon")
    if answers.neutral_envelope:
        yield _("Bruk konvolutt uten navnet deres")


def _some(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()
