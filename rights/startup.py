"""The desk's own step of `manage.py start`."""

from django.utils.translation import gettext as _

from mktnorge.startup import Start
from rights.demonstration.loading import DeskNotEmpty, load_demo


def load_invented_cases(start: Start) -> str:
    """Fill the empty desk of a demonstration with invented cases, so that there is something to look at."""
    try:
        loaded = load_demo(at=start.at)
    except DeskNotEmpty:
        return _("Saker finnes allerede.")
    return _("Saklisten har fått %(count)d oppdiktede saker.") % {"count": loaded.cases}
