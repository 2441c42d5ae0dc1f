from datetime import timedelta

import pytest
from django.db import IntegrityError

from registrations.details import PUBLIC, FocalPoint
from registrations.enums import EntityKind, Status
from registrations.errors import EntityNotEligible, ListedTwice, RegistrationNotOpen, UnknownEntity, UnknownSession
from registrations.models import Delegation, HistoryEntry, OutboxMessage, Participant, Submission
from registrations.operations.register import register
from registrations.operations.withdraw import withdraw
from tests.make import (
    NOW,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    a_sign_up,
    an_entity,
    kinds_owed_to,
    participants_of,
    sign_up,
    status_of,
)

pytestmark = pytest.mark.django_db


def written_rows() -> list[int]:
    return [model.objects.count() for model in (Delegation, Participant, HistoryEntry, OutboxMessage, Submission)]


def test_registering_one_person_confirms_them_and_owes_an_invitation_for_each_session():
    meeting = a_meeting()
    person = a_person(honorific="S.E. Sra.", given_names="María José", family_names="de la Cruz y Ñáñez", phone="+41 22 700 00 00")

    submission = sign_up(meeting, person)

    participant = Participant.objects.get()
    assert submission.lines == [
        {"participant": participant.pk, "reference": participant.reference, "name": "S.E. Sra. María José de la Cruz y Ñáñez", "status": "confirmed"}
    ]
    assert (participant.given_names, participant.family_names, participant.phone) == ("María José", "de la Cruz y Ñáñez", "+41 22 700 00 00")
    assert participant.status == Status.CONFIRMED
    assert participant.consented_at == NOW
    assert [session.number for session in participant.sessions.all()] == [1, 2]
    assert kinds_owed_to(participant) == ["invitation", "invitation"]
    assert [(entry.event, entry.actor, entry.status) for entry in participant.history.all()] == [("register", "public form", "confirmed")]


def test_an_organization_is_received_for_review():
    participant = a_pending_participant(a_meeting())

    assert participant.status == Status.PENDING
    assert kinds_owed_to(participant) == ["received"]


def test_a_whole_delegation_keeps_its_order():
    meeting = a_meeting()

    submission = sign_up(meeting, a_person(family_names="Uno"), a_person(family_names="Dos"), a_person(family_names="Tres"))

    assert [(p.order, p.family_names) for p in participants_of(submission)] == [(1, "Uno"), (2, "Dos"), (3, "Tres")]


def test_the_first_participant_is_the_focal_point_and_gets_no_summary():
    meeting = a_meeting()
    participant = a_participant(meeting)

    assert participant.delegation.focal_point_email == participant.email
    assert "summary" not in kinds_owed_to(participant)


def test_a_focal_point_who_does_not_take_part_gets_one_summary():
    meeting = a_meeting()
    focal_point = FocalPoint(name="Rosa Archivo", email="protocolo@mision.example.org", language="es")

    sign_up(meeting, a_person(), a_person(), focal_point=focal_point)

    summaries = OutboxMessage.objects.filter(kind="summary")
    assert [(message.recipient_email, message.language, len(message.submission.lines)) for message in summaries] == [
        ("protocolo@mision.example.org", "es", 2)
    ]


def test_a_second_sign_up_for_the_same_mission_joins_its_delegation_and_leaves_the_focal_point():
    meeting = a_meeting()
    first = a_participant(meeting)
    second = a_participant(meeting)

    assert first.delegation_id == second.delegation_id
    assert second.order == 2
    assert second.delegation.focal_point_email == first.email


def test_a_listed_organization_is_found_by_its_name_in_either_language_or_its_acronym():
    meeting = a_meeting()
    listed = an_entity(
        "org-gichd",
        "Geneva International Centre for Humanitarian Demining",
        "Centro Internacional de Desminado Humanitario de Ginebra",
        kind=EntityKind.NGO,
        acronym_en="GICHD",
    )
    typed = ["geneva international centre for  humanitarian demining", "Centro internacional de desminado humanitario de Ginebra", "GICHD"]

    delegations = {a_pending_participant(meeting, organization=name).delegation for name in typed}

    assert [delegation.entity for delegation in delegations] == [listed]


def test_an_unknown_organization_is_taken_as_typed_and_joined_by_the_next_spelling():
    meeting = a_meeting()
    first = a_pending_participant(meeting, organization="Fundación Ñandutí")
    second = a_pending_participant(meeting, organization="FUNDACION  ÑANDUTI")

    assert first.delegation == second.delegation
    assert str(first.delegation) == "Fundación Ñandutí"


def test_the_same_person_again_is_no_twin_and_the_answer_does_not_tell():
    meeting = a_meeting()
    first = a_participant(meeting, given_names="Íñigo", family_names="Núñez  Peña", email="inigo@example.org")

    answer = sign_up(meeting, a_person(given_names="inigo", family_names="NUNEZ PEÑA", email="Inigo@Example.org")).lines[0]

    assert Participant.objects.count() == 1
    assert (answer["name"], answer["status"], answer["participant"]) == ("Sra. inigo NUNEZ PEÑA", "confirmed", first.pk)
    assert answer["reference"] != first.reference
    assert kinds_owed_to(first) == ["already_registered", "invitation", "invitation"]


def test_somebody_who_is_registered_gets_one_reminder_a_day_however_often_the_form_comes():
    meeting = a_meeting()
    person = a_person()
    for hour in range(3):
        sign_up(meeting, person, now=NOW + timedelta(hours=hour))

    assert kinds_owed_to(Participant.objects.get()).count("already_registered") == 1


def test_somebody_who_withdrew_can_register_anew():
    meeting = a_meeting()
    person = a_person()
    withdrawn = participants_of(sign_up(meeting, person))[0]
    withdraw(withdrawn, actor=PUBLIC, now=NOW)

    again = participants_of(sign_up(meeting, person))[0]

    assert again != withdrawn
    assert status_of(again) == Status.CONFIRMED


def test_the_same_form_sent_twice_registers_once_and_gets_the_same_answer():
    meeting = a_meeting()
    an_entity()
    details = a_sign_up(a_person(), a_person())
    geneva = meeting.delegation_types.get(code="geneva_mission")
    first = register(geneva, details=details, actor=PUBLIC, now=NOW)
    written = written_rows()

    second = register(geneva, details=details, actor=PUBLIC, now=NOW + timedelta(seconds=1))

    assert second.lines == first.lines
    assert written_rows() == written


def test_people_who_share_a_mailbox_share_one_invitation_for_each_session():
    meeting = a_meeting()
    shared = "mision.peru@example.org"

    submission = sign_up(meeting, a_person(email=shared), a_person(email=shared.upper(), sessions=frozenset({1})), a_person(email=shared))

    assert len(participants_of(submission)) == 3
    assert sorted(OutboxMessage.objects.values_list("kind", "session__number")) == [("invitation", 1), ("invitation", 2)]


def test_when_the_seats_are_taken_the_next_go_on_the_waiting_list():
    meeting = a_meeting(seats=2)

    submission = sign_up(meeting, a_person(), a_person(), a_person())

    assert [line["status"] for line in submission.lines] == ["confirmed", "confirmed", "waiting"]
    assert kinds_owed_to(participants_of(submission)[2]) == ["waiting"]


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        ({"registration_opens_at": NOW + timedelta(days=1)}, NOW),
        ({"registration_closes_at": NOW - timedelta(seconds=1)}, NOW),
        ({}, NOW + timedelta(days=60)),
        ({"is_published": False}, NOW),
        ({"sessions": 0}, NOW),
    ],
    ids=["not yet", "closed", "over", "unpublished", "no sessions"],
)
def test_a_meeting_that_is_not_open_refuses_and_writes_nothing(fields, moment):
    meeting = a_meeting(**fields)

    with pytest.raises(RegistrationNotOpen):
        sign_up(meeting, now=moment)

    assert written_rows() == [0, 0, 0, 0, 0]


def test_a_state_that_is_not_invited_is_refused_by_name_and_nothing_is_written():
    meeting = a_meeting()
    an_entity("EC", "Ecuador", "Ecuador", groups=["un_member", "oas_member"])

    with pytest.raises(EntityNotEligible) as refusal:
        sign_up(meeting, entity="EC", type_code="oas_observer")

    assert "Ecuador" in str(refusal.value)
    assert written_rows() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("code", ["ZZ", "", "org-gichd"])
def test_an_entity_that_is_not_on_the_list_is_refused(code):
    meeting = a_meeting()
    an_entity("org-gichd", "GICHD", "GICHD", kind=EntityKind.NGO)
    an_entity()
    details = a_sign_up(entity=code)

    with pytest.raises(UnknownEntity):
        register(meeting.delegation_types.get(code="geneva_mission"), details=details, actor=PUBLIC, now=NOW)

    assert written_rows() == [0, 0, 0, 0, 0]


def test_namibia_is_the_text_na():
    an_entity("NA", "Namibia", "Namibia")

    submission = sign_up(a_meeting(), entity="NA")

    assert submission.delegation.entity.name_en == "Namibia"


@pytest.mark.parametrize("sessions", [frozenset({3}), frozenset({1, 9}), frozenset()])
def test_an_unknown_session_is_refused_with_the_person_it_concerns(sessions):
    meeting = a_meeting()

    with pytest.raises(UnknownSession) as refusal:
        sign_up(meeting, a_person(), a_person(sessions=sessions))

    assert refusal.value.facts["person"] == 1
    assert written_rows() == [0, 0, 0, 0, 0]


def test_the_same_person_twice_on_one_form_is_refused_with_their_name():
    meeting = a_meeting()
    person = a_person(given_names="Ana", family_names="Núñez", email="ana@example.org")
    again = a_person(given_names="ANA", family_names="Nunez", email="Ana@example.org")

    with pytest.raises(ListedTwice) as refusal:
        sign_up(meeting, person, again)

    assert "ANA Nunez" in str(refusal.value)
    assert written_rows() == [0, 0, 0, 0, 0]


def test_a_fault_of_the_database_is_not_taken_for_a_repeated_form(monkeypatch):
    def broken(*_args, **_kwargs):
        raise IntegrityError("disk full")

    meeting = a_meeting()
    monkeypatch.setattr("registrations.operations.register.save", broken)

    with pytest.raises(IntegrityError):
        sign_up(meeting)

    assert written_rows() == [0, 0, 0, 0, 0]
