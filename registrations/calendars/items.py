"""What happens within a session, for the text of a calendar entry."""

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from registrations.models import ProgrammeItem, Session, Speaker
from registrations.rules.bilingual import wording_of
from registrations.rules.speakers import names_home


class Item(NamedTuple):
    """One item: its hours on the meeting's own clock, and a line for its description and for each speaker."""

    hours: str
    title: str
    is_certain: bool
    lines: list[str]


def items_of(session: Session, *, language: str) -> list[Item]:
    """Everything that the programme says of the session's items, so that whoever is told of a change has it in their calendar."""
    zone = ZoneInfo(session.meeting.time_zone)
    prefetch_related_objects([session], "items__speakers")
    return [_item(item, zone, language=language) for item in session.items.all()]


def _item(item: ProgrammeItem, zone: ZoneInfo, *, language: str) -> Item:
    hours = f"{item.starts_at.astimezone(zone):%H:%M}-{item.ends_at.astimezone(zone):%H:%M}"
    description = wording_of(item, "description", language=language).text
    lines = [*([description] if description else []), *(_introduced(speaker, language=language) for speaker in item.speakers.all())]
    return Item(hours, wording_of(item, "title", language=language).text, item.time_confirmed, lines)


def _introduced(speaker: Speaker, *, language: str) -> str:
    """E.g. "Col. Juan José López Demuth, Executive Secretary, National Demining Commission, Chile"."""
    return ", ".join(_particulars(speaker, language=language))


def _particulars(speaker: Speaker, *, language: str) -> Iterator[str]:
    honorific, office, country = (wording_of(speaker, field, language=language).text for field in ("honorific", "office", "country"))
    if speaker.name:
        yield f"{honorific} {speaker.name}".strip()
    yield office
    if country and not names_home(office, country=country):
        yield country
