"""What our mails to the person say: a number, dates and where to look.

Whoever sees the inbox learns nothing more: not for what, not as what, not who. Nothing that was typed comes back, so
that the form cannot be used to send somebody else's words (decision 17).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mktnorge.outbox import SECRET_PLACE
from rights.law.calendar import spelled


@dataclass(frozen=True)
class Mail:
    subject: str
    body: str


def receipt(*, case_number: str, received_on: date, answer_on: date, follow_at: str = "", phone: str = "") -> Mail:
    """Return the mail that says a request came. `follow_at` is the address of the page that takes the code."""
    return Mail(
        _("Vi har mottatt meldingen din ({number})").format(number=case_number),
        _letter(
            _("Vi har mottatt en melding fra deg {received}. Du får svar senest {answer}.").format(
                received=spelled(received_on), answer=spelled(answer_on)
            ),
            _("Du kan følge saken på {address} med koden du fikk.").format(address=follow_at) if follow_at else "",
            _do_not_answer(phone),
            _("Har du ikke sendt noe til oss? Da kan du se bort fra denne e-posten."),
        ),
    )


def news(*, case_number: str, follow_at: str = "", phone: str = "") -> Mail:
    """Return the mail that says there is something new, and never what. `follow_at` as in `receipt`."""
    return Mail(
        _("Det er noe nytt i saken din ({number})").format(number=case_number),
        _letter(
            _("Det er noe nytt. Se {address} med koden din.").format(address=follow_at)
            if follow_at
            else _("Det er noe nytt. Se siden der du følger saken, med koden din."),
            _do_not_answer(phone),
        ),
    )


def one_time_code(*, case_number: str, until: datetime, phone: str = "") -> Mail:
    """Return the mail with a one-time code, which the outbox puts in. `until` is the moment it stops working."""
    return Mail(
        _("Engangskoden din ({number})").format(number=case_number),
        _letter(
            _("Koden er {code}. Den virker én gang, og bare til kl. {time}.").format(
                code=SECRET_PLACE, time=date_format(timezone.localtime(until), "H.i")
            ),
            _("Skriv den på siden der du ba om den."),
            _("Har du ikke bedt om den? Da trenger du ikke gjøre noe. Koden virker bare der den ble bedt om."),
            _do_not_answer(phone),
        ),
    )


def _do_not_answer(phone: str) -> str:
    if not phone:
        return _("Du kan ikke svare på denne e-posten.")
    return _("Du kan ikke svare på denne e-posten. Ring {phone} hvis du lurer på noe.").format(phone=phone)


def _letter(*paragraphs: str) -> str:
    return "\n\n".join([_("Hei."), *(paragraph for paragraph in paragraphs if paragraph)]) + "\n"
