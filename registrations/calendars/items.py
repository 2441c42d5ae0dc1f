"""What happens within a session, for the text of a calendar entry."""

from zoneinfo import ZoneInfo

from registrations.models import Session
from registrations.rules.bilingual import wording_of


def items_of(session: Session, *, language: str) -> list[tuple[str, str, bool]]:
    """Hours on the meeting's own clock, title, and whether the hours are certain."""
    zone = ZoneInfo(session.meeting.time_zone)
    return [
        (
            f"{item.starts_at.astimezone(zone):%H:%M}-{item.ends_at.astimezone(zone):%H:%M}",
            wording_of(item, "title", language=language).text,
            item.time_confirmed,
        )
        for item in session.items.all()
    ]
