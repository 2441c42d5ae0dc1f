"""The one lock: the meeting's row. On SQLite the transaction itself is exclusive (`transaction_mode: IMMEDIATE`)."""

from registrations.enums import LetterStatus
from registrations.errors import DataErased, LetterGone
from registrations.models import Delegation, Letter, Meeting, Participant, Session


def lock_meeting(meeting_id: int) -> Meeting:
    """The meeting, locked until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting_id)


def lock_meeting_with_sessions(meeting_id: int) -> list[Session]:
    """The meeting's sessions in order, each with the locked `meeting`, in one statement."""
    return list(Session.objects.select_related("meeting").select_for_update(of=("meeting",)).filter(meeting_id=meeting_id))


def lock_participant(participant: Participant) -> Participant:
    """The participant as it is now, with meeting and delegation, after their meeting was locked.

    Raises DataErased as soon as the erasure of their data is approved: from then on nothing is done to them but that.
    """
    participant = lock_for_erasure(participant)
    if participant.erasure_approved_at:
        raise DataErased(reference=participant.reference)
    return participant


def lock_for_erasure(participant: Participant) -> Participant:
    """The same, erased or not."""
    lock_meeting(participant.meeting_id)
    return Participant.objects.select_related("meeting", "delegation__entity", "delegation__type").get(pk=participant.pk)


def lock_delegation(delegation: Delegation) -> Delegation:
    """The delegation as it is now, with type, meeting and entity, after its meeting was locked."""
    lock_meeting(delegation.type.meeting_id)
    return Delegation.objects.select_related("type__meeting", "entity").get(pk=delegation.pk)


def lock_letter(letter: Letter) -> Letter:
    """The letter as it is now, with its meeting, after that was locked."""
    lock_meeting(letter.meeting_id)
    return Letter.objects.select_related("meeting").get(pk=letter.pk)


def lock_draft(letter: Letter) -> Letter:
    """The same; raises LetterGone where it is no draft any more."""
    letter = lock_letter(letter)
    if letter.status != LetterStatus.DRAFT:
        raise LetterGone
    return letter
