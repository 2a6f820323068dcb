from collections.abc import Iterator

import pytest

from tests.site.mail_server import MailServer, listening


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A mail server that takes everything, and a site that sends its mail there."""
    with listening(MailServer()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server
