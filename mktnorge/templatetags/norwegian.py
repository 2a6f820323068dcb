"""Filters that write dates, numbers and lists the way Norwegian does. They follow the active language."""

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext

register = template.Library()

NO_BREAK_SPACE = "\u00a0"


@register.filter
def day(value: date) -> str:
    """«22. desember 2026», in one piece. A moment is first turned into its date in Oslo."""
    point = "" if (get_language() or "").startswith("en") else "."
    return format_date(_on(value), f"j{point} F Y").replace(" ", NO_BREAK_SPACE)


@register.filter
def weekday(value: date) -> str:
    """«tirsdag 22. desember 2026»: for every date that somebody must act on. May break after the weekday only."""
    return f"{format_date(_on(value), 'l')} {day(value)}"


@register.filter
def moment(value: datetime) -> str:
    """«søndag 22. november 2026 kl. 18.04», in Oslo time."""
    clock = format_date(timezone.localtime(value), "H.i")
    return f"{weekday(value)} {gettext('kl.')}{NO_BREAK_SPACE}{clock}"


@register.filter
def iso_date(value: date) -> str:
    """«2026-12-22», for the datetime attribute."""
    return _on(value).isoformat()


@register.filter
def org_number(value: str) -> str:
    """«926 194 569». Anything but nine digits is given back as it came: the register says what it says."""
    digits = "".join(str(value).split())
    if len(digits) != 9 or not digits.isdigit():
        return str(value)
    return NO_BREAK_SPACE.join([digits[:3], digits[3:6], digits[6:]])


@register.filter
def joined(values: Iterable[object]) -> str:
    """«a, b og c»."""
    words = [str(value) for value in values]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {gettext('og')} {words[-1]}"


@register.filter
def groups_of_four(code: str) -> list[str]:
    """The characters of a code, four and four, without the dashes and spaces it may have come with."""
    characters = "".join(character for character in code if character.isalnum())
    return [characters[start : start + 4] for start in range(0, len(characters), 4)]


def _on(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
