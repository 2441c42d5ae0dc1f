"""The parts of a mail for reading at the desk."""

from dataclasses import dataclass
from datetime import datetime

from csp.constants import NONE, SELF, UNSAFE_INLINE

from registrations.mail import preview
from registrations.models import OutboxMessage

MAIL_POLICY = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF, "data:"], "frame-ancestors": [SELF], "sandbox": True}
"""Of a page that is nothing but the HTML part of a mail."""


@dataclass(frozen=True)
class MailParts:
    """All empty where the mail is no longer needed."""

    subject: str = ""
    text: str = ""
    html: str = ""
    calendar: str = ""


def mail_parts(message: OutboxMessage, *, now: datetime) -> MailParts:
    """What the mail would be if it were sent now; nothing is written."""
    mail = preview(message, now=now)
    if mail is None:
        return MailParts()
    alternatives = {mimetype.partition(";")[0]: content for content, mimetype in mail.alternatives}
    attached = {mimetype.partition(";")[0]: content for _name, content, mimetype in mail.attachments}
    calendar = alternatives.get("text/calendar") or attached.get("text/calendar", "")
    return MailParts(mail.subject, mail.body, _text(alternatives.get("text/html", "")), _text(calendar))


def _text(content: str | bytes) -> str:
    return content.decode() if isinstance(content, bytes) else content
