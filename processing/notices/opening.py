"""The first layer of the notice: who speaks and what for, the one thing that may surprise, and who a reader may be."""

from collections import Counter
from collections.abc import Iterable

from processing.law.audiences import Audience, audience_of
from processing.law.facts import Fact
from processing.law.records import ActivityRecord, RetentionRecord, SubjectCategoryRecord
from processing.law.retention import PeriodUnit, RetentionKind
from processing.law.terms import N_
from processing.notices.body import Role
from processing.notices.given import Given
from processing.notices.wording import enumeration, sentence, unique

LONG_RETENTION_YEARS = 5
"""A minimum from which the first lines of the notice say how long: few expect it (WP260: what may surprise)."""

SURPRISE_WORDS = 20
"""How long the company's own sentence may be before the first lines tell the bare period instead."""

SO_AS_TO = N_("For å ")
"""How a purpose begins when it is told to the reader: the register asks for it so."""

MOST_PURPOSES = 3
PURPOSE_WORDS = 9
"""More purposes, or longer ones, and the first lines are no longer read."""


def lead(given: Given) -> Iterable[str]:
    """Who, what for, what may surprise, and what the reader can do: what WP260 asks of the first layer."""
    _ = given.translate
    name = given.controller.legal_name or given.controller.trading_name
    who = _("{name} har ansvaret for opplysningene.").format(name=name)
    yield " ".join(text for text in (who, main_purposes(given)) if text)
    yield _("Her ser du alt vi bruker dem til, hvem som får dem, og hva du kan be om.")
    promises = []
    if given.controller.professional_secrecy is Fact.YES:
        promises.append(_("Vi har taushetsplikt."))
    if given.controller.sells_data is Fact.NO:
        promises.append(_("Vi selger aldri opplysninger."))
    if promises:
        yield " ".join(promises)
    if unexpected := surprise(given):
        yield unexpected
    yield _("Du kan be om å få se det vi har, få det rettet eller slettet, og du kan klage. Det er gratis.")


def main_purposes(given: Given) -> str:
    """What the information is for, in the register's own words: what concerns most readers, and first in its order.

    Nothing where no purpose begins as a sentence to the reader does, «For å …».
    """
    _ = given.translate
    readers = Counter(slug for activity in given.activities for slug in _audiences(activity))
    if not readers:
        return ""
    (most, _count), *_others = readers.most_common(1)
    found: list[str] = []
    for activity in given.activities:
        if most not in _audiences(activity):
            continue
        for purpose in activity.purposes:
            told = given.voice_of(activity).name(purpose.public_description)
            opening, told = _(SO_AS_TO), told.rstrip(". ")
            rest = told[len(opening) :]
            if told.startswith(opening) and "." not in rest and len(rest.split()) <= PURPOSE_WORDS:
                found.append(rest)
                break
    if not found:
        return ""
    return _("Vi bruker dem for å {purposes}.").format(purposes=enumeration(unique(found)[:MOST_PURPOSES], _))


def surprise(given: Given) -> str:
    """The one thing that few expect: what is kept the longest, or else that something may leave the EEA."""
    _ = given.translate
    kept_long = [
        (_years(rule), activity, rule)
        for activity in given.activities
        for rule in activity.retention
        if rule.kind is RetentionKind.MINIMUM and _years(rule) >= LONG_RETENTION_YEARS
    ]
    if kept_long:
        _longest, activity, rule = max(kept_long, key=lambda found: found[0])
        return _("Noe tar vi vare på lenge. {rule}").format(rule=sentence(kept_for(given, activity, rule)))
    if any(activity.transfers_outside_eea in {Fact.YES, Fact.POSSIBLE} for activity in given.activities):
        return _("Noen opplysninger kan komme ut av EØS.")
    return ""


def kept_for(given: Given, activity: ActivityRecord, rule: RetentionRecord) -> str:
    """How long, in the company's own words where they are few and in the language, or else the bare period."""
    _ = given.translate
    title = given.title(activity)
    told = given.voice_of(activity).line(rule.public_wording or rule.statement)
    wording = told.text if title.lower() in told.text.lower() else f"{title}: {told.text}"
    if told.text and not told.language and len(wording.split()) <= SURPRISE_WORDS:
        return wording
    unit = _(rule.unit.label) if rule.unit else ""
    return _("{title} har vi i minst {period} {unit}").format(title=title, period=rule.period, unit=unit)


def roles(given: Given) -> Iterable[Role]:
    """Who a reader may be, in the order of the register. Categories that are one role to the reader are one."""
    _ = given.translate
    people: dict[Audience, list[SubjectCategoryRecord]] = {}
    for subject in given.register.subject_categories:
        people.setdefault(audience_of(subject), []).append(subject)
    for audience, subjects in people.items():
        cards = sum(any(subject in activity.subjects for subject in subjects) for activity in given.activities)
        if cards:
            yield Role(code=audience.slug, title=_(audience.label), cards=cards, people=_people(subjects, given))


def _people(subjects: Iterable[SubjectCategoryRecord], given: Given) -> str:
    """The people in the middle of a sentence, or nothing where they are not named in the language."""
    names = [given.voice.line(subject.name) for subject in subjects]
    if any(name.language for name in names):
        return ""
    return enumeration([name.text[:1].lower() + name.text[1:] for name in names], given.translate)


def _audiences(activity: ActivityRecord) -> list[str]:
    return unique(audience_of(subject).slug for subject in activity.subjects)


def _years(rule: RetentionRecord) -> float:
    per_year = {PeriodUnit.YEARS: 1, PeriodUnit.MONTHS: 12, PeriodUnit.DAYS: 365}
    return (rule.period or 0) / per_year[rule.unit] if rule.unit else 0.0
