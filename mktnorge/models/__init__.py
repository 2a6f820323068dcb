"""The site's own rows: people and their sessions, mail on its way, work that comes round, and buckets against abuse."""

from mktnorge.models.mails import MailProblem, MailState, OutgoingMail
from mktnorge.models.people import User, UserManager
from mktnorge.models.signin import Invitation, StaffSession
from mktnorge.models.sweeps import SweepRun
from mktnorge.models.throttling import Bucket

__all__ = [
    "Bucket",
    "Invitation",
    "MailProblem",
    "MailState",
    "OutgoingMail",
    "StaffSession",
    "SweepRun",
    "User",
    "UserManager",
]
