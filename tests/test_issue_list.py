"""A list of participants that was issued stands as it was; the next one says what has changed since."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from registrations.details import PARTICIPANT, ListOptions
from registrations.enums import ListKind, MessageKind, Role
from registrations.errors import DomainError, FinalListIssued, ListIssuedMeanwhile, NobodyToList
from registrations.models import HistoryEntry, IssuedList, Meeting, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.erase_approved import erase_approved
from registrations.operations.forget import forget
from registrations.operations.issue_list import issue_list
from registrations.operations.list_naming import leave_out_of_list, name_in_list
from registrations.operations.withdraw import withdraw
from registrations.queries.held_data import held_data
from registrations.queries.history import more_words
from registrations.queries.issued_lists import issued_lists, last_issued, list_to_issue
from registrations.queries.participants import person_on_record
from registrations.rules.list_content import ListDocument
from tests.desk_rows import an_organizer, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant
from tests.participant_lists import everybody_on

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=7)
AFTER_THE_MEETING = NOW + timedelta(days=40)


def issued(meeting: Meeting, *, now: Any = NOW, **options: Any) -> IssuedList:
    last = last_issued(meeting)
    return issue_list(meeting, options=ListOptions(**options), seen=last.pk if last else None, actor=ORGANIZER, now=now)


def marks_on(document: ListDocument) -> dict[str, str]:
    return {person["key"]: person["mark"] for person in everybody_on(document)}


def gone_from(document: ListDocument) -> list[str]:
    return [gone["name"] for gone in document["departures"]]


def corrected(participant: Participant, **fields: Any) -> None:
    amend(participant, details=replace(person_on_record(participant), **fields), actor=PARTICIPANT, now=NOW)


# --- as it stood --------------------------------------------------------------------------------------------------------
def test_an_issued_list_stays_as_it_was_whatever_happens_to_those_on_it():
    meeting = a_meeting()
    person = a_participant(meeting, given_names="Ana", family_names="Muñoz")
    kept = issued(meeting)
    content = IssuedList.objects.get(pk=kept.pk).content

    corrected(person, family_names="Peña")
    withdraw(person, actor=ORGANIZER, now=NOW)
    Meeting.objects.update(title_es="Otro título")

    kept.refresh_from_db()
    assert kept.content == content
    assert everybody_on(kept.content["es"])[0]["name"] == "Sra. Ana MUÑOZ"


def test_it_says_when_by_whom_and_with_what_choices():
    meeting = a_meeting()
    a_participant(meeting)
    organizer = replace(ORGANIZER, user_id=an_organizer().pk)

    issue_list(meeting, options=ListOptions(has_emails=True, precedence=("Perú",)), seen=None, actor=organizer, now=NOW)

    kept = IssuedList.objects.get()
    assert (kept.issued_at, kept.issued_by_id, kept.kind, kept.revision) == (NOW, organizer.user_id, "provisional", 0)
    assert (kept.options["has_emails"], kept.options["precedence"]) == (True, ["Perú"])


def test_revisions_are_counted_for_each_kind():
    meeting = a_meeting()
    a_participant(meeting)

    kinds = [ListKind.PROVISIONAL, ListKind.PROVISIONAL, ListKind.FINAL, ListKind.FINAL]
    lists = [issued(meeting, kind=kind, now=LATER) for kind in kinds]

    assert [each.revision for each in lists] == [0, 1, 0, 1]
    assert [each.content["en"]["edition"] for each in lists] == [
        "27 January 2027",
        "Revision 1, 27 January 2027",
        "27 January 2027",
        "Revision 1, 27 January 2027",
    ]
    assert list(issued_lists(meeting)) == lists[::-1]


def test_a_delegation_knows_of_the_lists_it_stood_in_and_its_focal_point_is_not_written_to():
    meeting = a_meeting()
    delegation = a_participant(meeting).delegation
    a_pending_participant(meeting)

    issued(meeting)

    [entry] = HistoryEntry.objects.filter(event="issue list")
    assert (entry.delegation, entry.participant, more_words(entry.facts, meeting=meeting)) == (delegation, None, "Provisional list of participants")
    assert not OutboxMessage.objects.filter(kind=MessageKind.DIGEST, delegation=delegation).exists()


# --- what has changed ---------------------------------------------------------------------------------------------------
def test_a_revision_marks_who_is_new_and_whose_line_is_another_and_names_who_has_left():
    meeting = a_meeting()
    same, changed, moved_up, left = (a_participant(meeting, role=Role.REPRESENTATIVE) for _index in range(4))
    issued(meeting)
    corrected(changed, position="Ministra")
    corrected(moved_up, role=Role.HEAD)
    withdraw(left, actor=ORGANIZER, now=NOW)
    new = a_participant(meeting, role=Role.ADVISER)

    content = issued(meeting, now=LATER).content

    expected = {str(same.pk): "", str(changed.pk): "amended", str(moved_up.pk): "amended", str(new.pk): "new"}
    assert marks_on(content["en"]) == expected
    assert sorted(marks_on(content["es"]).values()) == ["", "alta", "modificación", "modificación"]
    assert gone_from(content["en"]) == [f"Sra. {left.given_names} MUÑOZ PEÑA"]
    assert (content["en"]["departures_title"], content["es"]["departures_title"]) == ("No longer on the list", "Bajas")
    assert content["en"]["legend"].startswith("Changes since the list issued last (Provisional list of participants, 20 January 2027) are marked:")


def test_contacts_chosen_later_are_no_change():
    meeting = a_meeting()
    person = a_participant(meeting)
    issued(meeting)

    content = issued(meeting, has_emails=True).content

    assert marks_on(content["en"]) == {str(person.pk): ""}
    assert (
        content["es"]["legend"] == "No hay cambios con respecto a la última lista emitida (Lista provisional de participantes, 20 de enero de 2027)."
    )


def test_a_final_list_is_compared_with_the_last_provisional_one():
    meeting = a_meeting()
    a_participant(meeting)
    issued(meeting)
    new = a_participant(meeting)

    assert marks_on(issued(meeting, kind=ListKind.FINAL).content["en"])[str(new.pk)] == "new"


def test_whoever_wants_no_marks_gets_a_clean_list():
    meeting = a_meeting()
    left = a_participant(meeting)
    issued(meeting)
    withdraw(left, actor=ORGANIZER, now=NOW)
    new = a_participant(meeting)

    document = issued(meeting, marks_changes=False).content["en"]

    assert (marks_on(document), document["departures"], document["legend"]) == ({str(new.pk): ""}, [], "")


def test_the_first_list_marks_nothing():
    meeting = a_meeting()
    person = a_participant(meeting)

    document = issued(meeting).content["en"]

    assert (marks_on(document), document["legend"], document["departures"]) == ({str(person.pk): ""}, "", [])


# --- refusals -----------------------------------------------------------------------------------------------------------
def test_a_list_that_the_organizer_has_not_seen_keeps_another_from_being_issued():
    meeting = a_meeting()
    a_participant(meeting)
    issued(meeting)

    with pytest.raises(ListIssuedMeanwhile):
        issue_list(meeting, options=ListOptions(), seen=None, actor=ORGANIZER, now=NOW)

    assert IssuedList.objects.count() == 1


def test_no_provisional_list_follows_a_final_one():
    meeting = a_meeting()
    a_participant(meeting)
    issued(meeting, kind=ListKind.FINAL)

    with pytest.raises(FinalListIssued):
        issued(meeting)


def test_a_list_of_nobody_is_not_issued():
    meeting = a_meeting()
    a_pending_participant(meeting)

    with pytest.raises(NobodyToList):
        issued(meeting)

    assert not IssuedList.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_organizers_at_the_same_moment_issue_one_list():
    meeting = a_meeting()
    a_participant(meeting)
    barrier = Barrier(2)

    def press_issue(_index: int) -> str:
        try:
            barrier.wait()
            issue_list(meeting, options=ListOptions(), seen=None, actor=ORGANIZER, now=NOW)
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "issued"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(press_issue, range(2)))

    assert outcomes == ["issued", "list_issued_meanwhile"]
    assert IssuedList.objects.count() == 1


# --- those who are not named ----------------------------------------------------------------------------------------------
def test_whoever_objects_is_left_out_and_not_named_among_those_gone():
    meeting = a_meeting()
    shy, other = a_participant(meeting), a_participant(meeting)
    issued(meeting)

    leave_out_of_list(shy, actor=ORGANIZER, now=NOW)

    document = issued(meeting).content["en"]
    assert (list(marks_on(document)), document["departures"]) == ([str(other.pk)], [])


def test_whoever_thinks_better_of_it_is_named_again():
    meeting = a_meeting()
    person = a_participant(meeting)
    for operation in (leave_out_of_list, leave_out_of_list, name_in_list):
        operation(person, actor=ORGANIZER, now=NOW)

    assert list(marks_on(issued(meeting).content["es"])) == [str(person.pk)]
    assert [entry.event for entry in person.history.all()] == ["register", "leave out of list", "name in list"]


# --- erasure ------------------------------------------------------------------------------------------------------------
def test_erasing_a_person_puts_a_neutral_line_into_every_issued_list():
    meeting = a_meeting()
    gone, stays = a_participant(meeting, role=Role.HEAD), a_participant(meeting, role=Role.ADVISER)
    first = issued(meeting, has_emails=True)
    second = issued(meeting)
    name = gone.given_names

    forget(gone, actor=ORGANIZER, now=AFTER_THE_MEETING)
    OutboxMessage.objects.all().delete()
    forgotten(gone)

    for kept in (first, second):
        kept.refresh_from_db()
        people = {code: everybody_on(kept.content[code]) for code in ("en", "es")}
        assert people["en"][0] == {"key": "", "name": "(erased)", "function": "", "position": "", "contacts": [], "mark": ""}
        assert [people["es"][0]["name"], people["es"][1]["key"]] == ["(datos suprimidos)", str(stays.pk)]
        assert name not in str(kept.content)


def forgotten(participant: Participant) -> None:
    """The worker's part, once no mail is owed any more."""
    assert erase_approved(now=AFTER_THE_MEETING) == 1
    participant.refresh_from_db()
    assert participant.erased_at is not None


def test_somebody_erased_is_taken_from_those_gone_as_well_and_is_missed_by_no_later_list():
    meeting = a_meeting()
    gone = a_participant(meeting)
    a_participant(meeting)
    issued(meeting)
    withdraw(gone, actor=ORGANIZER, now=NOW)
    revision = issued(meeting)
    assert gone_from(revision.content["en"]) == [f"Sra. {gone.given_names} MUÑOZ PEÑA"]

    forget(gone, actor=ORGANIZER, now=AFTER_THE_MEETING)
    OutboxMessage.objects.all().delete()
    forgotten(gone)

    revision.refresh_from_db()
    assert gone_from(revision.content["en"]) == ["(erased)"]
    assert gone_from(issued(meeting).content["en"]) == []


def test_a_person_sees_the_lists_that_name_them():
    meeting = a_meeting()
    person, other = a_participant(meeting), a_participant(meeting)
    issued(meeting)
    leave_out_of_list(other, actor=ORGANIZER, now=NOW)
    issued(meeting, has_emails=True)

    lines = held_data(person, language="es", now=NOW)["lists_of_participants"]

    assert [(line["kind"], line["revision"], line["name"], line["contacts"]) for line in lines] == [
        ("provisional", 0, f"Sra. {person.given_names} MUÑOZ PEÑA", []),
        ("provisional", 1, f"Sra. {person.given_names} MUÑOZ PEÑA", [person.email]),
    ]
    assert len(held_data(other, language="en", now=NOW)["lists_of_participants"]) == 1


# --- what it costs ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_next_list_costs_five_statements_at_any_length(rows, django_assert_num_queries):
    meeting = a_meeting()
    many_participants(meeting, max(rows, 2))
    last = issued(meeting)

    with django_assert_num_queries(5):
        list_to_issue(meeting, options=ListOptions(), last=last, now=NOW)
