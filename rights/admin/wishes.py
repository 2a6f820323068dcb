"""What the person asked for beside the rights themselves, as labelled lines for the desk."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from mktnorge.templatetags.norwegian import joined
from processing.models import Activity
from rights.law.languages import LetterLanguage
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
    names = _names_of([*case.activities, *case.consents, *([case.activity_number] if case.activity_number else [])])
    if case.activities:
        yield _("Kravet gjelder"), joined(names[number] for number in case.activities)
    if case.activity_number:
        yield _("Startet fra"), names[case.activity_number]
    behalf = [case.get_on_behalf_display(), case.get_child_age_display()]
    if any(behalf):
        yield _("På vegne av"), ", ".join(word for word in behalf if word)
    if case.copy_first:
        yield _("Kopi før sletting"), case.get_copy_first_display()
    if case.scope:
        yield _("Innsynet gjelder"), joined(_(CopyScope(code).label) for code in case.scope)
    if case.from_year or case.to_year:
        yield _("År"), f"{case.from_year or ''}–{case.to_year or ''}"
    if case.language != LetterLanguage.BOKMAL:
        yield _("Brevene er på"), case.get_language_display()
    helped = [
        *([_("vanskelige ord forklart")] if case.explain_words else []),
        *([_("gå gjennom journalen sammen med noen")] if case.go_through else []),
    ]
    if helped:
        yield _("Vil ha"), joined(helped)
    if case.all_consents or case.consents:
        consents = [names[number] for number in case.consents]
        yield _("Trekker samtykke"), _("alle") if case.all_consents else joined(consents)


def _names_of(numbers: Collection[str]) -> dict[str, str]:
    """Return each activity's number and name; the number alone where the register has no such activity any more."""
    found = Activity.objects.filter(number__in=numbers).values_list("number", "name") if numbers else ()
    return {**{number: number for number in numbers}, **{number: f"{number} {name}" for number, name in found}}
