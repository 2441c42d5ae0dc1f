"""The way to join reaches nobody but the confirmed, and nobody's data reaches another mailbox."""

from datetime import timedelta

import pytest

from registrations import mail
from registrations.calendars.own import own_calendar
from registrations.calendars.programme import programme_calendar
from registrations.enums import Delivery, MessageKind, Status
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.rules.placeholders import Placeholder
from tests.mail_rows import octets, opened
from tests.make import NOW, a_draft, a_meeting, a_participant

pytestmark = pytest.mark.django_db
ROOM = "https://zoom.example.com/j/123?pwd=secret"
HOUR = {"starts_at": NOW.isoformat(), "ends_at": (NOW + timedelta(hours=1)).isoformat()}
WAYS_TO_JOIN = [b"/join/", b"zoom.example", b"pwd=secret"]
EVERYTHING = " ".join(placeholder.written for placeholder in Placeholder)
THREE_WEEKS = 22 * 24 * 60


def a_message(participant: Participant, kind: MessageKind) -> OutboxMessage:
    """A row of the kind, whether or not it fits the participant's status; a reminder is due, and the room open."""
    participant.meeting.reminders.create(minutes=THREE_WEEKS)
    Meeting.objects.update(join_opens_minutes=THREE_WEEKS)
    has_calendar = kind in {MessageKind.INVITATION, MessageKind.CANCELLATION}
    return OutboxMessage.objects.create(
        meeting=participant.meeting,
        kind=kind,
        participant=participant,
        submission=participant.delegation.submissions.get(),
        delegation=participant.delegation,
        letter=a_draft(participant, text_en=EVERYTHING, text_es=EVERYTHING) if kind == MessageKind.LETTER else None,
        session=participant.sessions.get(number=1) if has_calendar else None,
        recipient_name=participant.full_name,
        recipient_email=participant.email,
        language=participant.language,
        facts={
            "because": "withdrawn",
            "reason": "A reason.",
            "fields": ["position"],
            "note": "In full.",
            "letter": 0,
            "expected": 0,
            "languages": ["en"],
            **HOUR,
            "of_session": participant.sessions.get(number=1).pk,
            "minutes": THREE_WEEKS,
        },
        unique_key=f"test:{kind}",
        due_at=NOW,
        created_at=NOW,
    )


def with_an_invitation_sent(meeting: Meeting) -> Participant:
    participant = a_participant(meeting)
    for message in OutboxMessage.objects.all():
        assert mail.render(message, now=NOW)
    OutboxMessage.objects.update(status=Delivery.SENT, sent_at=NOW)
    return participant


def everything_in(content: bytes) -> bytes:
    """The mail with all its parts decoded."""
    return content + b"".join(part.get_payload(decode=True) or b"" for part in opened(content).walk() if not part.is_multipart())


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("status", [status for status in Status if status != Status.CONFIRMED])
def test_no_mail_to_anybody_else_holds_a_way_to_join(status: Status, kind: MessageKind) -> None:
    participant = with_an_invitation_sent(a_meeting(join_url=ROOM))
    Participant.objects.update(status=status)
    message = a_message(participant, kind)

    written = mail.render(OutboxMessage.objects.get(pk=message.pk), now=NOW)

    content = everything_in(written.message().as_bytes(linesep="\r\n")).replace(b"\r\n ", b"") if written else b""
    assert not [way for way in WAYS_TO_JOIN if way in content]


@pytest.mark.parametrize("status", list(Status))
def test_no_file_holds_a_way_to_join(status: Status) -> None:
    participant = with_an_invitation_sent(a_meeting(join_url=ROOM))
    participant.status = status

    for file in (own_calendar(participant, now=NOW), programme_calendar(participant.meeting, language="en")):
        assert not [way for way in WAYS_TO_JOIN if way in file.replace(b"\r\n ", b"")]


def test_the_confirmed_get_the_sites_own_link_and_never_the_rooms() -> None:
    with_an_invitation_sent(a_meeting(join_url=ROOM))
    message = OutboxMessage.objects.filter(kind=MessageKind.INVITATION).first()

    written = mail.render(message, now=NOW)

    assert b"/join/" in octets(written).replace(b"\r\n ", b"")
    assert b"zoom.example" not in everything_in(written.message().as_bytes(linesep="\r\n")).replace(b"\r\n ", b"")


def test_a_revoked_link_makes_the_invitation_new() -> None:
    participant = with_an_invitation_sent(a_meeting(join_url=ROOM))
    message = OutboxMessage.objects.filter(kind=MessageKind.INVITATION).first()
    before = octets(mail.render(message, now=NOW))
    Participant.objects.filter(pk=participant.pk).update(link_version=2)

    after = octets(mail.render(OutboxMessage.objects.get(pk=message.pk), now=NOW))

    assert b"SEQUENCE:0" in before
    assert b"SEQUENCE:1" in after


def test_a_mail_names_nobody_of_another_mailbox() -> None:
    meeting = a_meeting()
    first, second = a_participant(meeting, family_names="Ñusta"), a_participant(meeting, family_names="Quispe")

    for message in OutboxMessage.objects.filter(mailbox=first.mailbox):
        content = everything_in(mail.render(message, now=NOW).message().as_bytes(linesep="\r\n"))
        for private in (second.family_names, second.email, second.reference):
            assert private.encode() not in content
