"""Those who get the data, and where to."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from processing.exports.register_document.parts import Entry
from processing.exports.register_document.rows import entry_of
from processing.exports.register_document.wording import country_words, day_words, noted
from processing.law.facts import Fact
from processing.law.records import PartyRecord, TransferRecord


def transfer_entries(transfers: Iterable[TransferRecord]) -> list[Entry]:
    return [
        entry_of(
            country_words(row.country) if row.country else _("Land er ikke oppgitt"),
            noted(_("Mottaker"), party_name(row.party) if row.party else ""),
            noted(_("Overføringsgrunnlag"), _(row.tool.label) if row.tool else _("ikke oppgitt")),
            noted(_("Dokumentasjon"), row.documentation),
            noted(_("Sist sjekket"), day_words(row.checked_on) if row.checked_on else ""),
            row.note,
        )
        for row in transfers
    ]


def agreement_words(party: PartyRecord) -> str:
    parts = [
        noted(_("Databehandleravtale"), _(party.has_agreement.label).lower())
        if party.has_agreement is not Fact.NOT_STATED or party.role.value == "processor"
        else "",
        day_words(party.agreement_on) if party.agreement_on else "",
        party.agreement_reference,
        noted(_("ansvarlig"), party.agreement_owner),
        noted(_("har alt den skal"), _(party.agreement_contents.label).lower())
        if party.agreement_contents is not Fact.NOT_STATED
        else "",
        noted(
            _("underleverandører"),
            _(party.agreement_sub_processors.label).lower() if party.agreement_sub_processors else "",
        ),
        noted(_("ses på igjen"), day_words(party.agreement_review_on) if party.agreement_review_on else ""),
    ]
    return ", ".join(part for part in parts if part)


def disclosed_entry(party: PartyRecord, reason: str) -> Entry:
    return entry_of(
        party_name(party), _(party.role.label), country_words(party.country) if party.country else "", reason
    )


def party_name(party: PartyRecord) -> str:
    return f"{party.service}: {party.name}" if party.name else party.service
