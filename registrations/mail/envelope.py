"""The MIME message around a letter."""

import unicodedata
from email.headerregistry import Address
from email.utils import parseaddr
from uuid import UUID

from anymail.message import AnymailMessage
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from registrations.calendars.session_file import file_of
from registrations.enums import MessageKind
from registrations.mail.calendar_part import attach_calendar, attach_file
from registrations.mail.invitations import first_sent
from registrations.mail.letter import Letter
from registrations.models import OutboxMessage


def envelope(message: OutboxMessage, letter: Letter) -> EmailMultiAlternatives:
    """The mail to one recipient. Its Message-ID is the message's own, so that a mail sent twice can be told.

    A provider repeats the metadata whenever it has news of the mail; over SMTP they do not travel.
    """
    mail: EmailMultiAlternatives = AnymailMessage(
        subject=letter.subject,
        body=letter.text,
        to=[_mailbox(message.recipient_name, message.recipient_email)],
        reply_to=[letter.reply_to or message.meeting.contact_email],
        headers=_headers(message, letter),
        metadata={"outbox_id": str(message.pk)},
    )
    mail.attach_alternative(letter.html, "text/html")
    for file in letter.attachments:
        mail.attach(file.file_name, bytes(file.content), file.content_type)
    if message.kind == MessageKind.CALENDAR_FILE:
        attach_file(mail, ics=file_of(letter.revisions, language=message.language))
    elif letter.revisions:
        [revision] = letter.revisions
        attach_calendar(mail, ics=bytes(revision.ics), method=revision.method, mode=settings.CALENDAR_MODE)
    return mail


def message_id(message: OutboxMessage) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{message.pk}@{domain}>"


def outbox_id(text: str) -> UUID | None:
    """The key of the message whose Message-ID, or whose key itself, the text is; None for any other text."""
    try:
        return UUID(text.strip().strip("<>").partition("@")[0])
    except ValueError:
        return None


def _headers(message: OutboxMessage, letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(message),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": message.language,
    }
    first = first_sent(letter.revisions) if letter.revisions else None
    if first and first.pk != message.pk:
        headers |= {"In-Reply-To": message_id(first), "References": message_id(first)}
    return headers


def _mailbox(name: str, address: str) -> str:
    """`"Name" <address>` with the name quoted where it has to be; line breaks and other controls become spaces."""
    printable = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in name)
    return str(Address(display_name=" ".join(printable.split()), addr_spec=address))
