"""What the person asked for beside the rights themselves, as labelled lines for the desk."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mktnorge.templatetags.norwegian import joined
from rights.law.terms import CopyScope
from rights.models import RequestPoint, RightsRequest


def wishes_of(case: RightsRequest) -> list[tuple[str, str]]:
    """What was chosen from lists. Holds nothing that anybody wrote."""
    return list(_chosen(case))


def points_of(case: RightsRequest) -> list[tuple[str, int, str]]:
    """Each point with the right it is about and its number, in the person's own words: opens sealed texts."""
    rows = RequestPoint.objects.filter(requested_right__request=case).select_related("requested_right")
    return [
        (str(point.requested_right), point.number, point.text)
        for point in rows.order_by("requested_right_id", "number")
    ]


def _chosen(case: RightsRequest) -> Iterator[tuple[str, str]]:
    behalf = [case.get_on_behalf_display(), case.get_child_age_display()]
    if any(behalf):
        yield _("På vegne av"), ", ".join(word for word in behalf if word)
    if case.copy_first:
        yield _("Kopi før sletting"), case.get_copy_first_display()
    if case.scope:
        yield _("Innsynet gjelder"), joined(_(CopyScope(code).label) for code in case.scope)
    if case.from_year or case.to_year:
        yield _("År"), f"{case.from_year or ''}–{case.to_year or ''}"
    helped = [
        *([_("vanskelige ord forklart")] if case.explain_words else []),
        *([_("gå gjennom journalen sammen med noen")] if case.go_through else []),
    ]
    if helped:
        yield _("Vil ha"), joined(helped)
    if case.all_consents or case.consents:
        yield _("Trekker samtykke"), _("alle") if case.all_consents else joined(case.consents)
