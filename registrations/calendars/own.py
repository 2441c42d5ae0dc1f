"""A participant's own sessions as a file or a feed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils.translation import gettext, override

from registrations.calendars.entries import invitation_of, location_of, uid_of
from registrations.calendars.publishing import feed, published
from registrations.enums import Status
from registrations.links import calendar_url, programme_url
from registrations.models import Invitation, Participant, Session
from registrations.queries.clocks import session_faces
from registrations.rules.bilingual import wording_of

if TYPE_CHECKING:
    from icalendar import Calendar, Event


@transaction.atomic
def own_calendar(participant: Participant, *, now: datetime) -> bytes:
    """The sessions of a confirmed participant under the UIDs of their invitations; without any session for everybody else.

    A cancelled session stays, as cancelled, until it would have been over. The UIDs are made here if the first mail has not left yet.
    """
    file = _feed(participant)
    if participant.status == Status.CONFIRMED:
        for session in _sessions(participant, now=now):
            file.add_component(_event(session, participant))
    return bytes(file.to_ical())


def _feed(participant: Participant) -> Calendar:
    meeting, language = participant.meeting, participant.language
    title = wording_of(meeting, "title", language=language).text
    with override(language):
        name, description = gettext("My sessions: %(title)s") % {"title": title}, gettext("The sessions for which you are registered.")
    return feed(
        language=language,
        name=name,
        description=description,
        page=programme_url(meeting, language=language),
        address=calendar_url(participant),
    )


def _sessions(participant: Participant, *, now: datetime) -> list[Session]:
    invitations = Invitation.objects.filter(mailbox=participant.mailbox)
    sent = invitations.annotate(last_sequence=Max("revisions__sequence"), last_dtstamp=Max("revisions__dtstamp"))
    sessions = participant.sessions.exclude(is_cancelled=True, ends_at__lte=now).select_related("meeting")
    return list(sessions.prefetch_related("meeting__clocks", Prefetch("invitations", sent)))


def _event(session: Session, participant: Participant) -> Event:
    language = participant.language
    invitation = next(iter(session.invitations.all()), None) or invitation_of(session, mailbox=participant.mailbox, created_at=participant.created_at)
    told_at = getattr(invitation, "last_dtstamp", None) or invitation.created_at
    return published(
        session,
        uid=uid_of(invitation),
        language=language,
        sequence=getattr(invitation, "last_sequence", None) or 0,
        changed_at=max(session.meeting.changed_at, told_at),
        created_at=invitation.created_at,
        description="\n".join(face.text for face in session_faces(session, language=language)),
        location=location_of(session, language=language),
        organizer=invitation.organizer,
    )
