"""Several organizers do the same with a list at the same moment: one does it, the others are told or change nothing."""

from collections import Counter

import pytest
from django.contrib.auth.models import User

from registrations.details import Actor
from registrations.enums import ListContents
from registrations.errors import ChangedSinceLook, ColumnsNameTaken
from registrations.importing.expected_import import EXPECTED
from registrations.importing.people_import import PEOPLE
from registrations.importing.uploaded import cases_of
from registrations.models import ExpectedDelegation, HistoryEntry, Meeting, OutboxMessage, Participant, Presence
from registrations.operations.record_attendance import record_attendance
from registrations.operations.save_columns import save_columns
from registrations.operations.uploaded_lists import keep_list, map_list
from tests.lists import HEADINGS, a_row
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, an_entity
from tests.test_last_seats import at_once

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = ["represented", "type", "given_names", "family_names", "position", "email"]


@pytest.fixture
def meeting() -> Meeting:
    an_entity("PE", "Peru", "Perú")
    return a_meeting()


@pytest.fixture
def organizers(db) -> list[Actor]:
    users = [User.objects.create_user(name) for name in ("ana", "eva", "luz", "sol")]
    return [Actor(label=user.username, user_id=user.pk) for user in users]


def test_a_list_that_four_import_at_once_comes_in_once(meeting, organizers):
    cells = [HEADINGS, *(a_row(name) for name in ("Núñez", "Paz", "Ruiz"))]
    kept = keep_list(meeting, cells=cells, file_name="lista.csv", language="es", has_headings=True, actor=organizers[0], now=NOW)
    listed = map_list(kept, columns=COLUMNS, remembered={}, default_type=None, language="es", actor=organizers[0], now=NOW)
    cases = cases_of(listed)
    seen = PEOPLE.look(meeting, cases=cases, actor=organizers[0], now=NOW).fingerprint

    def take_in(actor: Actor) -> str:
        try:
            PEOPLE.take_in_all(meeting, cases=cases, seen=seen, actor=actor, now=NOW)
        except ChangedSinceLook:
            return "told"
        return "done"

    assert Counter(at_once(take_in, organizers)) == {"done": 1, "told": 3}
    assert (Participant.objects.count(), OutboxMessage.objects.count()) == (3, 6)


def test_a_list_of_those_expected_that_four_import_at_once_comes_in_once(meeting, organizers):
    kept = keep_list(
        meeting,
        cells=[["State", "E-mail"], ["Peru", "mission@peru.example.org"]],
        file_name="list.csv",
        language="",
        has_headings=True,
        contents=ListContents.EXPECTED,
        actor=organizers[0],
        now=NOW,
    )
    listed = map_list(
        kept,
        columns=["represented", "contact_email"],
        remembered={},
        default_type=meeting.delegation_types.first(),
        language="",
        actor=organizers[0],
        now=NOW,
    )
    cases = cases_of(listed)
    seen = EXPECTED.look(meeting, cases=cases, actor=organizers[0], now=NOW).fingerprint

    def take_in(actor: Actor) -> str:
        try:
            EXPECTED.take_in_all(meeting, cases=cases, seen=seen, actor=actor, now=NOW)
        except ChangedSinceLook:
            return "told"
        return "done"

    assert Counter(at_once(take_in, organizers)) == {"done": 1, "told": 3}
    assert (ExpectedDelegation.objects.count(), HistoryEntry.objects.count()) == (1, 1)


def test_presence_that_four_record_at_once_is_recorded_once(meeting, organizers):
    person, session = a_participant(meeting), meeting.sessions.first()

    recorded = at_once(lambda actor: len(record_attendance(session, people=[person.pk], actor=actor, now=NOW)), organizers)

    assert (sorted(recorded), Presence.objects.count(), person.history.filter(event="attend").count()) == ([0, 0, 0, 1], 1, 1)


def test_of_four_who_save_columns_under_one_name_three_are_told(meeting, organizers):
    def save(_actor: Actor) -> str:
        try:
            save_columns(meeting, name="Badges", columns=["email"], actor=ORGANIZER, now=NOW)
        except ColumnsNameTaken:
            return "told"
        return "done"

    assert Counter(at_once(save, organizers)) == {"done": 1, "told": 3}
