"""What search engines read of a meeting on its page (schema.org, Open Graph)."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from registrations.models import Meeting
from tests.dialogue import BEFORE, load_dialogue
from tests.published import publish_change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting() -> Meeting:
    return load_dialogue()


def page(client: Client, language: str = "en") -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/{language}/mine-free-americas/").content, "html.parser")


def event(client: Client, language: str = "en") -> Any:
    [block] = page(client, language).select('script[type="application/ld+json"]')
    return json.loads(str(block.string))


def changed(meeting: Meeting, number: int, **columns: Any) -> None:
    publish_change(meeting.sessions.get(number=number), now=BEFORE + timedelta(hours=1), **columns)


def test_the_meeting_is_an_event_with_one_event_for_each_session(client: Client, meeting: Meeting) -> None:
    told = event(client, "es")

    sessions = told.pop("subEvent")
    assert told == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Diálogo Regional de Partes sobre Desminado Humanitario",
        "description": meeting.subtitle_es,
        "url": "http://localhost/es/mine-free-americas/",
        "inLanguage": "es",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "name": meeting.place_es, "url": "http://localhost/es/mine-free-americas/"},
        "startDate": "2027-02-10T14:00:00Z",
        "endDate": "2027-02-11T17:00:00Z",
        "organizer": [{"@type": "Organization", "name": host.name_es} for host in meeting.hosts.exclude(role="funder")],
        "funder": [{"@type": "Organization", "name": host.name_es} for host in meeting.hosts.filter(role="funder")],
    }
    assert [(each["startDate"], each["endDate"], each["url"]) for each in sessions] == [
        (f"2027-02-{day}T14:00:00Z", f"2027-02-{day}T17:00:00Z", f"http://localhost/es/mine-free-americas/#session-{number}")
        for number, day in ((1, 10), (2, 11))
    ]


def test_a_moved_session_is_rescheduled_and_tells_when_it_was_to_be(client: Client, meeting: Meeting) -> None:
    session = meeting.sessions.get(number=1)
    changed(meeting, 1, starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1))

    told = event(client)

    assert told["eventStatus"] == "https://schema.org/EventRescheduled"
    assert [each["eventStatus"] for each in told["subEvent"]] == ["https://schema.org/EventRescheduled", "https://schema.org/EventScheduled"]
    assert [each.get("previousStartDate") for each in told["subEvent"]] == ["2027-02-10T14:00:00Z", None]
    assert told["subEvent"][0]["startDate"] == told["startDate"] == "2027-02-10T15:00:00Z"


def test_a_cancelled_session_is_cancelled_and_the_meeting_with_the_last_of_them(client: Client, meeting: Meeting) -> None:
    changed(meeting, 1, is_cancelled=True)
    first = event(client)
    changed(meeting, 2, is_cancelled=True)
    both = event(client)

    assert [each["eventStatus"] for each in first["subEvent"]] == ["https://schema.org/EventCancelled", "https://schema.org/EventScheduled"]
    assert (first["eventStatus"], first["startDate"]) == ("https://schema.org/EventScheduled", "2027-02-11T14:00:00Z")
    assert (both["eventStatus"], both["startDate"]) == ("https://schema.org/EventCancelled", "2027-02-10T14:00:00Z")


def test_no_text_can_end_the_block(client: Client) -> None:
    hostile = '</script><script>alert("&")</script>'
    load_dialogue(change=lambda file: file["meeting"].update(title_en=hostile))

    assert event(client)["name"] == hostile
    assert len(page(client).select("script")) == 2


def test_a_shared_link_shows_the_meeting_with_a_picture(client: Client, meeting: Meeting) -> None:
    shown = page(client, "es")

    told = {tag["property"]: tag["content"] for tag in shown.select("meta[property]")}
    assert told["og:title"] == "Diálogo Regional de Partes sobre Desminado Humanitario"
    assert told["og:type"] == "website"
    assert told["og:url"] == "http://localhost/es/mine-free-americas/"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("es_419", "en_GB")
    assert told["og:image"] == "http://localhost/static/dialogo/card.png"


def test_the_mails_hold_no_such_data() -> None:
    """Gmail would make a second entry of it."""
    templates = (settings.BASE_DIR / "templates" / "mail").rglob("*.html")
    assert not [template.name for template in templates if "ld+json" in template.read_text(encoding="utf-8")]
