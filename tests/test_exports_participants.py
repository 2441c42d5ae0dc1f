import csv
import io
import json
import tempfile
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from django.http import HttpResponse

from registrations.exports.comma_separated import csv_lines, harmless
from registrations.exports.downloads import FORMATS, download
from registrations.exports.json_array import json_lines
from registrations.exports.participant_table import Table, participant_table
from registrations.exports.spreadsheet import xlsx
from registrations.models import Participant
from registrations.operations.record_attendance import record_attendance
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, an_entity, confirmed, sign_up

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "+41 22 700 00 00", "@x", "-2", "\t=1", "\r=1", "＝1+1"]


def exported(desk, kind: str, *participants: Participant, query: str = "", **fields: str) -> HttpResponse:
    chosen = [participant.pk for participant in participants]
    return desk.post(PARTICIPANTS + query, {"action": f"export_{kind}", "_selected_action": chosen, "index": 0, **fields})


def rows_of_csv(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def rows_of_xlsx(answer: HttpResponse) -> list[dict[str, object]]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_both_files_hold_everything_on_record_in_the_organizers_language():
    meeting = a_meeting(slug="mine-free-americas")
    an_entity("CI", "Côte d'Ivoire", "Côte d'Ivoire")
    fields = {"given_names": "Ana María", "family_names": "Núñez de la O", "email": "ana@example.org", "phone": "+225 1", "language": "en"}
    person = a_person(honorific="S.E.", sessions=frozenset({2}), institution="Ministerio de Defensa", accessibility_needs="Rampa", **fields)
    sign_up(meeting, person, entity="CI")
    participant = Participant.objects.get()
    expected = {
        "Meeting": "mine-free-americas",
        "Type of delegation": "Geneva mission",
        "State or organization": "Côte d'Ivoire",
        "Code": "CI",
        "Courtesy title": "S.E.",
        "Given names": "Ana María",
        "Family names": "Núñez de la O",
        "Function in the delegation": "Head of delegation",
        "Position": "Embajadora",
        "Institution": "Ministerio de Defensa",
        "E-mail": "ana@example.org",
        "Language of correspondence": "English",
        "Session 2: Session 2": "yes",
        "Accessibility needs": "Rampa",
        "Status": "confirmed",
        "Reference": participant.reference,
        "Focal point": "Núñez de la O",
        "Focal point's e-mail": "ana@example.org",
        "Came in by": "public form",
    }
    desk = a_desk()

    [in_csv] = rows_of_csv(exported(desk, "csv", participant))
    [in_xlsx] = rows_of_xlsx(exported(desk, "xlsx", participant))

    assert in_csv.items() >= expected.items()
    assert in_xlsx.items() >= expected.items()
    assert (in_csv["Telephone"], in_xlsx["Telephone"]) == ("'+225 1", "+225 1")
    assert (in_csv["Session 1: Session 1"], in_xlsx["Session 1: Session 1"]) == ("", None)
    assert (in_csv["Order in the delegation"], in_xlsx["Order in the delegation"]) == ("1", 1)
    assert in_csv["Signed up (Europe/Zurich)"] == "2027-01-20 11:00"
    assert in_xlsx["Signed up (Europe/Zurich)"] == datetime(2027, 1, 20, 11, 0)  # noqa: DTZ001  a spreadsheet knows no zone


def test_names_of_states_and_types_follow_the_language():
    meeting = a_meeting()
    an_entity("US", "United States of America", "Estados Unidos de América")
    sign_up(meeting, a_person(), entity="US")

    [row] = rows_of_csv(exported(a_desk(language="es"), "csv", Participant.objects.get()))

    assert "Estados Unidos de América" in row.values()
    assert "Geneva mission (es)" in row.values()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_ever_a_formula(text):
    participant = a_participant(a_meeting())
    Participant.objects.update(given_names=text, position=text, accessibility_needs=text, phone=text)
    desk = a_desk()

    [in_csv] = rows_of_csv(exported(desk, "csv", participant))
    answer = exported(desk, "xlsx", participant)

    assert in_csv["Given names"] == in_csv["Position"] == in_csv["Accessibility needs"] == in_csv["Telephone"] == f"'{text}"
    sheet = zipfile.ZipFile(io.BytesIO(answer.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)


def test_harmless_text_stays_as_it_is():
    assert [harmless(cell) for cell in ["Núñez", "1+1", "a@b", "", 7, datetime(2027, 1, 20, 11, 5, tzinfo=UTC)]] == [
        "Núñez",
        "1+1",
        "a@b",
        "",
        "7",
        "2027-01-20 11:05",
    ]


def test_excel_finds_the_accents_of_the_csv_file():
    answer = exported(a_desk(), "csv", a_participant(a_meeting()))

    assert answer.getvalue().startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_file_names_say_the_meeting_and_the_day(time_machine):
    time_machine.move_to(NOW)
    one, other = a_participant(a_meeting(slug="lima-2027")), a_participant(a_meeting(slug="quito-2027"))
    desk = a_desk()

    answers = [exported(desk, kind, *people) for kind, people in [("csv", [one]), ("xlsx", [one]), ("json", [one]), ("csv", [one, other])]]

    assert all(answer.getvalue() for answer in answers)
    assert [answer["Content-Disposition"] for answer in answers] == [
        'attachment; filename="lima-2027-participants-2027-01-20.csv"',
        'attachment; filename="lima-2027-participants-2027-01-20.xlsx"',
        'attachment; filename="lima-2027-participants-2027-01-20.json"',
        'attachment; filename="participants-2027-01-20.csv"',
    ]


def test_delegations_stand_in_alphabetical_order_and_people_in_their_own():
    meeting = a_meeting()
    for code, name in [("US", "United States"), ("CI", "Côte d'Ivoire"), ("CU", "Cuba")]:
        an_entity(code, name, name)
        sign_up(meeting, a_person(family_names=f"Z{code}"), a_person(family_names=f"A{code}"), entity=code)

    rows = rows_of_csv(exported(a_desk(), "csv", *Participant.objects.all()))

    assert [row["Family names"] for row in rows] == ["ZCI", "ACI", "ZCU", "ACU", "ZUS", "AUS"]


def test_several_meetings_share_columns_by_number_of_session():
    a_participant(a_meeting(sessions=1), sessions=frozenset({1}))
    a_participant(a_meeting(sessions=2), sessions=frozenset({2}))

    rows = rows_of_csv(exported(a_desk(), "csv", *Participant.objects.all()))

    assert [(row["Session 1"], row["Session 2"]) for row in rows] == [("yes", ""), ("", "yes")]


def test_the_whole_filtered_list_is_exported_when_all_are_chosen():
    meeting = a_meeting()
    people = [a_pending_participant(meeting) for _index in range(3)]
    a_participant(meeting)

    rows = rows_of_csv(exported(a_desk(), "csv", people[0], query="?status__exact=pending", select_across="1"))

    assert sorted(row["Reference"] for row in rows) == sorted(person.reference for person in people)


def test_exports_are_for_those_who_may_see_participants():
    participant = a_participant(a_meeting())

    assert exported(desk_of(an_organizer("view_meeting")), "csv", participant).status_code == 403


def test_other_programs_get_lasting_names_and_moments_with_their_zone():
    meeting = a_meeting(slug="mine-free-americas")
    participant = a_participant(meeting, given_names="=1+1", family_names="Núñez", sessions=frozenset({2}))

    answer = exported(a_desk(language="es"), "json", participant)

    [row] = json.loads(answer.getvalue())
    assert (
        row.items()
        >= {
            "meeting": "mine-free-americas",
            "represented": "Perú",
            "given_names": "=1+1",
            "family_names": "Núñez",
            "order": 1,
            "role": "Jefe o jefa de delegación",
            "display_name": "PERÚ - =1+1 Núñez",
            "session_1": "",
            "session_2": "sí",
            "status": "confirmada",
            "created_at": "2027-01-20T11:00:00+01:00",
        }.items()
    )


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_json_is_one_array_at_any_length(rows):
    people = many_participants(a_meeting(), rows)

    written = json.loads("".join(json_lines(participant_table(Participant.objects.all(), language="en"))))

    assert [row["family_names"] for row in written] == [person.family_names for person in people]


def test_who_was_there_has_a_column_of_its_own():
    meeting = a_meeting()
    there, elsewhere = a_participant(meeting, sessions=frozenset({2})), a_participant(meeting)
    record_attendance(meeting.sessions.get(number=1), people=[there.pk], actor=ORGANIZER, now=NOW)

    rows = rows_of_csv(exported(a_desk(), "csv", there, elsewhere))

    found = {row["Reference"]: (row["Session 1: Session 1"], row["Present at session 1"], row["Present at session 2"]) for row in rows}
    assert found == {there.reference: ("", "yes", ""), elsewhere.reference: ("yes", "", "")}


# --- the meeting platform -----------------------------------------------------------------------------------------------
def test_display_names_tell_for_whom_each_of_the_confirmed_speaks(time_machine):
    time_machine.move_to(NOW)
    meeting = a_meeting(slug="mine-free-americas")
    an_entity("FR", "France", "Francia")
    sign_up(meeting, a_person(given_names="Ana", family_names="Núñez", email="ana@example.org", language="en"), entity="FR")
    sign_up(meeting, a_person(given_names="Éric", family_names="Paz", email="ana@example.org"), entity="FR")
    a_pending_participant(meeting)
    erased = a_participant(meeting)
    Participant.objects.filter(pk=erased.pk).update(erased_at=NOW)
    formula = a_pending_participant(meeting, organization="+1 Foundation", given_names="Jan", family_names="Łukasz", email="jan@example.org")
    confirmed(formula)

    answer = exported(a_desk(language="es"), "display_names", *Participant.objects.all())

    assert answer.getvalue().decode("utf-8-sig").splitlines() == [
        '"Nombre en pantalla","Correo electrónico"',
        """"'+1 FOUNDATION - Jan Łukasz","jan@example.org\"""",
        '"FRANCE - Ana Núñez","ana@example.org"',
        '"FRANCIA - Éric Paz","ana@example.org"',
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="mine-free-americas-display-names-2027-01-20.csv"'


# --- length -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3, 5000])
def test_a_table_costs_four_statements_at_any_length(rows, django_assert_num_queries):
    many_participants(a_meeting(), rows)

    with django_assert_num_queries(4):
        written = list(participant_table(Participant.objects.all(), language="es").rows())

    assert len(written) == rows


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_of_the_filtered_list_costs_the_same_at_any_length(rows, kind, django_assert_num_queries):
    many_participants(a_meeting(), rows)
    desk = a_desk()

    with django_assert_num_queries(17):
        answer = exported(desk, kind, query="?q=nunez", select_across="1", _selected_action="all")
        assert len(answer.getvalue()) > 500


# --- broken off ---------------------------------------------------------------------------------------------------------
class _Watched(Table):
    """A table that knows whether somebody is still reading it."""

    def rows(self):
        self.__dict__["is_being_read"] = True
        try:
            yield from super().rows()
        finally:
            self.__dict__["is_being_read"] = False


class _Broken(Table):
    """A table whose database fails after some rows."""

    def rows(self):
        for index, row in enumerate(super().rows()):
            if index == 2:
                raise RuntimeError
            yield row


@pytest.fixture
def temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def opened(monkeypatch):
    """The temporary files that the spreadsheets are written to."""
    files = []

    def temporary_file():
        files.append(tempfile.TemporaryFile())  # noqa: SIM115  whoever sends it closes it
        return files[-1]

    monkeypatch.setattr("registrations.exports.spreadsheet.TemporaryFile", temporary_file)
    return files


@pytest.mark.parametrize("lines", [csv_lines, json_lines])
def test_breaking_off_ends_the_reading(lines, monkeypatch):
    many_participants(a_meeting(), 1000)
    table = participant_table(Participant.objects.all(), language="en")
    watched = _Watched(table.columns, table.participants, table.meeting)
    monkeypatch.setattr("registrations.exports.downloads.participant_table", lambda *args, **kwargs: watched)
    answer = download(Participant.objects.all(), kind={csv_lines: "csv", json_lines: "json"}[lines], language="en", now=NOW)

    first = next(iter(answer.streaming_content))
    was_being_read = watched.is_being_read
    answer.close()

    assert (len(first) > 1000, was_being_read, watched.is_being_read) == (True, True, False)


def test_breaking_off_a_spreadsheet_leaves_no_file(temporary_files, opened):
    many_participants(a_meeting(), 3)
    answer = download(Participant.objects.all(), kind="xlsx", language="en", now=NOW)

    next(iter(answer.streaming_content))
    answer.close()

    assert ([file.closed for file in opened], list(temporary_files.iterdir())) == ([True], [])


def test_a_spreadsheet_that_fails_leaves_no_file(temporary_files, opened):
    many_participants(a_meeting(), 3)
    table = participant_table(Participant.objects.all(), language="en")

    with pytest.raises(RuntimeError):
        xlsx(_Broken(table.columns, table.participants, table.meeting), title="Participants")

    assert ([file.closed for file in opened], list(temporary_files.iterdir())) == ([True], [])
