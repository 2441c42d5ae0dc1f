"""The records of a meeting that its file holds, so that what they were can be told beside what they are."""

from collections.abc import Callable, Mapping
from typing import Any

from registrations.models import Clock, DelegationType, Host, Meeting, PreparedReason, ProgrammeItem, Reminder, Session, Speaker

Records = Mapping[tuple[Any, ...], Any]

_KINDS: dict[Any, tuple[str, Callable[[Any], tuple[Any, ...]]]] = {
    DelegationType: ("meeting", lambda record: (record.code,)),
    Clock: ("meeting", lambda record: (record.order,)),
    Host: ("meeting", lambda record: (record.order,)),
    Reminder: ("meeting", lambda record: (record.minutes,)),
    PreparedReason: ("meeting", lambda record: (record.order,)),
    Session: ("meeting", lambda record: (record.number,)),
    ProgrammeItem: ("session__meeting", lambda record: (record.session.number, record.order)),
    Speaker: ("item__session__meeting", lambda record: (record.item.session.number, record.item.order, record.order)),
}
"""How each kind is found, and what tells one record from the others when it is written anew."""


def records_of(meeting: Meeting) -> Records:
    """The records as they are now, by kind and by what the file calls them; eight statements."""
    found: dict[tuple[Any, ...], Any] = {}
    for model, (path, key) in _KINDS.items():
        parents = path.rpartition("__")[0]
        rows = model._default_manager.filter(**{path: meeting})
        found |= {(model, *key(record)): record for record in (rows.select_related(parents) if parents else rows)}
    return found
