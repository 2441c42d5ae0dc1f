from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registrations.details import Actor, FocalPoint
from registrations.enums import LetterStatus
from registrations.errors import (
    AddressMissing,
    DraftChangedMeanwhile,
    LetterIncomplete,
    LetterTellsTheRoom,
    LetterTooLate,
    NobodyToWriteTo,
    UnknownPlaceholders,
)
from registrations.models import HistoryEntry, Letter
from registrations.operations.locking import lock_draft
from registrations.operations.status import history_of
from registrations.outbox import enqueue, letter_to, trial_of
from registrations.queries.letters import REACHABLE, reachable
from registrations.rules.letters import is_too_late, missing, tells_the_room
from registrations.rules.placeholders import unknown_placeholders

_TEXTS: Mapping[str, Any] = {
    "subject_en": _("the subject in English"),
    "subject_es": _("the subject in Spanish"),
    "text_en": _("the text in English"),
    "text_es": _("the text in Spanish"),
}


@transaction.atomic
def send_letter(letter: Letter, *, seen: str, actor: Actor, now: datetime) -> Letter:
    """Owe the letter to each of its recipients alone, in their language, now or when it is due; once and never again.

    `seen` is the version that was on the screen. Raises LetterGone, DraftChangedMeanwhile, NobodyToWriteTo, or what `check_letter` does.
    """
    letter = lock_draft(letter)
    if seen != letter.version:
        raise DraftChangedMeanwhile
    check_letter(letter, now=now)
    people = list(reachable(letter).select_related(None).order_by("pk"))
    if not people:
        raise NobodyToWriteTo
    _leave_out_the_erased(letter)
    letter.status, letter.sent_at, letter.written_by, letter.user_id = LetterStatus.SENT, now, actor.label, actor.user_id
    letter.save(update_fields=["status", "sent_at", "written_by", "user"])
    HistoryEntry.objects.bulk_create(history_of(person, event="letter", actor=actor, now=now, letter=letter.pk) for person in people)
    enqueue(letter_to(person, letter, now=now) for person in people)
    return letter


def check_letter(letter: Letter, *, now: datetime) -> None:
    """Raise LetterIncomplete, UnknownPlaceholders, LetterTellsTheRoom or LetterTooLate unless the letter may leave."""
    texts = {name: getattr(letter, name) for name in _TEXTS}
    if names := missing(texts):
        raise LetterIncomplete(texts=", ".join(str(_TEXTS[name]) for name in names))
    if unknown := unknown_placeholders(texts.values()):
        raise UnknownPlaceholders(names=", ".join(unknown))
    if tells_the_room(texts, join_url=letter.meeting.join_url):
        raise LetterTellsTheRoom
    if is_too_late(letter.due_at, now=now):
        raise LetterTooLate


@transaction.atomic
def send_trial(letter: Letter, *, to: str, actor: Actor, now: datetime) -> None:
    """Owe the draft to the address of whoever writes it, in each language in which it has a text, about a person who is made up.

    Raises LetterGone, AddressMissing, UnknownPlaceholders, or LetterIncomplete where neither language is complete.
    """
    letter = lock_draft(letter)
    if not to:
        raise AddressMissing
    written = [code for code in ("en", "es") if not missing({code: getattr(letter, f"text_{code}")})]
    if not written:
        raise LetterIncomplete(texts=", ".join(str(_TEXTS[f"text_{code}"]) for code in ("en", "es")))
    if unknown := unknown_placeholders(getattr(letter, name) for name in _TEXTS):
        raise UnknownPlaceholders(names=", ".join(unknown))
    for code in written:
        recipient = FocalPoint(name=actor.label, email=to, language=code)
        enqueue([trial_of(letter, recipient=recipient, key=now.isoformat(), now=now)])


def _leave_out_the_erased(letter: Letter) -> None:
    """From now on the recipients are those whom it is sent to."""
    gone = letter.recipients.exclude(REACHABLE)
    letter.recipients.through.objects.filter(letter=letter, participant__in=gone.values("pk")).delete()
