"""The MIME tree and the headers, as other readers see them."""

from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

import pytest
from pytest_django import Settings

from registrations.enums import MessageKind
from registrations.mail.envelope import message_id, outbox_id
from registrations.models import OutboxMessage
from registrations.operations.withdraw import withdraw
from tests.mail_rows import event_in, octets, opened, owed, rendered, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant

pytestmark = pytest.mark.django_db


def tree(part: EmailMessage) -> object:
    if part.is_multipart():
        return {part.get_content_type(): [tree(child) for child in part.iter_parts()]}
    return part.get_content_type()


def calendar_parts(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if part.get_content_type() in {"text/calendar", "application/ics"}]


def test_an_invitation_has_the_tree_that_calendars_recognize() -> None:
    mail = opened(rendered(owed(a_participant(a_meeting()), MessageKind.INVITATION)))

    assert tree(mail) == {"multipart/mixed": [{"multipart/alternative": ["text/plain", "text/html", "text/calendar"]}, "application/ics"]}
    alternative, attached = calendar_parts(mail)
    assert alternative.get_param("method") == "REQUEST"
    assert alternative.get_all("Content-Type")[0].count("charset") == 1
    assert alternative.get_content_charset() == "utf-8"
    assert alternative["Content-Disposition"] is None
    assert attached.get_filename() == "invite.ics"
    assert attached["Content-Transfer-Encoding"] == "base64"
    assert attached.get_content_disposition() == "attachment"


def test_both_calendar_parts_hold_the_octets_of_the_revision() -> None:
    message = owed(a_participant(a_meeting()), MessageKind.INVITATION)
    mail = opened(rendered(message))

    assert [part.get_payload(decode=True) for part in calendar_parts(mail)] == [bytes(message.revision.ics)] * 2


def test_a_cancellation_follows_its_request_in_the_same_form() -> None:
    participant = a_participant(a_meeting())
    request = sent(owed(participant, MessageKind.INVITATION, session=1))
    withdraw(participant, actor=ORGANIZER, now=NOW)

    written = rendered(owed(participant, MessageKind.CANCELLATION, session=1))

    mail = opened(written)
    alternative, attached = calendar_parts(mail)
    assert alternative.get_param("method") == "CANCEL"
    assert attached.get_filename() == "invite.ics"
    before, after = event_in(octets(request)), event_in(octets(written))
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert mail["In-Reply-To"] == mail["References"] == opened(request)["Message-ID"]


def test_a_notice_is_text_and_html_only() -> None:
    mail = opened(rendered(owed(a_pending_participant(a_meeting()), MessageKind.RECEIVED)))

    assert tree(mail) == {"multipart/alternative": ["text/plain", "text/html"]}


def test_the_headers_name_sender_recipient_and_language() -> None:
    participant = a_participant(a_meeting(contact_email="desk@dialogo.example.org"), given_names="María", family_names="Muñoz Peña")
    message = owed(participant, MessageKind.INVITATION)

    mail = opened(rendered(message))

    assert str(mail["From"]) == "Diálogo <registration@dialogo.example.org>"
    assert str(mail["To"]) == f"María Muñoz Peña <{participant.email}>"
    assert mail["Reply-To"] == "desk@dialogo.example.org"
    assert mail["Message-ID"] == f"<{message.pk}@dialogo.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["Content-Language"] == "es"
    assert mail["Date"]
    assert [mail[name] for name in ("Cc", "Bcc", "List-Unsubscribe", "In-Reply-To", "References")] == [None] * 5


@pytest.mark.parametrize(
    "name",
    [
        'José "Pepe" Pérez',
        "Ortega, Ana; Ruiz",
        "O'Brien ʻOkina",
        "back\\slash",
        "王小明 😀 đşł",
        "Ñandú de la Cruz y " * 10 + "Peña",
        "plain " * 40,
        "(parentheses) <angles> @at",
    ],
)
def test_any_name_is_one_recipient(name: str) -> None:
    message = OutboxMessage.objects.get(pk=owed(a_pending_participant(a_meeting()), MessageKind.RECEIVED).pk)
    message.recipient_name = name

    content = rendered(message).message().as_bytes(linesep="\r\n")

    [(encoded, address)] = getaddresses(BytesParser().parsebytes(content).get_all("To"))
    assert (str(make_header(decode_header(encoded))), address) == (" ".join(name.split()), message.recipient_email)


def test_a_name_with_line_breaks_makes_no_header() -> None:
    message = owed(a_pending_participant(a_meeting()), MessageKind.RECEIVED)
    message.recipient_name = "Ana\r\nBcc: everybody@example.org\u2028x"

    mail = opened(rendered(message))

    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].display_name == "Ana Bcc: everybody@example.org x"


def test_sending_again_sends_the_same_calendar_under_the_same_message_id() -> None:
    message = owed(a_participant(a_meeting()), MessageKind.INVITATION)
    first = rendered(message)
    again = rendered(OutboxMessage.objects.get(pk=message.pk), now=NOW.replace(day=25))

    assert octets(again) == octets(first)
    assert opened(again)["Message-ID"] == opened(first)["Message-ID"]
    assert (again.subject, again.body, again.alternatives) == (first.subject, first.body, first.alternatives)


def test_attach_mode_has_one_attachment_and_no_alternative(settings: Settings) -> None:
    settings.CALENDAR_MODE = "attach"
    message = owed(a_participant(a_meeting()), MessageKind.INVITATION)

    mail = opened(rendered(message))

    assert tree(mail) == {"multipart/mixed": [{"multipart/alternative": ["text/plain", "text/html"]}, "text/calendar"]}
    [attached] = calendar_parts(mail)
    assert (attached.get_param("method"), attached.get_filename()) == ("REQUEST", "invite.ics")
    assert attached.get_payload(decode=True).replace(b"\r\n", b"\n") == bytes(message.revision.ics).replace(b"\r\n", b"\n")


def test_a_provider_gets_the_key_of_the_mail_and_nothing_of_it_travels_over_smtp() -> None:
    message = owed(a_participant(a_meeting()), MessageKind.INVITATION)

    written = rendered(message)

    assert written.metadata == {"outbox_id": str(message.pk)}  # type: ignore[attr-defined]
    assert b"outbox_id" not in written.message().as_bytes()


@pytest.mark.parametrize("text", ["", "<>", "<someone@example.org>", "7", "<00000000-0000@x>"])
def test_a_foreign_message_id_is_no_key_of_ours(text: str) -> None:
    assert outbox_id(text) is None


def test_our_message_id_tells_its_message() -> None:
    message = owed(a_participant(a_meeting()), MessageKind.INVITATION)

    assert outbox_id(message_id(message)) == outbox_id(f" {message.pk}\n") == message.pk
