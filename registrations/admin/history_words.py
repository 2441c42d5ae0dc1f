"""A participant's history in the words of whoever reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.meeting_time import meeting_time
from registrations.details import FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM
from registrations.enums import Action, Status
from registrations.models import HistoryEntry, Meeting
from registrations.queries.change_words import change_lines

_EVENTS: dict[str, Any] = {
    "register": pgettext_lazy("history", "signed up"),
    "amend": pgettext_lazy("history", "data corrected"),
    "resend": pgettext_lazy("history", "mails sent again"),
    Action.CONFIRM: pgettext_lazy("history", "confirmed"),
    Action.WAIT: pgettext_lazy("history", "put on the waiting list"),
    Action.DECLINE: pgettext_lazy("history", "declined"),
    Action.WITHDRAW: pgettext_lazy("history", "withdrawn"),
    Action.RETURN: pgettext_lazy("history", "returned for correction"),
    Action.RESUBMIT: pgettext_lazy("history", "sent in again"),
    Action.SUBSTITUTE: pgettext_lazy("history", "place given to somebody else"),
    "take the place": pgettext_lazy("history", "put in the place of somebody else"),
    Action.REJOIN: pgettext_lazy("history", "taken back in"),
    "accept changes": pgettext_lazy("history", "changes accepted"),
    "promote": pgettext_lazy("history", "put first on the waiting list"),
}
_ACTORS: dict[str, Any] = {
    PUBLIC.label: _("sign-up form"),
    PARTICIPANT.label: _("the participant"),
    FOCAL_POINT.label: _("the focal point"),
    SYSTEM.label: _("automatic"),
}


@dataclass(frozen=True)
class HistoryLine:
    """What happened, who did it, the status afterwards, and the fields or the reason that belong to it."""

    at: str
    event: Any
    actor: Any
    status: Any
    more: str


def history_lines(entries: Iterable[HistoryEntry], *, meeting: Meeting) -> Iterator[HistoryLine]:
    """The entries in words, on the meeting's clock."""
    for entry in entries:
        status = Status(entry.status).label if entry.status in Status.values else entry.status
        event, actor = _EVENTS.get(entry.event, entry.event), _ACTORS.get(entry.actor, entry.actor)
        yield HistoryLine(meeting_time(entry.at, meeting), event, actor, status, _more(entry.facts, meeting=meeting))


def _more(facts: dict[str, Any], *, meeting: Meeting) -> str:
    if "changes" in facts:
        return "; ".join(f"{line.field}: {line.before} → {line.after}" for line in change_lines(facts["changes"], meeting=meeting))
    return str(facts.get("reason", facts.get("note", "")))
