"""Whether a document is one we have issued, and whether the register has changed since."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from processing.exports.editions import edition_of
from processing.exports.json import UnknownVersion, hash_of_payload, payload_hash
from processing.law.editions import Edition
from processing.models import ExportFile, NoticeFile, NoticeVersion, RegisterExport
from processing.register import register_as_of, writings_between


@dataclass(frozen=True)
class Verified:
    """A document of the ledger. `edits` is how many times the register was saved after what the document shows."""

    document: RegisterExport
    edits: int


def verify_document(*, document_id: str, at: datetime) -> Verified | None:
    """Return the document with this id, or None where it is not ours. Three queries, and none of them a register.

    Spaces and small letters are how people write an id off paper, and make no difference.
    """
    asked = "".join(document_id.split()).upper()
    # What no id can hold is not sent to the database either: PostgreSQL refuses some of it.
    document = (
        RegisterExport.objects.filter(document_id=asked).first() if asked.isascii() and asked.isprintable() else None
    )
    if document is None:
        return None
    edits = {(writing.at, writing.by, writing.reason) for writing in writings_between(document.moment, at)}
    return Verified(document, len(edits))


def verify_exports() -> list[str]:
    """Return a sentence for each document whose register, rebuilt from history, is not the one that was issued.

    It is rebuilt in the version of the JSON that the document was made with: a later program that adds a field is no
    alarm. Documents of one moment, version and edition share a register.
    """
    problems = []
    rebuilt: dict[tuple[datetime, int, str], str] = {}
    for document in RegisterExport.objects.order_by("exported_at", "pk"):
        made = document.moment, document.json_version, document.edition
        try:
            if made not in rebuilt:
                shown = edition_of(register_as_of(document.moment), Edition(document.edition))
                rebuilt[made] = payload_hash(shown.register, version=document.json_version, edition=shown.which)
        except UnknownVersion:
            problems.append(
                _("{document}: laget av en nyere utgave av løsningen, og kan ikke sjekkes her.").format(
                    document=document.document_id
                )
            )
            continue
        if rebuilt[made] != document.content_sha256:
            problems.append(
                _("{document}: historikken gir ikke lenger det registeret dokumentet viser.").format(
                    document=document.document_id
                )
            )
    for file in ExportFile.objects.select_related("document").order_by("pk").iterator(chunk_size=1):
        if hashlib.sha256(file.content).hexdigest() != file.document.file_sha256:
            problems.append(_("{document}: filen vi har, er ikke den som ble laget.").format(document=file.document))
    return problems


def verify_publications() -> list[str]:
    """Return a sentence for each published version whose text, facts, history or file is not what was published."""
    problems = []
    for version in NoticeVersion.objects.order_by("number").iterator(chunk_size=10):
        said = {
            _("{version}: teksten er ikke den som ble publisert."): hash_of_payload(version.body)
            == version.body_sha256,
            _("{version}: registeret som ble frosset med den, er endret."): _is_frozen(version),
            _("{version}: historikken gir ikke lenger det registeret den bygger på."): _is_rebuilt(version),
        }
        problems += [text.format(version=version) for text, holds in said.items() if not holds]
    for file in NoticeFile.objects.select_related("version").order_by("pk").iterator(chunk_size=10):
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            problems.append(_("{version}: PDF-en er ikke den som ble laget.").format(version=file.version))
    return problems


def _is_frozen(version: NoticeVersion) -> bool:
    return version.facts is None or hash_of_payload(version.facts) == version.register_sha256


def _is_rebuilt(version: NoticeVersion) -> bool:
    """Whether history gives the register of the publication. Old versions without facts say in no version of JSON."""
    if version.facts is None:
        return True
    try:
        register = register_as_of(version.register_moment)
        return payload_hash(register, version=version.facts.get("version", 0)) == version.register_sha256
    except UnknownVersion:
        return False
