"""Proving what was erased: one row a rule and run, each holding the hash of the one before it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from mktnorge.evidence import join_evidence
from mktnorge.sealing import keyed_hash
from rights.law.keeping import ErasureRule
from rights.models import ErasedLine, ErasureProof

CASE_PURPOSE = "rights.erased case"
FIRST_LINK = "0" * 64


def record_proof(*, rule: ErasureRule, cases: Iterable[int], at: datetime) -> ErasureProof:
    """Add the proof that `rule` was carried out for `cases` (row numbers), in the transaction that erases them."""
    join_evidence()
    pks = list(cases)
    last = ErasureProof.objects.select_for_update().order_by("-pk").first()
    proof = ErasureProof(
        at=at,
        rule=rule,
        count=len(pks),
        digest=digest_of(pks),
        previous=last.link if last else FIRST_LINK,
    )
    proof.link = link_of(proof)
    proof.save()
    return proof


def verify_proofs() -> list[str]:
    """Return a sentence for each proof that is not what it was when written. Two queries, however many there are."""
    lines: dict[int, list[int]] = defaultdict(list)
    for proof_id, case_pk in ErasedLine.objects.values_list("proof_id", "case_pk"):
        lines[proof_id].append(case_pk)
    problems = []
    previous = FIRST_LINK
    for proof in ErasureProof.objects.order_by("pk"):
        if proof.previous != previous:
            problems.append(_("Bevis %(number)d følger ikke det forrige.") % {"number": proof.pk})
        if proof.link != link_of(proof):
            problems.append(_("Bevis %(number)d er endret.") % {"number": proof.pk})
        if proof.rule == ErasureRule.LINE and digest_of(lines[proof.pk]) != proof.digest:
            problems.append(_("Bevis %(number)d stemmer ikke med sakene det gjelder.") % {"number": proof.pk})
        previous = proof.link
    return problems


def digest_of(cases: Iterable[int]) -> str:
    """Return the SHA-256 of the sorted keyed hashes of `cases`, as hexadecimal digits."""
    hashes = sorted(keyed_hash(str(pk), purpose=CASE_PURPOSE) for pk in cases)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def link_of(proof: ErasureProof) -> str:
    """Return the hash of all that `proof` says, the link before it among it."""
    moment = proof.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [proof.previous, str(proof.rule), moment, proof.count, proof.digest]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
