from dataclasses import replace

import pytest
from django.db import IntegrityError

from registrations.details import PARTICIPANT
from registrations.errors import AlreadyRegistered, NotAmendable, UnknownSession
from registrations.models import OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_person, participants_of, sign_up

pytestmark = pytest.mark.django_db


def owed_after(participant: Participant) -> list[tuple[str, int, str]]:
    messages = OutboxMessage.objects.filter(unique_key__endswith=f":{participant.history.last().pk}").order_by("kind", "session__number")
    return [(message.kind, message.session.number, message.mailbox) for message in messages]


def test_amending_writes_the_data_and_names_the_fields_in_the_history():
    person = a_person(position="Consejera")
    participant = participants_of(sign_up(a_meeting(), person))[0]

    amend(participant, details=replace(person, position="Ministra Consejera", family_names="Muñoz de Peña"), actor=ORGANIZER, now=NOW)

    participant.refresh_from_db()
    assert (participant.position, participant.family_names, participant.name_key[-11:]) == ("Ministra Consejera", "Muñoz de Peña", "munozdepena")
    changes = {"family_names": ["Muñoz Peña", "Muñoz de Peña"], "position": ["Consejera", "Ministra Consejera"]}
    assert participant.history.last().facts == {"changes": changes}
    assert owed_after(participant) == [("invitation", number, participant.email) for number in (1, 2)]


def test_amending_nothing_leaves_no_trace():
    person = a_person()
    participant = participants_of(sign_up(a_meeting(), person))[0]

    amend(participant, details=person, actor=ORGANIZER, now=NOW)

    assert [entry.event for entry in participant.history.all()] == ["register"]


def test_changed_sessions_are_cancelled_and_invited_one_by_one():
    person = a_person(email="a@example.org", sessions=frozenset({1, 2}))
    participant = participants_of(sign_up(a_meeting(sessions=3), person))[0]

    amend(participant, details=replace(person, sessions=frozenset({2, 3})), actor=ORGANIZER, now=NOW)

    assert owed_after(participant) == [("cancellation", 1, "a@example.org"), ("invitation", 3, "a@example.org")]


def test_a_changed_mailbox_loses_all_entries_and_the_new_one_gets_them():
    person = a_person(email="old@example.org")
    participant = participants_of(sign_up(a_meeting(), person))[0]

    amend(participant, details=replace(person, email="new@example.org"), actor=ORGANIZER, now=NOW)

    assert owed_after(participant) == [
        ("cancellation", 1, "old@example.org"),
        ("cancellation", 2, "old@example.org"),
        ("invitation", 1, "new@example.org"),
        ("invitation", 2, "new@example.org"),
    ]


def test_amending_into_somebody_who_is_registered_is_refused_and_changes_nothing():
    person, other = a_person(), a_person()
    participant = participants_of(sign_up(a_meeting(), person, other))[0]

    with pytest.raises(AlreadyRegistered):
        amend(participant, details=other, actor=ORGANIZER, now=NOW)

    assert Participant.objects.get(pk=participant.pk).email == person.email
    assert participant.history.count() == 1


def test_amending_to_an_unknown_session_is_refused():
    person = a_person()
    participant = participants_of(sign_up(a_meeting(), person))[0]

    with pytest.raises(UnknownSession):
        amend(participant, details=replace(person, sessions=frozenset({7})), actor=ORGANIZER, now=NOW)


def test_a_fault_of_the_database_is_not_taken_for_a_twin(monkeypatch):
    def broken(*_args, **_kwargs):
        raise IntegrityError("FOREIGN KEY constraint failed")

    person = a_person()
    participant = participants_of(sign_up(a_meeting(), person))[0]
    monkeypatch.setattr("registrations.operations.amend.write_changes", broken)

    with pytest.raises(IntegrityError):
        amend(participant, details=replace(person, position="Consejera"), actor=ORGANIZER, now=NOW)


def test_somebody_who_no_longer_takes_part_is_amended_by_an_organizer_alone(admin_user):
    participant = a_participant(a_meeting())
    withdraw(participant, actor=PARTICIPANT, now=NOW)
    details = replace(person_on_record(participant), phone="+51 1 222")

    with pytest.raises(NotAmendable):
        amend(participant, details=details, actor=PARTICIPANT, now=NOW)
    assert Participant.objects.get().phone == ""

    amend(participant, details=details, actor=replace(ORGANIZER, user_id=admin_user.pk), now=NOW)
    assert Participant.objects.get().phone == "+51 1 222"
