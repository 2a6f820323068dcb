"""Exchanging the data key: the old text is read, the new key seals it, and the old key may go."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from mktnorge.fields import SealedTextField
from mktnorge.models import OutgoingMail
from mktnorge.rotation import reseal, sealed_fields
from mktnorge.sealing import UnknownKey, key_id_of
from tests.builders import ASKED_AT

OLD = "old:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEW = "new:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(settings):
    """Five mails sealed with the old key, and one without a recipient."""
    settings.DATA_KEYS = [OLD]
    for number in range(6):
        OutgoingMail.objects.create(
            kind="test",
            once=f"test/{number}",
            recipient=f"test{number}@example.com" if number else "",
            subject="Test",
            body="Test",
            message_id=f"<{number}@example.com>",
            created_at=ASKED_AT,
            due_at=ASKED_AT + timedelta(minutes=number),
        )


def tokens() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM mktnorge_outgoingmail ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def recipients() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True))


def test_the_old_text_is_read_the_new_key_seals_it_and_the_old_key_may_go(mails, settings, capsys):
    before = recipients()
    settings.DATA_KEYS = [NEW, OLD]
    assert recipients() == before
    call_command("rotate_keys")
    assert "mktnorge.outgoingmail.recipient: 5 kryptert på nytt" in (said := capsys.readouterr().out)
    assert "Alt er kryptert med nøkkelen «new»." in said
    assert {key_id_of(token) for token in tokens() if token} == {"new"}
    assert tokens()[0] == ""
    settings.DATA_KEYS = [NEW]
    assert recipients() == before


def test_without_it_the_old_key_cannot_go(mails, settings):
    settings.DATA_KEYS = [NEW]
    with pytest.raises(UnknownKey, match="«old»"):
        recipients()
    with pytest.raises(CommandError, match=r"outgoingmail\.recipient, rad \d+: .*«old».* Rett nøklene"):
        call_command("rotate_keys")


def test_a_wrong_key_of_the_same_id_changes_nothing(mails, settings):
    before = tokens()
    settings.DATA_KEYS = [NEW, OLD.replace("AAEC", "AAEB")]
    with pytest.raises(CommandError, match="endret, flyttet eller kryptert med en annen nøkkel"):
        call_command("rotate_keys")
    assert tokens() == before


def test_run_again_it_changes_nothing(mails, settings):
    settings.DATA_KEYS = [NEW, OLD]
    call_command("rotate_keys", verbosity=0)
    sealed = tokens()
    call_command("rotate_keys", verbosity=0)
    assert tokens() == sealed


def test_every_batch_is_reached_also_when_rows_are_many(mails, settings):
    settings.DATA_KEYS = [NEW, OLD]
    (recipient,) = (one for one in sealed_fields() if one.label == "mktnorge.outgoingmail.recipient")
    done = reseal(recipient, batch=2)
    assert (done.resealed, dict(done.held_by)) == (5, {"new": 5})


def test_no_sealed_field_is_forgotten():
    everywhere = {
        model_field.label
        for model in apps.get_models()
        for model_field in model._meta.get_fields()
        if isinstance(model_field, SealedTextField)
    }
    assert {one.label for one in sealed_fields()} == everywhere
    assert {"rights.rightsrequest.message", "rights.draft.answers", "rights.letter.body"} <= everywhere
