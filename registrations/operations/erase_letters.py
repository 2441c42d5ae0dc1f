"""Take a person's name out of the letters of the secretariat. Called with the meeting locked."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from registrations.models import Letter, LetterAttachment, MeetingText, Participant

_TEXTS = ("subject_en", "subject_es", "text_en", "text_es")


def erase_letters(participant: Participant, *, pattern: re.Pattern[str]) -> None:
    """The names out of whatever was written to anybody at the meeting, and out of the names of the files that went with it.

    The meeting's own texts for automatic mails are looked through as well.
    """
    whoever_writes = re.compile(pattern.pattern, re.IGNORECASE)
    letters = Letter.objects.filter(meeting=participant.meeting_id)
    _rewrite(letters, names=_TEXTS, pattern=whoever_writes)
    _rewrite(LetterAttachment.objects.filter(letter__in=letters).defer("content"), names=("file_name",), pattern=whoever_writes)
    _rewrite(MeetingText.objects.filter(meeting=participant.meeting_id), names=("subject", "text"), pattern=whoever_writes)


def _rewrite(rows: QuerySet[Any], *, names: Iterable[str], pattern: re.Pattern[str]) -> None:
    for row in rows:
        changed = {name: text for name in names if (text := pattern.sub("", getattr(row, name))) != getattr(row, name)}
        if changed:
            rows.filter(pk=row.pk).update(**changed)
