"""How the calendar entry travels in a mail."""

from enum import StrEnum

from django.core.mail import EmailMultiAlternatives

from registrations.enums import CalendarMethod

FILE_NAME = "invite.ics"
SESSIONS_FILE_NAME = "sessions.ics"


class CalendarMode(StrEnum):
    """INVITE is what calendars recognize; ATTACH is for providers that refuse a text/calendar alternative."""

    INVITE = "invite"
    ATTACH = "attach"


def attach_calendar(mail: EmailMultiAlternatives, *, ics: bytes, method: str, mode: str) -> None:
    """Put the entry into the mail: as its last alternative and as a file with the same octets, or as a file only.

    The method parameter has to equal METHOD, or Exchange refuses the entry. Django adds the charset.
    """
    content_type = f"text/calendar; method={method}"
    if mode == CalendarMode.ATTACH:
        mail.attach(FILE_NAME, ics, content_type)
        return
    mail.attach_alternative(ics.decode(), content_type)
    mail.attach(FILE_NAME, ics, "application/ics")


def attach_file(mail: EmailMultiAlternatives, *, ics: bytes) -> None:
    """Put a file of several entries into the mail, to be imported: no calendar takes it for an invitation."""
    mail.attach(SESSIONS_FILE_NAME, ics, f"text/calendar; method={CalendarMethod.PUBLISH}")
