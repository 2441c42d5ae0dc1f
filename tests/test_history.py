"""What was done, by whom, through which door, and what it was before: on the pages, as a list and as a file."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from registrations.details import CALENDAR, FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM, Actor
from registrations.enums import DeskRole, Door
from registrations.models import HistoryEntry, Meeting
from registrations.operations.amend import amend
from registrations.operations.status import record, record_of_delegation
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.desk_rows import PARTICIPANTS, a_colleague, a_desk, an_organizer, desk_of
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant
from tests.test_desk_programme import an_item, as_shown, page_of
from tests.web_form import soup

pytestmark = pytest.mark.django_db
HISTORY = "/admin/registrations/historyentry/"
LATER = NOW + timedelta(hours=3)


def corrected(participant, *, actor=ORGANIZER, **changes):
    return amend(participant, details=replace(person_on_record(participant), **changes), actor=actor, now=LATER)


def rows(desk: Client, query: str = "") -> list[list[str]]:
    """The cells of the list without the boxes in front."""
    page = soup(desk.get(f"{HISTORY}{query}"))
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")][1:] for row in page.select("#result_list tbody tr")]


def exported(desk: Client, query: str = "") -> list[dict[str, str]]:
    keys = list(HistoryEntry.objects.values_list("pk", flat=True))
    answer = desk.post(f"{HISTORY}{query}", {"action": "export_csv", "_selected_action": keys[:1], "select_across": "1", "index": 0})
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode().removeprefix("\ufeff"))))


def edit(meeting: Meeting, record, **fields: str) -> None:
    """Save the page of a record at the desk with other values."""
    desk = a_desk()
    answer = desk.post(page_of(record), as_shown(desk.get(page_of(record))) | fields)
    assert answer.status_code == 302, soup(answer).select(".errorlist")


# --- doors ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("actor", "door"),
    [
        (PUBLIC, Door.PUBLIC_FORM),
        (PARTICIPANT, Door.OWN_PAGE),
        (FOCAL_POINT, Door.DELEGATION_PAGE),
        (CALENDAR, Door.CALENDAR),
        (SYSTEM, Door.AUTOMATIC),
        (Actor(label="Ana"), Door.DESK),
    ],
)
def test_each_entry_knows_its_door_and_its_meeting(actor, door):
    participant = a_participant(a_meeting())

    entries = [
        record(participant, event="resend", actor=actor, now=LATER),
        record_of_delegation(participant.delegation, event="resend", actor=actor, now=LATER),
    ]

    kept = [HistoryEntry.objects.get(pk=entry.pk) for entry in entries]
    assert [(entry.door, entry.meeting) for entry in kept] == [(door, participant.meeting)] * 2


def test_the_page_of_a_participant_tells_through_which_door_and_leads_to_the_list():
    participant = a_participant(a_meeting())
    corrected(participant, position="Consejera", actor=PARTICIPANT)
    desk = a_desk()

    page = soup(desk.get(f"{PARTICIPANTS}{participant.pk}/change/"))

    cells = [[cell.text for cell in row.select("th, td")][1:4] for row in page.select("[aria-labelledby=history-heading] tbody tr")]
    assert cells == [
        ["Signed up", "sign-up form", "sign-up form"],
        ["Data corrected: position: Embajadora → Consejera", "the participant", "participant’s page"],
    ]
    [link] = [each["href"] for each in page.select("section a") if each["href"].startswith(HISTORY)]
    assert len(rows(desk, link.removeprefix(HISTORY))) == 2


def test_a_reader_without_the_right_to_the_list_is_offered_no_link():
    participant = a_participant(a_meeting())

    page = desk_of(an_organizer("view_participant")).get(f"{PARTICIPANTS}{participant.pk}/change/").content.decode()

    assert ("history-heading" in page, HISTORY in page) == (True, False)


# --- the list ---------------------------------------------------------------------------------------------------------
def test_the_list_tells_what_was_before_and_after_newest_first():
    participant = a_participant(a_meeting())
    corrected(participant, position="Consejera")

    assert [row[1:] for row in rows(a_desk())] == [
        ["Data correctedposition: Embajadora → Consejera status afterwards: confirmed", f"{participant} Peru", "Ana Secretaria desk"],
        ["Signed up status afterwards: confirmed", f"{participant} Peru", "sign-up form"],
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?event=withdraw", 1),
        ("?door=public+form", 2),
        ("?q=munoz", 3),
        ("?q=secretaria", 1),
        ("?q=red+latino", 1),
        ("?q=nobody", 0),
        ("?at__gte=2027-01-20+12:00:00%2B00:00", 1),
        ("?at__lt=2027-01-20+12:00:00%2B00:00", 2),
    ],
)
def test_the_list_is_narrowed_by_event_door_person_and_time(query, found):
    meeting = a_meeting()
    withdraw(a_participant(meeting), actor=ORGANIZER, now=LATER)
    a_pending_participant(meeting)

    assert len(rows(a_desk(), query)) == found


def test_the_list_is_narrowed_to_a_meeting_and_an_organizer():
    first, second = a_meeting(), a_meeting()
    a_participant(first)
    ana = an_organizer()
    withdraw(a_participant(second), actor=Actor(label="Ana Secretaria", user_id=ana.pk), now=LATER)
    desk = a_desk()

    assert [len(rows(desk, query)) for query in (f"?meeting={first.pk}", f"?meeting={second.pk}", f"?user={ana.pk}")] == [1, 2, 1]


def test_nothing_of_the_history_is_changed_by_hand():
    a_participant(a_meeting())
    desk, entry = a_desk(), HistoryEntry.objects.get()

    answers = [desk.get(f"{HISTORY}add/"), desk.post(f"{HISTORY}{entry.pk}/change/", {"event": "x"}), desk.post(f"{HISTORY}{entry.pk}/delete/")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_a_colleague_reads_the_history_of_their_own_meeting():
    meeting, other = a_meeting(), a_meeting()
    a_participant(meeting)
    a_participant(other)

    assert len(rows(desk_of(a_colleague((meeting, DeskRole.READER))))) == 1
    assert desk_of(a_colleague((meeting, DeskRole.PROTOCOL), username="paz")).get(HISTORY).status_code == 403


# --- meetings ---------------------------------------------------------------------------------------------------------
def facts_of(meeting: Meeting) -> list[tuple[str, str, dict]]:
    entries = meeting.history.filter(delegation=None)
    return [(entry.event, entry.facts.get("record", ""), entry.facts.get("changes", {})) for entry in entries]


def test_what_is_changed_in_a_meeting_is_kept_with_what_it_was_before():
    meeting = a_meeting(is_published=False)

    edit(meeting, meeting, seats="40", contact_email="new@example.org", registration_closes_at_0="2027-02-09", registration_closes_at_1="12:00:00")

    assert facts_of(meeting) == [
        (
            "change record",
            "meeting",
            {
                "registration_closes_at": ["2027-02-09T22:59:59+00:00", "2027-02-09T11:00:00+00:00"],
                "seats": ["", 40],
                "contact_email": ["desk@dialogo.example.org", "new@example.org"],
            },
        )
    ]
    [entry] = HistoryEntry.objects.all()
    assert (entry.actor, entry.user.username, entry.door) == ("Eva Jefa", "chief", "desk")
    [row] = rows(a_desk())
    assert row[1] == (
        "Changed: Meeting “" + meeting.slug + "”"
        "registration closes: 9 February 2027, 23:59 → 9 February 2027, 12:00seats: – → 40"
        "secretariat's e-mail: desk@dialogo.example.org → new@example.org"
    )


def test_records_below_a_meeting_are_told_by_their_names():
    meeting = a_meeting(is_published=False, sessions=1)
    session = meeting.sessions.get()

    edit(meeting, meeting, **{"clocks-0-label_en": "Vienna"})
    edit(meeting, session, title_es="Sesión primera")
    an_item(session)
    item = session.items.get()
    a_desk().post(page_of(item).replace("change", "delete"), {"post": "yes"})

    assert [(event, kind) for event, kind, _changes in facts_of(meeting)] == [
        ("change record", "clock"),
        ("change record", "session"),
        ("remove record", "programmeitem"),
    ]
    assert [row[1].split("»")[0] for row in rows(a_desk(language="es"))] == [
        "Supresión: Punto del programa «Apertura",
        "Modificación: Sesión «Sesión primera",
        "Modificación: Reloj «Europe/Zurich",
    ]


def test_a_page_that_is_saved_as_it_was_leaves_nothing():
    meeting = a_meeting()

    edit(meeting, meeting)
    edit(meeting, meeting.sessions.first())

    assert facts_of(meeting) == []


def test_publishing_and_discarding_are_told():
    meeting = a_meeting()
    session = meeting.sessions.first()
    desk = a_desk()
    publish = f"/admin/registrations/meeting/{meeting.pk}/publish/"

    edit(meeting, session, title_en="Another title", title_es="Otro título")
    seen = soup(desk.get(publish)).select_one("input[name=seen]")["value"]
    desk.post(publish, {"publish": "yes", "seen": seen})
    edit(meeting, session, title_en="A third title")
    desk.post(publish.replace("publish", "discard"))

    assert [event for event, _record, _changes in facts_of(meeting)] == ["change record", "publish", "change record", "discard drafts"]
    assert rows(desk)[2][1] == "Programme published: version 2"


def test_who_gave_whom_a_role_is_told():
    meeting = a_meeting()
    rosa = a_colleague((meeting, DeskRole.READER))
    names = {"desk_memberships-0-role": "protocol"}

    edit(meeting, meeting, **names)

    assert facts_of(meeting) == [("change record", "deskmembership", {"role": ["reader", "protocol"]})]
    assert rows(a_desk())[0][1] == (
        f"Changed: Organizer of this meeting “{rosa.get_full_name()}”"
        "role at the desk: reader: sees everything, changes nothing → protocol: lists, badges, check-in"
    )


def test_the_history_button_of_a_meeting_leads_to_its_list():
    meeting = a_meeting()

    assert a_desk().get(f"/admin/registrations/meeting/{meeting.pk}/history/").url == f"{HISTORY}?meeting={meeting.pk}"


# --- the file ---------------------------------------------------------------------------------------------------------
def test_the_file_has_a_line_for_each_changed_field():
    participant = a_participant(a_meeting(slug="ours"))
    corrected(participant, position="Consejera", email="new@example.org")

    lines = exported(a_desk())

    assert [(line["Event"], line["Data"], line["Before"], line["Afterwards"]) for line in lines] == [
        ("data corrected", "position", "Embajadora", "Consejera"),
        ("data corrected", "e-mail", participant.email, "new@example.org"),
        ("signed up", "", "", ""),
    ]
    first = {name: lines[0][name] for name in ("When", "Time zone", "Meeting", "State or organization", "Participant", "Who", "Through")}
    assert first == {
        "When": "2027-01-20 14:00",
        "Time zone": "Europe/Zurich",
        "Meeting": "ours",
        "State or organization": "Peru",
        "Participant": participant.full_name,
        "Who": "Ana Secretaria",
        "Through": "desk",
    }


def test_the_file_is_in_the_organizers_language_and_holds_what_was_filtered():
    meeting = a_meeting()
    withdraw(a_participant(meeting), actor=ORGANIZER, now=LATER)

    [line] = exported(a_desk(language="es"), "?event=withdraw")

    assert (line["Qué se hizo"], line["Vía"], line["Situación resultante"]) == ("inscripción retirada", "mesa de inscripción", "retirada")


def test_no_cell_of_the_file_is_run_as_a_formula():
    corrected(a_participant(a_meeting()), position="=HYPERLINK(1)")

    assert exported(a_desk())[0]["Afterwards"] == "'=HYPERLINK(1)"


# --- statements -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_and_the_file_cost_the_same_for_any_number_of_entries(number, django_assert_num_queries):
    meeting = a_meeting()
    for _index in range(number):
        corrected(a_participant(meeting), sessions=frozenset({2}))
    desk = a_desk()

    with django_assert_num_queries(7):
        desk.get(HISTORY)
    with django_assert_num_queries(12):
        exported(desk)
