"""Which texts of the register the public reads, and which of their translations are of what nobody says any longer.

A translation belongs to words (Art. 12(1), R-PLAIN-2: what people are told must be clear to them). When the bokmål has
changed, the notice shows the bokmål until somebody has translated it again.
"""

from collections.abc import Iterable, Iterator

from processing.law.findings import Severity
from processing.law.records import ActivityRecord, Register, TranslationRecord
from processing.law.rules import ActivityRule, Reading, RegisterRule, Where, positions
from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class PublicText(LawTerm):
    """What a public text is, to the person who translates it."""

    TITLE = "title", N_("Navnet")
    INTRODUCTION = "introduction", N_("Beskrivelsen")
    PURPOSE = "purpose", N_("Et formål")
    ACCESS = "access", N_("Hvem som ser det hos dere")
    RETENTION = "retention", N_("En lagringstid")
    RETAINED = "retained", N_("Hva en lagringstid gjelder")
    INTEREST = "interest", N_("En berettiget interesse")
    SCOPE = "scope", N_("Hva et grunnlag er avgrenset til")
    WITHDRAWAL = "withdrawal", N_("Slik trekkes samtykket")
    CONSEQUENCE = "consequence", N_("Hva som skjer uten")
    DECISIONS = "decisions", N_("Om avgjørelsene")
    SOURCE = "source", N_("En kilde")
    TRACKER = "tracker", N_("Hva en kapsel brukes til")
    PEOPLE = "people", N_("En gruppe av personer")
    DATA = "data", N_("Et slag opplysninger")
    RECIPIENT = "recipient", N_("En mottaker")
    MEASURE = "measure", N_("Et sikkerhetstiltak")
    TRANSFER = "transfer", N_("Om en overføring")
    CONTACT = "contact", N_("Rollen til kontakten")


def words_of(text: str) -> str:
    """Return the text as it is compared: line breaks and the space around it are how it was typed."""
    return text.replace("\r\n", "\n").strip()


def texts_of_activity(activity: ActivityRecord) -> tuple[tuple[PublicText, str], ...]:
    """Return the public texts that an activity states itself, each once, in the order of its card."""
    return _each_once(_of_activity(activity))


def shared_texts(register: Register) -> tuple[tuple[PublicText, str], ...]:
    """Return the public texts that activities share or the company states, each once."""
    return _each_once(_shared(register))


def stale_translations(
    translations: Iterable[TranslationRecord], texts: Iterable[tuple[PublicText, str]]
) -> tuple[TranslationRecord, ...]:
    """Return the translations of none of the `texts`."""
    said = {words_of(text) for _kind, text in texts}
    return tuple(row for row in translations if words_of(row.original) not in said)


def _of_activity(activity: ActivityRecord) -> Iterator[tuple[PublicText, str]]:
    yield PublicText.TITLE, activity.title
    yield PublicText.INTRODUCTION, activity.public_description
    for purpose in activity.purposes:
        yield PublicText.PURPOSE, purpose.public_description or purpose.description
    yield PublicText.ACCESS, activity.public_access or activity.internal_access
    for rule in activity.retention:
        if rule.is_stated:
            yield PublicText.RETENTION, rule.public_wording or rule.statement
        else:
            yield PublicText.RETAINED, rule.covers
    for ground in activity.legal_grounds:
        yield PublicText.INTEREST, ground.legitimate_interest
        yield PublicText.SCOPE, ground.scope
        yield PublicText.WITHDRAWAL, ground.consent_withdrawal
    yield PublicText.CONSEQUENCE, activity.provision_consequence
    yield PublicText.DECISIONS, activity.automated_decisions_note
    for source in activity.sources:
        yield PublicText.SOURCE, source.description
    for tracker in activity.trackers:
        yield PublicText.TRACKER, tracker.reason


def _shared(register: Register) -> Iterator[tuple[PublicText, str]]:
    for subject in register.subject_categories:
        yield PublicText.PEOPLE, subject.name
    for category in register.data_categories:
        yield PublicText.DATA, category.public_name or category.name
    for party in register.parties:
        yield PublicText.RECIPIENT, party.public_service or party.service
    for measure in register.measures:
        yield PublicText.MEASURE, measure.public_name or measure.name
    for transfer in register.transfers:
        yield PublicText.TRANSFER, transfer.note
    if register.controller is not None:
        yield PublicText.CONTACT, register.controller.contact_role


def _each_once(texts: Iterable[tuple[PublicText, str]]) -> tuple[tuple[PublicText, str], ...]:
    found: dict[str, tuple[PublicText, str]] = {}
    for kind, text in texts:
        if words_of(text):
            found.setdefault(words_of(text), (kind, text))
    return tuple(found.values())


def _stale(translations: Iterable[TranslationRecord], texts: Iterable[tuple[PublicText, str]]) -> Where:
    translations = tuple(translations)
    stale = stale_translations(translations, texts)
    return positions(row in stale for row in translations)


def _stale_of_activity(activity: ActivityRecord, reading: Reading) -> Where:
    return _stale(activity.translations, texts_of_activity(activity)) if activity.translations else ()


def _stale_of_company(reading: Reading) -> Where:
    register = reading.register
    if not register.translations:
        return ()
    texts = [*shared_texts(register), *(text for one in register.activities for text in texts_of_activity(one))]
    return _stale(register.translations, texts)


_MESSAGE = N_(
    "Teksten på bokmål er endret etter at den ble oversatt, så erklæringen viser bokmål. Oversett på nytt, eller fjern "
    "oversettelsen."
)

ACTIVITY_RULES = (
    ActivityRule(
        code="12-1-translation-stale",
        severity=Severity.INFO,
        field="translations",
        message=_MESSAGE,
        source=gdpr("art. 12 nr. 1"),
        where=_stale_of_activity,
    ),
)

COMPANY_RULES = (
    RegisterRule(
        code="12-1-translation-stale",
        severity=Severity.INFO,
        field="translations",
        message=_MESSAGE,
        source=gdpr("art. 12 nr. 1"),
        where=_stale_of_company,
    ),
)
