"""Certificates of attendance."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override

from registrations.exports.room.sheet import sheet
from registrations.models import Meeting, Participant, Session
from registrations.queries.list_matter import conveners, names_of
from registrations.rules.bilingual import wording_of
from registrations.rules.clock_faces import joined
from registrations.rules.dates import date_text, days_text
from registrations.rules.posts import printed_post


def certificates(people: Sequence[Participant], *, meeting: Meeting, now: datetime) -> bytes:
    """A page for each of these people of the meeting, in the language of their correspondence, that names the sessions they were at.

    Only sessions that are over are named; somebody who was at none of them has no page.
    """
    pages = [_certificate(person, sessions, meeting=meeting, now=now) for person in people if (sessions := sessions_certified(person, now=now))]
    return sheet("certificates", {"pages": pages}, meeting=meeting, title=gettext("Certificates of attendance"), language="en", now=now)


def sessions_certified(person: Participant, *, now: datetime) -> list[Session]:
    """The sessions that are over at which the person was present, in order of time."""
    sessions = [presence.session for presence in person.presences.all()]
    return sorted((session for session in sessions if session.ends_at < now), key=lambda session: session.starts_at)


def _certificate(person: Participant, sessions: list[Session], *, meeting: Meeting, now: datetime) -> dict[str, Any]:
    language, zone = person.language, ZoneInfo(meeting.time_zone)
    entity = person.delegation.entity
    with override(language):
        took_part = gettext("took part in the following sessions of the meeting: %(sessions)s.")
        titles = joined([wording_of(session, "title", language=language).text for session in sessions], language=language)
        days = days_text([session.starts_at.astimezone(zone).date() for session in sessions], language=language)
        return {
            "language": language,
            "hosts": [wording_of(host, "name", language=language).text for host in conveners(meeting)],
            "heading": gettext("Certificate of attendance"),
            "opening": gettext("The secretariat of the meeting certifies that"),
            "name": person.styled_name,
            "position": printed_post(person.position, person.institution, represented=names_of(person.delegation)),
            "delegation": wording_of(entity, "name", language=language).text if entity else person.delegation.organization_name,
            "took_part": took_part % {"sessions": titles},
            "meeting": wording_of(meeting, "title", language=language).text,
            "when_and_where": ", ".join(filter(None, [wording_of(meeting, "place", language=language).text, days])),
            "signature": gettext("For the secretariat"),
            "date": date_text(now.astimezone(zone), language=language),
        }
