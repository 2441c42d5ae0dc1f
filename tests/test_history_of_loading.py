"""What a meeting's file has added, changed and removed is in the meeting's history."""

from collections.abc import Callable
from typing import Any

import pytest

from registrations.importing.files import FileError
from registrations.models import HistoryEntry, Meeting, ProgrammeItem
from registrations.operations.drafts import keep_draft
from tests.desk_rows import a_desk
from tests.dialogue import load_dialogue
from tests.make import a_participant
from tests.test_history import rows

pytestmark = pytest.mark.django_db


def loaded_again(change: Callable[[Any], object]) -> list[HistoryEntry]:
    """What the history has more after the meeting was loaded from a file that is different."""
    last = HistoryEntry.objects.latest("pk").pk
    load_dialogue(change=change)
    return list(HistoryEntry.objects.filter(pk__gt=last))


def told(entries: list[HistoryEntry]) -> list[tuple[str, str, dict]]:
    return [(entry.event, entry.facts.get("record", ""), entry.facts.get("changes", {})) for entry in entries]


def test_a_new_meeting_is_told_with_all_that_came_with_it():
    meeting = load_dialogue()

    entries = list(meeting.history.all())

    assert {(entry.actor, entry.door) for entry in entries} == {("command", "command")}
    [first, *others] = told(entries)
    assert first[:2] == ("load meeting", "meeting")
    assert first[2]["slug"] == ["", "mine-free-americas"]
    assert {event for event, _record, _changes in others} == {"add record"}
    numbers = {kind: [record for _event, record, _changes in others].count(kind) for kind in ("session", "programmeitem", "speaker", "clock")}
    assert numbers == {"session": 2, "programmeitem": 11, "speaker": 12, "clock": meeting.clocks.count()}


def test_a_meeting_that_is_loaded_again_as_it_was_is_told_once_and_without_a_change():
    load_dialogue()

    assert told(loaded_again(lambda file: None)) == [("load meeting", "meeting", {})]


def test_each_field_is_told_with_what_it_was_before():
    meeting = load_dialogue()
    item = ProgrammeItem.objects.order_by("session__number", "order").first()

    def change(file: Any) -> None:
        file["meeting"]["seats"] = 40
        file["meeting"]["clocks"][0]["label_en"] = "Vienna"
        file["meeting"]["clocks"].pop()
        file["delegation_types"][0]["reviewed"] = True
        file["sessions"][0]["items"][0]["title_en"] = "Another opening"

    entries = loaded_again(change)

    clock = meeting.clocks.first()
    assert told(entries[:4]) == [
        ("load meeting", "meeting", {"seats": ["", 40]}),
        ("change record", "delegationtype", {"is_reviewed": [False, True]}),
        ("change record", "clock", {"label_en": ["Geneva", "Vienna"]}),
        ("change record", "programmeitem", {"title_en": [item.title_en, "Another opening"]}),
    ]
    assert clock.label_en == "Vienna"
    assert [(entry.event, entry.facts.get("record")) for entry in entries[4:]] == [("remove record", "clock"), ("publish", None)]
    assert {(entry.actor, entry.door, entry.meeting) for entry in entries} == {("command", "command", meeting)}


def test_the_list_shows_it_in_words():
    load_dialogue()
    loaded_again(lambda file: file["meeting"].update(seats=40))

    assert rows(a_desk(), "?door=command&event=load+meeting")[0][1:4] == [
        "Loaded from a file: Meeting “mine-free-americas”seats: – → 40",
        "Regional Dialogue on Humanitarian Demining",
        "command on the server",
    ]


def test_drafts_that_a_file_overrides_are_told_to_be_discarded_through_the_same_door():
    meeting = load_dialogue()
    session = meeting.sessions.first()
    session.title_en = "A draft"
    keep_draft(session, meeting=meeting)

    entries = loaded_again(lambda file: None)

    assert [(entry.event, entry.door) for entry in entries] == [("discard drafts", "command"), ("load meeting", "command")]


def test_the_change_stands_before_what_follows_from_it():
    meeting = load_dialogue(change=lambda file: file["meeting"].update(seats=1))
    a_participant(meeting), a_participant(meeting)

    entries = loaded_again(lambda file: file["meeting"].update(seats=2))

    assert [(entry.event, entry.door) for entry in entries] == [("load meeting", "command"), ("confirm", "automatic")]


def test_a_file_that_is_refused_leaves_nothing():
    load_dialogue()
    number = HistoryEntry.objects.count()

    with pytest.raises(FileError, match="Not published"):
        load_dialogue(change=lambda file: file["meeting"].pop("title_es"))

    assert (HistoryEntry.objects.count(), Meeting.objects.count()) == (number, 1)
