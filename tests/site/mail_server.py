"""A mail server on this machine for tests: it takes mail, refuses it or breaks off, as it is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """`answer` is what it says to the text of a mail: a line of SMTP, or None to hang up without a word."""

    answer: str | None = "250 OK"
    to_recipients: str = "250 OK"
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipients.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipients

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer is None:
            server.transport.close()
            return "451 gone"
        if self.answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos, envelope.content))
        return self.answer


@contextmanager
def listening(server: MailServer) -> Iterator[MailServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
