"""Correct what is on record about a participant."""

from collections.abc import Collection, Iterable
from datetime import datetime

from registrations.details import Actor, Person
from registrations.enums import Status
from registrations.errors import ChangedMeanwhile, NotAmendable, TooLateToChange
from registrations.models import HistoryEntry, Participant, Session
from registrations.operations.answer_questions import claim_documents, refuse_changed_answers, with_answers_kept
from registrations.operations.calendar_entries import owe_cancellations, owe_invitations
from registrations.operations.choose_sessions import refuse_sessions, with_cancelled_sessions
from registrations.operations.locking import lock_participant
from registrations.operations.standing import owe_standing
from registrations.operations.status import record
from registrations.operations.switch_language import translate_mails
from registrations.operations.take_back import readdress_letters
from registrations.operations.twins import refusing_twins
from registrations.queries.meetings import window_of
from registrations.queries.participants import person_on_record
from registrations.rules.changes import AMENDABLE, REVIEWED_FIELDS, Changes, changes, columns, outstanding, too_late
from registrations.rules.names import mailbox_key

_DERIVED = ("mailbox", "name_key", "search_text")
_NAMES = {"given_names", "family_names"}
"""What calendar entries call a person by."""


def amend(participant: Participant, *, details: Person, actor: Actor, now: datetime, seen: Person | None = None) -> Participant:
    """Write the corrected data; a confirmed participant's calendar follows changed sessions, names and a changed mailbox.

    What a participant or focal point changes after being confirmed waits for an organizer's eye if the type is reviewed;
    they stay confirmed meanwhile. Where mail came back from an address, the corrected one gets what that mail had told.
    `seen` is what the corrector had before their eyes. Raises NotAmendable, ChangedMeanwhile, TooLateToChange, UnknownSession,
    SessionCancelled, AnswerMissing, AnswerNotOffered, DocumentGone, or AlreadyRegistered when this would make the same person twice.
    """
    with refusing_twins(details.full_name):
        participant = lock_participant(participant)
        _refuse_unless_amendable(participant, actor=actor)
        details = with_answers_kept(with_cancelled_sessions(details, of=participant), of=participant)
        changed = changes(refuse_if_changed_meanwhile(participant, seen=seen), details)
        if changed:
            refuse_if_too_late(participant, changed, actor=actor, now=now)
            was_out_of_reach = participant.bounced_at is not None
            entry = write_changes(participant, details, changed=changed, event="amend", actor=actor, now=now)
            if was_out_of_reach and participant.bounced_at is None and participant.status != Status.CONFIRMED:
                owe_standing(participant, key=entry.pk, now=now)
        return participant


def write_changes(participant: Participant, details: Person, *, changed: Changes, event: str, actor: Actor, now: datetime) -> HistoryEntry:
    """Write what differs on the locked participant, with its history and the calendar mails that it owes."""
    refuse_changed_answers(details, of=participant, actor=actor)
    before = set(participant.sessions.all())
    after = chosen_sessions(participant, details=details)
    entry = record(participant, event=event, actor=actor, now=now, changes=changed)
    is_confirmed, moved = participant.status == Status.CONFIRMED, mailbox_key(details.email) != participant.mailbox
    participant.sessions.set(after)
    if is_confirmed:
        dropped, because = (before, "mailbox changed") if moved else (before - after, "session dropped")
        owe_cancellations(participant, sessions=_in_order(dropped), because=because, key=entry.pk, now=now)
    is_reviewed = is_confirmed and participant.delegation.type.is_reviewed and actor.user_id is None
    participant.to_review = outstanding(participant.to_review, changed, fields=REVIEWED_FIELDS if is_reviewed else ())
    written = columns(changed)
    for column in written:
        setattr(participant, column, getattr(details, column))
    if moved:
        participant.bounced_at = None
    participant.save(update_fields=[*written, "to_review", "bounced_at", *_DERIVED])
    if "answers" in written:
        claim_documents(participant, is_new=False)
    if moved:
        readdress_letters(participant)
    if is_confirmed:
        told_anew = after if moved or changed.keys() & _NAMES else after - before
        owe_invitations(participant, sessions=_in_order(told_anew), key=entry.pk, now=now)
    if "language" in changed:
        translate_mails(participant, sessions=_in_order(after), key=entry.pk, now=now)
    return entry


def _refuse_unless_amendable(participant: Participant, *, actor: Actor) -> None:
    if actor.user_id is None and participant.status not in AMENDABLE:
        raise NotAmendable(name=participant.full_name, status=Status(participant.status).label)


def refuse_if_changed_meanwhile(participant: Participant, *, seen: Person | None) -> Person:
    """What is on record about the locked participant; raises ChangedMeanwhile unless it is what was `seen`, if that is known."""
    on_record = person_on_record(participant)
    if seen and (missed := changes(seen, on_record)):
        raise ChangedMeanwhile(changes=missed)
    return on_record


def refuse_if_too_late(participant: Participant, changed: Collection[str], *, actor: Actor, now: datetime) -> None:
    """Raise TooLateToChange where anybody but an organizer changes more than contact data after registration has closed."""
    if actor.user_id is not None:
        return
    window = window_of(participant.meeting, list(participant.meeting.sessions.all()), now=now)
    if too_late(changed, registration_is_open=window.is_open):
        raise TooLateToChange


def chosen_sessions(participant: Participant, *, details: Person) -> set[Session]:
    """The sessions that the details name, in the place of those that the participant has; raises UnknownSession or SessionCancelled."""
    sessions = participant.meeting.sessions.all()
    refuse_sessions(details.sessions, sessions=sessions, had=person_on_record(participant).sessions)
    return {session for session in sessions if session.number in details.sessions}


def _in_order(sessions: Iterable[Session]) -> list[Session]:
    return sorted(sessions, key=lambda session: session.number)
