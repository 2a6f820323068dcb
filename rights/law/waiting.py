"""How late an answer could be defended while we waited to know who asked: told to staff, and never counted on."""

from collections.abc import Iterable
from datetime import date

from processing.law.sources import LegalSource
from processing.law.terms import N_
from rights.law.calendar import spelled
from rights.law.deadlines import Deadline, Step, WaitNotDefensible, defensible_on

EDPB_ON_ACCESS = LegalSource("EDPBs retningslinjer 01/2022", "om innsyn")


def wait_for_identity(
    deadline: Deadline, *, asked_on: date | None, recognised_on: Iterable[date], until: date
) -> Step | None:
    """Return which later day can be defended after a question of identity, and why, or None where nothing can.

    `recognised_on` are the days somebody was recognised; the first one after the question ends the wait. While there
    is none, the days are counted to `until`: today, or the day the case ended. The deadline itself never moves
    (R-DL-8): the guidelines say that the period may stand still, GDPR art. 12(3) does not.
    """
    if asked_on is None:
        return None
    answered_on = min((day for day in recognised_on if day >= asked_on), default=None)
    try:
        day = defensible_on(deadline, asked_on=asked_on, answered_on=answered_on or until)
    except WaitNotDefensible:
        return None
    if day == deadline.statutory_on:
        return None
    if answered_on is None:
        waited = N_("Vi spurte hvem personen er {asked}, og venter på svar.")
    else:
        waited = N_("Vi spurte hvem personen er {asked}, og fikk vite det {answered}.")
    careful = N_(
        "Svarer vi senest {day}, kan det forsvares, hvis vi spurte uten å vente. Lovens siste dag er ikke flyttet."
    )
    sentence = f"{waited} {careful}".format(
        asked=spelled(asked_on), answered=spelled(answered_on or until), day=spelled(day)
    )
    return Step(sentence, EDPB_ON_ACCESS)
