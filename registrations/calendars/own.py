"""A participant's own sessions as a file or a feed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from registrations.calendars.entries import invitation_of, location_of, uid_of
from registrations.calendars.publishing import publication, published
from registrations.enums import Status
from registrations.models import Participant, Session
from registrations.queries.clocks import session_faces

if TYPE_CHECKING:
    from icalendar import Event


@transaction.atomic
def own_calendar(participant: Participant, *, now: datetime) -> bytes:
    """The sessions of a confirmed participant under the UIDs of their invitations; without any session for everybody else.

    A cancelled session stays, as cancelled, until it would have been over. The UIDs are made here if the first mail has not left yet.
    """
    file = publication(language=participant.language)
    if participant.status == Status.CONFIRMED:
        for session in (
            participant.sessions.exclude(is_cancelled=True, ends_at__lte=now).select_related("meeting").prefetch_related("meeting__clocks")
        ):
            file.add_component(_event(session, participant))
    return bytes(file.to_ical())


def _event(session: Session, participant: Participant) -> Event:
    language = participant.language
    invitation = invitation_of(session, mailbox=participant.mailbox, created_at=participant.created_at)
    last = invitation.revisions.order_by("sequence").last()
    return published(
        session,
        uid=uid_of(invitation),
        language=language,
        sequence=last.sequence if last else 0,
        changed_at=max(session.meeting.changed_at, last.dtstamp if last else invitation.created_at),
        created_at=invitation.created_at,
        description="\n".join(face.text for face in session_faces(session, language=language)),
        location=location_of(session, language=language),
        organizer=invitation.organizer,
    )
