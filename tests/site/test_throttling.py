"""Buckets of tokens: how many, how fast they fill, and that nobody's address is in them."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory

from mktnorge.models import Bucket
from mktnorge.throttling import Limit, address_of, forget_old_buckets, give_back, take
from tests.builders import ASKED_AT, OSLO

TEN_AN_HOUR = Limit("prøve", 10, timedelta(hours=1))
MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
class TestTaking:
    def test_ten_in_a_row_and_then_one_every_six_minutes(self):
        assert [take(TEN_AN_HOUR, subject="a", at=ASKED_AT) for _ in range(12)] == [True] * 10 + [False] * 2
        assert not take(TEN_AN_HOUR, subject="a", at=ASKED_AT + 5 * MINUTE)
        assert take(TEN_AN_HOUR, subject="a", at=ASKED_AT + 6 * MINUTE)
        assert not take(TEN_AN_HOUR, subject="a", at=ASKED_AT + 6 * MINUTE)

    def test_a_pause_fills_it_to_the_brim_and_no_further(self):
        take(TEN_AN_HOUR, subject="a", at=ASKED_AT)
        later = ASKED_AT + timedelta(hours=9)
        assert [take(TEN_AN_HOUR, subject="a", at=later) for _ in range(11)] == [True] * 10 + [False]

    def test_a_clock_that_goes_back_gives_nothing(self):
        for _ in range(10):
            take(TEN_AN_HOUR, subject="a", at=ASKED_AT)
        assert not take(TEN_AN_HOUR, subject="a", at=ASKED_AT - timedelta(hours=2))
        assert take(TEN_AN_HOUR, subject="a", at=ASKED_AT + 6 * MINUTE)

    def test_one_does_not_use_up_what_another_has(self):
        other = Limit("noe annet", 1, timedelta(hours=1))
        assert take(other, subject="a", at=ASKED_AT)
        assert take(other, subject="b", at=ASKED_AT)
        assert take(TEN_AN_HOUR, subject="a", at=ASKED_AT)
        assert not take(other, subject="a", at=ASKED_AT)

    def test_what_was_no_abuse_is_given_back(self):
        once = Limit("en", 1, timedelta(hours=1))
        assert take(once, subject="a", at=ASKED_AT)
        give_back(once, subject="a", at=ASKED_AT)
        give_back(once, subject="a", at=ASKED_AT)
        assert take(once, subject="a", at=ASKED_AT)
        assert not take(once, subject="a", at=ASKED_AT)

    def test_no_address_is_stored_and_no_day_tied_to_the_next(self):
        midnight = datetime(2026, 11, 24, 0, 0, tzinfo=OSLO)
        take(TEN_AN_HOUR, subject="192.0.2.7", at=midnight - MINUTE)
        take(TEN_AN_HOUR, subject="192.0.2.7", at=midnight)
        keys = list(Bucket.objects.values_list("key", flat=True))
        assert len(set(keys)) == 2
        assert not any("192" in key and "0.2" in key for key in keys)

    def test_old_buckets_are_forgotten(self):
        take(TEN_AN_HOUR, subject="a", at=ASKED_AT - timedelta(days=3))
        take(TEN_AN_HOUR, subject="a", at=ASKED_AT)
        forget_old_buckets(ASKED_AT)
        assert Bucket.objects.count() == 1


@pytest.mark.parametrize(
    ("https", "told", "forwarded", "expected"),
    [
        (False, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (True, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (True, "127.0.0.1", "10.0.0.1, 203.0.113.5", "203.0.113.5"),
        (True, "127.0.0.1", None, "127.0.0.1"),
        (True, "127.0.0.1", "<script>", "unknown"),
        (False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        (False, "::ffff:192.0.2.7", None, "192.0.2.7"),
        (False, "", None, "unknown"),
    ],
)
def test_whose_bucket_it_is(settings, https, told, forwarded, expected):
    settings.HTTPS = https
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=told, headers=headers)) == expected
