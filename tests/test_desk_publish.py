"""What the desk's page says before an organizer publishes."""

import pytest

from registrations.models import Meeting, ProgrammeItem
from registrations.operations.drafts import keep_draft
from tests.desk_rows import a_desk
from tests.make import a_meeting, a_participant
from tests.test_publish import a_moved_session
from tests.web_form import soup

pytestmark = pytest.mark.django_db
FEED_ONLY = "only the site and the feeds change."


def a_meeting_with_a_moved_session() -> Meeting:
    meeting = a_meeting()
    a_participant(meeting)
    a_moved_session(meeting)
    return meeting


def page_of(meeting: Meeting) -> str:
    return " ".join(soup(a_desk().get(f"/admin/registrations/meeting/{meeting.pk}/publish/")).get_text().split())


def test_sessions_of_which_only_the_feed_hears_are_named_where_there_are_any() -> None:
    meeting = a_meeting_with_a_moved_session()
    assert FEED_ONLY not in page_of(meeting)

    second = meeting.sessions.get(number=2)
    item = ProgrammeItem(session=second, title_en="Opening", title_es="Apertura", starts_at=second.starts_at, ends_at=second.ends_at)
    keep_draft(item, meeting=meeting)

    assert f"For 1 session {FEED_ONLY}" in page_of(meeting)


def test_each_mail_is_shown_under_its_subject() -> None:
    summaries = soup(a_desk().get(f"/admin/registrations/meeting/{a_meeting_with_a_moved_session().pk}/publish/")).select("details summary")

    assert [" ".join(each.get_text().split()) for each in summaries] == [
        "EN: Registration confirmed (1/2): Regional Dialogue on Humanitarian…, 10 February",
        "ES: Inscripción confirmada (1/2): Diálogo Regional de Partes sobre…, 10 de febrero",
    ]
