"""Lists of people as they are pasted."""

import pytest
from django.utils import translation

from registrations.enums import Role
from registrations.importing.people_table import cells_of, read_people, split_name
from registrations.importing.people_words import role_called


def read(text: str, *, language: str = "es"):
    return read_people(cells_of(text), sessions=[1, 2], language=language)


def picked(text: str, *names: str):
    return [tuple(row.get(name, "") for name in names) for row in read(text).rows]


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_a_list_with_spanish_headings_is_read_whatever_divides_it(delimiter):
    lines = [
        ["Tratamiento", "Nombre(s)", "Apellidos", "Cargo", "Función", "Correo electrónico", "Teléfono", "Idioma", "Sesiones"],
        ["Sra.", "Ana", "Ruiz Paz", "Ministra", "Jefa de delegación", "ana@x.example", "+41 22 700 00 00", "inglés", "1 y 2"],
    ]

    table = read("\n".join(delimiter.join(line) for line in lines))

    assert table.unused == []
    assert table.rows == [
        {
            "honorific": "Sra.",
            "given_names": "Ana",
            "family_names": "Ruiz Paz",
            "position": "Ministra",
            "role": "head",
            "email": "ana@x.example",
            "phone": "+41 22 700 00 00",
            "language": "en",
            "sessions": ["1", "2"],
            "surplus": "",
        }
    ]


def test_without_headings_columns_are_known_by_what_stands_in_them():
    text = "1;Sra.;Ana;Ruiz;Ministra;ana@x.example;asesora;+41 22 700 00 00;todas\n2;Sr.;Juan;Paz;Cónsul;juan@x.example;observador;;1"

    assert picked(text, "honorific", "given_names", "family_names", "position", "email", "role", "phone") == [
        ("Sra.", "Ana", "Ruiz", "Ministra", "ana@x.example", "adviser", "+41 22 700 00 00"),
        ("Sr.", "Juan", "Paz", "Cónsul", "juan@x.example", "observer", ""),
    ]
    assert picked(text, "sessions", "surplus") == [(["1", "2"], ""), (["1"], "")]


def test_what_is_not_said_is_filled_in():
    assert picked("Name,Surname,E-mail\nAna,Ruiz,a@x.example", "role", "language", "sessions") == [("representative", "es", ["1", "2"])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("María MUÑOZ PEÑA", ("María", "MUÑOZ PEÑA")),
        ("MUÑOZ PEÑA María", ("María", "MUÑOZ PEÑA")),
        ("Muñoz Peña, María", ("María", "Muñoz Peña")),
        ("María Muñoz Peña", ("", "María Muñoz Peña")),
        ("SUKARNO", ("", "SUKARNO")),
    ],
)
def test_a_name_in_one_column_is_split_where_something_tells_its_parts_apart(text, names):
    assert split_name(text) == names


@pytest.mark.parametrize("word", ["jefe/a de delegación", "Jefa de Delegación", "HEAD OF DELEGATION", "jefe(a) de delegación"])
def test_the_head_goes_by_many_words(word):
    assert role_called(word) == "head"


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_role_is_known_by_its_label_in_both_languages(language):
    with translation.override(language):
        labels = {role.value: str(role.label) for role in Role}
    assert {code: role_called(label) for code, label in labels.items()} == {code: code for code in labels}


def test_an_unknown_word_stays_as_it_was_written():
    text = "Nombre;Apellido;Función;Idioma;Sesiones\nAna;Ruiz;Chofer;francés;la tarde"

    assert picked(text, "role", "language", "sessions") == [("Chofer", "francés", ["la tarde"])]


def test_cells_beyond_the_columns_are_kept_to_be_placed():
    assert picked("Nombre;Apellido\nAna;Ruiz;sobra;más\nJuan;Paz", "family_names", "surplus") == [("Ruiz", "sobra | más"), ("Paz", "")]


def test_unknown_columns_and_lines_above_the_headings_are_named():
    table = read("Misión Permanente del Perú\nNombre;Apellido;Pasaporte\nAna;Ruiz;123")

    assert table.unused == ["Misión Permanente del Perú", "Pasaporte"]
    assert [row["surplus"] for row in table.rows] == [""]


def test_breaks_inside_a_cell_become_a_space_and_marks_at_its_ends_go():
    text = 'Nombre\tApellido\tCargo\n\ufeffAna\u200e\tRuiz\u200f\t"Ministra\nConsejera\tpolítica"\n\t\t\n'

    assert picked(text, "given_names", "family_names", "position") == [("Ana", "Ruiz", "Ministra Consejera política")]


def test_a_null_character_is_seen_as_damage():
    assert picked("Nombre;Apellido\nA\0na;Ruiz", "given_names") == [("A�na",)]


def test_a_short_line_does_not_hide_what_divides_the_others():
    assert cells_of("Mr. Juan Perez, Counsellor, juan@example.org\nFoo")[0] == ["Mr. Juan Perez", " Counsellor", " juan@example.org"]
