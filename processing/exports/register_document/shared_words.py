"""The last part: what the activities share, once."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from processing.exports.register_document.margin import Margin
from processing.exports.register_document.parties import agreement_words, party_name
from processing.exports.register_document.parts import Group, Part
from processing.exports.register_document.rows import entry_of, row_of
from processing.exports.register_document.wording import country_words, noted, spaced
from processing.law.findings import Finding
from processing.law.records import Register

SHARED = frozenset({"parties", "systems", "measures", "subject_categories", "data_categories", "situations"})
"""Fields of the register that stand in the last part, with what is found about them."""


def shared_part(register: Register, findings: Sequence[Finding]) -> list[Part]:
    """Every shared row once, with its code, so that the document and the JSON can be read beside each other."""
    rows = [
        row_of(
            "parties",
            _("Mottakere"),
            [
                entry_of(
                    party_name(row),
                    _(row.role.label),
                    noted(_("Org.nr."), spaced(row.org_no, 3)),
                    noted(_("Land"), country_words(row.country)),
                    agreement_words(row),
                    row.public_service,
                    row.code,
                )
                for row in register.parties
            ],
        ),
        row_of(
            "systems",
            _("Systemer"),
            [
                entry_of(
                    row.name,
                    noted(_("Leverandør"), party_name(row.party) if row.party else ""),
                    row.code,
                )
                for row in register.systems
            ],
        ),
        row_of(
            "measures",
            _("Sikkerhetstiltak"),
            [
                entry_of(
                    row.name,
                    _("Gjelder alt") if row.general else "",
                    row.public_name,
                    row.code,
                )
                for row in register.measures
            ],
        ),
        row_of(
            "subject_categories",
            _("Grupper av personer"),
            [
                entry_of(
                    row.name,
                    noted(_("Nevnt i den gamle erklæringen"), _(row.listed_in_notice.label).lower()),
                    row.code,
                )
                for row in register.subject_categories
            ],
        ),
        row_of(
            "data_categories",
            _("Slag opplysninger"),
            [
                entry_of(
                    row.name,
                    noted(_("Særlig kategori"), _(row.special_category.label).lower() if row.special_category else ""),
                    row.public_name,
                    row.code,
                )
                for row in register.data_categories
            ],
        ),
        row_of(
            "situations",
            _("Når opplysninger samles inn"),
            [entry_of(row.name, row.code) for row in register.situations],
        ),
    ]
    margin = Margin(findings, register.remarks)
    stated = tuple(replace(row, under=True) for row in map(margin.beside, rows) if row.is_stated or row.marks)
    if not stated:
        return []
    lead = _(
        "Her står det som aktivitetene deler, én gang. Etter navnet står det erklæringen kaller det, "
        "og til sist koden fra JSON-filen."
    )
    return [
        Part(
            anchor="felles",
            title=_("Felles for aktivitetene"),
            lead=lead,
            groups=(Group(title="", rows=stated, compact=True),),
        )
    ]
