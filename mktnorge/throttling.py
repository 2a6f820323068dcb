"""Token buckets in the database: how often one address, or everybody together, may do something.

No address is stored. The key is a keyed hash of what is limited, the address and the Oslo date: nobody without
CODE_KEY can tell whose it was, nor tie today's to yesterday's, and a sweep removes them after two days.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from mktnorge.models.throttling import Bucket
from mktnorge.sealing import keyed_hash


@dataclass(frozen=True)
class Limit:
    """`times` in a row, filled up again evenly over `per`."""

    name: str
    times: int
    per: timedelta

    @property
    def seconds_to_next(self) -> int:
        """How long an empty bucket needs to hold one token, rounded up."""
        return math.ceil(self.per.total_seconds() / self.times)


def take(limit: Limit, *, subject: str, at: datetime) -> bool:
    """Take one token for `subject`, and return False when there is none left. Safe beside other requests."""
    key = keyed_hash(subject, purpose=f"bucket/{limit.name}/{timezone.localdate(at).isoformat()}")
    with transaction.atomic():
        bucket, made = Bucket.objects.select_for_update().get_or_create(
            key=key, defaults={"tokens": limit.times - 1.0, "counted_at": at}
        )
        if made:
            return limit.times >= 1
        passed = max(at - bucket.counted_at, timedelta(0))
        tokens = min(float(limit.times), bucket.tokens + limit.times * (passed / limit.per))
        if tokens < 1:
            return False
        bucket.tokens, bucket.counted_at = tokens - 1, max(at, bucket.counted_at)
        bucket.save(update_fields=["tokens", "counted_at"])
    return True


def give_back(limit: Limit, *, subject: str, at: datetime) -> None:
    """Return a token that was taken for something that turned out to be no abuse."""
    key = keyed_hash(subject, purpose=f"bucket/{limit.name}/{timezone.localdate(at).isoformat()}")
    with transaction.atomic():
        bucket = Bucket.objects.select_for_update().filter(key=key).first()
        if bucket is not None:
            bucket.tokens = min(float(limit.times), bucket.tokens + 1)
            bucket.save(update_fields=["tokens"])


def address_of(request: HttpRequest) -> str:
    """Return the network the request came from: an IPv4 address, or the /64 that one IPv6 customer has.

    Behind TLS the proxy on this machine says who asked, as the last entry of X-Forwarded-For; what stands before it
    was written by whoever asked. Returns «unknown» for what is no address, so that all of those share one bucket.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def forget_old_buckets(at: datetime) -> str:
    """Remove the buckets of earlier dates. A sweep; there is nothing to tell staff."""
    Bucket.objects.filter(counted_at__lt=at - timedelta(days=2)).delete()
    return ""
