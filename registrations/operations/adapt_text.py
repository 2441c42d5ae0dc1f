"""How a meeting words its automatic mails."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registrations.details import Actor
from registrations.enums import MessageKind
from registrations.errors import PassagesMissing, TextChangedMeanwhile, TextIncomplete, TextTellsTheRoom, UnknownPlaceholders
from registrations.models import Meeting, MeetingText
from registrations.operations.locking import lock_meeting
from registrations.queries.meeting_texts import version_of, wordings
from registrations.rules.letters import missing, tells_the_room
from registrations.rules.meeting_texts import INLINE, parts_of, required
from registrations.rules.placeholders import unknown_placeholders

_LANGUAGES = ("en", "es")
_TEXTS: Mapping[str, Any] = {
    "subject_en": _("the subject in English"),
    "subject_es": _("the subject in Spanish"),
    "text_en": _("the text in English"),
    "text_es": _("the text in Spanish"),
}


@transaction.atomic
def adapt_text(meeting: Meeting, kind: MessageKind, *, texts: Mapping[str, str], seen: str, actor: Actor, now: datetime) -> None:
    """From now on mails of the kind leave in this wording, those that are owed already among them.

    `seen` is the version that was on the screen. Raises TextChangedMeanwhile, TextIncomplete, UnknownPlaceholders, PassagesMissing or
    TextTellsTheRoom.
    """
    meeting = lock_meeting(meeting.pk)
    if seen != version_of(wordings(meeting, kind)):
        raise TextChangedMeanwhile
    _check(meeting, kind, texts=texts)
    for language in _LANGUAGES:
        values = {"subject": texts[f"subject_{language}"], "text": texts[f"text_{language}"], "written_by": actor.label, "changed_at": now}
        MeetingText.objects.update_or_create(meeting=meeting, kind=kind, language=language, defaults=values)


@transaction.atomic
def restore_text(meeting: Meeting, kind: MessageKind) -> None:
    """From now on mails of the kind leave as they ship."""
    lock_meeting(meeting.pk).texts.filter(kind=kind).delete()


def _check(meeting: Meeting, kind: MessageKind, *, texts: Mapping[str, str]) -> None:
    if names := missing(texts):
        raise TextIncomplete(texts=", ".join(str(_TEXTS[name]) for name in names))
    subjects, bodies = ([texts[f"{part}_{language}"] for language in _LANGUAGES] for part in ("subject", "text"))
    unknown = unknown_placeholders(subjects, known=INLINE[kind]) + unknown_placeholders(bodies, known=(*INLINE[kind], *required(kind)))
    if unknown:
        raise UnknownPlaceholders(names=", ".join(dict.fromkeys(unknown)))
    if incomplete := [name for name in ("text_en", "text_es") if parts_of(texts[name], kind=kind) is None]:
        words = ", ".join(str(_TEXTS[name]) for name in incomplete)
        raise PassagesMissing(texts=words, names=", ".join(placeholder.written for placeholder in required(kind)))
    if tells_the_room(texts, join_url=meeting.join_url):
        raise TextTellsTheRoom
