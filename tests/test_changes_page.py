"""The public page that says what changed in a programme."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache

from registrations.models import Clock, Meeting, ProgrammeItem, ProgrammeVersion
from registrations.operations.drafts import drop, keep_draft
from registrations.operations.publish import publish
from registrations.operations.touch_programme import touch_programme
from tests.make import NOW, ORGANIZER, a_meeting, a_session
from tests.published import publish_change
from tests.web_form import soup

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(slug="meeting", join_url="https://meet.example.org/secret-room")


def move_session_1(meeting: Meeting, *, by: timedelta = HOUR, now=LATER) -> None:
    session = meeting.sessions.get(number=1)
    publish_change(session, now=now, starts_at=session.starts_at + by, ends_at=session.ends_at + by)


def publish_drafts(meeting: Meeting, *records) -> None:
    for record in records:
        keep_draft(record, meeting=meeting)
    publish(meeting, actor=ORGANIZER, now=LATER)


def page_of(client, language: str = "en") -> BeautifulSoup:
    response = client.get(f"/{language}/meeting/changes/")
    assert response.status_code == 200
    return soup(response)


def words_of(element) -> str:
    return " ".join(element.get_text(" ").split())


def told(page: BeautifulSoup) -> list[str]:
    """What is said of each version, the newest first."""
    return [words_of(version.div) for version in page.select("main section[id]")]


def test_moved_hours_are_told_on_all_clocks_before_and_after(client, meeting: Meeting) -> None:
    move_session_1(meeting)

    english, first = told(page_of(client, "en"))
    spanish, primera = told(page_of(client, "es"))

    assert english == (
        "Session 1 Hours"
        " Before: Wednesday 10 February 2027 15:00-18:00 Geneva (GMT+1) 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"
        " After: Wednesday 10 February 2027 16:00-19:00 Geneva (GMT+1) 10:00-13:00 Quito, Lima and Washington, D.C. (GMT-5)"
    )
    assert spanish == (
        "Sesión 1 Horario"
        " Antes: miércoles 10 de febrero de 2027 15:00-18:00 Ginebra (GMT+1) 09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)"
        " Después: miércoles 10 de febrero de 2027 16:00-19:00 Ginebra (GMT+1) 10:00-13:00 Quito, Lima y Washington D. C. (GMT-5)"
    )
    assert (first, primera) == ("This is the first version on record.", "Esta es la primera versión registrada.")


def test_versions_come_newest_first_with_their_moment_on_the_meetings_clock(client, meeting: Meeting) -> None:
    move_session_1(meeting)
    publish_change(meeting.sessions.get(number=2), now=LATER + HOUR, is_cancelled=True)
    publish_change(meeting.sessions.get(number=2), now=LATER + 2 * HOUR, is_cancelled=False)

    page = page_of(client)

    assert [words_of(heading) for heading in page.select("h2")] == ["Version 4", "Version 3", "Version 2", "Version 1"]
    assert (page.time["datetime"], words_of(page.time)) == ("2027-01-20T13:00:00Z", "20 January 2027, 14:00 (GMT+1)")
    assert told(page)[:2] == ["Session 2 Takes place after all", "Session 2 Cancelled"]
    assert told(page_of(client, "es"))[1] == "Sesión 2 Cancelada"


def test_items_stand_under_their_session_and_the_meeting_comes_first(client, meeting: Meeting) -> None:
    session = meeting.sessions.get(number=2)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    kept, gone = (ProgrammeItem.objects.create(session=session, title_en=name, title_es=f"{name} (es)", **times) for name in ("Opening", "Debate"))
    kept.description_en, kept.description_es = "With music.\nAnd flowers.", "Con música.\nY flores."
    session.title_en, session.title_es = "Closing session", "Sesión de clausura"
    meeting.place_en, meeting.place_es = "Geneva", "Ginebra"
    drop(gone, meeting=meeting)
    added = a_session(meeting, number=3, is_draft=True)
    publish_drafts(meeting, meeting, session, kept, added)

    of_meeting, of_second, of_third = (words_of(part) for part in page_of(client).select("#version-2 .changed"))

    assert of_meeting == "The meeting Place Before: Online After: Geneva"
    assert of_second == (
        "Closing session Title Before: Session 2 After: Closing session"
        " Opening Description After: With music. And flowers."
        " Debate Removed Hours Thursday 11 February 2027 15:00-18:00 Geneva (GMT+1) 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"
    )
    assert of_third == "Session 3 New Hours Friday 12 February 2027 15:00-18:00 Geneva (GMT+1) 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"


def test_an_item_alone_stands_under_the_sessions_present_title_and_an_emptied_text_under_a_dash(client, meeting: Meeting) -> None:
    session = meeting.sessions.get(number=1)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at, "description_en": "Music.", "description_es": "Música."}
    item = ProgrammeItem.objects.create(session=session, title_en="Opening", title_es="Apertura", **times)
    item.description_en = item.description_es = ""
    publish_drafts(meeting, item)
    publish_change(session, now=LATER, title_en="First day", title_es="Primer día")

    assert told(page_of(client))[1] == "First day Opening Description Before: Music. After: –"


def test_items_of_a_session_that_is_no_more_stand_under_its_number(client, meeting: Meeting) -> None:
    session = a_session(meeting, number=3, title_en="Third day")
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    item = ProgrammeItem.objects.create(session=session, title_en="Opening", title_es="Apertura", **times)
    item.title_en, item.title_es = "Solemn opening", "Apertura solemne"
    publish_drafts(meeting, item)
    drop(session, meeting=meeting)
    publish_drafts(meeting)

    assert [words_of(heading) for heading in page_of(client).select("h3")] == ["Third day Removed", "Session 3"]


def test_a_replaced_room_is_told_and_its_address_is_not(client, meeting: Meeting) -> None:
    meeting.join_url = "https://meet.example.org/other-secret-room"
    publish_drafts(meeting, meeting)
    meeting.join_url = ""
    publish_drafts(meeting, meeting)

    assert "secret-room" not in client.get("/en/meeting/changes/").content.decode()
    assert told(page_of(client))[:2] == [
        "The meeting Link to join Before: yes After: no",
        "The meeting Meeting room After: replaced; the personal links lead to the new one",
    ]


def test_a_text_in_the_other_language_says_so(client, meeting: Meeting) -> None:
    publish_change(meeting.sessions.get(number=1), now=LATER, title_en="First day", title_es="Primer día")
    version = meeting.programme_versions.get(number=2)
    version.changes[0]["title"]["es"] = version.changes[0]["fields"][0]["after"]["es"] = ""
    version.save()

    marked = page_of(client, "es").select("main [lang]")

    assert [(each["lang"], each.text) for each in marked] == [("en", "First day"), ("en", "First day")]


def test_texts_are_escaped(client, meeting: Meeting) -> None:
    publish_change(meeting.sessions.get(number=1), now=LATER, title_en="<script>alert(1)</script> & more", title_es="<b>")

    page = page_of(client)

    assert page.select_one("main script") is None
    assert page.select_one("#version-2 h3").text == "<script>alert(1)</script> & more"


@pytest.mark.parametrize(("language", "sentence"), [("en", "has not changed"), ("es", "no ha cambiado")])
@pytest.mark.parametrize("is_kept", [True, False])
def test_a_programme_that_never_changed_says_so(client, meeting: Meeting, is_kept: bool, language: str, sentence: str) -> None:
    if is_kept:
        ProgrammeVersion.objects.create(meeting=meeting, number=1, published_at=NOW)

    page = page_of(client, language)

    assert sentence in words_of(page.select_one(".lead"))
    assert page.select("main section") == []


def test_a_draft_is_not_told(client, meeting: Meeting) -> None:
    move_session_1(meeting)
    session = meeting.sessions.get(number=2)
    session.title_en, session.title_es = "Secret title", "Título secreto"
    keep_draft(session, meeting=meeting)

    assert "Secret title" not in client.get("/en/meeting/changes/").content.decode()


@pytest.mark.parametrize("path", ["changes/", "changes.atom"])
def test_what_is_not_published_is_not_found(client, meeting: Meeting, path: str) -> None:
    Meeting.objects.update(is_published=False)

    assert client.get(f"/en/meeting/{path}").status_code == 404
    assert client.get(f"/en/nothing/{path}").status_code == 404
    assert client.post(f"/en/meeting/{path}").status_code == 405


def test_the_programme_page_leads_there_once_something_has_changed(client, meeting: Meeting) -> None:
    before = soup(client.get("/en/meeting/")).select("main a[href='/en/meeting/changes/']")

    move_session_1(meeting)

    assert (before, words_of(soup(client.get("/en/meeting/")).select_one("main a[href='/en/meeting/changes/']"))) == (
        [],
        "Changes to the programme",
    )


@pytest.mark.parametrize("path", ["", "changes/"])
def test_the_pages_name_their_feed_and_the_other_language(client, meeting: Meeting, settings, path: str) -> None:
    head = soup(client.get(f"/es/meeting/{path}")).head

    feed = head.select_one("link[type='application/atom+xml']")
    languages = {link["hreflang"]: link["href"] for link in head.select("link[rel=alternate]") if link is not feed}

    assert (feed["rel"], feed["href"], feed["hreflang"]) == (["alternate"], "/es/meeting/changes.atom", "es")
    assert languages == {code: f"{settings.SITE_URL}/{code}/meeting/{path}" for code in ("en", "es")}


@pytest.mark.parametrize("path", ["changes/", "changes.atom"])
@pytest.mark.parametrize("versions", [1, 3])
def test_it_takes_four_statements_at_any_length_and_one_the_second_time(
    client, meeting: Meeting, path: str, versions: int, django_assert_num_queries
) -> None:
    for _number in range(versions):
        move_session_1(meeting)

    with django_assert_num_queries(4):
        first = client.get(f"/en/meeting/{path}")
    with django_assert_num_queries(1):
        assert client.get(f"/en/meeting/{path}").content == first.content


def test_another_clock_is_shown_at_once(client, meeting: Meeting) -> None:
    move_session_1(meeting)
    page_of(client)

    Clock.objects.create(meeting=meeting, order=3, label_en="Tokyo", label_es="Tokio", time_zones="Asia/Tokyo")
    touch_programme(meeting, now=LATER + HOUR)

    assert "00:00 (+1 day)-03:00 (+1 day) Tokyo (GMT+9)" in told(page_of(client))[0]
