"""What stands in the margin of a page: findings, remarks and proposals, each beside the field it is about.

Nothing is told twice. A remark that a finding rests on stands with the finding, and so does a proposal that is the
only one for a field with one finding.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.admin.naming import LISTS, put_in_words
from processing.admin.templates import way_to_template
from processing.law.checks import RULES
from processing.law.facts import RemarkKind
from processing.law.findings import Finding, Severity
from processing.law.remarks import CODES
from processing.models import Activity, Controller, Proposal, Remark
from processing.services.loading import OF_ACTIVITY
from processing.services.proposals import acceptable

SIGNS = {Severity.ERROR: "error", Severity.WARNING: "warn", Severity.INFO: "quiet"}
VAGUE_CODES = frozenset(rule.code for rule in RULES if rule.tells_of_vagueness)
_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Note:
    """One thing in the margin. `kind` is finding, remark or proposal; `sign` is the kind of its badge."""

    kind: str
    sign: str
    heading: str
    text: str
    reason: str = ""
    source: str = ""
    gap: str = ""
    url: str = ""
    """Where the remark or the proposal is edited, for those who may."""

    template: str = ""
    """Where a ready-made activity is added that answers the finding, for those who may."""

    accept: int | None = None
    """The key of the proposal that one click accepts."""

    finding: Finding | None = None
    """The first of the findings it tells, where it tells any."""

    anchor: str = ""
    details: tuple[str, ...] = ()
    """The rows it is about, counted from 1."""

    rows: tuple[tuple[str, str], ...] = ()
    """The same rows, each as words and an address."""

    is_doubt: bool = False
    """True for a remark that calls the field vague or contradictory."""

    remarks: tuple["Note", ...] = ()
    proposal: "Note | None" = None


def notes_about(
    subject: Activity | Controller, findings: Iterable[Finding], columns: Mapping[str, str], *, may_change: bool
) -> list[tuple[str, Note]]:
    """Return what the margin says of `subject`, each with the name of the field it is about, the gravest first.

    `columns` says which rows a column belongs to that a finding may name by itself.
    """
    activity = subject if isinstance(subject, Activity) else None
    remarks = [
        (remark.field, _of_remark(remark, may_change))
        for remark in Remark.objects.filter(activity=activity).order_by("position", "pk")
    ]
    found = list(_of_findings(findings, columns))
    if may_change:
        found = [(name, replace(note, template=way_to_template(note.finding.code))) for name, note in found]
    for name, remark in list(remarks):
        resting = [one for one in found if one[0] == name.partition(".")[0] and _tells(one[1], remark)]
        if resting:
            best = max(resting, key=lambda one: _in_common(one[1].text, remark.text))
            found[found.index(best)] = (best[0], _with_remark(best[1], remark))
            remarks.remove((name, remark))
    proposals = _proposals(activity, may_change)
    found, proposals = _paired(found, proposals)
    return [*found, *remarks, *proposals]


def tally(findings: Sequence[Finding], shown: Iterable[Note]) -> list[tuple[str, str, str]]:
    """Return how many findings there are of each kind, as sign, words and the anchor of the first that is `shown`."""
    first: dict[Severity, str] = {}
    for note in shown:
        if note.finding is not None:
            first.setdefault(note.finding.severity, note.anchor)
    counts = {severity: sum(one.severity is severity for one in findings) for severity in Severity}
    return [
        (SIGNS[severity], severity_words(severity, count), first[severity])
        for severity, count in counts.items()
        if count
    ]


def severity_words(severity: Severity, count: int) -> str:
    """«3 feil», «5 ting å sjekke», «1 ting å merke seg»."""
    return f"{count} {kind_words(severity, count)}"


def kind_words(severity: Severity, count: int) -> str:
    """What so many findings of one kind are called, without the number."""
    match severity:
        case Severity.ERROR:
            return ngettext("feil", "feil", count)
        case Severity.WARNING:
            return ngettext("ting å sjekke", "ting å sjekke", count)
        case _:
            return ngettext("ting å merke seg", "ting å merke seg", count)


def rows_elsewhere(name: str, details: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the company's rows of `name` that `details` count, as words and the address of their page. One query."""
    model = LISTS.get(name)
    details = tuple(details)
    if model is None or not details:
        return ()
    own = {"activity": None} if name in OF_ACTIVITY else {}
    # The order of the register: a finding counts rows as they stand there.
    rows = list(model._default_manager.filter(**own).order_by("position", "pk"))
    return tuple((Truncator(_words(row)).chars(60), _page(row)) for row in (rows[int(place) - 1] for place in details))


def _words(row: Model) -> str:
    return (getattr(row, "note", "") or str(row)).rstrip(".")


def _page(row: Model) -> str:
    return (
        reverse(f"admin:processing_{row._meta.model_name}_change", args=[row.pk])
        if admin.site.is_registered(type(row))
        else ""
    )


def _of_findings(findings: Iterable[Finding], columns: Mapping[str, str]) -> Iterator[tuple[str, Note]]:
    """Yield a note for all findings that are alike but for the row, with the field it is about."""

    def alike(finding: Finding) -> tuple[object, ...]:
        return _GRAVITY[finding.severity], finding.field, finding.code, finding.message

    in_order = sorted(enumerate(findings), key=lambda item: (_GRAVITY[item[1].severity], item[0]))
    for _key, group in groupby((finding for _place, finding in in_order), key=alike):
        rows = list(group)
        first = rows[0]
        yield (
            columns.get(first.field, first.field),
            Note(
                kind="finding",
                sign=SIGNS[first.severity],
                heading=_(first.severity.label),
                text=_(first.message),
                source=str(first.source),
                gap=", ".join(first.gaps),
                finding=first,
                anchor=f"funn-{slugify('-'.join((first.code, first.detail, first.about)))}",
                details=tuple(finding.detail for finding in rows if finding.detail),
            ),
        )


def _of_remark(remark: Remark, may_change: bool) -> Note:
    return Note(
        kind="remark",
        sign="warn",
        heading=remark.get_kind_display(),
        text=remark.text,
        gap=remark.gap,
        url=_url(remark, may_change),
        is_doubt=remark.kind in {RemarkKind.VAGUE, RemarkKind.CONTRADICTORY},
    )


def _proposals(activity: Activity | None, may_change: bool) -> list[tuple[str, Note]]:
    rows = list(Proposal.objects.filter(activity=activity).order_by("position", "pk"))
    put_in_words(rows)
    can = acceptable(rows) if may_change else frozenset()
    return [
        (
            row.field,
            Note(
                kind="proposal",
                sign="quiet",
                heading=_("Forslag"),
                text=row.words,
                reason=row.reason,
                gap=row.gap,
                url=_url(row, may_change),
                accept=row.pk if row.pk in can else None,
            ),
        )
        for row in rows
    ]


def _url(row: Proposal | Remark, may_change: bool) -> str:
    return reverse(f"admin:processing_{row._meta.model_name}_change", args=[row.pk]) if may_change else ""


def _tells(note: Note, remark: Note) -> bool:
    """Tell whether the finding says by itself what the remark says, or is the remark."""
    assert note.finding is not None
    if note.finding.code in CODES.values():
        return note.finding.message == remark.text
    if remark.gap:
        return remark.gap in note.finding.gaps
    return remark.is_doubt and note.finding.code in VAGUE_CODES


def _in_common(one: str, other: str) -> int:
    """How many words two texts share: several findings may answer to one gap, each to a remark of its own."""
    words = [set(re.findall(r"\w{5,}", text.lower())) for text in (one, other)]
    return len(words[0] & words[1])


def _with_remark(note: Note, remark: Note) -> Note:
    if remark.text == note.text:
        # The finding is the remark: it says it once, and leads to where it is settled.
        return replace(note, url=remark.url)
    return replace(note, remarks=(*note.remarks, remark))


def _paired(
    found: list[tuple[str, Note]], proposals: list[tuple[str, Note]]
) -> tuple[list[tuple[str, Note]], list[tuple[str, Note]]]:
    """Put a proposal with the finding it answers, where there is one of each for the field."""
    for name, proposal in proposals:
        findings = [one for one in found if one[0] == name and one[1].sign != SIGNS[Severity.INFO]]
        if len(findings) == 1 and sum(other == name for other, _proposal in proposals) == 1:
            place = found.index(findings[0])
            found = [*found[:place], (name, replace(findings[0][1], proposal=proposal)), *found[place + 1 :]]
            proposals = [one for one in proposals if one[1] is not proposal]
    return found, proposals
