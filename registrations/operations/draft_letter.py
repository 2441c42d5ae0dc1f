"""A letter before it is sent: kept from the first moment, so that nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from registrations.details import Actor, LetterTexts
from registrations.errors import DraftChangedMeanwhile, NobodyToWriteTo, SeveralMeetings
from registrations.models import Letter, Participant
from registrations.operations.locking import lock_draft
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit
from registrations.rules.edits import ADDED, CHANGED, REMOVED, differences

_TEXTS = ("subject_en", "subject_es", "text_en", "text_es")


@transaction.atomic
def begin_letter(participants: Sequence[Participant], *, actor: Actor, now: datetime) -> Letter:
    """An empty draft to these participants; whoever is erased or about to be is left out.

    Raises SeveralMeetings or NobodyToWriteTo.
    """
    chosen = [person for person in participants if not (person.erasure_approved_at or person.erased_at)]
    if len({person.meeting_id for person in chosen}) > 1:
        raise SeveralMeetings
    if not chosen:
        raise NobodyToWriteTo
    begun = {"written_by": actor.label, "user_id": actor.user_id, "created_at": now, "changed_at": now}
    letter = Letter.objects.create(meeting_id=chosen[0].meeting_id, **begun)
    receives = Letter.recipients.through
    receives.objects.bulk_create(receives(letter=letter, participant=person) for person in chosen)
    record_edits(letter.meeting, [edit(ADDED, letter, {"recipients": ["", len(chosen)]})], actor=actor, now=now)
    return letter


@transaction.atomic
def save_draft(letter: Letter, *, texts: LetterTexts, seen: str, actor: Actor, now: datetime) -> Letter:
    """Keep what was typed, complete or not. `seen` is the version that was on the screen.

    Raises LetterGone for what is no draft any more, DraftChangedMeanwhile where somebody else changed it since.
    """
    letter = lock_draft(letter)
    if seen != letter.version:
        raise DraftChangedMeanwhile
    columns = asdict(texts)
    if all(getattr(letter, name) == value for name, value in columns.items()):
        return letter
    before = {name: getattr(letter, name) for name in columns}
    for name, value in columns.items():
        setattr(letter, name, value)
    letter.changed_at, letter.written_by, letter.user_id = now, actor.label, actor.user_id
    letter.save(update_fields=[*columns, "changed_at", "written_by", "user"])
    record_edits(letter.meeting, [edit(CHANGED, letter, differences(before, columns, fields=columns))], actor=actor, now=now)
    return letter


@transaction.atomic
def discard_draft(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The draft is gone for good. Raises LetterGone for a letter that was sent."""
    letter = lock_draft(letter)
    held = {name: getattr(letter, name) for name in _TEXTS}
    record_edits(letter.meeting, [edit(REMOVED, letter, differences(held, {}, fields=_TEXTS))], actor=actor, now=now)
    letter.delete()
