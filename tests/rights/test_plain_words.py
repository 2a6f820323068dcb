"""The pages of the form are plain: LIX, long sentences and words nobody says (quality.md U4)."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from processing.law.plain_language import lix, longest_sentence
from processing.law.rights import Right
from rights.law.answers import Answers
from rights.law.terms import ContactWay, OnBehalf, Relation
from rights.services.drafts import start_draft
from tests.rights.pages import CHECK, CONTACT, COPY_FIRST, MORE, RECEIPT, START, WHAT, WHO, press_send

pytestmark = pytest.mark.django_db

EVERYTHING = Answers(
    rights=tuple(right for right in Right if right is not Right.ACCESS),
    unsure=True,
    relation=Relation.CLIENT,
    on_behalf=OnBehalf.SELF,
    told_of=tuple(Right),
    name="Test Testesen",
    contact_way=ContactWay.FOLLOW,
)
BANNED = ["obligatorisk", "påkrevd", "vennligst", "iht", "ovennevnte", "registrerte", "representere", "!"]


def sentences_of(page: str) -> str:
    """Return the words of the page, each block on a line of its own."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    blocks = re.sub(r"<br>|</(p|li|h1|h2|h3|legend|label|dt|dd|em|button|a|summary|span)>", "\n", main)
    return re.sub(r"<[^>]+>", "", blocks).replace("\u00a0", " ")


@pytest.mark.parametrize("address", [START, WHAT, COPY_FIRST, WHO, MORE, CONTACT, CHECK, RECEIPT])
def test_a_page_is_easy_to_read(client: Client, address: str):
    answers = EVERYTHING if address != COPY_FIRST else replace(EVERYTHING, copy_first=None)
    if address not in {START, WHAT, COPY_FIRST}:
        answers = replace(answers, rights=tuple(Right))
    client.cookies["krav"] = start_draft(answers=answers, at=timezone.now())
    if address == RECEIPT:
        press_send(client, client.get(CHECK))
    response = client.get(address)
    assert response.status_code == 200
    said = sentences_of(response.content.decode())
    assert lix(said) <= 35
    assert longest_sentence(said) <= 22
    assert [word for word in BANNED if re.search(rf"(?<!\w){re.escape(word)}", said.lower())] == []
