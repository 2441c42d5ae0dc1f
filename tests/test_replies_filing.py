"""Mails that come back without an answer: letters, automatic replies, reports, and what nobody can read."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations import mail as mails
from registrations.enums import IncomingKind, MessageKind
from registrations.inbound.reading import LARGEST, read_mail
from registrations.inbound.texts import text_of_html
from registrations.mail.envelope import message_id
from registrations.models import IncomingMessage, Invitation, OutboxMessage, Participant
from registrations.operations.forward_letter import file_and_forward
from tests.mail_rows import rendered
from tests.make import a_meeting, a_participant
from tests.reply_mails import ANSWERED, filed, invited, mail, multipart, reply_file

AUTHOR = "ana.paz@exteriores.example.com"
TEXT = "text/plain; charset=utf-8"


def letter(text: str = "¿Hay aparcamiento?", *, sender: str = AUTHOR, headers: str = "", message_id: str = "<1@client.example>") -> bytes:
    return mail(text, sender=sender, content_type=TEXT, headers=headers, message_id=message_id)


def deeply_nested(depth: int) -> bytes:
    start = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n" for level in range(depth))
    return f"From: {AUTHOR}\r\nMessage-ID: <deep@x>\r\n{start}Content-Type: text/plain\r\n\r\nhi\r\n".encode()


# --- what it is -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("", IncomingKind.LETTER),
        ("Auto-Submitted: no\n", IncomingKind.LETTER),
        ("Auto-Submitted: auto-replied (vacation)\n", IncomingKind.AUTOMATIC),
        ("Auto-Submitted: auto-generated; owner-email=x\n", IncomingKind.AUTOMATIC),
        ("Precedence: Bulk\n", IncomingKind.AUTOMATIC),
        ("Return-Path: <>\n", IncomingKind.AUTOMATIC),
        ("X-Autoreply: yes\n", IncomingKind.AUTOMATIC),
        ("List-Id: <news.example.net>\n", IncomingKind.AUTOMATIC),
    ],
)
def test_a_letter_is_told_from_an_automatic_reply(headers, kind):
    assert read_mail(letter(headers=headers)).nature == kind


def test_a_delivery_report_is_one_even_if_it_quotes_an_invitation():
    quoted = mail("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", sender="us@example.org").decode()
    parts = ["Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n", f"Content-Type: message/rfc822\n\n{quoted}"]
    report = multipart(*parts, sender="MAILER-DAEMON@mx.example.net", subtype="report; report-type=delivery-status")

    assert read_mail(report).nature == IncomingKind.BOUNCE


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe" * 1000, b"\n\n", b"From", b"a" * (LARGEST + 1), deeply_nested(50), deeply_nested(2000)])
def test_what_cannot_be_read_is_unreadable(raw):
    assert read_mail(raw).nature == IncomingKind.UNREADABLE


def test_more_parts_than_anybody_needs_are_not_read():
    raw = multipart(*["Content-Type: text/plain\n\nx"] * 200, sender=AUTHOR)

    assert read_mail(raw).nature == IncomingKind.UNREADABLE


@pytest.mark.parametrize(
    "headers",
    [
        "From: (((((\nMessage-ID: <[\nSubject: =?utf-8?b?!!!?=",
        "From: a@b@c\nContent-Type: text/calendar; charset=nonsense; method\nReferences: <a@[b>",
        "From: =?x?q?=ZZ?= <a@b>\nContent-Type: ;;;=\nSubject: \x00\x07",
        "From: a@b\nContent-Type: multipart/mixed; boundary=\nContent-Transfer-Encoding: base64",
        "From: a@b\nContent-Type: text/plain; charset*=x'y'%FF\nSubject: =?utf-8?q?=FF=FE?=",
    ],
)
def test_broken_headers_never_raise(headers):
    read_mail(f"{headers}\n\nbody".replace("\n", "\r\n").encode())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([b"From: ", b"a@b.c", b"\r\n", b"Content-Type: ", b"text/calendar", b"multipart/mixed; boundary=x", b"--x",
    b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"METHOD:REPLY", b"UID:1", b"ATTENDEE;PARTSTAT=", b":", b";", b'"', b"\\", b"\xff", b"\x00",
    b"message/rfc822", b"Content-Transfer-Encoding: base64", b"=?utf-8?q?", b"Subject: ", b"END:VEVENT", b" "]), max_size=60))  # fmt: skip
def test_no_mail_at_all_raises(pieces):
    read_mail(b"".join(pieces))


# --- what is kept of it -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_letter_is_kept_with_author_subject_and_text_for_its_meeting():
    meeting = a_meeting()
    a_participant(meeting, email=AUTHOR)

    message = filed(letter())

    kept = (message.kind, message.meeting, message.sender, message.subject, message.text, message.handled_at)
    assert kept == (IncomingKind.LETTER, meeting, AUTHOR, "Accepted: Session 1", "¿Hay aparcamiento?", None)


@pytest.mark.django_db
@pytest.mark.parametrize(("author", "is_known"), [(AUTHOR, False), ("nobody@example.net", False), ("once@example.net", True)])
def test_the_meeting_is_that_of_the_authors_mailbox_if_there_is_only_one(author, is_known):
    meetings = [a_meeting(), a_meeting()]
    for meeting in meetings:
        a_participant(meeting, email=AUTHOR)
    a_participant(meetings[1], email="once@example.net")

    assert filed(letter(sender=author)).meeting == (meetings[1] if is_known else None)


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_reply_to_a_mail_of_ours_belongs_to_its_meeting(header):
    meetings = [a_meeting(), a_meeting()]
    people = [a_participant(meeting, email=AUTHOR) for meeting in meetings]
    ours = message_id(people[1].outbox.first())

    assert filed(letter(headers=f"{header}: <other@x> {ours}\n")).meeting == meetings[1]


@pytest.mark.django_db
def test_an_automatic_reply_needs_nobody():
    message = filed(letter(headers="Auto-Submitted: auto-replied\n"))

    assert (message.kind, message.handled_at) == (IncomingKind.AUTOMATIC, ANSWERED)


@pytest.mark.django_db
def test_of_a_delivery_report_nothing_is_kept_but_that_it_came():
    raw = multipart("Content-Type: text/plain\n\nana@example.org unknown", sender="x@mx.example.net", subtype="report; report-type=delivery-status")

    message = filed(raw)

    assert (message.kind, message.sender, message.subject, message.text) == (IncomingKind.BOUNCE, "", "", "")


@pytest.mark.django_db
def test_our_own_invitation_passed_on_with_a_question_is_a_letter():
    invitation = invited(a_participant(a_meeting()))
    quoted = mail(reply_file(invitation, method="REQUEST"), sender="us@example.org").decode()
    raw = multipart("Content-Type: text/plain\n\nWhat is this?", f"Content-Type: message/rfc822\n\n{quoted}", sender="boss@example.net")

    message = filed(raw)

    assert (message.kind, message.text, message.invitation) == (IncomingKind.LETTER, "What is this?", invitation)


@pytest.mark.django_db
def test_control_characters_and_broken_text_do_not_reach_the_database():
    message = filed(mail(b"a\x00b\xffc\r\n\x1b[31m", sender=AUTHOR, content_type=TEXT, headers="Subject: =?utf-8?q?x=00y?=\n"))

    assert message.text == "abÿc\n[31m"
    assert "\x00" not in message.subject


@pytest.mark.django_db
def test_of_a_mail_in_html_only_the_words_are_kept():
    html = (
        "<html><head><style>p{}</style></head><body><p>Hola &amp; adi&oacute;s</p><script>alert(1)</script><!-- no --><p>1 &lt; 2</p></body></html>"
    )

    assert filed(mail(html, sender=AUTHOR, content_type="text/html; charset=utf-8")).text == "Hola & adiós\n1 < 2"


def test_words_are_read_out_of_nonsense_at_once():
    for nonsense in ("<", "<!--", "<a", "<style>", "&#"):
        text_of_html(nonsense * 200_000)


# --- letters are passed on, where nobody reads the mailbox ----------------------------------------------------------------------
def passed_on() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=MessageKind.FORWARDED))


def came(raw: bytes, *, minutes: int = 0) -> IncomingMessage | None:
    return file_and_forward(read_mail(raw), now=ANSWERED + timedelta(minutes=minutes))


@pytest.fixture
def participant(db: None) -> Participant:
    return a_participant(a_meeting(contact_email="Desk@dialogo.example.org"), email=AUTHOR)


def test_a_letter_is_passed_on_once_and_the_answer_goes_to_its_author(participant):
    came(letter("Is there parking?"))
    came(letter("Is there parking?"), minutes=1)

    [message] = passed_on()
    written = rendered(message)
    assert message.recipient_email == "Desk@dialogo.example.org"
    assert written.to == ["Desk@dialogo.example.org"]
    assert written.reply_to == [AUTHOR]
    assert written.extra_headers["Auto-Submitted"] == "auto-generated"
    assert written.body.splitlines()[-5:-2] == ["Subject: Accepted: Session 1", "", "Is there parking?"]


@pytest.mark.parametrize(
    "raw",
    [
        letter(headers="Auto-Submitted: auto-replied\n"),
        letter(headers="Precedence: list\n"),
        letter(sender="desk@dialogo.example.org", headers="In-Reply-To: OURS\n"),
        letter(sender="nobody@example.net"),
    ],
)
def test_what_is_no_letter_or_would_go_round_in_circles_is_not_passed_on(participant, raw):
    ours = message_id(participant.outbox.first()).encode()

    assert came(raw.replace(b"OURS", ours)) is not None
    assert passed_on() == []


def test_no_more_than_twenty_an_hour_of_one_author_are_passed_on_but_all_are_kept(participant):
    for number in range(22):
        came(letter(message_id=f"<{number}@x>"), minutes=number)
    came(letter(message_id="<later@x>"), minutes=70)

    assert (len(passed_on()), IncomingMessage.objects.count()) == (21, 23)


def test_a_letter_that_was_erased_meanwhile_is_not_sent(participant):
    came(letter())
    IncomingMessage.objects.update(sender="", subject="", text="")

    assert mails.render(passed_on()[0], now=ANSWERED) is None


def test_nothing_else_changes_when_a_letter_comes(participant):
    before = list(Participant.objects.values()), list(Invitation.objects.values())
    came(letter())

    assert (list(Participant.objects.values()), list(Invitation.objects.values())) == before
