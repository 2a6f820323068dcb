"""How often somebody may try a code or begin a request. The numbers are settings, so that load tests can raise them.

Limits per address act before those that everybody shares, so that one address cannot shut the door on the others.
"""

from datetime import timedelta

from django.conf import settings

from mktnorge.throttling import Limit

HOUR = timedelta(hours=1)
EVERYBODY = "everybody"


def codes() -> Limit:
    """Codes that one address may try. One that opens a case is given back."""
    return Limit("codes", settings.MAX_CODES_AN_HOUR, HOUR)


def wrong_codes() -> Limit:
    """Wrong codes, from EVERYBODY. A right one is let in whatever the others do: 130 bits are not found by trying."""
    return Limit("wrong codes", settings.MAX_CODES_AN_HOUR_IN_ALL, HOUR)


def lost_codes() -> Limit:
    """One-time codes that one address may ask for."""
    return Limit("lost codes", settings.MAX_LOST_CODES_AN_HOUR, HOUR)


def lost_codes_of_case() -> Limit:
    """One-time codes that one case is sent. Counted only where number and address fit: a stranger uses up nothing."""
    return Limit("lost codes of a case", settings.MAX_LOST_CODES_AN_HOUR, HOUR)


def drafts() -> Limit:
    """Requests that one address may begin, and so send: each needs a draft of its own.

    Asked at the first question, so that nobody fills in a form that cannot be sent.
    """
    return Limit("drafts", settings.MAX_REQUESTS_AN_HOUR, HOUR)
