"""How often one may try to come in, so that guessing is hopeless and nobody can shut another person out.

Passwords and codes are counted for one account from one network: whoever guesses from elsewhere empties a bucket of
their own. Codes of an app have six digits, so they are also counted for the account in all. That bucket can only be
emptied by somebody who has the password, and a passkey or a recovery code still lets the person in.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from mktnorge.throttling import Limit, address_of, give_back, take

HOUR = timedelta(hours=1)
# More than one person may sit behind an address, and each may mistype.
ACCOUNTS_BEHIND_AN_ADDRESS = 5
APP_CODES_AN_HOUR = 30


class Tries:
    """Takes a token for each bucket a try is counted in, and gives them back when the try was right."""

    def __init__(self, request: HttpRequest, account: str, *, kind: str, at: datetime) -> None:
        address = address_of(request)
        times = settings.MAX_SIGN_INS_AN_HOUR
        self.at = at
        self.buckets = [
            (Limit(f"sign-in/{kind}", times, HOUR), f"{account} {address}"),
            (Limit(f"sign-in/{kind}/address", times * ACCOUNTS_BEHIND_AN_ADDRESS, HOUR), address),
        ]
        if kind == "app":
            self.buckets.append((Limit("sign-in/app/account", APP_CODES_AN_HOUR, HOUR), account))

    def allowed(self) -> bool:
        """Count this try, and return False when it is one too many."""
        return all(take(limit, subject=subject, at=self.at) for limit, subject in self.buckets)

    def forgive(self) -> None:
        """The try was right: it costs nothing."""
        for limit, subject in self.buckets:
            give_back(limit, subject=subject, at=self.at)
