"""Tracking (ekomloven § 3-15): cookies, and opens and clicks in e-mail, need an active yes from the person."""

import re

from processing.law.bases import LegalBasis
from processing.law.facts import StatementTopic
from processing.law.findings import Severity
from processing.law.kinds import STRICTLY_NECESSARY, is_tracking
from processing.law.records import ActivityRecord
from processing.law.retention import RetentionTrigger
from processing.law.rules import ActivityRule, Reading, Where, once, positions
from processing.law.sources import gdpr
from processing.law.statutes import COOKIES_2024
from processing.law.terms import N_
from processing.law.trackers import COOKIE_RULE, TrackerNeed

BROWSER_SETTING = re.compile(
    r"(forhåndsinnstilling|(standard|innstilling|valg)\w*\s+(i|for|av)\s+nettleser"
    r"|nettleser\w*\s+(standard|innstilling|valg))",
    re.IGNORECASE,
)
STOPPED = {RetentionTrigger.UNSUBSCRIBED, RetentionTrigger.CONSENT_WITHDRAWN, RetentionTrigger.OBJECTION}


def _without_consent(activity: ActivityRecord, reading: Reading) -> Where:
    if not COOKIES_2024.holds_on(reading.law_on) or not is_tracking(activity) or not activity.bases:
        return ()
    only_necessary = all(STRICTLY_NECESSARY.search(ground.scope) for ground in activity.legal_grounds)
    return once(LegalBasis.CONSENT not in activity.bases and not only_necessary)


def _consent_by_browser(activity: ActivityRecord, reading: Reading) -> Where:
    if not COOKIES_2024.holds_on(reading.law_on):
        return ()
    return positions(
        statement.topic is StatementTopic.CONSENT
        and BROWSER_SETTING.search(statement.text)
        and "ikke" not in statement.text.split()
        for statement in activity.statements
    )


def _kept_after_stop(activity: ActivityRecord, reading: Reading) -> Where:
    if not is_tracking(activity):
        return ()
    return positions(rule.trigger in STOPPED and (rule.period or 0) > 0 for rule in activity.retention)


def _none_named(activity: ActivityRecord, reading: Reading) -> Where:
    return once(COOKIES_2024.holds_on(reading.law_on) and is_tracking(activity) and not activity.trackers)


def _need_not_stated(activity: ActivityRecord, reading: Reading) -> Where:
    if not COOKIES_2024.holds_on(reading.law_on):
        return ()
    return positions(tracker.need is None for tracker in activity.trackers)


def _set_without_asking(activity: ActivityRecord, reading: Reading) -> Where:
    if not COOKIES_2024.holds_on(reading.law_on):
        return ()
    return positions(tracker.need is TrackerNeed.UNASKED for tracker in activity.trackers)


def _consent_is_no_basis(activity: ActivityRecord, reading: Reading) -> Where:
    if LegalBasis.CONSENT in activity.bases:
        return ()
    return positions(tracker.need is TrackerNeed.CONSENT for tracker in activity.trackers)


ACTIVITY_RULES = (
    ActivityRule(
        code="3-15-tracking-without-consent",
        field="legal_grounds",
        message=N_("Dette er sporing, og den krever et aktivt ja. Be om samtykke, eller slå den av."),
        source=COOKIE_RULE,
        gaps=("G04",),
        where=_without_consent,
    ),
    ActivityRule(
        code="3-15-consent-by-browser",
        field="statements",
        message=N_("Et valg i nettleseren er ikke samtykke. Spør før dere lagrer, og gjør det like lett å si nei."),
        source=COOKIE_RULE,
        gaps=("G04",),
        where=_consent_by_browser,
    ),
    ActivityRule(
        code="7-3-kept-after-stop",
        field="retention",
        message=N_(
            "Slett målingene når personen melder seg av. La folk si nei til måling og fortsatt få nyhetsbrevet."
        ),
        source=gdpr("art. 7 nr. 3 og 4 og art. 21 nr. 3"),
        gaps=("G27",),
        where=_kept_after_stop,
    ),
    ActivityRule(
        code="3-15-trackers-not-named",
        severity=Severity.WARNING,
        field="trackers",
        message=N_("Her er det sporing, men ingen kapsel eller piksel er ført opp. Før opp hver av dem ved navn."),
        source=COOKIE_RULE,
        where=_none_named,
    ),
    ActivityRule(
        code="3-15-tracker-need-not-stated",
        field="trackers",
        message=N_("Svar på om den er strengt nødvendig, eller bare settes når personen sier ja."),
        source=COOKIE_RULE,
        where=_need_not_stated,
    ),
    ActivityRule(
        code="3-15-tracker-unasked",
        field="trackers",
        message=N_("Den er ikke nødvendig, og settes uten et ja. Spør først, eller slå den av."),
        source=COOKIE_RULE,
        where=_set_without_asking,
    ),
    ActivityRule(
        code="6-1-a-tracker-without-basis",
        field="trackers",
        message=N_("Den settes etter samtykke, men samtykke er ikke ført opp som grunnlag. Før det opp."),
        source=gdpr("art. 6 nr. 1 bokstav a"),
        where=_consent_is_no_basis,
    ),
    ActivityRule(
        code="13-1-c-tracker-purpose-missing",
        field="trackers",
        message=N_("Skriv hva den brukes til. Ingen kan si ja til noe de ikke forstår."),
        source=gdpr("art. 13 nr. 1 bokstav c"),
        where=lambda activity, reading: positions(not tracker.reason for tracker in activity.trackers),
    ),
    ActivityRule(
        code="13-1-e-tracker-provider-missing",
        severity=Severity.WARNING,
        field="trackers",
        message=N_("Skriv hvem som setter den: dere selv, eller en leverandør."),
        source=gdpr("art. 13 nr. 1 bokstav e"),
        where=lambda activity, reading: positions(
            tracker.party is None and not tracker.provider for tracker in activity.trackers
        ),
    ),
    ActivityRule(
        code="13-2-a-tracker-life-missing",
        severity=Severity.WARNING,
        field="trackers",
        message=N_("Skriv hvor lenge den blir liggende, eller at den går ut med økten."),
        source=gdpr("art. 13 nr. 2 bokstav a"),
        where=lambda activity, reading: positions(tracker.life_unit is None for tracker in activity.trackers),
    ),
)
