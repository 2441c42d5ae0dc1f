"""What became of a letter's mails, and what is still done about it: sending again, cancelling."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages

from registrations.delivery import claim
from registrations.enums import Arrival, Delivery, LetterStatus, MessageKind, Outcome
from registrations.errors import NoneFailed, NothingToCancel
from registrations.models import HistoryEntry, Letter, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.cancel_letter import cancel_letter
from registrations.operations.record_arrival import record_arrival
from registrations.operations.resend_letter import resend_letter
from registrations.operations.send_letter import send_trial
from registrations.queries.letters import outcomes
from registrations.queries.participants import person_on_record
from tests.desk_rows import a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_draft, a_letter, a_meeting, a_participant
from tests.post_office import Backend, PostOffice
from tests.web_form import soup
from tests.worker import deliver

pytestmark = pytest.mark.django_db
LETTERS = "/admin/registrations/letter/"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(settings) -> PostOffice:
    settings.EMAIL_BACKEND, Backend.office = "tests.post_office.Backend", PostOffice()
    return Backend.office


def people(number: int) -> list[Participant]:
    meeting = a_meeting()
    found = [a_participant(meeting) for _index in range(number)]
    OutboxMessage.objects.all().delete()
    return found


def mail_to(person: Participant) -> OutboxMessage:
    return person.outbox.get(kind=MessageKind.LETTER)


def put(person: Participant, **columns) -> None:
    OutboxMessage.objects.filter(pk=mail_to(person).pk).update(**columns)


def failed(person: Participant) -> None:
    put(person, status=Delivery.FAILED, attempts=9, outcome="550 no such mailbox")


def bounced(person: Participant) -> None:
    put(person, status=Delivery.SENT, sent_at=NOW)
    record_arrival(mail_to(person), arrival=Arrival.BOUNCED, key=f"test:{person.pk}", at=NOW, now=NOW)


def numbers(letter: Letter) -> dict[str, int]:
    return {outcome.value: number for outcome, number in outcomes([letter.pk]).get(letter.pk, {}).items()}


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


# --- what became of them ------------------------------------------------------------------------------------------------
def test_every_mail_is_counted_by_what_became_of_it():
    six = people(6)
    letter = a_letter(*six)
    send_trial(a_draft(six[0]), to="ana@example.org", actor=ORGANIZER, now=NOW)
    failed(six[0])
    bounced(six[1])
    put(six[2], status=Delivery.SENT)
    put(six[3], status=Delivery.UNCERTAIN, repeats=1)
    put(six[4], status=Delivery.SUPERSEDED)

    assert numbers(letter) == {"failed": 1, "bounced": 1, "sent": 1, "uncertain": 1, "cancelled": 1, "owed": 1}


def test_the_page_shows_everybody_with_failures_first_and_why():
    first, second = people(2)
    letter = a_letter(first, second)
    failed(second)

    page = soup(a_desk().get(f"{LETTERS}{letter.pk}/change/"))

    rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.select("[aria-labelledby=mails-heading] tbody tr")]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        (second.styled_name, second.email, "Failed 550 no such mailbox"),
        (first.styled_name, first.email, "To be sent"),
    ]
    figures = {line.dt.text: line.dd.text for line in page.select(".at-a-glance div")}
    assert figures == {"Mails": "2", "Failed": "1", "Came back": "0", "In doubt": "0", "To be sent": "1", "Sent": "0", "Not sent": "0"}


def test_a_figure_leads_to_exactly_those():
    first, second = people(2)
    letter = a_letter(first, second)
    bounced(second)
    desk = a_desk()

    page = desk.get(f"{LETTERS}{letter.pk}/change/?outcome=bounced")

    assert [line["person"] for line in page.context["page"]] == [second]
    assert f'href="/admin/registrations/participant/{second.pk}/change/#id_email"' in page.content.decode()


def test_the_list_of_letters_says_how_far_each_has_come():
    first, second = people(2)
    a_letter(first, second)
    failed(second)
    a_letter(first, due_at=LATER)
    a_draft(first)

    page = soup(a_desk().get(LETTERS))

    rows = sorted((row.select_one(".field-state").text, row.select_one(".field-progress").text) for row in page.select("#result_list tbody tr"))
    assert [(state, set(progress.split(", "))) for state, progress in rows] == [
        ("draft", {"-"}),
        ("scheduled", {"to be sent: 1"}),
        ("sent off", {"failed: 1", "to be sent: 1"}),
    ]


@pytest.mark.parametrize("rows", [1, 3, 150])
def test_the_page_costs_the_same_at_any_number(rows, django_assert_num_queries):
    letter = a_letter(*many_participants(a_meeting(), rows))
    desk = a_desk()
    desk.get(f"{LETTERS}{letter.pk}/change/")

    with django_assert_num_queries(22):
        desk.get(f"{LETTERS}{letter.pk}/change/")


def test_a_long_list_is_turned_page_by_page():
    letter = a_letter(*many_participants(a_meeting(), 150))
    desk = a_desk()

    pages = [desk.get(f"{LETTERS}{letter.pk}/change/?page={number}") for number in (1, 2)]

    shown = [{line["person"].pk for line in page.context["page"]} for page in pages]
    assert ([len(each) for each in shown], len(shown[0] | shown[1])) == ([100, 50], 150)


# --- sending again ------------------------------------------------------------------------------------------------------
def test_only_those_not_reached_get_it_again_at_their_present_address(office):
    reached, refused, gone = people(3)
    letter = a_letter(reached, refused, gone)
    put(reached, status=Delivery.SENT)
    failed(refused)
    bounced(gone)
    details = person_on_record(Participant.objects.get(pk=gone.pk))
    amend(gone, details=type(details)(**vars(details) | {"email": "right@example.org"}), actor=ORGANIZER, now=NOW)

    number = resend_letter(letter, actor=ORGANIZER, now=LATER)
    OutboxMessage.objects.exclude(kind=MessageKind.LETTER).delete()
    deliver(now=LATER)

    assert number == 2
    assert sorted(mail.mailbox for mail in office.taken) == sorted([refused.mailbox, "right@example.org"])
    assert numbers(letter) == {"sent": 3}
    assert {entry.participant for entry in HistoryEntry.objects.filter(event="resend letter")} == {refused, gone}


def test_sending_again_twice_sends_once():
    [person] = people(1)
    letter = a_letter(person)
    failed(person)

    resend_letter(letter, actor=ORGANIZER, now=LATER)

    with pytest.raises(NoneFailed):
        resend_letter(letter, actor=ORGANIZER, now=LATER)
    assert OutboxMessage.objects.filter(kind=MessageKind.LETTER).count() == 1


def test_nothing_is_sent_again_to_somebody_about_to_be_erased():
    [person] = people(1)
    letter = a_letter(person)
    failed(person)
    Participant.objects.update(erasure_approved_at=NOW)

    with pytest.raises(NoneFailed):
        resend_letter(letter, actor=ORGANIZER, now=LATER)


@pytest.mark.parametrize("rows", [1, 3])
def test_sending_again_costs_the_same_at_any_number(rows, django_assert_num_queries):
    letter = a_letter(*people(rows))
    OutboxMessage.objects.update(status=Delivery.FAILED)
    Participant.objects.update(language="en")

    with django_assert_num_queries(8):
        resend_letter(letter, actor=ORGANIZER, now=LATER)


def test_the_desk_sends_again_and_says_so():
    first, second = people(2)
    letter = a_letter(first, second)
    failed(second)
    desk = a_desk()

    button = soup(desk.get(f"{LETTERS}{letter.pk}/change/")).select_one(f"form[action='{LETTERS}{letter.pk}/resend/'] button")
    answer = desk.post(f"{LETTERS}{letter.pk}/resend/")

    assert button.text == "Send again to the one not reached"
    assert told(answer) == ["1 mail is sent again."]
    assert desk.get(f"{LETTERS}{letter.pk}/resend/").status_code == 405


# --- cancelling ---------------------------------------------------------------------------------------------------------
def test_what_has_not_left_is_cancelled_and_the_rest_stays(office):
    left, waiting = people(2)
    letter = a_letter(left, waiting)
    put(left, status=Delivery.SENT)

    number = cancel_letter(letter, actor=ORGANIZER, now=NOW)
    deliver(now=LATER)

    letter.refresh_from_db()
    assert (number, letter.status, office.taken) == (1, LetterStatus.CANCELLED, [])
    assert numbers(letter) == {"sent": 1, "cancelled": 1}
    assert [entry.participant for entry in HistoryEntry.objects.filter(event="cancel letter")] == [waiting]


def test_a_mail_that_a_worker_holds_is_cancelled_before_it_is_handed_over(office):
    [person] = people(1)
    letter = a_letter(person)
    claim(limit=1, now=LATER)

    assert cancel_letter(letter, actor=ORGANIZER, now=LATER) == 1
    assert mail_to(person).status == Delivery.SUPERSEDED


@pytest.mark.parametrize(
    "columns",
    [
        {"status": Delivery.UNCERTAIN, "handed_over_at": NOW},
        {"status": Delivery.QUEUED, "repeats": 1},
    ],
)
def test_a_mail_that_may_have_left_stays_in_doubt_and_is_not_repeated(office, columns):
    person, other = people(2)
    letter = a_letter(person, other)
    put(person, **columns)

    cancel_letter(letter, actor=ORGANIZER, now=LATER)
    deliver(now=LATER)

    assert (office.taken, numbers(letter)) == ([], {"uncertain": 1, "cancelled": 1})


def test_there_is_nothing_to_cancel_once_all_have_left():
    [person] = people(1)
    letter = a_letter(person)
    put(person, status=Delivery.SENT)

    with pytest.raises(NothingToCancel):
        cancel_letter(letter, actor=ORGANIZER, now=NOW)
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT


def test_the_desk_asks_before_it_cancels():
    letter = a_letter(*people(2), due_at=LATER)
    desk = a_desk()

    asked = desk.get(f"{LETTERS}{letter.pk}/cancel/")
    before = numbers(letter)
    answer = desk.post(f"{LETTERS}{letter.pk}/cancel/")

    assert "2 mails of this letter have not left yet." in asked.content.decode()
    assert before == {"owed": 2}
    assert told(answer) == ["2 mails were cancelled before they left."]
    assert numbers(letter) == {"cancelled": 2}


def test_asking_cancels_nothing():
    [person] = people(1)
    letter = a_letter(person)
    put(person, status=Delivery.SENT)

    page = a_desk().get(f"{LETTERS}{letter.pk}/cancel/")

    assert "There is nothing to cancel." in page.content.decode()
    assert not soup(page).select("#content-main form")
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT


def test_looking_does_not_give_the_right_to_act():
    letter = a_letter(*people(1))
    reader = desk_of(an_organizer("view_letter"))

    page = reader.get(f"{LETTERS}{letter.pk}/change/")

    assert not soup(page).select(".decisions")
    assert [reader.post(f"{LETTERS}{letter.pk}/{name}/").status_code for name in ("cancel", "resend")] == [403, 403]
    assert numbers(letter) == {Outcome.OWED: 1}
