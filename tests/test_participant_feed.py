"""The address under which a calendar subscribes to a participant's own sessions."""

from urllib.parse import urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup

from registrations.details import PARTICIPANT
from registrations.links import calendar_token, calendar_url, participant_token
from registrations.models import Participant
from registrations.operations.withdraw import withdraw
from tests.make import NOW, a_meeting, a_participant, a_pending_participant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def participant():
    return a_participant(a_meeting(slug="dialogue", join_url="https://zoom.example.com/j/secret-room"))


def feed_of(participant):
    return urlsplit(calendar_url(participant)).path


def test_the_page_offers_the_subscription_and_says_that_it_is_one_or_the_other(client, participant):
    page = BeautifulSoup(client.get(f"/es/p/{participant_token(participant)}/").content, "html.parser")

    offered = page.find("summary", string="Suscribirse a sus sesiones").parent
    links = [link["href"] for link in offered.select("a")]
    assert links[0] == calendar_url(participant).replace("http://", "webcal://")
    assert [urlsplit(link).netloc for link in links[1:]] == ["calendar.google.com", "outlook.live.com", "outlook.office.com"]
    assert "pero no ambas" in offered.get_text()
    assert participant_token(participant) not in str(offered)


def test_nobody_else_is_offered_a_subscription(client):
    person = a_pending_participant(a_meeting())

    assert calendar_token(person) not in client.get(f"/en/p/{participant_token(person)}/").content.decode()


def test_the_feed_is_the_participants_own_file_and_kept_for_minutes_by_them_alone(client, participant):
    response = client.get(feed_of(participant))

    assert response.content == client.get(f"/en/p/{participant_token(participant)}/calendar.ics").content
    assert response.content.count(b"BEGIN:VEVENT") == 2
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="dialogue.ics"'
    assert response["Cache-Control"] == "private, max-age=300"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Last-Modified"] == "Wed, 20 Jan 2027 10:00:00 GMT"
    assert b"secret-room" not in response.content
    assert b"/join/" not in response.content


def test_the_feeds_address_opens_nothing_else(client, participant):
    token = calendar_token(participant)

    for rest in ("", "edit/", "withdraw/", "data/", "data.json", "data/erase/", "join/1/"):
        assert client.get(f"/en/p/{token}/{rest}").status_code == 404
    assert client.post(f"/en/p/{token}/", {"action": "withdraw"}).status_code == 404


def test_a_reader_who_has_the_bytes_gets_304(client, participant):
    first = client.get(feed_of(participant))

    by_etag = client.get(feed_of(participant), headers={"if-none-match": first["ETag"]})
    by_date = client.get(feed_of(participant), headers={"if-modified-since": first["Last-Modified"]})

    assert not first["ETag"].startswith("W/")
    assert [(response.status_code, response.content) for response in (by_etag, by_date)] == [(304, b""), (304, b"")]
    assert client.head(feed_of(participant))["ETag"] == first["ETag"]


def test_the_feed_is_empty_as_soon_as_the_participant_has_withdrawn(client, clock, participant):
    first = client.get(feed_of(participant))
    clock.shift(60)
    withdraw(participant, actor=PARTICIPANT, now=NOW.replace(minute=1))

    response = client.get(feed_of(participant), headers={"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]})

    assert response.status_code == 200
    assert b"VEVENT" not in response.content
    assert client.get(feed_of(participant), headers={"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_a_revoked_or_forged_address_shows_nothing(client, participant):
    address = feed_of(participant)
    Participant.objects.update(link_version=2)

    revoked, forged = client.get(address), client.get(address.replace("/calendar", "x/calendar"))

    assert (revoked.status_code, forged.status_code) == (410, 404)
    assert "no-store" in revoked["Cache-Control"]
    assert b"VEVENT" not in revoked.content + forged.content


def test_the_feed_costs_seven_statements(client, participant, django_assert_num_queries):
    client.get(feed_of(participant))

    with django_assert_num_queries(7):
        client.get(feed_of(participant))
