"""What a participant changed after being confirmed, or sent in again, as the desk shows it."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from registrations.details import PARTICIPANT
from registrations.enums import MessageKind, Role, Status
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.operations.confirm import confirm
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.queries.desk import figures_of_published_meetings
from registrations.queries.participants import person_on_record
from tests.desk_rows import PARTICIPANTS, a_desk, many_participants
from tests.mail_rows import owed, rendered
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, confirmed, status_of
from tests.test_desk_decisions import decide, decided, told
from tests.web_form import soup

pytestmark = pytest.mark.django_db
NOTES = {"en": "Write the position in full.", "es": "Escriba el cargo completo."}


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def changed(participant: Participant, **fields: object) -> Participant:
    return amend(participant, details=replace(person_on_record(fresh(participant)), **fields), actor=PARTICIPANT, now=NOW)


def sent_in_again(participant: Participant, **fields: object) -> Participant:
    return_for_correction(participant, fields=["position"], notes=NOTES, actor=ORGANIZER, now=NOW)
    return resubmit(participant, details=replace(person_on_record(participant), **fields), actor=PARTICIPANT, now=NOW)


def listed(desk: Client, query: str) -> list[Participant]:
    return list(desk.get(PARTICIPANTS + query).context["cl"].result_list)


def difference(participant: Participant, *, language: str = "en") -> list[list[str]]:
    """The rows of the table on the participant's page."""
    page = soup(a_desk(language=language).get(f"{PARTICIPANTS}{participant.pk}/change/"))
    rows = page.select("[aria-labelledby=changes-heading] tbody tr")
    return [[cell.get_text("\n").strip() for cell in row.select("th, td")] for row in rows]


# --- where it is shown --------------------------------------------------------------------------------------------------
def test_the_list_and_the_figure_find_those_who_changed_something_after_the_confirmation():
    meeting = a_meeting()
    untouched, touched, pending = confirmed(a_pending_participant(meeting)), confirmed(a_pending_participant(meeting)), a_pending_participant(meeting)
    changed(touched, position="Consejera")
    changed(untouched, phone="+41 22 1")
    sent_in_again(pending, position="Directora")
    desk = a_desk()

    assert listed(desk, "?changes=confirmed") == [touched]
    assert listed(desk, "?changes=pending") == [pending]
    assert len(listed(desk, "?changes=nonsense")) == 3
    assert [figures.changes for figures in figures_of_published_meetings(now=NOW)] == [1]


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("en", [["Function in the delegation", "Head of delegation", "Adviser"], ["Position", "Embajadora", "Consejera"]]),
        ("es", [["Función en la delegación", "Jefe o jefa de delegación", "Asesor o asesora"], ["Cargo", "Embajadora", "Consejera"]]),
    ],
)
def test_the_page_shows_before_and_after_in_the_organizers_words(language, rows):
    participant = confirmed(a_pending_participant(a_meeting()))
    changed(participant, role=Role.ADVISER, position="Consejera")

    assert difference(participant, language=language) == rows


def test_what_was_sent_in_again_is_shown_whatever_field_it_is():
    participant = a_pending_participant(a_meeting())
    sent_in_again(participant, language="en", sessions=frozenset({2}), phone="+51 1", accessibility_needs="<b>Subtítulos</b>\ny rampa")

    assert difference(participant) == [
        ["Telephone", "–", "+51 1"],
        ["Language of correspondence", "Spanish", "English"],
        ["Sessions", "1. Session 1; 2. Session 2", "2. Session 2"],
        ["Accessibility needs", "–", "<b>Subtítulos</b>\ny rampa"],
    ]


def test_the_history_names_functions_and_sessions_as_well():
    participant = a_participant(a_meeting())
    changed(participant, role=Role.ADVISER, sessions=frozenset({1}))

    page = " ".join(a_desk().get(f"{PARTICIPANTS}{participant.pk}/change/").content.decode().split())

    assert "Data corrected: function in the delegation: Head of delegation → Adviser; sessions: 1. Session 1; 2. Session 2 → 1. Session 1<" in page


def test_without_a_change_there_is_no_table():
    assert difference(confirmed(a_pending_participant(a_meeting()))) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_filter_costs_the_same_at_any_length(rows, django_assert_num_queries):
    many_participants(a_meeting(), rows)
    Participant.objects.update(status=Status.CONFIRMED, to_review={"position": ["Asesora", "Consejera"]})
    desk = a_desk()

    with django_assert_num_queries(10):
        desk.get(f"{PARTICIPANTS}?changes=confirmed")


# --- when it is over ----------------------------------------------------------------------------------------------------
def test_accepting_the_changes_takes_them_off_the_list():
    participant = confirmed(a_pending_participant(a_meeting()))
    changed(participant, position="Consejera")
    desk = a_desk()

    answer = decide(desk, "accept_changes", participant)

    assert told(answer) == ["Changes of 1 participant accepted."]
    assert (listed(desk, "?changes=confirmed"), difference(participant)) == ([], [])


@pytest.mark.parametrize(("seats", "outcome"), [(None, Status.CONFIRMED), (0, Status.WAITING)])
def test_deciding_about_what_was_sent_in_again_counts_as_having_seen_it(seats, outcome):
    participant = a_pending_participant(a_meeting(seats=seats))
    sent_in_again(participant, position="Directora")

    confirm(participant, actor=ORGANIZER, now=NOW)

    assert (status_of(participant), fresh(participant).to_review) == (outcome, {})


def test_what_the_organizer_corrects_meanwhile_shows_in_the_difference_and_starts_none(admin_user):
    participant = confirmed(a_pending_participant(a_meeting()))
    organizer = replace(ORGANIZER, user_id=admin_user.pk)
    changed(participant, position="Consejera")

    details = replace(person_on_record(fresh(participant)), position="Ministra Consejera", given_names="Ana")
    amend(participant, details=details, actor=organizer, now=NOW)

    assert fresh(participant).to_review == {"position": ["Embajadora", "Ministra Consejera"]}


def test_what_is_changed_again_while_under_review_is_compared_with_what_was_reviewed_before():
    participant = a_pending_participant(a_meeting())
    sent_in_again(participant, position="Directora")

    changed(participant, position="Directora Ejecutiva")

    assert fresh(participant).to_review == {"position": ["Embajadora", "Directora Ejecutiva"]}


# --- from the desk to the person and back --------------------------------------------------------------------------------
def test_a_registration_goes_back_to_the_person_and_returns_with_the_difference():
    participant, desk = a_pending_participant(a_meeting(), language="es"), a_desk()

    page = decide(desk, "return_for_correction", participant)
    answer = decided(desk, page, fields_to_correct=["position", "sessions"], reason_es="Escriba el cargo completo.")
    link = next(part for part in rendered(owed(participant, MessageKind.RETURNED)).body.split() if part.startswith("http"))
    form = soup(Client().get(link))

    assert list(page.context["form"].fields) == ["fields_to_correct", "reason_es"]
    assert told(answer) == ["1 registration returned for correction."]
    assert link.endswith("/edit/")
    wrong = [anchor["href"] for anchor in form.select(".notice-wait li a")]
    assert wrong == ["#id_position", "#id_sessions"]
    assert all(form.select_one(target) for target in wrong)
    assert form.select_one(".notice-wait p").text == "Escriba el cargo completo."

    values = form_values(form) | {"position": "Directora Ejecutiva", "sessions": ["1"]}
    Client().post(link, values)

    assert listed(desk, "?status__exact=pending&changes=pending") == [participant]
    assert difference(participant) == [["Position", "Embajadora", "Directora Ejecutiva"], ["Sessions", "1. Session 1; 2. Session 2", "1. Session 1"]]


def form_values(page: BeautifulSoup) -> dict[str, str]:
    values = {}
    for control in page.select(
        "main form input[type=text], main form input[type=email], main form input[type=tel], main form select, main form textarea"
    ):
        chosen = control.select_one("option[selected]") if control.name == "select" else None
        values[control["name"]] = chosen["value"] if chosen else control.get("value", control.text.strip())
    return values


@pytest.mark.parametrize("languages", [["es"], ["en"], ["en", "es"]])
def test_a_sentence_is_asked_for_in_the_languages_that_are_needed(languages):
    meeting = a_meeting()

    page = decide(a_desk(), "return_for_correction", *[a_pending_participant(meeting, language=language) for language in languages])

    assert list(page.context["form"].fields) == ["fields_to_correct", *(f"reason_{language}" for language in languages)]


def test_a_return_without_fields_or_sentence_says_so_and_loses_nothing():
    participant, desk = a_pending_participant(a_meeting(), language="es"), a_desk()

    page = decided(desk, decide(desk, "return_for_correction", participant), reason_es="Escriba el cargo completo.")

    assert page.context["form"].errors == {"fields_to_correct": ["Tick the data that have to be corrected."]}
    assert "Escriba el cargo completo.</textarea>" in page.content.decode()
    assert status_of(participant) == Status.PENDING
