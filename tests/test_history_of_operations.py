"""What organizers do on pages of their own, beside Django's forms, is in the history: who, through which door, what it was before."""

import importlib
import inspect
import pkgutil
from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command

from registrations import admin as desk_pages
from registrations.details import Document
from registrations.enums import Delivery, IncomingKind
from registrations.models import HistoryEntry, IncomingMessage, KnownHeading, Letter, Meeting, OutboxMessage
from registrations.operations.attach import attach, detach
from registrations.operations.copy_meeting import copy_meeting
from registrations.operations.deal_with import deal_with, put_back
from registrations.operations.draft_letter import discard_draft
from registrations.operations.renew_link import renew_link
from registrations.operations.retry import retry
from registrations.operations.save_columns import delete_columns, save_columns
from registrations.operations.uploaded_lists import keep_list, map_list
from registrations.rules.digests import is_news
from tests.desk_rows import a_desk
from tests.documents import PDF
from tests.make import NOW, ORGANIZER, a_draft, a_meeting, a_participant
from tests.test_desk_programme import as_shown, page_of
from tests.test_history import HISTORY, rows
from tests.test_second_factor import CODES, enrol, log_in

pytestmark = pytest.mark.django_db
BY = {"actor": ORGANIZER, "now": NOW}
WITHOUT_AN_AUTHOR = {
    "keep_draft", "drop", "put_on_site", "touch_programme", "admit_waiting",
    "check_letter", "check_text", "decide", "discard_list",
}  # fmt: skip
"""Parts of a page whose form is told as a whole; what writes nothing, or only for a day."""


def told(event: str) -> list[tuple[str, str, str, dict]]:
    entries = HistoryEntry.objects.filter(event=event)
    return [(entry.actor, entry.door, entry.facts.get("record", ""), entry.facts.get("changes", {})) for entry in entries]


def last_row(query: str = "", *, language: str = "en") -> str:
    return rows(a_desk(language=language), query)[0][1]


# --- all of them --------------------------------------------------------------------------------------------------------
def operations_of_the_desk() -> dict[str, Any]:
    """Every function of registrations.operations that a module of registrations.admin has imported."""
    modules = [importlib.import_module(f"registrations.admin.{module.name}") for module in pkgutil.iter_modules(desk_pages.__path__)]
    functions = {name: value for module in modules for name, value in vars(module).items() if inspect.isfunction(value)}
    return {name: value for name, value in functions.items() if value.__module__.startswith("registrations.operations.")}


def test_each_operation_of_the_desk_is_told_who_acts():
    found = operations_of_the_desk()

    assert {"confirm", "copy_meeting", "retry", "save_columns"} <= found.keys()
    assert {name for name, each in found.items() if "actor" not in inspect.signature(each).parameters} <= WITHOUT_AN_AUTHOR


# --- meetings -----------------------------------------------------------------------------------------------------------
def test_a_copy_tells_of_which_meeting_it_is_one_and_what_is_different():
    meeting = a_meeting(slug="first", sessions=1)

    copy = copy_meeting(meeting, slug="second", title_en="Second", title_es="Segundo", first_day=date(2027, 3, 10), **BY)

    [(actor, door, record, changes)] = told("copy meeting")
    assert (actor, door, record, copy.history.count(), meeting.history.count()) == ("Ana Secretaria", "desk", "meeting", 1, 0)
    assert changes == {
        "slug": ["first", "second"],
        "title_en": [meeting.title_en, "Second"],
        "title_es": [meeting.title_es, "Segundo"],
        "registration_closes_at": ["2027-02-09T22:59:59+00:00", "2027-03-09T22:59:59+00:00"],
        "is_published": [True, False],
    }
    assert last_row().startswith("Begun as a copy: Meeting “second”address: first → second")


def test_whoever_copies_a_meeting_at_the_desk_is_named():
    meeting, desk = a_meeting(), a_desk()
    page = f"/admin/registrations/meeting/{meeting.pk}/copy/"

    desk.post(page, {"title_en": "Second", "title_es": "Segundo", "slug": "second", "first_day": "2027-03-10"})

    entry = Meeting.objects.get(slug="second").history.get()
    assert (entry.event, entry.actor, entry.user.username) == ("copy meeting", "Eva Jefa", "chief")


def test_a_spanish_text_that_is_confirmed_is_told_with_its_wording():
    meeting = a_meeting(is_published=False, sessions=1)
    session, desk = meeting.sessions.get(), a_desk()
    desk.post(page_of(session), as_shown(desk.get(page_of(session))) | {"title_en": "First day"})

    desk.post(f"/admin/registrations/meeting/{meeting.pk}/translations/", {"text": f"session-{session.pk}-title"})

    assert told("confirm translation") == [("Eva Jefa", "desk", "session", {"title_es": ["Sesión 1", "Sesión 1"]})]
    assert last_row(language="es").startswith("Confirmación del texto en español tras cambiar el texto en inglés: Sesión")


# --- lists --------------------------------------------------------------------------------------------------------------
def test_saved_columns_are_told_when_they_are_made_changed_and_deleted():
    meeting = a_meeting()
    saved = save_columns(meeting, name="Badges", columns=["email"], **BY)
    save_columns(meeting, name="Badges", columns=["email"], replacing=saved, **BY)
    save_columns(meeting, name="Plates", columns=["family_names", "email"], replacing=saved, **BY)

    delete_columns(saved, **BY)

    assert [(entry.event, entry.facts["record"], entry.facts["changes"]) for entry in meeting.history.all()] == [
        ("add record", "savedcolumns", {"name": ["", "Badges"], "columns": ["", ["email"]]}),
        ("change record", "savedcolumns", {"name": ["Badges", "Plates"], "columns": [["email"], ["family_names", "email"]]}),
        ("remove record", "savedcolumns", {"name": ["Plates", ""], "columns": [["family_names", "email"], ""]}),
    ]
    assert last_row() == "Taken out: Saved columns “Plates”name: Plates → –columns: family names, e-mail → –"


def test_what_headings_are_remembered_for_is_told_once():
    meeting = a_meeting()
    KnownHeading.objects.create(meeting=meeting, key="cargo", column="role")
    kept = {"file_name": "list.csv", "language": "es", "has_headings": True}
    uploaded = keep_list(meeting, cells=[["Quien manda", "Cargo"]], **kept, **BY)
    remembered = {"quien manda": "represented", "cargo": "position"}

    for _again in range(2):
        map_list(uploaded, columns=["represented", "position"], remembered=remembered, default_type=None, language="es", **BY)

    entries = [(entry.event, entry.facts["record"], entry.facts["name"]["en"], entry.facts["changes"]) for entry in meeting.history.all()]
    assert entries == [
        ("change record", "knownheading", "list.csv", {"quien manda": ["", "represented"], "cargo": ["role", "position"]}),
    ]
    assert last_row() == "Changed: Heading of a list “list.csv”cargo: function in the delegation → positionquien manda: – → State or organization"


# --- mails --------------------------------------------------------------------------------------------------------------
def failed(message: OutboxMessage) -> OutboxMessage:
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.FAILED)
    return message


def test_another_attempt_to_send_is_told_with_whom_the_mail_is_about():
    person = a_participant(a_meeting())
    renew_link(person.delegation, **BY)
    mine, theirs = failed(person.outbox.first()), failed(OutboxMessage.objects.get(delegation=person.delegation, kind="delegation_link"))

    for message in (mine, theirs):
        retry(message, **BY)

    entries = HistoryEntry.objects.filter(event="try again")
    assert [(entry.participant, entry.delegation, entry.actor, entry.facts) for entry in entries] == [
        (person, person.delegation, "Ana Secretaria", {"mail": "invitation"}),
        (None, person.delegation, "Ana Secretaria", {"mail": "delegation_link"}),
    ]
    assert [is_news(entry, delegation=person.delegation) for entry in entries] == [False, False]
    assert last_row("?event=try+again") == "One more attempt to send a mail: link to the delegation’s page"


def an_incoming(meeting: Meeting | None) -> IncomingMessage:
    return IncomingMessage.objects.create(
        meeting=meeting, digest=str(meeting), kind=IncomingKind.LETTER, sender="anacaona@example.org", subject="Secreta", text="?", received_at=NOW
    )


@pytest.mark.parametrize("of_a_meeting", [True, False])
def test_a_letter_that_is_dealt_with_is_told_without_who_wrote_it(of_a_meeting):
    meeting = a_meeting() if of_a_meeting else None
    message = an_incoming(meeting)

    for operation in (deal_with, deal_with, put_back, put_back):
        operation(message, **BY)

    assert [(entry.event, entry.meeting, entry.facts["changes"]) for entry in HistoryEntry.objects.all()] == [
        ("deal with", meeting, {"handled_at": ["", NOW.isoformat()]}),
        ("put back", meeting, {"handled_at": [NOW.isoformat(), ""]}),
    ]
    assert not any(private in str(HistoryEntry.objects.values_list("facts")) for private in ("anacaona", "Secreta"))
    assert last_row().startswith("Put back to be dealt with: Incoming message “letter”dealt with: 20 January 2027")


def test_the_desk_names_who_tries_again_and_who_reads():
    meeting, desk = a_meeting(), a_desk()
    mail, letter = failed(a_participant(meeting).outbox.first()), an_incoming(meeting)

    desk.post("/admin/registrations/outboxmessage/", {"action": "try_again", "_selected_action": [mail.pk], "index": 0})
    for action in ("deal_with", "put_back"):
        desk.post("/admin/registrations/incomingmessage/", {"action": action, "_selected_action": [letter.pk], "index": 0})

    done = HistoryEntry.objects.filter(event__in=["try again", "deal with", "put back"])
    assert {(entry.actor, entry.user.username) for entry in done} == {("Eva Jefa", "chief")}
    assert done.count() == 3


def test_a_draft_is_told_from_its_beginning_to_its_end():
    meeting = a_meeting()
    draft = a_draft(a_participant(meeting))
    draft = attach(draft, document=Document(file_name="Programa.pdf", content=PDF), **BY)
    draft = detach(draft, pk=draft.attachments.get().pk, **BY)

    discard_draft(draft, **BY)

    entries = [entry for entry in meeting.history.all() if entry.facts.get("record") == "letter"]
    assert [(entry.event, sorted(entry.facts["changes"])) for entry in entries] == [
        ("add record", ["recipients"]),
        ("change record", ["subject_en", "subject_es", "text_en", "text_es"]),
        ("change record", ["attachments"]),
        ("change record", ["attachments"]),
        ("remove record", ["subject_en", "subject_es", "text_en", "text_es"]),
    ]
    assert [entry.facts["changes"]["attachments"] for entry in entries[2:4]] == [["", "Programa.pdf"], ["Programa.pdf", ""]]
    assert entries[1].facts["changes"]["subject_es"] == ["", "Cómo llegar"]
    assert not Letter.objects.exists()
    assert "attachments: – → Programa.pdf" in str(rows(a_desk()))


# --- accounts -----------------------------------------------------------------------------------------------------------
def test_the_second_factor_is_told_from_setting_it_up_to_taking_it_away(settings):
    settings.DESK_SECOND_FACTOR = True
    with time_machine.travel(NOW, tick=False):
        client = log_in()
        secret, codes = enrol(client)
        client.post(CODES)
        call_command("reset_second_factor", "ana")
        call_command("reset_second_factor", "ana")

    entries = HistoryEntry.objects.all()
    assert [(entry.event, entry.actor, entry.door, entry.facts["name"]["es"]) for entry in entries] == [
        ("set up second factor", "Ana Secretaria", "desk", "ana"),
        ("renew recovery codes", "Ana Secretaria", "desk", "ana"),
        ("reset second factor", "command", "command", "ana"),
    ]
    kept = str([entry.facts for entry in entries])
    assert [private for private in (secret, *codes) if private in kept] == []


def test_an_own_password_that_is_changed_is_told_and_one_that_is_refused_is_not():
    desk, page = a_desk(), "/admin/password_change/"
    chief = User.objects.get()
    chief.set_password("the old password")
    chief.save()
    desk.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    new = {"new_password1": "Xylophon-Orchester-27", "new_password2": "Xylophon-Orchester-27"}

    desk.post(page, new | {"old_password": "wrong"})
    assert told("set password") == []
    desk.post(page, new | {"old_password": "the old password"})

    assert told("set password") == [("Eva Jefa", "desk", "auth.user", {})]
    assert not any(word in str(HistoryEntry.objects.values_list("facts")) for word in ("Xylophon", "the old"))


def test_the_first_account_is_told_to_come_from_the_server():
    call_command("create_organizer")

    [(actor, door, record, changes)] = told("add record")
    assert (actor, door, record, changes["username"]) == ("command", "command", "auth.user", ["", "organizer"])
    assert "password" not in changes


# --- statements ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 300])
def test_the_list_and_its_pages_cost_the_same_for_any_number_of_entries(number, django_assert_num_queries):
    meeting = a_meeting()
    saved = save_columns(meeting, name="Badges", columns=["email"], **BY)
    entries = [
        HistoryEntry(meeting=meeting, event="change record", actor="Ana", door="desk", facts=_facts(saved), at=NOW) for _index in range(number)
    ]
    HistoryEntry.objects.bulk_create(entries)
    desk = a_desk()

    with django_assert_num_queries(7):
        page = desk.get(HISTORY)

    assert len(page.context["cl"].result_list) == min(number + 1, 100)


def _facts(saved: Any) -> dict[str, Any]:
    changes = {"registration_opens_at": ["", NOW.isoformat()]}
    return {"record": "meeting", "name": {"en": saved.name, "es": saved.name}, "changes": changes}
