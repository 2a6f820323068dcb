"""Tracking (ekomloven § 3-15): cookies, and opens and clicks in e-mail, need an active yes from the person."""

import re

from processing.law.bases import LegalBasis
from processing.law.facts import StatementTopic
from processing.law.kinds import STRICTLY_NECESSARY, is_tracking
from processing.law.records import ActivityRecord
from processing.law.retention import RetentionTrigger
from processing.law.rules import ActivityRule, Reading, Where, once, positions
from processing.law.sources import gdpr, statute
from processing.law.statutes import COOKIES_2024
from processing.law.terms import N_

COOKIE_RULE = statute("Ekomloven (2024)", "§ 3-15", COOKIES_2024.source)
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
)
