"""The public pages, filled in and sent as a browser sends them."""

import re
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

START = "/personvern/krav/"
WHAT = "/personvern/krav/hva/"
COPY_FIRST = "/personvern/krav/kopi-forst/"
WHO = "/personvern/krav/hvem/"
MORE = "/personvern/krav/mer/"
CONTACT = "/personvern/krav/kontakt/"
CHECK = "/personvern/krav/sjekk/"
CANCEL = "/personvern/krav/avbryt/"
RECEIPT = "/personvern/krav/kvittering/"
CASE = "/sak/"
LOST = "/sak/ny-kode/"
ONE_TIME = "/sak/ny-kode/skriv/"
MY_CASE = "/sak/min/"
ADD = "/sak/min/legg-til/"
REPLY = "/sak/min/svar/"
LETTERS = "/sak/min/brev/"
SIGN_OUT = "/sak/ut/"
LEAVE = "/personvern/forlat/"

QUESTIONS = (WHAT, COPY_FIRST, WHO, MORE, CONTACT)

# The shortest valid request: a right, a relation, for whom, a name and a way to follow it.
SHORTEST: dict[str, dict[str, object]] = {
    WHAT: {"rett": ["access"]},
    COPY_FIRST: {"kopi_forst": "no"},
    WHO: {"rolle": "client", "paa_vegne_av": "self"},
    MORE: {},
    CONTACT: {"navn": "Test Testesen", "kanal": "follow"},
}


def send(client: Client, address: str, fields: dict[str, object]) -> HttpResponse:
    body = urlencode(fields, doseq=True, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def answers(address: str, **over) -> dict[str, object]:
    """Return the shortest answer to the question at `address`, with what is given besides. None leaves one out."""
    return {name: value for name, value in {**SHORTEST[address], **over}.items() if value is not None}


def walk(client: Client, *, until: str = CHECK, **over) -> HttpResponse:
    """Answer every question that comes until `until` is asked, and return that page. `over` is spread over the pages:
    each field goes to the page that has it, and `melding` and `punkt_…` to «Fortell mer»."""
    page = client.get(WHAT)
    address = WHAT
    while address != until:
        names = set(page.context["form"].fields) if page.context else set()
        mine = {
            name: value for name, value in over.items() if name in names or (address == MORE and name[:6] == "punkt_")
        }
        sent = send(client, address, answers(address, **mine))
        if sent.status_code != 303:
            return sent
        address = sent["Location"]
        page = client.get(address)
    return page


def submit(client: Client, **over) -> HttpResponse:
    """Fill in the whole form and send it; the answer leads to the receipt, unless a question refused its answer."""
    page = walk(client, **over)
    return press_send(client, page) if page.status_code == 200 else page


def press_send(client: Client, check_page: HttpResponse) -> HttpResponse:
    """Press «Send kravet» on a page that shows the answers."""
    return send(client, CHECK, {"sett": check_page.context["seen"]})


def code_on(receipt: HttpResponse) -> str:
    return receipt.context["code"]


def words(response: HttpResponse) -> str:
    """Return the words of the page's main part, as a reader meets them."""
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())
