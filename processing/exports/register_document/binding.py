"""A register that is too long for one document is bound in volumes, each whole in itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Row
from processing.exports.register_document.rows import entry_of, row_of
from processing.law.records import ActivityRecord, Register


@dataclass(frozen=True, kw_only=True)
class Binding:
    """Which volume a document is. `volumes` are the activities of all of them; `number` counts from 1.

    What is about the company stands in the first volume. What the activities share, the
    publication log and any figures stand in the last.
    """

    number: int
    volumes: tuple[tuple[ActivityRecord, ...], ...]

    @property
    def count(self) -> int:
        return len(self.volumes)

    @property
    def activities(self) -> tuple[ActivityRecord, ...]:
        return self.volumes[self.number - 1]

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.count

    @property
    def words(self) -> str:
        """«bind 2 av 4», and nothing where there is one."""
        if self.count == 1:
            return ""
        return _("bind {number} av {count}").format(number=self.number, count=self.count)


def bound(register: Register, longest: int) -> tuple[Binding, ...]:
    """Divide the activities evenly, in their order, into volumes of at most `longest`."""
    rows = register.activities
    count = max(1, -(-len(rows) // longest))
    edges = [len(rows) * place // count for place in range(count + 1)]
    volumes = tuple(rows[start:end] for start, end in pairwise(edges))
    return tuple(Binding(number=place + 1, volumes=volumes) for place in range(count))


def binding_rows(binding: Binding) -> Sequence[Row]:
    """What the cover says: which volume this is, and where the others are."""
    if binding.count == 1:
        return ()
    entries = []
    for place, activities in enumerate(binding.volumes, 1):
        holds = _("{first} til {last}").format(first=activities[0].number, last=activities[-1].number)
        more = [
            _("virksomheten") if place == 1 else "",
            _("felles for aktivitetene") if place == binding.count else "",
            _("dette bindet") if place == binding.number else "",
        ]
        said = _("Bind {number}: {activities}").format(number=place, activities=holds)
        entries.append(entry_of(said, ", ".join(word for word in more if word)))
    return [row_of("volumes", _("Bind"), entries)]
