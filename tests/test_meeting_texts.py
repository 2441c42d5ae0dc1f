"""Automatic mails in a meeting's own words: what they say, what has to stand in them, and back again."""

import re
from datetime import timedelta

import pytest
import time_machine

from registrations.enums import CalendarDelivery, MessageKind
from registrations.errors import PassagesMissing, TextChangedMeanwhile, TextIncomplete, TextTellsTheRoom, UnknownPlaceholders
from registrations.links import participant_url
from registrations.mail.adapted import shipped
from registrations.models import Meeting, MeetingText
from registrations.operations.adapt_text import adapt_text, restore_text
from registrations.queries.meeting_texts import version_of, wordings
from registrations.rules.meeting_texts import INLINE, parts_of, required
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.mail_rows import owed, rendered, sent, words_of_html
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant
from tests.test_desk_spanish import english_left
from tests.test_mail_kinds import a_message
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db
ROOM = "https://zoom.example.com/j/123?pwd=secret"
LANGUAGES = ["en", "es"]
KINDS = list(INLINE)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def passages(kind: MessageKind) -> str:
    return "\n\n".join(placeholder.written for placeholder in required(kind))


def own_texts(kind: MessageKind, **texts: str) -> dict[str, str]:
    values = {
        "subject_en": "Ours: {meeting}",
        "subject_es": "Nuestro: {meeting}",
        "text_en": f"A heading of {{meeting}}\n\nDear {{name}}, *welcome*.\n\n{passages(kind)}\n\n- kind\n- regards",
        "text_es": f"Un título de {{meeting}}\n\nHola, {{name}}.\n\n{passages(kind)}\n\n- muchos\n- saludos",
    }
    return values | texts


def adapt(meeting: Meeting, kind: MessageKind, **texts: str) -> None:
    adapt_text(meeting, kind, texts=own_texts(kind, **texts), seen=version_of(wordings(meeting, kind)), actor=ORGANIZER, now=NOW)


# --- what the mails say -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_leaves_in_the_meetings_words_with_all_that_the_shipped_one_tells(kind, language):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_message(kind, language=language, meeting=meeting)
    before = rendered(message)
    adapt(meeting, kind)

    after = rendered(message)

    assert after.subject.startswith({"en": "Ours: ", "es": "Nuestro: "}[language])
    assert after.body.startswith({"en": "A heading of", "es": "Un título de"}[language])
    assert message.recipient_name in after.body.replace("\n", " ")
    _heading, todo, details = before.body.split("\n\n", 2)
    kept = details if len(required(kind)) == 1 else f"{todo}\n\n{details}"
    told = set(re.findall(r"\w+", kept))
    assert told - set(re.findall(r"\w+", after.body)) == set()
    assert after.body != before.body
    assert [part[1] for part in after.alternatives] == [part[1] for part in before.alternatives]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_of_an_adapted_mail_say_the_same(kind, language):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_message(kind, language=language, meeting=meeting)
    adapt(meeting, kind, text_en=own_texts(kind)["text_en"] + "\n\nO'Brien & <b>", text_es=own_texts(kind)["text_es"] + "\n\n«Ñ» & <b>")

    written = rendered(message)

    assert re.findall(r"\w+", words_of_html(written.alternatives[0][0])) == re.findall(r"\w+", written.body)
    assert "\n\n\n" not in written.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_text_is_a_valid_text_that_changes_no_word(kind, language):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_message(kind, language=language, meeting=meeting)
    before = rendered(message)
    texts = {}
    for code in LANGUAGES:
        texts[f"subject_{code}"], texts[f"text_{code}"] = shipped(kind, meeting=meeting, language=code)

    adapt(meeting, kind, **texts)

    assert re.findall(r"\S+", rendered(message).body) == re.findall(r"\S+", before.body)


def test_the_words_of_one_meeting_are_not_those_of_another():
    own, other = a_meeting(), a_meeting()
    adapt(own, MessageKind.RECEIVED)

    assert rendered(owed(a_pending_participant(own), MessageKind.RECEIVED)).subject.startswith("Nuestro")
    assert not rendered(owed(a_pending_participant(other), MessageKind.RECEIVED)).subject.startswith("Nuestro")


def test_a_person_is_filled_in_and_never_markup():
    meeting = a_meeting()
    adapt(meeting, MessageKind.RECEIVED, text_es="Para {name}\n\n[x]({name}) {delegation}\n\n{details}")
    person = a_pending_participant(meeting, given_names="*Ana*", family_names="<b>", organization="[y](https://evil.example)")

    html = rendered(owed(person, MessageKind.RECEIVED)).alternatives[0][0]

    assert "&lt;b&gt;" in html
    assert ">y</a>" not in html


def test_news_of_a_change_are_told_in_the_shipped_words():
    meeting = a_meeting()
    adapt(meeting, MessageKind.INVITATION)
    shared = "mision@exteriores.example.com"
    first = a_participant(meeting, email=shared, language="en")
    sent(owed(first, MessageKind.INVITATION, session=1))

    a_participant(meeting, email=shared, language="en", now=NOW + timedelta(hours=1))

    assert rendered(owed(first, MessageKind.INVITATION, session=1)).subject.startswith("Invitation updated")


def test_a_file_of_all_sessions_confirms_in_the_meetings_words():
    meeting = a_meeting(calendar_delivery=CalendarDelivery.FILE)
    adapt(meeting, MessageKind.CALENDAR_FILE)
    participant = a_participant(meeting, language="en")

    written = rendered(owed(participant, MessageKind.CALENDAR_FILE))

    assert written.subject.startswith("Ours: ")
    assert participant_url(participant) in written.body


# --- what has to stand in them ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["subject_en", "subject_es", "text_en", "text_es"])
def test_both_languages_are_needed(name):
    with pytest.raises(TextIncomplete):
        adapt(a_meeting(), MessageKind.RECEIVED, **{name: " "})
    assert not MeetingText.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Heading\n\nno details",
        "{details}",
        "Heading {details}\n\n{details}",
        "Heading\n\ninline {details} here",
        "Heading\n\n{details}\n\n{details}",
        "Heading\n\n{details}\n\n{what_to_do}",
        "Heading\n\n{what_to_do}",
    ],
)
def test_the_passages_stand_once_each_in_their_order(text):
    with pytest.raises(PassagesMissing) as refusal:
        adapt(a_meeting(), MessageKind.REMINDER, text_es=text)
    assert str(refusal.value).startswith("the text in Spanish: a first paragraph is the heading")
    assert str(refusal.value).endswith("in this order: {what_to_do}, {details}.")


@pytest.mark.parametrize(
    ("kind", "texts", "names"),
    [
        (MessageKind.RECEIVED, {"subject_en": "{session}"}, "{session}"),
        (MessageKind.RECEIVED, {"text_es": "T\n\n{reason} {what_to_do}\n\n{details}"}, "{reason}, {what_to_do}"),
        (MessageKind.REMINDER, {"subject_es": "{details} {join_url}"}, "{details}, {join_url}"),
    ],
)
def test_unknown_placeholders_are_named(kind, texts, names):
    with pytest.raises(UnknownPlaceholders) as refusal:
        adapt(a_meeting(), kind, **texts)
    assert f"not on the list: {names}." in str(refusal.value)


def test_the_meeting_room_is_not_told():
    with pytest.raises(TextTellsTheRoom):
        adapt(a_meeting(join_url=ROOM), MessageKind.RECEIVED, subject_en=ROOM)


def test_a_text_changed_by_somebody_else_is_not_overwritten_unseen():
    meeting = a_meeting()
    adapt(meeting, MessageKind.RECEIVED)

    with pytest.raises(TextChangedMeanwhile):
        adapt_text(meeting, MessageKind.RECEIVED, texts=own_texts(MessageKind.RECEIVED), seen="", actor=ORGANIZER, now=NOW)


def test_back_to_the_shipped_text():
    meeting = a_meeting()
    message = owed(a_pending_participant(meeting), MessageKind.RECEIVED)
    before = rendered(message).body
    adapt(meeting, MessageKind.RECEIVED)
    adapt(meeting, MessageKind.DECLINED)

    restore_text(meeting, MessageKind.RECEIVED)

    assert rendered(message).body == before
    assert {text.kind for text in MeetingText.objects.all()} == {MessageKind.DECLINED}


def test_a_text_is_taken_apart_at_its_passages():
    parts = parts_of("A\nheading\r\n\r\none\n\n{what_to_do}\n\ntwo\n  {details} \nthree", kind=MessageKind.REMINDER)

    assert parts is not None
    assert (parts.heading, parts.opening.strip(), parts.asks, parts.middle.strip(), parts.closing.strip()) == (
        "A heading",
        "one",
        True,
        "two",
        "three",
    )


# --- at the desk --------------------------------------------------------------------------------------------------------
def page_of(meeting: Meeting, rest: str = "") -> str:
    return f"/admin/registrations/meeting/{meeting.pk}/texts/{rest}"


def test_the_desk_lists_the_kinds_and_says_which_are_adapted():
    meeting = a_meeting()
    adapt(meeting, MessageKind.DECLINED)

    page = soup(a_desk().get(page_of(meeting)))

    rows = {row.th.text: " ".join(row.td.text.split()) for row in page.select("tbody tr")}
    assert len(rows) == len(KINDS)
    assert rows["Registration declined"] == "adapted by Ana Secretaria, 20 January 2027, 11:00 (Europe/Zurich)"
    assert rows["Registration received"] == "as it ships"
    assert page_of(meeting) in a_desk().get(f"/admin/registrations/meeting/{meeting.pk}/change/").content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_begins_with_the_shipped_text_and_shows_the_mail(kind):
    meeting = a_meeting()
    desk = a_desk()

    page = soup(desk.get(page_of(meeting, f"{kind}/")))
    saved = desk.post(page_of(meeting, f"{kind}/"), values_of(page, "#letter") | {"save": "yes"})

    assert saved.status_code == 302
    assert "{details}" in page.select_one("[name=text_es]").text
    previews = [preview.text for preview in page.select(".mail pre")]
    assert len(previews) == 2
    assert not [preview for preview in previews if "{" in preview]
    assert all("XXXX-XXXX" in preview for preview in previews)


def test_a_preview_changes_nothing():
    meeting = a_meeting()
    desk = a_desk()
    values = values_of(soup(desk.get(page_of(meeting, "declined/"))), "#letter")

    page = soup(desk.post(page_of(meeting, "declined/"), values | {"text_en": "We are sorry\n\nDear {name}\n\n{details}", "preview": "yes"}))

    assert "Dear H.E. Ambassador Maria Example" in page.select_one(".mail pre").text
    assert page.select_one("[name=text_en]").text.strip().startswith("We are sorry")
    assert not MeetingText.objects.exists()


def test_a_refused_text_is_shown_again():
    meeting = a_meeting()
    desk = a_desk()
    values = values_of(soup(desk.get(page_of(meeting, "declined/"))), "#letter")

    page = soup(desk.post(page_of(meeting, "declined/"), values | {"text_en": "Sorry {reason}", "save": "yes"}))

    assert "{reason}" in page.select_one("[role=alert]").text
    assert page.select_one("[name=text_en]").text.strip() == "Sorry {reason}"


def test_the_desk_asks_before_it_goes_back():
    meeting = a_meeting()
    adapt(meeting, MessageKind.DECLINED)
    desk = a_desk()

    asked = desk.get(page_of(meeting, "declined/restore/")).status_code
    kept = MeetingText.objects.count()
    desk.post(page_of(meeting, "declined/restore/"))

    assert (asked, kept, MeetingText.objects.count()) == (200, 2, 0)


def test_the_texts_are_for_those_who_may_change_the_meeting():
    meeting = a_meeting()
    reader = desk_of(an_organizer("view_meeting"))

    assert [reader.get(page_of(meeting, rest)).status_code for rest in ("", "declined/", "declined/restore/")] == [403, 403, 403]
    assert a_desk().get(page_of(meeting, "digest/")).status_code == 404


def test_the_pages_are_spanish_throughout():
    meeting = a_meeting()
    adapt(meeting, MessageKind.DECLINED)
    desk = a_desk(language="es")

    pages = [page_of(meeting, rest) for rest in ("", "declined/", "declined/restore/", "reminder/")]

    assert {path: english_left(desk.get(path).content.decode()) for path in pages} == {path: set() for path in pages}
