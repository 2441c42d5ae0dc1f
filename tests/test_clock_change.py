"""Sessions around the change of clocks, and over midnight: every page, mail and file tells the same hours as its instants.

Washington changed its clock on 14 March 2021, Geneva on 28 March, Quito and Lima never do.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from registrations.calendars.own import own_calendar
from registrations.calendars.programme import programme_calendar
from registrations.links import participant_token
from registrations.models import Participant
from tests import ical_js
from tests.mail_rows import words_of_html
from tests.make import NOW, a_meeting, a_participant, a_session
from tests.model_calendar import calendar_in
from tests.smtp import SmtpServer
from tests.web_form import soup
from tests.worker import deliver

pytestmark = pytest.mark.django_db
BEFORE = datetime(2021, 1, 20, 10, tzinfo=UTC)
ZONES = {"Geneva": "Europe/Zurich", "Lima": "America/Lima", "Washington": "America/New_York"}


@dataclass(frozen=True)
class Occasion:
    """A session of three hours: what each zone's clock shows at its start, and what is written in each language."""

    starts_at: datetime
    clocks: dict[str, str]
    day: dict[str, str]
    hours: dict[str, list[str]]


OCCASIONS = {
    "10 February": Occasion(
        datetime(2021, 2, 10, 14, tzinfo=UTC),
        {"Geneva": "10 15:00", "Lima": "10 09:00", "Washington": "10 09:00"},
        {"en": "Wednesday 10 February 2021", "es": "miércoles 10 de febrero de 2021"},
        {
            "en": ["15:00-18:00 Geneva (GMT+1)", "09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"],
            "es": ["15:00-18:00 Ginebra (GMT+1)", "09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)"],
        },
    ),
    "15 March": Occasion(
        datetime(2021, 3, 15, 14, tzinfo=UTC),
        {"Geneva": "15 15:00", "Lima": "15 09:00", "Washington": "15 10:00"},
        {"en": "Monday 15 March 2021", "es": "lunes 15 de marzo de 2021"},
        {
            "en": ["15:00-18:00 Geneva (GMT+1)", "09:00-12:00 Quito and Lima (GMT-5)", "10:00-13:00 Washington, D.C. (GMT-4)"],
            "es": ["15:00-18:00 Ginebra (GMT+1)", "09:00-12:00 Quito y Lima (GMT-5)", "10:00-13:00 Washington D. C. (GMT-4)"],
        },
    ),
    "30 March": Occasion(
        datetime(2021, 3, 30, 13, tzinfo=UTC),
        {"Geneva": "30 15:00", "Lima": "30 08:00", "Washington": "30 09:00"},
        {"en": "Tuesday 30 March 2021", "es": "martes 30 de marzo de 2021"},
        {
            "en": ["15:00-18:00 Geneva (GMT+2)", "08:00-11:00 Quito and Lima (GMT-5)", "09:00-12:00 Washington, D.C. (GMT-4)"],
            "es": ["15:00-18:00 Ginebra (GMT+2)", "08:00-11:00 Quito y Lima (GMT-5)", "09:00-12:00 Washington D. C. (GMT-4)"],
        },
    ),
    "midnight in Geneva": Occasion(
        datetime(2021, 2, 10, 21, 30, tzinfo=UTC),
        {"Geneva": "10 22:30", "Lima": "10 16:30", "Washington": "10 16:30"},
        {"en": "Wednesday 10 February 2021", "es": "miércoles 10 de febrero de 2021"},
        {
            "en": ["22:30-01:30 (+1 day) Geneva (GMT+1)", "16:30-19:30 Quito, Lima and Washington, D.C. (GMT-5)"],
            "es": ["22:30-01:30 (+1 día) Ginebra (GMT+1)", "16:30-19:30 Quito, Lima y Washington D. C. (GMT-5)"],
        },
    ),
    "midnight in Lima": Occasion(
        datetime(2021, 3, 16, 3, 30, tzinfo=UTC),
        {"Geneva": "16 04:30", "Lima": "15 22:30", "Washington": "15 23:30"},
        {"en": "Tuesday 16 March 2021", "es": "martes 16 de marzo de 2021"},
        {
            "en": [
                "04:30-07:30 Geneva (GMT+1)",
                "22:30 (previous day)-01:30 Quito and Lima (GMT-5)",
                "23:30 (previous day)-02:30 Washington, D.C. (GMT-4)",
            ],
            "es": [
                "04:30-07:30 Ginebra (GMT+1)",
                "22:30 (día anterior)-01:30 Quito y Lima (GMT-5)",
                "23:30 (día anterior)-02:30 Washington D. C. (GMT-4)",
            ],
        },
    ),
}
every_occasion = pytest.mark.parametrize("occasion", OCCASIONS.values(), ids=OCCASIONS.keys())
both_languages = pytest.mark.parametrize("language", ["en", "es"])


def a_participant_of(occasion: Occasion, language: str) -> Participant:
    cache.clear()
    meeting = a_meeting(sessions=0, slug="dialogue", registration_closes_at=None, changed_at=BEFORE)
    a_session(meeting, number=1, starts_at=occasion.starts_at, ends_at=occasion.starts_at + timedelta(hours=3))
    return a_participant(meeting, now=BEFORE, language=language, sessions=frozenset({1}))


def words(text: str) -> str:
    return " ".join(text.split()).replace(" )", ")")


def assert_instants(ics: bytes, occasion: Occasion) -> None:
    """ical.js finds the instants, and each place's clock shows at them what the texts say."""
    [event] = ical_js.read(ics)["events"]
    starts_at, ends_at = ical_js.moment(event["dtstart"]), ical_js.moment(event["dtend"])
    assert (starts_at, ends_at - starts_at) == (occasion.starts_at, timedelta(hours=3))
    assert {place: f"{starts_at.astimezone(ZoneInfo(zone)):%d %H:%M}" for place, zone in ZONES.items()} == occasion.clocks


def hours_in(ics: bytes) -> list[str]:
    [event] = ical_js.read(ics)["events"]
    return [line for line in event["description"]["value"].split("\n") if "(GMT" in line]


@every_occasion
@both_languages
def test_the_pages_tell_the_hours(client: Client, occasion: Occasion, language: str) -> None:
    participant = a_participant_of(occasion, language)

    with time_machine.travel(BEFORE, tick=False):
        programme, own = (soup(client.get(f"/{language}/{path}/")) for path in ("dialogue", f"p/{participant_token(participant)}"))

    for page in (programme, own):
        shown = words(page.main.get_text(" "))
        assert occasion.day[language].lower() in shown.lower()
    times = words(own.select_one(".times").text)
    assert times == " · ".join(occasion.hours[language])
    assert times in words(programme.main.text)


@every_occasion
@both_languages
def test_the_mail_and_its_entry_tell_the_hours(occasion: Occasion, language: str, mail_over_smtp: SmtpServer) -> None:
    a_participant_of(occasion, language)

    deliver(now=BEFORE)

    [received] = mail_over_smtp.received
    mail = message_from_bytes(received.content, policy=policy.default)
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for text in (words(plain), words(words_of_html(html))):
        assert occasion.day[language] in text
        assert [hours for hours in occasion.hours[language] if hours not in text] == []
    ics = calendar_in(received.content)
    assert_instants(ics, occasion)
    assert hours_in(ics) == occasion.hours[language]


@every_occasion
@both_languages
def test_the_files_tell_the_hours(occasion: Occasion, language: str) -> None:
    participant = a_participant_of(occasion, language)

    for ics in (own_calendar(participant, now=NOW), programme_calendar(participant.meeting, language=language)):
        assert_instants(ics, occasion)
        assert hours_in(ics) == occasion.hours[language]
