"""The texts of automatic mails as they are without an adaptation, where one begins; and a made-up mail to look at one with."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import get_template
from django.utils.translation import gettext, override, pgettext

from registrations.enums import Action, AutomaticMail, Status
from registrations.links import programme_url
from registrations.mail.adapted import FROM_CONTEXT, words_of_block
from registrations.mail.invitations import session_line, when
from registrations.mail.letter import Letter
from registrations.mail.whats_new import Change
from registrations.models import Meeting
from registrations.queries.history import event_words
from registrations.queries.participants import field_label
from registrations.rules.bilingual import wording_of
from registrations.rules.dates import date_text
from registrations.rules.durations import duration_text
from registrations.rules.meeting_texts import SITUATIONS, WORDINGS, TextPlaceholder, kind_of

_A_DAY = timedelta(days=1)
_TO_FOCAL_POINTS = {AutomaticMail.SUMMARY, AutomaticMail.DIGEST, AutomaticMail.DELEGATION_LINK}


def standard_texts(mail: AutomaticMail, *, meeting: Meeting) -> dict[str, str]:
    """Subject and text in both languages as they are without an adaptation, with the placeholders in their places."""
    texts: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            context = sample(mail, meeting=meeting, language=code).context
            marks = {FROM_CONTEXT[placeholder]: placeholder.written for placeholder in WORDINGS[mail].inline}
            context |= {"of": 1, **marks, "text": marks}
            texts |= {f"subject_{code}": _subject(mail, context), f"text_{code}": _text(mail, context)}
    return texts


def _subject(mail: AutomaticMail, context: dict[str, Any]) -> str:
    if TextPlaceholder.STANDARD_SUBJECT in WORDINGS[mail].in_subject:
        return TextPlaceholder.STANDARD_SUBJECT.written
    return " ".join(get_template(f"mail/{kind_of(mail)}.subject.txt").render(context).split())


def _text(mail: AutomaticMail, context: dict[str, Any]) -> str:
    wording, kind = WORDINGS[mail], kind_of(mail)
    is_told = TextPlaceholder.WHAT_HAPPENED in wording.in_text
    heading = TextPlaceholder.WHAT_HAPPENED.written if is_told else words_of_block(kind, "happened", context)
    todo = "" if TextPlaceholder.WHAT_TO_DO in wording.passages else words_of_block(kind, "todo", context)
    passages = [placeholder.written for placeholder in wording.passages]
    return "\n\n".join(filter(None, [heading, todo, *passages, words_of_block(kind, "closing", context)]))


def sample(mail: AutomaticMail, *, meeting: Meeting, language: str) -> Letter:
    """The mail about somebody who is made up, in the active language: what an adapted text is looked at with."""
    name, page = gettext("H.E. Ambassador Maria Example"), programme_url(meeting, language=language)
    prefetch_related_objects([meeting], "sessions", "clocks")
    sessions = [session for session in meeting.sessions.all() if not session.is_cancelled]
    lines = [session_line(session, language=language) for session in sessions]
    context: dict[str, Any] = {
        "language": language,
        "title": wording_of(meeting, "title", language=language).text,
        "meeting": meeting,
        "delegation": gettext("State or organization"),
        "delegation_page": page if mail in _TO_FOCAL_POINTS else "",
        "name": name,
        "people": [{"name": name, "reference": "XXXX-XXXX", "url": page}],
        "sessions": lines,
        "others": lines[1:],
        **(when(sessions[0], language=language) if sessions else {}),
        **_facts(mail, meeting=meeting, language=language, name=name, page=page),
    }
    return Letter(kind_of(mail).value, context | _news(mail, lines) | (SITUATIONS[mail][1] if mail in SITUATIONS else {}))


def _facts(mail: AutomaticMail, *, meeting: Meeting, language: str, name: str, page: str) -> dict[str, Any]:
    """What only some mails tell, for all of them alike."""
    of_person = {"name": name, "reference": "XXXX-XXXX", "status": Status.CONFIRMED.label, "events": [event_words(Action.CONFIRM)]}
    place, title = (wording_of(meeting, part, language=language).text for part in ("place", "title"))
    deadline = date_text(meeting.registration_closes_at or meeting.changed_at, language=language)
    invited = {
        "language": language,
        "title": title,
        "place": place,
        "delegation": gettext("State or organization"),
        "deadline": deadline,
        "url": page,
    }
    return {
        "reason": gettext("(here stands the reason that the secretariat gives)"),
        "note": gettext("(here stands what the secretariat asks to correct)"),
        "fields": [field_label("position", meeting=meeting)],
        "number": 1,
        "has_room": bool(meeting.join_url),
        "display_name": name,
        "time_left": duration_text(_A_DAY, language=language),
        "lines": [of_person],
        "delegations": [{"name": gettext("State or organization"), "url": page}],
        "focal_point": gettext("Rosa Example"),
        "sender": "maria@example.org",
        "written_subject": gettext("(here stands the subject of the letter)"),
        "written_text": gettext("(here stands the letter)"),
    } | ({"texts": [invited]} if mail == AutomaticMail.CHASE else {})


def _news(mail: AutomaticMail, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """What changed, where that is what the mail is about."""
    if mail == AutomaticMail.FILE_OVER:
        return {"news": [line | {"state": "left"} for line in lines], "sessions": [], "people": []}
    if mail not in {AutomaticMail.INVITATION_CHANGED, AutomaticMail.FILE_CHANGED}:
        return {}
    change = Change(pgettext("label in a mail", "Time"), gettext("(here stand the earlier hours)"), gettext("(here stand the new hours)"))
    return {"moved": "time", "is_moved": True, "changes": [change], "news": [line | {"state": "changed", "changes": [change]} for line in lines[:1]]}
