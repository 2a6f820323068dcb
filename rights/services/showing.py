"""The letters a person may read on «Min sak»: those that were delivered there, once we know who they are."""

from rights.desk import may_be_shown
from rights.letters.body import Delivery
from rights.models import Letter, RightsRequest
from rights.services.steps import facts_of


def letters_to_read(case: RightsRequest) -> list[Letter]:
    """Return the letters for the page of the case, oldest first. Only for whoever came with the follow-up code.

    What was copied for the person is no letter, and lies nowhere here. Asked anew each time: a letter that a later
    answer took the place of, that is erased, or whose identity check is erased, is not shown.
    """
    delivered = [
        letter for letter in case.letters.filter(delivery=Delivery.CASE_PAGE).order_by("made_at", "pk") if letter.body
    ]
    facts = facts_of(case) if delivered else None
    return [letter for letter in delivered if facts and may_be_shown(facts, letter.pk)]
