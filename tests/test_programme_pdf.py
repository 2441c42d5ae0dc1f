"""The programme as a PDF, read back with pypdf."""

import unicodedata
from datetime import timedelta
from itertools import pairwise

import pytest
from pypdf import PageObject
from pypdf.generic import DictionaryObject

from registrations.exports.programme_document import programme_document
from registrations.exports.programme_pdf import Paper, programme_pdf
from registrations.models import Meeting, ProgrammeItem
from tests.dialogue import BEFORE, load_dialogue
from tests.make import NOW, a_meeting
from tests.odd_texts import LANGUAGES, TEXTS
from tests.pdf_files import headings_of, languages_in, opened, text_of

pytestmark = pytest.mark.django_db
TITLE_EN, TITLE_ES = "Regional Dialogue on Humanitarian Demining", "Diálogo Regional de Partes sobre Desminado Humanitario"
FIELDS = ("title", "subtitle", "introduction", "objectives", "place")
PRINTED = 14  # the fields, the host twice and its instrument, session, item and description, honorific, speaker and office
CLAIM = "<pdfuaid:part>1</pdfuaid:part>"
HOSTILE = "#set page(fill: red) #panic() $x^2$ *bold* _em_ `raw` <label> @ref // c /* c */ [x] {x} ~ -- --- ... \\n \\ \"q\" 'q' = h"


def set_in(language: str, meeting: Meeting, *, paper: Paper = Paper.A4) -> bytes:
    return programme_pdf(meeting, language=language, paper=paper)


def assert_in_order(text: str, *passages: str) -> None:
    """Each passage comes after the one before it."""
    for passage in passages:
        assert passage in text
        text = text.partition(passage)[2]


def without_spaces(text: str) -> str:
    """What is left of a text whatever its lines; control characters are not printed."""
    return "".join(character for character in text if not character.isspace() and unicodedata.category(character) != "Cc")


def described(file: bytes) -> str:
    return opened(file).trailer["/Root"]["/Metadata"].get_data().decode()


def fonts_of(page: PageObject) -> list[DictionaryObject]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def a_meeting_that_says(text: str) -> Meeting:
    """In every text, in English alone."""
    meeting = a_meeting(sessions=1, changed_at=NOW, **{f"{field}_en": text for field in FIELDS}, **{f"{field}_es": "" for field in FIELDS})
    meeting.hosts.create(name_en=text, instrument_en=text)
    session = meeting.sessions.get()
    meeting.sessions.update(title_en=text, title_es="")
    item = ProgrammeItem.objects.create(session=session, title_en=text, description_en=text, starts_at=session.starts_at, ends_at=session.ends_at)
    item.speakers.create(honorific_en=text, name=text[:200], office_en=text)
    return meeting


# --- what it says -----------------------------------------------------------------------------------------------------
def test_it_says_what_the_page_says_in_the_same_order():
    text = text_of(set_in("en", load_dialogue()))

    assert_in_order(
        text,
        "Organization of American States (OAS) · Government of Ecuador · Government of Peru",
        "Regional Dialogue on Humanitarian Demining",
        "The Americas as an anti-personnel-mine-free zone",
        "10 and 11 February 2027 · Online",
        "15:00-18:00 Geneva (GMT+1) 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)",
        "This programme is provisional. The hours marked as provisional may still change.",
        "Version of 20 January 2027, 11:00 (GMT+1)",
        "http://localhost/en/mine-free-americas/",
        "Over two afternoons, Geneva time",
        "Objectives 1.",
        "First session Wednesday 10 February 2027 15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)",
        "15:00-15:30 GMT+1 09:00-09:30 GMT-5 provisional time Opening of the Regional Stakeholder Dialogue H.E. Mr. Luis Almagro Secretary General",
        "Chile presents how it completed mine clearance under the Convention in 2020. Col. Juan José López Demuth",
        "Page 1 of 2",
        "Second session Thursday 11 February 2027",
        "15:00-15:30 GMT+1 09:00-09:30 GMT-5 Opening of the Regional Stakeholder Dialogue",
        "Germany, in its capacity as chair of the Mine Action Support Group Ms. Inga Krastina",
        "Organizers Convened by Organization of American States (OAS) Together with Government of Ecuador Government of Peru",
        "Financed by European Union Council Decision (CFSP) 2017/1428, extended to February 2021",
        "Page 2 of 2",
    )


def test_it_says_so_in_spanish():
    text = text_of(set_in("es", load_dialogue()))

    assert_in_order(
        text,
        "Diálogo Regional de Partes sobre Desminado Humanitario",
        "10 y 11 de febrero de 2027 · En línea",
        "15:00-18:00 Ginebra (GMT+1) 09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)",
        "Este programa es provisional.",
        "Versión del 20 de enero de 2027, 11:00 (GMT+1)",
        "Programa vigente, inscripción y calendario: http://localhost/es/mine-free-americas/",
        "Primera sesión miércoles 10 de febrero de 2027",
        "hora provisional Apertura del Diálogo Regional de Partes S.E. Sr. Luis Almagro Secretario General",
        "Página 1 de 2",
        "Convoca Organización de los Estados Americanos (OEA)",
    )


def test_a_final_programme_is_not_called_provisional():
    def confirm(file):
        file["meeting"]["programme_status"] = "final"
        for session in file["sessions"]:
            for item in session["items"]:
                item["time_confirmed"] = True

    assert "provisional" not in text_of(set_in("en", load_dialogue(change=confirm)))


@pytest.mark.parametrize(("language", "title"), [("en", "Second session Cancelled"), ("es", "Segunda sesión Cancelada")])
def test_a_cancelled_session_is_called_so_and_keeps_its_hours(language, title):
    meeting = load_dialogue()
    meeting.sessions.filter(number=2).update(is_cancelled=True)

    file = set_in(language, meeting)

    assert ("H2", title) in headings_of(file)
    assert_in_order(text_of(file), title, "15:00-18:00 G", "15:30-16:00 GMT+1 09:30-10:00 GMT-5 ")
    assert text_of(file).count("provisional time" if language == "en" else "hora provisional") == 6


def test_in_mid_march_every_hour_is_on_three_clocks():
    text = text_of(set_in("es", load_dialogue(first_day="2027-03-17")))

    assert "15:00-18:00 Ginebra (GMT+1) · 09:00-12:00 Quito y Lima (GMT-5) · 10:00-13:00 Washington D. C. (GMT-4)" in text
    assert "15:30-16:00 GMT+1 09:30-10:00 GMT-5 10:30-11:00 GMT-4" in text


def test_a_meeting_of_which_little_is_known_has_a_programme():
    text = text_of(set_in("en", a_meeting(sessions=0, place_en="", place_es="", programme_status="final")))

    assert text.startswith("Regional Dialogue on Humanitarian Demining Version of")


def test_it_tells_nothing_private():
    meeting = load_dialogue()

    assert meeting.join_url
    assert "meet.example.org" not in text_of(set_in("en", meeting))


# --- what was typed ---------------------------------------------------------------------------------------------------
def test_what_was_typed_is_never_markup():
    text = text_of(set_in("en", a_meeting_that_says(HOSTILE)))

    assert text.count(HOSTILE) == PRINTED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(TEXTS.keys() - {"breaks", "other scripts"}))
def test_odd_texts_are_printed(name, language):
    text = TEXTS[name].typed

    printed = text_of(set_in(language, a_meeting_that_says(text)))

    assert without_spaces(printed).count(without_spaces(text)) >= PRINTED


def test_a_text_of_several_lines_is_one_paragraph_but_for_the_objectives():
    text = text_of(set_in("en", a_meeting_that_says("one\r\ntwo\x85three")))

    assert text.count("one two three") == PRINTED - 1
    assert "Objectives 1. one 2. two 3. three" in text


def test_a_space_that_keeps_words_together_stays_one():
    document = programme_document(a_meeting_that_says("Batallón  N.º\u00a068"), language="es")

    assert document["title"]["text"] == "Batallón N.º\u00a068"


@pytest.mark.parametrize("text", ["😀🏳️‍🌈", "đşł ʻOkina", "العربية", "Україна", "Ελλάδα"])
def test_other_scripts_and_emoji_are_printed(text):
    file = set_in("en", a_meeting_that_says(text))

    assert text_of(file).count(text) == PRINTED
    assert CLAIM in described(file)


def test_a_script_without_a_font_is_taken_from_the_machine_and_tagged_all_the_same():
    file = set_in("en", a_meeting_that_says("Wang 王小明"))

    assert text_of(file).count("Wang") == PRINTED
    assert opened(file).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert CLAIM not in described(file)


def test_a_text_that_exists_in_the_other_language_only_is_marked_as_such():
    assert languages_in(set_in("es", a_meeting_that_says("Words"))) == {"en"}
    assert languages_in(set_in("es", load_dialogue())) == set()


# --- the file ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("paper", "inches"), [(Paper.A4, (8.27, 11.69)), (Paper.LETTER, (8.5, 11))])
def test_every_page_has_the_size_of_the_paper(paper, inches):
    pages = opened(set_in("en", load_dialogue(), paper=paper)).pages

    assert [tuple(round(float(side) / 72, 2) for side in page.mediabox[2:]) for page in pages] == [inches, inches]


@pytest.mark.parametrize(("language", "title"), [("en", TITLE_EN), ("es", TITLE_ES)])
def test_the_file_is_accessible(language, title):
    file = set_in(language, load_dialogue())

    catalogue = opened(file).trailer["/Root"]
    assert opened(file).metadata.title == title
    assert (catalogue["/Lang"], catalogue["/MarkInfo"]["/Marked"], catalogue["/ViewerPreferences"]["/DisplayDocTitle"]) == (language, True, True)
    assert CLAIM in described(file)


def test_the_headings_are_in_order():
    headings = headings_of(set_in("en", load_dialogue()))

    assert headings[0] == ("H1", TITLE_EN)
    assert [text for level, text in headings if level == "H2"] == ["About the meeting", "First session", "Second session", "Organizers"]
    assert len([level for level, _ in headings if level == "H3"]) == 12
    assert all(int(after[1]) - int(before[1]) <= 1 for (before, _), (after, _) in pairwise(headings))


def test_the_bytes_repeat_until_the_version_changes():
    meeting = load_dialogue()
    file = set_in("en", meeting)

    assert set_in("en", Meeting.objects.get()) == file
    meeting.changed_at += timedelta(seconds=1)
    assert set_in("en", meeting) != file


def test_the_file_is_dated_like_the_version():
    metadata = opened(set_in("en", load_dialogue())).metadata

    assert (metadata.creation_date, metadata.modification_date) == (BEFORE, BEFORE)


def test_the_fonts_are_ours_and_in_the_file():
    fonts = {font["/BaseFont"].partition("+")[2]: font for page in opened(set_in("en", load_dialogue())).pages for font in fonts_of(page)}

    assert set(fonts) == {"SourceSans3-Regular", "SourceSans3-SemiBold", "SourceSerif4-SemiBold"}
    assert all("/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts.values())


@pytest.mark.parametrize("sessions", [1, 3])
def test_it_costs_the_same_number_of_statements_at_any_length(sessions, django_assert_num_queries):
    meeting = a_meeting(sessions=sessions)
    for session in meeting.sessions.all():
        item = ProgrammeItem.objects.create(session=session, title_en="Item", starts_at=session.starts_at, ends_at=session.ends_at)
        item.speakers.create(office_en="Office")

    with django_assert_num_queries(5):
        set_in("en", meeting)
