"""The mails of a participant in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from registrations.admin.meeting_time import meeting_time
from registrations.enums import Arrival, Delivery
from registrations.models import DeliveryEvent, Meeting, OutboxMessage
from registrations.queries.mail_state import BOUNCED

MAIL_STATES = (
    (BOUNCED, pgettext_lazy("mails of a participant", "came back")),
    (Delivery.FAILED.value, pgettext_lazy("mails of a participant", "failed")),
    (Delivery.UNCERTAIN.value, pgettext_lazy("mails of a participant", "in doubt")),
    (Delivery.QUEUED.value, pgettext_lazy("mails of a participant", "to be sent")),
    (Arrival.DEFERRED.value, pgettext_lazy("mails of a participant", "delayed")),
    (Delivery.SENT.value, pgettext_lazy("mails of a participant", "sent")),
    (Arrival.DELIVERED.value, pgettext_lazy("mails of a participant", "delivered")),
    ("none", pgettext_lazy("mails of a participant", "no mail")),
)


def mail_state_text(state: str) -> SafeString:
    """The words for what `with_mail_state` found; the class colours them, the words carry the meaning."""
    return format_html('<span class="mails-{}">{}</span>', state or "none", dict(MAIL_STATES)[state or "none"])


def state_text(message: OutboxMessage) -> str:
    """What became of a mail: how it arrived, where that is known, or how far it has come."""
    return str(message.get_arrival_display() or message.get_status_display())


@dataclass(frozen=True)
class MailLine:
    """One mail on its participant's page, with moments on the meeting's clock."""

    pk: UUID
    kind: Any
    session: str
    address: str
    status: Any
    owed_since: str
    sent: str


def mail_lines(messages: Iterable[OutboxMessage], *, meeting: Meeting) -> Iterator[MailLine]:
    """The mails in the order in which they were owed."""
    for mail in messages:
        yield MailLine(
            pk=mail.pk,
            kind=mail.get_kind_display(),
            session=str(mail.session or ""),
            address=mail.recipient_email,
            status=state_text(mail),
            owed_since=meeting_time(mail.created_at, meeting),
            sent=meeting_time(mail.sent_at, meeting),
        )


def event_lines(events: Iterable[DeliveryEvent], *, meeting: Meeting) -> list[tuple[str, str]]:
    """When and what was heard of a mail after it had left, on the meeting's clock."""
    return [(meeting_time(event.at, meeting), str(event)) for event in events]


def chase_text(mail: OutboxMessage | None, *, meeting: Meeting) -> str:
    """When somebody was written to and what became of that mail, or "" where they were not."""
    return f"{meeting_time(mail.sent_at or mail.created_at, meeting)}: {state_text(mail)}" if mail else ""
