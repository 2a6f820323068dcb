"""Where a person can take a disagreement, and by when. Which of it applies depends on the regime (decision 11)."""

from datetime import date

from processing.law.dated import COMPILED_ON, DatedFact
from processing.law.statutes import PATIENTS_RIGHTS
from processing.law.terms import N_

JOURNAL_COMPLAINT_WEEKS = 4
"""Counted from the day the person got the answer (pasient- og brukerrettighetsloven § 7-5)."""

JOURNAL_COMPLAINT = DatedFact(
    name=N_("Klage over avslag om journal går til Statsforvalteren, gjennom virksomheten, innen fire uker"),
    source=PATIENTS_RIGHTS.source,
    checked_on=COMPILED_ON,
    valid_from=date(2001, 1, 1),
    certain=False,
)
"""Sections 7-2 and 7-5 of the same act. The time limit is to be read against the statute once more."""

COMPLAINT_FACTS = (JOURNAL_COMPLAINT,)
