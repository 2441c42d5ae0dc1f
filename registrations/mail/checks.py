"""Can the mail backend carry a calendar entry the way CALENDAR_MODE says? Found out at the start, not at the first mail."""

from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailError
from anymail.message import AnymailMessage
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection

from registrations.mail.calendar_part import CalendarMode, attach_calendar

_PROBE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@register()
def check_calendar_mode(**kwargs: Any) -> list[CheckMessage]:
    """Build, without sending it, a probe mail with the backend in use."""
    if settings.CALENDAR_MODE not in set(CalendarMode):
        return [Error(f"CALENDAR_MODE is {settings.CALENDAR_MODE!r}.", hint="Set it to invite or to attach.", id="registrations.E001")]
    try:
        _build(_probe())
    except ImportError as error:
        problem = f"EMAIL_BACKEND is {settings.EMAIL_BACKEND}, which is no mail backend: {error}."
        return [Error(problem, hint="Set EMAIL_BACKEND to the name of one, or leave it unset and set EMAIL_URL.", id="registrations.E004")]
    except AnymailConfigurationError as error:
        problem = f"{settings.EMAIL_BACKEND} cannot start: {error}."
        return [Error(problem, hint="Set what it lacks in ANYMAIL, e.g. ANYMAIL=POSTMARK_SERVER_TOKEN=abc.", id="registrations.E005")]
    except (AnymailError, ImproperlyConfigured) as error:
        other_way = "Set CALENDAR_MODE=attach, or send" if settings.CALENDAR_MODE == CalendarMode.INVITE else "Send"
        problem = f"{settings.EMAIL_BACKEND} cannot carry calendar entries with CALENDAR_MODE={settings.CALENDAR_MODE}: {error}"
        return [Error(problem, hint=f"{other_way} over the provider's SMTP relay with EMAIL_URL.", id="registrations.E002")]
    return []


def _probe() -> EmailMultiAlternatives:
    headers, metadata = {"Message-ID": "<probe@example.org>"}, {"outbox_id": "probe"}
    mail: EmailMultiAlternatives = AnymailMessage(subject="Probe", body="Probe", to=["probe@example.org"], headers=headers, metadata=metadata)
    mail.attach_alternative("<p>Probe</p>", "text/html")
    attach_calendar(mail, ics=_PROBE, method="REQUEST", mode=settings.CALENDAR_MODE)
    return mail


def _build(mail: EmailMultiAlternatives) -> None:
    backend: Any = get_connection()
    if hasattr(backend, "build_message_payload"):
        backend.build_message_payload(mail, backend.send_defaults)
    else:
        mail.message()
