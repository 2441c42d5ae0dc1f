"""News of mails that have left, as a mail provider posts them to anymail's webhook.

Whatever goes wrong here answers 500, so that the provider posts the event again.
"""

import json
from hashlib import sha256
from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.utils import timezone

from registrations.mail.envelope import outbox_id
from registrations.models import OutboxMessage
from registrations.operations.record_arrival import record_arrival, record_departure
from registrations.rules.arrivals import arrival_of_event, is_acceptance

_NAMES_OF_KIND = ("event", "type", "Type")


def receive(sender: Any, event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Write down an event about one of our mails; nothing happens for any other mail and any other kind of event."""
    arrival = arrival_of_event(event.event_type, reason=event.reject_reason or "", kind=_kind(event), answer=event.mta_response or "")
    is_accepted = is_acceptance(event.event_type)
    message = _message(event) if arrival or is_accepted else None
    if message is None:
        return
    now = timezone.now()
    at = event.timestamp or now
    if arrival:
        record_arrival(message, arrival=arrival, key=_key(event, esp_name), at=at, now=now)
    else:
        record_departure(message, at=at)


def _kind(event: AnymailTrackingEvent) -> str:
    """What the provider itself calls it; Mailjet tells a soft bounce by a flag."""
    said = event.esp_event or {}
    kind = " ".join(str(said.get(name, "")) for name in _NAMES_OF_KIND)
    return f"{kind} {event.description or ''}" + (" soft" if said.get("hard_bounce") is False else "")


def _message(event: AnymailTrackingEvent) -> OutboxMessage | None:
    """By the key that travels with the mail; where the provider keeps none, by the Message-ID, the provider's or our own."""
    said = str(event.message_id or "")
    key = outbox_id(str((event.metadata or {}).get("outbox_id", ""))) or outbox_id(said)
    if key:
        return OutboxMessage.objects.filter(pk=key).first()
    return OutboxMessage.objects.filter(provider_id=said).first() if said else None


def _key(event: AnymailTrackingEvent, esp_name: str) -> str:
    """The same for the same event posted again; not every provider numbers its events."""
    identity = event.event_id or json.dumps(event.esp_event, sort_keys=True, default=str)
    return sha256(f"{esp_name}\n{event.event_type}\n{event.recipient}\n{identity}".encode()).hexdigest()
