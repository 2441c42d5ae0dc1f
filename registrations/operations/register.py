"""Register a delegation with its participants."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from registrations.details import Actor, SignUp
from registrations.enums import MessageKind, Source
from registrations.errors import SeatsMissing
from registrations.models import Delegation, DelegationType, OutboxMessage, Session, Submission
from registrations.models.participant import new_reference
from registrations.operations.enrolment import Line, letters, lines_of, refuse_what_cannot_be, refuse_without_seats, registered_already, save
from registrations.operations.join_delegation import join_delegation
from registrations.operations.locking import lock_meeting_with_sessions
from registrations.outbox import digest_of, enqueue, message_to, summary_of
from registrations.queries.seating import seating_of
from registrations.rules.names import mailbox_key


def register(delegation_type: DelegationType, *, details: SignUp, actor: Actor, now: datetime) -> Submission:
    """Write down everybody on one form and owe their mails; a form that was sent before gets its first answer again.

    Somebody registered already is left untouched and gets a mail with their link; the answer does not tell.
    Raises RegistrationNotOpen, UnknownEntity, EntityNotEligible, UnknownSession, SessionCancelled, AnswerMissing, AnswerNotOffered,
    DocumentGone, ListedTwice or SeatsMissing.
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
    refuse_what_cannot_be(details.people, delegation_type=delegation_type, sessions=sessions, now=now)
    delegation_type.meeting = sessions[0].meeting
    delegation, place = join_delegation(delegation_type, details=details, now=now)
    seating = seating_of(delegation_type.meeting, types=[delegation_type])
    # Those registered already count as well: otherwise a full meeting would tell who they are.
    refuse_without_seats(len(details.people), delegation=delegation, seating=seating)
    twins = registered_already(delegation, people=details.people)
    lines = lines_of(details.people, delegation=delegation, twins=twins, place=place, seating=seating, source=Source.PUBLIC_FORM, now=now)
    entries = save(lines, sessions=sessions, actor=actor, now=now)
    submission = _answer(lines, details=details, delegation=delegation, now=now)
    digest = digest_of(entries, delegation=delegation, meeting_id=delegation_type.meeting_id, now=now)
    enqueue([*_messages(lines, details=details, submission=submission, sessions=sessions, now=now), *digest])
    return submission


def _answer(lines: Iterable[Line], *, details: SignUp, delegation: Delegation, now: datetime) -> Submission:
    return Submission.objects.create(
        form_id=details.form_id, delegation=delegation, lines=[_as_answered(line) for line in lines], address_key=details.address_key, created_at=now
    )


def _as_answered(line: Line) -> dict[str, object]:
    reference = line.participant.reference if line.is_new else new_reference()
    name = f"{line.person.honorific} {line.person.given_names} {line.person.family_names}"
    answer = {"participant": line.participant.pk, "reference": reference, "name": " ".join(name.split()), "status": line.announced.value}
    return answer | ({"full": line.full.value} if line.full else {})


def _messages(
    lines: Sequence[Line], *, details: SignUp, submission: Submission, sessions: Sequence[Session], now: datetime
) -> Iterator[OutboxMessage]:
    yield from letters(lines, key=details.form_id, sessions=sessions, now=now)
    for line in lines:
        if not line.is_new:
            yield message_to(line.participant, MessageKind.ALREADY_REGISTERED, key=f"{line.participant.pk}:{now:%Y-%m-%d}", now=now)
    if mailbox_key(details.focal_point.email) not in {line.participant.mailbox for line in lines}:
        yield summary_of(submission, meeting_id=sessions[0].meeting_id, focal_point=details.focal_point, now=now)
