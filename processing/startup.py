"""The register's own step of `manage.py start`."""

from django.utils.translation import gettext as _

from mktnorge.startup import Start
from processing.services.loading import AlreadyLoaded, load_register


def load_company_register(start: Start) -> str:
    """Fill the register of a demonstration with the company's own facts, unless something is in it already."""
    try:
        loaded = load_register(at=start.at, by=start.by)
    except AlreadyLoaded:
        return _("Registeret er alt fylt.")
    return _("Registeret er fylt med %(count)d rader.") % {"count": loaded.total}
