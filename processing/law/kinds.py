"""What an activity evidently is, read from what it states: a journal, a recording, tracking, marketing.

The register has no field for most of this, and its words are the company's own. So these questions look at names in
bokmål, and at the terms where there are terms. A wrong guess costs a finding that asks; none of them decides a right.
"""

import re
from collections.abc import Iterable

from processing.law.facts import Fact
from processing.law.records import ActivityRecord, Register, SubjectCategoryRecord
from processing.law.regimes import LegalRegime
from processing.law.retention import RetentionTrigger
from processing.law.statutes import HEALTH_PERSONNEL, Citation, Statute, recognise

Words = re.Pattern[str]


def words(*patterns: str) -> Words:
    """Return a pattern that finds any of `patterns` at the start of a word, whatever the case."""
    return re.compile(rf"(?<![\wæøå])(?:{'|'.join(patterns)})", re.IGNORECASE)


CLIENTS = words("klient", "pasient")
PROSPECTS = words("mulige klient", "mulige kunde")
APPLICANTS = words("jobbsøk", "søker")
EMPLOYEES = words("ansatt", "medarbeider")
SELF_EMPLOYED = re.compile(r"selvstendig", re.IGNORECASE)
CONTACTS = words("kontakter", "kontaktperson")
THIRD_PERSONS = words("tredjeperson", "omtalt", "pårørende")
MINORS = words("barn", "unge", "ungdom", "mindreårig", "klienter under")

ID_NUMBER = words("fødselsnummer", "personnummer", "fødsels- og personnummer")
ACCESS_LOG = words("tilgangslogg", "innsynslogg", "logg over hvem", "logg over tilgang")
RECORDING = words("opptak", "lydopptak", "videoopptak")
VIDEO = words("video", "lyd og bilde")
TRACKING = words("informasjonskaps", "cookie", "kapsler", "piksler", "sporing", "måling", "åpninger og klikk", "klikk")
NEWSLETTER = words("nyhetsbrev", "reklame", "markedsføring", "direkte markedsføring")
SOCIAL_MEDIA = re.compile(r"sosiale medi", re.IGNORECASE)
STRICTLY_NECESSARY = re.compile(r"nødvendig", re.IGNORECASE)


def keeps_journal(activity: ActivityRecord) -> bool:
    """True for a patient's journal: confirmed as one, resting on the duty to keep one, or counted from its entries."""
    if is_access_log(activity):
        return False
    return (
        activity.regime is LegalRegime.HEALTH_RECORD
        or any(rule.trigger is RetentionTrigger.LAST_ENTRY for rule in activity.retention)
        or any(citation.cites(HEALTH_PERSONNEL, "39", "40") for citation in cited_as_basis(activity))
    )


def is_access_log(activity: ActivityRecord) -> bool:
    return bool(ACCESS_LOG.search(activity.name))


def is_recording(activity: ActivityRecord) -> bool:
    return names_data(activity, RECORDING)


def is_video(activity: ActivityRecord) -> bool:
    return bool(VIDEO.search(activity.name)) or names_data(activity, VIDEO)


def is_tracking(activity: ActivityRecord) -> bool:
    """True when it reads or stores something in people's devices, or measures what they open: ekomloven § 3-15."""
    return (
        bool(TRACKING.search(activity.name))
        or names_data(activity, TRACKING)
        or any(TRACKING.search(ground.scope) for ground in activity.legal_grounds)
    )


def is_direct_marketing(activity: ActivityRecord) -> bool:
    return bool(NEWSLETTER.search(activity.name))


def names_data(activity: ActivityRecord, pattern: Words) -> bool:
    """True when a data category that is or may be there has such a name."""
    return any(row.presence is not Fact.NO and pattern.search(row.category.name) for row in activity.data)


def answers_for_data(activity: ActivityRecord, pattern: Words) -> bool:
    """True when a row names such data, also one that says it is not there."""
    return any(row.presence is not Fact.NOT_STATED and pattern.search(row.category.name) for row in activity.data)


def is_about(activity: ActivityRecord, pattern: Words) -> bool:
    """True when one of the groups of people has such a name."""
    return any(pattern.search(subject.name) for subject in people_in(activity))


def people_in(activity: ActivityRecord) -> tuple[SubjectCategoryRecord, ...]:
    """The groups of people that data is or may be about, each once."""
    return tuple(dict.fromkeys(row.subject for row in activity.data if row.presence is not Fact.NO))


def cited_as_basis(activity: ActivityRecord) -> tuple[Citation, ...]:
    """What the bases of Art. 6 lean on."""
    return tuple(citation for ground in activity.legal_grounds for citation in recognise(ground.national_law))


def cites(activity: ActivityRecord, statute: Statute, *sections: str) -> bool:
    """True when a basis or a condition leans on the statute, and on one of `sections` where some are given."""
    laws = [ground.national_law for ground in activity.legal_grounds]
    laws += [ground.national_law for ground in activity.special_grounds]
    return any(citation.cites(statute, *sections) for law in laws for citation in recognise(law))


def company_says(register: Register, pattern: Words) -> bool:
    """True when a statement of the company, of its own or in an activity, has such words."""
    return any(pattern.search(text) for text in _statements(register))


def _statements(register: Register) -> Iterable[str]:
    for statement in register.statements:
        yield statement.text
    for activity in register.activities:
        for statement in activity.statements:
            yield statement.text
