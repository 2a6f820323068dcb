"""The site's own rows: people and their sessions, mail on its way, work that comes round, buckets against abuse, and the
chain over what proves something."""

from mktnorge.models.links import ChainLink
from mktnorge.models.mails import MailProblem, MailState, OutgoingMail
from mktnorge.models.people import User, UserManager
from mktnorge.models.signin import Invitation, StaffSession
from mktnorge.models.sweeps import SweepRun
from mktnorge.models.throttling import Bucket

__all__ = [
    "Bucket",
    "ChainLink",
    "Invitation",
    "MailProblem",
    "MailState",
    "OutgoingMail",
    "StaffSession",
    "SweepRun",
    "User",
    "UserManager",
]
