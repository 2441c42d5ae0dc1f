"""The desk's pages for the list of participants: choose, look, issue, and find what was issued."""

import io
from datetime import timedelta
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from registrations.details import ListOptions
from registrations.enums import ListKind
from registrations.models import IssuedList, Meeting, Participant
from registrations.operations.issue_list import issue_list
from registrations.operations.withdraw import withdraw
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, an_entity, sign_up
from tests.participant_lists import one_line
from tests.web_form import soup

pytestmark = pytest.mark.django_db
USUAL = {"kind": "provisional", "order": "alphabet", "names": "short"}


def address(meeting: Meeting, rest: str = "") -> str:
    return f"/admin/registrations/meeting/{meeting.pk}/participants/{rest}"


def issued(meeting: Meeting, **options: Any) -> IssuedList:
    last = meeting.issued_lists.first()
    return issue_list(meeting, options=ListOptions(**options), seen=last.pk if last else None, actor=ORGANIZER, now=NOW)


def issue_button(page: BeautifulSoup) -> dict[str, str]:
    """What the form sends when its button is pressed; nothing where there is none."""
    fields = page.select("form:has(button[name=issue]) :is(input[type=hidden], button[name=issue])")
    return {field["name"]: field.get("value", "") for field in fields}


def page_of(desk: Client, meeting: Meeting, **choices: str) -> BeautifulSoup:
    return soup(desk.post(address(meeting), choices) if choices else desk.get(address(meeting)))


def text_of(answer: HttpResponse) -> str:
    return " ".join(soup(answer).text.split())


# --- look and issue -----------------------------------------------------------------------------------------------------
def test_the_meetings_page_leads_to_it():
    meeting = a_meeting()

    page = soup(a_desk().get(f"/admin/registrations/meeting/{meeting.pk}/change/"))

    assert page.select_one(f'a[href="{address(meeting)}"]').text == "List of participants ..."


def test_the_desks_first_page_leads_to_it_as_well():
    meeting = a_meeting()

    pages = [soup(desk.get("/admin/")) for desk in (a_desk(), desk_of(an_organizer("view_participant")))]

    assert [len(page.select(f'a[href="{address(meeting)}"]')) for page in pages] == [1, 0]


@pytest.mark.parametrize(("language", "heading"), [("en", "Provisional list of participants"), ("es", "Lista provisional de participantes")])
def test_the_draft_is_looked_at_in_either_language_and_says_that_it_is_one(language, heading):
    meeting = a_meeting()
    a_participant(meeting, family_names="Muñoz Peña", email="ana@example.org")

    page = soup(a_desk().get(address(meeting, f"draft/{language}.html")))

    assert (page.html["lang"], page.h1.text) == (language, heading)
    assert "MUÑOZ PEÑA" in page.li.text
    assert "ana@example.org" not in page.text
    assert page.select_one(".edition").text.endswith({"en": "(draft, not issued)", "es": "(borrador no emitido)"}[language])
    assert not IssuedList.objects.exists()


def test_drafts_come_as_docx_and_pdf_with_the_choices_made(time_machine):
    time_machine.move_to(NOW)
    meeting = a_meeting(slug="lima-2027")
    an_entity(formal_name_en="the Republic of Peru", formal_name_es="la República del Perú")
    a_participant(meeting, email="ana@example.org")
    desk, choices = a_desk(), USUAL | {"names": "formal", "has_emails": "on"}

    word = desk.post(address(meeting, "draft/es.docx"), choices)
    pdf = desk.post(address(meeting, "draft/en.pdf"), choices)

    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert "República del Perú" in texts
    assert any(text.endswith("ana@example.org") for text in texts)
    assert "Republic of Peru" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert [answer["Content-Disposition"] for answer in (word, pdf)] == [
        'attachment; filename="lima-2027-participants-draft-es.docx"',
        'attachment; filename="lima-2027-participants-draft-en.pdf"',
    ]
    assert all("no-store" in answer["Cache-Control"] for answer in (word, pdf))


def test_one_button_issues_what_was_looked_at(time_machine):
    time_machine.move_to(NOW)
    meeting = a_meeting()
    a_participant(meeting)
    desk = a_desk()
    page = page_of(desk, meeting, **USUAL | {"kind": "final", "has_phones": "on"})

    answer = desk.post(address(meeting), issue_button(page), follow=True)

    kept = IssuedList.objects.get()
    assert (kept.kind, kept.options["has_phones"], kept.options["marks_changes"], kept.issued_by.username) == ("final", True, False, "chief")
    assert soup(answer).select_one(".success").text == "Issued: Final list of participants."
    assert soup(answer).select_one("section:has(#issued-heading) tbody th").text == "Final list of participants"


def test_pressing_twice_issues_once():
    meeting = a_meeting()
    a_participant(meeting)
    desk = a_desk()
    button = issue_button(page_of(desk, meeting))

    answers = [desk.post(address(meeting), button, follow=True) for _press in range(2)]

    assert IssuedList.objects.count() == 1
    assert soup(answers[1]).select_one(".error").text.startswith("Another list of participants has been issued since this page was opened.")


def test_a_refusal_is_told_on_the_page():
    meeting = a_meeting()
    desk = a_desk(language="es")

    answer = desk.post(address(meeting), issue_button(page_of(desk, meeting)))

    assert soup(answer).select_one(".error").text.startswith("Todavía no se ha confirmado a ninguna persona")


# --- choices ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("choices", "field", "error"),
    [
        ({"order": "letter"}, "letter", "Enter the letter that was drawn."),
        ({"order": "letter", "letter": "ab"}, "letter", "Enter the letter that was drawn."),
        ({"order": "letter", "letter": "7"}, "letter", "Enter the letter that was drawn."),
        ({"order": "precedence", "precedence": " \n"}, "precedence", "Enter at least one delegation."),
        (
            {"order": "precedence", "precedence": "Perú\nAtlántida"},
            "precedence",
            "There is no delegation, State or organization by the name “Atlántida”.",
        ),
        ({"kind": "draft"}, "kind", "Select a valid choice. draft is not one of the available choices."),
    ],
)
def test_choices_that_make_no_list_are_told_and_lead_to_none(choices, field, error):
    meeting = a_meeting()
    a_participant(meeting)
    desk = a_desk()

    page = page_of(desk, meeting, **USUAL | choices)
    draft = desk.post(address(meeting, "draft/en.html"), USUAL | choices)

    assert page.select_one(f".form-row.errors:has([name={field}]) .errorlist").text.strip() == error
    assert (issue_button(page), issue_button(soup(draft))) == ({}, {})


def test_a_drawn_letter_and_an_order_of_precedence_reach_the_paper():
    meeting = a_meeting()
    for code, english, spanish in [("PE", "Peru", "Perú"), ("EC", "Ecuador", "Ecuador"), ("DE", "Germany", "Alemania")]:
        an_entity(code, english, spanish)
        sign_up(meeting, one_line("Ana", "Paz"), entity=code)
    desk = a_desk()

    drawn = soup(desk.post(address(meeting, "draft/en.html"), USUAL | {"order": "letter", "letter": "g"}))
    fixed = soup(desk.post(address(meeting, "draft/es.html"), USUAL | {"order": "precedence", "precedence": "PERÚ\ngermany"}))

    assert [tag.text for tag in drawn.select("h3")] == ["Germany", "Peru", "Ecuador"]
    assert [tag.text for tag in fixed.select("h3")] == ["Perú", "Alemania", "Ecuador"]


def test_the_next_list_begins_with_the_choices_of_the_last():
    meeting = a_meeting()
    a_participant(meeting)
    issued(meeting, kind=ListKind.FINAL, has_emails=True, marks_changes=False, precedence=("Perú", "Ecuador"))

    page = page_of(a_desk(), meeting)

    assert {field["value"] for field in page.select("input[type=radio][checked]")} == {"final", "alphabet", "short"}
    assert [field["name"] for field in page.select("input[type=checkbox][checked]")] == ["has_emails"]
    assert page.select_one("textarea").text.split() == ["Perú", "Ecuador"]
    assert page.select_one("#next-heading").text == "To be issued next: Final list of participants, revision 1"


def test_the_order_of_all_states_can_be_typed():
    """No server takes an address with that many names in it; the way is by POST."""
    meeting = a_meeting()
    a_participant(meeting)
    names = [f"State number {number} of the list" for number in range(199)]
    for number, name in enumerate(names):
        an_entity(f"S{number}", name, name)
    desk = a_desk()

    page = page_of(desk, meeting, **USUAL | {"order": "precedence", "precedence": "\n".join(names)})
    desk.post(address(meeting), issue_button(page))

    assert IssuedList.objects.get().options["precedence"] == names


def test_the_page_counts_who_would_be_on_it_and_who_not():
    meeting = a_meeting()
    people = [a_participant(meeting) for _index in range(3)]
    a_pending_participant(meeting)
    Participant.objects.filter(pk=people[0].pk).update(is_left_out_of_list=True)
    Participant.objects.filter(pk=people[1].pk).update(to_review={"position": ["a", "b"]})

    section = page_of(a_desk(), meeting).select_one("section")

    words = " ".join(section.text.split())
    assert "2 confirmed participants, 1 delegation" in words
    assert "1 of them has changed data that nobody has looked at yet." in words
    assert "1 registration waits for a decision and is not on the list." in words
    assert "1 confirmed participant is left out by request." in words


# --- as it stood --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_issued_list_can_be_opened_later_as_it_stood(language, form):
    meeting = a_meeting()
    person = a_participant(meeting)
    kept, desk = issued(meeting), a_desk()
    before = desk.get(address(meeting, f"{kept.pk}/{language}.{form}"))

    Participant.objects.update(family_names="Otra")
    withdraw(person, actor=ORGANIZER, now=NOW)
    issued_later(meeting)

    after = desk.get(address(meeting, f"{kept.pk}/{language}.{form}"))
    assert read(after, form) == read(before, form)
    assert "MUÑOZ PEÑA" in read(after, form)


def issued_later(meeting: Meeting) -> None:
    a_participant(meeting, family_names="Nueva")
    issued(meeting, kind=ListKind.FINAL)


def read(answer: HttpResponse, form: str) -> str:
    if form == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    if form == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return answer.content.decode()


def test_the_issued_ones_are_listed_the_latest_first_with_links_to_each_file(time_machine):
    meeting = a_meeting()
    a_participant(meeting)
    first = issued(meeting)
    second = issue_list(meeting, options=ListOptions(), seen=first.pk, actor=ORGANIZER, now=NOW + timedelta(hours=1))

    rows = page_of(a_desk(), meeting).select("section:has(#issued-heading) tbody tr")

    assert [row.th.text for row in rows] == ["Provisional list of participants, revision 1", "Provisional list of participants"]
    assert [row.td.text for row in rows] == ["20 January 2027, 12:00 (Europe/Zurich)", "20 January 2027, 11:00 (Europe/Zurich)"]
    files = [f"{language}.{form}" for language in ("en", "es") for form in ("html", "docx", "pdf")]
    assert [link["href"] for link in rows[0].select("a")] == [address(meeting, f"{second.pk}/{name}") for name in files]


def test_the_file_of_a_revision_says_so_in_its_name():
    meeting = a_meeting(slug="lima-2027")
    a_participant(meeting)
    issued(meeting)
    kept = issued(meeting)

    answer = a_desk().get(address(meeting, f"{kept.pk}/es.pdf"))

    assert answer["Content-Disposition"] == 'attachment; filename="lima-2027-participants-provisional-rev-1-es.pdf"'


# --- left out -----------------------------------------------------------------------------------------------------------
def test_somebody_is_left_out_from_their_page_and_named_again():
    meeting = a_meeting()
    person = a_participant(meeting)
    desk, page = a_desk(), f"{PARTICIPANTS}{person.pk}/change/"
    decision = {"_selected_action": person.pk, "page_of": person.pk, "index": 0}

    left_out = desk.post(PARTICIPANTS, decision | {"action": "leave_out_of_list"}, follow=True)
    offered = [button.text for button in soup(desk.get(page)).select(".decisions button")]
    named = desk.post(PARTICIPANTS, decision | {"action": "name_in_list"}, follow=True)

    assert "1 participant is left out of the list of participants." in text_of(left_out)
    assert ("Name in the list of participants again" in offered, "Leave out of the list of participants" in offered) == (True, False)
    assert "1 participant is named in the list of participants." in text_of(named)
    assert Participant.objects.get().is_left_out_of_list is False


# --- who may, and what it costs -----------------------------------------------------------------------------------------
def test_whoever_may_only_view_lists_issues_none():
    meeting = a_meeting()
    a_participant(meeting)
    kept = issued(meeting)
    desk = desk_of(an_organizer("view_issuedlist"))

    page = soup(desk.get(address(meeting)))

    assert issue_button(page) == {}
    assert desk.get(address(meeting, f"{kept.pk}/en.pdf")).status_code == 200
    assert desk.post(address(meeting), USUAL | {"seen": kept.pk, "issue": "yes"}).status_code == 403
    assert IssuedList.objects.count() == 1


@pytest.mark.parametrize("rest", ["", "draft/en.html", "draft/es.docx", "{kept}/en.html"])
def test_others_see_nothing(rest):
    meeting = a_meeting()
    a_participant(meeting)
    rest = rest.format(kept=issued(meeting).pk)

    assert desk_of(an_organizer("view_participant", "change_meeting")).get(address(meeting, rest)).status_code == 403
    assert Client().get(address(meeting, rest)).status_code == 302


def test_the_meetings_page_hides_the_way_from_those_who_may_not():
    meeting = a_meeting()
    desk = desk_of(an_organizer("view_meeting", "change_meeting"))

    assert not soup(desk.get(f"/admin/registrations/meeting/{meeting.pk}/change/")).select(f'a[href="{address(meeting)}"]')


def test_what_is_not_there_is_not_found():
    meeting, other = a_meeting(), a_meeting()
    a_participant(other)
    kept, desk = issued(other), a_desk()
    paths = ["draft/fr.html", "draft/en.odt", f"{kept.pk}/en.pdf", "999/en.pdf"]

    assert [desk.get(address(meeting, rest)).status_code for rest in paths] == [404] * 4
    assert desk.get("/admin/registrations/meeting/99999/participants/").status_code == 404


@pytest.mark.parametrize("rows", [2, 3, 300])
@pytest.mark.parametrize(("rest", "statements"), [("", 9), ("draft/es.html", 10), ("draft/en.pdf", 10), ("{kept}/es.html", 4)])
def test_pages_cost_the_same_at_any_length(rest, statements, rows, django_assert_num_queries):
    meeting = a_meeting()
    many_participants(meeting, rows)
    for _index in range(rows if rows < 10 else 1):
        kept = issued(meeting)
    desk, path = a_desk(), address(meeting, rest.format(kept=kept.pk))

    with django_assert_num_queries(statements):
        desk.get(path)
