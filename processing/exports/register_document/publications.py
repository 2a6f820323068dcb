"""The publication log, the last chapter of what is the company's own: each version, and what it was published over."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Entry, Group, Part, Row
from processing.exports.register_document.rows import entry_of, row_of
from processing.exports.register_document.wording import day_words, listed, moment_words, noted
from processing.law.findings import Severity
from processing.notices.log import AcceptedFinding, Publication


def publications_part(publications: Sequence[Publication], moment: str) -> Part:
    """The versions published at `moment`, in words, in the order of their numbers. None is said, too."""
    lead = (
        _(
            "Her står hver utgave av personvernerklæringen som var publisert {moment}. "
            "Er den publisert tross et funn, står grunnen ved funnet. Den som publiserte, har skrevet den."
        )
        if publications
        else _("Ingen utgave av personvernerklæringen var publisert {moment}.")
    )
    return Part(
        anchor="utgaver",
        title=_("Publiserte utgaver av erklæringen"),
        lead=lead.format(moment=moment),
        groups=tuple(
            Group(title=_("Utgave {number}").format(number=one.number), rows=tuple(_rows(one)), addition=True)
            for one in publications
        ),
    )


def _rows(version: Publication) -> Iterable[Row]:
    yield row_of(
        "published",
        _("Publisert"),
        [
            entry_of(
                moment_words(version.published_at),
                noted(_("Av"), version.publisher),
                _("Demonstrasjon") if version.is_demonstration else "",
            )
        ],
    )
    yield row_of("in_force_from", _("Gjelder fra"), [entry_of(day_words(version.in_force_from))])
    yield row_of("summary", _("Hva som er endret"), [entry_of(version.summary)])
    yield row_of("is_material", _("Vesentlig endring"), [_material(version)])
    if version.who_is_told:
        yield row_of("who_is_told", _("Hvem får beskjed, og hvordan"), [entry_of(version.who_is_told)])
    if version.alone_reason:
        yield row_of("alone_reason", _("Hvorfor én person alene"), [entry_of(version.alone_reason)])
    label = _("Publisert med funn")
    for severity in Severity:
        accepted = [finding for finding in version.accepted if finding.severity is severity]
        if accepted:
            entries = [_accepted(finding, subjects) for finding, subjects in _together(accepted)]
            yield row_of("accepted", label, entries, aside=_(severity.label))
    if not version.accepted:
        yield row_of("accepted", label, [entry_of(_("Ingen funn trengte begrunnelse."))])


def _material(version: Publication) -> Entry:
    if version.is_material is None:
        return entry_of(_("Ikke aktuelt. Dette er den første utgaven."))
    return entry_of(_("Ja") if version.is_material else _("Nei"), version.material_reason)


def _accepted(finding: AcceptedFinding, subjects: Iterable[str]) -> Entry:
    return entry_of(
        _(finding.message),
        finding.source,
        noted(_("Gjelder"), listed(subjects)),
        noted(_("Begrunnelse"), finding.reason),
    )


def _together(accepted: Iterable[AcceptedFinding]) -> Iterable[tuple[AcceptedFinding, Iterable[str]]]:
    """What is found, and explained, in the same words in several activities is said once, with all of them."""
    found: dict[tuple[str, ...], tuple[AcceptedFinding, dict[str, None]]] = {}
    for finding in accepted:
        alike = (finding.message, finding.source, finding.reason)
        _first, subjects = found.setdefault(alike, (finding, {}))
        subjects[finding.subject or _("virksomheten")] = None
    return found.values()
