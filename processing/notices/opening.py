"""The first layer of the notice: who speaks, the one thing that may surprise, and who a reader may be."""

from collections.abc import Iterable

from processing.law.audiences import Audience, audience_of
from processing.law.facts import Fact
from processing.law.records import RetentionRecord, SubjectCategoryRecord
from processing.law.retention import PeriodUnit, RetentionKind
from processing.notices.body import Role
from processing.notices.given import Given
from processing.notices.wording import enumeration, sentence

LONG_RETENTION_YEARS = 5
"""A minimum from which the first lines of the notice say how long: few expect it (WP260: what may surprise)."""

SURPRISE_WORDS = 20
"""How long the company's own sentence may be before the first lines tell the bare period instead."""


def lead(given: Given) -> Iterable[str]:
    """Who, what for, what may surprise, and what the reader can do: what WP260 asks of the first layer."""
    _ = given.translate
    name = given.controller.legal_name or given.controller.trading_name
    yield _(
        "{name} har ansvaret for opplysningene. "
        "Her ser du hva vi bruker dem til, hvem som får dem, og hva du kan be om."
    ).format(name=name)
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
        wording = rule.public_wording or rule.statement
        if activity.title.lower() not in wording.lower():
            wording = f"{activity.title}: {wording}"
        if len(wording.split()) > SURPRISE_WORDS or not wording:
            unit = _(rule.unit.label) if rule.unit else ""
            wording = _("{title} har vi i minst {period} {unit}").format(
                title=activity.title, period=rule.period, unit=unit
            )
        return _("Noe tar vi vare på lenge. {rule}").format(rule=sentence(wording))
    if any(activity.transfers_outside_eea in {Fact.YES, Fact.POSSIBLE} for activity in given.activities):
        return _("Noen opplysninger kan komme ut av EØS.")
    return ""


def roles(given: Given) -> Iterable[Role]:
    """Who a reader may be, in the order of the register. Categories that are one role to the reader are one."""
    _ = given.translate
    people: dict[Audience, list[SubjectCategoryRecord]] = {}
    for subject in given.register.subject_categories:
        people.setdefault(audience_of(subject), []).append(subject)
    for audience, subjects in people.items():
        cards = sum(any(subject in activity.subjects for subject in subjects) for activity in given.activities)
        if cards:
            names = [subject.name[:1].lower() + subject.name[1:] for subject in subjects]
            yield Role(code=audience.slug, title=_(audience.label), cards=cards, people=enumeration(names, _))


def _years(rule: RetentionRecord) -> float:
    per_year = {PeriodUnit.YEARS: 1, PeriodUnit.MONTHS: 12, PeriodUnit.DAYS: 365}
    return (rule.period or 0) / per_year[rule.unit] if rule.unit else 0.0
