"""Publishing what was changed in a programme: what is owed to whom, and what is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.enums import MessageKind
from registrations.errors import ChangedSincePreview, NothingToPublish, SessionInUse
from registrations.models import Meeting, OutboxMessage, ProgrammeItem, ProgrammeVersion, Session, Speaker
from registrations.operations.drafts import discard_drafts, drop, keep_draft
from registrations.operations.publish import publish
from registrations.operations.withdraw import withdraw
from registrations.queries.drafts import number_of_drafts
from registrations.queries.programme_state import fingerprint, state_of
from tests.mail_rows import event_in, octets, owed, sent, value_of
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, sign_up

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
HOUR = timedelta(hours=1)


def drafted(record: Any, *, meeting: Meeting, **columns: Any) -> Any:
    """The record with other values typed at the desk."""
    for name, value in columns.items():
        setattr(record, name, value)
    keep_draft(record, meeting=meeting)
    return record


def first_of(meeting: Meeting) -> Session:
    return meeting.sessions.get(number=1)


def a_moved_session(meeting: Meeting) -> Session:
    session = first_of(meeting)
    return drafted(session, meeting=meeting, starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR)


def published(meeting: Meeting, **options: Any) -> Any:
    return publish(meeting, actor=ORGANIZER, now=LATER, **options)


def told(version: ProgrammeVersion) -> list[tuple[str, int, str]]:
    """Kind, session and mailbox of each mail that the version owes."""
    owed = OutboxMessage.objects.filter(facts__version=version.number).order_by("kind", "session__number", "mailbox")
    return [(mail.kind, mail.session.number, mail.mailbox) for mail in owed if mail.session]


def test_a_draft_changes_nothing_that_anybody_sees() -> None:
    meeting = a_meeting()
    a_participant(meeting)
    before, owed = state_of(meeting), OutboxMessage.objects.count()

    a_moved_session(meeting)

    assert (state_of(meeting), OutboxMessage.objects.count(), number_of_drafts(meeting)) == (before, owed, 1)


def test_a_draft_that_says_what_is_published_is_none() -> None:
    meeting = a_meeting()
    session = a_moved_session(meeting)

    drafted(session, meeting=meeting, starts_at=session.starts_at - HOUR, ends_at=session.ends_at - HOUR)

    assert number_of_drafts(meeting) == 0


def test_moved_hours_are_told_to_each_mailbox_of_those_confirmed_once() -> None:
    meeting = a_meeting()
    one = a_participant(meeting, email="uno@example.org")
    shared = sign_up(meeting, a_person(email="mision@example.org"), a_person(email="mision@example.org"), entity="PE")
    a_pending_participant(meeting)
    withdraw(a_participant(meeting), actor=ORGANIZER, now=NOW)
    a_moved_session(meeting)

    publication = published(meeting)

    assert told(publication.version) == [("invitation", 1, "mision@example.org"), ("invitation", 1, one.mailbox)]
    assert publication.mails == {MessageKind.INVITATION: 2}
    assert len(shared.lines) == 2
    assert first_of(meeting).starts_at.hour == 15
    assert number_of_drafts(meeting) == 0


def test_a_cancelled_session_is_cancelled_and_one_taken_up_again_invites() -> None:
    meeting = a_meeting()
    person = a_participant(meeting)
    drafted(first_of(meeting), meeting=meeting, is_cancelled=True)
    cancelled = published(meeting)
    drafted(first_of(meeting), meeting=meeting, is_cancelled=False)

    reinstated = published(meeting)

    assert told(cancelled.version) == [("cancellation", 1, person.mailbox)]
    assert told(reinstated.version) == [("invitation", 1, person.mailbox)]
    assert OutboxMessage.objects.get(kind=MessageKind.CANCELLATION).facts == {"because": "session cancelled", "version": 2}


@pytest.mark.parametrize(("announced", "sessions"), [(None, [1]), ([], []), ([1], [1])])
def test_an_organizer_may_keep_a_new_title_to_the_feed(announced: list[int] | None, sessions: list[int]) -> None:
    meeting = a_meeting()
    a_participant(meeting)
    drafted(first_of(meeting), meeting=meeting, title_en="Opening session", title_es="Sesión inaugural")

    publication = published(meeting, announced=announced)

    assert [number for _kind, number, _mailbox in told(publication.version)] == sessions


@pytest.mark.parametrize(("announced", "sessions"), [(None, []), ([1], [1])])
def test_small_changes_go_to_the_feed_only_unless_they_are_ticked(announced: list[int] | None, sessions: list[int]) -> None:
    meeting = a_meeting()
    a_participant(meeting)
    session = first_of(meeting)
    keep_draft(
        ProgrammeItem(session=session, title_en="Opening", title_es="Apertura", starts_at=session.starts_at, ends_at=session.ends_at), meeting=meeting
    )

    publication = published(meeting, announced=announced)

    assert [number for _kind, number, _mailbox in told(publication.version)] == sessions
    assert [item.title_en for item in session.items.all()] == ["Opening"]


def test_a_small_change_that_is_told_reaches_the_calendar_as_an_update() -> None:
    meeting = a_meeting()
    person = a_participant(meeting)
    first = sent(owed(person, MessageKind.INVITATION, session=1))
    session = first_of(meeting)
    keep_draft(
        ProgrammeItem(session=session, title_en="Opening", title_es="Apertura", starts_at=session.starts_at, ends_at=session.ends_at), meeting=meeting
    )
    published(meeting, announced=[1])

    update = sent(owed(person, MessageKind.INVITATION, session=1), now=LATER)

    assert "15:00-18:00 Apertura" in event_in(octets(update)).description.value
    assert [value_of(octets(mail), "SEQUENCE") for mail in (first, update)] == ["0", "1"]


def test_a_new_speaker_who_is_told_stands_in_the_calendar() -> None:
    meeting = a_meeting()
    session = first_of(meeting)
    texts = {"title_en": "Opening", "title_es": "Apertura", "description_en": "A word of welcome.", "description_es": "Palabras de bienvenida."}
    item = ProgrammeItem.objects.create(session=session, starts_at=session.starts_at, ends_at=session.ends_at, **texts)
    person = a_participant(meeting)
    first = sent(owed(person, MessageKind.INVITATION, session=1))
    office = {"honorific_en": "Ms.", "honorific_es": "Sra.", "office_en": "Head of Delegation", "office_es": "Jefa de Delegación"}
    keep_draft(Speaker(item=item, name="Ana Núñez", country_en="Peru", country_es="Perú", **office), meeting=meeting)
    published(meeting, announced=[1])

    update = sent(owed(person, MessageKind.INVITATION, session=1), now=LATER)

    line = "Sra. Ana Núñez, Jefa de Delegación, Perú"
    assert "Palabras de bienvenida." in event_in(octets(first)).description.value
    assert [line in event_in(octets(mail)).description.value for mail in (first, update)] == [False, True]
    assert [value_of(octets(mail), "SEQUENCE") for mail in (first, update)] == ["0", "1"]


def test_another_place_is_told_for_every_session() -> None:
    meeting = a_meeting()
    person = a_participant(meeting)
    drafted(meeting, meeting=meeting, place_en="Geneva", place_es="Ginebra")

    publication = published(meeting)

    assert told(publication.version) == [("invitation", 1, person.mailbox), ("invitation", 2, person.mailbox)]


def test_nothing_is_told_of_a_session_that_is_over() -> None:
    meeting = a_meeting()
    a_participant(meeting)
    drafted(first_of(meeting), meeting=meeting, title_en="Opening session", title_es="Sesión inaugural")

    publication = publish(meeting, actor=ORGANIZER, now=first_of(meeting).ends_at)

    assert told(publication.version) == []


def test_versions_are_kept_with_what_changed_and_without_the_join_link() -> None:
    meeting = a_meeting(join_url="https://zoom.example.com/j/1")
    drafted(meeting, meeting=meeting, join_url="https://zoom.example.com/j/2")
    a_moved_session(meeting)

    published(meeting)

    second, first = meeting.programme_versions.all()
    assert (first.number, first.changes, second.number, second.published_at) == (1, [], 2, LATER)
    assert [change["record"] for change in second.changes] == ["meeting", "session"]
    assert second.changes[1]["fields"][0]["before"][0] == "2027-02-10T14:00:00+00:00"
    assert "zoom" not in str([(version.changes, version.programme) for version in (first, second)])
    assert second.programme == state_of(meeting)


def test_publishing_nothing_is_refused_and_makes_no_version() -> None:
    meeting = a_meeting()

    with pytest.raises(NothingToPublish):
        published(meeting)

    assert ProgrammeVersion.objects.count() == 0


def test_what_was_changed_since_it_was_looked_at_is_not_published() -> None:
    meeting = a_meeting()
    a_participant(meeting)
    a_moved_session(meeting)
    owed = OutboxMessage.objects.count()

    with pytest.raises(ChangedSincePreview):
        published(meeting, seen=fingerprint(state_of(meeting)))

    assert (number_of_drafts(meeting), first_of(meeting).starts_at.hour, OutboxMessage.objects.count()) == (1, 14, owed)


def test_a_session_that_somebody_attends_is_not_removed_but_an_empty_one_is() -> None:
    meeting = a_meeting()
    a_participant(meeting, sessions=frozenset({1}))
    attended, empty = meeting.sessions.all()

    with pytest.raises(SessionInUse):
        drop(attended, meeting=meeting)
    drop(empty, meeting=meeting)
    listed = meeting.sessions.count()
    published(meeting)

    assert (listed, list(meeting.sessions.all())) == (2, [attended])


def test_a_session_that_was_attended_meanwhile_stops_the_publishing() -> None:
    meeting = a_meeting()
    drop(meeting.sessions.get(number=2), meeting=meeting)
    a_participant(meeting)

    with pytest.raises(SessionInUse):
        published(meeting)

    assert meeting.sessions.count() == 2


def test_discarding_leaves_what_is_published() -> None:
    meeting = a_meeting()
    before = state_of(meeting)
    session = a_moved_session(meeting)
    keep_draft(
        ProgrammeItem(session=session, title_en="Opening", title_es="Apertura", starts_at=session.starts_at, ends_at=session.ends_at), meeting=meeting
    )
    drop(meeting.sessions.get(number=2), meeting=meeting)

    assert discard_drafts(meeting, actor=ORGANIZER, now=NOW) == 3

    assert (state_of(meeting), number_of_drafts(meeting), ProgrammeItem.with_drafts.count()) == (before, 0, 0)


def statements_of_publishing(people: int) -> int:
    meeting = a_meeting()
    for _each in range(people):
        a_participant(meeting)
    a_moved_session(meeting)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        published(meeting)
    return len(statements)


def test_publishing_costs_the_same_for_one_and_for_many() -> None:
    assert statements_of_publishing(1) == statements_of_publishing(6)
