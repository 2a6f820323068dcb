"""Activities that other facts imply, and that nobody has described: a register without them is not whole (Art. 30(1)).

Each row says what gives the activity away, and what would count as having described it. A draft counts: it has its
own findings.
"""

import re
from collections.abc import Callable

from processing.law.facts import ActivityStatus
from processing.law.findings import Severity
from processing.law.kinds import (
    ACCESS_LOG,
    EMPLOYEES,
    MINORS,
    SOCIAL_MEDIA,
    THIRD_PERSONS,
    Words,
    company_says,
    is_about,
    keeps_journal,
    words,
)
from processing.law.records import ActivityRecord, Register
from processing.law.rules import CompanyRule, Reading, RegisterRule, Where, once
from processing.law.sources import LegalSource, gdpr, statute
from processing.law.statutes import BOOKKEEPING, JOURNALS, MARKETING, recognise
from processing.law.terms import N_

EVENTS = words("arrangement", "kurs", "foredrag", "egne arrangement")
PERSONNEL = words("personal", "ansettelse", "ansatte", "lønn")
EXISTING_CUSTOMERS = re.compile(
    r"(eksisterende kunde|kunder? (vi|dere) (alt|allerede) har|(alt|allerede) er kunde)", re.I
)
ACCOUNTS = words("regnskap", "bokføring")
RIGHTS_REQUESTS = words("rettighetskrav", "krav om rettigheter", "krav om innsyn", "personvernkrav", "innsynskrav")
BREACH_LOG = words("avvik", "brudd på")
FEW = 2


def _described(register: Register) -> list[ActivityRecord]:
    return [activity for activity in register.activities if activity.status is not ActivityStatus.RETIRED]


def _named(register: Register, pattern: Words) -> bool:
    """True when an activity has such a name, or is collected on an occasion with such a name."""
    return any(
        pattern.search(activity.name) or any(pattern.search(situation.name) for situation in activity.collection)
        for activity in _described(register)
    )


def _groups(register: Register, pattern: Words) -> bool:
    """True when the register's list of people has such a group."""
    return any(pattern.search(group.name) for group in register.subject_categories)


def _about(register: Register, pattern: Words) -> bool:
    return any(is_about(activity, pattern) for activity in _described(register))


def _unlinked_situations(register: Register) -> list[int]:
    linked = {situation.code for activity in _described(register) for situation in activity.collection}
    return [
        place
        for place, situation in enumerate(register.situations, 1)
        if situation.code not in linked and not EVENTS.search(situation.name)
    ]


def _unused_groups(register: Register) -> list[int]:
    answered = {row.subject.code for activity in _described(register) for row in activity.data}
    others = (EVENTS, words("deltaker"), EMPLOYEES, MINORS, THIRD_PERSONS)
    return [
        place
        for place, group in enumerate(register.subject_categories, 1)
        if group.code not in answered and not any(pattern.search(group.name) for pattern in others)
    ]


def _events(register: Register) -> bool:
    signs = any(EVENTS.search(situation.name) for situation in register.situations) or _groups(register, EVENTS)
    return signs and not _named(register, EVENTS)


def _personnel(register: Register) -> bool:
    signs = _groups(register, EMPLOYEES) or company_says(register, words("ansettelse", "lønn"))
    return signs and not _named(register, PERSONNEL) and not _about(register, EMPLOYEES)


def _existing_customers(register: Register) -> bool:
    return company_says(register, EXISTING_CUSTOMERS) and not _named(register, EXISTING_CUSTOMERS)


def _access_log(register: Register) -> bool:
    return any(keeps_journal(activity) for activity in _described(register)) and not _named(register, ACCESS_LOG)


def _social_media(register: Register) -> bool:
    signs = company_says(register, SOCIAL_MEDIA) or any(
        SOCIAL_MEDIA.search(situation.name) for situation in register.situations
    )
    return signs and not any(SOCIAL_MEDIA.search(activity.name) for activity in _described(register))


def _accounts(register: Register) -> bool:
    spread = [
        activity
        for activity in _described(register)
        if any(citation.statute is BOOKKEEPING for rule in activity.retention for citation in recognise(rule.statute))
    ]
    return len(spread) > FEW and not any(ACCOUNTS.search(activity.name) for activity in _described(register))


def _implied(
    code: str,
    message: str,
    source: LegalSource,
    missing: Callable[[Register], bool],
    *,
    severity: Severity,
    gaps: tuple[str, ...],
) -> RegisterRule:
    return RegisterRule(
        code=code,
        field="activities",
        message=message,
        source=source,
        severity=severity,
        gaps=gaps,
        where=lambda reading: once(bool(reading.register.activities) and missing(reading.register)),
    )


def _places(find: Callable[[Register], list[int]]) -> Callable[[Reading], Where]:
    return lambda reading: [str(place) for place in find(reading.register)] if reading.register.activities else ()


COMPANY_RULES: tuple[CompanyRule, ...] = (
    _implied(
        "activity-missing-events",
        N_("Folk kan melde seg på arrangementer, men det er ikke beskrevet. Før opp aktiviteten."),
        gdpr("art. 30 nr. 1"),
        _events,
        severity=Severity.ERROR,
        gaps=("G29",),
    ),
    _implied(
        "activity-missing-personnel",
        N_("Noen kan være ansatt her, men arbeidet med personal er ikke beskrevet. Før opp aktiviteten."),
        gdpr("art. 30 nr. 1"),
        _personnel,
        severity=Severity.ERROR,
        gaps=("G29",),
    ),
    RegisterRule(
        code="activity-missing-for-situation",
        field="situations",
        message=N_("Dere samler inn opplysninger her, men ingen aktivitet sier det. Knytt den til en aktivitet."),
        source=gdpr("art. 30 nr. 1"),
        gaps=("G29",),
        where=_places(_unlinked_situations),
    ),
    RegisterRule(
        code="activity-missing-for-group",
        field="subject_categories",
        message=N_("Gruppen står i listen, men ingen aktivitet gjelder den. Beskriv aktiviteten, eller stryk gruppen."),
        source=gdpr("art. 30 nr. 1 bokstav c"),
        gaps=("G29",),
        where=_places(_unused_groups),
    ),
    _implied(
        "activity-missing-existing-customers",
        N_(
            "Dere nevner reklame til dem som alt er kunder, på et annet grunnlag enn nyhetsbrevet. "
            "Velg ett grunnlag, og beskriv aktiviteten, eller stryk det."
        ),
        statute("Markedsføringsloven", "§ 15", MARKETING.source),
        _existing_customers,
        severity=Severity.WARNING,
        gaps=("G28",),
    ),
    _implied(
        "activity-missing-access-log",
        N_("Loggen over hvem som har sett journalen, er ikke beskrevet. Pasienten har rett til å se den. Før den opp."),
        statute("Pasientjournalloven", "§§ 18, 22 og 25", JOURNALS.source),
        _access_log,
        severity=Severity.WARNING,
        gaps=("G16",),
    ),
    _implied(
        "activity-missing-social-media",
        N_("Dere bruker sosiale medier, og har ansvar for meldinger dere leser der. Beskriv aktiviteten."),
        gdpr("art. 26"),
        _social_media,
        severity=Severity.WARNING,
        gaps=("G22",),
    ),
    _implied(
        "activity-missing-accounts",
        N_("Regnskapet er spredt på flere aktiviteter. Vurder å samle det i én, med tidene i bokføringsloven § 13."),
        gdpr("art. 30 nr. 1"),
        _accounts,
        severity=Severity.INFO,
        gaps=("G10",),
    ),
    _implied(
        "activity-missing-rights-requests",
        N_("Arbeidet med krav om rettigheter er selv en aktivitet, også i dette systemet. Før den opp."),
        gdpr("art. 30 nr. 1"),
        lambda register: not _named(register, RIGHTS_REQUESTS),
        severity=Severity.INFO,
        gaps=("G33",),
    ),
    _implied(
        "activity-missing-breach-log",
        N_("Alle brudd på sikkerheten skal skrives ned, og loggen er selv en aktivitet. Før den opp."),
        gdpr("art. 33 nr. 5"),
        lambda register: not _named(register, BREACH_LOG),
        severity=Severity.INFO,
        gaps=("G33",),
    ),
)
