"""The focal point adds people to the delegation: typed, pasted, from a file, or those of the meeting before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from registrations.details import FOCAL_POINT
from registrations.errors import DomainError
from registrations.forms.draft import person_prefixes, with_count
from registrations.forms.honorifics import honorifics
from registrations.forms.participant import choices_of
from registrations.forms.people_rows import (
    MOST_ROWS,
    BasePeopleRows,
    ConsentForm,
    PeopleRows,
    PersonRow,
    Row,
    as_data,
    is_blank,
    rows_as_typed,
    without,
)
from registrations.forms.questions import Files
from registrations.importing.people_file import MOST_BYTES, TOO_LARGE, TOO_MANY_ROWS, ListRefused, cells_of_file, cells_of_paste
from registrations.importing.people_table import Table, read_people
from registrations.links import delegation_token
from registrations.models import Delegation, Participant
from registrations.operations.add_people import Added, add_people
from registrations.queries.last_delegation import people_of_last_time
from registrations.queries.meetings import window_of
from registrations.queries.offer import Offer
from registrations.views.answer_files import with_files
from registrations.views.personal_link import by_delegation_link

_COPIED = ("honorific", "given_names", "family_names", "role", "position", "institution", "email", "phone", "language", "accessibility_needs")


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def add(request: HttpRequest, group: Delegation) -> HttpResponse:
    """The table. Nothing is saved before the button that registers; then the good rows are, and the others stay."""
    page = _Page(request, group, timezone.now(), get_language() or "en")
    if request.method != "POST":
        return page.show([{}])
    rows = rows_as_typed(page.take_files())
    action = request.POST.get("action", "register")
    if action == "register":
        return page.register(rows)
    if action == "add":
        return page.show([*rows, {}][:MOST_ROWS])
    if action == "read":
        return page.read(rows)
    if action == "last":
        return page.take_over(rows)
    return page.show(without(rows, action) or [{}])


@dataclass
class _Page:
    request: HttpRequest
    group: Delegation
    now: datetime
    language: str
    files: Files = field(default_factory=Files)

    @cached_property
    def offer(self) -> Offer:
        return Offer(self.group.type, self.language)

    def take_files(self) -> QueryDict:
        """The data with the files that came along, which stay with the table from now on."""
        data = with_count(self.request.POST)
        form, prefixes = f"added to {self.group.pk}", person_prefixes(data)
        data, self.files = with_files(self.request, data, questions=self.offer.questions, form=form, now=self.now, prefixes=prefixes)
        return data

    @cached_property
    def last_people(self) -> list[Participant]:
        return people_of_last_time(self.group)

    @property
    def numbers(self) -> list[int]:
        return [session.number for session in self.offer.sessions]

    def read(self, rows: Sequence[Row]) -> HttpResponse:
        try:
            table = self._table()
        except ListRefused as refusal:
            return self.show(rows, list_refusal=str(refusal), pasted=self.request.POST.get("pasted", ""))
        together = [row for row in rows if not is_blank(row)] + list(table.rows)
        if len(together) > MOST_ROWS:
            return self.show(rows, list_refusal=str(TOO_MANY_ROWS), pasted=self.request.POST.get("pasted", ""))
        return self.show(together or [{}], unused=table.unused, read=len(table.rows))

    def _table(self) -> Table:
        upload = self.request.FILES.get("file")
        if upload and (upload.size or 0) > MOST_BYTES:
            raise ListRefused(TOO_LARGE)
        cells = cells_of_file(upload.read(), name=upload.name or "") if upload else []
        pasted = cells_of_paste(self.request.POST.get("pasted", ""))
        read = partial(read_people, sessions=self.numbers, language=self.language, questions=self.offer.questions)
        tables = [read(part) for part in (cells, pasted)]
        found = Table([row for table in tables for row in table.rows], [text for table in tables for text in table.unused])
        if not found.rows:
            raise ListRefused(gettext("There is nobody on this list. Paste the rows or choose a file first."))
        return found

    def take_over(self, rows: Sequence[Row]) -> HttpResponse:
        ticked = set(self.request.POST.getlist("last"))
        chosen: list[Row] = [
            {name: getattr(person, name) for name in _COPIED} | {"sessions": self.numbers} for person in self.last_people if str(person.pk) in ticked
        ]
        together = [row for row in rows if not is_blank(row)] + chosen
        if len(together) > MOST_ROWS:
            return self.show(rows, list_refusal=str(TOO_MANY_ROWS))
        return self.show(together or [{}])

    def register(self, rows: Sequence[Row]) -> HttpResponse:
        table, consent = self._bound(rows), ConsentForm(self.request.POST)
        table.is_valid()
        good = table.good
        if not consent.is_valid() or not good or table.non_form_errors():
            return self._render(table, consent=consent, nothing_typed=not table.filled)
        try:
            added = add_people(self.group, people=[row.details() for row in good], actor=FOCAL_POINT, now=self.now)
        except DomainError as refusal:
            return self._refused(refusal, table, good, consent)
        remaining = [row for row, form in zip(rows, table.forms, strict=False) if form in table.filled and form not in good]
        return self._answer(added, remaining)

    def _refused(self, refusal: DomainError, table: BasePeopleRows, good: Sequence[PersonRow], consent: ConsentForm) -> HttpResponse:
        if "person" in refusal.facts:
            good[refusal.facts["person"]].add_error(refusal.field, str(refusal))
            return self._render(table, consent=consent)
        return self._render(table, consent=consent, refusal=str(refusal))

    def _answer(self, added: Sequence[Added], remaining: Sequence[Row]) -> HttpResponse:
        there = [line.participant for line in added if not line.is_new]
        if not there and not remaining:
            return redirect(reverse("registrations:delegation", args=[delegation_token(self.group)]) + "?saved#people")
        return self.show(remaining or [{}], registered=len(added) - len(there), there=there, remaining=len(remaining), saved=True)

    def show(self, rows: Sequence[Row], **context: Any) -> HttpResponse:
        return self._render(self._bound(rows), consent=ConsentForm(initial={"consent": "consent" in self.request.POST}), **context)

    def _bound(self, rows: Sequence[Row]) -> BasePeopleRows:
        blank = {"language": self.language, "sessions": self.numbers, "role": ""}
        data = as_data(blank if is_blank(row) else row for row in rows)
        choices = choices_of(self.offer, files=self.files) | {"cancelled": self.offer.cancelled}
        return PeopleRows(data, prefix="participants", form_kwargs=choices)

    def _render(self, table: BasePeopleRows, **context: Any) -> HttpResponse:
        meeting = self.group.type.meeting
        context |= {
            "meeting": meeting,
            "delegation": self.group,
            "token": delegation_token(self.group),
            "window": window_of(meeting, self.offer.sessions, now=self.now),
            "sessions": self.offer.session_choices,
            "table": table,
            "to_mend": len(table.filled) - len(table.good),
            "last_people": self.last_people,
            "honorifics": honorifics(self.language),
        }
        return render(self.request, "registrations/delegation_add.html", context)
