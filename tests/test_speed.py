"""Speed as counts: statements for each page and each sign-up."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.links import participant_token
from tests.make import NOW, a_meeting, a_participant, an_entity
from tests.web_form import GENEVA, ORGANIZATION, open_form, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        an_entity("PE", "Peru", "Perú")
        yield a_meeting(slug="dialogue")


def statements(call) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = call()
    assert response.status_code == 200
    return len(captured)


def sign_up_statements(client, path: str, *, people: int) -> int:
    values = open_form(client, f"/en/dialogue/{path}")
    for index in range(people):
        values |= somebody(index)
    values["participants-TOTAL_FORMS"] = str(people)
    with time_machine.travel(NOW.replace(hour=11)):
        return statements(lambda: client.post(f"/en/dialogue/{path}", values))


@pytest.mark.parametrize(("path", "count"), [(GENEVA, 13), (ORGANIZATION, 14)])
def test_signing_up_one_person_takes_so_many_statements_with_begin_and_commit(client, meeting, path, count):
    assert sign_up_statements(client, path, people=1) == count


def test_a_limit_of_seats_costs_one_statement_more(client, meeting):
    meeting.seats = 10
    meeting.save()

    assert sign_up_statements(client, GENEVA, people=1) == 14


def test_further_people_cost_no_further_statement(client, meeting):
    assert sign_up_statements(client, GENEVA, people=18) == 13


def test_joining_a_delegation_costs_no_more_even_with_its_digest(client, meeting):
    a_participant(meeting)

    assert sign_up_statements(client, GENEVA, people=18) == 13


@pytest.mark.parametrize(("path", "count"), [("register/", 2), (GENEVA, 4), (ORGANIZATION, 4)])
def test_the_sign_up_pages_take_a_constant_number_of_statements(client, meeting, path, count):
    assert statements(lambda: client.get(f"/en/dialogue/{path}")) == count


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_participants_page_takes_the_same_statements_at_any_number_of_sessions(client, meeting, sessions):
    participant = a_participant(a_meeting(sessions=sessions), sessions=frozenset(range(1, sessions + 1)))

    assert statements(lambda: client.get(f"/en/p/{participant_token(participant)}/")) == 3
