"""The Atom feed of what changed in a programme, read by a parser that knows nothing of us (RFC 4287)."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import override_settings

from registrations.models import Meeting
from tests.make import NOW, a_meeting
from tests.published import publish_change

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting() -> Meeting:
    """A meeting whose first session was moved and whose second was cancelled an hour later."""
    meeting = a_meeting(slug="meeting", join_url="https://meet.example.org/secret-room")
    session = meeting.sessions.get(number=1)
    publish_change(session, now=LATER, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR)
    publish_change(meeting.sessions.get(number=2), now=LATER + HOUR, is_cancelled=True)
    return meeting


def feed_of(client, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(client.get(f"/{language}/meeting/changes.atom").content)


def texts(element: ElementTree.Element, name: str) -> list[str]:
    return [child.text or "" for child in element.findall(f"{ATOM}{name}")]


def links(element: ElementTree.Element) -> dict[tuple[str | None, ...], str | None]:
    return {tuple(map(link.get, ("rel", "type", "hreflang"))): link.get("href") for link in element.findall(f"{ATOM}link")}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_feed_has_what_a_feed_must_have(client, meeting: Meeting, settings, language: str) -> None:
    feed = feed_of(client, language)

    assert (feed.tag, feed.get(XML_LANGUAGE)) == (f"{ATOM}feed", language)
    assert [len(texts(feed, name)) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    assert texts(feed, "updated") == ["2027-01-20T12:00:00Z"]
    author = feed.find(f"{ATOM}author")
    assert author is not None
    assert (texts(author, "name"), texts(author, "email")) == (["Diálogo"], ["desk@dialogo.example.org"])
    site = settings.SITE_URL
    assert links(feed) == {
        ("self", "application/atom+xml", language): f"{site}/{language}/meeting/changes.atom",
        ("alternate", "text/html", "en"): f"{site}/en/meeting/changes/",
        ("alternate", "text/html", "es"): f"{site}/es/meeting/changes/",
    }


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["Version 3: Session 2 (Cancelled)", "Version 2: Session 1", "Version 1"]),
        ("es", ["Versión 3: Sesión 2 (Cancelada)", "Versión 2: Sesión 1", "Versión 1"]),
    ],
)
def test_each_version_is_an_entry_with_what_an_entry_must_have(client, meeting: Meeting, settings, language: str, titles: list[str]) -> None:
    entries = feed_of(client, language).findall(f"{ATOM}entry")

    assert [texts(entry, "title") for entry in entries] == [[title] for title in titles]
    for number, entry in zip((3, 2, 1), entries, strict=True):
        assert [len(texts(entry, name)) for name in ("id", "updated", "published", "content")] == [1, 1, 1, 1]
        assert datetime.fromisoformat(texts(entry, "updated")[0]) == meeting.programme_versions.get(number=number).published_at
        assert links(entry) == {("alternate", "text/html", language): f"{settings.SITE_URL}/{language}/meeting/changes/#version-{number}"}


def test_the_content_is_the_html_of_the_page(client, meeting: Meeting) -> None:
    page = BeautifulSoup(client.get("/en/meeting/changes/").content.decode(), "html.parser")
    [content] = [entry.find(f"{ATOM}content") for entry in feed_of(client).findall(f"{ATOM}entry")][1:2]

    assert content is not None
    assert content.get("type") == "html"
    told = BeautifulSoup(content.text or "", "html.parser")
    assert " ".join(told.text.split()) == " ".join(page.select_one("#version-2 > div").text.split())
    assert "16:00-19:00 Geneva (GMT+1)" in told.text


def test_ids_are_unique_and_stay(client, meeting: Meeting) -> None:
    def ids(language: str) -> list[str]:
        feed = feed_of(client, language)
        return [*texts(feed, "id"), *(texts(entry, "id")[0] for entry in feed.findall(f"{ATOM}entry"))]

    before = ids("en")
    publish_change(meeting.sessions.get(number=1), now=LATER + 2 * HOUR, title_en="First", title_es="Primera")

    after = ids("en")

    assert (before[0], before[1:]) == (after[0], after[2:])
    assert len({*ids("en"), *ids("es")}) == 10
    assert all(each.startswith("urn:uuid:") for each in after)


@pytest.mark.parametrize("title", ["<b>Mines & \"peace\"</b> 'ñ' 🕊", "]]> &amp; \\ ;,", "A form feed \x0c, an escape \x1b and \ufffe"])
def test_any_title_makes_a_feed_that_can_be_read(client, meeting: Meeting, title: str) -> None:
    publish_change(meeting.sessions.get(number=1), now=LATER + 2 * HOUR, title_en=title, title_es=title)

    entry = feed_of(client).findall(f"{ATOM}entry")[0]

    readable = "".join(character for character in title if character not in "\x0c\x1b\ufffe")
    assert texts(entry, "title") == [f"Version 4: {readable}"]
    assert BeautifulSoup(texts(entry, "content")[0], "html.parser").h3.text == readable


def test_a_programme_without_versions_is_a_feed_without_entries(client) -> None:
    meeting = a_meeting(slug="meeting")

    feed = feed_of(client)

    assert feed.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(texts(feed, "updated")[0]) == meeting.changed_at.replace(microsecond=0)


def test_nothing_tells_where_the_room_is(client, meeting: Meeting) -> None:
    assert b"secret-room" not in client.get("/en/meeting/changes.atom").content


# --- conditional requests (RFC 9110 13) ---------------------------------------------------------------------------------
PATH = "/es/meeting/changes.atom"


def test_it_is_sent_as_atom_and_may_be_kept_for_five_minutes(client, meeting: Meeting) -> None:
    response = client.get(PATH)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Last-Modified"] == "Wed, 20 Jan 2027 12:00:00 GMT"
    assert response["ETag"].startswith('"')


@pytest.mark.parametrize("path", [PATH, "/es/meeting/changes/"])
def test_a_reader_who_has_the_bytes_gets_304_until_something_changes(client, meeting: Meeting, path: str) -> None:
    etag = client.get(path)["ETag"]

    again = client.get(path, headers={"if-none-match": etag})
    publish_change(meeting.sessions.get(number=1), now=LATER + 2 * HOUR, title_es="Primera")
    changed = client.get(path, headers={"if-none-match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert (changed.status_code, changed["ETag"] != etag) == (200, True)


def test_it_answers_by_date_too(client, meeting: Meeting) -> None:
    assert client.get(PATH, headers={"if-modified-since": "Wed, 20 Jan 2027 12:00:00 GMT"}).status_code == 304
    assert client.get(PATH, headers={"if-modified-since": "Wed, 20 Jan 2027 11:59:59 GMT"}).status_code == 200


@pytest.mark.parametrize("path", [PATH, "/es/meeting/changes/"])
def test_head_tells_what_get_would_send(client, meeting: Meeting, path: str) -> None:
    got, headed = client.get(path), client.head(path)

    assert headed.content == b""
    assert [headed[name] for name in ("ETag", "Content-Type", "Content-Length")] == [got[name] for name in ("ETag", "Content-Type", "Content-Length")]


def test_the_bytes_are_the_same_when_made_again(client, meeting: Meeting) -> None:
    first = client.get(PATH).content
    cache.clear()

    assert client.get(PATH).content == first


def test_the_author_is_whose_address_the_mails_come_from(client, meeting: Meeting) -> None:
    with override_settings(DEFAULT_FROM_EMAIL="registration@example.org"):
        author = feed_of(client).find(f"{ATOM}author")

    assert author is not None
    assert texts(author, "name") == ["Regional Dialogue on Humanitarian Demining"]
