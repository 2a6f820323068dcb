"""Coming in as a member of staff where the way in is not what is tested."""

from django.conf import settings
from django.test import Client

from mktnorge.models import User


def bring_in(page, live_server, person: User) -> None:
    """Let the browser behind `page` be signed in as `person`, with a second factor, as `force_login` does."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
