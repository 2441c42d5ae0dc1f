"""Name plates, badges, sign-in sheets and certificates, read back."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from registrations.enums import HostRole, Role
from registrations.exports.room.papers import badges, name_plates, sign_in_sheet
from registrations.models import Host, Meeting, Participant
from registrations.operations.record_attendance import record_attendance
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, an_entity, sign_up
from tests.participant_lists import one_line
from tests.web_form import soup

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=40)


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def is_for_screen_readers(content: bytes, *, language: str) -> bool:
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    return root["/Lang"] == language and b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def a_meeting_of_three() -> Meeting:
    meeting = a_meeting(slug="lima-2027")
    for code, english, spanish in [("PE", "Peru", "Perú"), ("DE", "Germany", "Alemania"), ("EC", "Ecuador", "Ecuador")]:
        an_entity(code, english, spanish)
        sessions = frozenset({1}) if code == "EC" else frozenset({1, 2})
        sign_up(meeting, one_line("Ana", f"Paz {code}", sessions=sessions, role=Role.HEAD), entity=code)
    a_pending_participant(meeting, family_names="Pendiente")
    return meeting


def address(meeting: Meeting, rest: str) -> str:
    return f"/admin/registrations/meeting/{meeting.pk}/participants/{rest}"


# --- name plates --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "names"), [("en", ["Ecuador", "Germany", "Peru"]), ("es", ["Alemania", "Ecuador", "Perú"])])
def test_each_delegation_has_a_plate_that_is_read_from_both_sides(language, names):
    content = name_plates(a_meeting_of_three(), language=language, now=NOW)

    assert [sorted(page.split()) for page in pages_of(content)] == [[name, name] for name in names]
    assert is_for_screen_readers(content, language=language)
    assert [entry.title for entry in PdfReader(io.BytesIO(content)).outline] == names


def test_the_longest_name_of_a_state_keeps_to_one_sheet():
    meeting = a_meeting()
    name = "United Kingdom of Great Britain and Northern Ireland"
    an_entity("GB", name, name)
    sign_up(meeting, one_line("Ana", "Paz"), entity="GB")

    assert len(pages_of(name_plates(meeting, language="en", now=NOW))) == 1


# --- badges -------------------------------------------------------------------------------------------------------------
def test_a_badge_says_who_from_where_and_carries_the_reference():
    meeting = a_meeting_of_three()
    person = Participant.objects.get(family_names="Paz DE")

    content = badges(meeting, language="es", now=NOW)

    [page] = pages_of(content)
    for text in ["Ms. Ana PAZ DE", "Alemania", person.reference, "Diálogo Regional de Partes sobre Desminado Humanitario"]:
        assert text in page
    assert "PENDIENTE" not in page
    assert is_for_screen_readers(content, language="es")


def test_whoever_is_left_out_of_the_list_has_a_badge_all_the_same():
    meeting = a_meeting()
    a_participant(meeting, family_names="Discreta")
    Participant.objects.update(is_left_out_of_list=True)

    assert "DISCRETA" in pages_of(badges(meeting, language="en", now=NOW))[0]


def test_ten_badges_are_on_a_sheet():
    meeting = a_meeting()
    many_participants(meeting, 31)
    named = meeting.participants.filter(status="confirmed").count()

    assert (named, len(pages_of(badges(meeting, language="en", now=NOW)))) == (20, 2)


# --- sign-in sheets -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "title", "expected"),
    [
        (1, "Hoja de firmas: Sesión 1, miércoles 10 de febrero de 2027", ["PAZ DE", "PAZ EC", "PAZ PE"]),
        (2, "Hoja de firmas: Sesión 2, jueves 11 de febrero de 2027", ["PAZ DE", "PAZ PE"]),
    ],
)
def test_a_sheet_lists_who_is_expected_in_the_session_in_order(number, title, expected):
    session = a_meeting_of_three().sessions.get(number=number)

    content = sign_in_sheet(session, language="es", now=NOW)

    [page] = pages_of(content)
    lines = [f"{place} Ms. Ana {name}" for place, name in enumerate(expected, start=1)]
    places = [page.index(text) for text in [title, "N.º Nombre Firma", *lines]]
    assert places == sorted(places)
    assert page.count("Ms. Ana") == len(expected)
    assert is_for_screen_readers(content, language="es")


# --- certificates -------------------------------------------------------------------------------------------------------
def certified(desk: Client, *people: Participant) -> HttpResponse:
    return desk.post(PARTICIPANTS, {"action": "certificates", "_selected_action": [person.pk for person in people], "index": 0}, follow=True)


def was_at(person: Participant, *numbers: int) -> None:
    for session in person.meeting.sessions.filter(number__in=numbers):
        record_attendance(session, people=[person.pk], actor=ORGANIZER, now=NOW)


def a_meeting_with_hosts(**fields: Any) -> Meeting:
    meeting = a_meeting(**fields)
    Host.objects.create(meeting=meeting, name_en="Organization of American States", name_es="Organización de los Estados Americanos")
    Host.objects.create(meeting=meeting, role=HostRole.FUNDER, name_en="European Union", name_es="Unión Europea")
    return meeting


def test_certificates_are_in_the_language_of_each_person(time_machine):
    time_machine.move_to(AFTER)
    meeting = a_meeting_with_hosts(slug="lima-2027")
    spanish = a_participant(meeting, given_names="Ana", family_names="Muñoz", honorific="Sra.", position="Ministra", language="es")
    english = a_participant(meeting, given_names="Joan", family_names="Smith", honorific="Ms.", language="en")
    was_at(spanish, 1, 2)
    was_at(english, 2)

    answer = certified(a_desk(), spanish, english)

    assert answer["Content-Disposition"] == 'attachment; filename="lima-2027-certificates.pdf"'
    in_spanish, in_english = pages_of(answer.content)
    assert in_spanish == (
        "Organización de los Estados Americanos Certificado de asistencia La secretaría de la reunión certifica que Sra. Ana Muñoz Ministra Perú "
        "participó en las siguientes sesiones de la reunión: Sesión 1 y Sesión 2. Diálogo Regional de Partes sobre Desminado Humanitario "
        "En línea, 10 y 11 de febrero de 2027 1 de marzo de 2027 Por la secretaría"
    )
    assert in_english == (
        "Organization of American States Certificate of attendance The secretariat of the meeting certifies that Ms. Joan Smith Embajadora Peru "
        "took part in the following sessions of the meeting: Session 2. Regional Dialogue on Humanitarian Demining "
        "Online, 11 February 2027 1 March 2027 For the secretariat"
    )
    assert is_for_screen_readers(answer.content, language="en")


def test_only_sessions_that_are_over_are_certified(time_machine):
    meeting = a_meeting()
    person = a_participant(meeting)
    was_at(person, 1, 2)
    time_machine.move_to(meeting.sessions.get(number=1).ends_at + timedelta(minutes=1))

    assert "siguientes sesiones de la reunión: Sesión 1." in pages_of(certified(a_desk(), person).content)[0]


def test_nothing_is_certified_before_or_to_those_who_were_not_there(time_machine):
    meeting = a_meeting()
    present, absent = a_participant(meeting), a_participant(meeting)
    was_at(present, 1)
    sentence = "Nobody chosen is recorded as present at a session that is over: there is nothing to certify."

    time_machine.move_to(NOW)
    before = certified(a_desk(), present)
    time_machine.move_to(AFTER)
    not_there = certified(a_desk(), absent)

    assert [soup(answer).select_one(".error").text for answer in (before, not_there)] == [sentence, sentence]


def test_whoever_was_not_there_is_left_out_of_the_file(time_machine):
    meeting = a_meeting()
    present, absent = a_participant(meeting), a_participant(meeting)
    was_at(present, 1)
    time_machine.move_to(AFTER)

    assert len(pages_of(certified(a_desk(), present, absent).content)) == 1


def test_people_of_two_meetings_are_not_mixed(time_machine):
    people = [a_participant(a_meeting()), a_participant(a_meeting())]
    for person in people:
        was_at(person, 1)
    time_machine.move_to(AFTER)

    answer = certified(a_desk(), *people)

    assert soup(answer).select_one(".error").text == "Choose participants of one meeting only: its title is on the certificates."


# --- at the desk --------------------------------------------------------------------------------------------------------
def test_the_page_of_the_list_leads_to_every_paper_in_both_languages():
    meeting = a_meeting_of_three()
    desk = a_desk(language="es")

    links = [link["href"] for link in soup(desk.get(address(meeting, ""))).select("section:has(#papers-heading) a")]

    sessions = [session.pk for session in meeting.sessions.all()]
    papers = ["papers/name-plates", "papers/badges", *(f"sign-in/{pk}" for pk in sessions)]
    assert links == [address(meeting, f"{paper}/{language}.pdf") for paper in papers for language in ("en", "es")]
    answers = [desk.get(link) for link in links]
    assert [answer["Content-Type"] for answer in answers] == ["application/pdf"] * 8
    assert answers[5]["Content-Disposition"] == 'attachment; filename="lima-2027-sign-in-1-es.pdf"'


@pytest.mark.parametrize("rest", ["papers/menu/en.pdf", "papers/badges/fr.pdf", "sign-in/999999/en.pdf"])
def test_there_are_no_other_papers(rest):
    assert a_desk().get(address(a_meeting(), rest)).status_code == 404


@pytest.mark.parametrize("rest", ["papers/badges/en.pdf", "sign-in/{session}/en.pdf"])
def test_papers_are_for_those_who_may_see_lists(rest):
    meeting = a_meeting_of_three()
    rest = rest.format(session=meeting.sessions.first().pk)

    assert desk_of(an_organizer("view_participant")).get(address(meeting, rest)).status_code == 403
    assert desk_of(an_organizer("view_issuedlist", username="eva")).get(address(meeting, rest)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 300])
@pytest.mark.parametrize(("rest", "statements"), [("papers/name-plates/es.pdf", 6), ("papers/badges/es.pdf", 7), ("sign-in/{session}/es.pdf", 7)])
def test_papers_cost_the_same_at_any_length(rest, statements, rows, django_assert_num_queries):
    meeting = a_meeting()
    many_participants(meeting, rows)
    desk, path = a_desk(), address(meeting, rest.format(session=meeting.sessions.first().pk))

    with django_assert_num_queries(statements):
        desk.get(path)


@pytest.mark.parametrize("rows", [2, 30])
def test_certificates_cost_the_same_for_any_number(rows, django_assert_num_queries, time_machine):
    meeting = a_meeting()
    people = many_participants(meeting, rows)
    for session in meeting.sessions.all():
        record_attendance(session, people=[person.pk for person in people], actor=ORGANIZER, now=NOW)
    time_machine.move_to(AFTER)
    desk = a_desk()
    chosen = {"action": "certificates", "_selected_action": [person.pk for person in people], "index": 0}

    with django_assert_num_queries(18):
        desk.post(PARTICIPANTS, chosen)


def test_a_meeting_to_which_nobody_comes_yet_has_blank_papers():
    meeting = a_meeting()
    session = meeting.sessions.first()

    papers = [name_plates(meeting, language="en", now=NOW), badges(meeting, language="en", now=NOW), sign_in_sheet(session, language="es", now=NOW)]

    assert [len(pages_of(content)) for content in papers] == [1, 1, 1]
