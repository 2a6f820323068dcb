"""What stands on the front page of the admin. Each app adds its own panels, so that the site needs no word of theirs.

    register_panel(20, summary)

    def summary(request: HttpRequest) -> Panel | None:
        \"\"\"Return what this person sees, or None when it is none of their business.\"\"\"

A panel is asked for on every visit: it reads in a constant number of queries, and it never writes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A template, and what it is given as `panel`."""

    template: str
    content: Mapping[str, object]


Source = Callable[[HttpRequest], Panel | None]

_registered: dict[Source, int] = {}


def register_panel(order: int, source: Source) -> None:
    """Add a panel to the front page. Low `order` stands first."""
    _registered[source] = order


def panels_for(request: HttpRequest) -> list[Panel]:
    """Return the panels that the person behind `request` sees, in order."""
    shown = (source(request) for source in sorted(_registered, key=lambda source: _registered[source]))
    return [panel for panel in shown if panel is not None]
