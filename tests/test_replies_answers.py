"""Answers of calendars: what is believed, what is only kept, and that nothing else changes."""

from datetime import timedelta

import pytest

from registrations import mail as mails
from registrations.calendars.entries import uid_of
from registrations.enums import Answer, IncomingKind, MessageKind, Status
from registrations.models import HistoryEntry, IncomingMessage, Invitation, OutboxMessage, Participant
from registrations.operations.withdraw import withdraw
from tests.mail_rows import rendered
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_person, participants_of, sign_up
from tests.reply_mails import (
    ANSWERED,
    filed,
    from_apple,
    from_exchange,
    from_google,
    from_thunderbird,
    invited,
    mail,
    multipart,
    reply_file,
    stamp,
)

pytestmark = pytest.mark.django_db
SHAPES = [from_google, from_exchange, from_apple, from_thunderbird]
EVERYTHING = (Participant, Invitation, OutboxMessage, HistoryEntry)


@pytest.fixture
def invitation() -> Invitation:
    return invited(a_participant(a_meeting(), email="ana.paz@exteriores.example.com"))


def everything() -> list[object]:
    """All that a mail could change, but for the mails that are filed."""
    return [list(model.objects.order_by("pk").values()) for model in EVERYTHING]


def answer_to(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.answer


# --- what is believed -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DECLINED"])
@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer_in_the_shape_of_each_calendar_is_taken_over(invitation, shape, partstat):
    message = filed(shape(invitation, partstat=partstat))

    invitation.refresh_from_db()
    assert message.kind == IncomingKind.ANSWER
    assert (message.invitation, message.meeting, message.answer) == (invitation, invitation.session.meeting, partstat)
    assert (invitation.answer, invitation.answered_sequence) == (partstat, 0)
    assert invitation.answered_dtstamp == ANSWERED - timedelta(minutes=1)


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
def test_yes_and_perhaps_set_the_answer_and_nothing_else(invitation, partstat):
    participant = Participant.objects.get()
    before = Participant.objects.values().get(), list(OutboxMessage.objects.values())

    filed(from_google(invitation, partstat=partstat))

    assert (Participant.objects.values().get(), list(OutboxMessage.objects.values())) == before
    entry = participant.history.last()
    assert (entry.event, entry.actor, entry.facts) == ("answer", "calendar", {"session": 1, "answer": partstat})


def test_the_comment_is_kept_and_is_to_be_read(invitation):
    message = filed(from_exchange(invitation))

    assert (message.text, message.handled_at) == ("Llegaré tarde, lo siento", None)


def test_an_answer_without_a_comment_needs_nobody(invitation):
    assert filed(from_google(invitation)).handled_at == ANSWERED


def test_a_comment_is_cut_at_a_thousand_characters_and_cleaned(invitation):
    message = filed(mail(reply_file(invitation, more="COMMENT:<b>\x00\x07 " + "ñ" * 2000), sender=invitation.mailbox))

    assert message.text == "<b> " + "ñ" * 996


def test_a_later_answer_replaces_the_first(invitation):
    filed(from_google(invitation, partstat="ACCEPTED"))
    later = reply_file(invitation, partstat="TENTATIVE", dtstamp=stamp(ANSWERED + timedelta(minutes=1)))
    filed(mail(later, sender=invitation.mailbox, message_id="<later@client.example>"), now=ANSWERED + timedelta(minutes=2))

    assert answer_to(invitation) == Answer.TENTATIVE


def test_a_clock_that_is_fast_does_not_block_the_next_answer(invitation):
    filed(mail(reply_file(invitation, dtstamp="20990101T000000Z"), sender=invitation.mailbox))
    later = reply_file(invitation, partstat="DECLINED", dtstamp=stamp(ANSWERED + timedelta(minutes=1)))
    filed(mail(later, sender=invitation.mailbox, message_id="<later@client.example>"), now=ANSWERED + timedelta(minutes=2))

    assert answer_to(invitation) == Answer.DECLINED


# --- what is only kept ------------------------------------------------------------------------------------------------------
def forged_from(invitation):
    return mail(reply_file(invitation), sender="stranger@example.net")


def forged_attendee(invitation):
    return mail(reply_file(invitation, attendee="ATTENDEE;PARTSTAT=ACCEPTED:mailto:stranger@example.net"), sender=invitation.mailbox)


def two_authors(invitation):
    return mail(reply_file(invitation), sender=f"{invitation.mailbox}, stranger@example.net")


def author_behind_a_name(invitation):
    return mail(reply_file(invitation), sender=f'"{invitation.mailbox}" <stranger@example.net>')


def failing_dmarc(invitation):
    checks = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=x@evil.example; dmarc=fail (p=none) header.from=example.com\n"
    return mail(reply_file(invitation), sender=invitation.mailbox, headers=checks)


def failing_dmarc_above_a_forged_pass(invitation):
    checks = "Authentication-Results: mx.example.org;\n dmarc=fail\nAuthentication-Results: mx.example.org; dmarc=pass\n"
    return mail(reply_file(invitation), sender=invitation.mailbox, headers=checks)


def failing_spf(invitation):
    return mail(reply_file(invitation), sender=invitation.mailbox, headers="Received-SPF: SoftFail (mx.example.org: not permitted)\n")


def nested_in_a_mail_of_somebody_else(invitation):
    inner = mail(reply_file(invitation), sender=invitation.mailbox).decode()
    return multipart("Content-Type: text/plain\n\nSee below", f"Content-Type: message/rfc822\n\n{inner}", sender="stranger@example.net")


def delegated(invitation):
    return mail(reply_file(invitation, partstat="DELEGATED"), sender=invitation.mailbox)


def unanswered(invitation):
    return mail(reply_file(invitation, partstat="NEEDS-ACTION"), sender=invitation.mailbox)


def two_uids(invitation):
    return mail(reply_file(invitation, more="UID:another@example.net"), sender=invitation.mailbox)


def two_events(invitation):
    more = f"END:VEVENT\nBEGIN:VEVENT\nUID:{uid_of(invitation)}"
    return mail(reply_file(invitation, more=more), sender=invitation.mailbox)


def two_calendars(invitation):
    return mail(reply_file(invitation) * 2, sender=invitation.mailbox)


def one_of_a_series(invitation):
    return mail(reply_file(invitation, more="RECURRENCE-ID:20270210T140000Z"), sender=invitation.mailbox)


def two_attendees(invitation):
    return mail(reply_file(invitation, more="ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.net"), sender=invitation.mailbox)


def huge(invitation):
    return mail(reply_file(invitation, more="X-FILL:" + "a" * 300_000), sender=invitation.mailbox)


def no_method(invitation):
    return mail(reply_file(invitation, method=""), sender=invitation.mailbox)


def no_dtstamp(invitation):
    return mail(reply_file(invitation, dtstamp="yesterday"), sender=invitation.mailbox)


def no_number(invitation):
    return mail(reply_file(invitation, sequence="-1"), sender=invitation.mailbox)


def broken_base64(invitation):
    content_type = "text/calendar; method=REPLY\nContent-Transfer-Encoding: base64"
    raw = mail("", sender=invitation.mailbox, content_type=content_type).replace(b"Content-Transfer-Encoding: 8bit\r\n", b"")
    return raw + b"QkVHSU46VkNBTEVOREFS*!!A"


def garbage_in_the_file(invitation):
    return mail(bytes(range(256)) * 40, sender=invitation.mailbox)


ONLY_KEPT = {
    IncomingKind.UNVERIFIED: [
        forged_from,
        forged_attendee,
        two_authors,
        author_behind_a_name,
        failing_dmarc,
        failing_dmarc_above_a_forged_pass,
        failing_spf,
        nested_in_a_mail_of_somebody_else,
    ],
    IncomingKind.REQUEST: [delegated, unanswered],
    IncomingKind.UNREADABLE: [
        two_uids,
        two_events,
        two_calendars,
        one_of_a_series,
        two_attendees,
        huge,
        no_method,
        no_dtstamp,
        no_number,
        broken_base64,
        garbage_in_the_file,
    ],
}


@pytest.mark.parametrize(("kind", "shape"), [(kind, shape) for kind, shapes in ONLY_KEPT.items() for shape in shapes])
def test_what_is_not_certain_is_kept_for_the_desk_and_changes_nothing(invitation, kind, shape):
    before = everything()

    message = filed(shape(invitation))

    assert (message.kind, message.handled_at) == (kind, None)
    assert everything() == before


@pytest.mark.parametrize("method", ["COUNTER", "REFRESH", "CANCEL", "ADD", "DECLINECOUNTER"])
@pytest.mark.parametrize("sender", ["ana.paz@exteriores.example.com", "stranger@example.net"])
def test_every_other_method_waits_for_somebody_to_read_it(invitation, method, sender):
    before = everything()

    message = filed(mail(reply_file(invitation, method=method, more="COMMENT:An hour later?"), sender=sender))

    assert (message.kind, message.text, message.handled_at) == (IncomingKind.REQUEST, "An hour later?", None)
    assert everything() == before


def test_an_invitation_of_somebody_elses_waits_for_somebody_to_read_it(invitation):
    raw = mail(reply_file(invitation, method="REQUEST", uid="lunch@example.net"), sender="stranger@example.net")

    assert filed(raw).kind == IncomingKind.REQUEST


def test_a_pass_of_the_receiving_server_verifies_the_sender(invitation):
    checks = "Authentication-Results: mx.example.org; spf=fail; dkim=fail; dmarc=pass header.from=example.com\n"

    assert filed(mail(reply_file(invitation), sender=invitation.mailbox, headers=checks)).kind == IncomingKind.ANSWER


def test_an_answer_to_an_earlier_version_is_kept_and_changes_nothing(invitation):
    invitation.revisions.create(sequence=1, method="REQUEST", dtstamp=NOW, ics=b"")
    before = everything()

    message = filed(mail(reply_file(invitation, sequence="0"), sender=invitation.mailbox))

    assert (message.kind, message.sequence, message.handled_at) == (IncomingKind.STALE, 0, ANSWERED)
    assert everything() == before


# --- what is not even kept --------------------------------------------------------------------------------------------------
def test_the_same_mail_twice_does_nothing(invitation):
    filed(from_google(invitation, partstat="DECLINED"))
    before = everything()

    assert filed(from_google(invitation, partstat="DECLINED"), now=ANSWERED + timedelta(minutes=1)) is None
    assert everything() == before
    assert IncomingMessage.objects.count() == 1


@pytest.mark.parametrize("minutes", [1, 2])
def test_an_answer_not_later_than_the_known_one_is_ignored(invitation, minutes):
    filed(from_google(invitation, partstat="ACCEPTED"))
    before = everything()
    older = reply_file(invitation, partstat="DECLINED", dtstamp=stamp(ANSWERED - timedelta(minutes=minutes)))

    assert filed(mail(older, sender=invitation.mailbox, message_id="<older@client.example>")) is None
    assert everything() == before


@pytest.mark.parametrize("uid", ["00000000-0000-4000-8000-000000000000@dialogo.example.org", "lunch", "", "1@dialogo.example.org"])
def test_an_answer_to_no_entry_of_ours_is_dropped(invitation, uid):
    before = everything()

    assert filed(mail(reply_file(invitation, uid=uid), sender=invitation.mailbox)) is None
    assert everything() == before
    assert IncomingMessage.objects.count() == 0


# --- a refusal --------------------------------------------------------------------------------------------------------------
def questions() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=MessageKind.WITHDRAW_QUESTION))


def declined(invitation: Invitation, *, minutes: int = 0, partstat: str = "DECLINED") -> None:
    moment = ANSWERED + timedelta(minutes=minutes)
    filed(mail(reply_file(invitation, partstat=partstat, dtstamp=stamp(moment)), sender=invitation.mailbox, message_id=f"<{minutes}@x>"), now=moment)


def test_a_refusal_asks_once_whether_to_withdraw_and_withdraws_nobody(invitation):
    declined(invitation)
    declined(invitation, minutes=1, partstat="ACCEPTED")
    declined(invitation, minutes=2)

    participant = Participant.objects.get()
    assert [(each.participant, each.session, each.language) for each in questions()] == [(participant, invitation.session, "es")]
    assert participant.status == Status.CONFIRMED
    assert participant.sessions.count() == 2


def test_each_session_has_its_own_question():
    participant = a_participant(a_meeting())
    for number in (1, 2):
        declined(invited(participant, session=number), minutes=number)

    assert [each.session.number for each in questions()] == [1, 2]


def test_the_question_names_everybody_on_the_mailbox_with_a_link_each():
    meeting, shared = a_meeting(), "mision@exteriores.example.com"
    people = participants_of(sign_up(meeting, a_person(email=shared), a_person(email=shared), a_person(email=shared)))
    invitation = invited(people[0])
    withdraw(people[2], actor=ORGANIZER, now=NOW)
    declined(invitation)

    [question] = questions()
    body = rendered(question, now=ANSWERED).body
    assert [person.full_name in body for person in people] == [True, True, False]
    assert body.count("/withdraw/?session=1") == 2


def test_the_question_is_not_sent_once_it_is_not_true_any_more(invitation):
    declined(invitation)
    [question] = questions()
    declined(invitation, minutes=1, partstat="ACCEPTED")

    assert mails.render(question, now=ANSWERED) is None


def test_nobody_is_asked_about_a_session_that_is_over(invitation):
    filed(from_google(invitation, partstat="DECLINED"), now=invitation.session.ends_at)

    assert (answer_to(invitation), questions()) == (Answer.DECLINED, [])


def test_nobody_is_asked_who_has_withdrawn(invitation):
    withdraw(Participant.objects.get(), actor=ORGANIZER, now=NOW)
    filed(from_google(invitation, partstat="DECLINED"))

    assert questions() == []


def test_the_focal_point_gets_no_digest_of_an_answer():
    meeting = a_meeting()
    people = participants_of(sign_up(meeting, a_person(), a_person()))
    invitation = invited(people[1])
    OutboxMessage.objects.filter(kind=MessageKind.DIGEST).delete()
    filed(from_google(invitation, partstat="TENTATIVE"))

    assert OutboxMessage.objects.filter(kind=MessageKind.DIGEST).count() == 0
