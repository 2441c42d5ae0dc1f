"""Who was there: the meeting platform's list of attendees, recognized, looked at and recorded; or by hand."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from registrations.importing.attendance_file import Attended, attendees_in
from registrations.importing.people_file import ListRefused, cells_of_file
from registrations.models import Meeting, OutboxMessage, Participant, Presence, Session
from registrations.operations.forget import forget
from registrations.operations.record_attendance import record_attendance, take_back_attendance
from registrations.queries.held_data import held_data
from registrations.rules.attendance import AttendanceList, Attendee
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, an_entity
from tests.test_desk_spanish import english_left
from tests.web_form import soup

pytestmark = pytest.mark.django_db
PAGE = f"{PARTICIPANTS}attendance/"
ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
123 456,Dialogue,02/10/2027,02/10/2027,host@example.org,180,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
PERU - Ana Nunez (Ana),ana@example.org,15:00,16:00,60,Yes
PERU - Ana Nunez (Ana),ana@example.org,16:05,18:00,115,Yes
Juan Paz,,15:00,18:00,180,Yes
"""
TEAMS = (
    "1. Resumen\nTítulo\tDiálogo\n\n2. Participantes\nNombre\tHora de entrada\tCorreo electrónico\tRol\n"
    "Ana Núñez\t15:00\tana@example.org\tModerador\n\n3. Actividades\n"
)


@pytest.fixture
def meeting(time_machine) -> Meeting:
    time_machine.move_to(NOW, tick=False)
    an_entity("PE", "Peru", "Perú")
    return a_meeting(slug="mine-free-americas")


@pytest.fixture
def first(meeting, time_machine) -> Session:
    """The first session, which has begun."""
    session = meeting.sessions.get(number=1)
    time_machine.move_to(session.starts_at + timedelta(hours=1), tick=False)
    return session


def sent(desk: Client, session: Session, text: str, *, name: str = "attendees.csv") -> HttpResponse:
    return desk.post(PAGE, {"session": session.pk, "file": SimpleUploadedFile(name, text.encode())})


def at(session: Session) -> list[str]:
    return sorted(Participant.objects.filter(presences__session=session).values_list("family_names", flat=True))


# --- recognizing ------------------------------------------------------------------------------------------------------------
PEOPLE = [
    Attendee(1, "María Muñoz Peña", "mission@example.org", "Perú", frozenset({"peru"})),
    Attendee(2, "Ana Núñez", "ana@example.org", "Chile", frozenset({"chile"})),
    Attendee(3, "Ana Núñez", "nunez@example.org", "Perú", frozenset({"peru"})),
    Attendee(4, "Juan Paz", "mission@example.org", "Perú", frozenset({"peru"})),
    Attendee(5, "Jean-Luc d’Ormesson", "jl@example.org", "Côte d'Ivoire", frozenset({"cote divoire"})),
]


@pytest.mark.parametrize(
    ("name", "email", "certain"),
    [
        ("MUÑOZ PEÑA, María", "", 1),
        ("Maria Munoz Pena (she/her)", "", 1),
        ("PERÚ - Ana Nunez", "", 3),
        ("Peru: Ana Núñez", "", 3),
        ("ana nuñez", "ANA@example.org", 2),
        ("Ana", "ana@example.org", 2),
        ("", "nunez@example.org", 3),
        ("Juan PAZ", "mission@example.org", 4),
        ("CÔTE D'IVOIRE - Jean-Luc d'Ormesson", "", 5),
        ("Jean Luc D Ormesson", "jl@example.org", 5),
    ],
)
def test_names_and_addresses_are_recognized(name, email, certain):
    assert AttendanceList(PEOPLE).verdict(name, email).certain == PEOPLE[certain - 1]


@pytest.mark.parametrize(
    ("name", "email", "possible"),
    [
        ("Ana Núñez", "", [2, 3]),
        ("iPhone", "ana@example.org", [2]),
        ("Juan Paz", "ana@example.org", [2, 4]),
        ("", "mission@example.org", [1, 4]),
        ("María Muñoz", "", [1]),
        ("Muñoz Peña de la Cruz, María", "", [1]),
        ("María Peña Ruiz", "", []),
        ("Zoe", "zoe@example.org", []),
    ],
)
def test_what_is_not_certain_is_left_to_somebody(name, email, possible):
    verdict = AttendanceList(PEOPLE).verdict(name, email)

    assert (verdict.certain, [person.pk for person in verdict.possible]) == (None, possible)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ZOOM.encode(), [("PERU - Ana Nunez (Ana)", "ana@example.org"), ("Juan Paz", "")]),
        (TEAMS.encode("utf-16"), [("Ana Núñez", "ana@example.org")]),
        (b"Display Name;Minutes\nAna;60\n", [("Ana", "")]),
        (b"E-mail\nana@example.org\n", [("", "ana@example.org")]),
    ],
    ids=["zoom", "teams", "names only", "addresses only"],
)
def test_the_lists_of_usual_platforms_are_read(data, found):
    assert attendees_in(cells_of_file(data)) == [Attended(*each) for each in found]


def test_a_file_without_names_or_addresses_is_refused():
    with pytest.raises(ListRefused, match="No column of this file is headed"):
        attendees_in(cells_of_file(b"a;b\n1;2\n"))


# --- recording --------------------------------------------------------------------------------------------------------------
def test_the_recognized_are_recorded_and_the_ticked_among_the_doubts(meeting, first):
    a_participant(meeting, given_names="Ana", family_names="Núñez", email="ana@example.org")
    doubtful = a_participant(meeting, given_names="Juan", family_names="Paz Ruiz", email="juan@example.org")
    a_participant(meeting, given_names="Eva", family_names="Sol")
    owed, desk = OutboxMessage.objects.count(), a_desk()

    page = soup(sent(desk, first, ZOOM + "Zoe,zoe@example.org,15:00,18:00,180,Yes\n"))
    before = Presence.objects.count()
    values = {field["name"]: field["value"] for field in page.select("#content-main input[type=hidden]")}
    boxes = [(box["value"], box.has_attr("checked")) for box in page.select("input[name=possible]")]
    answer = desk.post(PAGE, {**values, "possible": [str(doubtful.pk)], "record": "yes"}, follow=True)

    assert boxes == [(str(doubtful.pk), False)]
    assert [item.text for item in page.select("section[aria-labelledby=unknown] li")] == ["Zoe, zoe@example.org"]
    assert (before, at(first), OutboxMessage.objects.count()) == (0, ["Núñez", "Paz Ruiz"], owed)
    assert "2 more persons recorded as present." in answer.content.decode()
    assert sorted(person.family_names for person in answer.context["cl"].result_list) == ["Núñez", "Paz Ruiz"]


def test_a_second_list_adds_and_takes_nobody_away(meeting, first):
    one, other = a_participant(meeting), a_participant(meeting)

    counts = [len(record_attendance(first, people=people, actor=ORGANIZER, now=NOW)) for people in ([one.pk], [one.pk, other.pk], [])]

    assert (counts, Presence.objects.filter(session=first).count()) == ([1, 1, 0], 2)


def test_only_confirmed_people_of_the_meeting_can_have_been_there(meeting, first):
    pending, foreign = a_pending_participant(meeting), a_participant(a_meeting())
    erased = a_participant(meeting)
    Participant.objects.filter(pk=erased.pk).update(erased_at=NOW)

    present = record_attendance(first, people=[pending.pk, foreign.pk, erased.pk], actor=ORGANIZER, now=NOW)

    assert (present, Presence.objects.count()) == ([], 0)


def test_history_says_who_recorded_it_and_the_person_can_see_it(meeting, first):
    person, now = a_participant(meeting), first.ends_at

    record_attendance(first, people=[person.pk], actor=ORGANIZER, now=now)
    take_back_attendance(first, people=[person.pk], actor=ORGANIZER, now=now)

    entries = [(entry.event, entry.actor, entry.facts, entry.status) for entry in person.history.order_by("pk")][1:]
    assert entries == [("attend", ORGANIZER.label, {"session": 1}, "confirmed"), ("not attend", ORGANIZER.label, {"session": 1}, "confirmed")]
    assert [entry["session"] for entry in held_data(person, language="en", now=now)["history"][1:]] == [1, 1]
    assert "session 1" in a_desk().get(f"{PARTICIPANTS}{person.pk}/change/").content.decode()
    assert Presence.objects.count() == 0


def test_after_an_erasure_the_presence_still_counts(meeting, first):
    person = a_participant(meeting)
    record_attendance(first, people=[person.pk], actor=ORGANIZER, now=NOW)

    forget(person, actor=ORGANIZER, now=NOW + timedelta(days=60))

    assert Presence.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_recording_costs_the_same_for_one_and_for_many(meeting, first, number, django_assert_num_queries):
    many_participants(meeting, number)
    Participant.objects.update(status="confirmed")
    people = list(Participant.objects.values_list("pk", flat=True))

    with django_assert_num_queries(6):
        record_attendance(first, people=people, actor=ORGANIZER, now=NOW)
    with django_assert_num_queries(6):
        take_back_attendance(first, people=people, actor=ORGANIZER, now=NOW)


@pytest.mark.parametrize("number", [1, 3])
def test_reading_a_list_costs_the_same_for_one_and_for_many(meeting, first, number, django_assert_num_queries):
    many_participants(meeting, number)
    desk = a_desk()

    with django_assert_num_queries(4):
        sent(desk, first, ZOOM)


# --- by hand ----------------------------------------------------------------------------------------------------------------
def test_people_are_marked_and_unmarked_by_hand(meeting, first):
    people, desk = [a_participant(meeting) for _index in range(2)], a_desk()
    chosen = {"_selected_action": [person.pk for person in people], "index": 0}
    decided = {"_selected_action": people[0].pk, "chosen": ",".join(str(person.pk) for person in people), "decided": "yes", "session": first.pk}

    asked = desk.post(PARTICIPANTS, {"action": "mark_present", **chosen}).content.decode()
    after = []
    for action in ("mark_present", "mark_absent"):
        desk.post(PARTICIPANTS, {"action": action, **decided})
        after.append(Presence.objects.filter(session=first).count())

    assert ("Mark 2 participants as present" in asked, after) == (True, [2, 0])


def test_a_session_that_has_not_begun_is_not_offered(meeting, first):
    second, person = meeting.sessions.get(number=2), a_participant(meeting)
    desk = a_desk()
    fields = {"_selected_action": person.pk, "chosen": person.pk, "decided": "yes", "session": second.pk}

    page = desk.post(PARTICIPANTS, {"action": "mark_present", **fields}).content.decode()
    desk.post(PAGE, {"record": "yes", "session": second.pk, "certain": person.pk})

    assert ("errornote" in page, Presence.objects.count()) == (True, 0)


def test_the_list_is_filtered_by_presence_at_the_chosen_session(meeting, first):
    there, elsewhere = a_participant(meeting), a_participant(meeting)
    a_pending_participant(meeting)
    second = meeting.sessions.get(number=2)
    record_attendance(first, people=[there.pk], actor=ORGANIZER, now=NOW)
    record_attendance(second, people=[elsewhere.pk], actor=ORGANIZER, now=NOW)

    def listed(query: str) -> set[int]:
        return {person.pk for person in a_desk().get(f"{PARTICIPANTS}?{query}").context["cl"].result_list}

    assert listed("presence=yes") == {there.pk, elsewhere.pk}
    assert listed("presence=no") == set()
    assert listed(f"presence=yes&session={first.pk}") == {there.pk}
    assert listed(f"presence=no&session={first.pk}") == {elsewhere.pk}


# --- around it --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "sentence"),
    [("", "Ninguna columna de este archivo"), ("a;b\n1;2", "Ninguna columna de este archivo"), ("%PDF", "Este archivo no es CSV")],
)
def test_bad_files_are_refused_with_a_way_out(meeting, first, content, sentence):
    answer = sent(a_desk(language="es"), first, content)

    assert sentence in soup(answer).select_one("[role=alert]").text


def test_before_the_first_session_there_is_nothing_to_record(meeting):
    assert "No session of a published meeting has begun yet." in a_desk().get(PAGE).content.decode()


def test_attendance_is_for_those_who_may_change_participants(meeting, first):
    desk = desk_of(an_organizer("view_participant"))

    assert (desk.get(PAGE).status_code, sent(desk, first, ZOOM).status_code) == (403, 403)
    assert "Who was there" not in desk.get(PARTICIPANTS).content.decode()


def test_the_pages_are_spanish_throughout(meeting, first):
    person = a_participant(meeting, given_names="Ana", family_names="Núñez", email="ana@example.org")
    a_participant(meeting, given_names="Juan", family_names="Paz Ruiz")
    desk = a_desk(language="es")
    marks = [desk.post(PARTICIPANTS, {"action": action, "_selected_action": person.pk, "index": 0}) for action in ("mark_present", "mark_absent")]
    pages = [desk.get(PAGE), sent(desk, first, ZOOM), *marks]

    assert [english_left(page.content.decode()) for page in pages] == [set()] * 4
