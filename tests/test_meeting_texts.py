"""Automatic mails in a meeting's own words: what they say, what has to stand in them, and back again."""

import re

import pytest
import time_machine

from registrations.enums import AutomaticMail, CalendarDelivery, ChaseWording, MessageKind
from registrations.errors import PassagesMissing, PlaceholdersMissing, TextChangedMeanwhile, TextIncomplete, TextTellsTheRoom, UnknownPlaceholders
from registrations.links import participant_url, sign_up_url
from registrations.mail.standard_texts import standard_texts
from registrations.models import MeetingText, OutboxMessage
from registrations.operations.adapt_text import adapt_text
from registrations.operations.chase import chase
from registrations.rules.meeting_texts import WORDINGS, mail_of, parts_of
from tests.mail_rows import owed, rendered, words_of_html
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, an_entity
from tests.own_texts import LANGUAGES, MAILS, a_mail, adapt, own_texts, passages, restore

pytestmark = pytest.mark.django_db
ROOM = "https://zoom.example.com/j/123?pwd=secret"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


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
