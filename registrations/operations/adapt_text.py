"""How a meeting words its automatic mails."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registrations.details import Actor
from registrations.enums import AutomaticMail
from registrations.errors import PassagesMissing, PlaceholdersMissing, TextChangedMeanwhile, TextIncomplete, TextTellsTheRoom, UnknownPlaceholders
from registrations.models import Meeting, MeetingText
from registrations.operations.locking import lock_meeting
from registrations.operations.status import record_of_meeting
from registrations.queries.meeting_texts import in_use, version_of, wordings
from registrations.rules.edits import differences
from registrations.rules.letters import missing, tells_the_room
from registrations.rules.meeting_texts import WORDINGS, lacking, parts_of
from registrations.rules.placeholders import unknown_placeholders

Texts = Mapping[str, str]
"""Subject and text by their names, `subject_en`, `text_es`."""
_LANGUAGES = ("en", "es")
_TEXTS: Mapping[str, Any] = {
    "subject_en": _("the subject in English"),
    "subject_es": _("the subject in Spanish"),
    "text_en": _("the text in English"),
    "text_es": _("the text in Spanish"),
}


@transaction.atomic
def adapt_text(meeting: Meeting, mail: AutomaticMail, *, texts: Texts, standard: Texts, seen: str, actor: Actor, now: datetime) -> None:
    """From now on this mail leaves in these words, if it is owed already as well.

    `standard` is the wording without an adaptation, for the history; `seen` is the version that was on the screen. Raises
    TextChangedMeanwhile and whatever check_text raises.
    """
    meeting = lock_meeting(meeting.pk)
    own = wordings(meeting, mail)
    if seen != version_of(own):
        raise TextChangedMeanwhile
    check_text(meeting, mail, texts=texts)
    texts = {name: text.replace("\r\n", "\n") for name, text in texts.items()}
    for language in _LANGUAGES:
        values = {"subject": texts[f"subject_{language}"], "text": texts[f"text_{language}"], "written_by": actor.label, "changed_at": now}
        MeetingText.objects.update_or_create(meeting=meeting, kind=mail, language=language, defaults=values)
    _record(meeting, mail, event="adapt text", before=in_use(own, standard=standard), after=texts, actor=actor, now=now)


@transaction.atomic
def restore_text(meeting: Meeting, mail: AutomaticMail, *, standard: Texts, actor: Actor, now: datetime) -> None:
    """From now on this mail leaves in the standard text; nothing is done where it does so already."""
    meeting = lock_meeting(meeting.pk)
    own = wordings(meeting, mail)
    if own:
        meeting.texts.filter(kind=mail).delete()
        _record(meeting, mail, event="restore text", before=in_use(own, standard=standard), after=standard, actor=actor, now=now)


def check_text(meeting: Meeting, mail: AutomaticMail, *, texts: Texts) -> None:
    """Whether the mail may leave in these words. Raises TextIncomplete, UnknownPlaceholders, PassagesMissing, PlaceholdersMissing or
    TextTellsTheRoom.
    """
    if names := missing(texts):
        raise TextIncomplete(texts=_named(names))
    subjects, bodies = ([texts[f"{part}_{language}"] for language in _LANGUAGES] for part in ("subject", "text"))
    wording = WORDINGS[mail]
    if unknown := unknown_placeholders(subjects, known=wording.of_subject) + unknown_placeholders(bodies, known=wording.of_text):
        raise UnknownPlaceholders(names=", ".join(dict.fromkeys(unknown)))
    if incomplete := [name for name in ("text_en", "text_es") if parts_of(texts[name], mail=mail) is None]:
        raise PassagesMissing(texts=_named(incomplete), names=", ".join(placeholder.written for placeholder in wording.passages))
    if incomplete := [name for name in ("text_en", "text_es") if lacking(texts[name], mail=mail)]:
        raise PlaceholdersMissing(texts=_named(incomplete), names=", ".join(placeholder.written for placeholder in wording.needed))
    if tells_the_room(texts, join_url=meeting.join_url):
        raise TextTellsTheRoom


def _record(meeting: Meeting, mail: AutomaticMail, *, event: str, before: Texts, after: Texts, actor: Actor, now: datetime) -> None:
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = str(mail.label)
    facts = {"record": MeetingText._meta.model_name, "name": names, "changes": differences(before, after, fields=_TEXTS)}
    record_of_meeting(meeting, event=event, actor=actor, now=now, **facts)


def _named(names: list[str]) -> str:
    return ", ".join(str(_TEXTS[name]) for name in names)
