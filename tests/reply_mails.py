"""Mails that come back, written by hand in the shapes that calendars and people send."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

from registrations.calendars.entries import uid_of
from registrations.details import IncomingMail
from registrations.enums import MessageKind
from registrations.inbound.reading import read_mail
from registrations.models import IncomingMessage, Invitation, Participant
from registrations.operations.file_incoming import file_incoming
from tests.mail_rows import owed, sent
from tests.make import NOW

US = "registration@dialogo.example.org"
WINDOWS_ZONE = ["BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T030000", "END:STANDARD", "END:VTIMEZONE"]
ANSWERED = NOW + timedelta(hours=1)


def invited(participant: Participant, *, session: int = 1) -> Invitation:
    """The participant's invitation to the session, after it was sent."""
    sent(owed(participant, MessageKind.INVITATION, session=session))
    return Invitation.objects.get(session__number=session, session__meeting=participant.meeting_id, mailbox=participant.mailbox)


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def reply_file(invitation: Invitation, *, partstat: str = "ACCEPTED", more: str = "", lines: str = "\r\n", **values: str) -> str:
    """A METHOD:REPLY of the invitation's mailbox; any property can be given another value, `more` adds lines to the event."""
    at = {
        "method": "REPLY",
        "uid": uid_of(invitation),
        "attendee": f"ATTENDEE;CN=Ana;PARTSTAT={partstat}:mailto:{invitation.mailbox}",
        "sequence": "0",
        "dtstamp": stamp(ANSWERED - timedelta(minutes=1)),
    } | values
    event = [f"UID:{at['uid']}", at["attendee"], f"SEQUENCE:{at['sequence']}", f"DTSTAMP:{at['dtstamp']}", *more.splitlines()]
    start = ["BEGIN:VCALENDAR", "PRODID:-//Test//EN", "VERSION:2.0", *([f"METHOD:{at['method']}"] if at["method"] else [])]
    return lines.join([*start, "BEGIN:VEVENT", *event, "END:VEVENT", "END:VCALENDAR", ""])


def mail(
    content: str | bytes,
    *,
    sender: str,
    content_type: str = 'text/calendar; charset="utf-8"; method=REPLY',
    message_id: str = "<1@client.example>",
    headers: str = "",
) -> bytes:
    """A mail of a single part in 8bit."""
    head = f"From: {sender}\nTo: {US}\nSubject: Accepted: Session 1\nMessage-ID: {message_id}\nMIME-Version: 1.0\n{headers}"
    body = content if isinstance(content, bytes) else content.encode()
    return f"{head}Content-Type: {content_type}\nContent-Transfer-Encoding: 8bit\n\n".replace("\n", "\r\n").encode() + body


def multipart(*parts: str, sender: str, subtype: str = "mixed", headers: str = "", message_id: str = "<2@client.example>") -> bytes:
    """A mail of several parts, each with its own headers."""
    inner = "".join(f"--edge\n{part}\n" for part in parts) + "--edge--\n"
    head = f"From: {sender}\nTo: {US}\nSubject: Accepted: Session 1\nMessage-ID: {message_id}\nMIME-Version: 1.0\n{headers}"
    return f"{head}Content-Type: multipart/{subtype}; boundary=edge\n\n{inner}".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def from_google(invitation: Invitation, *, partstat: str = "ACCEPTED") -> bytes:
    """text, HTML and calendar side by side, and the file once more as an attachment."""
    ics = reply_file(
        invitation,
        partstat=partstat,
        attendee=f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN=Ana\r\n  Paz;X-NUM-GUESTS=0:mailto:{invitation.mailbox}",
        more=f"ORGANIZER;CN=Diálogo:mailto:{US}\nSUMMARY:Session 1\nSTATUS:CONFIRMED\nDESCRIPTION:Join\\, please\\nhttps://example.org",
    )
    alternative = (
        "Content-Type: multipart/alternative; boundary=inner\n\n"
        '--inner\nContent-Type: text/plain; charset="UTF-8"; format=flowed\n\nAna Paz has accepted this invitation.\n'
        '--inner\nContent-Type: text/html; charset="UTF-8"\n\n<p>Ana Paz has accepted</p>\n'
        f'--inner\nContent-Type: text/calendar; charset="UTF-8"; method=REPLY\nContent-Transfer-Encoding: 7bit\n\n{ics}\n--inner--'
    )
    attached = f'Content-Type: application/ics; name="invite.ics"\nContent-Disposition: attachment; filename="invite.ics"\n\n{ics}'
    return multipart(
        alternative,
        attached,
        sender=f"Ana Paz <{invitation.mailbox}>",
        headers="Sender: Google Calendar <calendar-notification@google.com>\nAuto-Submitted: auto-generated\n",
    )


def from_exchange(invitation: Invitation, *, partstat: str = "ACCEPTED") -> bytes:
    """No ORGANIZER, a byte order mark, base64, no disposition, the Windows name of the zone, the comment in COMMENT."""
    ics = "\ufeff" + reply_file(
        invitation,
        partstat=partstat,
        attendee=f"ATTENDEE;PARTSTAT={partstat};CN=ana@example:MAILTO:{invitation.mailbox.upper()}",
        more="COMMENT;LANGUAGE=es-ES:Llegaré tarde\\, lo siento\nX-MICROSOFT-CDO-APPT-SEQUENCE:0\n"
        "DTSTART;TZID=W. Europe Standard Time:20270210T150000\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:REMINDER\nEND:VALARM",
    ).replace("BEGIN:VEVENT", "\r\n".join([*WINDOWS_ZONE, "BEGIN:VEVENT"]), 1)
    encoded = b64encode(ics.encode()).decode()
    calendar = f'Content-Type: text/calendar; charset="utf-8"; method=REPLY\nContent-Transfer-Encoding: base64\n\n{encoded}'
    text = 'Content-Type: text/plain; charset="iso-8859-1"\nContent-Transfer-Encoding: quoted-printable\n\nLlegar=E9 tarde, lo siento'
    return multipart(text, calendar, sender=f'"Paz, Ana" <{invitation.mailbox.title()}>', subtype="alternative")


def from_apple(invitation: Invitation, *, partstat: str = "ACCEPTED") -> bytes:
    """The calendar beside one text, folded, with an attachment's disposition."""
    ics = reply_file(invitation, partstat=partstat, more=f"ORGANIZER;EMAIL={US}:mailto:{US}\nREQUEST-STATUS:2.0;Success")
    text = "Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\nAna accepted your invitation."
    calendar = (
        f"Content-Disposition: attachment; filename=iCal-1.ics\nContent-Type: text/calendar; charset=utf-8; method=REPLY; name=iCal-1.ics\n\n{ics}"
    )
    return multipart(text, calendar, sender=f"Ana <{invitation.mailbox}>")


def from_thunderbird(invitation: Invitation, *, partstat: str = "ACCEPTED") -> bytes:
    """The calendar as an alternative to the text, with bare line feeds and a folded UID."""
    ics = reply_file(invitation, partstat=partstat, more=f"ORGANIZER;RSVP=TRUE:mailto:{US}\nX-MOZ-RECEIVED-SEQUENCE:0", lines="\n")
    ics = ics.replace(f"UID:{uid_of(invitation)}", f"UID:{uid_of(invitation)[:20]}\n {uid_of(invitation)[20:]}")
    return multipart(
        "Content-Type: text/plain; charset=UTF-8\n\nAna has accepted the event invitation.",
        f"Content-Type: text/calendar; method=REPLY; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{ics}",
        sender=f"Ana <{invitation.mailbox}>",
        subtype="alternative",
        headers="User-Agent: Mozilla Thunderbird\n",
    )


def filed(raw: bytes, *, now: datetime = ANSWERED) -> IncomingMessage | None:
    """What became of the mail that arrived at `now`."""
    return file_incoming(read(raw), now=now)


def read(raw: bytes) -> IncomingMail:
    return read_mail(raw)
