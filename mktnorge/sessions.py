"""Sessions that have run out."""

from datetime import datetime

from django.contrib.sessions.models import Session


def forget_expired_sessions(at: datetime) -> str:
    """Delete the rows of sessions that ended before `at`. A sweep; there is nothing to tell staff."""
    Session.objects.filter(expire_date__lt=at).delete()
    return ""
