"""A list of expected delegations at the desk: the file, its columns, a look at every row, and then all of it or only the good rows."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from registrations.enums import ListContents, RowOutcome
from registrations.errors import ChangedSinceLook, NothingToTakeIn, RowsRefused
from registrations.importing.expected_columns import ASIDE, known_column
from registrations.importing.expected_import import EXPECTED
from registrations.importing.uploaded import cases_of
from registrations.models import DelegationType, ExpectedDelegation, HistoryEntry, KnownHeading, Meeting, OutboxMessage, UploadedList
from registrations.operations.uploaded_lists import forget_lists
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.lists import as_csv, as_workbook
from tests.make import NOW, ORGANIZER, a_meeting, an_entity
from tests.test_desk_spanish import english_left
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LIST = "/admin/registrations/expecteddelegation/"
IMPORT = f"{LIST}import/"
HEADINGS = ("Estado u organización", "Tipo de delegación", "Correo electrónico de contacto", "Idioma de correspondencia")


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def meeting() -> Meeting:
    an_entity("PE", "Peru", "Perú", formal_name_en="the Republic of Peru")
    an_entity("CI", "Côte d'Ivoire", "Côte d'Ivoire", formal_name_es="República de Côte d'Ivoire")
    an_entity("XX", "Elsewhere", "Otra parte", groups=["others"])
    an_entity("icbl", "Campaign to Ban Landmines", "Campaña contra las Minas", kind="ngo", groups=[], acronym_en="ICBL")
    return a_meeting(slug="mine-free-americas")


@pytest.fixture
def desk(db) -> Client:
    return a_desk(language="es")


def geneva(meeting: Meeting) -> DelegationType:
    return meeting.delegation_types.get(code="geneva_mission")


def a_row(of: str = "Perú", kind: str = "geneva_mission", contact: str = "", language: str = "") -> list[str]:
    return [of, kind, contact, language]


def expected_already(meeting: Meeting, code: str = "PE", **fields: str) -> ExpectedDelegation:
    return ExpectedDelegation.objects.create(type=geneva(meeting), entity=an_entity(code) if code == "PE" else None, **fields)


def uploaded(desk: Client, meeting: Meeting, content: bytes, *, name: str = "lista.csv", **fields: object) -> HttpResponse:
    return desk.post(IMPORT, {"meeting": meeting.pk, "file": SimpleUploadedFile(name, content), **fields})


def mapped(desk: Client, meeting: Meeting, content: bytes, *, name: str = "lista.csv", **fields: object) -> UploadedList:
    """The list after both first pages, with what the page offers for each column but for the `fields` given."""
    answer = uploaded(desk, meeting, content, name=name)
    page = soup(desk.get(answer.url))
    values = {select["name"]: (select.select_one("option[selected]") or {"value": ""})["value"] for select in page.select("#content-main select")}
    assert desk.post(answer.url, values | fields).status_code == 302
    return UploadedList.objects.latest("pk")


def looked_at(desk: Client, listed: UploadedList) -> HttpResponse:
    return desk.get(f"{IMPORT}{listed.pk}/look/")


def taken_in(desk: Client, listed: UploadedList, take: str = "all") -> HttpResponse:
    seen = looked_at(desk, listed).context["report"].fingerprint
    return desk.post(f"{IMPORT}{listed.pk}/look/", {"take": take, "seen": seen}, follow=True)


def rows(desk: Client, meeting: Meeting, *listed: list[str], headings: tuple[str, ...] = HEADINGS, **fields: object) -> list[tuple]:
    report = looked_at(desk, mapped(desk, meeting, as_csv(*listed, headings=headings), **fields)).context["report"]
    return [(row.number, row.outcome.value, *row.reasons) for row in report.rows]


def on_record() -> list[tuple]:
    """Type, whom it stands for, address and language of everybody expected."""
    everybody = ExpectedDelegation.objects.order_by("pk")
    return [(each.type.code, each.entity.name_en if each.entity else each.organization_name, each.contact_email, each.language) for each in everybody]


# --- the way through --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("make", "name"), [(as_csv, "lista.csv"), (as_workbook, "lista.xlsx")])
def test_a_list_puts_missions_and_organizations_on_the_list_of_their_type(desk, meeting, make, name):
    listed = [
        a_row("the republic of PERU", contact="Mission@peru.example.org", language="español"),
        a_row("CI", "Geneva missions", language="Inglés"),
        a_row("icbl", "organization", "icbl@example.org", "ambos"),
        a_row("Red Latinoamericana", "organization"),
    ]

    answer = taken_in(desk, mapped(desk, meeting, make(*listed, headings=HEADINGS), name=name))

    assert answer.redirect_chain == [(f"{LIST}?meeting={meeting.pk}", 302)]
    assert "La lista de delegaciones previstas se ha importado: 4 delegaciones añadidas, 0 delegaciones modificadas." in answer.content.decode()
    assert on_record() == [
        ("geneva_mission", "Peru", "Mission@peru.example.org", "es"),
        ("geneva_mission", "Côte d'Ivoire", "", "en"),
        ("organization", "Campaign to Ban Landmines", "icbl@example.org", ""),
        ("organization", "Red Latinoamericana", "", ""),
    ]
    assert ExpectedDelegation.objects.first().mailbox == "mission@peru.example.org"
    assert (UploadedList.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_a_look_tells_every_row_and_leaves_no_trace(desk, meeting):
    expected_already(meeting, contact_email="old@example.org", language="en")
    ExpectedDelegation.objects.create(type=meeting.delegation_types.get(code="organization"), organization_name="Red Latinoamericana")
    listed = [
        a_row(contact="new@example.org", language="es"),
        a_row("RED latinoamericana", "organization"),
        a_row("Côte d'Ivoire", language="es"),
        a_row("Perrú", contact="x@example.org"),
    ]
    before = list(ExpectedDelegation.objects.order_by("pk").values())

    page = looked_at(desk, mapped(desk, meeting, as_csv(*listed, headings=HEADINGS)))

    report = page.context["report"]
    assert [(row.number, row.outcome.value, row.delegation, row.changes, row.reasons) for row in report.rows] == [
        (2, "changed", "Perú", {"contact_email": ["old@example.org", "new@example.org"], "language": ["en", "es"]}, []),
        (3, "unchanged", "RED latinoamericana", {}, []),
        (4, "new", "Côte d'Ivoire", {}, []),
        (5, "refused", "Perrú", {}, ["«Perrú» no figura en la lista de Estados.", "¿Quiso decir Perú?"]),
    ]
    text = " ".join(soup(page).select_one("#content-main").get_text(" ").split())
    for words in [
        "Filas nuevas 1",
        "Filas modificadas 1",
        "Filas que no modifican nada 1",
        "Filas rechazadas 1",
        "Correo electrónico de contacto: old@example.org → new@example.org",
        "Idioma de correspondencia: Inglés → Español",
        "¿Quiso decir Perú?",
    ]:
        assert words in text
    assert "Mensajes que se enviarían" not in text
    assert list(ExpectedDelegation.objects.order_by("pk").values()) == before
    assert not HistoryEntry.objects.filter(event="expect listed").exists()


def test_what_is_listed_otherwise_is_corrected_and_empty_cells_change_nothing(desk, meeting):
    peru = expected_already(meeting, contact_email="old@example.org", language="es")

    taken_in(desk, mapped(desk, meeting, as_csv(a_row(contact="new@example.org"), headings=HEADINGS)))
    assert on_record() == [("geneva_mission", "Peru", "new@example.org", "es")]
    peru.refresh_from_db()
    assert peru.mailbox == "new@example.org"
    taken_in(desk, mapped(desk, meeting, as_csv(a_row(language="ambos"), headings=HEADINGS)))
    assert on_record() == [("geneva_mission", "Peru", "new@example.org", "")]

    assert rows(desk, meeting, a_row(), headings=HEADINGS) == rows(desk, meeting, a_row(contact="NEW@example.org")) == [(2, "unchanged")]


def test_only_the_good_rows_leave_the_others_to_be_seen(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row(), a_row("Narnia"), headings=HEADINGS))

    answer = taken_in(desk, listed, "good")

    assert answer.redirect_chain == [(f"{IMPORT}{listed.pk}/look/", 302)]
    assert [row.outcome.value for row in answer.context["report"].rows] == ["unchanged", "refused"]
    assert [name for _type, name, *_rest in on_record()] == ["Peru"]


def test_with_a_refused_row_all_rows_means_none(desk, meeting):
    answer = taken_in(desk, mapped(desk, meeting, as_csv(a_row(), a_row("Narnia"), headings=HEADINGS)), "all")

    assert "no se ha importado nada" in soup(answer).select_one("[role=alert]").text
    assert on_record() == []


def test_what_has_changed_since_the_look_is_looked_at_again(desk, meeting):
    peru = expected_already(meeting, contact_email="old@example.org")
    listed = mapped(desk, meeting, as_csv(a_row(contact="new@example.org"), headings=HEADINGS))
    seen = looked_at(desk, listed).context["report"].fingerprint
    peru.contact_email = "meanwhile@example.org"
    peru.save()

    answer = desk.post(f"{IMPORT}{listed.pk}/look/", {"take": "all", "seen": seen})

    assert "Algo ha cambiado" in soup(answer).select_one("[role=alert]").text
    assert on_record() == [("geneva_mission", "Peru", "meanwhile@example.org", "")]


def test_the_doors_refuse_what_was_not_seen_and_what_does_nothing(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row(), a_row("Narnia"), headings=HEADINGS))
    seen = EXPECTED.look(meeting, cases=cases_of(listed), actor=ORGANIZER, now=NOW).fingerprint

    with pytest.raises(ChangedSinceLook):
        EXPECTED.take_in_good(meeting, cases=cases_of(listed), seen="", actor=ORGANIZER, now=NOW)
    with pytest.raises(RowsRefused):
        EXPECTED.take_in_all(meeting, cases=cases_of(listed), seen=seen, actor=ORGANIZER, now=NOW)
    EXPECTED.take_in_good(meeting, cases=cases_of(listed), seen=seen, actor=ORGANIZER, now=NOW)
    again = EXPECTED.look(meeting, cases=cases_of(listed), actor=ORGANIZER, now=NOW)
    with pytest.raises(NothingToTakeIn):
        EXPECTED.take_in_good(meeting, cases=cases_of(listed), seen=again.fingerprint, actor=ORGANIZER, now=NOW)


def test_a_fault_in_the_middle_leaves_nothing_half_written(desk, meeting, monkeypatch):
    expected_already(meeting, contact_email="old@example.org")
    listed = mapped(desk, meeting, as_csv(a_row(contact="new@example.org"), a_row("Côte d'Ivoire"), headings=HEADINGS))
    seen = looked_at(desk, listed).context["report"].fingerprint

    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(ExpectedDelegation.objects, "bulk_update", breaks)

    with pytest.raises(RuntimeError):
        EXPECTED.take_in_good(meeting, cases=cases_of(listed), seen=seen, actor=ORGANIZER, now=NOW)
    assert on_record() == [("geneva_mission", "Peru", "old@example.org", "")]


# --- what the history keeps -------------------------------------------------------------------------------------------------
def test_the_history_of_each_type_says_how_many_were_new_and_changed(desk, meeting):
    expected_already(meeting, contact_email="old@example.org")
    listed = [a_row(contact="new@example.org"), a_row("Côte d'Ivoire"), a_row("Red Latinoamericana", "organization"), a_row("Narnia")]

    taken_in(desk, mapped(desk, meeting, as_csv(*listed, headings=HEADINGS)), "good")

    entries = HistoryEntry.objects.exclude(type=None).order_by("type__order", "type_id")
    assert {(entry.event, entry.meeting, entry.actor, entry.door, entry.at) for entry in entries} == {
        ("expect listed", meeting, "Eva Jefa", "desk", NOW)
    }
    assert [(entry.type.code, entry.facts) for entry in entries] == [
        ("geneva_mission", {"new": 1, "changed": 1, "before": 1, "after": 2}),
        ("organization", {"new": 1, "changed": 0, "before": 0, "after": 1}),
    ]
    page = soup(desk.get(f"/admin/registrations/historyentry/?meeting={meeting.pk}")).select_one("#result_list").text
    assert "Importación de la lista de delegaciones previstas: nuevas: 1; modificadas: 1; en la lista: 1 → 2" in page


# --- whom a row is about ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (a_row(""), ["La fila no indica ningún Estado ni organización."]),
        (a_row("Narnia"), ["«Narnia» no figura en la lista de Estados."]),
        (a_row("Cote d Ivoir"), ["«Cote d Ivoir» no figura en la lista de Estados.", "¿Quiso decir Côte d'Ivoire?"]),
        (a_row(kind="gremio"), ["«gremio» no es un tipo de delegación de esta reunión."]),
        (a_row(kind="organization"), ["«Perú» es un Estado, no una organización."]),
        (
            a_row("Otra parte"),
            ["Otra parte no figura entre los invitados como Geneva mission (es). Elija otra entrada de la lista u otro tipo de delegación."],
        ),
        (
            a_row(contact="no address"),
            ["Correo electrónico de contacto: Escriba una dirección de correo electrónico con el formato nombre@example.org."],
        ),
        (a_row(language="francés"), ["Los mensajes se redactan en español o en inglés, no en «francés». Elija uno de los dos idiomas."]),
        (
            a_row("MuÃ±oz", "organization"),
            ["«MuÃ±oz» se dañó al guardar el archivo. Guárdelo de nuevo como libro de Excel, o como CSV en UTF-8."],
        ),
    ],
)
def test_a_row_is_refused_with_its_reasons(desk, meeting, row, reasons):
    assert rows(desk, meeting, row) == [(2, "refused", *reasons)]


def test_the_second_row_about_a_delegation_is_refused_and_another_type_is_another_delegation(desk, meeting):
    an_entity("PE", "Peru", "Perú", groups=["un_member", "oas_permanent_observer"])
    listed = [a_row(), a_row("PERU"), a_row("pe"), a_row(kind="oas_observer"), a_row("Red", "organization"), a_row("RED", "organization")]

    assert rows(desk, meeting, *listed) == [
        (2, "new"),
        (3, "refused", "La fila 2 se refiere a la misma delegación."),
        (4, "refused", "La fila 2 se refiere a la misma delegación."),
        (5, "new"),
        (6, "new"),
        (7, "refused", "La fila 6 se refiere a la misma delegación."),
    ]


def test_codes_name_states_and_contradictions_are_noticed(desk, meeting):
    listed = [["pe", ""], ["XY", ""], ["CI", "Perú"]]

    found = rows(desk, meeting, *listed, headings=("Código ISO", "País"))

    assert found == [
        (2, "new"),
        (3, "refused", "«XY» no es un código de la lista de Estados y organizaciones."),
        (4, "refused", "El código CI corresponde a Côte d'Ivoire."),
    ]


def test_the_type_is_what_the_row_says_else_what_was_chosen_else_the_only_one_possible(desk, meeting):
    an_entity("FR", "France", "Francia", groups=["un_member", "oas_permanent_observer"])
    listed = [["Perú"], ["Francia"], ["Red de Minas"]]

    by_itself = rows(desk, meeting, *listed, headings=("Estado",))
    chosen = rows(desk, meeting, *listed, headings=("Estado",), default_type=meeting.delegation_types.get(code="oas_observer").pk)

    why = (
        "La fila no indica el tipo de delegación. Indíquelo en la lista o elija un tipo para esas filas donde se define el contenido de las columnas."
    )
    assert by_itself == [(2, "new"), (3, "refused", why), (4, "new")]
    assert [row[1] for row in chosen] == ["refused", "new", "refused"]


def test_an_organization_that_is_nearly_one_on_the_list_is_asked_about_and_kept_as_typed(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row("Campain to Ban Landmine", "organization"), headings=HEADINGS))

    page = soup(looked_at(desk, listed)).select_one("#content-main").text
    taken_in(desk, listed)

    assert "No figura en la lista de organizaciones y se conserva tal como está escrita." in page
    assert "¿Quiso decir Campaña contra las Minas?" in page
    assert on_record() == [("organization", "Campain to Ban Landmine", "", "")]


def test_the_language_chosen_on_the_page_is_that_of_new_rows_which_name_none(desk, meeting):
    expected_already(meeting, language="en")
    listed = [a_row(), a_row("Côte d'Ivoire"), a_row("Red", "organization", language="en"), a_row("Liga", "organization", language="both")]

    taken_in(desk, mapped(desk, meeting, as_csv(*listed, headings=HEADINGS), language="es"))

    assert [language for *_rest, language in on_record()] == ["en", "es", "en", ""]


def test_what_stands_in_parentheses_after_a_name_is_needed_only_where_it_tells_two_apart(desk, meeting):
    an_entity("BO", "Bolivia (Plurinational State of)", "Bolivia (Estado Plurinacional de)")
    for code, name in [("KA", "Korea (North)"), ("KB", "Korea (South)")]:
        an_entity(code, name, name)

    assert rows(desk, meeting, a_row("Bolivia"), a_row("Korea"), a_row("korea (south)")) == [
        (2, "new"),
        (3, "refused", "«Korea» no figura en la lista de Estados.", "¿Quiso decir Korea (North) / Korea (South)?"),
        (4, "new"),
    ]


@pytest.mark.parametrize(
    "name", ["Peru", "PERÚ", "the Republic of Peru", "Republic of Peru", "república del perú", "La República del Perú", "pe", "el Perú"]
)
def test_a_state_is_known_by_any_of_its_names_with_an_article_or_without(desk, meeting, name):
    an_entity("PE", "Peru", "Perú", formal_name_en="the Republic of Peru", formal_name_es="la República del Perú")

    assert rows(desk, meeting, a_row(name)) == [(2, "new")]


# --- columns ----------------------------------------------------------------------------------------------------------------
def test_columns_mapped_by_hand_are_remembered_for_lists_of_this_kind_alone(desk, meeting):
    content = as_csv(["Perú", "x@example.org"], headings=["Quién viene", "A dónde escribir"])
    KnownHeading.objects.create(meeting=meeting, key="quien viene", column="full_name")

    at_first = _columns(desk, uploaded(desk, meeting, content))
    mapped(desk, meeting, content, **{"column-0": "represented", "column-1": "contact_email"})
    then, elsewhere = (_columns(desk, uploaded(desk, each, content)) for each in (meeting, a_meeting()))

    assert (at_first, then, elsewhere) == (["", ""], ["represented", "contact_email"], ["", ""])
    assert set(KnownHeading.objects.values_list("contents", "key", "column")) == {
        ("people", "quien viene", "full_name"),
        ("expected", "quien viene", "represented"),
        ("expected", "a donde escribir", "contact_email"),
    }


def _columns(desk: Client, answer: HttpResponse) -> list[str]:
    return [heading.column for _field, heading in desk.get(answer.url).context["rows"]]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"column-0": "aside"}, "Indique qué columna contiene el Estado u organización"),
        ({"column-3": "contact_email"}, "Se ha indicado el mismo contenido para dos columnas: Correo electrónico de contacto."),
        ({"column-1": ""}, "Falta indicar el contenido de algunas columnas."),
        ({"column-1": "family_names"}, "Falta indicar el contenido de algunas columnas."),
        ({"language": "fr"}, "Falta indicar el contenido de algunas columnas."),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(desk, meeting, fields, sentence):
    answer = uploaded(desk, meeting, as_csv(a_row(), headings=HEADINGS))
    columns = {f"column-{index}": column for index, column in enumerate(_columns(desk, answer))}

    refused = desk.post(answer.url, columns | fields)

    assert sentence in soup(refused).select_one("[role=alert]").text
    assert UploadedList.objects.get().columns == []


def test_a_type_of_another_meeting_cannot_be_chosen(desk, meeting):
    answer = uploaded(desk, meeting, as_csv(a_row(), headings=HEADINGS), type=geneva(a_meeting()).pk)
    columns = {f"column-{index}": column for index, column in enumerate(_columns(desk, answer))}

    refused = desk.post(answer.url, columns | {"default_type": geneva(a_meeting()).pk})

    assert refused.status_code == 200
    assert UploadedList.objects.get().default_type is None


def test_lines_above_the_headings_are_left_out_and_rows_keep_their_numbers(desk, meeting):
    content = b"Lista de misiones;;\n\n" + as_csv(a_row(), [""], a_row("Narnia"), headings=HEADINGS)

    report = looked_at(desk, mapped(desk, meeting, content)).context["report"]

    assert [(row.number, row.outcome.value) for row in report.rows] == [(4, "new"), (6, "refused")]


def test_a_list_without_headings_is_mapped_by_hand(desk, meeting):
    address = uploaded(desk, meeting, b"PE;mission@peru.example.org\n", no_headings="on").url

    desk.post(address, {"column-0": "code", "column-1": "contact_email", "language": ""})
    taken_in(desk, UploadedList.objects.get())

    assert on_record() == [("geneva_mission", "Peru", "mission@peru.example.org", "")]


# --- files ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "lista.csv", "No hay ninguna delegación en esta lista."),
        (as_csv(headings=HEADINGS), "lista.csv", "No hay ninguna delegación en esta lista."),
        (as_workbook(headings=HEADINGS), "lista.xlsx", "No hay ninguna delegación en esta lista."),
        (b"%PDF-1.7", "lista.pdf", "Este archivo no es CSV ni un libro de Excel"),
        (b"not a zip", "lista.xlsx", "No se puede leer este libro."),
        (as_workbook(a_row("=1+1"), headings=HEADINGS), "lista.xlsx", "La celda A2 contiene una fórmula."),
        (b"x" * 5_000_001, "lista.csv", "La lista supera los 5 MB."),
        (b"a;b\n" + b"x;y\n" * 10_001, "lista.csv", "Una lista admite 10 000 filas como máximo."),
    ],
    ids=["empty", "headings only", "headings only in a workbook", "pdf", "no workbook", "formula", "5 MB", "rows"],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_way_out(desk, meeting, content, name, sentence):
    answer = uploaded(desk, meeting, content, name=name)

    assert sentence in soup(answer).select_one("[role=alert]").text
    assert UploadedList.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_example_holds_nothing_but_headings_that_are_understood(desk, meeting, language):
    answer = desk.get(f"{IMPORT}example/{language}/")

    book = load_workbook(io.BytesIO(answer.content))
    [headings] = book.active.values
    assert [known_column(heading) for heading in headings] == ["type", "represented", "contact_email", "language"]
    assert headings[0] == {"en": "Type of delegation", "es": "Tipo de delegación"}[language]
    assert answer["Content-Disposition"].endswith({"en": '"expected-delegations.xlsx"', "es": '"delegaciones-previstas.xlsx"'}[language])
    assert desk.get(f"{IMPORT}example/fr/").status_code == 404


@pytest.mark.parametrize(
    ("heading", "column"),
    [("ISO code", "code"), ("Misión", "represented"), ("Correo-e", "contact_email"), ("LANGUAGE:", "language"), ("N", ASIDE), ("Ministro", "")],
)
def test_headings_are_known_in_both_languages(heading, column):
    assert known_column(heading) == column


# --- costs ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [3, 100])
def test_new_changed_and_refused_rows_cost_the_same_for_any_number(desk, meeting, number, django_assert_num_queries):
    for index in range(number):
        entity = an_entity(f"N{index}", f"Old {index}", f"Vieja {index}")
        ExpectedDelegation.objects.create(type=geneva(meeting), entity=entity)
        an_entity(f"M{index}", f"New {index}", f"Nueva {index}")
    listed = [a_row(f"Old {index}", contact=f"x{index}@example.org") for index in range(number)]
    listed += [a_row(f"New {index}") for index in range(number)] + [a_row(f"Narnia {index}") for index in range(number)]
    kept = UploadedList.objects.get(pk=mapped(desk, meeting, as_csv(*listed, headings=HEADINGS)).pk)

    with django_assert_num_queries(13):
        report = EXPECTED.look(meeting, cases=cases_of(kept), actor=ORGANIZER, now=NOW)

    assert report.counts == dict.fromkeys([RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.REFUSED], number)


@pytest.mark.parametrize("number", [3, 300])
def test_the_pages_cost_the_same_for_any_number_of_rows(desk, meeting, number, django_assert_num_queries):
    listed = mapped(desk, meeting, as_csv(*(a_row(f"Narnia {index}") for index in range(number)), headings=HEADINGS))

    with django_assert_num_queries(5):
        assert desk.get(f"{IMPORT}{listed.pk}/").status_code == 200
    with django_assert_num_queries(12):
        assert looked_at(desk, listed).status_code == 200


def test_ten_thousand_rows_go_through(desk, meeting):
    listed = mapped(desk, meeting, as_csv(*(a_row(f"Org {index}", "organization") for index in range(10_000)), headings=HEADINGS))

    taken_in(desk, listed)

    assert ExpectedDelegation.objects.count() == 10_000


# --- around it --------------------------------------------------------------------------------------------------------------
def test_the_whole_report_is_a_file_in_which_nothing_is_a_formula(desk, meeting):
    expected_already(meeting, contact_email="old@example.org")
    listed = mapped(desk, meeting, as_csv(a_row(contact="new@example.org"), a_row("+1 Foundation", "organization"), headings=HEADINGS))

    text = desk.get(f"{IMPORT}{listed.pk}/report/").getvalue().decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["Fila", "Estado u organización", "Tipo de delegación", "Correo electrónico de contacto", "Resultado", "Detalles"],
        ["2", "Perú", "Geneva mission (es)", "new@example.org", "modificada", "correo electrónico de contacto: old@example.org → new@example.org"],
        ["3", "'+1 Foundation", "Organization (es)", "", "nueva", "no consta: ambos idiomas"],
    ]


def test_a_list_is_discarded_by_a_button_and_forgotten_after_a_day(desk, meeting):
    first, second = (mapped(desk, meeting, as_csv(a_row(), headings=HEADINGS)) for _index in range(2))

    assert desk.get(f"{IMPORT}{first.pk}/discard/").status_code == 405
    assert desk.post(f"{IMPORT}{first.pk}/discard/").url == IMPORT
    assert list(UploadedList.objects.all()) == [second]
    assert (forget_lists(now=NOW + timedelta(hours=23)), forget_lists(now=NOW + timedelta(hours=25))) == (0, 1)


def test_a_list_of_people_is_none_of_expected_delegations_and_the_other_way_round(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row(), headings=HEADINGS))
    people = "/admin/registrations/participant/import/"

    assert listed.contents == ListContents.EXPECTED
    assert [desk.get(f"{people}{listed.pk}/{page}").status_code for page in ("", "look/", "report/")] == [404] * 3
    assert ["lista.csv" in desk.get(page).content.decode() for page in (IMPORT, people)] == [True, False]
    UploadedList.objects.update(contents=ListContents.PEOPLE)
    assert [desk.get(f"{IMPORT}{listed.pk}/{page}").status_code for page in ("", "look/", "report/")] == [404] * 3


def test_from_the_page_of_a_type_its_list_is_imported_and_shown_again(desk, meeting):
    kind = meeting.delegation_types.get(code="oas_observer")
    page = f"/admin/registrations/delegationtype/{kind.pk}/expected/"
    an_entity("FR", "France", "Francia", groups=["un_member", "oas_permanent_observer"])

    [address] = [link["href"] for link in soup(desk.get(page)).select(f'a[href^="{IMPORT}"]')]
    form = soup(desk.get(address))
    typed = {field["name"]: field["value"] for field in form.select("#content-main input[type=hidden][value]")}
    chosen = form.select_one("select[name=meeting] option[selected]")["value"]
    file = SimpleUploadedFile("lista.csv", as_csv(["Francia"], headings=["País"]))
    answer = desk.post(IMPORT, {"meeting": chosen, "type": typed["type"], "file": file})
    desk.post(answer.url, {"column-0": "represented", "default_type": kind.pk})
    done = taken_in(desk, UploadedList.objects.get())

    assert chosen == str(meeting.pk)
    assert done.redirect_chain == [(page, 302)]
    assert on_record() == [("oas_observer", "France", "", "")]


@pytest.mark.parametrize("right", ["add", "change"])
def test_the_list_of_those_expected_and_the_import_of_people_lead_to_it(desk, meeting, right):
    other = desk_of(an_organizer("change_participant", f"{right}_expecteddelegation"))

    def leads(client: Client, page: str) -> list[str]:
        return [link["href"] for link in soup(client.get(page)).select(f'a[href^="{IMPORT}"]')]

    assert leads(desk, f"{LIST}?meeting={meeting.pk}") == [f"{IMPORT}?meeting={meeting.pk}"]
    assert leads(desk, "/admin/registrations/participant/import/") == [IMPORT]
    assert leads(other, "/admin/registrations/participant/import/") == []


@pytest.mark.parametrize("right", ["view", "add", "change", "delete"])
def test_importing_is_for_those_who_may_both_add_and_change(desk, meeting, right):
    listed = mapped(desk, meeting, as_csv(a_row(), headings=HEADINGS))
    client = desk_of(an_organizer(f"{right}_expecteddelegation"))
    both = desk_of(an_organizer("add_expecteddelegation", "change_expecteddelegation", username="eva"))
    pages = [IMPORT, f"{IMPORT}example/en/", *(f"{IMPORT}{listed.pk}/{tail}" for tail in ("", "look/", "report/"))]

    assert [client.get(page).status_code for page in pages] == [403] * 5
    assert [both.get(page).status_code for page in pages] == [200] * 5
    assert client.post(f"{IMPORT}{listed.pk}/look/", {"take": "all"}).status_code == 403
    assert client.post(f"{IMPORT}{listed.pk}/discard/").status_code == 403
    assert "Import a list" not in client.get(f"/admin/registrations/delegationtype/{geneva(meeting).pk}/expected/").content.decode()


def test_without_a_meeting_there_is_nothing_to_import(desk):
    assert "No hay ninguna reunión para la que se pueda prever una delegación." in desk.get(IMPORT).content.decode()


def test_the_pages_are_spanish_throughout(desk, meeting):
    expected_already(meeting, contact_email="old@example.org")
    listed = mapped(desk, meeting, as_csv(a_row(contact="x@example.org"), a_row("Côte d'Ivoire"), a_row("Narnia"), headings=HEADINGS))

    pages = [desk.get(IMPORT), desk.get(f"{IMPORT}{listed.pk}/"), looked_at(desk, listed)]

    assert [english_left(page.content.decode()) for page in pages] == [set()] * 3
