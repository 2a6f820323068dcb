"""What has changed in the register since the latest version, in the words of the admin."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.admin.naming import LISTS, field_words
from processing.law.records import Register
from processing.notices.drift import OF_COMPANY, ORDER, Difference, is_likely_material
from processing.services.drafts import Drift


@dataclass(frozen=True)
class ChangedRow:
    """A row of the register, and which of its fields have changed, each with whether the public sees it."""

    name: str
    fields: tuple[tuple[str, bool], ...]
    is_likely_material: bool


def changed_rows(differences: Iterable[Difference], register: Register) -> list[ChangedRow]:
    """Return the differences by row, in the order they come."""
    names = {activity.number: f"{activity.number} {activity.name}" for activity in register.activities}
    rows: dict[str, list[Difference]] = {}
    for difference in differences:
        rows.setdefault(_row_words(difference, names), []).append(difference)
    return [
        ChangedRow(
            name,
            tuple((_field_words(difference), difference.is_visible) for difference in found),
            any(is_likely_material(difference) for difference in found),
        )
        for name, found in rows.items()
    ]


def drift_words(drift: Drift) -> str:
    """«Registeret er endret siden utgave 7: 3 forskjeller, 2 synlige for publikum.» Empty when nothing has moved."""
    number = drift.version.number
    if drift.count:
        return _("Registeret er endret siden utgave {number}: {differences}, {visible}.").format(
            number=number,
            differences=ngettext("{count} forskjell", "{count} forskjeller", drift.count).format(count=drift.count),
            visible=(
                ngettext("{count} synlig for publikum", "{count} synlige for publikum", drift.visible).format(
                    count=drift.visible
                )
                if drift.visible
                else _("ingen synlige for publikum")
            ),
        )
    if drift.reads_otherwise:
        return _(
            "Registeret er likt, men en ny utgave ville lest annerledes enn utgave {number}. "
            "En aktivitet er avsluttet, en lov er endret, eller de faste setningene er nye."
        ).format(number=number)
    return ""


def _row_words(difference: Difference, names: dict[str, str]) -> str:
    if difference.section == "controller" or difference.section in OF_COMPANY:
        return _("Virksomheten")
    record = difference.after or difference.before
    if difference.section == "activities":
        return names.get(difference.row) or f"{difference.row} {getattr(record, 'name', '')}".strip()
    rows = field_words(difference.section)
    if not difference.row:
        return rows
    called = getattr(record, "name", "") or getattr(record, "service", "") or difference.row
    return f"{rows}: {called}"


def _field_words(difference: Difference) -> str:
    if difference.field == ORDER:
        return _("Rekkefølge")
    if not difference.field:
        return _("Ny") if difference.before is None else _("Tatt bort")
    if difference.section in LISTS and difference.section != "activities":
        model = LISTS[difference.section]
        return str(model._meta.get_field(difference.field).verbose_name)
    return field_words(difference.field)
