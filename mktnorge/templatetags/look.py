"""Tags that draw the components which need more than a template can decide: signs, badges and form controls."""

from django import template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# One line style, 24 units square, stroke 2. A sign never stands without words beside it.
SIGNS = {
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>',
    "exclamation": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.5"/>',
    "exit": '<path d="M14 4h5v16h-5M4 12h11M11 8l4 4-4 4"/>',
    "gap": '<circle cx="12" cy="12" r="9" stroke-dasharray="3 3.4"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6"/>',
    "triangle": '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17v.5"/>',
}
SIGN_OF_KIND = {"error": "exclamation", "warn": "triangle", "ok": "check", "quiet": "gap"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The sign as an inline drawing, hidden from screen readers. An unknown name is a KeyError."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(SIGNS[name]),  # noqa: S308 (written above, never from input)
    )


@register.simple_tag
def badge(kind: str, text: str, sign: str = "") -> SafeString:
    """A sign and words. `kind` is error, warn, ok or quiet; `sign` overrides the kind's own.

    Also for admin list columns, where it is called from Python.
    """
    return render_to_string("components/_badge.html", {"kind": kind, "text": text, "sign": sign})


@register.simple_tag
def badge_sign(kind: str, sign: str = "") -> SafeString:
    return icon(sign or SIGN_OF_KIND[kind])


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The bare control of a field, in the look's clothes. Django adds aria-describedby and aria-invalid itself."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"input {own}".strip()})


@register.simple_tag
def option_hint(field: BoundField, option: BoundWidget) -> str:
    """The line under a choice: `choice_hints` on the form field maps a choice's value to it."""
    hints = getattr(field.field, "choice_hints", {})
    return hints.get(str(option.data["value"]), "")


@register.filter
def control_id(field: BoundField) -> str:
    """The id an error summary links to: the control, or the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def is_group(field: BoundField) -> bool:
    """True for radio buttons and lists of checkboxes, which stand in a fieldset."""
    return field.field.widget.use_fieldset
