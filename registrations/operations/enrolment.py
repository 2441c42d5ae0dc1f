"""What every way into a delegation has in common: who may come in, in which status, and what they are told.

Called with the meeting locked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from registrations.details import PUBLIC, Actor, Person
from registrations.enums import Limit, MessageKind, Source, Status
from registrations.errors import ListedTwice, RegistrationNotOpen, SeatsMissing
from registrations.models import Delegation, DelegationType, HistoryEntry, OutboxMessage, Participant, Session
from registrations.operations.answer_questions import claim_documents, refuse_answers
from registrations.operations.calendar_entries import calendar_mails
from registrations.operations.choose_sessions import refuse_sessions
from registrations.operations.status import history_of
from registrations.outbox import message_to
from registrations.queries.meetings import window_of
from registrations.rules.admission import admission, refused_for
from registrations.rules.capacity import Seating
from registrations.rules.names import mailbox_key, name_key
from registrations.rules.registration_window import takes_registrations

_NOTICES = {Status.PENDING: MessageKind.RECEIVED, Status.WAITING: MessageKind.WAITING}
Key = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One person who comes in: a new participant, or the one who was registered before and stays as they are.

    `full` is the limit that keeps them waiting; their place in the queue goes into their own mail alone, as it would tell who was there before.
    """

    person: Person
    participant: Participant
    announced: Status
    is_new: bool
    full: Limit | None = None
    place_in_queue: int | None = None


def refuse_what_cannot_be(
    people: Sequence[Person], *, delegation_type: DelegationType, sessions: Sequence[Session], actor: Actor = PUBLIC, now: datetime
) -> None:
    """Raise RegistrationNotOpen, UnknownSession, SessionCancelled, AnswerMissing, AnswerNotOffered or ListedTwice.

    Organizers register people before it opens and after it has closed as well.
    """
    refuse_unless_open(sessions, actor=actor, now=now)
    for index, person in enumerate(people):
        refuse_sessions(person.sessions, sessions=sessions, person=index)
    refuse_answers(people, delegation_type=delegation_type, actor=actor)
    _refuse_listed_twice(people)


def refuse_without_seats(number: int, *, delegation: Delegation, seating: Seating) -> None:
    """Raise SeatsMissing where the delegation's type keeps no waiting list and so many people do not fit."""
    each, tightest = delegation.type, seating.tightest((delegation.type_id, delegation.pk))
    room = refused_for(number, is_reviewed=each.is_reviewed, keeps_waiting_list=each.keeps_waiting_list, tightest=tightest)
    if room:
        raise SeatsMissing(limit=room.limit, seats=room.seats, left=room.left, people=number)


def registered_already(delegation: Delegation, *, people: Iterable[Person]) -> dict[Key, Participant]:
    """Those of the people who are in this delegation, by `key_of`; somebody may be in two delegations of one meeting."""
    mailboxes = {mailbox_key(person.email) for person in people}
    known = Participant.objects.filter(delegation_id=delegation.pk, mailbox__in=mailboxes).exclude(status=Status.WITHDRAWN)
    return {(participant.mailbox, participant.name_key): participant for participant in known}


def key_of(person: Person) -> Key:
    """Under which two persons are the same one."""
    return mailbox_key(person.email), name_key(person.full_name)


def lines_of(
    people: Iterable[Person],
    *,
    delegation: Delegation,
    twins: Mapping[Key, Participant],
    place: int,
    seating: Seating,
    source: Source,
    now: datetime,
) -> list[Line]:
    """One line for each person, the new participants unsaved, in the delegation's order after `place`."""
    lines = []
    for person in people:
        full = seating.full((delegation.type_id, delegation.pk))
        status = admission(is_reviewed=delegation.type.is_reviewed, full=full)
        limit = full.limit if full and status == Status.WAITING else None
        twin = twins.get(key_of(person))
        if twin:
            lines.append(Line(person, twin, status, is_new=False, full=limit))
            continue
        place += 1
        participant = _participant(person, delegation=delegation, order=place, status=status, source=source, now=now)
        queued = _seat_or_queue(delegation, limit=limit, status=status, seating=seating)
        lines.append(Line(person, participant, status, is_new=True, full=limit, place_in_queue=queued))
    return lines


def save(lines: Iterable[Line], *, sessions: Sequence[Session], actor: Actor, now: datetime) -> list[HistoryEntry]:
    """Write down the new ones among the lines, with the files that answer questions; their history entries. Raises DocumentGone."""
    new = [line for line in lines if line.is_new]
    Participant.objects.bulk_create(line.participant for line in new)
    for line in new:
        if line.participant.answers:
            claim_documents(line.participant, is_new=True)
    attends = Participant.sessions.through
    attends.objects.bulk_create(
        attends(participant=line.participant, session=session) for line in new for session in _attended(line, sessions=sessions)
    )
    return HistoryEntry.objects.bulk_create(history_of(line.participant, event="register", actor=actor, now=now) for line in new)


def letters(lines: Iterable[Line], *, key: object, sessions: Sequence[Session], now: datetime) -> Iterator[OutboxMessage]:
    """What the new ones are told; a mailbox shared by several is invited to a session once. `key` tells this occasion from others."""
    invited: set[tuple[str, int]] = set()
    for line in (line for line in lines if line.is_new):
        if line.announced == Status.CONFIRMED:
            uninvited = [session for session in _attended(line, sessions=sessions) if (line.participant.mailbox, session.pk) not in invited]
            invited.update((line.participant.mailbox, session.pk) for session in uninvited)
            yield from calendar_mails(line.participant, MessageKind.INVITATION, sessions=uninvited, key=key, now=now)
        else:
            facts: dict[str, Any] = {"full": line.full.value, "place": line.place_in_queue} if line.full else {}
            yield message_to(line.participant, _NOTICES[line.announced], key=f"{line.participant.pk}:{key}", now=now, **facts)


def refuse_unless_open(sessions: Sequence[Session], *, actor: Actor = PUBLIC, now: datetime) -> None:
    """Raise RegistrationNotOpen unless the meeting of these, all its sessions, is published and takes registrations from this actor."""
    if not sessions:
        raise RegistrationNotOpen
    meeting = sessions[0].meeting
    if not meeting.is_published or not takes_registrations(window_of(meeting, sessions, now=now), is_organizer=actor.user_id is not None):
        raise RegistrationNotOpen


def _refuse_listed_twice(people: Iterable[Person]) -> None:
    seen: set[Key] = set()
    for index, person in enumerate(people):
        key = key_of(person)
        if key in seen:
            raise ListedTwice(person=index, name=person.full_name)
        seen.add(key)


def _seat_or_queue(delegation: Delegation, *, limit: Limit | None, status: Status, seating: Seating) -> int | None:
    """Count the new participant in; the place in the queue of somebody who waits."""
    place = delegation.type_id, delegation.pk
    if status == Status.CONFIRMED:
        seating.take(place)
    return seating.queue(place, limit=limit) if limit else None


def _participant(person: Person, *, delegation: Delegation, order: int, status: Status, source: Source, now: datetime) -> Participant:
    return Participant(
        **columns_of(person),
        meeting=delegation.type.meeting,
        delegation=delegation,
        order=order,
        status=status,
        source=source,
        consented_at=now,
        created_at=now,
    )


def columns_of(person: Person) -> dict[str, Any]:
    """What a person brings to the columns of a participant; the sessions are kept in a table of their own."""
    return {name: value for name, value in asdict(person).items() if name != "sessions"}


def _attended(line: Line, *, sessions: Iterable[Session]) -> list[Session]:
    return [session for session in sessions if session.number in line.person.sessions]
