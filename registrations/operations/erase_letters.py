"""Take a person's name out of the letters of the secretariat. Called with the meeting locked."""

import re

from registrations.models import Letter, Participant

_TEXTS = ("subject_en", "subject_es", "text_en", "text_es")


def erase_letters(participant: Participant, *, pattern: re.Pattern[str]) -> None:
    """The names out of whatever was written to anybody at the meeting."""
    whoever_writes = re.compile(pattern.pattern, re.IGNORECASE)
    for letter in Letter.objects.filter(meeting=participant.meeting_id):
        before = [getattr(letter, name) for name in _TEXTS]
        after = [whoever_writes.sub("", text) for text in before]
        if after != before:
            Letter.objects.filter(pk=letter.pk).update(**dict(zip(_TEXTS, after, strict=True)))
