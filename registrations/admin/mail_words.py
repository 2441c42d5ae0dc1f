"""The mails of a participant in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from registrations.admin.meeting_time import meeting_time
from registrations.enums import Delivery
from registrations.models import Meeting, OutboxMessage

MAIL_STATES = (
    (Delivery.FAILED.value, pgettext_lazy("mails of a participant", "failed")),
    (Delivery.QUEUED.value, pgettext_lazy("mails of a participant", "to be sent")),
    (Delivery.SENT.value, pgettext_lazy("mails of a participant", "sent")),
    ("none", pgettext_lazy("mails of a participant", "no mail")),
)


def mail_state_text(state: str) -> SafeString:
    """The words for what `with_mail_state` found; the class colours them, the words carry the meaning."""
    return format_html('<span class="mails-{}">{}</span>', state or "none", dict(MAIL_STATES)[state or "none"])


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
            status=mail.get_status_display(),
            owed_since=meeting_time(mail.created_at, meeting),
            sent=meeting_time(mail.sent_at, meeting),
        )
