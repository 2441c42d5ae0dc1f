"""A real SMTP server on this machine that keeps what it receives and fails when told to."""

import asyncio
import socket
import threading
from dataclasses import dataclass, field
from enum import Enum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
ACCEPTED = "250 OK"


class Held(Enum):
    """At which of a sender's words the server falls silent."""

    NOTHING = "nothing"
    GREETING = "greeting"
    CONTENT = "content"


@dataclass(frozen=True)
class Received:
    """One mail as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class SmtpServer:
    """Listens on one port from `start` to `stop`, as often as wanted; `received` lives on."""

    port: int = field(default_factory=lambda: free_port())
    received: list[Received] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.host = HOST
        self.url = f"smtp://{HOST}:{self.port}"
        self._answers: dict[str, str] = {}
        self._content_answer = ACCEPTED
        self._controller: Controller | None = None
        self._open = threading.Event()
        self._open.set()
        self._knocked = threading.Event()
        self._holds = Held.NOTHING

    def start(self) -> None:
        self._controller = Controller(self, hostname=HOST, port=self.port, decode_data=False)
        self._controller.start()

    def stop(self) -> None:
        """From here on connections are refused, until `start`."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    def answer(self, recipient: str, reply: str) -> None:
        """Gives `reply` ("451 4.3.0 Try again later", "550 5.1.1 No such user") whenever a mail is for `recipient`."""
        self._answers[recipient] = reply

    def answer_content(self, reply: str) -> None:
        """Gives `reply` ("552 5.3.4 Too big") to the content of every mail."""
        self._content_answer = reply

    def accept_everything(self) -> None:
        """Forgets what `answer` and `answer_content` asked for."""
        self._answers.clear()
        self._content_answer = ACCEPTED

    def hold(self) -> None:
        """From here on a sender gets no answer to MAIL FROM, until `release`."""
        self._hold(Held.GREETING)

    def hold_content(self) -> None:
        """From here on the content of a mail is taken and not answered, until `release`."""
        self._hold(Held.CONTENT)

    def hang_up_on_content(self) -> None:
        """From here on the content of a mail is taken and the connection broken, until `accept_everything`."""
        self._content_answer = ""

    def _hold(self, what: Held) -> None:
        self._holds = what
        self._open.clear()
        self._knocked.clear()

    def release(self) -> None:
        self._open.set()

    def wait_for_a_sender(self, *, seconds: float = 20) -> None:
        """Returns once a sender waits for an answer since `hold`. Raises TimeoutError when none comes."""
        if not self._knocked.wait(seconds):
            raise TimeoutError("no sender came")

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        await self._wait_at(Held.GREETING)
        envelope.mail_from = address
        return ACCEPTED

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        reply = self._answers.get(address, ACCEPTED)
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self._content_answer in {ACCEPTED, ""}:
            self.received.append(Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
        await self._wait_at(Held.CONTENT)
        if not self._content_answer:
            server.transport.abort()
        return self._content_answer

    async def _wait_at(self, stage: Held) -> None:
        if self._holds != stage:
            return
        self._knocked.set()
        while not self._open.is_set():
            await asyncio.sleep(0.01)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
