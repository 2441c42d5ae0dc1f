"""The language of a participant's mails, and what follows when it changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Delivery, MessageKind, Status
from registrations.models import Participant, Session
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.locking import lock_participant
from registrations.operations.status import record

_QUOTING = (MessageKind.DECLINED, MessageKind.RETURNED)
"""They quote what the secretariat wrote in one language."""


@transaction.atomic
def switch_language(participant: Participant, *, language: str, actor: Actor, now: datetime) -> Participant:
    """Write to the participant in the language from now on, whatever the status and the date; nothing happens where they do already."""
    participant = lock_participant(participant)
    if language == participant.language:
        return participant
    entry = record(participant, event="amend", actor=actor, now=now, changes={"language": [participant.language, language]})
    participant.language = language
    participant.save(update_fields=["language"])
    translate_mails(participant, sessions=participant.sessions.all(), key=entry.pk, now=now)
    return participant


def translate_mails(participant: Participant, *, sessions: Iterable[Session], key: object, now: datetime) -> None:
    """After the language was changed: the mails still owed take it, and the calendar entries of `sessions` are sent anew in it.

    An entry speaks the language of the first person on its mailbox, so it is left alone if that is somebody else.
    """
    unsent = participant.outbox.filter(status__in=[Delivery.QUEUED, Delivery.SENDING]).exclude(kind__in=_QUOTING)
    unsent.update(language=participant.language)
    if participant.status != Status.CONFIRMED:
        return
    owed_already = set(unsent.filter(kind=MessageKind.INVITATION, status=Delivery.QUEUED).values_list("session", flat=True))
    spoken = [session for session in sessions if session.pk not in owed_already and _is_first(participant, session)]
    owe_invitations(participant, sessions=spoken, key=key, now=now)


def _is_first(participant: Participant, session: Session) -> bool:
    return not session.participants.filter(mailbox=participant.mailbox, status=Status.CONFIRMED, pk__lt=participant.pk).exists()
