"""Return for correction, resubmission, changes after the confirmation, promotion, coming back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from registrations.details import PARTICIPANT
from registrations.enums import Status
from registrations.errors import (
    AlreadyRegistered,
    NoFieldTicked,
    NothingCorrected,
    NothingToReview,
    NotWaiting,
    PromotionReasonMissing,
    ReasonMissing,
    RegistrationNotOpen,
    TooLateToChange,
    TransitionNotAllowed,
)
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.operations.accept_changes import accept_changes
from registrations.operations.amend import amend
from registrations.operations.promote import promote
from registrations.operations.rejoin import rejoin
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.make import (
    NOW,
    ORGANIZER,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    confirmed,
    kinds_owed_to,
    participants_of,
    sign_up,
    status_of,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
NOTES = {"en": "Write the position in full.", "es": "Escriba el cargo completo."}


def returned(participant: Participant) -> Participant:
    return return_for_correction(participant, fields=["position", "email"], notes=NOTES, actor=ORGANIZER, now=NOW)


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


# --- return and resubmit ---------------------------------------------------------------------------------------------
def test_returning_tells_the_participant_what_to_correct_in_their_language():
    participant = returned(a_pending_participant(a_meeting(), language="es"))

    assert status_of(participant) == Status.RETURNED
    assert fresh(participant).correction == {"fields": ["email", "position"], "note": "Escriba el cargo completo."}
    assert OutboxMessage.objects.get(kind="returned").facts == fresh(participant).correction


@pytest.mark.parametrize(("fields", "notes", "refusal"), [([], NOTES, NoFieldTicked), (["email"], {"en": "Only English"}, ReasonMissing)])
def test_returning_without_a_field_or_a_sentence_is_refused(fields, notes, refusal):
    participant = a_pending_participant(a_meeting(), language="es")

    with pytest.raises(refusal):
        return_for_correction(participant, fields=fields, notes=notes, actor=ORGANIZER, now=NOW)

    assert status_of(participant) == Status.PENDING


def test_somebody_confirmed_is_not_returned():
    with pytest.raises(TransitionNotAllowed):
        returned(a_participant(a_meeting()))


def test_resubmitting_puts_it_back_into_the_queue_with_the_difference():
    participant = returned(a_pending_participant(a_meeting()))
    person = person_on_record(participant)

    resubmit(participant, details=replace(person, position="Directora Ejecutiva"), actor=PARTICIPANT, now=LATER)

    again = fresh(participant)
    assert (again.status, again.position, again.correction) == (Status.PENDING, "Directora Ejecutiva", {})
    assert again.to_review == {"position": ["Embajadora", "Directora Ejecutiva"]}
    assert kinds_owed_to(again) == ["received", "returned", "received"]


def test_sending_in_again_without_any_change_is_refused():
    participant = returned(a_pending_participant(a_meeting()))

    with pytest.raises(NothingCorrected, match="e-mail, position"):
        resubmit(participant, details=person_on_record(participant), actor=PARTICIPANT, now=LATER)

    assert status_of(participant) == Status.RETURNED


def test_a_returned_registration_can_be_corrected_after_registration_has_closed():
    participant = returned(a_pending_participant(a_meeting()))
    Meeting.objects.update(registration_closes_at=NOW)

    resubmit(participant, details=replace(person_on_record(participant), position="Directora"), actor=PARTICIPANT, now=LATER)

    assert status_of(participant) == Status.PENDING


def test_resubmitting_what_was_not_returned_is_refused():
    participant = a_pending_participant(a_meeting())

    with pytest.raises(TransitionNotAllowed):
        resubmit(participant, details=person_on_record(participant), actor=PARTICIPANT, now=LATER)


# --- changes after the confirmation -------------------------------------------------------------------------------------
def test_what_was_confirmed_and_then_changed_waits_for_an_organizers_eye():
    participant = confirmed(a_pending_participant(a_meeting()))
    for position in ("Asesora", "Consejera"):
        amend(participant, details=replace(person_on_record(fresh(participant)), position=position, phone="+51 1"), actor=PARTICIPANT, now=LATER)

    assert (status_of(participant), fresh(participant).to_review) == (Status.CONFIRMED, {"position": ["Embajadora", "Consejera"]})
    accept_changes(participant, actor=ORGANIZER, now=LATER)
    assert fresh(participant).to_review == {}
    with pytest.raises(NothingToReview):
        accept_changes(participant, actor=ORGANIZER, now=LATER)


def test_a_change_taken_back_needs_no_review():
    participant = confirmed(a_pending_participant(a_meeting()))
    before = person_on_record(participant)
    amend(participant, details=replace(before, position="Asesora"), actor=PARTICIPANT, now=LATER)

    amend(participant, details=before, actor=PARTICIPANT, now=LATER)

    assert fresh(participant).to_review == {}


def test_a_type_that_is_not_reviewed_is_not_reviewed_afterwards_either():
    participant = a_participant(a_meeting())

    amend(participant, details=replace(person_on_record(participant), position="Asesora"), actor=PARTICIPANT, now=LATER)

    assert fresh(participant).to_review == {}


@pytest.mark.parametrize(
    ("field", "value"), [("email", "new@example.org"), ("phone", "+51 1"), ("language", "en"), ("accessibility_needs", "Subtítulos")]
)
def test_after_closing_contact_data_can_still_be_changed(field, value):
    participant = a_participant(a_meeting())
    Meeting.objects.update(registration_closes_at=NOW)

    amend(participant, details=replace(person_on_record(participant), **{field: value}), actor=PARTICIPANT, now=LATER)

    assert getattr(fresh(participant), field) == value


@pytest.mark.parametrize(("field", "value"), [("position", "Asesora"), ("family_names", "Otra"), ("sessions", frozenset({1}))])
def test_after_closing_anything_else_is_refused_but_for_the_organizer(field, value, admin_user):
    participant = a_participant(a_meeting())
    Meeting.objects.update(registration_closes_at=NOW)
    details = replace(person_on_record(participant), **{field: value})

    with pytest.raises(TooLateToChange):
        amend(participant, details=details, actor=PARTICIPANT, now=LATER)
    assert participant.history.count() == 1

    amend(participant, details=details, actor=replace(ORGANIZER, user_id=admin_user.pk), now=LATER)
    assert participant.history.count() == 2


# --- coming back ----------------------------------------------------------------------------------------------------------
def test_somebody_who_withdrew_comes_back_while_there_are_seats():
    participant = a_participant(a_meeting(seats=1))
    withdraw(participant, actor=PARTICIPANT, now=NOW)

    rejoin(participant, actor=PARTICIPANT, now=LATER)

    assert status_of(participant) == Status.CONFIRMED
    assert kinds_owed_to(participant).count("invitation") == 4


def test_somebody_who_comes_back_too_late_waits_behind_the_others():
    meeting = a_meeting(seats=1)
    first, second = a_participant(meeting), a_participant(meeting, now=NOW + timedelta(minutes=1))
    third = a_participant(meeting, now=NOW + timedelta(minutes=2))
    withdraw(first, actor=PARTICIPANT, now=NOW + timedelta(minutes=3))

    rejoin(first, actor=PARTICIPANT, now=LATER)
    withdraw(second, actor=PARTICIPANT, now=LATER)

    assert [status_of(each) for each in (first, second, third)] == [Status.WAITING, Status.WITHDRAWN, Status.CONFIRMED]


def test_an_organization_that_comes_back_is_reviewed_again():
    participant = confirmed(a_pending_participant(a_meeting()))
    withdraw(participant, actor=PARTICIPANT, now=NOW)

    rejoin(participant, actor=PARTICIPANT, now=LATER)

    assert status_of(participant) == Status.PENDING


def test_nobody_comes_back_after_closing():
    participant = a_participant(a_meeting())
    withdraw(participant, actor=PARTICIPANT, now=NOW)
    Meeting.objects.update(registration_closes_at=NOW)

    with pytest.raises(RegistrationNotOpen):
        rejoin(participant, actor=PARTICIPANT, now=LATER)

    assert status_of(participant) == Status.WITHDRAWN


def test_nobody_comes_back_beside_their_own_new_registration():
    meeting, person = a_meeting(), a_person()
    first = participants_of(sign_up(meeting, person))[0]
    withdraw(first, actor=PARTICIPANT, now=NOW)
    sign_up(meeting, person, now=LATER)

    with pytest.raises(AlreadyRegistered):
        rejoin(first, actor=PARTICIPANT, now=LATER)

    assert status_of(first) == Status.WITHDRAWN


# --- out of turn ------------------------------------------------------------------------------------------------------------
def test_somebody_promoted_gets_the_next_seat_and_the_reason_stays():
    meeting = a_meeting(seats=1)
    first, second, third = (a_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(3))

    promote(third, reason="Speaks in session 1.", actor=ORGANIZER, now=LATER)
    assert status_of(third) == Status.WAITING
    withdraw(first, actor=PARTICIPANT, now=LATER)

    assert [status_of(each) for each in (second, third)] == [Status.WAITING, Status.CONFIRMED]
    assert third.history.get(event="promote").facts == {"reason": "Speaks in session 1."}


def test_a_promotion_needs_a_reason_and_somebody_who_waits():
    meeting = a_meeting(seats=1)
    seated, waiting = a_participant(meeting), a_participant(meeting)

    with pytest.raises(NotWaiting):
        promote(seated, reason="Speaker", actor=ORGANIZER, now=LATER)
    with pytest.raises(PromotionReasonMissing):
        promote(waiting, reason=" ", actor=ORGANIZER, now=LATER)
