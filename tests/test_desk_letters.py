"""Writing to participants at the desk."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client

from registrations.enums import LetterStatus, MessageKind
from registrations.models import Letter, OutboxMessage, Participant
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, a_draft, a_letter, a_meeting, a_participant
from tests.test_desk_spanish import english_left
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db
LETTERS = "/admin/registrations/letter/"
TEXTS = {"subject_en": "A change", "subject_es": "Un cambio", "text_en": "Dear {name}", "text_es": "Estimada {name}"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(letter: Letter, rest: str = "change/") -> str:
    return f"{LETTERS}{letter.pk}/{rest}"


def write_to(desk: Client, *people: Participant, query: str = "", **fields: str):
    keys = [person.pk for person in people]
    return desk.post(PARTICIPANTS + query, {"action": "write_letter", "_selected_action": keys, "index": 0, "select_across": "0"} | fields)


def pressed(desk: Client, letter: Letter, go: str = "save", **fields: str):
    """The draft's page as it stands, filled in, and one of its buttons."""
    values = values_of(soup(desk.get(page_of(letter))), "#letter")
    return desk.post(page_of(letter), values | fields | {"go": go})


def told(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_letter_begins_with_those_who_are_ticked():
    meeting = a_meeting()
    ana, eva, _other = (a_participant(meeting) for _index in range(3))

    answer = write_to(a_desk(), ana, eva)

    letter = Letter.objects.get()
    assert answer.url == page_of(letter)
    assert (set(letter.recipients.all()), letter.written_by, letter.status) == ({ana, eva}, "Eva Jefa", LetterStatus.DRAFT)


def test_a_letter_begins_with_everybody_on_the_filtered_list():
    meeting = a_meeting()
    spanish = [a_participant(meeting, language="es") for _index in range(2)]
    a_participant(meeting, language="en")

    write_to(a_desk(), spanish[0], query="?language=es", select_across="1")

    assert set(Letter.objects.get().recipients.all()) == set(spanish)


def test_people_of_two_meetings_are_not_written_to_at_once():
    answer = write_to(a_desk(), a_participant(a_meeting()), a_participant(a_meeting()))

    assert told(answer) == ["A letter belongs to one meeting. Narrow the list down to one meeting and choose again."]
    assert not Letter.objects.exists()


def test_writing_is_for_those_who_may():
    letter = a_draft(a_participant(a_meeting()))
    reader = desk_of(an_organizer("view_participant", "change_participant", "view_letter"))

    write_to(reader, letter.recipients.get())
    answers = [reader.get(page_of(letter, rest)).status_code for rest in ("change/", "send/", "discard/")]

    assert (answers, Letter.objects.count()) == ([403, 403, 403], 1)
    assert reader.post(page_of(letter, "send/"), {"seen": letter.version}).status_code == 403
    assert desk_of(an_organizer(username="nobody")).get(page_of(letter)).status_code == 403


def test_every_button_keeps_what_was_typed():
    letter = a_draft(a_participant(a_meeting()))
    desk = a_desk()

    answers = [pressed(desk, letter, go, text_en=f"Dear {{unknown}} {go}") for go in ("save", "look", "send")]

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert Letter.objects.get().text_en == "Dear {unknown} send"
    assert "These placeholders are not on the list: {unknown}." in answers[2].content.decode()


def test_a_draft_changed_by_somebody_else_is_shown_with_what_was_typed():
    letter = a_draft(a_participant(a_meeting()))
    desk = a_desk()
    before = values_of(soup(desk.get(page_of(letter))), "#letter")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        pressed(desk, letter, text_en="Theirs")
        again = desk.post(page_of(letter), before | {"text_en": "Mine", "go": "save"})

        page = soup(again)
        assert "Somebody else has changed this draft" in page.select_one("[role=alert]").text
        assert page.select_one("[name=text_en]").text.strip() == "Mine"
        assert Letter.objects.get().text_en == "Theirs"
        desk.post(page_of(letter), values_of(page, "#letter") | {"go": "save"})
        assert Letter.objects.get().text_en == "Mine"


def test_the_page_counts_the_recipients_by_language():
    meeting = a_meeting()
    people = [a_participant(meeting, language=language) for language in ("es", "es", "en")]

    page = soup(a_desk().get(page_of(a_draft(*people))))

    assert [(line.dt.text, line.dd.text) for line in page.select(".at-a-glance div")] == [("Recipients", "3"), ("English", "1"), ("Spanish", "2")]


def test_the_letter_is_shown_as_any_recipient_gets_it_in_both_languages():
    meeting = a_meeting()
    a_participant(meeting, given_names="Ana", family_names="Díaz")
    eva = a_participant(meeting, given_names="Eva", family_names="Quispe", honorific="Dra.")
    letter = a_draft(*meeting.participants.all())
    desk = a_desk()

    answer = pressed(desk, letter, "look", person="quispe")
    page = desk.get(answer.url)

    texts = [preview.text for preview in page.context["previews"]]
    assert ["Dear Dra. Eva Quispe," in texts[0], "Estimada Dra. Eva Quispe:" in texts[1]] == [True, True]
    frames = [frame["src"] for frame in soup(page).select("iframe[sandbox]")]
    assert frames == [page_of(letter, f"html/{eva.pk}/{code}/") for code in ("en", "es")]
    assert "Dear Dra. Eva Quispe" in desk.get(frames[0]).content.decode()
    assert OutboxMessage.objects.filter(kind=MessageKind.LETTER).count() == 0


def test_the_preview_of_a_chosen_name_keeps_the_draft():
    meeting = a_meeting()
    people = [a_participant(meeting) for _index in range(2)]
    letter = a_draft(*people)
    desk = a_desk()

    answer = pressed(desk, letter, "", look=str(people[1].pk), text_en="New")

    assert desk.get(answer.url).context["person"] == people[1]
    assert Letter.objects.get().text_en == "New"


def test_the_frame_is_for_recipients_only_and_nothing_runs_in_it():
    meeting = a_meeting()
    letter, stranger = a_draft(a_participant(meeting)), a_participant(meeting)
    desk = a_desk()

    frame = desk.get(page_of(letter, f"html/{letter.recipients.get().pk}/es/"))

    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert "sandbox" in frame["Content-Security-Policy"]
    assert [desk.get(page_of(letter, f"html/{rest}/")).status_code for rest in (f"{stranger.pk}/es", f"{letter.recipients.get().pk}/fr")] == [
        404,
        404,
    ]


def test_a_trial_goes_to_the_organizers_own_address():
    letter = a_draft(a_participant(a_meeting()))
    organizer = an_organizer("change_letter", email="ana@dialogo.example.org")

    pressed(desk_of(organizer), letter, "trial")

    trials = OutboxMessage.objects.filter(kind=MessageKind.LETTER)
    assert [(trial.recipient_email, trial.language) for trial in trials] == [("ana@dialogo.example.org", "en"), ("ana@dialogo.example.org", "es")]


def test_sending_asks_first_and_says_how_many():
    meeting = a_meeting()
    letter = a_draft(a_participant(meeting, language="es"), a_participant(meeting, language="en"))
    desk = a_desk()

    asked = desk.get(pressed(desk, letter, "send", **TEXTS).url)
    before = OutboxMessage.objects.filter(kind=MessageKind.LETTER).count()
    answer = desk.post(page_of(letter, "send/"), values_of(soup(asked), "#content-main form"))

    assert soup(asked).select_one("input[type=submit].default")["value"] == "Send 2 mails"
    assert (before, OutboxMessage.objects.filter(kind=MessageKind.LETTER).count()) == (0, 2)
    assert told(answer) == ["2 mails are on their way."]
    again = desk.post(page_of(letter, "send/"), {"seen": letter.version})
    assert told(again)[-1].startswith("This letter is no draft any more")
    assert OutboxMessage.objects.filter(kind=MessageKind.LETTER).count() == 2


def test_a_letter_is_not_sent_with_a_text_that_was_not_shown():
    letter = a_draft(a_participant(a_meeting()))
    desk = a_desk()
    asked = values_of(soup(desk.get(page_of(letter, "send/"))), "#content-main form")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        pressed(desk, letter, text_en="Changed since")

    answer = desk.post(page_of(letter, "send/"), asked)

    assert told(answer)[-1].startswith("Somebody else has changed this draft")
    assert Letter.objects.get().status == LetterStatus.DRAFT


def test_the_moment_is_typed_on_the_meetings_clock():
    letter = a_draft(a_participant(a_meeting()))
    desk = a_desk()

    pressed(desk, letter, due_at="2027-02-01T09:30")

    assert Letter.objects.get().due_at == datetime(2027, 2, 1, 8, 30, tzinfo=UTC)
    page = desk.get(page_of(letter))
    assert soup(page).select_one("[name=due_at]")["value"] == "2027-02-01T09:30"
    assert "Time in Europe/Zurich." in page.content.decode()


def test_a_draft_is_discarded_after_asking():
    letter = a_draft(a_participant(a_meeting()))
    desk = a_desk()

    asked = desk.get(page_of(letter, "discard/")).status_code
    kept = Letter.objects.exists()
    desk.post(page_of(letter, "discard/"))

    assert (asked, kept, Letter.objects.exists()) == (200, True, False)


def test_the_pages_are_spanish_throughout():
    meeting = a_meeting()
    draft = a_draft(a_participant(meeting))
    sent = a_letter(a_participant(meeting))
    desk = a_desk(language="es")

    pages = [LETTERS, page_of(draft), page_of(draft, "send/"), page_of(draft, "discard/"), page_of(sent), page_of(sent, "cancel/")]

    assert {path: english_left(desk.get(path).content.decode()) for path in pages} == {path: set() for path in pages}


@pytest.mark.parametrize("rows", [1, 3, 250])
def test_the_draft_costs_the_same_at_any_number(rows, django_assert_num_queries):
    letter = a_draft(*many_participants(a_meeting(), rows))
    desk = a_desk()
    desk.get(page_of(letter))

    with django_assert_num_queries(21):
        desk.get(page_of(letter))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_number(rows, django_assert_num_queries):
    meeting = a_meeting()
    for person in many_participants(meeting, rows):
        a_draft(person)
    desk = a_desk()

    with django_assert_num_queries(7):
        desk.get(LETTERS)
