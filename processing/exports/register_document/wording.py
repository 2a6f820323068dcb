"""Small words: days, numbers, lists and sources as the document says them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.law.countries import country_name
from processing.law.retention import PeriodUnit
from processing.law.sources import GDPR_URL, LegalSource

OSLO = ZoneInfo("Europe/Oslo")

# Control characters cannot be printed, and those that turn the direction of writing can make a line say another thing.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def noted(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def in_the_notice(value: str) -> str:
    return noted(_("I erklæringen"), value)


def country_words(code: str) -> str:
    if not code:
        return ""
    name = country_name(code)
    return code if name == code else f"{_(name)} ({code})"


def law_words(source: LegalSource | None) -> str:
    """«Art. 9 nr. 2» for the regulation the whole document is about, the whole name for every other law."""
    if source is None:
        return ""
    return source.provision[:1].upper() + source.provision[1:] if source.url == GDPR_URL else str(source)


def listed(names: Iterable[str]) -> str:
    found = list(names)
    return ("; " if any("," in name for name in found) else ", ").join(found)


def joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} og {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def day_words(day: date) -> str:
    return date_format(day, "j. F Y")


def moment_words(moment: datetime) -> str:
    local = moment.astimezone(OSLO)
    return _("{day} kl. {time}").format(day=day_words(local.date()), time=local.strftime("%H.%M"))


def period_words(count: int, unit: PeriodUnit) -> str:
    if unit is PeriodUnit.DAYS:
        return ngettext("{count} dag", "{count} dager", count).format(count=count)
    if unit is PeriodUnit.MONTHS:
        return ngettext("{count} måned", "{count} måneder", count).format(count=count)
    return _("{count} år").format(count=count)


def spaced(text: str, size: int) -> str:
    """`text` in groups, as people read long numbers aloud."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def printable(text: str) -> str:
    """`text` with a mark for every character that cannot be printed or that turns the direction of writing."""
    return UNPRINTABLE.sub("\ufffd", text)
