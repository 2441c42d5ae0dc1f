"""The mail with a letter of the secretariat, filled in for one recipient."""

from zoneinfo import ZoneInfo

from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext

from registrations.links import participant_url, programme_url
from registrations.mail.letter import Letter
from registrations.mail.notices import common
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.rules.bilingual import wording_of
from registrations.rules.dates import days_text
from registrations.rules.markdown import escape, html_of, text_of
from registrations.rules.placeholders import Placeholder, Values, fill


def written_letter(message: OutboxMessage) -> Letter | None:
    """To a participant whose data are not about to be erased; without a participant it is a trial, about nobody in particular."""
    written, person, language = message.letter, message.participant, message.language
    if written is None or (person and person.erasure_approved_at):
        return None
    values = _shared(message.meeting, language=language) | (_personal(person, language=language) if person else _of_nobody(message))
    source = fill(getattr(written, f"text_{language}"), values, escape=escape)
    attachments = tuple(written.attachments.all())
    return Letter(
        "letter",
        {
            **common(message),
            **_subject(getattr(written, f"subject_{language}"), values),
            "reference": person.reference if person else "",
            "written_text": text_of(source),
            "written_html": mark_safe(html_of(source)),
            "attachments": attachments,
        },
        attachments=attachments,
    )


def _subject(subject: str, values: Values) -> dict[str, str | bool]:
    """Filled in around the first title of the meeting, which is cut where the line would be too long."""
    before, title, after = subject.partition(Placeholder.MEETING.written)
    return {"heading": fill(subject, values), "before": fill(before, values), "names_meeting": bool(title), "after": fill(after, values)}


def _shared(meeting: Meeting, *, language: str) -> dict[Placeholder, str]:
    sessions, zone = meeting.sessions.filter(is_cancelled=False), ZoneInfo(meeting.time_zone)
    return {
        Placeholder.MEETING: wording_of(meeting, "title", language=language).text,
        Placeholder.DATES: days_text([session.starts_at.astimezone(zone).date() for session in sessions], language=language),
    }


def _personal(person: Participant, *, language: str) -> dict[Placeholder, str]:
    return {
        Placeholder.NAME: person.full_name,
        Placeholder.NAME_WITH_TITLE: person.styled_name,
        Placeholder.DELEGATION: str(person.delegation),
        Placeholder.REFERENCE: person.reference,
        Placeholder.PERSONAL_PAGE: participant_url(person, language=language),
    }


def _of_nobody(message: OutboxMessage) -> dict[Placeholder, str]:
    return {
        Placeholder.NAME: gettext("Maria Example"),
        Placeholder.NAME_WITH_TITLE: gettext("H.E. Ambassador Maria Example"),
        Placeholder.DELEGATION: pgettext("example of a delegation", "Ecuador"),
        Placeholder.REFERENCE: "XXXX-XXXX",
        Placeholder.PERSONAL_PAGE: programme_url(message.meeting, language=message.language),
    }
