"""Activities that many therapy practices have, ready to add to the register as drafts.

A template is a seed file without a number, in `seed/templates/`. It states what makes the activity what it is, and
what the law itself fixes. What a company must decide comes as proposals, and what the template takes for granted is
marked as not confirmed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from mktnorge.models import User
from processing.law.facts import ActivityStatus
from processing.law.kinds import words
from processing.law.records import ActivityRecord, Register
from processing.models import Activity, Controller
from processing.models.governed import register_edit
from processing.models.vocabulary import Vocabulary
from processing.services.loading import SEED_DIR, VOCABULARY, VOCABULARY_FILE, SeedInvalid, SeedReader
from processing.services.seed_files import Problem, Table, read_seed_file

TEMPLATES = "templates"
WORDS = (VOCABULARY_FILE, f"{TEMPLATES}/{VOCABULARY_FILE}")
ABOUT = "template"
"""The table of a template that is about the template itself."""


class UnknownTemplate(Exception):
    """No template has that code."""

    def __init__(self) -> None:
        super().__init__(_("Malen finnes ikke. Velg en fra listen."))


class AlreadyAdded(Exception):
    """The register has an activity from this template. `number` says which."""

    def __init__(self, number: str) -> None:
        super().__init__(_("Aktiviteten finnes alt, som {number}. Ingenting er lagt til.").format(number=number))
        self.number = number


class AddedMeanwhile(Exception):
    """Somebody else added an activity at the same instant."""

    def __init__(self) -> None:
        super().__init__(_("Noen andre la til en aktivitet samtidig. Ingenting er lagt til. Prøv en gang til."))


@dataclass(frozen=True)
class Template:
    """What a template is about. `signs` are words in the name of an activity like it, `answers` codes of findings."""

    code: str
    name: str
    why: str
    signs: tuple[str, ...]
    answers: tuple[str, ...]
    purposes: tuple[str, ...]
    data: tuple[str, ...]
    """The kinds of data it takes for granted, in the words of the register."""

    laws: tuple[str, ...]
    """What it states because the law fixes it."""

    proposal_count: int

    def is_like(self, activity: ActivityRecord) -> bool:
        """True when the activity's name has one of the signs at the start of a word."""
        return bool(words(*self.signs).search(activity.name))


@dataclass(frozen=True)
class Offer:
    """A template beside a register: the activity that was made from it, and those that look like it."""

    template: Template
    added: ActivityRecord | None
    similar: tuple[ActivityRecord, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return all templates, by name. They are part of the program, so they are read once."""
    names = _names_of_data()
    found = [_template(_file(path.stem), names) for path in sorted((SEED_DIR / TEMPLATES).glob("*.toml"))]
    return tuple(sorted((one for one in found if one), key=lambda one: one.name))


def template_for(finding_code: str) -> Template | None:
    """Return the template that describes the activity a finding misses, or None."""
    return next((one for one in templates() if finding_code in one.answers), None)


def offers(register: Register) -> tuple[Offer, ...]:
    """Return every template beside `register`, the ones it has nothing like first."""
    living = [activity for activity in register.activities if activity.status is not ActivityStatus.RETIRED]
    found = [
        Offer(
            template=template,
            added=next((one for one in register.activities if one.code == template.code), None),
            similar=tuple(one for one in living if one.code != template.code and template.is_like(one)),
        )
        for template in templates()
    ]
    return tuple(sorted(found, key=lambda offer: (offer.added is not None, bool(offer.similar))))


def add_from_template(*, code: str, by: User, at: datetime) -> Activity:
    """Add the template's activity as a draft with the next free number, and return it. One edit, at `at` by `by`.

    Words that the register lacks are added with it. Raises UnknownTemplate, AlreadyAdded or AddedMeanwhile, and then
    nothing is written.
    """
    template = next((one for one in templates() if one.code == code), None)
    if template is None:
        raise UnknownTemplate
    try:
        with register_edit(
            at=at, by=by, reason=_("Lagt til som utkast fra en mal: {name}.").format(name=template.name)
        ):
            # The one row that all who add from a template pass: the next one sees this activity.
            Controller.objects.select_for_update().first()
            if existing := Activity.objects.filter(code=code).first():
                raise AlreadyAdded(existing.number)
            rows = read_template(code, number=Activity.objects.next_number())
            for row in _in_words_of_the_register(rows):
                row.save()
    except IntegrityError as error:
        raise AddedMeanwhile from error
    return next(row for row in rows if isinstance(row, Activity))


def read_template(code: str, *, number: str) -> list[models.Model]:
    """Return the rows of a template, unsaved, the words first, for an activity of that number. Raises SeedInvalid."""
    reader = SeedReader(SEED_DIR)
    file = _file(code)
    own = {name: value for name, value in file.values.items() if name != ABOUT}
    reader.read_one(file.child("", own), words=WORDS, given={"number": number, "status": ActivityStatus.DRAFT.value})
    if reader.problems:
        raise SeedInvalid(reader.problems)
    return reader.rows


def _in_words_of_the_register(rows: Iterable[models.Model]) -> Iterator[models.Model]:
    """Yield the rows to save: a word the register has is used as it stands there, one that nothing uses is left out.

    One query a kind of words.
    """
    rows = list(rows)
    own = [row for row in rows if not isinstance(row, Vocabulary)]
    used = {id(one) for row in own for one in _referred(row)}
    for kind in VOCABULARY.values():
        wanted = [row for row in rows if type(row) is kind and isinstance(row, Vocabulary) and id(row) in used]
        if not wanted:
            continue
        stored = dict(kind._default_manager.values_list("code", "pk"))
        last = kind._default_manager.aggregate(last=models.Max("position"))["last"] or 0
        for row in wanted:
            if row.code in stored:
                # Whoever refers to the row asks it for its key when it is saved.
                row.pk = stored[row.code]
                continue
            last += 1
            row.position = last
            yield row
    yield from own


def _referred(row: models.Model) -> Iterator[models.Model]:
    for item in row._meta.concrete_fields:
        if item.is_relation and (other := getattr(row, item.name, None)) is not None:
            yield other


def _file(code: str) -> Table:
    found = read_seed_file(SEED_DIR, f"{TEMPLATES}/{code}.toml")
    if isinstance(found, Problem):
        raise SeedInvalid([found])
    return found


def _template(file: Table, names: dict[str, str]) -> Template | None:
    """Return what the file says of itself; None for the file of words."""
    values = file.values
    if ABOUT not in values:
        return None
    about = values[ABOUT]
    laws = [row["national_law"] for row in values.get("legal_grounds", [])]
    laws += [row["statute"] for row in values.get("retention", [])]
    return Template(
        code=values["code"],
        name=values["name"],
        why=about["why"],
        signs=tuple(about["signs"]),
        answers=tuple(about["answers"]),
        purposes=tuple(row["description"] for row in values["purposes"]),
        data=tuple(dict.fromkeys(names[code] for row in values["data"] for code in row["categories"])),
        laws=tuple(dict.fromkeys(laws)),
        proposal_count=len(values.get("proposals", [])),
    )


def _names_of_data() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in WORDS:
        file = read_seed_file(SEED_DIR, name)
        if isinstance(file, Problem):
            raise SeedInvalid([file])
        found |= {row["code"]: row["name"] for row in file.values.get("data_categories", [])}
    return found
