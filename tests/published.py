"""Changes of the programme as organizers publish them."""

from datetime import datetime
from typing import Any

from registrations.models import Session
from registrations.operations.drafts import keep_draft
from registrations.operations.publish import Publication, publish
from tests.make import ORGANIZER


def publish_change(session: Session, *, now: datetime, **columns: Any) -> Publication:
    """Give the session these values at the desk and publish them."""
    session = Session.objects.select_related("meeting").get(pk=session.pk)
    for name, value in columns.items():
        setattr(session, name, value)
    keep_draft(session, meeting=session.meeting)
    return publish(session.meeting, actor=ORGANIZER, now=now)
