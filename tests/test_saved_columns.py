"""Columns that organizers choose, order and save for their exports."""

import csv
import io
import json

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from registrations.errors import ColumnsNameTaken, NoColumnChosen
from registrations.models import Meeting, SavedColumns, Session
from registrations.operations.save_columns import save_columns
from registrations.rules.arranging import next_step, rearranged
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant
from tests.test_desk_spanish import english_left

pytestmark = pytest.mark.django_db


def pages(meeting: Meeting) -> str:
    return f"{PARTICIPANTS}columns/{meeting.pk}/"


def saved(meeting: Meeting, *columns: str, name: str = "Badges") -> SavedColumns:
    return save_columns(meeting, name=name, columns=columns, actor=ORGANIZER, now=NOW)


def the_page_of_an_export(desk: Client, query: str = "", **fields: str) -> HttpResponse:
    return desk.post(PARTICIPANTS + query, {"action": "export", "select_across": "1", "_selected_action": "all", **fields})


def headers(answer: HttpResponse) -> list[str]:
    return next(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


# --- steps ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("step", "after"),
    [
        ("up:b", "bac"),
        ("up:a", "abc"),
        ("down:b", "acb"),
        ("down:c", "abc"),
        ("remove:b", "ac"),
        ("add:d", "abcd"),
        ("add:a", "abc"),
        ("add:z", "abc"),
        ("up:z", "abc"),
        ("all", "abcde"),
        ("none", ""),
        ("sideways:b", "abc"),
        ("", "abc"),
    ],
)
def test_a_step_moves_one_column(step, after):
    assert "".join(rearranged("abc", step=step, offered="abcde")) == after


def test_unknown_and_repeated_columns_are_left_out():
    assert rearranged(["a", "x", "b", "a"], step="", offered="abc") == ["a", "b"]


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        ("up:c", "abc", "up:c"),
        ("up:b", "abc", "down:b"),
        ("down:b", "abc", "up:b"),
        ("up:a", "a", ""),
        ("add:b", "", "add:c"),
        ("add:e", "", "add:d"),
        ("add:e", "abcd", ""),
        ("remove:b", "abc", "remove:c"),
        ("remove:c", "abc", "remove:b"),
        ("remove:a", "a", ""),
        ("all", "abc", ""),
        ("", "abc", ""),
    ],
)
def test_the_next_step_is_near_the_last(step, before, after):
    chosen = rearranged(before, step=step, offered="abcde")

    assert next_step(step, before=before, chosen=chosen, offered="abcde") == after


# --- choosing and saving --------------------------------------------------------------------------------------------------
def test_columns_are_arranged_button_by_button_and_saved_by_name():
    meeting, desk = a_meeting(), a_desk()
    state: list[str] = []
    for step in ["add:email", "add:family_names", "add:session_2", "up:family_names", "remove:email", "add:status"]:
        page = desk.post(f"{pages(meeting)}new/", {"name": "Badges", "column": state, "step": step}).content.decode()
        soup = BeautifulSoup(page, "html.parser")
        state = [field["value"] for field in soup.select("input[name=column]")]
        assert soup.select_one("input[name=name]")["value"] == "Badges"
    before = SavedColumns.objects.count()

    answer = desk.post(f"{pages(meeting)}new/", {"name": "Badges", "column": state}, follow=True)

    assert (before, list(meeting.saved_columns.values_list("name", "columns"))) == (0, [("Badges", ["family_names", "session_2", "status"])])
    assert "Family names, Session 2: Session 2, Status" in answer.content.decode()


def test_the_keyboard_goes_on_where_the_last_step_left_off():
    meeting, desk = a_meeting(), a_desk()

    page = desk.post(f"{pages(meeting)}new/", {"column": ["email", "status", "code"], "step": "down:email"}).content.decode()

    assert [button["value"] for button in BeautifulSoup(page, "html.parser").select("[autofocus]")] == ["down:email"]


def test_saved_columns_are_changed_in_their_place():
    meeting, desk = a_meeting(), a_desk()
    columns = saved(meeting, "email")

    shown = desk.get(f"{pages(meeting)}{columns.pk}/").content.decode()
    desk.post(f"{pages(meeting)}{columns.pk}/", {"name": "Mailing", "column": ["email", "language"]})

    assert '<input type="hidden" name="column" value="email">' in shown
    assert list(SavedColumns.objects.values_list("pk", "name", "columns")) == [(columns.pk, "Mailing", ["email", "language"])]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "", "column": ["email"]}, "Write a name, under which these columns are offered for each export."),
        ({"name": "New"}, "Add at least one column."),
        ({"name": "New", "column": ["no such column"]}, "Add at least one column."),
        ({"name": "Badges", "column": ["email"]}, "Columns are already saved under the name “Badges”."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept_on_the_page(fields, sentence):
    meeting, desk = a_meeting(), a_desk()
    saved(meeting, "status")

    page = desk.post(f"{pages(meeting)}new/", fields).content.decode()

    assert sentence in page
    assert ("no such column" in page, 'value="email"' in page) == (False, "email" in fields.get("column", []))
    assert SavedColumns.objects.count() == 1


def test_the_operation_refuses_as_well():
    meeting, other = a_meeting(), a_meeting()
    saved(meeting, "status")

    with pytest.raises(ColumnsNameTaken):
        saved(meeting, "email")
    with pytest.raises(NoColumnChosen):
        saved(meeting, name="Empty")
    assert saved(other, "email").name == "Badges"


def test_deleting_asks_first():
    meeting, desk = a_meeting(), a_desk()
    columns = saved(meeting, "email")
    address = f"{pages(meeting)}{columns.pk}/delete/"

    asked = desk.get(address).content.decode()
    before = SavedColumns.objects.count()
    answer = desk.post(address, follow=True).content.decode()

    assert ("Delete the columns “Badges”" in asked, before, SavedColumns.objects.count()) == (True, 1, 0)
    assert "No columns are saved for this meeting yet." in answer


def test_columns_of_another_meeting_are_not_found():
    meeting, other, desk = a_meeting(), a_meeting(), a_desk()
    columns = saved(other, "email")

    assert [desk.get(f"{pages(meeting)}{columns.pk}/{tail}").status_code for tail in ("", "delete/")] == [404, 404]


def test_saving_is_for_those_who_may_change_participants():
    meeting = a_meeting()
    columns = saved(meeting, "email")
    desk = desk_of(an_organizer("view_participant"))

    answers = [desk.get(pages(meeting) + tail).status_code for tail in ("", "new/", f"{columns.pk}/", f"{columns.pk}/delete/")]

    assert answers == [403, 403, 403, 403]
    assert "Choose and save columns" not in the_page_of_an_export(desk).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_saved_columns_costs_the_same_at_any_length(number, django_assert_num_queries):
    meeting, desk = a_meeting(), a_desk()
    for index in range(number):
        saved(meeting, "email", name=f"Columns {index}")

    with django_assert_num_queries(6):
        desk.get(pages(meeting))


# --- exporting with them --------------------------------------------------------------------------------------------------
def test_an_export_has_the_saved_columns_in_their_order():
    meeting = a_meeting()
    a_participant(meeting, family_names="Núñez", email="ana@example.org")
    columns = saved(meeting, "session_2", "family_names", "email")
    desk = a_desk(language="es")

    in_csv, in_json, in_xlsx = (the_page_of_an_export(desk, decided="yes", kind=kind, columns=str(columns.pk)) for kind in ("csv", "json", "xlsx"))

    assert headers(in_csv) == ["Sesión 2: Sesión 2", "Apellidos", "Correo electrónico"]
    assert json.loads(in_json.getvalue()) == [{"session_2": "sí", "family_names": "Núñez", "email": "ana@example.org"}]
    rows = list(openpyxl.load_workbook(io.BytesIO(in_xlsx.getvalue())).active.iter_rows(values_only=True))
    assert rows == [("Sesión 2: Sesión 2", "Apellidos", "Correo electrónico"), ("sí", "Núñez", "ana@example.org")]


def test_the_list_is_exported_as_it_is_filtered_and_searched():
    meeting = a_meeting()
    for name in ("Núñez", "Paz"):
        a_pending_participant(meeting, family_names=name)
    a_participant(meeting, family_names="Núñez Ruiz")
    columns = saved(meeting, "family_names")
    desk = a_desk()
    query = "?status__exact=pending&q=nunez"

    page = the_page_of_an_export(desk, query).content.decode()
    answer = the_page_of_an_export(desk, query, decided="yes", kind="json", columns=str(columns.pk))

    assert "Export 1 participant" in page
    assert json.loads(answer.getvalue()) == [{"family_names": "Núñez"}]


def test_only_those_ticked_are_exported():
    meeting = a_meeting()
    people = [a_participant(meeting) for _index in range(3)]
    desk = a_desk()
    ticked = {"action": "export", "_selected_action": [people[0].pk, people[2].pk]}

    page = desk.post(PARTICIPANTS, {**ticked, "index": 0}).content.decode()
    answer = desk.post(PARTICIPANTS, {**ticked, "decided": "yes", "kind": "json", "select_across": "0"})

    assert "Export 2 participants" in page
    assert [field["value"] for field in BeautifulSoup(page, "html.parser").select("input[name=_selected_action]")] == [
        str(people[0].pk),
        str(people[2].pk),
    ]
    assert {row["reference"] for row in json.loads(answer.getvalue())} == {people[0].reference, people[2].reference}


def test_what_was_chosen_last_is_ticked_the_next_time():
    meeting = a_meeting()
    a_participant(meeting)
    columns = saved(meeting, "email")
    desk = a_desk()

    def ticked() -> list[str]:
        return [field["value"] for field in BeautifulSoup(the_page_of_an_export(desk).content, "html.parser").select("input[checked]")]

    at_first = ticked()
    the_page_of_an_export(desk, decided="yes", kind="csv", columns=str(columns.pk)).getvalue()
    then, key = ticked(), str(columns.pk)
    columns.delete()

    assert (at_first, then, ticked()) == (["xlsx", ""], ["csv", key], ["csv", ""])


def test_a_column_whose_session_is_gone_is_left_out():
    meeting = a_meeting()
    a_participant(meeting, sessions=frozenset({1}))
    columns = saved(meeting, "session_2", "email")
    Session.objects.filter(meeting=meeting, number=2).delete()

    assert headers(the_page_of_an_export(a_desk(), decided="yes", kind="csv", columns=str(columns.pk))) == ["E-mail"]


def test_lists_of_several_meetings_have_all_columns():
    one, other = a_meeting(), a_meeting()
    a_participant(one), a_participant(other)
    saved(one, "email")

    page = the_page_of_an_export(a_desk()).content.decode()

    assert ("Badges" in page, "filter the list by one meeting" in page) == (False, True)


def test_columns_that_were_deleted_meanwhile_are_said_to_be_gone():
    meeting = a_meeting()
    a_participant(meeting)
    columns = saved(meeting, "email")
    key = str(columns.pk)
    columns.delete()

    page = the_page_of_an_export(a_desk(), decided="yes", kind="csv", columns=key).content.decode()

    assert 'class="errornote"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_costs_the_same_at_any_length(rows, django_assert_num_queries):
    meeting = a_meeting()
    many_participants(meeting, rows)
    desk = a_desk()

    with django_assert_num_queries(16):
        the_page_of_an_export(desk)


def test_the_pages_are_spanish_throughout():
    meeting = a_meeting()
    a_participant(meeting)
    desk = a_desk(language="es")
    empty = desk.get(pages(meeting))
    columns = saved(meeting, "email", name="Gafetes")
    answers = [empty, the_page_of_an_export(desk), *(desk.get(pages(meeting) + tail) for tail in ("", "new/", f"{columns.pk}/delete/"))]

    assert [english_left(answer.content.decode()) for answer in answers] == [set()] * 5
