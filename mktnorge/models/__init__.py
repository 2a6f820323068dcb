"""The site's own rows: people and sessions, mail, work that comes round, buckets against abuse, the chain of proofs."""

from mktnorge.models.links import ChainLink
from mktnorge.models.mails import MailProblem, MailState, OutgoingMail
from mktnorge.models.people import User, UserManager
from mktnorge.models.signin import Invitation, StaffSession
from mktnorge.models.sweeps import SweepRun
from mktnorge.models.throttling import Bucket
from mktnorge.models.viewings import Viewing

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
    "Viewing",
]
