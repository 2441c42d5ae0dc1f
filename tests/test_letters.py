"""Letters of the secretariat: drafted, sent once to each alone, and nothing of the erased."""

from datetime import timedelta

import pytest

from registrations.details import FocalPoint, LetterTexts
from registrations.enums import Delivery, LetterStatus, MessageKind
from registrations.errors import (
    AddressMissing,
    DraftChangedMeanwhile,
    LetterGone,
    LetterIncomplete,
    LetterTellsTheRoom,
    LetterTooLate,
    NobodyToWriteTo,
    SeveralMeetings,
    UnknownPlaceholders,
)
from registrations.links import participant_url
from registrations.models import HistoryEntry, Letter, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.cancel_letter import cancel_letter
from registrations.operations.draft_letter import begin_letter, discard_draft, save_draft
from registrations.operations.forget import forget
from registrations.operations.send_letter import send_letter, send_trial
from registrations.queries.participants import person_on_record
from registrations.rules.digests import is_news
from tests.mail_rows import opened, owed, rendered
from tests.make import NOW, ORGANIZER, a_draft, a_letter, a_meeting, a_participant, a_person, participants_of, sign_up
from tests.post_office import Backend, PostOffice
from tests.worker import deliver

pytestmark = pytest.mark.django_db
ROOM = "https://zoom.example.com/j/123?pwd=secret"
NEXT_WEEK = NOW + timedelta(days=7)
PLACEHOLDERS = "{name}|{name_with_title}|{delegation}|{reference}|{meeting}|{dates}"


@pytest.fixture
def office(settings) -> PostOffice:
    settings.EMAIL_BACKEND, Backend.office = "tests.post_office.Backend", PostOffice()
    return Backend.office


def send(draft: Letter, *, now=NOW) -> Letter:
    return send_letter(draft, seen=draft.version, actor=ORGANIZER, now=now)


def letters_owed() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=MessageKind.LETTER).order_by("due_at"))


def test_everybody_gets_the_letter_alone_and_in_their_language(office):
    meeting = a_meeting()
    spanish, english = a_participant(meeting, language="es"), a_participant(meeting, language="en")
    OutboxMessage.objects.all().delete()

    letter = a_letter(spanish, english)
    deliver(now=NOW)

    assert letter.status == LetterStatus.SENT
    assert [mail.mailbox for mail in office.taken] == [spanish.mailbox, english.mailbox]
    assert [opened(mail.content)["Subject"] for mail in office.taken] == ["Cómo llegar", "How to reach us"]
    assert not [mail for mail, other in zip(office.taken, (english, spanish), strict=True) for text in mail.texts if other.email in text]


def test_the_placeholders_are_filled_in_for_each():
    participant = a_participant(a_meeting(), language="es", honorific="S.E. Sra.", given_names="Ana", family_names="Díaz")

    a_letter(participant, text_es=PLACEHOLDERS + "\n\n{personal_page}", subject_es="{name}: {meeting}")

    written = rendered(owed(participant, MessageKind.LETTER))
    assert written.subject == "Ana Díaz: Diálogo Regional de Partes sobre Desminado Humanitario"
    title = "Diálogo Regional de Partes sobre Desminado Humanitario"
    expected = f"Ana Díaz|S.E. Sra. Ana Díaz|Perú|{participant.reference}|{title}|10 y 11 de febrero de 2027"
    assert expected in written.body.replace("\n", " ")
    assert participant_url(participant) in written.body


def test_a_long_subject_keeps_a_few_words_of_the_meeting():
    participant = a_participant(a_meeting(), language="en")
    long = "On the arrangements for the second session, the interpretation and the room: "

    a_letter(participant, subject_en=long + "{meeting}")

    assert rendered(owed(participant, MessageKind.LETTER)).subject == long + "Regional Dialogue…"


def test_a_letter_is_sent_once_whoever_presses_the_button_again():
    draft = a_draft(a_participant(a_meeting()))
    send(draft)

    with pytest.raises(LetterGone):
        send(draft)
    assert len(letters_owed()) == 1


def test_each_person_has_it_in_their_history():
    meeting = a_meeting()
    people = [a_participant(meeting), a_participant(meeting)]

    letter = a_letter(*people)

    entries = HistoryEntry.objects.filter(event="letter")
    assert sorted((entry.participant_id, entry.facts["letter"], entry.actor) for entry in entries) == [
        (person.pk, letter.pk, ORGANIZER.label) for person in people
    ]


def test_a_letter_is_no_news_for_the_focal_point():
    focal_point = FocalPoint(name="Rosa Archivo", email="protocolo@mision.example.org", language="es")
    [person] = participants_of(sign_up(a_meeting(), a_person(), focal_point=focal_point))
    letter = a_letter(person)
    cancel_letter(letter, actor=ORGANIZER, now=NOW)

    told = {entry.event: is_news(entry, delegation=person.delegation) for entry in person.history.all()}

    assert (told["letter"], told["cancel letter"]) == (False, False)


@pytest.mark.parametrize("name", ["subject_en", "subject_es", "text_en", "text_es"])
def test_a_letter_in_one_language_is_not_sent(name):
    draft = a_draft(a_participant(a_meeting()), **{name: " "})
    words = {"subject": "the subject", "text": "the text"}[name[:-3]] + {"en": " in English", "es": " in Spanish"}[name[-2:]]

    with pytest.raises(LetterIncomplete) as refusal:
        send(draft)
    assert str(refusal.value) == f"Write the letter in both languages before it is sent. Still missing: {words}."
    assert letters_owed() == []


def test_unknown_placeholders_are_named():
    draft = a_draft(a_participant(a_meeting()), subject_en="{meting}", text_es="{nombre} 100 % {join_link}")

    with pytest.raises(UnknownPlaceholders) as refusal:
        send(draft)
    assert str(refusal.value).startswith("These placeholders are not on the list: {meting}, {nombre}, {join_link}.")


@pytest.mark.parametrize("name", ["subject_en", "text_es"])
def test_the_way_into_the_room_is_not_written_to_anybody(name):
    draft = a_draft(a_participant(a_meeting(join_url=ROOM)), **{name: f"Come: {ROOM.upper()}"})

    with pytest.raises(LetterTellsTheRoom):
        send(draft)


def test_a_moment_that_has_passed_is_refused():
    with pytest.raises(LetterTooLate):
        send(a_draft(a_participant(a_meeting()), due_at=NOW))


def test_a_scheduled_letter_leaves_when_it_is_due(office):
    participant = a_participant(a_meeting())
    OutboxMessage.objects.all().delete()
    a_letter(participant, due_at=NEXT_WEEK)

    deliver(now=NEXT_WEEK - timedelta(minutes=1))
    before = len(office.taken)
    deliver(now=NEXT_WEEK)

    assert (before, len(office.taken)) == (0, 1)


def test_a_scheduled_letter_follows_the_person_to_a_new_mailbox_and_language():
    participant = a_participant(a_meeting(), language="es")
    a_letter(participant, due_at=NEXT_WEEK)
    details = person_on_record(participant)

    changed = {**vars(details), "email": "new@example.org", "language": "en", "family_names": "Quispe"}
    amend(participant, details=type(details)(**changed), actor=ORGANIZER, now=NOW)

    [message] = letters_owed()
    assert (message.recipient_email, message.mailbox, message.language) == ("new@example.org", "new@example.org", "en")
    assert message.recipient_name.endswith("Quispe")


def test_a_draft_keeps_what_was_typed_complete_or_not():
    draft = a_draft(a_participant(a_meeting()), subject_es="", text_en="Half a {sen")

    kept = Letter.objects.get(pk=draft.pk)

    assert (kept.subject_en, kept.subject_es, kept.text_en, kept.status) == ("How to reach us", "", "Half a {sen", LetterStatus.DRAFT)


def test_a_draft_that_somebody_else_changed_is_not_overwritten_unseen():
    draft = a_draft(a_participant(a_meeting()))
    seen = draft.version
    texts = LetterTexts(subject_en="Theirs", subject_es="", text_en="", text_es="", due_at=None)
    save_draft(draft, texts=texts, seen=seen, actor=ORGANIZER, now=NOW + timedelta(minutes=1))

    with pytest.raises(DraftChangedMeanwhile):
        save_draft(draft, texts=texts, seen=seen, actor=ORGANIZER, now=NOW + timedelta(minutes=2))
    with pytest.raises(DraftChangedMeanwhile):
        send_letter(draft, seen=seen, actor=ORGANIZER, now=NOW + timedelta(minutes=2))
    assert Letter.objects.get(pk=draft.pk).subject_en == "Theirs"


def test_what_was_sent_is_neither_changed_nor_discarded():
    letter = a_letter(a_participant(a_meeting()))
    texts = LetterTexts(subject_en="", subject_es="", text_en="", text_es="", due_at=None)

    with pytest.raises(LetterGone):
        save_draft(letter, texts=texts, seen=letter.version, actor=ORGANIZER, now=NOW)
    with pytest.raises(LetterGone):
        discard_draft(letter, actor=ORGANIZER, now=NOW)


def test_a_letter_belongs_to_one_meeting_and_goes_to_somebody():
    with pytest.raises(SeveralMeetings):
        begin_letter([a_participant(a_meeting()), a_participant(a_meeting())], actor=ORGANIZER, now=NOW)
    with pytest.raises(NobodyToWriteTo):
        begin_letter([], actor=ORGANIZER, now=NOW)


def test_a_trial_goes_to_the_writer_about_nobody_and_shows_both_languages():
    participant = a_participant(a_meeting())
    draft = a_draft(participant, text_en=PLACEHOLDERS + " {personal_page}")

    send_trial(draft, to="ana@example.org", actor=ORGANIZER, now=NOW)

    english, spanish = sorted(letters_owed(), key=lambda message: message.language)
    assert {message.recipient_email for message in (english, spanish)} == {"ana@example.org"}
    written = rendered(english)
    assert written.subject == "[Trial] How to reach us"
    assert rendered(spanish).subject == "[Prueba] Cómo llegar"
    assert "H.E. Ambassador Maria Example" in written.body
    for private in (participant.family_names, participant.reference, participant_url(participant, language="en")):
        assert private not in written.body


def test_a_trial_needs_an_address_and_a_text():
    participant = a_participant(a_meeting())

    with pytest.raises(AddressMissing):
        send_trial(a_draft(participant), to="", actor=ORGANIZER, now=NOW)
    with pytest.raises(LetterIncomplete):
        send_trial(a_draft(participant, text_en="", text_es=""), to="ana@example.org", actor=ORGANIZER, now=NOW)
    with pytest.raises(UnknownPlaceholders):
        send_trial(a_draft(participant, text_es="{nombre}"), to="ana@example.org", actor=ORGANIZER, now=NOW)


# --- erasure ------------------------------------------------------------------------------------------------------------
def test_whoever_is_to_be_erased_gets_no_letter_and_is_not_kept_waiting_for_one():
    meeting = a_meeting()
    leaving, staying = a_participant(meeting), a_participant(meeting)
    a_letter(leaving, staying, due_at=NEXT_WEEK)
    OutboxMessage.objects.exclude(kind=MessageKind.LETTER).update(status=Delivery.SENT)

    forget(leaving, actor=ORGANIZER, now=NOW + timedelta(days=1))

    assert {message.participant_id: message.status for message in letters_owed()} == {
        leaving.pk: Delivery.SUPERSEDED,
        staying.pk: Delivery.QUEUED,
    }


def test_a_draft_to_somebody_erased_goes_to_the_others():
    meeting = a_meeting()
    leaving, staying = a_participant(meeting), a_participant(meeting)
    draft = a_draft(leaving, staying)
    Participant.objects.filter(pk=leaving.pk).update(erasure_approved_at=NOW)

    letter = send(draft)

    assert [message.participant for message in letters_owed()] == [staying]
    assert list(letter.recipients.all()) == [staying]


def test_a_letter_to_nobody_but_the_erased_is_not_sent():
    participant = a_participant(a_meeting())
    draft = a_draft(participant)
    Participant.objects.update(erasure_approved_at=NOW)

    with pytest.raises(NobodyToWriteTo):
        send(draft)


def test_the_name_of_the_erased_goes_from_every_letter_of_the_meeting():
    meeting = a_meeting()
    leaving = a_participant(meeting, given_names="Anacaona", family_names="Quispehuamán")
    staying = a_participant(meeting)
    letter = a_letter(staying, text_en="ANACAONA QUISPEHUAMÁN will speak.", subject_es="Anacaona Quispehuamán")
    OutboxMessage.objects.all().update(status=Delivery.SENT, session=None)

    forget(leaving, actor=ORGANIZER, now=meeting.sessions.last().ends_at + timedelta(days=1))

    letter.refresh_from_db()
    assert (letter.text_en, letter.subject_es) == (" will speak.", "")


@pytest.mark.parametrize("rows", [1, 3])
def test_sending_costs_the_same_at_any_number(rows, django_assert_num_queries):
    meeting = a_meeting()
    draft = a_draft(*[a_participant(meeting) for _index in range(rows)])

    with django_assert_num_queries(9):
        send(draft)
