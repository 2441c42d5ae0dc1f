"""The form for somebody who takes the place of another."""

from typing import Any

from registrations.forms.participant import ParticipantForm, choices_of
from registrations.forms.questions import Files
from registrations.models import Participant
from registrations.queries.offer import Offer
from registrations.queries.participants import person_on_record


def newcomer_form(data: Any, *, offer: Offer, leaving: Participant, files: Files) -> ParticipantForm:
    """A blank form but for the function and the sessions of the one who leaves."""
    on_record = person_on_record(leaving)
    initial = {"role": on_record.role, "sessions": sorted(on_record.sessions)}
    form = ParticipantForm(data, initial=initial, **choices_of(offer, files=files))
    form.keep_sessions(on_record.sessions & offer.cancelled.keys())
    return form
