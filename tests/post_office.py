"""A mail provider for tests that keeps what it took, refuses, and sees workers die, as planned."""

from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

ACCEPT, REFUSE, DIE_BEFORE, DIE_AFTER = "accept", "refuse", "die before", "die after"


class Killed(BaseException):
    """The worker's process ends here."""


@dataclass(frozen=True)
class Mail:
    """One mail as the provider was given it."""

    at: datetime
    mailbox: str
    message_id: str
    content: bytes

    @property
    def texts(self) -> list[str]:
        """Everything that can be read in it, headers and parts."""
        mail = message_from_bytes(self.content, policy=policy.default)
        parts = [part.get_payload(decode=True).decode() for part in mail.walk() if not part.is_multipart()]
        return [*(str(value) for value in mail.values()), *parts]


@dataclass
class PostOffice:
    """`plan` says what happens to the next mails; after it every mail is taken. No mail sees two deaths.

    `lost` are the mails whose worker died before they were taken.
    """

    taken: list[Mail] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)
    lost: list[Mail] = field(default_factory=list)
    _deaths: set[str] = field(default_factory=set)

    def handle(self, mail: EmailMessage) -> None:
        outcome = self.plan.pop(0) if self.plan else ACCEPT
        message_id = mail.extra_headers["Message-ID"]
        if outcome in {DIE_BEFORE, DIE_AFTER} and message_id in self._deaths:
            outcome = ACCEPT
        given = self._given(mail)
        if outcome == REFUSE:
            raise SMTPRecipientsRefused({mail.to[0]: (451, b"4.3.0 Try again later")})
        if outcome == DIE_BEFORE:
            self.lost.append(given)
            self._die(message_id)
        self.taken.append(given)
        if outcome == DIE_AFTER:
            self._die(message_id)

    def _given(self, mail: EmailMessage) -> Mail:
        content = mail.message().as_bytes(linesep="\r\n")
        [address] = message_from_bytes(content, policy=policy.default)["To"].addresses
        return Mail(timezone.now(), address.addr_spec.lower(), mail.extra_headers["Message-ID"], content)

    def _die(self, message_id: str) -> None:
        self._deaths.add(message_id)
        self.plan = []
        raise Killed


class Backend(BaseEmailBackend):
    """`EMAIL_BACKEND = "tests.post_office.Backend"` hands every mail to the post office of the moment."""

    office = PostOffice()

    def send_messages(self, email_messages: Any) -> int:
        for mail in email_messages:
            self.office.handle(mail)
        return len(email_messages)
