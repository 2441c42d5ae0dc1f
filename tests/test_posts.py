"""The position and the institution as the papers of a meeting print them."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from registrations.exports.participant_list.as_docx import as_docx
from registrations.exports.participant_list.as_html import as_html
from registrations.exports.participant_list.as_pdf import as_pdf
from registrations.rules.posts import printed_post
from tests.desk_rows import a_desk
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, confirmed
from tests.participant_lists import everybody_on, listed
from tests.pdf_files import text_of
from tests.test_issue_list import corrected, issued, marks_on
from tests.test_participant_list_files import read_docx
from tests.test_room_papers import AFTER, certified, pages_of, was_at

pytestmark = pytest.mark.django_db
DEFENCE = "Ministerio de Defensa"


@pytest.mark.parametrize(
    ("position", "institution", "printed"),
    [
        ("Director", "Ministry of Defence", "Director, Ministry of Defence"),
        ("Director", "", "Director"),
        ("", "Ministry of Defence", "Ministry of Defence"),
        ("Director", "PERÚ", "Director"),
        ("Director", "Republic of Peru", "Director"),
        ("Director, Ministry of Defence", "Ministry of  Defence", "Director, Ministry of Defence"),
        ("Punto focal", "UN", "Punto focal, UN"),
        ("Director", "Mission of Peru", "Director, Mission of Peru"),
        ("Director", "Ministry of Defence (Peru)", "Director, Ministry of Defence (Peru)"),
        ("Ambassador", "PERU (PERÚ)", "Ambassador"),
    ],
)
def test_position_and_institution_stand_on_one_line_and_nothing_twice(position, institution, printed):
    assert printed_post(position, institution, represented=["Peru", "Perú", "the Republic of Peru"]) == printed


@pytest.mark.parametrize("represented", [["Organización de los Estados Americanos", "OEA"], ["Organización de los Estados Americanos (OEA)"]])
@pytest.mark.parametrize("institution", ["OEA", "Organización de los Estados Americanos", "la Organización de los Estados Americanos (OEA)"])
def test_an_organization_is_not_said_again_with_or_without_its_acronym(represented, institution):
    assert printed_post("Asesora", institution, represented=represented) == "Asesora"


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_rendering_of_the_list_prints_it(language):
    meeting = a_meeting()
    a_participant(meeting, position="Directora", institution=DEFENCE)
    document = listed(meeting)[language]
    line = f"Directora, {DEFENCE}"

    assert [each.text for each in BeautifulSoup(as_html(document), "html.parser").select(".position")] == [line]
    assert any(line in block.text for block in read_docx(as_docx(document)).paragraphs)
    assert line in text_of(as_pdf(document))


def test_what_is_represented_is_not_said_again_below_the_name():
    meeting = a_meeting()
    confirmed(a_pending_participant(meeting, organization="Red Andina", institution="Red andina", position="Directora"))

    assert [person["position"] for person in everybody_on(listed(meeting)["en"])] == ["Directora"]


def test_another_institution_is_marked_and_one_that_only_moved_to_its_own_field_is_not():
    meeting = a_meeting()
    changed, moved = a_participant(meeting), a_participant(meeting, position=f"Directora, {DEFENCE}")
    issued(meeting)
    corrected(changed, institution=DEFENCE)
    corrected(moved, position="Directora", institution=DEFENCE)

    content = issued(meeting, now=NOW + timedelta(days=7)).content

    assert marks_on(content["en"]) == {str(changed.pk): "amended", str(moved.pk): ""}


def test_a_certificate_prints_the_same_line(time_machine):
    time_machine.move_to(AFTER)
    meeting = a_meeting()
    person = a_participant(meeting, position="Directora", institution=DEFENCE)
    was_at(person, 1)

    assert f"Directora, {DEFENCE} Perú" in pages_of(certified(a_desk(), person).content)[0]
