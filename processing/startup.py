"""The register's own steps of `manage.py start`."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from mktnorge.startup import Start
from processing.services.loading import AlreadyLoaded, SeedInvalid, load_register
from processing.services.notices import publish_demonstration


def load_company_register(start: Start) -> str:
    """Fill the register of a demonstration with the company's own facts, unless something is in it already."""
    try:
        loaded = load_register(at=start.at, by=start.by)
    except AlreadyLoaded:
        return _("Registeret finnes allerede.")
    except SeedInvalid as invalid:
        raise CommandError(str(invalid)) from invalid
    return _("Registeret er fylt med %(count)d rader.") % {"count": loaded.total}


def publish_first_notice(start: Start) -> str:
    """Publish version 1 in the name of the demonstration's leader, marked as a demonstration (decision 27)."""
    assert start.by is not None  # the step runs on a demonstration only, and there the leader is made first
    version = publish_demonstration(by=start.by, at=start.at)
    if version is None:
        return _("Personvernerklæringen finnes allerede.")
    return _("Personvernerklæringen er publisert som utgave %(number)d, merket som demonstrasjon.") % {
        "number": version.number
    }
