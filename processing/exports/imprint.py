"""What a document says about itself: which one it is, and what a reader of this edition does not see."""

from datetime import date

from django.utils.translation import gettext as _

from processing.exports.editions import RegisterEdition
from processing.exports.json import OSLO, payload_hash
from processing.exports.ledger import ExportLedger
from processing.exports.tables import tables
from processing.exports.words import Words
from processing.law.editions import Edition


def imprint(edition: RegisterEdition, ledger: ExportLedger) -> tuple[tuple[str, str | date], ...]:
    """Return label and value of what the ledger knows, and the hash of what the document was made from."""
    digest = payload_hash(edition.register, version=ledger.json_version, edition=edition.which)
    return (
        (_("Dokument-id"), ledger.document_id),
        (_("Utgave"), _(edition.which.label)),
        (_("Registeret slik det var"), ledger.as_of),
        (_("Loven slik den var"), ledger.law_on),
        (_("Laget"), ledger.printed_at.astimezone(OSLO).strftime("%Y-%m-%d %H.%M")),
        (_("Innholdets hash"), digest),
    )


def emptiness(edition: RegisterEdition) -> str:
    """A sentence that says that there was no register, or empty where there was one."""
    if not edition.register.is_empty:
        return ""
    return _("Registeret var tomt. Det inneholdt verken virksomheten eller noen aktivitet.")


def left_out(edition: Edition, words: Words) -> tuple[str, ...]:
    """Return sentences that tell what a reader of `edition` does not see. None for the internal one."""
    if edition is Edition.INTERNAL:
        return ()
    kept = {table.name: {column.name for column in table.columns} for table in tables(edition)}
    whole = [words.titles[table.name] for table in tables() if table.name not in kept]
    parts = []
    for table in tables():
        columns = [column.name for column in table.columns if column.name not in kept.get(table.name, {column.name})]
        if columns:
            headings = ", ".join(words.columns[table.name, name].heading for name in columns)
            parts.append(f"{words.titles[table.name]}: {headings}")
    return (
        _("Dette er en ekstern utgave. Den har bare det personvernforordningen art. 30 nr. 1 krever."),
        _("Disse listene er utelatt, og det samme er funn og vedlegg: {titles}.").format(titles=", ".join(whole)),
        _("Dette er utelatt fra listene som er med. {parts}.").format(parts=". ".join(parts)),
        _("Mottakere, slag og tiltak som ingen aktivitet bruker, er heller ikke med."),
    )
