"""Who gets the link to a delegation's page by mail: its focal point, and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client

from registrations.details import FocalPoint
from registrations.enums import MessageKind
from registrations.links import delegation_url
from registrations.models import Delegation, OutboxMessage, Participant
from registrations.operations.decline import decline
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from tests.mail_rows import octets, opened, owed, rendered, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, confirmed, participants_of, sign_up
from tests.web_form import GENEVA, open_form

pytestmark = pytest.mark.django_db
SENTENCE = "You are the focal point of the delegation"
ROSA = FocalPoint(name="Rosa Archivo", email="protocolo@mision.example.org", language="en")


def everything_said(message: OutboxMessage) -> str:
    """Subject, text and html as a mail program shows them, without the calendar."""
    mail = opened(rendered(message))
    parts = [part.get_content() for part in mail.walk() if part.get_content_type() in {"text/plain", "text/html"}]
    return "\n".join([mail["Subject"], *parts])


def leads_to_the_page(message: OutboxMessage, delegation: Delegation) -> bool:
    said = everything_said(message)
    assert (delegation_url(delegation, language=message.language) in said) == ("/d/" in said) == (SENTENCE in said.replace("\n", " "))
    return "/d/" in said


def one_of(kind: MessageKind) -> OutboxMessage:
    """A mail of the kind to a participant who is the focal point as well."""
    meeting = a_meeting(seats=0 if kind == MessageKind.WAITING else None)
    if kind in {MessageKind.WAITING, MessageKind.INVITATION}:
        return owed(a_participant(meeting, language="en"), kind)
    person = a_person(language="en")
    [participant] = participants_of(sign_up(meeting, person, type_code="organization", entity="", organization="Red Andina"))
    if kind == MessageKind.RETURNED:
        return_for_correction(participant, fields=["position"], notes={"en": "In full."}, actor=ORGANIZER, now=NOW)
    elif kind == MessageKind.DECLINED:
        decline(participant, reasons={"en": "Too late."}, actor=ORGANIZER, now=NOW)
    elif kind == MessageKind.ALREADY_REGISTERED:
        sign_up(meeting, person, type_code="organization", entity="", organization="Red Andina", now=NOW + timedelta(hours=1))
    return owed(participant, kind)


KINDS = ["received", "waiting", "invitation", "declined", "already_registered", "returned"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_focal_point_who_takes_part_finds_the_link_in_their_own_mails(kind):
    message = one_of(MessageKind(kind))

    assert leads_to_the_page(message, message.participant.delegation)


@pytest.mark.parametrize("kind", KINDS)
def test_a_participant_with_another_mailbox_does_not(kind):
    message = one_of(MessageKind(kind))
    Delegation.objects.update(focal_point_email="other@mision.example.org", focal_point_mailbox="other@mision.example.org")

    assert not leads_to_the_page(message, message.participant.delegation)


def test_a_colleague_of_the_focal_point_gets_no_link():
    first, second = participants_of(sign_up(a_meeting(), a_person(language="en"), a_person(language="en")))

    assert leads_to_the_page(owed(first, MessageKind.INVITATION, session=1), first.delegation)
    assert not leads_to_the_page(owed(second, MessageKind.INVITATION, session=1), first.delegation)


def test_capitals_in_the_address_do_not_matter():
    focal_point = FocalPoint(name="Rosa", email="Rosa@Mision.Example.org", language="en")
    [participant] = participants_of(sign_up(a_meeting(), a_person(language="en", email="rosa@mision.example.org"), focal_point=focal_point))

    assert leads_to_the_page(owed(participant, MessageKind.INVITATION, session=1), participant.delegation)


def test_what_was_owed_to_an_earlier_address_does_not_bring_the_link_there():
    form = {"type_code": "organization", "entity": "", "organization": "Red Andina", "focal_point": ROSA}
    [participant] = participants_of(sign_up(a_meeting(), a_person(language="en"), **form))
    message = owed(participant, MessageKind.RECEIVED)
    Participant.objects.update(email=ROSA.email, mailbox=ROSA.email)

    assert not leads_to_the_page(OutboxMessage.objects.get(pk=message.pk), participant.delegation)


def test_the_link_is_the_one_that_works_when_the_mail_leaves():
    participant = a_participant(a_meeting(), language="en")
    message = owed(participant, MessageKind.INVITATION, session=1)
    Delegation.objects.update(link_version=2)

    assert leads_to_the_page(message, Delegation.objects.get())


def test_a_focal_point_who_takes_no_part_gets_it_with_the_summary():
    submission = sign_up(a_meeting(), a_person(), focal_point=ROSA)

    assert leads_to_the_page(OutboxMessage.objects.get(kind=MessageKind.SUMMARY), submission.delegation)


def test_whoever_joins_by_a_second_form_never_gets_it():
    meeting = a_meeting()
    sign_up(meeting, a_person())
    stranger = FocalPoint(name="A Stranger", email="stranger@example.net", language="en")
    submission = sign_up(meeting, a_person(email="stranger@example.net", language="en"), a_person(language="en"), focal_point=stranger)
    sign_up(meeting, a_person(language="en"), focal_point=stranger)

    messages = OutboxMessage.objects.filter(mailbox="stranger@example.net")

    assert {message.kind for message in messages} == {"invitation", "summary"}
    assert [leads_to_the_page(message, submission.delegation) for message in messages] == [False] * len(messages)


def test_the_focal_point_who_sends_a_second_form_finds_it_in_the_summary():
    meeting = a_meeting()
    sign_up(meeting, a_person(), focal_point=ROSA)
    submission = sign_up(meeting, a_person(), focal_point=ROSA, now=NOW + timedelta(hours=1))

    assert leads_to_the_page(OutboxMessage.objects.get(submission=submission), submission.delegation)


def test_another_delegations_focal_point_gets_no_link_to_this_one():
    meeting = a_meeting()
    mine = a_participant(meeting, language="en", email="both@mision.example.org")
    other = a_pending_participant(meeting, language="en")
    guest = a_pending_participant(meeting, language="en", email="both@mision.example.org")

    said = everything_said(owed(guest, MessageKind.RECEIVED))

    assert delegation_url(mine.delegation, language="en") not in said
    assert delegation_url(other.delegation, language="en") not in said


def test_the_calendar_part_never_holds_it():
    participant = a_participant(a_meeting(join_url="https://zoom.example.com/j/1"), language="en")
    invitation = rendered(owed(participant, MessageKind.INVITATION, session=1))
    sent(owed(participant, MessageKind.INVITATION, session=1))
    withdraw(participant, actor=ORGANIZER, now=NOW)
    cancellation = rendered(owed(participant, MessageKind.CANCELLATION, session=1))

    for mail in (invitation, cancellation):
        assert b"/d/" not in octets(mail).replace(b"\r\n ", b"")
    assert "/d/" in invitation.body


def test_a_cancellation_leads_nowhere():
    participant = confirmed(a_pending_participant(a_meeting(), language="en"))
    sent(owed(participant, MessageKind.INVITATION, session=1))
    withdraw(participant, actor=ORGANIZER, now=NOW)

    assert "://" not in rendered(owed(participant, MessageKind.CANCELLATION, session=1)).body


def test_the_public_answer_to_a_form_does_not_show_it(client: Client, time_machine):
    time_machine.move_to(NOW)
    meeting = a_meeting(slug="dialogue")
    a_participant(meeting)
    values = open_form(client, f"/en/dialogue/{GENEVA}")
    time_machine.move_to(NOW + timedelta(hours=1))

    answer = client.post(f"/en/dialogue/{GENEVA}", values)

    assert "The registration is confirmed" in answer.content.decode()
    assert "/d/" not in answer.content.decode()


def test_the_sentence_is_in_the_recipients_language():
    participant = a_participant(a_meeting(), language="es")

    text = rendered(owed(participant, MessageKind.INVITATION, session=1)).body.replace("\n", " ")

    assert "Usted es el punto focal de la delegación (Perú)." in text
    assert delegation_url(participant.delegation, language="es") in text
