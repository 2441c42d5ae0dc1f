import pytest

from registrations.enums import Role
from registrations.models import Participant
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import a_meeting, a_participant, kinds_owed_to, status_of

pytestmark = pytest.mark.django_db


def typed(participant: Participant, **fields: object) -> dict[str, object]:
    """What the form on the participant's page sends when nothing but `fields` is changed."""
    names = ["honorific", "given_names", "family_names", "role", "position", "institution", "email", "phone", "language", "accessibility_needs"]
    sessions = [session.number for session in participant.sessions.all()]
    return {name: getattr(participant, name) for name in names} | {"sessions": sessions} | fields


def save(desk, participant: Participant, **fields: object):
    return desk.post(f"{PARTICIPANTS}{participant.pk}/change/", typed(participant, **fields))


def test_a_correction_goes_through_the_operation():
    participant = a_participant(a_meeting(), accessibility_needs="Subtítulos")

    answer = save(a_desk(), participant, given_names="Ana  Ma.", family_names="VON der Leyen", role="adviser", sessions=[2], phone="+41 22 1")

    assert answer.status_code == 302
    corrected = Participant.objects.get(pk=participant.pk)
    assert (corrected.given_names, corrected.family_names, corrected.role, corrected.phone) == ("Ana  Ma.", "VON der Leyen", Role.ADVISER, "+41 22 1")
    assert corrected.search_text.startswith("ana ma von der leyen")
    assert [session.number for session in corrected.sessions.all()] == [2]
    assert kinds_owed_to(corrected) == ["cancellation", "invitation", "invitation", "invitation"]
    entry = corrected.history.latest("pk")
    assert (entry.event, entry.actor) == ("amend", "Eva Jefa")
    assert set(entry.facts["changes"]) == {"given_names", "family_names", "role", "phone", "sessions"}
    assert entry.facts["changes"]["sessions"] == [[1, 2], [2]]


def test_saving_without_a_change_leaves_no_trace():
    participant = a_participant(a_meeting(), accessibility_needs="Subtítulos\ny rampa", phone="+41 22 123")

    save(a_desk(), participant)

    assert [entry.event for entry in participant.history.all()] == ["register"]
    assert kinds_owed_to(participant) == ["invitation", "invitation"]


def test_a_refusal_is_an_error_of_the_form_and_nothing_typed_is_lost():
    meeting = a_meeting()
    other, participant = a_participant(meeting), a_participant(meeting)
    same = {"given_names": other.given_names, "family_names": other.family_names, "email": other.email}

    page = save(a_desk(), participant, position="Agregado militar", **same)

    errors = page.context["adminform"].form.errors
    assert errors == {"email": [f"{other.full_name} is already registered in this delegation with this e-mail address."]}
    assert 'value="Agregado militar"' in page.content.decode()
    participant.refresh_from_db()
    assert participant.position == "Embajadora"
    assert participant.history.count() == 1


def test_a_session_of_another_meeting_is_refused_by_the_operation():
    participant = a_participant(a_meeting())

    page = save(a_desk(), participant, sessions=[1, 7])

    assert list(page.context["adminform"].form.errors) == ["sessions"]
    assert participant.sessions.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("family_names", ""), ("email", "nobody"), ("position", "Line\nbreak"), ("language", "fr"), ("sessions", [])],
)
def test_malformed_input_never_reaches_the_operation(field, value):
    participant = a_participant(a_meeting())

    page = save(a_desk(), participant, **{field: value})

    assert list(page.context["adminform"].form.errors) == [field]
    assert participant.history.count() == 1


def test_bookkeeping_is_not_changed_by_what_is_sent():
    participant = a_participant(a_meeting())

    save(a_desk(), participant, status="declined", reference="AAAA-AAAA", position="Consejera", link_version=9)

    corrected = Participant.objects.get(pk=participant.pk)
    assert (corrected.position, corrected.reference, corrected.link_version) == ("Consejera", participant.reference, 1)
    assert status_of(participant) == "confirmed"


def test_whoever_may_only_look_corrects_nothing():
    participant = a_participant(a_meeting())

    answer = save(desk_of(an_organizer("view_participant")), participant, position="Consejera")

    participant.refresh_from_db()
    assert (answer.status_code, participant.position) == (403, "Embajadora")
