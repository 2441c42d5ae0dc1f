"""The codes of `held_data` in words."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.details import CALENDAR, FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM
from registrations.enums import Answer, Arrival, Delivery, IncomingKind, ListKind, MessageKind, Role, Source, Status
from registrations.models import Meeting
from registrations.queries.held_data import SECRETARIAT
from registrations.queries.history import event_words, more_words
from registrations.queries.participants import field_label

register = template.Library()
_DOORS = {
    PUBLIC.label: pgettext_lazy("who did it", "on the sign-up form"),
    PARTICIPANT.label: pgettext_lazy("who did it", "by you, on your page"),
    FOCAL_POINT.label: pgettext_lazy("who did it", "by the delegation’s focal point"),
    SYSTEM.label: pgettext_lazy("who did it", "automatically"),
    CALENDAR.label: pgettext_lazy("who did it", "by your calendar"),
    SECRETARIAT: pgettext_lazy("who did it", "by the secretariat"),
}
_METHODS = {"REQUEST": _("invitation or update"), "CANCEL": _("cancellation")}
_WORDS = {
    "status": Status,
    "role": Role,
    "source": Source,
    "kind": MessageKind,
    "delivery": Delivery,
    "arrival": Arrival,
    "answer": Answer,
    "incoming": IncomingKind,
    "list": ListKind,
}


@register.filter
def in_words(code: str, of: str) -> Any:
    """`{{ mail.kind|in_words:"kind" }}`: the label of a code of the model."""
    words = _WORDS[of]
    return words(code).label if code in words.values else code


@register.filter
def event_in_words(entry: dict[str, Any], meeting: Meeting) -> str:
    """`{{ entry|event_in_words:meeting }}`: what happened to a registration, with the changes or the reason."""
    more, event = more_words(entry, meeting=meeting), str(event_words(entry["event"]))
    return f"{event}: {more}" if more else event


@register.filter
def door_in_words(door: str) -> Any:
    """By which door a change came."""
    return _DOORS[door]


@register.filter
def method_in_words(method: str) -> Any:
    """What a version of a calendar entry did."""
    return _METHODS[method]


@register.filter
def fields_in_words(fields: Any, meeting: Meeting) -> str:
    """`{{ names|fields_in_words:meeting }}`: the names of fields as labels."""
    return ", ".join(field_label(field, meeting=meeting) for field in fields)
