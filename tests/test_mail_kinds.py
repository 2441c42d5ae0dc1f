"""What each kind of mail says, in both languages, and when it is not sent after all."""

import re
from datetime import timedelta

import pytest

from registrations import mail
from registrations.details import Document, FocalPoint
from registrations.enums import CalendarDelivery, ChaseWording, Delivery, MessageKind, Status
from registrations.inbound.reading import read_mail
from registrations.links import delegation_url, participant_url
from registrations.models import Invitation, Meeting, OutboxMessage, Participant, Revision
from registrations.operations.amend import amend
from registrations.operations.attach import attach
from registrations.operations.chase import chase
from registrations.operations.decline import decline
from registrations.operations.forward_letter import file_and_forward
from registrations.operations.hand_over import hand_over
from registrations.operations.owe_reminders import owe_reminders
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.send_letter import send_letter
from registrations.operations.send_links import send_links
from registrations.operations.withdraw import withdraw
from tests.documents import PDF
from tests.mail_rows import opened, owed, rendered, sent, words_of_html
from tests.make import (
    NOW,
    ORGANIZER,
    a_draft,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    an_entity,
    confirmed,
    participants_of,
    sign_up,
)
from tests.reply_mails import filed, from_google, invited
from tests.reply_mails import mail as mail_from

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "es"]
TITLES = {"en": "Regional Dialogue on Humanitarian Demining", "es": "Diálogo Regional de Partes sobre Desminado Humanitario"}
TO_FOCAL_POINTS = {MessageKind.SUMMARY, MessageKind.DELEGATION_LINK, MessageKind.HANDED_OVER, MessageKind.LINKS, MessageKind.DIGEST}
AFTER_A_MAIL = {MessageKind.WITHDRAW_QUESTION, MessageKind.FORWARDED}
EVERYTHING = "\n".join(
    ["{name} {name_with_title} {delegation} {reference}", "- {meeting}", '- *{dates}* <b>O\'Brien</b> & "Ruiz"', "", "{personal_page}"]
)
SHARED = "mision@exteriores.example.com"


def a_message(kind: MessageKind, *, language: str, meeting: Meeting | None = None) -> OutboxMessage:
    """An owed message of the kind that is true at this moment."""
    meeting = meeting or a_meeting(join_url="https://zoom.example.com/j/1", contact_email="desk@dialogo.example.org")
    if kind == MessageKind.CHASE:
        return a_chase(meeting, language=language)
    make = a_message_to_a_focal_point if kind in TO_FOCAL_POINTS else a_message_to_a_participant
    return make(kind, language=language, meeting=meeting)


def a_chase(meeting: Meeting, *, language: str) -> OutboxMessage:
    kind = meeting.delegation_types.get(code="geneva_mission")
    mission = kind.expected.create(entity=an_entity(), contact_email="mission@peru.example.org", language=language)
    chase(kind, chosen=[mission.pk], wording=ChaseWording.OWN, actor=ORGANIZER, now=NOW)
    return OutboxMessage.objects.get(kind=MessageKind.CHASE)


def a_message_to_a_participant(kind: MessageKind, *, language: str, meeting: Meeting) -> OutboxMessage:
    if kind in {MessageKind.RECEIVED, MessageKind.DECLINED, MessageKind.RETURNED}:
        return a_message_of_the_review(kind, language=language, meeting=meeting)
    if kind == MessageKind.WAITING:
        meeting.seats = 0
        meeting.save()
        return owed(a_participant(meeting, language=language), kind)
    if kind == MessageKind.CALENDAR_FILE:
        meeting.calendar_delivery = CalendarDelivery.FILE
        meeting.save()
    if kind in OF_ITS_OWN:
        return OF_ITS_OWN[kind](meeting, language=language)
    participant = a_participant(meeting, language=language)
    if kind in AFTER_A_MAIL:
        return a_message_after_a_mail(participant, kind, language=language)
    if kind == MessageKind.ALREADY_REGISTERED:
        person = a_person(given_names=participant.given_names, family_names=participant.family_names, email=participant.email, language=language)
        sign_up(meeting, person, now=NOW + timedelta(minutes=1))
    if kind == MessageKind.CANCELLATION:
        sent(owed(participant, MessageKind.INVITATION, session=1))
        withdraw(participant, actor=ORGANIZER, now=NOW)
        return owed(participant, kind, session=1)
    return owed(participant, kind)


def a_message_of_the_review(kind: MessageKind, *, language: str, meeting: Meeting) -> OutboxMessage:
    participant = a_pending_participant(meeting, language=language)
    if kind == MessageKind.RETURNED:
        notes = {"en": "Write the position in full.", "es": "Escriba el cargo completo."}
        return_for_correction(participant, fields=["position", "email"], notes=notes, actor=ORGANIZER, now=NOW)
    if kind == MessageKind.DECLINED:
        reasons = {"en": "Observers are admitted by States only.", "es": "Los observadores son admitidos."}
        decline(participant, reasons=reasons, actor=ORGANIZER, now=NOW)
    return owed(participant, kind)


def a_reminder(meeting: Meeting, *, language: str) -> OutboxMessage:
    participant = a_participant(meeting, language=language, now=NOW - timedelta(days=9))
    meeting.reminders.create(minutes=22 * 24 * 60)
    owe_reminders(now=NOW)
    return owed(participant, MessageKind.REMINDER)


def a_written_letter(meeting: Meeting, *, language: str) -> OutboxMessage:
    participant = a_participant(meeting, language=language)
    draft = a_draft(participant, subject_en="{meeting}", subject_es="{meeting}", text_en=EVERYTHING, text_es=EVERYTHING)
    draft = attach(draft, document=Document(file_name="O'Brien & Ruiz.pdf", content=PDF), actor=ORGANIZER, now=NOW)
    send_letter(draft, seen=draft.version, actor=ORGANIZER, now=NOW)
    return owed(participant, MessageKind.LETTER)


OF_ITS_OWN = {MessageKind.REMINDER: a_reminder, MessageKind.LETTER: a_written_letter}


def a_message_after_a_mail(participant: Participant, kind: MessageKind, *, language: str) -> OutboxMessage:
    if kind == MessageKind.WITHDRAW_QUESTION:
        filed(from_google(invited(participant), partstat="DECLINED"))
        return owed(participant, kind)
    raw = mail_from("<b>Is there parking?</b>\r\n& a ramp?", sender=participant.email, content_type="text/plain")
    file_and_forward(read_mail(raw), now=NOW)
    OutboxMessage.objects.filter(kind=MessageKind.FORWARDED).update(language=language)
    return OutboxMessage.objects.get(kind=MessageKind.FORWARDED)


def a_message_to_a_focal_point(kind: MessageKind, *, meeting: Meeting, language: str) -> OutboxMessage:
    if kind == MessageKind.SUMMARY:
        focal_point = FocalPoint(name="Rosa Archivo", email="protocolo@mision.example.org", language=language)
        sign_up(meeting, a_person(), a_person(), focal_point=focal_point)
        return OutboxMessage.objects.get(kind=kind)
    first = a_pending_participant(meeting, language=language)
    other = a_pending_participant(meeting, language=language)
    if kind == MessageKind.LINKS:
        send_links(meeting, email=first.email, address_key="address", now=NOW)
    elif kind == MessageKind.DIGEST:
        notes = {"en": "Write the position in full.", "es": "Escriba el cargo completo."}
        return_for_correction(other, fields=["position"], notes=notes, actor=ORGANIZER, now=NOW + timedelta(minutes=1))
    else:
        hand_over(
            first.delegation, focal_point=FocalPoint(name="Rosa Díaz", email="rosa@mision.example.org", language=language), actor=ORGANIZER, now=NOW
        )
    return OutboxMessage.objects.get(kind=kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(MessageKind))
def test_text_and_html_say_the_same_in_the_recipients_language(kind: MessageKind, language: str) -> None:
    written = rendered(a_message(kind, language=language))

    html = written.alternatives[0][0]
    assert re.findall(r"\w+", words_of_html(html)) == re.findall(r"\w+", written.body)
    assert f'<html lang="{language}">' in html
    assert TITLES[language].split()[0] in written.body
    assert written.extra_headers["Content-Language"] == language


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_html_is_small_self_contained_and_works_in_the_dark(kind: MessageKind) -> None:
    html = rendered(a_message(kind, language="en")).alternatives[0][0]

    assert len(html.encode()) < 100_000
    assert "@media (prefers-color-scheme: dark)" in html.replace("\n", " ")
    assert '<meta name="color-scheme" content="light dark">' in html
    assert not re.search(r"<img|<script|<link|url\(|webcal:", html)
    assert 'style="' in html


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_text_is_wrapped_and_has_no_surplus_lines(kind: MessageKind) -> None:
    text = rendered(a_message(kind, language="es")).body

    assert all(len(line) <= 76 or "://" in line for line in text.splitlines())
    assert "\n\n\n" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]
    assert "&#x27;" not in text
    assert "&quot;" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(MessageKind))
def test_a_long_title_is_cut_between_words_in_the_subject(kind: MessageKind, language: str) -> None:
    meeting = a_meeting(title_en="Meeting " + "of the experts " * 15, title_es="Reunión " + "de los expertos " * 15)

    subject = rendered(a_message(kind, language=language, meeting=meeting)).subject

    assert len(subject) <= 78
    assert re.search(r"(experts|expertos|Meeting|Reunión)…", subject)


def test_an_invitation_says_which_of_how_many_when_and_where() -> None:
    participant = a_participant(a_meeting(), language="en", honorific="H.E. Ambassador", given_names="Ana", family_names="O'Brien & Ruiz")

    first, second = (rendered(owed(participant, MessageKind.INVITATION, session=number)) for number in (1, 2))

    assert first.subject == "Registration confirmed (1/2): Regional Dialogue on Humanitarian…, 10 February"
    assert second.subject == "Registration confirmed (2/2): Regional Dialogue on Humanitarian…, 11 February"
    assert first.body.startswith("Your registration for “Regional Dialogue on Humanitarian Demining” is\nconfirmed.")
    for line in [
        "Session: Session 1",
        "Date: Wednesday 10 February 2027",
        "  15:00-18:00 Geneva (GMT+1)",
        "  09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)",
        "Place: Online",
        "H.E. Ambassador Ana O'Brien & Ruiz",
        f"Reference: {participant.reference}",
        f"Personal page: {participant_url(participant)}",
    ]:
        assert line in first.body.splitlines()


def test_a_single_session_is_not_numbered() -> None:
    participant = a_participant(a_meeting(), language="en", sessions=frozenset({2}))

    written = rendered(owed(participant, MessageKind.INVITATION))

    assert written.subject == "Registration confirmed: Regional Dialogue on Humanitarian…, 11 February"
    assert "messages of their own" not in written.body


def test_dates_are_written_in_the_recipients_language() -> None:
    written = rendered(owed(a_participant(a_meeting(), language="es"), MessageKind.INVITATION, session=1))

    assert "miércoles 10" in written.body
    assert "febrero" in written.subject


def test_a_missing_title_is_taken_from_the_other_language() -> None:
    participant = a_participant(a_meeting(title_es="", place_es=""), language="es")

    written = rendered(owed(participant, MessageKind.INVITATION))

    assert "Regional Dialogue" in written.subject
    assert "Online" in written.body


def test_people_on_one_mailbox_get_one_mail_with_a_page_for_each() -> None:
    first, second = participants_of(sign_up(a_meeting(), a_person(email=SHARED, language="en"), a_person(email=SHARED, language="en")))

    text = rendered(owed(first, MessageKind.INVITATION, session=1)).body

    assert text.startswith("2 registrations")
    for person in (first, second):
        assert participant_url(person, language="en") in text


def test_somebody_added_to_the_mailbox_later_makes_it_an_update() -> None:
    meeting = a_meeting()
    first = a_participant(meeting, email=SHARED, language="en")
    sent(owed(first, MessageKind.INVITATION, session=1))
    a_participant(meeting, email=SHARED, language="en", now=NOW + timedelta(hours=1))

    written = rendered(owed(first, MessageKind.INVITATION, session=1))

    assert written.subject.startswith("Invitation updated: ")
    assert "has been updated" in written.body.replace("\n", " ")
    assert opened(written)["References"]


def test_sending_again_is_no_update() -> None:
    participant = a_participant(a_meeting(), language="en")
    first = sent(owed(participant, MessageKind.INVITATION, session=1))
    message = OutboxMessage.objects.get(session__number=1)
    OutboxMessage.objects.create(**_copied(message), facts={"again": True})

    again = rendered(owed(participant, MessageKind.INVITATION, session=1))

    assert (again.subject, again.body) == (first.subject, first.body)
    assert Revision.objects.count() == 1


def _copied(message: OutboxMessage) -> dict[str, object]:
    names = ["meeting", "kind", "participant", "session", "recipient_name", "recipient_email", "language", "due_at"]
    return {name: getattr(message, name) for name in names} | {"unique_key": "again", "created_at": NOW + timedelta(hours=1)}


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ("withdrawn", "has been withdrawn"),
        ("declined", "is no longer confirmed"),
        ("mailbox changed", "has moved to another e-mail address"),
        ("session dropped", "no longer attends “Session 1”"),
    ],
)
def test_a_cancellation_says_why(because: str, words: str) -> None:
    message = a_message(MessageKind.CANCELLATION, language="en")
    message.facts = {"because": because}

    text = rendered(message).body

    assert words in text.replace("\n", " ")
    assert "://" not in text


def test_a_dropped_session_leaves_the_others_alone_and_says_so() -> None:
    person = a_person(language="en")
    [participant] = participants_of(sign_up(a_meeting(), person))
    sent(owed(participant, MessageKind.INVITATION, session=1))
    amend(participant, details=a_person(**{**vars(person), "sessions": frozenset({2})}), actor=ORGANIZER, now=NOW)

    text = rendered(owed(participant, MessageKind.CANCELLATION)).body

    assert "The other sessions in your calendar are not touched." in text


def test_declining_gives_the_reason_as_written() -> None:
    written = rendered(a_message(MessageKind.DECLINED, language="en"))

    assert "Observers are admitted by States only." in written.body
    assert "Observers are admitted by States only." in written.alternatives[0][0]


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    participant = a_participant(a_meeting(), language="en", given_names="<b>Ana</b>", family_names="O'Brien")

    written = rendered(owed(participant, MessageKind.INVITATION))

    assert "<b>Ana</b> O'Brien" in written.body
    assert "&lt;b&gt;Ana&lt;/b&gt;" in written.alternatives[0][0]


def test_a_summary_lists_the_form_and_leads_to_nobodys_personal_page() -> None:
    message = a_message(MessageKind.SUMMARY, language="en")
    text = rendered(message).body

    lines = message.submission.lines
    assert rendered(message).subject == "Registrations received (2): Regional Dialogue on Humanitarian Demining"
    assert [text.index(line["reference"]) for line in lines] == sorted(text.index(line["reference"]) for line in lines)
    assert all(line["name"] in text for line in lines)
    assert text.count("confirmed") == 2
    assert re.findall(r"\w+://\S+", text) == [delegation_url(message.submission.delegation)]


NO_LONGER = [
    (MessageKind.RECEIVED, Status.CONFIRMED),
    (MessageKind.RECEIVED, Status.WITHDRAWN),
    (MessageKind.WAITING, Status.CONFIRMED),
    (MessageKind.DECLINED, Status.CONFIRMED),
    (MessageKind.ALREADY_REGISTERED, Status.WITHDRAWN),
    (MessageKind.INVITATION, Status.WITHDRAWN),
    (MessageKind.INVITATION, Status.DECLINED),
    (MessageKind.CANCELLATION, Status.CONFIRMED),
]


@pytest.mark.parametrize(("kind", "status"), NO_LONGER)
def test_what_is_no_longer_true_is_not_sent(kind: MessageKind, status: Status) -> None:
    message = a_message(kind, language="en")
    Participant.objects.update(status=status)

    assert mail.render(OutboxMessage.objects.get(pk=message.pk), now=NOW) is None


def test_nothing_is_sent_about_a_session_that_is_over() -> None:
    message = a_message(MessageKind.INVITATION, language="en")

    assert mail.render(message, now=message.session.ends_at) is None


def test_a_cancellation_is_not_sent_where_no_invitation_ever_left() -> None:
    participant = a_participant(a_meeting())
    rendered(owed(participant, MessageKind.INVITATION, session=1))
    OutboxMessage.objects.update(status=Delivery.FAILED)
    withdraw(participant, actor=ORGANIZER, now=NOW)

    assert mail.render(owed(participant, MessageKind.CANCELLATION, session=1), now=NOW) is None


def test_a_preview_shows_the_mail_and_leaves_no_trace() -> None:
    message = owed(a_participant(a_meeting()), MessageKind.INVITATION)

    shown = mail.preview(message, now=NOW)

    assert Invitation.objects.count() == 0
    assert OutboxMessage.objects.get(pk=message.pk).revision is None
    assert shown is not None
    assert shown.subject == rendered(message).subject


def test_a_confirmed_organization_is_invited() -> None:
    participant = confirmed(a_pending_participant(a_meeting(), language="en"))

    assert rendered(owed(participant, MessageKind.INVITATION, session=2)).subject.startswith("Registration confirmed (2/2)")
