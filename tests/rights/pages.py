"""The public pages, filled in and sent as a browser sends them."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

REQUEST = "/personvern/krav/"
RECEIPT = "/personvern/krav/kvittering/"
CASE = "/sak/"
MY_CASE = "/sak/min/"
SIGN_OUT = "/sak/ut/"
LEAVE = "/personvern/forlat/"


def answers(**over) -> dict[str, object]:
    """Return the shortest valid request: a right, a relation, a name and a way to follow it. None leaves one out."""
    fields = {"rett": ["access"], "rolle": "client", "navn": "Test Testesen", "kanal": "follow", **over}
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, address: str, fields: dict[str, object]) -> HttpResponse:
    return client.post(address, urlencode(fields, doseq=True), content_type="application/x-www-form-urlencoded")


def submit(client: Client, **over) -> HttpResponse:
    """Open the form, fill it in and send it, with the hidden key it came with."""
    key = client.get(REQUEST).context["form"]["nokkel"].value()
    return send(client, REQUEST, answers(**{"nokkel": key, **over}))


def code_on(receipt: HttpResponse) -> str:
    return receipt.context["code"]
