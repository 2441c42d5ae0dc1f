"""Mails with a calendar entry as a real SMTP server got them, and each entry against the one that it changes."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

import pytest

from registrations.details import PARTICIPANT
from registrations.models import Session
from registrations.operations.amend import amend
from registrations.operations.switch_language import switch_language
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests import ical_js
from tests.mail_rows import words_of_html
from tests.make import NOW
from tests.odd_texts import Scene, Text, a_scene, as_typed, both_languages, every_hard_text
from tests.published import publish_change
from tests.readers import by_ical_js
from tests.smtp import SmtpServer
from tests.worker import deliver

pytestmark = pytest.mark.django_db
TREE = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"]
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LATER = NOW + timedelta(hours=1)
STARTS_AT = datetime(2027, 2, 10, 14, tzinfo=UTC)


# --- entries over time --------------------------------------------------------------------------------------------------
def moved(scene: Scene) -> None:
    publish_change(scene.session, now=LATER, starts_at=STARTS_AT + timedelta(hours=1), ends_at=STARTS_AT + timedelta(hours=4))


def renamed(scene: Scene) -> None:
    publish_change(scene.session, now=LATER, title_en="Opening", title_es="Apertura")


def in_another_language(scene: Scene) -> None:
    switch_language(scene.participant, language={"en": "es", "es": "en"}[scene.language], actor=PARTICIPANT, now=LATER)


def withdrawn(scene: Scene) -> None:
    withdraw(scene.participant, actor=PARTICIPANT, now=LATER)


def at_another_address(scene: Scene) -> None:
    details = replace(person_on_record(scene.participant), email="new@example.org")
    amend(scene.participant, details=details, actor=PARTICIPANT, now=LATER)


def without_the_first_session(scene: Scene) -> None:
    details = replace(person_on_record(scene.participant), sessions=frozenset({2}))
    amend(scene.participant, details=details, actor=PARTICIPANT, now=LATER)


CHANGES = {
    "REQUEST": [moved, renamed, in_another_language],
    "CANCEL": [withdrawn, at_another_address, without_the_first_session],
}


@pytest.mark.parametrize(("method", "change"), [(method, change) for method, changes in CHANGES.items() for change in changes])
@both_languages
def test_a_change_is_one_of_the_entry_that_is_there(method: str, change: Callable[[Scene], None], language: str, mail_over_smtp: SmtpServer) -> None:
    scene = a_scene(as_typed("Mesa redonda"), language)
    deliver(now=NOW)
    change(scene)
    deliver(now=LATER)

    before, after = (by_ical_js(ics)[0] for ics in calendars_received(mail_over_smtp, session=scene.session))

    assert calendar_methods(mail_over_smtp, session=scene.session) == ["REQUEST", method]
    assert int(after["sequence"][0]) == int(before["sequence"][0]) + 1
    assert after["dtstamp"][0] >= before["dtstamp"][0]
    assert [after[name] for name in ("uid", "created")] == [before[name] for name in ("uid", "created")]
    assert [after[name][0] for name in ("organizer",)] == [before[name][0] for name in ("organizer",)]
    assert [address for address, _parameters in after["attendee"]] == [address for address, _parameters in before["attendee"]]
    if method == "CANCEL":
        assert [after[name] for name in ("dtstart", "dtend", "attendee", "organizer")] == [
            before[name] for name in ("dtstart", "dtend", "attendee", "organizer")
        ]
        assert (before["status"][0], after["status"][0]) == ("CONFIRMED", "CANCELLED")


def calendars_received(server: SmtpServer, *, session: Session) -> list[bytes]:
    """The files that came for the session's own invitation of the first mailbox, in order."""
    files = [calendar_parts(message_from_bytes(mail.content, policy=policy.default))[0].get_payload(decode=True) for mail in server.received]
    uid = next(str(invitation.uid) for invitation in session.invitations.order_by("pk"))
    return [ics for ics in files if uid in ical_js.event_in(ics)["uid"]["value"]]


def calendar_methods(server: SmtpServer, *, session: Session) -> list[str]:
    return [ical_js.read(ics)["method"]["value"] for ics in calendars_received(server, session=session)]


# --- mails as they came over the wire -------------------------------------------------------------------------------------
def calendar_parts(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.walk() if part.get_content_type() in {"text/calendar", "application/ics"}]


@both_languages
@every_hard_text
def test_the_mails_arrive_in_the_tree_that_calendars_recognize(text: Text, language: str, mail_over_smtp: SmtpServer) -> None:
    scene = a_scene(text, language)
    deliver(now=NOW)
    moved(scene)
    deliver(now=LATER)
    withdraw(scene.participant, actor=PARTICIPANT, now=LATER + timedelta(hours=1))
    deliver(now=LATER + timedelta(hours=1))

    contents = [received.content for received in mail_over_smtp.received]
    mails = [message_from_bytes(content, policy=policy.default) for content in contents]
    methods = ["REQUEST", "REQUEST", "REQUEST", "CANCEL", "CANCEL"]
    assert [[part.get_content_type() for part in mail.walk()] for mail in mails] == [TREE] * 5
    assert [calendar_parts(mail)[0].get_param("method") for mail in mails] == methods
    for mail, content, method in zip(mails, contents, methods, strict=True):
        alternative, attached = calendar_parts(mail)
        ics = attached.get_payload(decode=True)
        assert alternative.get_payload(decode=True) == ics
        assert ical_js.read(ics)["method"]["value"] == method
        assert (alternative.get_content_charset(), alternative["Content-Disposition"]) == ("utf-8", None)
        assert (attached.get_content_disposition(), attached.get_filename()) == ("attachment", "invite.ics")
        assert (display_name(content), mail["Content-Language"]) == (" ".join(CONTROLS.sub(" ", scene.participant.full_name).split()), language)
        assert max(map(len, content.split(b"\r\n"))) <= 998
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)


def display_name(content: bytes) -> str:
    """Of the recipient; Python's newer parser leaves blanks between encoded words that RFC 2047 6.2 takes out."""
    [(encoded, _address)] = getaddresses(BytesParser().parsebytes(content).get_all("To"))
    return str(make_header(decode_header(encoded)))


@both_languages
@every_hard_text
def test_text_and_html_name_the_session_as_it_was_typed(text: Text, language: str, mail_over_smtp: SmtpServer) -> None:
    a_scene(text, language)
    deliver(now=NOW)

    mail = message_from_bytes(mail_over_smtp.received[0].content, policy=policy.default)

    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    typed = " ".join(f"1 {language} {text.typed}".split())
    assert typed in " ".join(plain.get_content().split())
    assert typed in " ".join(words_of_html(html.get_content()).split())
