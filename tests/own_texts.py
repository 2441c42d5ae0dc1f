"""Automatic mails in a meeting's own words, and a message of each of them."""

from datetime import timedelta

from registrations.enums import AutomaticMail, CalendarDelivery, MessageKind
from registrations.mail.standard_texts import standard_texts
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.operations.adapt_text import adapt_text, restore_text
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.withdraw import withdraw
from registrations.queries.meeting_texts import version_of, wordings
from registrations.rules.meeting_texts import SITUATIONS, WORDINGS, kind_of
from tests.mail_rows import owed, sent
from tests.make import NOW, ORGANIZER, a_participant
from tests.published import publish_change
from tests.test_mail_kinds import a_message

LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(days=60)
LANGUAGES = ["en", "es"]
MAILS = list(AutomaticMail)


def passages(mail: AutomaticMail) -> str:
    """What has to stand in the text, wherever it may."""
    needed = [f"{placeholder.written}." for placeholder in WORDINGS[mail].needed]
    return "\n\n".join([*needed, *(placeholder.written for placeholder in WORDINGS[mail].passages)])


def own_texts(mail: AutomaticMail, **texts: str) -> dict[str, str]:
    values = {
        "subject_en": "Ours: {meeting}",
        "subject_es": "Nuestro: {meeting}",
        "text_en": f"A heading of {{meeting}}\n\nWe *welcome* you.\n\n{passages(mail)}\n\n- kind\n- regards",
        "text_es": f"Un título de {{meeting}}\n\nSea *bienvenida*.\n\n{passages(mail)}\n\n- muchos\n- saludos",
    }
    return values | texts


def adapt(meeting: Meeting, mail: AutomaticMail, **texts: str) -> None:
    seen, standard = version_of(wordings(meeting, mail)), standard_texts(mail, meeting=meeting)
    adapt_text(meeting, mail, texts=own_texts(mail, **texts), standard=standard, seen=seen, actor=ORGANIZER, now=NOW)


def restore(meeting: Meeting, mail: AutomaticMail) -> None:
    restore_text(meeting, mail, standard=standard_texts(mail, meeting=meeting), actor=ORGANIZER, now=NOW)


def a_mail(mail: AutomaticMail, *, language: str, meeting: Meeting) -> OutboxMessage:
    """A message that is owed and says what the mail says."""
    if mail in {AutomaticMail.CANCELLATION, AutomaticMail.SESSION_CANCELLED}:
        message = a_message(MessageKind.CANCELLATION, language=language, meeting=meeting)
        message.facts = {"because": "session dropped" if mail == AutomaticMail.CANCELLATION else "session cancelled"}
        meeting.sessions.filter(number=1).update(is_cancelled=mail == AutomaticMail.SESSION_CANCELLED)
        message.save()
        return OutboxMessage.objects.get(pk=message.pk)
    if mail == AutomaticMail.WITHDRAWN or mail not in SITUATIONS:
        return a_message(kind_of(mail), language=language, meeting=meeting)
    meeting.calendar_delivery = CalendarDelivery.FILE if kind_of(mail) == MessageKind.CALENDAR_FILE else CalendarDelivery.INVITATIONS
    meeting.save()
    participant = a_participant(meeting, language=language)
    sent(owed(participant, kind_of(mail), session=None if kind_of(mail) == MessageKind.CALENDAR_FILE else 1))
    if mail == AutomaticMail.FILE_OVER:
        withdraw(participant, actor=ORGANIZER, now=LATER)
    elif mail == AutomaticMail.REINSTATED:
        return _taken_up_again(participant)
    else:
        _moved(participant)
    return owed(participant, kind_of(mail), session=None if kind_of(mail) == MessageKind.CALENDAR_FILE else 1)


def _moved(participant: Participant) -> None:
    for session in participant.meeting.sessions.all():
        session.starts_at += timedelta(hours=1)
        session.ends_at += timedelta(hours=1)
        session.save()
        owe_invitations(participant, sessions=[session], key="moved", now=LATER)


def _taken_up_again(participant: Participant) -> OutboxMessage:
    first = participant.meeting.sessions.get(number=1)
    publish_change(first, now=NOW, is_cancelled=True)
    sent(owed(participant, MessageKind.CANCELLATION, session=1))
    publish_change(first, now=LATER, is_cancelled=False)
    message = owed(participant, MessageKind.INVITATION, session=1)
    message.facts = {}  # without the link to the changes of the programme, which is worded otherwise in HTML
    return message


def page_of(meeting: Meeting, rest: str = "") -> str:
    return f"/admin/registrations/meeting/{meeting.pk}/texts/{rest}"
