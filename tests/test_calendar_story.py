"""One participant's whole story in their calendar: confirmed for two sessions, one is moved, the other cancelled, then they withdraw.

The mails as a real SMTP server got them, what ical.js makes of each, and what the calendar shows after each step are kept in
var/story/calendar/.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from registrations.details import PARTICIPANT
from registrations.models import Meeting, Participant
from registrations.operations.confirm import confirm
from registrations.operations.withdraw import withdraw
from tests import ical_js
from tests.dialogue import BEFORE, load_dialogue
from tests.make import ORGANIZER, a_person, participants_of, sign_up
from tests.model_calendar import ModelCalendar, calendar_in
from tests.published import publish_change
from tests.smtp import SmtpServer
from tests.worker import deliver
from tools import ROOT

pytestmark = pytest.mark.django_db
STORY = ROOT / "var" / "story" / "calendar"
JOIN = "https://zoom.example.com/j/84512?pwd=secret"


class Story:
    """Tells steps, sends what is owed after each, and reads what arrived."""

    def __init__(self, server: SmtpServer) -> None:
        self.server, self.now, self.calendar = server, BEFORE, ModelCalendar()
        self.events: list[dict[str, Any]] = []
        STORY.mkdir(parents=True, exist_ok=True)
        for former in STORY.iterdir():
            former.unlink()

    def tell(self, step: str, act: Callable[[datetime], object]) -> list[dict[str, Any]]:
        """Do something a day later; what ical.js reads in the calendar mails that leave then."""
        self.now += timedelta(days=1)
        act(self.now)
        known = len(self.server.received)
        deliver(now=self.now)
        files = [self._kept(step, mail.content) for mail in self.server.received[known:]]
        self._keep_calendar(step)
        return [file for file in files if file]

    def shown(self) -> list[str]:
        """The entries in their order: "2027-02-10 14:00 Title"."""
        return [f"{starts_at:%Y-%m-%d %H:%M} {summary}" for summary, starts_at, _ends_at in sorted(self.calendar.shown(), key=lambda entry: entry[1])]

    def _kept(self, step: str, content: bytes) -> dict[str, Any] | None:
        self.calendar.receive(content)
        name = f"{len(list(STORY.glob('*.eml'))) + 1:02}-{step.replace(' ', '-')}"
        (STORY / f"{name}.eml").write_bytes(content)
        octets = calendar_in(content)
        if octets is None:
            return None
        read = ical_js.read(octets)
        (STORY / f"{name}.json").write_text(json.dumps(read, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return {"method": read["method"]["value"], "subject": str(message_from_bytes(content, policy=policy.default)["Subject"]), **read["events"][0]}

    def _keep_calendar(self, step: str) -> None:
        with (STORY / "calendar.txt").open("a", encoding="utf-8") as file:
            file.write("\n  ".join([f"after {step}:", *(self.shown() or ["(nothing)"])]) + "\n")


def a_delegate(meeting: Meeting, now: datetime) -> Participant:
    person = a_person(given_names="María", family_names="Muñoz Peña", email="maria.munoz@exteriores.example.com")
    return participants_of(sign_up(meeting, person, now=now))[0]


def numbers(events: list[dict[str, Any]]) -> list[tuple[str, int, str, str]]:
    return [(event["method"], event["sequence"]["value"], event["status"]["value"], event["dtstart"]["value"]) for event in events]


def test_from_the_confirmation_to_the_withdrawal(mail_over_smtp: SmtpServer) -> None:
    meeting = load_dialogue(change=lambda file: file["meeting"].update(join_url=JOIN))
    meeting.delegation_types.update(is_reviewed=True)
    story = Story(mail_over_smtp)
    delegate = a_delegate(meeting, BEFORE)
    title = "Diálogo Regional de Partes sobre Desminado Humanitario"
    first, second = (f"{title}: {session.title_es}" for session in meeting.sessions.all())
    hour = timedelta(hours=1)

    # Confirmed: an invitation for each session.
    one, two = invited = story.tell("confirmed", lambda now: confirm(delegate, actor=ORGANIZER, now=now))
    assert numbers(invited) == [
        ("REQUEST", 0, "CONFIRMED", "2027-02-10T14:00:00+00:00"),
        ("REQUEST", 0, "CONFIRMED", "2027-02-11T14:00:00+00:00"),
    ]
    assert story.shown() == [f"2027-02-10 14:00 {first}", f"2027-02-11 14:00 {second}"]
    assert [event["conference"][0]["value"].rpartition("/join/")[2] for event in invited] == ["1/", "2/"]

    # The first session begins an hour later: the same entry, and the other one is not touched.
    session = meeting.sessions.get(number=1)
    [moved] = story.tell("moved", lambda now: publish_change(session, now=now, starts_at=session.starts_at + hour, ends_at=session.ends_at + hour))
    assert numbers([moved]) == [("REQUEST", 1, "CONFIRMED", "2027-02-10T15:00:00+00:00")]
    assert story.shown() == [f"2027-02-10 15:00 {first}", f"2027-02-11 14:00 {second}"]

    # The second is cancelled.
    [cancelled] = story.tell("cancelled", lambda now: publish_change(meeting.sessions.get(number=2), now=now, is_cancelled=True))
    assert numbers([cancelled]) == [("CANCEL", 1, "CANCELLED", "2027-02-11T14:00:00+00:00")]
    assert story.shown() == [f"2027-02-10 15:00 {first}"]

    # Withdrawn: what is left goes, and of the session that was cancelled nothing comes any more.
    [withdrawn] = story.tell("withdrawn", lambda now: withdraw(delegate, actor=PARTICIPANT, now=now))
    assert numbers([withdrawn]) == [("CANCEL", 2, "CANCELLED", "2027-02-10T15:00:00+00:00")]
    assert story.shown() == []

    assert [moved["uid"], cancelled["uid"], withdrawn["uid"]] == [one["uid"], two["uid"], one["uid"]]
    assert story.calendar.faults == []
    assert {attendee["value"] for event in (one, two, moved, cancelled, withdrawn) for attendee in event["attendee"]} == {
        "mailto:maria.munoz@exteriores.example.com"
    }
    assert not [mail for mail in mail_over_smtp.received if b"zoom" in mail.content]
    threads = [message_from_bytes(mail.content, policy=policy.default) for mail in mail_over_smtp.received if calendar_in(mail.content)]
    assert [mail["In-Reply-To"] for mail in threads] == [None, None, *(threads[number]["Message-ID"] for number in (0, 1, 0))]
    assert len(list(STORY.glob("*.json"))) == 5
