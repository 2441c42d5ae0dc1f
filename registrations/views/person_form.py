"""Correcting one person: the form with what is on record, for the participant and for the focal point alike."""

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from registrations.details import Actor
from registrations.enums import Status
from registrations.errors import ChangedMeanwhile, DomainError
from registrations.forms.honorifics import honorifics
from registrations.forms.participant import ParticipantForm, choices_of
from registrations.forms.questions import Files, typed_in
from registrations.forms.seen import FIELD, brought_up_to_date, read_seen, sealed
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.operations.resubmit import resubmit
from registrations.queries.change_words import ChangeLine, change_lines
from registrations.queries.meetings import window_of
from registrations.queries.offer import Offer
from registrations.queries.participants import person_on_record
from registrations.rules.changes import AMENDABLE, everything_is_open, too_late
from registrations.views.answer_files import with_files


@dataclass
class PersonPage:
    """`back` is the address to which one returns, `back_label` what it is called, `place` where on that page the person stands."""

    request: HttpRequest
    person: Participant
    actor: Actor
    back: str
    back_label: str
    place: str = ""
    files: Files = field(default_factory=Files)

    @cached_property
    def offer(self) -> Offer:
        return Offer(self.person.delegation.type, get_language() or "en")

    def answer(self) -> HttpResponse:
        """The form; a POST corrects, or sends a returned registration in again."""
        if self.person.status not in AMENDABLE:
            return redirect(self.back)
        data = self._posted() if self.request.method == "POST" else None
        form = self._form(data)
        if data is None or not form.is_valid():
            return self._show(form)
        operation = resubmit if self.person.status == Status.RETURNED else amend
        seen = read_seen(str(data.get(FIELD, "")))
        try:
            operation(self.person, details=form.details(), actor=self.actor, now=timezone.now(), seen=seen)
        except ChangedMeanwhile as refusal:
            return self._show_again(form, data, refusal)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self._show(form)
        return redirect(f"{self.back}?saved{self.place}")

    def _posted(self) -> QueryDict:
        form, now = str(self.person.pk), timezone.now()
        data, self.files = with_files(self.request, self.request.POST, questions=self.offer.questions, form=form, now=now)
        return data

    def _show_again(self, form: ParticipantForm, data: QueryDict, refusal: ChangedMeanwhile) -> HttpResponse:
        missed, on_record = refusal.facts["changes"], person_on_record(self.person)
        data = brought_up_to_date(data, typed=form.details(), missed=missed, on_record=on_record)
        again = self._form(data)
        again.add_error(None, str(refusal))
        return self._show(again, seen=str(data[FIELD]), missed=list(change_lines(missed, meeting=self.person.meeting)))

    def _form(self, data: QueryDict | None) -> ParticipantForm:
        offer, on_record = self.offer, person_on_record(self.person)
        initial = {**asdict(on_record), "sessions": sorted(on_record.sessions), **typed_in(on_record)}
        form = ParticipantForm(data, initial=initial, **choices_of(offer, files=self.files))
        form.keep_sessions(on_record.sessions & offer.cancelled.keys())
        window = window_of(self.person.meeting, offer.sessions, now=timezone.now())
        is_open = everything_is_open(Status(self.person.status), registration_is_open=window.is_open)
        for name in too_late(form.fields, registration_is_open=is_open):
            form.fields[name].disabled, form.fields[name].required = True, False
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
