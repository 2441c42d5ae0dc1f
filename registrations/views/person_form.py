"""Correcting one person: the form with what is on record, for the participant and for the focal point alike."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from registrations.details import Actor
from registrations.enums import Status
from registrations.errors import ChangedMeanwhile, DomainError
from registrations.forms.honorifics import honorifics
from registrations.forms.participant import ParticipantForm
from registrations.forms.seen import FIELD, brought_up_to_date, read_seen, sealed
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.operations.resubmit import resubmit
from registrations.queries.change_words import ChangeLine, change_lines
from registrations.queries.meetings import window_of
from registrations.queries.offer import Offer
from registrations.queries.participants import person_on_record
from registrations.rules.changes import AMENDABLE, everything_is_open, too_late


@dataclass
class PersonPage:
    """`back` is the address to which one returns, `back_label` what it is called, `place` where on that page the person stands."""

    request: HttpRequest
    person: Participant
    actor: Actor
    back: str
    back_label: str
    place: str = ""

    def answer(self) -> HttpResponse:
        """The form; a POST corrects, or sends a returned registration in again."""
        if self.person.status not in AMENDABLE:
            return redirect(self.back)
        form = self._form(self.request.POST or None)
        if self.request.method != "POST" or not form.is_valid():
            return self._show(form)
        operation = resubmit if self.person.status == Status.RETURNED else amend
        seen = read_seen(self.request.POST.get(FIELD, ""))
        try:
            operation(self.person, details=form.details(), actor=self.actor, now=timezone.now(), seen=seen)
        except ChangedMeanwhile as refusal:
            return self._show_again(form, refusal)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self._show(form)
        return redirect(f"{self.back}?saved{self.place}")

    def _show_again(self, form: ParticipantForm, refusal: ChangedMeanwhile) -> HttpResponse:
        missed, on_record = refusal.facts["changes"], person_on_record(self.person)
        data = brought_up_to_date(self.request.POST, typed=form.details(), missed=missed, on_record=on_record)
        again = self._form(data)
        again.add_error(None, str(refusal))
        return self._show(again, seen=str(data[FIELD]), missed=list(change_lines(missed, meeting=self.person.meeting)))

    def _form(self, data: QueryDict | None) -> ParticipantForm:
        language = get_language() or "en"
        offer = Offer(self.person.delegation.type, language)
        on_record = person_on_record(self.person)
        initial = {**asdict(on_record), "sessions": sorted(on_record.sessions)}
        form = ParticipantForm(data, initial=initial, session_choices=lambda: offer.session_choices, page_language=language)
        form.keep_sessions(on_record.sessions & offer.cancelled.keys())
        window = window_of(self.person.meeting, offer.sessions, now=timezone.now())
        is_open = everything_is_open(Status(self.person.status), registration_is_open=window.is_open)
        for name in too_late(form.fields, registration_is_open=is_open):
            form.fields[name].disabled = True
        form.mark(self.person.correction.get("fields", []))
        return form

    def _show(self, form: ParticipantForm, *, seen: str = "", missed: list[ChangeLine] | None = None) -> HttpResponse:
        context: dict[str, Any] = {
            "meeting": self.person.meeting,
            "person": self.person,
            "back": self.back,
            "back_label": self.back_label,
            "form": form,
            "seen": seen or self.request.POST.get(FIELD) or sealed(person_on_record(self.person)),
            "missed": missed,
            "wrong": [form[name] for name in self.person.correction.get("fields", []) if name in form.fields],
            "is_closed": any(field.disabled for field in form.fields.values()),
            "honorifics": honorifics(get_language() or "en"),
        }
        return render(self.request, "registrations/participant_edit.html", context)
