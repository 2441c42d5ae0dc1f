"""Mail that a provider hands over by webhook; anymail has checked secret and signature by then (apps.py connects this)."""

import logging
from email.policy import SMTP
from typing import Any

from anymail.signals import AnymailInboundEvent
from django.utils import timezone
from django.utils.crypto import salted_hmac

from registrations.details import IncomingMail
from registrations.errors import TooManyAttempts
from registrations.inbound.bounces import file_bounce
from registrations.inbound.reading import read_mail
from registrations.operations.attempt import attempt
from registrations.operations.forward_letter import file_and_forward
from registrations.rules.rate_limits import Door

_AS_IT_CAME = SMTP.clone(refold_source="none", utf8=True, cte_type="8bit")

logger = logging.getLogger(__name__)


def take_in(sender: Any, event: AnymailInboundEvent, esp_name: str, **kwargs: Any) -> None:
    """File the mail of the event. Only a fault of the database leaves: the provider then sends the mail again."""
    now = timezone.now()
    content = _octets(event)
    mail = read_mail(content, is_disowned=_is_disowned(event))
    try:
        attempt(Door.INCOMING, key=_key(mail), now=now)
    except TooManyAttempts:
        logger.warning("incoming: too many mails of one author within an hour, one was not kept")
        return
    file_bounce(content, now=now)
    file_and_forward(mail, now=now)


def _octets(event: AnymailInboundEvent) -> bytes:
    try:
        return bytes(event.message.as_bytes(policy=_AS_IT_CAME))
    except Exception as error:  # the standard library raises anything on a broken mail
        logger.info("incoming: a mail cannot be written out (%s)", type(error).__name__)
        return str(event.event_id).encode()


def _is_disowned(event: AnymailInboundEvent) -> bool:
    """What the provider tells besides the mail: a verdict on spam, and Amazon SES on DMARC."""
    receipt = event.esp_event.get("receipt", {}) if isinstance(event.esp_event, dict) else {}
    return bool(event.message.spam_detected) or receipt.get("dmarcVerdict", {}).get("status") == "FAIL"


def _key(mail: IncomingMail) -> str:
    return salted_hmac("registrations.views.inbound_webhook", mail.sender).hexdigest()
