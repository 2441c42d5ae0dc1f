from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from registrations.enums import Delivery
from registrations.models import OutboxMessage
from tests import make


def test_alive_needs_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_when_all_is_well(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_when_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("registrations", "0001_initial")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations: not all are applied\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("late", "status", "expected"),
    [
        (timedelta(minutes=14), Delivery.QUEUED, 200),
        (timedelta(minutes=16), Delivery.QUEUED, 503),
        (timedelta(minutes=16), Delivery.SENDING, 503),
        (timedelta(minutes=14), Delivery.UNCERTAIN, 200),
        (timedelta(minutes=16), Delivery.UNCERTAIN, 503),
        (timedelta(days=9), Delivery.SENT, 200),
        (timedelta(days=9), Delivery.FAILED, 200),
        (timedelta(days=9), Delivery.SUPERSEDED, 200),
    ],
)
def test_not_ready_when_mail_that_is_due_does_not_leave(client, late, status, expected):
    make.a_participant(make.a_meeting())
    OutboxMessage.objects.update(status=status, due_at=make.NOW - late)

    with time_machine.travel(make.NOW, tick=False):
        response = client.get("/readyz")

    assert response.status_code == expected
    assert (b"mail has been waiting" in response.content) == (expected == 503)


@pytest.mark.django_db
def test_mail_to_be_sent_later_is_not_late(client):
    make.a_participant(make.a_meeting())
    OutboxMessage.objects.update(due_at=make.NOW + timedelta(days=2))

    with time_machine.travel(make.NOW):
        assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_the_answer_names_nobody(client):
    person = make.a_participant(make.a_meeting())
    OutboxMessage.objects.update(due_at=make.NOW - timedelta(days=2))

    with time_machine.travel(make.NOW):
        answer = client.get("/readyz").content.decode()

    assert person.email not in answer
    assert person.family_names not in answer


@pytest.mark.django_db
def test_not_ready_when_the_database_does_not_answer(client):
    def refuse(*arguments):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"database: does not answer\n")
