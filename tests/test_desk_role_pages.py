"""Who works with letters, lists of participants, those expected, the review queue, imports and attendance, and in which meeting."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse

from registrations.details import ListOptions
from registrations.enums import ChaseWording, DeskRole, ListContents, Status
from registrations.models import (
    ExpectedDelegation,
    HistoryEntry,
    IssuedList,
    Letter,
    Meeting,
    OutboxMessage,
    Participant,
    Presence,
    SavedColumns,
    UploadedList,
)
from registrations.operations.chase import chase
from registrations.operations.issue_list import issue_list
from registrations.operations.uploaded_lists import keep_list
from tests.desk_rows import PARTICIPANTS, a_colleague, desk_of
from tests.lists import IMPORT
from tests.make import NOW, ORGANIZER, a_draft, a_letter, a_meeting, a_participant, a_pending_participant, an_entity
from tests.test_desk_roles import DESK, N, P, R, S, V, act, is_open
from tests.web_form import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return furnished(a_meeting(slug="ours"))


def furnished(meeting: Meeting) -> Meeting:
    """A letter and a draft, an issued list, somebody expected, saved columns, and a list on its way in."""
    participant = a_participant(meeting)
    a_pending_participant(meeting)
    a_letter(participant)
    a_draft(participant)
    issue_list(meeting, options=ListOptions(), seen=None, actor=ORGANIZER, now=NOW)
    mission = an_entity("CL", "Chile", "Chile")
    geneva = meeting.delegation_types.get(code="geneva_mission")
    ExpectedDelegation.objects.create(type=geneva, entity=mission, contact_email="mission@chile.example.org")
    SavedColumns.objects.create(meeting=meeting, name="Badges", columns=["family_names"])
    kept = {"file_name": "list.csv", "language": "en", "has_headings": True}
    keep_list(meeting, cells=[["Name"], ["Ana"]], **kept, actor=ORGANIZER, now=NOW)
    return meeting


def pages(meeting: Meeting) -> dict[str, tuple[str, set[DeskRole]]]:
    person, letter = meeting.participants.get(status=Status.PENDING), Letter.objects.get(meeting=meeting, status="sent")
    draft, kind = Letter.objects.get(meeting=meeting, status="draft"), meeting.delegation_types.get(code="geneva_mission")
    base, issued, see = f"{DESK}meeting/{meeting.pk}/", meeting.issued_lists.get(), {S, V, R}
    return {
        "letter": (f"{DESK}letter/{letter.pk}/change/", see),
        "letter as it looks": (f"{DESK}letter/{letter.pk}/html/{letter.recipients.get().pk}/en/", see),
        "draft of a letter": (f"{DESK}letter/{draft.pk}/change/", {S}),
        "sending": (f"{DESK}letter/{draft.pk}/send/", {S}),
        "list of participants": (f"{base}participants/", {S, V, P, R}),
        "issued list": (f"{base}participants/{issued.pk}/en.docx", {S, V, P, R}),
        "badges": (f"{base}participants/papers/badges/en.pdf", {S, V, P, R}),
        "texts in both languages": (f"{base}translations/", {S}),
        "texts of the mails": (f"{base}texts/", {S}),
        "copying": (f"{base}copy/", set()),
        "who is expected": (f"{DESK}delegationtype/{kind.pk}/expected/", see),
        "writing to the silent": (f"{DESK}delegationtype/{kind.pk}/chase/", {S}),
        "somebody expected": (f"{DESK}expecteddelegation/{kind.expected.get().pk}/change/", see),
        "review": (f"{PARTICIPANTS}{person.pk}/review/", {S, V}),
        "saved columns": (f"{PARTICIPANTS}columns/{meeting.pk}/{meeting.saved_columns.get().pk}/", {S}),
    }


NAMES = [
    "letter", "letter as it looks", "draft of a letter", "sending", "list of participants", "issued list", "badges", "texts in both languages",
    "texts of the mails", "copying", "who is expected", "writing to the silent", "somebody expected", "review", "saved columns",
]  # fmt: skip


@pytest.mark.parametrize("role", DeskRole)
@pytest.mark.parametrize("page", NAMES)
def test_each_role_opens_its_pages_and_those_of_another_meeting_are_not_found(meeting, role, page):
    other = furnished(a_meeting(slug="theirs"))
    desk = desk_of(a_colleague((meeting, role)))
    (ours, allowed), (theirs, _allowed) = pages(meeting)[page], pages(other)[page]

    assert is_open(desk.get(ours)) == (role in allowed)
    assert [desk.get(theirs).status_code, desk.post(theirs, {"post": "yes"}).status_code] == [404, 404]


def test_every_page_has_its_test(meeting):
    assert list(pages(meeting)) == NAMES


# --- letters ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
def test_letters_are_written_by_the_secretariat_to_people_of_its_own_meeting(meeting, role):
    other = furnished(a_meeting(slug="theirs"))
    ours, theirs = (each.participants.get(status=Status.CONFIRMED) for each in (meeting, other))
    desk, before = desk_of(a_colleague((meeting, role))), Letter.objects.count()

    act(desk, "write_letter", theirs)
    assert Letter.objects.count() == before
    act(desk, "write_letter", ours)

    assert Letter.objects.count() == before + (role is S)
    assert set(Letter.objects.latest("pk").recipients.all()) <= {ours, theirs}


# --- lists of participants ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
def test_lists_are_issued_by_the_secretariat_and_by_protocol(meeting, role):
    desk, address = desk_of(a_colleague((meeting, role))), f"{DESK}meeting/{meeting.pk}/participants/"

    shown = soup(desk.get(address)).select("button[name=issue]")
    desk.post(address, {"kind": "provisional", "order": "alphabet", "names": "short", "seen": meeting.issued_lists.get().pk, "issue": "1"})

    assert (bool(shown), IssuedList.objects.count()) == ((True, 2) if role in {S, P} else (False, 1))


@pytest.mark.parametrize("role", DeskRole)
def test_the_first_page_leads_to_the_list_of_participants(meeting, role):
    page = desk_of(a_colleague((meeting, role))).get("/admin/").content.decode()

    assert (f"{DESK}meeting/{meeting.pk}/participants/" in page) == (role is not N)


@pytest.mark.parametrize("role", DeskRole)
def test_nothing_on_the_first_page_leads_to_a_closed_door(meeting, role):
    OutboxMessage.objects.filter(pk=meeting.outbox.first().pk).update(status="failed")
    desk = desk_of(a_colleague((meeting, role)))

    links = {link["href"] for link in soup(desk.get("/admin/")).select('#content a[href^="/admin/"]')}

    assert len(links) > (5 if role is N else 10)
    assert [link for link in links if not is_open(desk.get(link))] == []


# --- exports ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
def test_the_list_offers_only_what_one_may_do(meeting, role):
    answer = desk_of(a_colleague((meeting, role))).get(PARTICIPANTS)
    tools = soup(answer).select_one(".list-tools").get_text(" ", strip=True)

    assert [words in tools for words in ("Export this list", "Import a list", "Who was there", "Check-in")] == [
        role is not N,
        role is S,
        *[role in {S, P}] * 2,
    ]


# --- review -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [S, V])
def test_the_queue_holds_ones_own_meeting_alone(meeting, role):
    earlier = a_pending_participant(a_meeting(slug="theirs"), now=NOW - timedelta(days=9))
    desk, ours = desk_of(a_colleague((meeting, role))), meeting.participants.get(status=Status.PENDING)

    queues = [desk.get(f"{PARTICIPANTS}review/{query}") for query in ("", f"?meeting={meeting.pk}", f"?meeting={earlier.meeting_id}")]

    assert [answer.url for answer in queues] == [f"{PARTICIPANTS}{ours.pk}/review/"] * 3


def test_a_reviewer_decides_on_the_review_screen(meeting):
    desk, ours = desk_of(a_colleague((meeting, V))), meeting.participants.get(status=Status.PENDING)
    address = f"{PARTICIPANTS}{ours.pk}/review/"
    seen = soup(desk.get(address)).select_one("input[name=seen]")["value"]

    answer = desk.post(address, {"decision": "confirm", "seen": seen})

    ours.refresh_from_db()
    assert (answer.status_code, ours.status) == (302, Status.CONFIRMED)


@pytest.mark.parametrize("role", [P, R, N])
def test_nobody_else_sees_the_queue(meeting, role):
    assert desk_of(a_colleague((meeting, role))).get(f"{PARTICIPANTS}review/").status_code == 403


# --- imports ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
def test_lists_are_taken_in_by_the_secretariat_for_its_own_meeting(meeting, role):
    other = furnished(a_meeting(slug="theirs", title_en="Another meeting"))
    user = a_colleague((meeting, role))
    UploadedList.objects.update(user=user)
    desk = desk_of(user)
    ours, theirs = (each.uploaded_lists.get() for each in (meeting, other))

    begun = desk.get(IMPORT)

    assert is_open(begun) == (role is S)
    assert "Another meeting" not in begun.content.decode()
    for page in ("", "look/", "report/"):
        assert is_open(desk.get(f"{IMPORT}{ours.pk}/{page}")) == (role is S)
        assert desk.get(f"{IMPORT}{theirs.pk}/{page}").status_code == (404 if role is S else 403)
    assert desk.post(f"{IMPORT}{theirs.pk}/discard/").status_code == (404 if role is S else 403)
    assert UploadedList.objects.count() == 2


def test_nothing_is_taken_in_for_a_meeting_in_which_one_may_not(meeting):
    other = furnished(a_meeting(slug="theirs"))
    desk, before = desk_of(a_colleague((meeting, S), (other, R))), UploadedList.objects.count()

    answer = desk.post(IMPORT, {"meeting": other.pk})

    assert (answer.status_code, UploadedList.objects.count()) == (200, before)
    assert "meeting" in answer.context["form"].errors


# --- attendance ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
def test_who_was_there_is_recorded_by_protocol_at_its_own_meeting(meeting, role, time_machine):
    other = furnished(a_meeting(slug="theirs", title_en="Another meeting"))
    session, theirs = (each.sessions.get(number=1) for each in (meeting, other))
    time_machine.move_to(session.starts_at + timedelta(hours=1), tick=False)
    desk = desk_of(a_colleague((meeting, role)))

    page = desk.get(f"{PARTICIPANTS}attendance/")
    recorded(desk, theirs)
    assert Presence.objects.count() == 0
    recorded(desk, session)

    assert is_open(page) == (role in {S, P})
    assert "Another meeting" not in page.content.decode()
    assert Presence.objects.filter(session=session).count() == (role in {S, P})


@pytest.mark.parametrize("role", DeskRole)
def test_people_are_checked_in_at_the_door_of_ones_own_meeting(meeting, role, time_machine):
    other = furnished(a_meeting(slug="theirs", title_en="Another meeting"))
    session, theirs = (each.sessions.get(number=1) for each in (meeting, other))
    time_machine.move_to(session.starts_at, tick=False)
    desk, address = desk_of(a_colleague((meeting, role))), f"{PARTICIPANTS}check-in/"

    page = desk.get(address)
    for each in (theirs, session):
        desk.post(address, {"session": each.pk, "reference": each.meeting.participants.get(status=Status.CONFIRMED).reference})

    assert is_open(page) == (role in {S, P})
    assert "Another meeting" not in page.content.decode()
    assert list(Presence.objects.values_list("session", flat=True)) == ([session.pk] if role in {S, P} else [])


@pytest.mark.parametrize("role", DeskRole)
def test_people_are_marked_as_present_in_the_list(meeting, role, time_machine):
    person, session = meeting.participants.get(status=Status.CONFIRMED), meeting.sessions.get(number=1)
    time_machine.move_to(session.starts_at + timedelta(hours=1), tick=False)

    act(desk_of(a_colleague((meeting, role))), "mark_present", person, session=session.pk)

    assert Presence.objects.filter(participant=person).count() == (role in {S, P})


def recorded(desk, session) -> HttpResponse:
    people = Participant.objects.filter(meeting=session.meeting_id, status=Status.CONFIRMED)
    return desk.post(f"{PARTICIPANTS}attendance/", {"record": "1", "session": session.pk, "certain": ",".join(str(each.pk) for each in people)})


# --- expected -----------------------------------------------------------------------------------------------------------
def test_nobody_is_expected_at_a_meeting_in_which_one_may_not_say_so(meeting):
    other = furnished(a_meeting(slug="theirs"))
    desk, entity = desk_of(a_colleague((meeting, S), (other, R))), an_entity("AR", "Argentina", "Argentina")
    address, typed = f"{DESK}expecteddelegation/add/", {"entity": entity.pk, "contact_email": "", "language": ""}
    ours, theirs = (each.delegation_types.get(code="geneva_mission") for each in (meeting, other))

    refused, taken = (desk.post(address, typed | {"type": kind.pk}) for kind in (theirs, ours))

    assert (refused.status_code, taken.status_code) == (200, 302)
    assert list(ExpectedDelegation.objects.filter(entity=entity).values_list("type", flat=True)) == [ours.pk]


@pytest.mark.parametrize("role", DeskRole)
def test_lists_of_those_expected_are_taken_in_by_the_secretariat_for_its_own_meeting(meeting, role):
    other = furnished(a_meeting(slug="theirs", title_en="Another meeting"))
    UploadedList.objects.update(contents=ListContents.EXPECTED)
    desk, address = desk_of(a_colleague((meeting, role))), f"{DESK}expecteddelegation/import/"
    ours, theirs = (each.uploaded_lists.get() for each in (meeting, other))

    begun = desk.get(address)

    assert is_open(begun) == (role is S)
    assert "Another meeting" not in begun.content.decode()
    for page in ("", "look/", "report/"):
        assert is_open(desk.get(f"{address}{ours.pk}/{page}")) == (role is S)
        assert desk.get(f"{address}{theirs.pk}/{page}").status_code == (404 if role is S else 403)
    assert desk.post(f"{address}{theirs.pk}/discard/").status_code == (404 if role is S else 403)
    assert is_open(desk.get(f"{address}example/en/")) == (role is S)
    assert UploadedList.objects.count() == 2


def test_no_list_of_those_expected_is_taken_in_for_a_meeting_in_which_one_may_not(meeting):
    other = furnished(a_meeting(slug="theirs"))
    desk, before = desk_of(a_colleague((meeting, S), (other, R))), UploadedList.objects.count()

    answer = desk.post(f"{DESK}expecteddelegation/import/", {"meeting": other.pk})

    assert (answer.status_code, UploadedList.objects.count()) == (200, before)
    assert "meeting" in answer.context["form"].errors


# --- history ------------------------------------------------------------------------------------------------------------
def test_what_is_done_to_a_whole_type_is_in_the_history_of_its_meeting(meeting):
    kind = meeting.delegation_types.get(code="geneva_mission")
    chase(kind, chosen={kind.expected.get().pk}, wording=ChaseWording.OWN, actor=ORGANIZER, now=NOW)

    entry = HistoryEntry.objects.get(event="chase")
    page = soup(desk_of(a_colleague((meeting, R))).get(f"{DESK}historyentry/?event=chase")).select_one("#result_list").text

    assert (entry.meeting, entry.type, entry.door) == (meeting, kind, "desk")
    assert "Written to, for want of an answer: 1" in page
    assert str(kind) in page


def test_every_entry_has_its_meeting_and_its_door(meeting):
    entries = HistoryEntry.objects.all()

    assert {"register", "letter", "issue list"} <= set(entries.values_list("event", flat=True))
    assert set(entries.values_list("meeting", flat=True)) == {meeting.pk}
    assert set(entries.filter(event__in=["letter", "issue list"]).values_list("door", flat=True)) == {"desk"}


def test_entries_of_earlier_versions_are_given_the_meeting_of_their_delegation_or_type(meeting):
    kind = meeting.delegation_types.get(code="geneva_mission")
    chase(kind, chosen={kind.expected.get().pk}, wording=ChaseWording.OWN, actor=ORGANIZER, now=NOW)
    HistoryEntry.objects.filter(facts__has_key="record").delete()
    HistoryEntry.objects.update(meeting=a_meeting(slug="theirs"), door="automatic")

    import_module("registrations.migrations.0012_history_of_meetings").fill(apps, SimpleNamespace(connection=connection, execute=lambda sql: None))

    entries = HistoryEntry.objects.all()
    assert entries.filter(delegation=None).count() == 1
    assert set(entries.values_list("meeting", flat=True)) == {meeting.pk}
    assert set(entries.filter(event__in=["chase", "register"]).values_list("event", "door")) == {("chase", "desk"), ("register", "public form")}
