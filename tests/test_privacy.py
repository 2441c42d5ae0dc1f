"""People's data leaves no trace in logs and goes to no other host."""

import logging

import pytest
from django.test import Client

from dialogo.logs import WithoutTokens
from registrations.links import delegation_token, participant_token
from registrations.models import Delegation, Participant
from tests.make import a_meeting, a_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Every line that the site would write."""
    lines: list[str] = []

    class Writer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    writer = Writer()
    writer.addFilter(WithoutTokens())
    root = logging.getLogger()
    root.addHandler(writer)
    yield lines
    root.removeHandler(writer)


@pytest.mark.parametrize("answer", ["forged", "revoked", "mistyped"])
def test_a_refused_personal_address_is_logged_without_its_token(log, answer):
    participant = a_participant(a_meeting())
    token = participant_token(participant)
    if answer == "revoked":
        Participant.objects.update(link_version=2)
    client = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False

    client.post(f"/en/p/{token}{'x' if answer == 'mistyped' else ''}/", {"action": "withdraw"})

    assert any("/en/p/.../" in line for line in log)
    assert token not in "\n".join(log)


@pytest.mark.parametrize("rest", ["", "people/1/", "note/", "add/", "focal-point/"])
def test_a_refused_address_of_a_delegation_is_logged_without_its_token(log, rest):
    token = delegation_token(a_participant(a_meeting()).delegation)
    Delegation.objects.update(link_version=2)

    Client().get(f"/en/d/{token}/{rest}")

    assert any(f"/en/d/.../{rest}" in line for line in log)
    assert token not in "\n".join(log)


def test_the_content_security_policy_allows_nothing_inline_and_no_other_host(client):
    a_meeting(slug="dialogue")

    policy = client.get("/en/dialogue/register/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
