"""Automatic mails in a meeting's own words: what they say, what has to stand in them, and back again."""

import re
from datetime import timedelta

import pytest
import time_machine

from registrations.enums import AutomaticMail, CalendarDelivery, ChaseWording, Delivery, DeskRole, MessageKind
from registrations.errors import PassagesMissing, PlaceholdersMissing, TextChangedMeanwhile, TextIncomplete, TextTellsTheRoom, UnknownPlaceholders
from registrations.links import participant_url, sign_up_url
from registrations.mail.standard_texts import standard_texts
from registrations.models import HistoryEntry, Meeting, MeetingText, OutboxMessage, Participant
from registrations.operations.adapt_text import adapt_text, restore_text
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.chase import chase
from registrations.operations.copy_meeting import copy_meeting
from registrations.operations.forget import forget
from registrations.operations.withdraw import withdraw
from registrations.queries.meeting_texts import version_of, wordings
from registrations.rules.meeting_texts import SITUATIONS, WORDINGS, kind_of, mail_of, parts_of
from tests.desk_rows import a_colleague, a_desk, an_organizer, desk_of
from tests.mail_rows import owed, rendered, sent, words_of_html
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, an_entity
from tests.published import publish_change
from tests.test_desk_spanish import english_left
from tests.test_mail_kinds import a_message
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db
ROOM = "https://zoom.example.com/j/123?pwd=secret"
LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(days=60)
LANGUAGES = ["en", "es"]
MAILS = list(AutomaticMail)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def passages(mail: AutomaticMail) -> str:
    """What has to stand in the text, wherever it may."""
    needed = [f"{placeholder.written}." for placeholder in WORDINGS[mail].needed]
    return "\n\n".join([*needed, *(placeholder.written for placeholder in WORDINGS[mail].passages)])


def own_texts(mail: AutomaticMail, **texts: str) -> dict[str, str]:
    values = {
        "subject_en": "Ours: {meeting}",
        "subject_es": "Nuestro: {meeting}",
        "text_en": f"A heading of {{meeting}}\n\nWe *welcome* you.\n\n{passages(mail)}\n\n- kind\n- regards",
        "text_es": f"Un título de {{meeting}}\n\nSea *bienvenida*.\n\n{passages(mail)}\n\n- muchos\n- saludos",
    }
    return values | texts


def adapt(meeting: Meeting, mail: AutomaticMail, **texts: str) -> None:
    seen, standard = version_of(wordings(meeting, mail)), standard_texts(mail, meeting=meeting)
    adapt_text(meeting, mail, texts=own_texts(mail, **texts), standard=standard, seen=seen, actor=ORGANIZER, now=NOW)


def restore(meeting: Meeting, mail: AutomaticMail) -> None:
    restore_text(meeting, mail, standard=standard_texts(mail, meeting=meeting), actor=ORGANIZER, now=NOW)


def a_mail(mail: AutomaticMail, *, language: str, meeting: Meeting) -> OutboxMessage:
    """A message that is owed and says what the mail says."""
    if mail in {AutomaticMail.CANCELLATION, AutomaticMail.SESSION_CANCELLED}:
        message = a_message(MessageKind.CANCELLATION, language=language, meeting=meeting)
        message.facts = {"because": "session dropped" if mail == AutomaticMail.CANCELLATION else "session cancelled"}
        meeting.sessions.filter(number=1).update(is_cancelled=mail == AutomaticMail.SESSION_CANCELLED)
        message.save()
        return OutboxMessage.objects.get(pk=message.pk)
    if mail == AutomaticMail.WITHDRAWN or mail not in SITUATIONS:
        return a_message(kind_of(mail), language=language, meeting=meeting)
    meeting.calendar_delivery = CalendarDelivery.FILE if kind_of(mail) == MessageKind.CALENDAR_FILE else CalendarDelivery.INVITATIONS
    meeting.save()
    participant = a_participant(meeting, language=language)
    sent(owed(participant, kind_of(mail), session=None if kind_of(mail) == MessageKind.CALENDAR_FILE else 1))
    if mail == AutomaticMail.FILE_OVER:
        withdraw(participant, actor=ORGANIZER, now=LATER)
    elif mail == AutomaticMail.REINSTATED:
        return _taken_up_again(participant)
    else:
        _moved(participant)
    return owed(participant, kind_of(mail), session=None if kind_of(mail) == MessageKind.CALENDAR_FILE else 1)


def _moved(participant: Participant) -> None:
    for session in participant.meeting.sessions.all():
        session.starts_at += timedelta(hours=1)
        session.ends_at += timedelta(hours=1)
        session.save()
        owe_invitations(participant, sessions=[session], key="moved", now=LATER)


def _taken_up_again(participant: Participant) -> OutboxMessage:
    first = participant.meeting.sessions.get(number=1)
    publish_change(first, now=NOW, is_cancelled=True)
    sent(owed(participant, MessageKind.CANCELLATION, session=1))
    publish_change(first, now=LATER, is_cancelled=False)
    message = owed(participant, MessageKind.INVITATION, session=1)
    message.facts = {}  # without the link to the changes of the programme, which is worded otherwise in HTML
    return message


# --- what the mails say -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mail", MAILS)
def test_a_mail_leaves_in_the_meetings_words_with_all_that_the_standard_one_tells(mail, language):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_mail(mail, language=language, meeting=meeting)
    before = rendered(message)
    adapt(meeting, mail)

    after = rendered(message)

    assert after.subject.startswith({"en": "Ours: ", "es": "Nuestro: "}[language])
    assert after.body.startswith({"en": "A heading of", "es": "Un título de"}[language])
    assert re.search({"en": "- kind\n- regards", "es": "- muchos\n- saludos"}[language], after.body)
    assert addresses(before.body) <= addresses(after.body)
    assert (after.alternatives[1:], after.attachments) == (before.alternatives[1:], before.attachments)


def addresses(text: str) -> set[str]:
    """Links and references: whatever a mail tells that nobody can look up elsewhere."""
    return set(re.findall(r"https?://\S+|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text))


@pytest.mark.parametrize("mail", MAILS)
def test_whatever_no_sentence_says_is_in_the_placeholders(mail):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_mail(mail, language="en", meeting=meeting)
    before, standard = rendered(message).body, standard_texts(mail, meeting=meeting)["text_en"]
    within_sentences = " ".join(placeholder.written for placeholder in (*WORDINGS[mail].inline, *WORDINGS[mail].in_text))
    adapt(meeting, mail, text_en=f"X {within_sentences}\n\n{passages(mail)}")

    told, after, sentences = (set(re.findall(r"\w+", text)) for text in (before, rendered(message).body, standard))

    assert told - after - sentences == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mail", MAILS)
def test_text_and_html_of_an_adapted_mail_say_the_same(mail, language):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_mail(mail, language=language, meeting=meeting)
    adapt(meeting, mail, text_en=own_texts(mail)["text_en"] + "\n\nO'Brien & <b>", text_es=own_texts(mail)["text_es"] + "\n\n«Ñ» & <b>")

    written = rendered(message)

    assert re.findall(r"\w+", words_of_html(written.alternatives[0][0])) == re.findall(r"\w+", written.body)
    assert "\n\n\n" not in written.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mail", MAILS)
def test_the_standard_text_is_a_valid_text_that_changes_no_word(mail, language):
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    message = a_mail(mail, language=language, meeting=meeting)
    before = rendered(message)

    adapt(meeting, mail, **standard_texts(mail, meeting=meeting))

    after = rendered(message)
    assert re.findall(r"\S+", after.body) == re.findall(r"\S+", before.body)
    assert re.sub(r" \(\d/\d\)", "", after.subject)[:30] == re.sub(r" \(\d/\d\)", "", before.subject)[:30]


@pytest.mark.parametrize("mail", MAILS)
def test_each_message_is_told_by_what_it_says(mail):
    message = a_mail(mail, language="en", meeting=a_meeting())
    adapt(message.meeting, mail)
    others = [each for each in AutomaticMail if each != mail]
    assert rendered(message).subject.startswith("Ours: ")

    restore(message.meeting, mail)
    for other in others:
        adapt(message.meeting, other)

    assert not rendered(message).subject.startswith("Ours: ")


def test_every_kind_of_message_but_a_letter_has_a_text_to_adapt():
    assert {kind for kind in MessageKind if mail_of(kind, {}) is None} == {MessageKind.LETTER}
    assert set(WORDINGS) == set(AutomaticMail)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("{standard_subject}", "Change of time: Regional Dialogue on Humanitarian Demining, 10 February"),
        ("Please note: {standard_subject}", "Please note: Change of time: Regional Dialogue on Humanitarian…, 10 February"),
        ("{session}, {day} ({meeting})", "Session 1, 10 February (Regional Dialogue on Humanitarian Demining)"),
    ],
)
def test_a_subject_may_say_what_the_standard_one_says(subject, expected):
    meeting = a_meeting()
    message = a_mail(AutomaticMail.INVITATION_CHANGED, language="en", meeting=meeting)

    adapt(meeting, AutomaticMail.INVITATION_CHANGED, subject_en=subject)

    assert rendered(message).subject == expected


def test_a_changed_invitation_says_what_has_happened_in_the_midst_of_the_meetings_words():
    meeting = a_meeting()
    message = a_mail(AutomaticMail.INVITATION_CHANGED, language="en", meeting=meeting)
    adapt(meeting, AutomaticMail.INVITATION_CHANGED, text_en="Please note\n\n{what_happened} We apologize.\n\n{what_to_do}\n\n{changes}")

    told = " ".join(rendered(message).body.split())

    assert told.startswith("Please note “Session 1” of “Regional Dialogue on Humanitarian Demining” has been rescheduled. We apologize. You need not")


@pytest.mark.parametrize(("first", "second"), [("en", "es"), ("es", "en")])
def test_a_mail_in_both_languages_is_in_the_meetings_words_in_both(first, second):
    meeting = a_meeting()
    kind = meeting.delegation_types.get(code="geneva_mission")
    mission = kind.expected.create(entity=an_entity(), contact_email="mission@peru.example.org", language=first)
    chase(kind, chosen=[mission.pk], wording=ChaseWording.BOTH, actor=ORGANIZER, now=NOW)
    texts = {"text_en": "Dear {delegation}\n\nBy {deadline}:\n\n{sign_up_page}", "text_es": "A {delegation}\n\nHasta {deadline}:\n\n{sign_up_page}"}
    subjects = {"subject_en": "Still awaited: {meeting}", "subject_es": "Seguimos a la espera: {meeting}"}
    adapt(meeting, AutomaticMail.CHASE, **texts, **subjects)
    message = OutboxMessage.objects.get(kind=MessageKind.CHASE)

    written = rendered(message)

    words = {"en": "Dear Peru", "es": "A Perú"}
    parts = {language: written.body.index(words[language]) for language in LANGUAGES}
    assert parts[message.language] < parts["es" if message.language == "en" else "en"]
    assert all(sign_up_url(kind, language=language) in written.body for language in LANGUAGES)
    begins = {"en": "Still awaited / Seguimos a la espera: ", "es": "Seguimos a la espera / Still awaited: "}
    assert written.subject.startswith(begins[message.language])
    assert re.findall(r"\w+", words_of_html(written.alternatives[0][0])) == re.findall(r"\w+", written.body)


def test_the_words_of_one_meeting_are_not_those_of_another():
    own, other = a_meeting(), a_meeting()
    adapt(own, AutomaticMail.RECEIVED)

    assert rendered(owed(a_pending_participant(own), MessageKind.RECEIVED)).subject.startswith("Nuestro")
    assert not rendered(owed(a_pending_participant(other), MessageKind.RECEIVED)).subject.startswith("Nuestro")


def test_a_person_is_filled_in_and_never_markup():
    meeting = a_meeting()
    adapt(meeting, AutomaticMail.RECEIVED, text_es="Para {name}\n\n[x]({name}) {delegation}\n\n{details}")
    person = a_pending_participant(meeting, given_names="*Ana*", family_names="<b>", organization="[y](https://evil.example)")

    html = rendered(owed(person, MessageKind.RECEIVED)).alternatives[0][0]

    assert "&lt;b&gt;" in html
    assert ">y</a>" not in html


def test_a_file_of_all_sessions_confirms_in_the_meetings_words():
    meeting = a_meeting(calendar_delivery=CalendarDelivery.FILE)
    adapt(meeting, AutomaticMail.CALENDAR_FILE)
    participant = a_participant(meeting, language="en")

    written = rendered(owed(participant, MessageKind.CALENDAR_FILE))

    assert written.subject.startswith("Ours: ")
    assert participant_url(participant) in written.body


# --- what has to stand in them ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["subject_en", "subject_es", "text_en", "text_es"])
def test_both_languages_are_needed(name):
    with pytest.raises(TextIncomplete):
        adapt(a_meeting(), AutomaticMail.RECEIVED, **{name: " "})
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
        adapt(a_meeting(), AutomaticMail.REMINDER, text_es=text)
    assert str(refusal.value).startswith("the text in Spanish: a first paragraph is the heading")
    assert str(refusal.value).endswith("in this order: {what_to_do}, {details}.")


@pytest.mark.parametrize(
    ("mail", "texts", "names"),
    [
        (AutomaticMail.RECEIVED, {"subject_en": "{session}"}, "{session}"),
        (AutomaticMail.RECEIVED, {"text_es": "T\n\n{reason} {what_to_do}\n\n{details}"}, "{reason}, {what_to_do}"),
        (AutomaticMail.REMINDER, {"subject_es": "{details} {join_url}"}, "{details}, {join_url}"),
        (AutomaticMail.CHASE, {"subject_en": "{name}, {meeting}"}, "{name}"),
        (AutomaticMail.CANCELLATION, {"subject_en": "{what_happened}"}, "{what_happened}"),
        (AutomaticMail.INVITATION_CHANGED, {"text_en": "{standard_subject} {what_happened}\n\n{what_to_do}\n\n{changes}"}, "{standard_subject}"),
    ],
)
def test_unknown_placeholders_are_named(mail, texts, names):
    with pytest.raises(UnknownPlaceholders) as refusal:
        adapt(a_meeting(), mail, **texts)
    assert f"not on the list: {names}." in str(refusal.value)


@pytest.mark.parametrize(("mail", "lacking"), [(mail, wording.needed) for mail, wording in WORDINGS.items() if wording.needed])
def test_what_only_the_moment_knows_has_to_stand_somewhere(mail, lacking):
    below = "\n\n".join(placeholder.written for placeholder in WORDINGS[mail].passages)
    with pytest.raises(PlaceholdersMissing) as refusal:
        adapt(a_meeting(), mail, text_en=f"Heading\n\n{below}")
    assert str(refusal.value) == f"the text in English: {lacking[0].written} has to stand in it, in the heading or below."


@pytest.mark.parametrize("mail", [mail for mail, wording in WORDINGS.items() if wording.passages])
def test_no_text_leaves_out_what_only_the_product_can_write(mail):
    with pytest.raises(PassagesMissing):
        adapt(a_meeting(), mail, text_en=f"Heading {' '.join(placeholder.written for placeholder in WORDINGS[mail].needed)}")


def test_the_meeting_room_is_not_told():
    with pytest.raises(TextTellsTheRoom):
        adapt(a_meeting(join_url=ROOM), AutomaticMail.RECEIVED, subject_en=ROOM)


def test_a_text_changed_by_somebody_else_is_not_overwritten_unseen():
    meeting = a_meeting()
    adapt(meeting, AutomaticMail.RECEIVED)

    with pytest.raises(TextChangedMeanwhile):
        adapt_text(meeting, AutomaticMail.RECEIVED, texts=own_texts(AutomaticMail.RECEIVED), standard={}, seen="", actor=ORGANIZER, now=NOW)


def test_back_to_the_standard_text():
    meeting = a_meeting()
    message = owed(a_pending_participant(meeting), MessageKind.RECEIVED)
    before = rendered(message).body
    adapt(meeting, AutomaticMail.RECEIVED)
    adapt(meeting, AutomaticMail.DECLINED)

    restore(meeting, AutomaticMail.RECEIVED)

    assert rendered(message).body == before
    assert {text.kind for text in MeetingText.objects.all()} == {AutomaticMail.DECLINED}


def test_a_text_is_taken_apart_at_its_passages():
    parts = parts_of("A\nheading\r\n\r\none\n\n{what_to_do}\n\ntwo\n  {details} \nthree", mail=AutomaticMail.REMINDER)

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


# --- the history --------------------------------------------------------------------------------------------------------
HISTORY = "/admin/registrations/historyentry/"


def entries(*, language: str = "en") -> list[str]:
    page = soup(a_desk(language=language).get(HISTORY))
    return [" ".join(cell.get_text(" ").split()) for cell in page.select("#result_list td.field-what")]


def test_adapting_and_going_back_are_kept_with_what_was_before_and_after():
    meeting = a_meeting()
    desk, page = a_desk(), page_of(meeting, "declined/")
    values = values_of(soup(desk.get(page)), "#letter")

    desk.post(page, values | {"subject_en": "Not this time: {meeting}", "text_es": "Lo lamentamos\n\n{details}", "save": "yes"})
    desk.post(page_of(meeting, "declined/restore/"))

    adapted, restored = HistoryEntry.objects.all()
    standard = standard_texts(AutomaticMail.DECLINED, meeting=meeting)
    changes = {
        "subject_en": ["Registration not accepted: {meeting}", "Not this time: {meeting}"],
        "text_es": [standard["text_es"], "Lo lamentamos\n\n{details}"],
    }
    assert (adapted.event, adapted.facts["changes"]) == ("adapt text", changes)
    assert (restored.event, restored.facts["changes"]) == ("restore text", {name: pair[::-1] for name, pair in changes.items()})
    assert {(entry.meeting, entry.actor, entry.door) for entry in (adapted, restored)} == {(meeting, "Eva Jefa", "desk")}


def test_the_history_of_the_meeting_tells_it_in_both_languages():
    adapt(a_meeting(), AutomaticMail.DECLINED, text_en="Sorry\n\n{details}", subject_es="Nuestro")

    [english], [spanish] = entries(), entries(language="es")

    assert english.startswith(
        "Text of an automatic mail adapted : Adapted text “registration declined” subject, in English: Registration not accepted"
    )
    assert "text, in English: We regret that your registration for “{meeting}” could not be accepted." in english
    assert english.count("→") == spanish.count("→") == 4
    assert "asunto, en español: Inscripción no aceptada: {meeting} → Nuestro" in spanish


def test_going_back_where_nothing_was_adapted_leaves_no_entry():
    restore(a_meeting(), AutomaticMail.DECLINED)

    assert not HistoryEntry.objects.exists()


def test_a_refused_text_leaves_no_entry():
    with pytest.raises(PassagesMissing):
        adapt(a_meeting(), AutomaticMail.DECLINED, text_en="Sorry")

    assert not HistoryEntry.objects.exists()


def test_whoever_is_erased_is_erased_from_the_texts_and_what_the_history_keeps_of_them():
    meeting = a_meeting()
    participant = a_participant(meeting, given_names="Aurelia", family_names="Quispe")
    adapt(meeting, AutomaticMail.DECLINED, text_en="Ask Aurelia Quispe\n\n{details}")

    OutboxMessage.objects.update(status=Delivery.SENT)

    forget(participant, actor=ORGANIZER, now=AFTER)

    assert "Quispe" not in str([*MeetingText.objects.values_list("text"), *HistoryEntry.objects.values_list("facts")])
    assert MeetingText.objects.get(language="en").text.startswith("Ask")


def test_a_copied_meeting_has_the_same_texts():
    meeting = a_meeting()
    adapt(meeting, AutomaticMail.FILE_OVER)

    copy = copy_meeting(meeting, slug="next", title_en="Next", title_es="Próxima", first_day=NOW.date(), now=NOW)

    assert {text.kind for text in copy.texts.all()} == {AutomaticMail.FILE_OVER}
