"""Between tests with real transactions all tables are emptied, the frozen ones too, and then frozen again."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from mktnorge.models import User
from processing.models import NoticeVersion

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["the first time", "the second time"])
def test_a_row_is_frozen_now_and_gone_afterwards(turn):
    assert not NoticeVersion.objects.exists()
    version = NoticeVersion.objects.create(
        number=1,
        body={},
        body_sha256="0" * 64,
        register_moment=AT,
        register_sha256="0" * 64,
        findings=[],
        summary="",
        in_force_from=date(2026, 11, 23),
        published_at=AT,
        published_by=User.objects.create_user("leder@demo.example", name="Test Testesen"),
        publisher_name="Test Testesen",
        is_demonstration=True,
    )
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        NoticeVersion.objects.filter(pk=version.pk).delete()
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        NoticeVersion.objects.filter(pk=version.pk).update(number=2)
    assert NoticeVersion.objects.get().number == 1
