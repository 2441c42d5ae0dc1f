"""The next meeting begins with what the last one had."""

from datetime import UTC, date, datetime

import pytest
from django.forms.models import model_to_dict

from registrations.errors import AddressTaken
from registrations.models import KnownHeading, Meeting, Participant
from registrations.operations.copy_meeting import copy_meeting
from registrations.operations.drafts import keep_draft
from registrations.operations.save_columns import save_columns
from registrations.queries.translations import text_gaps
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.dialogue import load_dialogue
from tests.make import NOW, ORGANIZER, a_meeting, a_participant

pytestmark = pytest.mark.django_db
TITLES = {"title_en": "Second Dialogue", "title_es": "Segundo Diálogo"}


def a_copy(meeting: Meeting, *, first_day: date = date(2027, 7, 7)) -> Meeting:
    return Meeting.objects.get(pk=copy_meeting(meeting, slug="second", first_day=first_day, actor=ORGANIZER, now=NOW, **TITLES).pk)


def told(records, *but: str) -> list[dict]:
    return [{name: value for name, value in model_to_dict(record).items() if name not in {"id", "meeting", *but}} for record in records.all()]


def test_everything_but_people_is_copied_and_moved() -> None:
    meeting = load_dialogue()
    a_participant(meeting)
    save_columns(meeting, name="Badges", columns=["family_names", "session_2"], actor=ORGANIZER, now=NOW)
    KnownHeading.objects.create(meeting=meeting, key="quien manda", column="represented")

    copy = a_copy(meeting)

    assert (copy.slug, copy.title_en, copy.title_es, copy.subtitle_es) == ("second", "Second Dialogue", "Segundo Diálogo", meeting.subtitle_es)
    assert (copy.is_published, copy.join_url, copy.version) == (False, "", 1)
    for name in ("clocks", "hosts", "delegation_types", "prepared_reasons", "reminders", "saved_columns", "known_headings"):
        assert told(getattr(copy, name)) == told(getattr(meeting, name)) != []
    assert [session.starts_at for session in copy.sessions.all()] == [datetime(2027, 7, day, 13, tzinfo=UTC) for day in (7, 8)]
    for old, new in zip(meeting.sessions.all(), copy.sessions.all(), strict=True):
        assert told(new.items, "session", "starts_at", "ends_at") == told(old.items, "session", "starts_at", "ends_at") != []
        assert [told(item.speakers, "item") for item in new.items.all()] == [told(item.speakers, "item") for item in old.items.all()]
    assert not Participant.objects.filter(meeting=copy).exists()
    assert copy.registration_closes_at == datetime(2027, 7, 6, 21, 59, 59, tzinfo=UTC)


def test_the_last_meeting_stays_as_it_is() -> None:
    meeting = load_dialogue()
    before = [(session.pk, session.starts_at, session.items.count()) for session in meeting.sessions.all()]

    a_copy(meeting)

    assert [(session.pk, session.starts_at, session.items.count()) for session in Meeting.objects.get(pk=meeting.pk).sessions.all()] == before


def test_what_was_not_published_and_what_was_cancelled_is_not_taken_over() -> None:
    meeting = a_meeting()
    first, second = meeting.sessions.all()
    first.title_en = "Opening session"
    keep_draft(first, meeting=meeting)
    second.is_cancelled = True
    second.save()

    copied = a_copy(meeting).sessions.all()

    assert [(session.title_en, session.draft, session.is_cancelled) for session in copied] == [("Session 1", {}, False), ("Session 2", {}, False)]
    assert text_gaps(Meeting.objects.get(slug="second")) == []


def test_a_meeting_without_sessions_is_copied_too() -> None:
    meeting = a_meeting(sessions=0)

    assert a_copy(meeting).registration_closes_at == meeting.registration_closes_at


def test_the_address_of_another_meeting_is_refused() -> None:
    meeting = a_meeting()

    with pytest.raises(AddressTaken, match=f"“{meeting.slug}”"):
        copy_meeting(meeting, slug=meeting.slug, first_day=date(2027, 7, 7), actor=ORGANIZER, now=NOW, **TITLES)


# --- the desk ---------------------------------------------------------------------------------------------------------
def page_of(meeting: Meeting) -> str:
    return f"/admin/registrations/meeting/{meeting.pk}/copy/"


def test_the_desk_makes_the_copy_and_leads_to_it() -> None:
    meeting, desk = a_meeting(), a_desk(language="es")
    assert page_of(meeting) in desk.get(page_of(meeting).replace("copy", "change")).content.decode()
    assert meeting.title_es in desk.get(page_of(meeting)).content.decode()

    answer = desk.post(page_of(meeting), TITLES | {"slug": "second", "first_day": "07/07/2027"}, follow=True)

    copy = Meeting.objects.get(slug="second")
    assert answer.redirect_chain[0][0] == f"/admin/registrations/meeting/{copy.pk}/change/"
    assert "Esta es la copia." in answer.content.decode()
    assert copy.sessions.first().starts_at.date() == date(2027, 7, 7)


def test_a_refusal_keeps_what_was_typed() -> None:
    meeting, desk = a_meeting(), a_desk()

    answer = desk.post(page_of(meeting), TITLES | {"slug": meeting.slug, "first_day": "2027-07-07"})

    assert "Choose another one." in answer.content.decode()
    assert 'value="Second Dialogue"' in answer.content.decode()
    assert Meeting.objects.count() == 1


def test_only_who_may_add_meetings_copies_one() -> None:
    meeting = a_meeting()

    assert desk_of(an_organizer("change_meeting", "view_meeting")).get(page_of(meeting)).status_code == 403
