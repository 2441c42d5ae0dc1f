"""Answers and messages at the desk."""

import re

import pytest
import time_machine

from registrations.enums import Answer, IncomingKind
from registrations.links import participant_token
from registrations.models import IncomingMessage, Invitation
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, a_person, participants_of, sign_up
from tests.reply_mails import ANSWERED, filed, from_exchange, from_google, invited, mail
from tests.test_desk_spanish import english_left
from tests.web_form import soup

pytestmark = pytest.mark.django_db
INCOMING = "/admin/registrations/incomingmessage/"
SCRIPT = "<script>alert(1)</script>"


def a_letter(number: int = 1, *, sender: str = "stranger@example.net", text: str = "Hello") -> IncomingMessage:
    message = filed(mail(text, sender=sender, content_type="text/plain", message_id=f"<{number}@x>"))
    assert message is not None
    return message


def shown(desk, address: str) -> int:
    return desk.get(address.replace("&amp;", "&")).context["cl"].result_count


# --- the list -----------------------------------------------------------------------------------------------------------------
def test_what_a_stranger_wrote_is_shown_as_text():
    message = a_letter(text=SCRIPT)
    IncomingMessage.objects.update(subject=SCRIPT)
    desk = a_desk()

    for address in (INCOMING, f"{INCOMING}{message.pk}/change/"):
        page = desk.get(address).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_messages_are_ticked_off_and_put_back():
    message = a_letter()
    with time_machine.travel(ANSWERED, tick=False):
        desk = a_desk()
        desk.post(INCOMING, {"action": "deal_with", "_selected_action": [message.pk]})
    message.refresh_from_db()
    assert (message.handled_at, message.handled_by.username) == (ANSWERED, "chief")

    a_desk().post(INCOMING, {"action": "put_back", "_selected_action": [message.pk]})
    message.refresh_from_db()
    assert (message.handled_at, message.handled_by) == (None, None)


def test_whoever_dealt_with_it_first_stays_noted():
    message = a_letter()
    for name in ("ana", "eva"):
        desk_of(an_organizer("view_incomingmessage", "change_incomingmessage", username=name)).post(
            INCOMING, {"action": "deal_with", "_selected_action": [message.pk]}
        )

    message.refresh_from_db()
    assert message.handled_by.username == "ana"


@pytest.mark.parametrize("action", ["deal_with", "put_back", "delete_selected"])
def test_whoever_may_only_look_changes_nothing(action):
    message = a_letter()
    before = IncomingMessage.objects.values().get()

    desk_of(an_organizer("view_incomingmessage")).post(INCOMING, {"action": action, "_selected_action": [message.pk]})

    assert IncomingMessage.objects.values().get() == before


def test_nobody_writes_or_deletes_a_message():
    message, desk = a_letter(), a_desk()

    answers = [desk.post(f"{INCOMING}{message.pk}/{page}/", {"text": "x"}).status_code for page in ("change", "delete")]

    assert [*answers, desk.get(f"{INCOMING}add/").status_code] == [403, 403, 403]


@pytest.mark.parametrize("messages", [1, 3])
def test_the_list_costs_the_same_at_any_length(messages, django_assert_num_queries):
    meeting = a_meeting()
    for number in range(messages):
        a_letter(number, sender=a_participant(meeting).email)
        filed(from_google(invited(a_participant(meeting))).replace(b"<2@client", f"<{number}@client".encode()))
    desk = a_desk()
    desk.get(INCOMING)

    with django_assert_num_queries(5):
        desk.get(INCOMING)


@pytest.mark.parametrize(
    ("query", "number"), [("", 3), ("dealt_with=no", 2), ("dealt_with=yes", 1), ("meeting=none", 1), ("kind__exact=answer", 1), ("q=stranger", 1)]
)
def test_the_list_is_narrowed(query, number):
    person = a_participant(a_meeting())
    filed(from_google(invited(person)))
    a_letter(2, sender=person.email)
    a_letter(3)

    assert shown(a_desk(), f"{INCOMING}?{query}") == number


# --- the participant ------------------------------------------------------------------------------------------------------------
def answers_on(page) -> list[list[str]]:
    rows = page.select("section[aria-labelledby=answers-heading] tbody tr")
    return [[cell.text for cell in row.select("th, td")] for row in rows]


def test_the_participants_page_shows_what_each_session_was_answered(settings):
    participant, desk = a_participant(a_meeting()), a_desk()
    filed(from_exchange(invited(participant, session=2), partstat="TENTATIVE"))
    page = f"{PARTICIPANTS}{participant.pk}/change/"
    assert answers_on(soup(desk.get(page))) == []

    settings.REPLIES = "mailbox"

    assert answers_on(soup(desk.get(page))) == [["Session 1", "Not answered"], ["Session 2", "Tentative"]]
    assert "session 2: tentative" in desk.get(page).content.decode()


def test_participants_are_narrowed_by_their_answer():
    meeting, shared = a_meeting(), "mision@exteriores.example.com"
    both = participants_of(sign_up(meeting, a_person(email=shared), a_person(email=shared)))
    filed(from_google(invited(both[0]), partstat="DECLINED"))
    a_participant(meeting)
    a_pending_participant(meeting)
    desk, [first, second] = a_desk(), meeting.sessions.all()

    counts = [shown(desk, f"{PARTICIPANTS}?answer={answer}") for answer in ("DECLINED", "ACCEPTED", "NEEDS-ACTION", "nonsense")]
    assert counts == [2, 0, 3, 4]
    assert [shown(desk, f"{PARTICIPANTS}?answer=NEEDS-ACTION&session={session.pk}") for session in (first, second)] == [1, 3]


# --- the first page -------------------------------------------------------------------------------------------------------------
def test_the_figures_count_answers_by_session_and_lead_to_those_people(settings):
    settings.REPLIES = "webhook"
    meeting = a_meeting()
    people = [a_participant(meeting) for _index in range(4)]
    for index, partstat in enumerate(["ACCEPTED", "TENTATIVE", "DECLINED"]):
        filed(from_google(invited(people[index]), partstat=partstat).replace(b"<2@client", f"<{index}@client".encode()))
    a_letter(7, sender=people[0].email)
    desk = a_desk()

    page = desk.get("/admin/").content.decode()
    rows = soup(desk.get("/admin/")).select(f"table:has(#answers-{meeting.pk}) tbody tr")
    assert [[cell.text for cell in row.select("th, td")] for row in rows] == [
        ["Session 1", "1", "1", "1", "1"],
        ["Session 2", "4", "0", "0", "0"],
    ]
    links = re.findall(r'<a href="([^"]+(?:answer=|dealt_with=)[^"]+)">(\d+)', page)
    assert [shown(desk, address) for address, _number in links] == [int(number) for _address, number in links]
    assert len(links) == 6


def test_without_replies_the_first_page_speaks_of_no_answers():
    a_participant(a_meeting())

    assert 'id="answers-' not in a_desk().get("/admin/").content.decode()


def test_messages_of_no_meeting_are_told_on_the_first_page():
    a_letter()
    desk = a_desk()

    link = soup(desk.get("/admin/")).select_one(f'a[href^="{INCOMING}?meeting=none"]')

    assert link.text == "1 message that belongs to no known meeting is to be read."
    assert shown(desk, link["href"]) == 1


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_first_page_with_answers_costs_the_same_for_any_number_of_meetings(meetings, settings, django_assert_num_queries):
    settings.REPLIES = "webhook"
    for _index in range(meetings):
        a_participant(a_meeting())
    desk = a_desk()

    with django_assert_num_queries(19):
        desk.get("/admin/")


def test_every_page_is_spanish_for_whoever_reads_spanish(settings):
    settings.REPLIES = "webhook"
    participant = a_participant(a_meeting())
    filed(from_google(invited(participant), partstat="DECLINED"))
    message, desk = a_letter(3), a_desk(language="es")

    for address in ("/admin/", INCOMING, f"{INCOMING}{message.pk}/change/", f"{PARTICIPANTS}{participant.pk}/change/"):
        assert english_left(desk.get(address).content.decode()) == set(), address


def test_an_answer_belongs_to_the_mailbox_and_is_held_about_the_person(client):
    participant = a_participant(a_meeting())
    filed(from_exchange(invited(participant), partstat="DECLINED"))

    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/en/p/{participant_token(participant)}/data/").content.decode()

    assert "<dt>Session 1</dt><dd>Declined</dd>" in page
    assert "Llegaré tarde, lo siento" in page
    assert (Invitation.objects.get().answer, IncomingMessage.objects.get().kind) == (Answer.DECLINED, IncomingKind.ANSWER)
