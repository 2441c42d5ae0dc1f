"""The form for somebody who takes the place of another."""

from typing import Any

from registrations.forms.participant import ParticipantForm
from registrations.models import Participant
from registrations.queries.offer import Offer
from registrations.queries.participants import person_on_record


def newcomer_form(data: Any, *, leaving: Participant, page_language: str) -> ParticipantForm:
    """A blank form but for the function and the sessions of the one who leaves."""
    offer, on_record = Offer(leaving.delegation.type, page_language), person_on_record(leaving)
    initial = {"role": on_record.role, "sessions": sorted(on_record.sessions)}
    form = ParticipantForm(data, initial=initial, session_choices=lambda: offer.session_choices, page_language=page_language)
    form.keep_sessions(on_record.sessions & offer.cancelled.keys())
    return form
