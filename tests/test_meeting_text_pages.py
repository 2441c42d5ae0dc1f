"""The pages of the desk on which a meeting words its automatic mails, and previews them."""

import re

import pytest
import time_machine

from registrations.enums import AutomaticMail, DeskRole
from registrations.models import HistoryEntry, MeetingText
from registrations.queries.meeting_texts import version_of, wordings
from registrations.rules.meeting_texts import WORDINGS
from tests.desk_rows import a_colleague, a_desk, an_organizer, desk_of
from tests.mail_rows import words_of_html
from tests.make import NOW, a_meeting
from tests.own_texts import MAILS, adapt, page_of, passages
from tests.test_desk_spanish import english_left
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_desk_lists_the_mails_and_says_which_are_adapted():
    meeting = a_meeting()
    adapt(meeting, AutomaticMail.DECLINED)

    page = soup(a_desk().get(page_of(meeting)))

    rows = {row.th.text: " ".join(row.td.text.split()) for row in page.select("tbody tr")}
    assert len(rows) == len(MAILS)
    assert rows["Registration declined"] == "adapted by Ana Secretaria, 20 January 2027, 11:00 (Europe/Zurich)"
    assert rows["Registration received"] == "standard text"
    for path in [f"/admin/registrations/meeting/{meeting.pk}/change/", page_of(meeting, "declined/"), page_of(meeting, "declined/restore/")]:
        assert [link for link in soup(a_desk().get(path)).select("a") if link.get("href") == page_of(meeting)]


@pytest.mark.parametrize("mail", MAILS)
def test_the_page_begins_with_the_standard_text_and_shows_the_mail(mail):
    meeting = a_meeting()
    desk = a_desk()

    page = soup(desk.get(page_of(meeting, f"{mail}/")))
    saved = desk.post(page_of(meeting, f"{mail}/"), values_of(page, "#letter") | {"save": "yes"})

    assert saved.status_code == 302
    typed = page.select_one("[name=text_es]").text
    assert all(placeholder.written in typed for placeholder in (*WORDINGS[mail].passages, *WORDINGS[mail].needed))
    previews = [preview.text for preview in page.select(".mail pre")]
    assert len(previews) == 2
    assert not [preview for preview in previews if "{" in preview]
    for preview, frame in zip(previews, page.select(".mail iframe"), strict=True):
        html = desk.get(frame["src"]).content.decode()
        assert re.findall(r"\w+", words_of_html(html)) == re.findall(r"\w+", preview)


@pytest.mark.parametrize("mail", MAILS)
def test_every_placeholder_of_a_mail_is_explained_and_filled_in_its_preview(mail):
    meeting, desk = a_meeting(), a_desk()
    page = soup(desk.get(page_of(meeting, f"{mail}/")))
    values = values_of(page, "#letter") | {"preview": "yes"}
    explained = [code.text for code in page.select(".how-to tbody code")]
    every = " ".join(placeholder.written for placeholder in (*WORDINGS[mail].inline, *WORDINGS[mail].in_text))

    shown = soup(desk.post(page_of(meeting, f"{mail}/"), values | {"text_en": f"{every} X\n\n{passages(mail)}"}))

    heading = shown.select_one(".mail pre").text.partition(" X\n")[0]
    assert "{" not in heading
    assert len(heading.split()) >= len(every.split())
    required = [row.code.text for row in page.select(".how-to tbody tr") if "(required)" in row.text]
    assert sorted(required) == sorted(each.written for each in (*WORDINGS[mail].passages, *WORDINGS[mail].needed))
    assert explained == [each.written for each in (*WORDINGS[mail].in_subject, *WORDINGS[mail].of_text)]


def test_a_preview_changes_nothing():
    meeting = a_meeting()
    desk = a_desk()
    values = values_of(soup(desk.get(page_of(meeting, "declined/"))), "#letter")

    page = soup(desk.post(page_of(meeting, "declined/"), values | {"text_en": "We are sorry\n\nDear {name}\n\n{details}", "preview": "yes"}))

    assert "Dear H.E. Ambassador Maria Example" in page.select_one(".mail pre").text
    assert page.select_one("[name=text_en]").text.strip().startswith("We are sorry")
    assert (MeetingText.objects.exists(), HistoryEntry.objects.exists()) == (False, False)


def test_a_preview_shows_the_layout_of_what_was_typed_in_both_languages():
    meeting, desk = a_meeting(), a_desk()
    page = page_of(meeting, "declined/")
    typed = {"text_en": "We are *sorry*\n\nDear **{name}**\n\n{details}", "text_es": "Lo lamentamos\n\n- {name}\n\n{details}", "preview": "yes"}

    shown = soup(desk.post(page, values_of(soup(desk.get(page)), "#letter") | typed))
    answers = [desk.get(frame["src"]) for frame in shown.select(".mail iframe[sandbox]")]
    english, spanish = (answer.content.decode() for answer in answers)

    assert "<strong>H.E. Ambassador Maria Example</strong>" in english
    assert ("<h1" in spanish, "Lo lamentamos" in spanish, 'lang="es"' in spanish, "<li" in spanish) == (True, True, True, True)
    for answer in answers:
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "sandbox" in answer["Content-Security-Policy"]
    in_use = soup(desk.get(page)).select_one(".mail iframe")["src"]
    assert "sorry" not in desk.get(in_use).content.decode()


def test_a_preview_that_was_followed_by_another_one_is_not_shown_any_more():
    meeting, desk = a_meeting(), a_desk()
    page = page_of(meeting, "declined/")
    values = values_of(soup(desk.get(page)), "#letter") | {"preview": "yes"}
    first = soup(desk.post(page, values | {"text_en": "First\n\n{details}"})).select_one(".mail iframe")["src"]

    second = soup(desk.post(page, values | {"text_en": "Second\n\n{details}"})).select_one(".mail iframe")["src"]

    assert [desk.get(src).status_code for src in (first, second, second.replace("declined", "received"))] == [404, 200, 404]
    assert a_desk().get(second).status_code == 404


@pytest.mark.parametrize("button", ["save", "preview"])
def test_a_refused_text_is_shown_again(button):
    meeting = a_meeting()
    desk = a_desk()
    values = values_of(soup(desk.get(page_of(meeting, "declined/"))), "#letter")

    page = soup(desk.post(page_of(meeting, "declined/"), values | {"text_en": "Sorry {reason}", button: "yes"}))

    assert "{reason}" in page.select_one("[role=alert]").text
    assert page.select_one("[name=text_en]").text.strip() == "Sorry {reason}"
    assert not page.select(".mail")


def test_a_refused_text_does_not_hide_that_somebody_else_has_changed_it():
    meeting, desk = a_meeting(), a_desk()
    page = page_of(meeting, "declined/")
    values = values_of(soup(desk.get(page)), "#letter") | {"save": "yes"}
    adapt(meeting, AutomaticMail.DECLINED)

    seen = [values_of(soup(desk.post(page, values | typed)), "#letter")["seen"] for typed in ({"text_en": "Sorry", "preview": "yes"}, {})]

    assert seen == ["", version_of(wordings(meeting, AutomaticMail.DECLINED))]


def test_the_desk_asks_before_it_goes_back():
    meeting = a_meeting()
    adapt(meeting, AutomaticMail.DECLINED)
    desk = a_desk()

    asked = desk.get(page_of(meeting, "declined/restore/")).status_code
    kept = MeetingText.objects.count()
    desk.post(page_of(meeting, "declined/restore/"))

    assert (asked, kept, MeetingText.objects.count()) == (200, 2, 0)


def test_the_texts_are_for_those_who_may_change_the_meeting():
    meeting = a_meeting()
    reader = desk_of(an_organizer("view_meeting"))
    pages = ("", "declined/", "declined/restore/", "declined/html/en/")

    assert [reader.get(page_of(meeting, rest)).status_code for rest in pages] == [403] * 4
    assert [a_desk().get(page_of(meeting, rest)).status_code for rest in ("letter/", "declined/html/fr/", "letter/html/en/")] == [404] * 3


def test_one_meetings_secretariat_reads_no_text_of_another():
    own, other = a_meeting(), a_meeting()
    desk = desk_of(a_colleague((own, DeskRole.SECRETARIAT)))

    assert [desk.get(page_of(meeting, "declined/html/en/")).status_code for meeting in (own, other)] == [200, 404]


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_pages_take_the_same_statements_whatever_was_adapted(sessions, django_assert_num_queries):
    meeting, desk = a_meeting(sessions=sessions), a_desk()
    for mail in MAILS[:sessions]:
        adapt(meeting, mail)

    for rest, number in [("", 4), ("reminder/", 6), ("reminder/html/es/", 6), ("chase/", 6)]:
        with django_assert_num_queries(number):
            desk.get(page_of(meeting, rest))


def test_the_pages_are_spanish_throughout():
    meeting = a_meeting()
    adapt(meeting, AutomaticMail.DECLINED)
    desk = a_desk(language="es")

    pages = [page_of(meeting, rest) for rest in ("", "declined/restore/", *(f"{mail}/" for mail in MAILS))]

    assert {path: english_left(desk.get(path).content.decode()) for path in pages} == {path: set() for path in pages}
