"""Register a delegation with its participants."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from registrations.details import Actor, Person, SignUp
from registrations.enums import Limit, MessageKind, Source, Status
from registrations.errors import ListedTwice, RegistrationNotOpen, SeatsMissing, UnknownSession
from registrations.models import Delegation, DelegationType, HistoryEntry, OutboxMessage, Participant, Session, Submission
from registrations.models.participant import new_reference
from registrations.operations.calendar_entries import invitation
from registrations.operations.join_delegation import join_delegation
from registrations.operations.locking import lock_meeting_with_sessions
from registrations.operations.status import history_of
from registrations.outbox import digest_of, enqueue, message_to, summary_of
from registrations.queries.meetings import window_of
from registrations.queries.seating import seating_of
from registrations.rules.admission import admission, refused_for
from registrations.rules.capacity import Seating
from registrations.rules.names import mailbox_key, name_key

_NOTICES = {Status.PENDING: MessageKind.RECEIVED, Status.WAITING: MessageKind.WAITING}


@dataclass(frozen=True)
class _Line:
    """One person of the form: a new participant, or the one who was registered before and stays as they are.

    `full` is the limit that keeps them waiting; their place in the queue goes into their own mail alone, as it would tell who was there before.
    """

    person: Person
    participant: Participant
    announced: Status
    is_new: bool
    full: Limit | None = None
    place_in_queue: int | None = None

    def as_answered(self) -> dict[str, object]:
        reference = self.participant.reference if self.is_new else new_reference()
        name = f"{self.person.honorific} {self.person.given_names} {self.person.family_names}"
        answer = {"participant": self.participant.pk, "reference": reference, "name": " ".join(name.split()), "status": self.announced.value}
        return answer | ({"full": self.full.value} if self.full else {})


def register(delegation_type: DelegationType, *, details: SignUp, actor: Actor, now: datetime) -> Submission:
    """Write down everybody on one form and owe their mails; a form that was sent before gets its first answer again.

    Somebody registered already is left untouched and gets a mail with their link; the answer does not tell.
    Raises RegistrationNotOpen, UnknownEntity, EntityNotEligible, UnknownSession, ListedTwice or SeatsMissing.
    """
    try:
        with transaction.atomic():
            return _register(delegation_type, details=details, actor=actor, now=now)
    except (IntegrityError, SeatsMissing):
        answered = Submission.objects.filter(form_id=details.form_id).first()
        if answered is None:
            raise
        return answered


def _register(delegation_type: DelegationType, *, details: SignUp, actor: Actor, now: datetime) -> Submission:
    sessions = lock_meeting_with_sessions(delegation_type.meeting_id)
    _refuse_unless_open(sessions, now=now)
    _refuse_unknown_sessions(details.people, sessions=sessions)
    _refuse_listed_twice(details.people)
    delegation_type.meeting = sessions[0].meeting
    delegation, place = join_delegation(delegation_type, details=details, now=now)
    seating = seating_of(delegation_type.meeting, types=[delegation_type])
    _refuse_without_seats(details.people, delegation=delegation, seating=seating)
    lines = _lines(details.people, delegation=delegation, place=place, seating=seating, now=now)
    entries = _save([line for line in lines if line.is_new], sessions=sessions, actor=actor, now=now)
    submission = _answer(lines, details=details, delegation=delegation, now=now)
    digest = digest_of(entries, delegation=delegation, meeting_id=delegation_type.meeting_id, now=now)
    enqueue([*_messages(lines, details=details, submission=submission, sessions=sessions, now=now), *digest])
    return submission


def _refuse_unless_open(sessions: Sequence[Session], *, now: datetime) -> None:
    if not sessions:
        raise RegistrationNotOpen
    meeting = sessions[0].meeting
    window = window_of(meeting, sessions, now=now)
    if not window.is_open or not meeting.is_published:
        raise RegistrationNotOpen


def _refuse_unknown_sessions(people: Iterable[Person], *, sessions: Iterable[Session]) -> None:
    known = {session.number for session in sessions}
    for index, person in enumerate(people):
        if not person.sessions or not person.sessions <= known:
            raise UnknownSession(person=index)


def _refuse_listed_twice(people: Iterable[Person]) -> None:
    seen: set[tuple[str, str]] = set()
    for index, person in enumerate(people):
        key = _key(person)
        if key in seen:
            raise ListedTwice(person=index, name=person.full_name)
        seen.add(key)


def _refuse_without_seats(people: Sequence[Person], *, delegation: Delegation, seating: Seating) -> None:
    """Those registered already count as well: otherwise a full meeting would tell who they are."""
    each, tightest = delegation.type, seating.tightest((delegation.type_id, delegation.pk))
    room = refused_for(len(people), is_reviewed=each.is_reviewed, keeps_waiting_list=each.keeps_waiting_list, tightest=tightest)
    if room:
        raise SeatsMissing(limit=room.limit, seats=room.seats, left=room.left, people=len(people))


def _lines(people: Iterable[Person], *, delegation: Delegation, place: int, seating: Seating, now: datetime) -> list[_Line]:
    twins = _registered_already(delegation, people=people)
    lines = []
    for person in people:
        full = seating.full((delegation.type_id, delegation.pk))
        status = admission(is_reviewed=delegation.type.is_reviewed, full=full)
        limit = full.limit if full and status == Status.WAITING else None
        twin = twins.get(_key(person))
        if twin:
            lines.append(_Line(person, twin, status, is_new=False, full=limit))
            continue
        place += 1
        participant = _participant(person, delegation=delegation, order=place, status=status, now=now)
        queued = _seat_or_queue(delegation, limit=limit, status=status, seating=seating)
        lines.append(_Line(person, participant, status, is_new=True, full=limit, place_in_queue=queued))
    return lines


def _seat_or_queue(delegation: Delegation, *, limit: Limit | None, status: Status, seating: Seating) -> int | None:
    """Count the new participant in; the place in the queue of somebody who waits."""
    place = delegation.type_id, delegation.pk
    if status == Status.CONFIRMED:
        seating.take(place)
    return seating.queue(place, limit=limit) if limit else None


def _registered_already(delegation: Delegation, *, people: Iterable[Person]) -> dict[tuple[str, str], Participant]:
    """Those who are in this delegation already; somebody may be in two delegations of one meeting."""
    mailboxes = {mailbox_key(person.email) for person in people}
    known = Participant.objects.filter(delegation_id=delegation.pk, mailbox__in=mailboxes).exclude(status=Status.WITHDRAWN)
    return {(participant.mailbox, participant.name_key): participant for participant in known}


def _key(person: Person) -> tuple[str, str]:
    return mailbox_key(person.email), name_key(person.full_name)


def _participant(person: Person, *, delegation: Delegation, order: int, status: Status, now: datetime) -> Participant:
    return Participant(
        meeting=delegation.type.meeting,
        delegation=delegation,
        order=order,
        role=person.role,
        honorific=person.honorific,
        given_names=person.given_names,
        family_names=person.family_names,
        position=person.position,
        email=person.email,
        phone=person.phone,
        language=person.language,
        accessibility_needs=person.accessibility_needs,
        status=status,
        source=Source.PUBLIC_FORM,
        consented_at=now,
        created_at=now,
    )


def _save(lines: Sequence[_Line], *, sessions: Iterable[Session], actor: Actor, now: datetime) -> list[HistoryEntry]:
    Participant.objects.bulk_create(line.participant for line in lines)
    attends = Participant.sessions.through
    attends.objects.bulk_create(
        attends(participant=line.participant, session=session) for line in lines for session in _attended(line, sessions=sessions)
    )
    return HistoryEntry.objects.bulk_create(history_of(line.participant, event="register", actor=actor, now=now) for line in lines)


def _attended(line: _Line, *, sessions: Iterable[Session]) -> list[Session]:
    return [session for session in sessions if session.number in line.person.sessions]


def _answer(lines: Iterable[_Line], *, details: SignUp, delegation: Delegation, now: datetime) -> Submission:
    return Submission.objects.create(
        form_id=details.form_id, delegation=delegation, lines=[line.as_answered() for line in lines], address_key=details.address_key, created_at=now
    )


def _messages(
    lines: Sequence[_Line], *, details: SignUp, submission: Submission, sessions: Sequence[Session], now: datetime
) -> Iterator[OutboxMessage]:
    invited: set[tuple[str, int]] = set()
    for line in lines:
        if not line.is_new:
            yield message_to(line.participant, MessageKind.ALREADY_REGISTERED, key=f"{line.participant.pk}:{now:%Y-%m-%d}", now=now)
        elif line.announced == Status.CONFIRMED:
            uninvited = [session for session in _attended(line, sessions=sessions) if (line.participant.mailbox, session.pk) not in invited]
            invited.update((line.participant.mailbox, session.pk) for session in uninvited)
            yield from (invitation(line.participant, session=session, key=details.form_id, now=now) for session in uninvited)
        else:
            facts: dict[str, Any] = {"full": line.full.value, "place": line.place_in_queue} if line.full else {}
            yield message_to(line.participant, _NOTICES[line.announced], key=f"{line.participant.pk}:{details.form_id}", now=now, **facts)
    if mailbox_key(details.focal_point.email) not in {line.participant.mailbox for line in lines}:
        yield summary_of(submission, meeting_id=sessions[0].meeting_id, focal_point=details.focal_point, now=now)
