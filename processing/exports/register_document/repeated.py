"""What is found in many activities: said in full once, in the summary, and by its number in the margins."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.margin import mark_of
from processing.exports.register_document.parts import Mark, Row
from processing.exports.register_document.rows import entry_of, row_of
from processing.law.findings import Finding
from processing.law.records import ActivityRecord

MANY = 3
"""Activities with the same finding, from which it stands in the summary."""

ORDER = ("error", "warn", "note")


def repeated_in(
    findings: Mapping[str, Sequence[Finding]], activities: Sequence[ActivityRecord]
) -> dict[Mark, tuple[str, ...]]:
    """The marks of `MANY` activities or more with the numbers of those: the gravest first, then the commonest.

    `findings` are those of each activity, by its number.
    """
    found: dict[Mark, dict[str, None]] = {}
    for activity in activities:
        for finding in findings[activity.number]:
            found.setdefault(mark_of(finding, activity.remarks), {})[activity.number] = None
    many = {mark: tuple(numbers) for mark, numbers in found.items() if len(numbers) >= MANY}
    return dict(sorted(many.items(), key=lambda item: (ORDER.index(item[0].kind), -len(item[1]))))


def repeated_rows(repeated: Mapping[Mark, Sequence[str]]) -> tuple[Row, ...]:
    return tuple(
        row_of(
            "",
            _("Felles funn {number}").format(number=place),
            [
                entry_of(
                    mark.text,
                    mark.word,
                    mark.law,
                    _("Gjelder {count}: {activities}").format(count=len(numbers), activities=", ".join(numbers)),
                )
            ],
        )
        for place, (mark, numbers) in enumerate(repeated.items(), 1)
    )
