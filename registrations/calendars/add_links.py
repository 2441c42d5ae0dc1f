"""Links that put a session into somebody's web calendar by hand. The entries they make never update themselves."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from registrations.calendars.entries import summary_of
from registrations.calendars.texts import cleaned_line
from registrations.models import Session
from registrations.rules.bilingual import wording_of


@dataclass(frozen=True)
class AddLink:
    label: str
    url: str


def add_links(session: Session, *, language: str, url: str) -> list[AddLink]:
    """One link for each of the web calendars that have such an address; `url` is the page that the entry points to."""
    text = cleaned_line(summary_of(session, language=language))
    place = cleaned_line(wording_of(session.meeting, "place", language=language).text)
    outlook = _outlook(session, text=text, place=place, url=url)
    return [
        AddLink("Google Calendar", _google(session, text=text, place=place, url=url)),
        AddLink("Outlook.com", f"https://outlook.live.com/calendar/0/deeplink/compose?{outlook}"),
        AddLink("Office 365", f"https://outlook.office.com/calendar/0/deeplink/compose?{outlook}"),
        AddLink("Yahoo", _yahoo(session, text=text, place=place, url=url)),
    ]


def _google(session: Session, *, text: str, place: str, url: str) -> str:
    dates = f"{_basic(session.starts_at)}/{_basic(session.ends_at)}"
    query = {"action": "TEMPLATE", "text": text, "dates": dates, "details": url, "location": place, "ctz": session.meeting.time_zone}
    return f"https://calendar.google.com/calendar/render?{_query(query)}"


def _outlook(session: Session, *, text: str, place: str, url: str) -> str:
    times = {"startdt": _extended(session.starts_at), "enddt": _extended(session.ends_at)}
    return _query({"path": "/calendar/action/compose", "rru": "addevent", **times, "subject": text, "body": url, "location": place})


def _yahoo(session: Session, *, text: str, place: str, url: str) -> str:
    times = {"st": _basic(session.starts_at), "et": _basic(session.ends_at)}
    return "https://calendar.yahoo.com/?" + _query({"v": "60", "title": text, **times, "desc": url, "in_loc": place})


def _query(values: dict[str, str]) -> str:
    """The values as a query whose spaces are %20: these calendars show a "+" as it stands."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())


def _basic(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _extended(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
