"""Two people correct the same registration at once."""

from dataclasses import replace

import pytest
import time_machine

from registrations.details import FOCAL_POINT, PARTICIPANT
from registrations.errors import ChangedMeanwhile
from registrations.links import delegation_token, participant_token
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.queries.participants import person_on_record
from tests.make import NOW, a_meeting, a_participant
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def own_page(participant: Participant) -> str:
    return f"/en/p/{participant_token(participant)}/edit/"


def focal_points_page(participant: Participant) -> str:
    return f"/es/d/{delegation_token(participant.delegation)}/people/{participant.pk}/"


def test_what_somebody_else_changed_is_not_overwritten():
    participant = a_participant(a_meeting())
    seen = person_on_record(participant)
    amend(participant, details=replace(seen, position="Consejera"), actor=PARTICIPANT, now=NOW)

    with pytest.raises(ChangedMeanwhile) as refusal:
        amend(participant, details=replace(seen, phone="+51 1"), actor=FOCAL_POINT, now=NOW, seen=seen)

    assert refusal.value.facts["changes"] == {"position": ["Embajadora", "Consejera"]}
    assert (fresh(participant).position, fresh(participant).phone) == ("Consejera", "")


def test_the_second_sees_what_changed_loses_nothing_and_can_save(client):
    participant = a_participant(a_meeting(), position="Embajadora", role="head")
    first, second = (values_of(soup(client.get(page(participant)))) for page in (own_page, focal_points_page))
    client.post(own_page(participant), first | {"position": "Consejera", "sessions": ["2"]})

    page = soup(client.post(focal_points_page(participant), second | {"phone": "+51 1 222", "position": "Ministra"}))

    assert "Otra persona ha modificado estos datos" in page.select_one("#problems").text
    rows = [[cell.text for cell in row.select("th, td")] for row in page.select(".differences tbody tr")]
    assert rows == [["Cargo", "Embajadora", "Consejera"], ["Sesiones", "1. Sesión 1; 2. Sesión 2", "2. Sesión 2"]]
    again = values_of(page)
    assert (again["phone"], again["position"], again["sessions"]) == ("+51 1 222", "Ministra", ["2"])
    assert client.post(focal_points_page(participant), again).status_code == 302
    saved = person_on_record(fresh(participant))
    assert (saved.phone, saved.position, saved.sessions) == ("+51 1 222", "Ministra", frozenset({2}))


def test_a_forged_stamp_counts_as_none(client):
    participant = a_participant(a_meeting())
    values = values_of(soup(client.get(own_page(participant))))

    assert client.post(own_page(participant), values | {"seen": "forged", "phone": "+51 1 222"}).status_code == 302
    assert fresh(participant).phone == "+51 1 222"
