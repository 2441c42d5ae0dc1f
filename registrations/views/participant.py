"""A participant's own page, reached by the link in their mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from registrations.calendars.subscribe_links import subscribe_links
from registrations.details import PARTICIPANT
from registrations.enums import Action, Status
from registrations.errors import DomainError
from registrations.links import calendar_url, participant_token
from registrations.models import Meeting, Participant, Session
from registrations.operations.rejoin import rejoin
from registrations.operations.switch_language import switch_language
from registrations.operations.withdraw import withdraw
from registrations.queries.clocks import clocks_of
from registrations.queries.erasure import erasure_state
from registrations.queries.participants import sessions_attended
from registrations.queries.questions import answers_given
from registrations.queries.seating import wait_of
from registrations.rules.bilingual import wording_of
from registrations.rules.changes import AMENDABLE
from registrations.rules.clock_faces import ClockFace, ClockLabel, clock_faces
from registrations.rules.dates import weekday_text
from registrations.rules.joining import Joining, joining_of, may_see_the_room
from registrations.rules.transitions import next_status
from registrations.views.meeting_day import next_session
from registrations.views.personal_link import by_personal_link

_OPERATIONS = {"withdraw": withdraw, "rejoin": rejoin}


@dataclass(frozen=True)
class _Attendance:
    """One session on the page: its day and clocks, and the way into the room. It `may_return` if it is cancelled and still to come."""

    session: Session
    day: str
    faces: list[ClockFace]
    joining: Joining
    may_return: bool


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def participant(request: HttpRequest, person: Participant) -> HttpResponse:
    """Where the registration stands, what is on record, the sessions; POST withdraws, comes back or switches the language of the mails."""
    operation = _operation(request) if request.method == "POST" else None
    if operation is None:
        return _page(request, person)
    try:
        operation(person, actor=PARTICIPANT, now=timezone.now())
    except DomainError as refusal:
        return _page(request, person, refusal=refusal)
    return redirect(request.path)


@require_safe
@by_personal_link
def join(request: HttpRequest, person: Participant, number: int) -> HttpResponse:
    """On to the meeting room while it is open, for somebody confirmed; otherwise back to the page, which says when."""
    session = next((session for session in sessions_attended(person) if session.number == number), None)
    if session and _can_join(person, session, now=timezone.now()):
        return HttpResponseRedirect(person.meeting.join_url)
    return redirect("registrations:participant", participant_token(person))


def _operation(request: HttpRequest) -> Callable[..., Participant] | None:
    """What the button does that was pressed, or None for one that is not on the page."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        return partial(switch_language, language=language)
    return _OPERATIONS.get(request.POST.get("action", ""))


def _page(request: HttpRequest, person: Participant, **context: Any) -> HttpResponse:
    language, now = get_language() or "en", timezone.now()
    clocks, sessions = clocks_of(person.meeting), sessions_attended(person)
    context |= {
        "meeting": person.meeting,
        "person": person,
        "token": participant_token(person),
        "status": Status(person.status),
        "wait": wait_of(person) if person.status == Status.WAITING else None,
        "attendances": [_attendance(session, clocks=clocks, language=language, now=now) for session in sessions],
        "takes_part": person.status == Status.CONFIRMED and not all(session.is_cancelled for session in sessions),
        "next": next_session(person, sessions, clocks=clocks, language=language, now=now),
        "can_withdraw": next_status(Status(person.status), Action.WITHDRAW) is not None,
        "can_rejoin": next_status(Status(person.status), Action.REJOIN) is not None,
        "erasure": erasure_state(person),
        "can_amend": person.status in AMENDABLE,
        "answers": answers_given(person, meeting=person.meeting),
        "other_languages": [code for code, _name in settings.LANGUAGES if code != person.language],
        "has_room": _may_see_the_room(person),
        "subscribe_links": subscribe_links(calendar_url(person), name=_title(person.meeting)),
    }
    return render(request, "registrations/participant.html", context)


def _attendance(session: Session, *, clocks: list[ClockLabel], language: str, now: datetime) -> _Attendance:
    faces = clock_faces(clocks, session.starts_at, session.ends_at, language=language)
    may_return = session.is_cancelled and now < session.ends_at
    return _Attendance(session, weekday_text(faces[0].start, language=language), faces, joining_of(session, now=now), may_return)


def _title(meeting: Meeting) -> str:
    return wording_of(meeting, "title", language=get_language() or "en").text


def _can_join(person: Participant, session: Session, *, now: datetime) -> bool:
    return _may_see_the_room(person) and joining_of(session, now=now) == Joining.OPEN


def _may_see_the_room(person: Participant) -> bool:
    return may_see_the_room(Status(person.status), join_url=person.meeting.join_url)
