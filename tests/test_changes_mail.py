"""A mail that tells of a published change leads to the page that tells of all of them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from registrations.enums import CalendarDelivery, MessageKind
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.queries.participants import person_on_record
from tests.mail_rows import opened, owed, sent, words_of_html
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_person
from tests.published import publish_change

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = {"en": "Changes to the programme", "es": "Cambios en el programa"}


def move_session_1(meeting: Meeting) -> None:
    session = meeting.sessions.get(number=1)
    publish_change(session, now=LATER, starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1))


def send_first_mails(person: Participant) -> None:
    for message in person.outbox.all():
        sent(message)


def newest(person: Participant) -> OutboxMessage:
    return person.outbox.select_related("meeting", "participant", "session__meeting").latest("created_at")


def says(written: EmailMultiAlternatives, words: str, address: str) -> tuple[bool, bool]:
    """Whether the text leads there, and whether the HTML does."""
    html = next(part.get_content() for part in opened(written).walk() if part.get_content_type() == "text/html")
    return f"{words}: {address}" in str(written.body), f'href="{address}"' in html and words in words_of_html(html)


@pytest.mark.parametrize("delivery", CalendarDelivery)
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_update_leads_there_in_both_parts(language: str, delivery: CalendarDelivery) -> None:
    meeting = a_meeting(slug="meeting", calendar_delivery=delivery)
    person = a_participant(meeting, language=language)
    send_first_mails(person)
    move_session_1(meeting)

    written = sent(newest(person), now=LATER)

    assert says(written, WORDS[language], f"{settings.SITE_URL}/{language}/meeting/changes/") == (True, True)


def test_a_cancelled_session_leads_there_as_well() -> None:
    meeting = a_meeting(slug="meeting")
    person = a_participant(meeting, language="en")
    send_first_mails(person)
    publish_change(meeting.sessions.get(number=2), now=LATER, is_cancelled=True)

    written = sent(owed(person, MessageKind.CANCELLATION), now=LATER)

    assert says(written, WORDS["en"], f"{settings.SITE_URL}/en/meeting/changes/") == (True, True)


def test_what_nobody_published_does_not_lead_there() -> None:
    meeting = a_meeting(slug="meeting")
    person = a_participant(meeting, language="en")
    send_first_mails(person)
    details = a_person(**{**vars(person_on_record(person)), "family_names": "Ruiz"})
    amend(person, details=details, actor=ORGANIZER, now=LATER)

    written = sent(newest(person), now=LATER)

    assert "Ruiz" in str(written.body)
    assert "/changes/" not in written.message().as_string()


def test_a_meeting_off_the_site_has_no_page_to_lead_to() -> None:
    meeting = a_meeting(slug="meeting")
    person = a_participant(meeting, language="en")
    send_first_mails(person)
    move_session_1(meeting)
    Meeting.objects.update(is_published=False)

    assert "/changes/" not in sent(newest(person), now=LATER).message().as_string()
