"""The answers to a meeting's own questions in the exports of the desk: a column each, in words, and the files in one ZIP."""

import io
import json
import tempfile
import zipfile

import pytest

from registrations.details import Document
from registrations.enums import DeskRole, QuestionKind
from registrations.exports.answer_archive import answer_archive
from registrations.exports.downloads import download
from registrations.exports.participant_table import participant_table
from registrations.models import AnswerDocument, Participant
from registrations.operations.erase import erase
from registrations.operations.keep_document import keep_document
from registrations.operations.save_columns import save_columns
from registrations.rules.archive_names import archive_name
from registrations.rules.questions import document_answer
from tests.desk_rows import PARTICIPANTS, a_colleague, a_desk, an_organizer, desk_of, many_participants
from tests.documents import PDF, PNG
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, a_question, an_entity, participants_of, sign_up
from tests.test_exports_participants import exported, rows_of_csv, rows_of_xlsx
from tests.web_form import soup

pytestmark = pytest.mark.django_db
DIETS = [("none", "No restriction", "Ninguna restricción"), ("vegetarian", "Vegetarian", "Vegetariana")]


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def meeting():
    return a_meeting(slug="dialogue")


def ask_everything(meeting):
    a_question(meeting, QuestionKind.CHOICE, code="diet", options=DIETS, text_en="Diet", text_es="Alimentación")
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", text_es="¿Necesita visado?")
    a_question(meeting, QuestionKind.TEXT, code="flight-in", text_en="Flight", text_es="Vuelo")
    return a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", text_es="Pasaporte")


def a_file(question, *, content=PDF, name="pasaporte.pdf", form="form"):
    kept = keep_document(question, document=Document(file_name=name, content=content), form=form, now=NOW)
    return document_answer(kept.pk, kept.file_name)


def answering(meeting):
    """Somebody who answered everything."""
    passport = ask_everything(meeting)
    return a_participant(meeting, answers={"diet": "vegetarian", "visa": "no", "flight-in": "=LX 18\n18:40", "passport": a_file(passport)})


def saved_choice(meeting, *columns):
    return save_columns(meeting, name="Travel", columns=columns, actor=ORGANIZER, now=NOW)


def chosen(desk, participant, saved, *, kind="csv"):
    values = {"action": "export", "_selected_action": participant.pk, "index": 0, "decided": "on", "kind": kind, "columns": saved.pk}
    return desk.post(PARTICIPANTS, values)


# --- columns ------------------------------------------------------------------------------------------------------------
def test_each_question_is_a_column_with_the_answers_in_the_organizers_language(meeting):
    answered, silent = answering(meeting), a_participant(meeting)

    english, spanish = (rows_of_csv(exported(a_desk(language=code), "csv", answered, silent)) for code in ("en", "es"))
    [in_xlsx, _silent] = rows_of_xlsx(exported(a_desk(), "xlsx", answered, silent))

    headers = ["Diet", "Do you need a visa?", "Flight", "Passport"]
    assert [[row[header] for header in headers] for row in english] == [
        ["Vegetarian", "no", "'=LX 18\n18:40", "pasaporte.pdf"],
        ["", "", "", ""],
    ]
    assert [spanish[0][header] for header in ("Alimentación", "¿Necesita visado?", "Pasaporte")] == ["Vegetariana", "no", "pasaporte.pdf"]
    assert [in_xlsx[header] for header in headers] == ["Vegetarian", "no", "=LX 18\n18:40", "pasaporte.pdf"]
    assert list(english[0]).index("Diet") == list(english[0]).index("Accessibility needs") - 4


def test_other_programs_get_the_same_words_under_lasting_names(meeting):
    participant = answering(meeting)
    Participant.objects.update(answers=participant.answers | {"visa": "yes"})

    [row] = json.loads(exported(a_desk(language="es"), "json", participant).getvalue())

    assert {name: value for name, value in row.items() if name.startswith("question_")} == {
        "question_diet": "Vegetariana",
        "question_visa": "sí",
        "question_flight-in": "=LX 18\n18:40",
        "question_passport": "pasaporte.pdf",
    }


def test_the_words_stay_in_the_organizers_language_while_the_file_is_sent(meeting, settings):
    participant = answering(meeting)

    answer = download(Participant.objects.all(), kind="json", language="es", now=NOW)

    assert settings.LANGUAGE_CODE == "en"
    assert json.loads(answer.getvalue())[0]["question_diet"] == "Vegetariana", participant.answers


def test_what_is_asked_no_more_has_a_column_where_it_was_answered(meeting):
    a_question(meeting, QuestionKind.TEXT, code="hotel", text_en="Hotel", is_asked=False)
    a_question(meeting, QuestionKind.TEXT, code="flight-in", text_en="Flight", is_asked=False)
    a_question(meeting, QuestionKind.TEXT, code="badge", text_en="Badge")
    answered, silent = a_participant(meeting), a_participant(meeting)
    Participant.objects.filter(pk=answered.pk).update(answers={"flight-in": "LX 18"})

    [row] = rows_of_csv(exported(a_desk(), "csv", silent))

    assert [row.get(header) for header in ("Hotel", "Flight", "Badge")] == [None, "", ""]


def test_a_list_of_several_meetings_has_no_questions(meeting):
    one, other = answering(meeting), a_participant(a_meeting())

    rows = json.loads(exported(a_desk(), "json", one, other).getvalue())

    assert len(rows) == 2
    assert [name for row in rows for name in row if name.startswith("question_")] == []


def test_an_answer_can_be_among_the_saved_columns_and_its_question_may_go(meeting):
    participant, desk = answering(meeting), a_desk()
    saved = saved_choice(meeting, "question_diet", "family_names", "question_flight-in")

    before = rows_of_csv(chosen(desk, participant, saved))
    meeting.questions.get(code="diet").delete()
    after = rows_of_csv(chosen(desk, participant, saved))
    page = soup(desk.get(f"{PARTICIPANTS}columns/{meeting.pk}/"))
    form = soup(desk.get(f"{PARTICIPANTS}columns/{meeting.pk}/{saved.pk}/"))

    assert [list(row) for row in (*before, *after)] == [["Diet", "Family names", "Flight"], ["Family names", "Flight"]]
    assert ("Family names" in page.text, "Diet" in page.text) == (True, False)
    assert [field["value"] for field in form.select("[name=column]")] == ["family_names", "question_flight-in"]


@pytest.mark.parametrize("rows", [1, 3, 5000])
def test_a_table_with_answers_costs_five_statements_at_any_length(meeting, rows, django_assert_num_queries):
    many_participants(meeting, rows)
    ask_everything(meeting)
    Participant.objects.update(answers={"diet": "vegetarian", "visa": "no"})

    with django_assert_num_queries(5):
        written = list(participant_table(Participant.objects.all(), language="es").rows())

    assert [row.count("Vegetariana") for row in written] == [1] * rows


# --- files --------------------------------------------------------------------------------------------------------------
def entries(answer):
    """What the ZIP holds, by name."""
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def somebody_of(meeting, *, entity="PE", **fields):
    """A new participant of the State."""
    names = {"PE": ("Peru", "Perú"), "CI": ("Côte d'Ivoire", "Côte d'Ivoire")}[entity]
    an_entity(entity, *names)
    return participants_of(sign_up(meeting, a_person(**fields), entity=entity))[0]


def test_the_files_come_in_one_archive_a_folder_for_each_question(meeting):
    passport, photo = (a_question(meeting, QuestionKind.FILE, code=code) for code in ("passport", "photo"))
    answers = {"passport": a_file(passport), "photo": a_file(photo, content=PNG, name="yo.png")}
    ana = somebody_of(meeting, given_names="María", family_names="Muñoz Peña", answers=answers)
    luc = somebody_of(meeting, entity="CI", given_names="Luc", family_names="N'Guessan", answers={"passport": a_file(passport, form="his")})
    a_file(passport, form="never sent")

    answer = exported(a_desk(language="es"), "files", ana, luc, a_participant(meeting))

    assert entries(answer) == {
        f"PASSPORT/Perú - Muñoz Peña María - {ana.reference}.pdf": PDF,
        f"PHOTO/Perú - Muñoz Peña María - {ana.reference}.png": PNG,
        f"PASSPORT/Côte d'Ivoire - N'Guessan Luc - {luc.reference}.pdf": PDF,
    }
    assert answer["Content-Disposition"] == 'attachment; filename="dialogue-files-2027-01-20.zip"'
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/zip", True)
    assert "sandbox" in answer["Content-Security-Policy"]


def test_only_the_files_of_the_filtered_list_are_in_the_archive(meeting):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    confirmed = a_participant(meeting, answers={"passport": a_file(passport)})
    waiting = a_pending_participant(meeting, answers={"passport": a_file(passport, form="other")})

    answer = exported(a_desk(), "files", confirmed, query="?status__exact=pending", select_across="1")

    assert [name[-13:-4] for name in entries(answer)] == [waiting.reference]


def test_files_of_several_meetings_have_a_folder_for_each(meeting):
    people = []
    for each in (meeting, a_meeting(slug="review")):
        passport = a_question(each, QuestionKind.FILE, code="passport")
        people.append(a_participant(each, answers={"passport": a_file(passport, form=each.slug)}))

    answer = exported(a_desk(), "files", *people)

    assert sorted("/".join(name.split("/")[:2]) for name in entries(answer)) == ["dialogue/PASSPORT", "review/PASSPORT"]
    assert answer["Content-Disposition"] == 'attachment; filename="files-2027-01-20.zip"'


def test_where_nobody_answered_with_a_file_there_is_no_archive(meeting):
    desk, participant = a_desk(), a_participant(meeting)

    answer = exported(desk, "files", participant)

    assert (answer.status_code, answer["Location"]) == (302, PARTICIPANTS)
    assert "None of these participants has answered a question with a file." in desk.get(PARTICIPANTS).content.decode()


def test_files_are_for_those_who_may_see_the_participants_of_the_meeting(meeting):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    participant = a_participant(meeting, answers={"passport": a_file(passport)})
    elsewhere = a_meeting()
    users = [
        an_organizer("view_meeting"),
        a_colleague((elsewhere, DeskRole.SECRETARIAT), username="elsewhere"),
        a_colleague((meeting, DeskRole.INTERPRETER), username="interpreter"),
        a_colleague((meeting, DeskRole.READER), username="reader"),
    ]

    *others, reader = [exported(desk_of(user), "files", participant) for user in users]

    assert [answer.get("Content-Type") == "application/zip" for answer in others] == [False, False, False]
    assert len(entries(reader)) == 1


def test_an_erased_person_has_no_file_in_it(meeting):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    gone = a_participant(meeting, answers={"passport": a_file(passport)})
    desk, before = a_desk(), exported(a_desk(), "files", gone)

    erase(gone, actor=ORGANIZER, now=NOW)

    assert (len(entries(before)), exported(desk, "files", gone).status_code) == (1, 302)


@pytest.mark.parametrize("number", [1, 3])
def test_an_archive_costs_the_same_with_any_number_of_files(meeting, number, django_assert_num_queries):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    people = [a_participant(meeting, answers={"passport": a_file(passport, form=str(index))}) for index in range(number)]
    desk = a_desk()

    with django_assert_num_queries(17):
        answer = exported(desk, "files", *people)
        assert len(entries(answer)) == number


@pytest.fixture
def opened(monkeypatch):
    """The temporary files that the archives are written to."""
    files = []

    def temporary_file():
        files.append(tempfile.TemporaryFile())  # noqa: SIM115  whoever sends it closes it
        return files[-1]

    monkeypatch.setattr("registrations.exports.answer_archive.TemporaryFile", temporary_file)
    return files


def test_breaking_off_an_archive_leaves_no_file(meeting, opened):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    answer = exported(a_desk(), "files", a_participant(meeting, answers={"passport": a_file(passport)}))

    next(iter(answer.streaming_content))
    was_open = not opened[0].closed
    answer.close()

    assert ([file.closed for file in opened], was_open) == ([True], True)


def test_an_archive_that_fails_leaves_no_file(meeting, opened, monkeypatch):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    a_participant(meeting, answers={"passport": a_file(passport)})
    monkeypatch.setattr(AnswerDocument, "content", property(lambda _document: 1 / 0, lambda _document, _content: None))

    with pytest.raises(ZeroDivisionError):
        answer_archive(Participant.objects.all(), meeting=meeting)

    assert [file.closed for file in opened] == [True]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (["Perú", "Muñoz Peña María", "K7QD-2M9X"], "PASSPORT/Perú - Muñoz Peña María - K7QD-2M9X.pdf"),
        (["A/B: <C>?", 'O"Brien\\', "K7QD-2M9X"], "PASSPORT/A_B_ _C__ - O_Brien_ - K7QD-2M9X.pdf"),
        (["../..", "…\n\tX\u202efdp", "K7QD-2M9X"], "PASSPORT/_.. - … Xfdp - K7QD-2M9X.pdf"),
        (["", " ", "K7QD-2M9X"], "PASSPORT/K7QD-2M9X.pdf"),
        (["x" * 200, "y", "K7QD-2M9X"], f"PASSPORT/{'x' * 120} - K7QD-2M9X.pdf"),
        (["Nun\u0303ez", "con.", "aux"], "PASSPORT/Nuñez - con. - aux.pdf"),
    ],
)
def test_every_system_can_unpack_the_names(name, expected):
    assert archive_name(["PASSPORT"], name, ending=".pdf") == expected


@pytest.mark.parametrize(("folder", "expected"), [("CON", "_CON"), ("COM1", "_COM1"), ("NUL.X", "_NUL.X"), ("CONSENT", "CONSENT"), (" ..", "_")])
def test_no_folder_has_the_name_of_a_device(folder, expected):
    assert archive_name([folder], ["K7QD-2M9X"], ending=".pdf") == f"{expected}/K7QD-2M9X.pdf"
