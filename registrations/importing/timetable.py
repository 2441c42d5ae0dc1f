"""The moments of a meeting file, read in the meeting's time zone and moved by whole days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from registrations.importing.files import FileError
from registrations.importing.json_node import Node
from registrations.rules.moving_dates import moved


@dataclass(frozen=True)
class Timetable:
    """Reads moments. `shift` keeps the wall clock of the time zone: 15:00 in Geneva stays 15:00 in summer."""

    zone: ZoneInfo
    shift: timedelta = timedelta()

    @classmethod
    def of(cls, meeting: Node, *, sessions: Iterable[Node], first_day: date | None) -> "Timetable":
        """The timetable whose earliest session begins on `first_day`, or where the file has it."""
        as_written = cls(_zone(meeting))
        earliest = min(as_written.local(session, "starts_at") for session in sessions)
        return cls(as_written.zone, (first_day - earliest.date()) if first_day else timedelta())

    def span(self, node: Node) -> dict[str, datetime]:
        """The columns starts_at and ends_at."""
        starts_at, ends_at = self.moment(node, "starts_at"), self.moment(node, "ends_at")
        if ends_at <= starts_at:
            raise FileError(f"{node.place('ends_at')}: it ends before it starts.")
        return {"starts_at": starts_at, "ends_at": ends_at}

    def moment(self, node: Node, key: str, **default: Any) -> Any:
        """The moment in UTC, or the default."""
        if default and node.text(key, **default) is default["default"]:
            return default["default"]
        return moved(self.local(node, key), by=self.shift, zone=self.zone)

    def local(self, node: Node, key: str) -> datetime:
        """The moment as written, on the meeting's wall clock."""
        text = node.text(key)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as trouble:
            raise FileError(f"{node.place(key)}: “{text}” is not a moment such as 2027-02-10T15:00:00.") from trouble
        return moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)


def _zone(meeting: Node) -> ZoneInfo:
    name = meeting.text("time_zone")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as trouble:
        raise FileError(f"{meeting.place('time_zone')}: “{name}” is not an IANA time zone such as America/Lima.") from trouble
