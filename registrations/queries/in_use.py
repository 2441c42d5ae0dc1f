"""What is still needed by others and therefore not deleted."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import DelegationType, Entity, Meeting, Question, Session
from registrations.queries.own_answers import has_answers


def why_kept(record: object) -> str:
    """The sentence that says why a record is not deleted, or "" where nothing stands in the way."""
    if isinstance(record, Meeting):
        return _meeting(record.participants.count())
    if isinstance(record, Session):
        return _session(record.participants.count()) or _invited(record)
    if isinstance(record, Question):
        return _question(record)
    if isinstance(record, DelegationType) and record.questions.exists():
        return _("A question of the meeting is put to this type, so it is kept. Take the type out of the question first.")
    if isinstance(record, DelegationType | Entity):
        return _("It has delegations and is therefore kept.") if record.delegations.exists() else ""
    return ""


def _meeting(number: int) -> str:
    sentence = ngettext(
        "The meeting has %(number)s participant and is therefore kept. To take it off the site, clear “published”.",
        "The meeting has %(number)s participants and is therefore kept. To take it off the site, clear “published”.",
        number,
    )
    return sentence % {"number": number} if number else ""


def _invited(session: Session) -> str:
    return _("This session is or was in somebody’s calendar, so it is kept.") if session.invitations.exists() else ""


def _question(question: Question) -> str:
    return _("Somebody has answered this question, so it is kept. To ask nobody any more, clear “asked”.") if has_answers(question) else ""


def _session(number: int) -> str:
    sentence = ngettext(
        "%(number)s participant attends this session, so it is kept.",
        "%(number)s participants attend this session, so it is kept.",
        number,
    )
    return sentence % {"number": number} if number else ""
