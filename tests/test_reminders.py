"""Who is reminded of a session, when, and in what words."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail as sent_mail
from django.core.management import call_command
from django.db import connection

from registrations import mail
from registrations.enums import Delivery, MessageKind, Status
from registrations.links import join_url, participant_url
from registrations.models import Meeting, OutboxMessage, Participant, Session
from registrations.operations.confirm import confirm
from registrations.operations.owe_reminders import owe_reminders
from registrations.operations.switch_language import switch_language
from registrations.operations.withdraw import withdraw
from tests.mail_rows import rendered, words_of_html
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ROOM = "https://meet.example.org/secret-room"
BEGINS = datetime(2027, 2, 10, 14, 0, tzinfo=UTC)


def a_reminding_meeting(*offsets: timedelta, sessions: int = 1, **fields: object) -> Meeting:
    meeting = a_meeting(sessions=sessions, **{"join_url": ROOM} | fields)
    for offset in offsets:
        meeting.reminders.create(minutes=offset / MINUTE)
    return meeting


def attending(meeting: Meeting, **fields: object) -> Participant:
    return a_participant(meeting, **{"sessions": frozenset({1})} | fields)


def move(session: Session, to: datetime) -> None:
    session.starts_at, session.ends_at = to, to + 3 * HOUR
    session.save()


def reminders() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=MessageKind.REMINDER).order_by("created_at", "pk"))


def the_reminder() -> OutboxMessage:
    [message] = reminders()
    return message


# --- when ---------------------------------------------------------------------------------------------------------------
def test_each_reminder_is_owed_once_when_its_moment_has_come():
    meeting = a_reminding_meeting(7 * DAY, DAY, HOUR)
    people = [attending(meeting), attending(meeting)]

    minute = BEGINS - 8 * DAY
    while minute < BEGINS + HOUR:
        owe_reminders(now=minute)
        minute += 15 * MINUTE

    assert {message.created_at for message in reminders()} == {BEGINS - 7 * DAY, BEGINS - DAY, BEGINS - HOUR}
    assert Counter(message.participant for message in reminders()) == dict.fromkeys(people, 3)


def test_nobody_is_reminded_before_the_moment_nor_once_the_session_has_begun():
    attending(a_reminding_meeting(HOUR))

    assert owe_reminders(now=BEGINS - HOUR - timedelta(seconds=1)) == 0
    assert owe_reminders(now=BEGINS) == 0
    assert reminders() == []


@pytest.mark.parametrize(
    ("late", "owed"),
    [
        (timedelta(), [10080]),
        (3.5 * DAY - MINUTE, [10080]),
        (3.5 * DAY, []),
        (6 * DAY - MINUTE, []),
        (6 * DAY, [1440]),
        (6 * DAY + 11 * HOUR, [1440]),
        (6 * DAY + 12 * HOUR, []),
        (7 * DAY - 31 * MINUTE, [60]),
        (7 * DAY - 30 * MINUTE, []),
    ],
)
def test_after_the_worker_was_down_only_what_is_still_useful_is_sent(late, owed):
    attending(a_reminding_meeting(7 * DAY, DAY, HOUR))

    owe_reminders(now=BEGINS - 7 * DAY + late)

    assert [message.facts["minutes"] for message in reminders()] == owed


def test_a_late_reminder_gives_way_to_the_next_one():
    attending(a_reminding_meeting(60 * MINUTE, 45 * MINUTE))

    owe_reminders(now=BEGINS - 44 * MINUTE)

    assert the_reminder().facts["minutes"] == 45


def test_a_session_that_moves_to_another_day_reminds_anew():
    meeting = a_reminding_meeting(DAY)
    attending(meeting)
    owe_reminders(now=BEGINS - DAY)

    move(meeting.sessions.get(), to=BEGINS + 5 * DAY)
    counts = [owe_reminders(now=BEGINS - DAY + 2 * HOUR), owe_reminders(now=BEGINS + 4 * DAY)]

    assert counts == [0, 1]


def test_a_session_that_moves_within_its_day_does_not_remind_twice():
    meeting = a_reminding_meeting(DAY)
    attending(meeting)
    owe_reminders(now=BEGINS - DAY)

    move(meeting.sessions.get(), to=BEGINS + 2 * HOUR)

    assert owe_reminders(now=BEGINS - DAY + 2 * HOUR) == 0


def test_a_mail_that_waited_while_its_session_moved_away_is_not_sent():
    meeting = a_reminding_meeting(DAY)
    attending(meeting)
    owe_reminders(now=BEGINS - DAY)

    move(meeting.sessions.get(), to=BEGINS + 5 * DAY)

    assert mail.render(the_reminder(), now=BEGINS - DAY + MINUTE) is None


@pytest.mark.parametrize("change", [{"is_cancelled": True}, {"is_draft": True}])
def test_a_session_that_does_not_take_place_reminds_nobody(change):
    meeting = a_reminding_meeting(HOUR)
    attending(meeting)
    owe_reminders(now=BEGINS - HOUR)

    Session.objects.update(**change)

    assert mail.render(the_reminder(), now=BEGINS - HOUR) is None
    OutboxMessage.objects.all().delete()
    assert owe_reminders(now=BEGINS - HOUR) == 0


def test_a_meeting_that_is_not_published_reminds_nobody():
    meeting = a_reminding_meeting(HOUR)
    attending(meeting)
    owe_reminders(now=BEGINS - HOUR)

    Meeting.objects.update(is_published=False)

    assert mail.render(OutboxMessage.objects.get(kind="reminder"), now=BEGINS - HOUR) is None
    OutboxMessage.objects.all().delete()
    assert owe_reminders(now=BEGINS - HOUR) == 0


def test_a_reminder_that_the_organizers_took_back_is_not_sent():
    meeting = a_reminding_meeting(HOUR)
    attending(meeting)
    owe_reminders(now=BEGINS - HOUR)

    meeting.reminders.all().delete()

    assert mail.render(the_reminder(), now=BEGINS - HOUR) is None


# --- to whom ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [status for status in Status if status != Status.CONFIRMED])
def test_nobody_unconfirmed_is_reminded(status):
    meeting = a_reminding_meeting(HOUR)
    attending(meeting)
    owe_reminders(now=BEGINS - HOUR)

    Participant.objects.update(status=status)

    assert mail.render(the_reminder(), now=BEGINS - HOUR) is None
    OutboxMessage.objects.all().delete()
    assert owe_reminders(now=BEGINS - HOUR) == 0


def test_none_is_owed_nor_sent_after_withdrawal():
    meeting = a_reminding_meeting(DAY, HOUR)
    person = attending(meeting)
    owe_reminders(now=BEGINS - DAY)

    withdraw(person, actor=ORGANIZER, now=BEGINS - DAY)

    assert mail.render(the_reminder(), now=BEGINS - DAY) is None
    assert owe_reminders(now=BEGINS - HOUR) == 0


def test_somebody_confirmed_after_the_moment_is_not_reminded_of_what_they_have_just_been_told():
    meeting = a_reminding_meeting(7 * DAY, HOUR)
    person = a_pending_participant(meeting, sessions=frozenset({1}))
    confirm(person, actor=ORGANIZER, now=BEGINS - 6 * DAY)

    assert owe_reminders(now=BEGINS - 6 * DAY + MINUTE) == 0
    assert owe_reminders(now=BEGINS - HOUR) == 1


def test_only_those_who_attend_the_session_are_reminded_of_it():
    meeting = a_reminding_meeting(HOUR, sessions=2)
    first, both, _second = (attending(meeting, sessions=frozenset(numbers)) for numbers in ({1}, {1, 2}, {2}))

    owe_reminders(now=BEGINS - HOUR)

    assert {message.participant for message in reminders()} == {first, both}


def test_people_on_one_mailbox_get_a_mail_each_with_their_own_page():
    meeting = a_reminding_meeting(HOUR)
    people = [attending(meeting, email="mision@example.org"), attending(meeting, email="mision@example.org")]

    owe_reminders(now=BEGINS - HOUR)

    bodies = [rendered(message, now=BEGINS - HOUR).body for message in reminders()]
    assert [[participant_url(person) in body for body in bodies].count(True) for person in people] == [1, 1]


@pytest.mark.parametrize("change", [{"erasure_approved_at": NOW}, {"erased_at": NOW}])
def test_an_approved_erasure_ends_the_reminders(change):
    attending(a_reminding_meeting(HOUR))

    Participant.objects.update(**change)

    assert owe_reminders(now=BEGINS - HOUR) == 0


def test_a_mail_to_an_address_that_was_changed_meanwhile_is_not_sent():
    attending(a_reminding_meeting(HOUR), email="old@example.org")
    owe_reminders(now=BEGINS - HOUR)

    person = Participant.objects.get()
    person.email = "new@example.org"
    person.save()

    assert mail.render(the_reminder(), now=BEGINS - HOUR) is None


# --- what it says -------------------------------------------------------------------------------------------------------
def body_at(moment: datetime, *, language: str = "en") -> str:
    return " ".join(rendered(the_reminder(), now=moment).body.split())


@pytest.mark.parametrize(
    ("language", "begins", "link"),
    [
        (
            "en",
            "“Session 1” of “Regional Dialogue on Humanitarian Demining” begins in 1 hour.",
            "The link to join is on the personal page and opens 30 minutes before the session.",
        ),
        (
            "es",
            "«Sesión 1» de «Diálogo Regional de Partes sobre Desminado Humanitario» comienza dentro de 1 hora.",
            "El enlace de acceso está en la página personal y se abre 30 minutos antes de la sesión.",
        ),
    ],
)
def test_it_says_what_when_and_how_soon_in_the_readers_language_on_both_clocks(language, begins, link):
    person = attending(a_reminding_meeting(HOUR), given_names="María", language=language)
    owe_reminders(now=BEGINS - HOUR)

    written = rendered(the_reminder(), now=BEGINS - HOUR + MINUTE)

    text = " ".join(written.body.split())
    places = {"en": "Geneva (GMT+1) 09:00-12:00 Quito, Lima and Washington, D.C.", "es": "Ginebra (GMT+1) 09:00-12:00 Quito, Lima y Washington D. C."}
    assert begins in text
    assert link in text
    assert f"15:00-18:00 {places[language]} (GMT-5)" in text
    assert {"en": "Wednesday 10 February 2027", "es": "miércoles 10 de febrero de 2027"}[language] in text
    assert {"en": "PERU - María Muñoz Peña", "es": "PERÚ - María Muñoz Peña"}[language] in text
    assert participant_url(person) in text
    assert written.subject.startswith({"en": "Reminder: ", "es": "Recordatorio: "}[language])


def test_the_link_to_join_is_inside_from_the_minute_on_in_which_the_room_opens_and_never_the_room_itself():
    person = attending(a_reminding_meeting(45 * MINUTE), language="en")
    owe_reminders(now=BEGINS - 45 * MINUTE)
    link = join_url(person, person.meeting.sessions.get(), language="en")

    before, after = (rendered(the_reminder(), now=BEGINS - 30 * MINUTE - wait) for wait in (timedelta(seconds=1), timedelta()))

    assert [link in part for written in (before, after) for part in (written.body, written.alternatives[0][0])] == [False, False, True, True]
    assert "secret-room" not in after.body + after.alternatives[0][0]
    assert f"You can join now: {link}" in " ".join(words_of_html(after.alternatives[0][0]).split())


def test_a_meeting_without_a_room_speaks_of_none():
    attending(a_reminding_meeting(HOUR, join_url=""), language="en")
    owe_reminders(now=BEGINS - HOUR)

    text = body_at(BEGINS - HOUR)

    assert "You are confirmed for this session." in text
    assert "join" not in text
    assert "meeting room" not in text


@pytest.mark.parametrize(
    ("offset", "sent_after", "words"),
    [
        (7 * DAY, 2 * MINUTE, "7 days"),
        (DAY, 2 * MINUTE, "1 day"),
        (DAY, 4 * HOUR, "20 hours"),
        (HOUR, 12 * MINUTE, "50 minutes"),
        (15 * MINUTE, MINUTE, "14 minutes"),
    ],
)
def test_how_soon_is_right_at_the_moment_of_sending(offset, sent_after, words):
    attending(a_reminding_meeting(offset), language="en")
    owe_reminders(now=BEGINS - offset)

    assert f"begins in {words}." in body_at(BEGINS - offset + sent_after)


def test_after_the_change_of_clocks_in_washington_lima_and_washington_stand_apart():
    meeting = a_reminding_meeting(HOUR)
    attending(meeting, language="en", now=datetime(2021, 2, 1, tzinfo=UTC))
    begins = datetime(2021, 3, 15, 14, 0, tzinfo=UTC)
    move(meeting.sessions.get(), to=begins)
    owe_reminders(now=begins - HOUR)

    text = body_at(begins - HOUR)

    assert "15:00-18:00 Geneva (GMT+1) 09:00-12:00 Quito and Lima (GMT-5) 10:00-13:00 Washington, D.C. (GMT-4)" in text
    assert "begins in 1 hour." in text


def test_a_reminder_that_waits_follows_a_change_of_language():
    person = attending(a_reminding_meeting(HOUR), language="es")
    owe_reminders(now=BEGINS - HOUR)

    switch_language(person, language="en", actor=ORGANIZER, now=BEGINS - HOUR)

    assert "begins in 1 hour." in body_at(BEGINS - HOUR)


# --- the worker ---------------------------------------------------------------------------------------------------------
def test_the_worker_sends_what_it_owes_in_one_go_and_no_second_time():
    attending(a_reminding_meeting(HOUR), language="en")
    OutboxMessage.objects.all().delete()

    with time_machine.travel(BEGINS - HOUR, tick=False):
        call_command("send_outbox", "--once")
        call_command("send_outbox", "--once")

    assert [message.subject for message in sent_mail.outbox] == ["Reminder: Regional Dialogue on Humanitarian Demining, 10 February"]
    assert the_reminder().status == Delivery.SENT


@pytest.mark.django_db(transaction=True)
def test_workers_who_ask_at_the_same_moment_owe_each_reminder_once():
    meeting = a_reminding_meeting(HOUR)
    people = [attending(meeting) for _person in range(3)]
    barrier = Barrier(4)

    def ask(_worker: int) -> None:
        barrier.wait()
        owe_reminders(now=BEGINS - HOUR)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(4)))

    assert Counter(message.participant for message in reminders()) == dict.fromkeys(people, 1)


def test_a_reminder_does_not_hold_up_the_calendar_entry_of_its_session():
    meeting = a_reminding_meeting(HOUR)
    attending(meeting)
    owe_reminders(now=BEGINS - HOUR)

    assert the_reminder().session is None


@pytest.mark.parametrize("people", [1, 3])
def test_reminding_costs_three_statements_at_any_length(people, django_assert_num_queries):
    meeting = a_reminding_meeting(HOUR)
    for _person in range(people):
        attending(meeting)

    with django_assert_num_queries(3):
        owe_reminders(now=BEGINS - HOUR)
    with django_assert_num_queries(2):
        owe_reminders(now=BEGINS - HOUR + MINUTE)


def test_a_meeting_without_reminders_costs_one_statement(django_assert_num_queries):
    attending(a_reminding_meeting())

    with django_assert_num_queries(1):
        assert owe_reminders(now=BEGINS - HOUR) == 0
