"""Do calendars ask for an answer, and is there somebody to read it? Said at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register

from dialogo.environment import GIVEN_BY_WEBHOOKS

_WHY = {
    "off": "Calendars ask for no answer, because nobody reads answers (REPLIES=off).",
    "webhook": "Calendars ask for an answer, because the provider hands over what comes back (REPLIES=webhook).",
    "mailbox": "Calendars ask for an answer, because the mailbox is read (REPLIES=mailbox).",
}
_HOW = {
    "off": "Set REPLIES to webhook or mailbox once mail to the address of DEFAULT_FROM_EMAIL is read.",
    "webhook": "Let the provider post raw mail to /anymail/PROVIDER/inbound/ with the secret.",
    "mailbox": "Run `manage.py read_replies MAILDIR_OR_IMAP` every few minutes.",
}


@register()
def check_webhook(**kwargs: Any) -> list[CheckMessage]:
    """An error where calendars ask for answers that nobody could hand over."""
    if settings.REPLIES != "webhook" or settings.ANYMAIL_WEBHOOK_SECRET:
        return []
    problem = "REPLIES=webhook, but without ANYMAIL_WEBHOOK_SECRET there is no webhook, so every answer would be lost."
    return [Error(problem, hint=f"Set {GIVEN_BY_WEBHOOKS}.", id="registrations.E003")]


@register(deploy=True)
def check_replies(**kwargs: Any) -> list[CheckMessage]:
    """Which it is and why. Told by `check --deploy` only: every command would print it."""
    return [Info(_WHY[settings.REPLIES], hint=_HOW[settings.REPLIES], id="registrations.I001")]
