"""Mails for tests: owed through the real doors, opened by readers that are not ours."""

import warnings
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

from django.core.mail import EmailMultiAlternatives

from registrations import mail
from registrations.enums import Delivery, MessageKind
from registrations.models import Meeting, OutboxMessage, Participant
from tests.make import NOW, a_meeting

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject


def a_coming_meeting(*, now: datetime, sessions: int = 2, **fields: Any) -> Meeting:
    """A meeting whose first session is thirty days after `now`, for tests on the real clock."""
    meeting = a_meeting(sessions=sessions, registration_closes_at=now + timedelta(days=20), **fields)
    for session in meeting.sessions.all():
        session.starts_at = now + timedelta(days=29 + session.number)
        session.ends_at = session.starts_at + timedelta(hours=3)
        session.save()
    return meeting


def owed(participant: Participant, kind: MessageKind, *, session: int | None = None) -> OutboxMessage:
    """The newest message of the kind that is owed to the participant's mailbox."""
    messages = OutboxMessage.objects.filter(kind=kind, mailbox=participant.mailbox, status=Delivery.QUEUED)
    if session:
        messages = messages.filter(session__number=session)
    message = messages.order_by("created_at").last()
    assert message is not None
    return message


def rendered(message: OutboxMessage, *, now: datetime = NOW) -> EmailMultiAlternatives:
    written = mail.render(message, now=now)
    assert written is not None
    return written


def sent(message: OutboxMessage, *, now: datetime = NOW) -> EmailMultiAlternatives:
    """Render the message and note it as sent, without a server."""
    written = rendered(message, now=now)
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.SENT, sent_at=now)
    return written


def opened(written: EmailMultiAlternatives | bytes) -> EmailMessage:
    """The mail as a mail program reads it."""
    content = written if isinstance(written, bytes) else written.message().as_bytes(linesep="\r\n")
    return message_from_bytes(content, policy=policy.default)


def octets(written: EmailMultiAlternatives) -> bytes:
    """The calendar entry as attached."""
    attached = opened(written).get_payload()[-1]
    assert isinstance(attached, EmailMessage)
    return attached.get_payload(decode=True)


def event_in(ics: bytes) -> Any:
    """The one VEVENT, read by vobject."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = vobject.readOne(ics.decode())
    assert len(file.vevent_list) == 1
    return file.vevent


def lines_of(ics: bytes) -> list[str]:
    """The content lines, unfolded."""
    return ics.decode().replace("\r\n ", "").split("\r\n")


def value_of(ics: bytes, name: str) -> str:
    """The value of the property's only line, with its parameters cut off."""
    [line] = [line for line in lines_of(ics) if line.partition(":")[0].partition(";")[0] == name]
    return line.partition(":")[2]


def names_in(ics: bytes) -> list[str]:
    """The property names of the VEVENT, sorted."""
    lines = lines_of(ics)
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    return sorted(line.partition(":")[0].partition(";")[0] for line in inside)


def words_of_html(html: str) -> str:
    """What a person reads in the body."""
    reader = _Reader()
    reader.feed(html[html.index("<body") :])
    return " ".join(reader.texts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
