"""The question that follows when somebody's calendar has refused a session: do they withdraw, or miss that session only?"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from registrations.details import PARTICIPANT
from registrations.enums import Action, Status
from registrations.errors import DomainError
from registrations.links import participant_token
from registrations.models import Participant, Session
from registrations.operations.amend import amend
from registrations.operations.withdraw import withdraw as withdraw_participant
from registrations.queries.clocks import clocks_of
from registrations.queries.meetings import window_of
from registrations.queries.participants import person_on_record, sessions_attended
from registrations.rules.changes import AMENDABLE, too_late
from registrations.rules.clock_faces import ClockLabel, clock_faces
from registrations.rules.dates import weekday_text
from registrations.rules.transitions import next_status
from registrations.views.personal_link import by_personal_link

Operation = Callable[..., Participant]


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def withdraw(request: HttpRequest, person: Participant) -> HttpResponse:
    """Asks; POST withdraws the whole registration, or takes the person out of one session of several."""
    operation = _operation(request, person) if request.method == "POST" else None
    if operation is None:
        return _ask(request, person)
    try:
        operation(person, actor=PARTICIPANT, now=timezone.now())
    except DomainError as refusal:
        return _ask(request, person, refusal=refusal)
    return redirect(f"{reverse('registrations:participant', args=[participant_token(person)])}?saved")


def _operation(request: HttpRequest, person: Participant) -> Operation | None:
    """What the button does that was pressed, or None for one that is not on the page."""
    if request.POST.get("action") == "withdraw":
        return withdraw_participant
    numbers, missed = {session.number for session in _taking_place(person)}, _number(request.POST.get("session", ""))
    if missed in numbers and len(numbers) > 1:
        on_record = person_on_record(person)
        return partial(amend, details=replace(on_record, sessions=on_record.sessions - {missed}), seen=on_record)
    return None


def _taking_place(person: Participant) -> list[Session]:
    """The person's sessions but for those cancelled: these cannot be missed."""
    return [session for session in sessions_attended(person) if not session.is_cancelled]


def _ask(request: HttpRequest, person: Participant, **context: Any) -> HttpResponse:
    sessions, clocks = _taking_place(person), clocks_of(person.meeting)
    refused = [session for session in sessions if session.number == _number(request.GET.get("session", ""))] or sessions
    context |= {
        "meeting": person.meeting,
        "person": person,
        "token": participant_token(person),
        "refused": [_line(session, clocks=clocks) for session in refused],
        "others": len(sessions) > 1,
        "can_withdraw": next_status(Status(person.status), Action.WITHDRAW) is not None,
        "can_drop": len(sessions) > 1 and _can_drop(person),
    }
    return render(request, "registrations/participant_withdraw.html", context)


def _line(session: Session, *, clocks: list[ClockLabel]) -> dict[str, Any]:
    language = get_language() or "en"
    faces = clock_faces(clocks, session.starts_at, session.ends_at, language=language)
    return {"session": session, "day": weekday_text(faces[0].start, language=language), "faces": faces}


def _can_drop(person: Participant) -> bool:
    window = window_of(person.meeting, list(person.meeting.sessions.all()), now=timezone.now())
    return person.status in AMENDABLE and not too_late({"sessions"}, registration_is_open=window.is_open)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
