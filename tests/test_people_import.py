"""A list of people at the desk: the file, its columns, a look at every row, and then all of it or only the good rows."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from registrations.details import PUBLIC, Actor
from registrations.enums import RowOutcome, Status
from registrations.errors import ChangedSinceLook, NothingToTakeIn, RegistrationNotOpen, RowsRefused
from registrations.importing.kind_of_list import Report
from registrations.importing.people_import import PEOPLE
from registrations.importing.uploaded import cases_of
from registrations.models import Delegation, HistoryEntry, KnownHeading, Meeting, OutboxMessage, Participant, UploadedList
from registrations.operations.decline import decline
from registrations.operations.enrol_listed import enrol_listed
from registrations.operations.forget import forget
from registrations.operations.record_attendance import record_attendance
from registrations.operations.uploaded_lists import forget_lists
from registrations.operations.withdraw import withdraw
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.lists import HEADINGS, IMPORT, a_row, as_csv, as_workbook, looked_at, mapped, taken_in, uploaded
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_sign_up, an_entity, sign_up
from tests.test_desk_spanish import english_left
from tests.web_form import soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def meeting() -> Meeting:
    an_entity("PE", "Peru", "Perú")
    an_entity("CI", "Côte d'Ivoire", "Côte d'Ivoire", formal_name_es="República de Côte d'Ivoire")
    return a_meeting(slug="mine-free-americas")


@pytest.fixture
def desk(db) -> Client:
    return a_desk(language="es")


def rows(desk: Client, listed: UploadedList, outcome: RowOutcome | None = None) -> list[tuple]:
    found = looked_at(desk, listed).context["report"].rows
    return [(row.number, row.outcome.value, *row.reasons) for row in found if outcome in (None, row.outcome)]


def reasons(desk: Client, meeting: Meeting, *listed: list, **fields: object) -> list[str]:
    found = looked_at(desk, mapped(desk, meeting, as_csv(*listed), **fields)).context["report"].rows
    return [reason for row in found for reason in row.reasons]


def everything() -> list:
    """All that a look must leave as it is."""
    models = (Participant, Delegation, HistoryEntry, OutboxMessage)
    return [list(model.objects.order_by("pk").values()) for model in models]


# --- the way through --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("make", "name"), [(as_csv, "lista.csv"), (as_workbook, "lista.xlsx")])
def test_new_people_are_registered_by_the_organizer_with_their_mails(desk, meeting, make, name):
    listed = mapped(desk, meeting, make(a_row("Núñez"), a_row("Paz", of="republica de cote d’ivoire"), a_row("Ruiz")), name=name)

    answer = taken_in(desk, listed)

    assert answer.redirect_chain == [(f"{PARTICIPANTS}?meeting={meeting.pk}", 302)]
    assert "La lista se ha importado: 3 personas inscritas, 0 inscripciones modificadas." in answer.content.decode()
    people = Participant.objects.order_by("delegation__entity__code", "order")
    assert [(str(person.delegation.entity.code), person.order, person.family_names) for person in people] == [
        ("CI", 1, "Paz"),
        ("PE", 1, "Núñez"),
        ("PE", 2, "Ruiz"),
    ]
    assert {(person.status, person.source, person.language, person.sessions.count()) for person in people} == {("confirmed", "desk", "es", 2)}
    assert set(HistoryEntry.objects.exclude(participant=None).values_list("event", "actor", "user__username")) == {("register", "Eva Jefa", "chief")}
    assert sorted(OutboxMessage.objects.values_list("kind", flat=True)) == ["invitation"] * 6
    assert UploadedList.objects.count() == 0


def test_a_look_tells_every_row_and_leaves_no_trace(desk, meeting):
    changed = a_participant(meeting, given_names="Ana", family_names="Núñez", position="Consejera", email="ana@example.org")
    same = a_participant(meeting, given_names="Ana", family_names="Paz", position="Ministra", email="paz@example.org")
    listed = mapped(
        desk,
        meeting,
        as_csv(a_row("Núñez", email="ana@example.org"), a_row("Paz"), a_row("Ruiz"), a_row("Sol", email="no address"), a_row("Luz", of="Narnia")),
    )
    before = everything()

    page = looked_at(desk, listed)

    report: Report = page.context["report"]
    assert [(row.number, row.outcome.value, row.name, row.changes, row.reasons) for row in report.rows] == [
        (2, "changed", changed.full_name, {"position": ["Consejera", "Ministra"]}, []),
        (3, "unchanged", same.full_name, {}, []),
        (4, "new", "Ana Ruiz", {}, []),
        (5, "refused", "Ana Sol", {}, ["Correo electrónico: Escriba una dirección de correo electrónico con el formato nombre@example.org."]),
        (6, "refused", "Ana Luz", {}, ["«Narnia» no figura en la lista de Estados."]),
    ]
    text = " ".join(soup(page).select_one("#content-main").get_text(" ").split())
    for words in [
        "Filas nuevas 1",
        "Filas modificadas 1",
        "Filas que no modifican nada 1",
        "Filas rechazadas 2",
        "Cargo: Consejera → Ministra",
        "Mensajes que se enviarían: ",
    ]:
        assert words in text
    assert everything() == before


def test_only_the_good_rows_leave_the_others_to_be_seen(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row("Núñez"), a_row("Sol", email="no address")))

    answer = taken_in(desk, listed, "good")

    assert answer.redirect_chain == [(f"{IMPORT}{listed.pk}/look/", 302)]
    assert list(Participant.objects.values_list("family_names", flat=True)) == ["Núñez"]
    assert [row.outcome.value for row in answer.context["report"].rows] == ["unchanged", "refused"]


def test_with_a_refused_row_all_rows_means_none(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row("Núñez"), a_row("Sol", email="no address")))

    answer = taken_in(desk, listed, "all")

    assert "no se ha importado nada" in soup(answer).select_one("[role=alert]").text
    assert (Participant.objects.count(), OutboxMessage.objects.count(), Delegation.objects.count()) == (0, 0, 0)


def test_what_has_changed_since_the_look_is_looked_at_again(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row("Núñez")))
    seen = looked_at(desk, listed).context["report"].fingerprint
    a_participant(meeting, given_names="Ana", family_names="Núñez", email="nunez@example.org")

    answer = desk.post(f"{IMPORT}{listed.pk}/look/", {"take": "all", "seen": seen, "consent": "on"})

    assert "Algo ha cambiado" in soup(answer).select_one("[role=alert]").text
    assert Participant.objects.count() == 1


def test_nobody_is_registered_without_having_been_informed(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row("Núñez")))
    seen = looked_at(desk, listed).context["report"].fingerprint

    answer = desk.post(f"{IMPORT}{listed.pk}/look/", {"take": "all", "seen": seen})

    assert (soup(answer).select_one("[role=alert]") is not None, Participant.objects.count()) == (True, 0)


def test_a_fault_in_the_middle_leaves_nothing_half_written(desk, meeting, monkeypatch):
    known = a_participant(meeting, given_names="Ana", family_names="Paz", position="Consejera", email="paz@example.org")
    listed = mapped(desk, meeting, as_csv(a_row("Paz"), a_row("Núñez"), a_row("Luz", of="Côte d'Ivoire")))
    seen, before = looked_at(desk, listed).context["report"].fingerprint, everything()
    calls = []

    def breaks_the_second_time(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError
        return enrol_listed(*args, **kwargs)

    monkeypatch.setattr("registrations.importing.people_import.enrol_listed", breaks_the_second_time)

    with pytest.raises(RuntimeError):
        PEOPLE.take_in_good(meeting, cases=cases_of(listed), seen=seen, actor=ORGANIZER, now=NOW)

    assert everything() == before
    assert Participant.objects.get().position == known.position


# --- who a row is about ---------------------------------------------------------------------------------------------------
def test_a_file_that_was_exported_comes_back_unchanged(desk, meeting):
    a_participant(meeting, phone="+51 1 000", honorific="S.E.", sessions=frozenset({2}), language="en", accessibility_needs="Rampa")
    a_pending_participant(meeting, organization="+1 Foundation")
    record_attendance(meeting.sessions.get(number=2), people=Participant.objects.values_list("pk", flat=True), actor=ORGANIZER, now=NOW)
    an_entity("oas", "Organization of American States", "Organización de los Estados Americanos", kind="international", acronym_es="OEA")
    a_pending_participant(meeting, organization="OEA")

    outcomes = []
    for kind in ("csv", "xlsx"):
        for language in ("en", "es"):
            exported = a_desk(language=language).post(PARTICIPANTS, {"action": f"export_{kind}", "select_across": "1", "_selected_action": "all"})
            listed = mapped(desk, meeting, exported.getvalue(), name=f"list.{kind}")
            outcomes += rows(desk, listed)

    assert outcomes == [(number, "unchanged") for number in (2, 3, 4)] * 4


def test_a_reference_alone_says_who_is_meant(desk, meeting):
    person = a_participant(meeting, position="Consejera")
    withdrawn = withdraw(a_participant(meeting), actor=ORGANIZER, now=NOW)
    content = as_csv([person.reference.lower(), "Ministra"], ["K7QD-2M9X", "x"], [withdrawn.reference, "x"], headings=["Referencia", "Cargo"])

    listed = mapped(desk, meeting, content)
    found = rows(desk, listed)
    taken_in(desk, listed, "good")

    assert [(number, outcome) for number, outcome, *_reasons in found] == [(2, "changed"), (3, "refused"), (4, "refused")]
    assert [reason for _number, _outcome, *reasons in found for reason in reasons] == [
        "En esta reunión no hay ninguna inscripción con la referencia K7QD-2M9X.",
        "Esta persona ya estuvo inscrita; situación: retirada. Una lista no modifica esa situación; puede hacerlo en la página de la persona.",
    ]
    person.refresh_from_db()
    assert (person.position, person.history.latest("pk").actor) == ("Ministra", "Eva Jefa")


def test_somebody_with_another_address_is_known_by_their_name(desk, meeting):
    person = a_participant(meeting, given_names="Ana", family_names="Núñez", position="Ministra", email="old@example.org")

    taken_in(desk, mapped(desk, meeting, as_csv(a_row("NUÑEZ", email="new@example.org"))))

    person.refresh_from_db()
    assert (Participant.objects.count(), person.email, person.family_names) == (1, "new@example.org", "NUÑEZ")


def test_of_two_with_the_same_name_the_address_decides(desk, meeting):
    for address in ("one@example.org", "two@example.org"):
        a_participant(meeting, given_names="Ana", family_names="Núñez", position="Ministra", email=address)

    listed = mapped(desk, meeting, as_csv(a_row("Núñez", email="two@example.org"), a_row("Núñez", email="three@example.org")))

    assert rows(desk, listed) == [(2, "unchanged"), (3, "new")]


def test_capitals_alone_and_a_name_in_one_cell_change_nothing(desk, meeting):
    a_participant(meeting, given_names="Ana María", family_names="Núñez Paz", position="Ministra", email="ana@example.org")
    content = as_csv(
        ["Perú", "geneva mission", "Ana María Núñez Paz", "MINISTRA", "ANA@example.org"],
        headings=["País", "Tipo de delegación", "Nombre completo", "Cargo", "Correo"],
    )

    assert rows(desk, mapped(desk, meeting, content)) == [(2, "unchanged")]


def test_empty_cells_change_nothing(desk, meeting):
    a_participant(meeting, given_names="Ana", family_names="Núñez", position="Ministra", email="ana@example.org", phone="+51 1")
    content = as_csv([*a_row("Núñez", email="ana@example.org", position=""), "", ""], headings=[*HEADINGS, "Teléfono", "Sesiones"])

    assert rows(desk, mapped(desk, meeting, content)) == [(2, "unchanged")]


@pytest.mark.parametrize("undo", [withdraw, lambda person, **kwargs: decline(person, reasons={"es": "No."}, **kwargs)])
def test_a_list_brings_nobody_back(desk, meeting, undo):
    undo(a_participant(meeting, given_names="Ana", family_names="Núñez", email="ana@example.org"), actor=ORGANIZER, now=NOW)

    assert [row[1] for row in rows(desk, mapped(desk, meeting, as_csv(a_row("Núñez", email="ana@example.org"))))] == ["refused"]


def test_whoever_withdrew_and_came_back_is_the_one_who_came_back(desk, meeting):
    person = {"given_names": "Ana", "family_names": "Núñez", "position": "Ministra", "email": "ana@example.org"}
    withdraw(a_participant(meeting, **person), actor=ORGANIZER, now=NOW)
    a_participant(meeting, **person)

    assert rows(desk, mapped(desk, meeting, as_csv(a_row("Núñez", email="ana@example.org")))) == [(2, "unchanged")]


def test_erased_people_are_not_written_into(desk, meeting):
    person = a_participant(meeting)
    forget(person, actor=ORGANIZER, now=NOW)

    found = rows(desk, mapped(desk, meeting, as_csv([person.reference, "x"], headings=["Referencia", "Cargo"])))

    assert found == [(2, "refused", "Los datos personales de esta inscripción se han suprimido o están a punto de suprimirse.")]


def test_a_list_moves_nobody_to_another_delegation(desk, meeting):
    person = a_participant(meeting)
    content = as_csv([person.reference, "Côte d'Ivoire", "geneva_mission"], headings=["Referencia", "Estado", "Tipo de delegación"])

    [(_number, outcome, reason)] = rows(desk, mapped(desk, meeting, content))

    assert (outcome, reason.startswith("La referencia corresponde a una persona de otra delegación: ")) == ("refused", True)


def test_the_second_row_about_a_person_is_refused(desk, meeting):
    known = a_participant(meeting, given_names="Ana", family_names="Paz", position="Ministra", email="paz@example.org")
    listed = [a_row("Núñez"), a_row("NÚÑEZ"), a_row("Paz"), a_row("Paz", email=known.email.upper())]

    assert rows(desk, mapped(desk, meeting, as_csv(*listed)), RowOutcome.REFUSED) == [
        (3, "refused", "La fila 2 se refiere a la misma persona."),
        (5, "refused", "La fila 4 se refiere a la misma persona."),
    ]


# --- for whom ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_row(of=""), "La fila no indica ningún Estado ni organización."),
        (a_row(of="Narnia"), "«Narnia» no figura en la lista de Estados."),
        (a_row(kind="gremio"), "«gremio» no es un tipo de delegación de esta reunión."),
        (a_row(kind="organization"), "«Perú» es un Estado, no una organización."),
        (a_row(kind="oas_observer"), "Perú no figura entre los invitados como Oas observer (es)."),
        (a_row(email="x"), "Correo electrónico: "),
        (a_row(email=" "), "Correo electrónico: "),
        (a_row(given="=1+1"), "Nombres: "),
        (a_row(position="MuÃ±oz"), "«MuÃ±oz» se dañó al guardar el archivo."),
        (a_row(of="x" * 201, kind="organization"), "Estado u organización: "),
    ],
)
def test_a_row_is_refused_with_its_reason(desk, meeting, row, reason):
    found = reasons(desk, meeting, row)

    assert len(found) == 1
    assert found[0].startswith(reason), found


def test_codes_name_states_and_contradictions_are_noticed(desk, meeting):
    headings = ["Código", "Estado", "Tipo de delegación", "Nombre", "Apellidos", "Cargo", "Correo"]
    listed = [
        [code, of, "geneva_mission", "Ana", name, "x", f"{name}@example.org"]
        for code, of, name in [("pe", "", "a"), ("XX", "", "b"), ("CI", "Perú", "c")]
    ]

    found = rows(desk, mapped(desk, meeting, as_csv(*listed, headings=headings)))

    assert found == [
        (2, "new"),
        (3, "refused", "«XX» no es un código de la lista de Estados y organizaciones."),
        (4, "refused", "El código CI corresponde a Côte d'Ivoire."),
    ]


def test_the_type_is_what_the_row_says_else_what_was_chosen_else_the_only_one_possible(desk, meeting):
    an_entity("FR", "France", "Francia", groups=["un_member", "oas_permanent_observer"])
    headings = [heading for heading in HEADINGS if heading != "Tipo de delegación"]
    listed = [[of, *a_row(name)[2:]] for of, name in [("Perú", "A"), ("Francia", "B"), ("Red de Minas", "C")]]
    content = as_csv(*listed, headings=headings)

    by_itself = rows(desk, mapped(desk, meeting, content))
    chosen = rows(desk, mapped(desk, meeting, content, default_type=meeting.delegation_types.get(code="oas_observer").pk))

    why = (
        "La fila no indica el tipo de delegación. Indíquelo en la lista o elija un tipo para esas filas donde se define el contenido de las columnas."
    )
    assert by_itself == [(2, "new"), (3, "refused", why), (4, "new")]
    assert [row[1] for row in chosen] == ["refused", "new", "refused"]


def test_a_new_delegation_gets_the_focal_point_that_the_list_names(desk, meeting):
    headings = [*HEADINGS, "Punto focal", "Correo electrónico del punto focal"]
    listed = [[*a_row("Núñez"), "", ""], [*a_row("Ruiz"), "Eva Sol", "eva@example.org"], [*a_row("Luz", of="Côte d'Ivoire"), "", ""]]

    taken_in(desk, mapped(desk, meeting, as_csv(*listed, headings=headings)))

    assert list(Delegation.objects.order_by("entity__code").values_list("focal_point_name", "focal_point_email")) == [
        ("Ana Luz", "luz@example.org"),
        ("Eva Sol", "eva@example.org"),
    ]
    assert [message.recipient_email for message in OutboxMessage.objects.filter(kind="delegation_link")] == ["eva@example.org"]


def test_known_delegations_keep_their_focal_point_who_hears_of_it(desk, meeting):
    first = a_participant(meeting, now=NOW - timedelta(days=1))

    taken_in(desk, mapped(desk, meeting, as_csv(a_row("Núñez"))))

    delegation = Delegation.objects.get()
    assert (delegation.focal_point_email, delegation.participants.count()) == (first.email, 2)
    assert delegation.outbox.get().kind == "digest"


# --- seats and dates --------------------------------------------------------------------------------------------------------
def test_where_no_waiting_list_is_kept_those_beyond_the_seats_are_refused(desk, meeting):
    meeting.delegation_types.filter(code="geneva_mission").update(seats=2, keeps_waiting_list=False)

    listed = mapped(desk, meeting, as_csv(a_row("A"), a_row("B"), a_row("C"), a_row("D")))

    assert [row[:2] for row in rows(desk, listed)] == [(2, "new"), (3, "new"), (4, "refused"), (5, "refused")]


def test_those_beyond_the_seats_wait_where_a_waiting_list_is_kept(desk):
    an_entity("PE", "Peru", "Perú")
    meeting = a_meeting(seats=1)

    taken_in(desk, mapped(desk, meeting, as_csv(a_row("A"), a_row("B"))))

    assert list(Participant.objects.order_by("order").values_list("status", flat=True)) == [Status.CONFIRMED, Status.WAITING]


def test_organizers_register_people_after_registration_has_closed_but_not_after_the_meeting(desk, meeting, time_machine):
    listed = mapped(desk, meeting, as_csv(a_row("Núñez")))

    def outcome_at(moment) -> list[str]:
        report = PEOPLE.look(meeting, cases=cases_of(listed), actor=Actor(label="x", user_id=User.objects.get().pk), now=moment)
        return [row.outcome.value for row in report.rows]

    last = meeting.sessions.order_by("ends_at").last()
    assert outcome_at(meeting.registration_closes_at + timedelta(hours=1)) == ["new"]
    assert outcome_at(last.ends_at) == ["refused"]
    with pytest.raises(RegistrationNotOpen):
        sign_up(meeting, now=meeting.registration_closes_at + timedelta(hours=1))


def test_the_operation_itself_is_closed_to_everybody_else(meeting):
    with pytest.raises(RegistrationNotOpen):
        enrol_listed(meeting.delegation_types.first(), details=a_sign_up(), actor=PUBLIC, now=meeting.registration_closes_at)


def test_the_doors_refuse_what_was_not_seen_and_what_does_nothing(desk, meeting):
    actor = Actor(label="x", user_id=an_organizer().pk)
    listed = mapped(desk, meeting, as_csv(a_row("A"), a_row("B", email="x")))
    report = PEOPLE.look(meeting, cases=cases_of(listed), actor=actor, now=NOW)

    with pytest.raises(ChangedSinceLook):
        PEOPLE.take_in_good(meeting, cases=cases_of(listed), seen="", actor=actor, now=NOW)
    with pytest.raises(RowsRefused):
        PEOPLE.take_in_all(meeting, cases=cases_of(listed), seen=report.fingerprint, actor=actor, now=NOW)
    PEOPLE.take_in_good(meeting, cases=cases_of(listed), seen=report.fingerprint, actor=actor, now=NOW)
    again = PEOPLE.look(meeting, cases=cases_of(listed), actor=actor, now=NOW)
    with pytest.raises(NothingToTakeIn):
        PEOPLE.take_in_good(meeting, cases=cases_of(listed), seen=again.fingerprint, actor=actor, now=NOW)
    assert list(Participant.objects.values_list("family_names", flat=True)) == ["A"]


# --- columns ----------------------------------------------------------------------------------------------------------------
def test_columns_mapped_by_hand_are_remembered_for_the_meeting(desk, meeting):
    content = as_csv(
        ["Perú", "geneva_mission", "Ana", "Núñez", "Ministra", "a@example.org", "sí"], headings=["Quién manda", *HEADINGS[1:], "¿Viene el 11?"]
    )
    at_first = [heading.column for heading in _headings(desk, uploaded(desk, meeting, content).url)]
    mapped(desk, meeting, content, **{"column-0": "represented", "column-6": "session_2"})

    then = [heading.column for heading in _headings(desk, uploaded(desk, meeting, content).url)]
    elsewhere = [heading.column for heading in _headings(desk, uploaded(desk, a_meeting(), content).url)]

    assert (at_first[0], at_first[6], then[0], then[6], elsewhere[0]) == ("", "", "represented", "session_2", "")
    assert KnownHeading.objects.get(column="session_2").key == "¿viene el 11?"


def _headings(desk: Client, address: str) -> list:
    return [heading for _field, heading in desk.get(address).context["rows"]]


def test_attendance_in_columns_of_yes_and_no(desk, meeting):
    headings = [*HEADINGS, "Session 1: Opening", "Sesión 2"]
    taken_in(desk, mapped(desk, meeting, as_csv([*a_row("A"), "no", "Sí"], [*a_row("B"), "x", "x"], [*a_row("C"), "", ""], headings=headings)))

    found = {person.family_names: sorted(person.sessions.values_list("number", flat=True)) for person in Participant.objects.all()}
    assert found == {"A": [2], "B": [1, 2], "C": [1, 2]}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"column-3": "aside"}, "Indique qué columna contiene los apellidos"),
        ({"column-5": "aside"}, "Indique qué columna contiene las direcciones de correo electrónico."),
        ({"column-0": "aside"}, "Indique qué columna contiene el Estado u organización"),
        ({"column-4": "email"}, "Se ha indicado el mismo contenido para dos columnas: Correo electrónico."),
        ({"column-4": ""}, "Falta indicar el contenido de algunas columnas."),
        ({"column-4": "no such column"}, "Falta indicar el contenido de algunas columnas."),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(desk, meeting, fields, sentence):
    address = uploaded(desk, meeting, as_csv(a_row())).url
    columns = {f"column-{index}": heading.column for index, heading in enumerate(_headings(desk, address))}

    answer = desk.post(address, columns | {"language": "es"} | fields)

    assert sentence in soup(answer).select_one("[role=alert]").text
    assert UploadedList.objects.get().columns == []


def test_a_list_that_is_not_mapped_yet_is_not_looked_at(desk, meeting):
    answer = uploaded(desk, meeting, as_csv(a_row()))

    assert desk.get(f"{answer.url}look/").url == answer.url


def test_lines_above_the_headings_are_left_out_and_rows_keep_their_numbers(desk, meeting):
    content = "Lista de la Misión;;\n\n".encode() + as_csv(a_row("A"), [""], a_row("B", email="x"))

    address = uploaded(desk, meeting, content).url
    page = soup(desk.get(address)).select_one("#content-main").text
    listed = mapped(desk, meeting, content)

    assert "Lista de la Misión" in page
    assert [row[:2] for row in rows(desk, listed)] == [(4, "new"), (6, "refused")]


def test_a_list_without_headings_is_mapped_by_hand(desk, meeting):
    content = ";".join(a_row("Núñez")).encode()
    address = uploaded(desk, meeting, content, no_headings="on").url
    names = ["represented", "type", "given_names", "family_names", "position", "email"]

    desk.post(address, {f"column-{index}": name for index, name in enumerate(names)} | {"language": "en"})

    assert rows(desk, UploadedList.objects.get()) == [(1, "new")]
    assert KnownHeading.objects.count() == 0


# --- files ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "lista.csv", "No hay nadie en esta lista."),
        (b"\n \n;;\n", "lista.csv", "No hay nadie en esta lista."),
        (as_csv(), "lista.csv", "No hay nadie en esta lista."),
        (as_workbook(), "lista.xlsx", "No hay nadie en esta lista."),
        (b"%PDF-1.7", "lista.pdf", "Este archivo no es CSV ni un libro de Excel"),
        (b"not a zip", "lista.xlsx", "No se puede leer este libro."),
        (bytes(range(32)) * 10, "lista.csv", "Este archivo no es CSV ni un libro de Excel"),
        (b"x" * 5_000_001, "lista.csv", "La lista supera los 5 MB."),
        (b"x" * 11_000_000, "lista.csv", "La lista supera los 5 MB."),
        (as_workbook(["=1+1", *a_row()[1:]]), "lista.xlsx", "La celda A2 contiene una fórmula."),
        (b"a;b\n" + b"x;y\n" * 10_001, "lista.csv", "Una lista admite 10 000 filas como máximo."),
    ],
    ids=[
        "empty",
        "blank",
        "headings only",
        "headings only in a workbook",
        "pdf",
        "no workbook",
        "noise",
        "5 MB",
        "beyond any limit",
        "formula",
        "rows",
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_way_out(desk, meeting, content, name, sentence):
    answer = uploaded(desk, meeting, content, name=name)

    assert sentence in soup(answer).select_one("[role=alert]").text
    assert UploadedList.objects.count() == 0


def test_no_file_at_all_is_said(desk, meeting):
    answer = desk.post(IMPORT, {"meeting": meeting.pk})

    assert "Elija el archivo con la lista." in soup(answer).select_one("[role=alert]").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(desk, meeting, encoding):
    listed = mapped(desk, meeting, as_csv(a_row("Núñez", email="n@example.org"), encoding=encoding))

    assert [(row.name, row.outcome.value) for row in looked_at(desk, listed).context["report"].rows] == [("Ana Núñez", "new")]


def test_ten_thousand_rows_go_through(meeting, desk):
    data = as_csv(*(a_row(f"N{index}", of=f"Org {index // 100}", kind="organization") for index in range(10_000)))

    listed = mapped(desk, meeting, data)
    page = looked_at(desk, listed)
    desk.post(f"{IMPORT}{listed.pk}/look/", {"take": "all", "seen": page.context["report"].fingerprint, "consent": "on"})

    assert len(soup(page).select("#content-main tbody tr")) == 200
    assert "y 9800 filas más, que figuran en el informe" in page.content.decode()
    assert (Participant.objects.count(), Delegation.objects.count()) == (10_000, 100)


@pytest.mark.parametrize("number", [1, 3])
def test_unchanged_rows_cost_no_statement(desk, meeting, number, django_assert_num_queries):
    people = [a_participant(meeting, given_names="Ana", family_names=f"N{index}", position="x") for index in range(number)]
    listed = mapped(desk, meeting, as_csv(*(a_row(person.family_names, email=person.email, position="x") for person in people)))

    with django_assert_num_queries(13):
        report = PEOPLE.look(meeting, cases=cases_of(listed), actor=ORGANIZER, now=NOW)

    assert report.counts == {RowOutcome.UNCHANGED: number}


@pytest.mark.parametrize("number", [1, 3])
def test_further_newcomers_of_a_delegation_cost_no_further_statement(desk, meeting, number, django_assert_num_queries):
    listed = mapped(desk, meeting, as_csv(*(a_row(f"N{index}") for index in range(number))))
    cases, actor = cases_of(listed), Actor(label="x", user_id=User.objects.get().pk)

    with django_assert_num_queries(21):
        PEOPLE.look(meeting, cases=cases, actor=actor, now=NOW)


# --- around it --------------------------------------------------------------------------------------------------------------
def test_the_whole_report_is_a_file_in_which_nothing_is_a_formula(desk, meeting):
    changed = a_participant(meeting, given_names="Ana", family_names="Paz", position="Consejera", email="paz@example.org")
    listed = mapped(desk, meeting, as_csv(a_row("Núñez"), a_row("Paz"), a_row("Sol", given="=1+1")))

    answer = desk.get(f"{IMPORT}{listed.pk}/report/")

    text = answer.getvalue().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[:3] == [
        ["Fila", "Nombre", "Estado u organización", "Resultado", "Detalles"],
        ["2", "Ana Núñez", "Perú", "nueva", "confirmada"],
        ["3", changed.full_name, "Perú", "modificada", "cargo: Consejera → Ministra"],
    ]
    assert '"\'=1+1 Sol"' in text
    assert answer["Content-Disposition"] == 'attachment; filename="mine-free-americas-list-2027-01-20.csv"'


def test_a_list_is_discarded_by_a_button_and_forgotten_after_a_day(desk, meeting):
    first, second = (mapped(desk, meeting, as_csv(a_row())) for _index in range(2))
    discard = f"{IMPORT}{first.pk}/discard/"

    assert desk.get(discard).status_code == 405
    desk.post(discard)
    assert list(UploadedList.objects.all()) == [second]
    assert (forget_lists(now=NOW + timedelta(hours=23)), forget_lists(now=NOW + timedelta(hours=25))) == (0, 1)


def test_unfinished_lists_are_offered_to_whoever_sent_them(desk, meeting):
    mapped(desk, meeting, as_csv(a_row()))
    other = desk_of(an_organizer("change_participant"))

    assert ["lista.csv" in client.get(IMPORT).content.decode() for client in (desk, other)] == [True, False]


def test_importing_is_for_those_who_may_change_participants(desk, meeting):
    listed = mapped(desk, meeting, as_csv(a_row()))
    client = desk_of(an_organizer("view_participant"))
    pages = [IMPORT, *(f"{IMPORT}{listed.pk}/{tail}" for tail in ("", "look/", "report/"))]

    assert [client.get(page).status_code for page in pages] == [403] * 4
    assert client.post(f"{IMPORT}{listed.pk}/look/", {"take": "all"}).status_code == 403
    assert client.post(f"{IMPORT}{listed.pk}/discard/").status_code == 403
    assert ("Import a list" in client.get(PARTICIPANTS).content.decode(), UploadedList.objects.count()) == (False, 1)


def test_only_meetings_to_come_are_offered(desk, meeting):
    a_meeting(is_published=False)
    over = a_meeting()
    over.sessions.update(starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))

    assert [option["value"] for option in soup(desk.get(IMPORT)).select("select[name=meeting] option")] == [str(meeting.pk)]
    Meeting.objects.update(is_published=False)
    assert "No hay ninguna reunión publicada" in desk.get(IMPORT).content.decode()


def test_the_pages_are_spanish_throughout(desk, meeting):
    a_participant(meeting, given_names="Ana", family_names="Paz", position="Consejera", email="paz@example.org")
    listed = mapped(desk, meeting, as_csv(a_row("Núñez"), a_row("Paz"), a_row("Sol", email="x")))

    pages = [desk.get(IMPORT), desk.get(f"{IMPORT}{listed.pk}/"), looked_at(desk, listed)]

    assert [english_left(page.content.decode()) for page in pages] == [set()] * 3
