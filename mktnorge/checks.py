"""What `manage.py check` says about the machine."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

from mktnorge.libraries import missing_packages


@register
def system_libraries(app_configs: object, **options: object) -> list[CheckMessage]:
    """Name the packages without which every PDF fails, before somebody asks for the first one."""
    missing = missing_packages()
    if not missing:
        return []
    return [
        Error(
            _("Bibliotekene som WeasyPrint lager PDF med, mangler: %(names)s.") % {"names": ", ".join(missing)},
            hint=_("På Debian: apt-get install %(names)s") % {"names": " ".join(missing)},
            id="mktnorge.E001",
        )
    ]


@register(deploy=True)
def demonstration_in_the_open(app_configs: object, **options: object) -> list[CheckMessage]:
    """Refuse a demonstration behind TLS: its four logins come in without a second factor."""
    if not (settings.DEMONSTRATION and settings.HTTPS):
        return []
    return [
        Error(
            _("DEMONSTRATION er true på et nettsted med HTTPS. Da slipper fire brukere inn uten et andre trinn."),
            hint=_("Sett DEMONSTRATION=false."),
            id="mktnorge.E002",
        )
    ]
