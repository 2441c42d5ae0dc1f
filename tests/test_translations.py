"""Nothing is published whose texts are not the same in English and Spanish."""

from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from registrations.errors import NothingToConfirm, TranslationMissing
from registrations.models import Host, Meeting, ProgrammeItem, Speaker
from registrations.operations.confirm_translation import confirm_translation
from registrations.operations.drafts import discard_drafts, keep_draft
from registrations.operations.publish import publish, put_on_site
from registrations.queries.translations import text_gaps
from registrations.rules.translations import Gap, gaps_in, paired
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.dialogue import load_dialogue
from tests.make import NOW, ORGANIZER, a_meeting
from tests.test_desk_programme import as_shown

pytestmark = pytest.mark.django_db


def gaps(meeting: Meeting) -> list[tuple[str, Gap]]:
    return [(gap.key, gap.gap) for gap in text_gaps(meeting)]


def drafted(record: Any, **columns: Any) -> Any:
    for name, value in columns.items():
        setattr(record, name, value)
    keep_draft(record, meeting=record.meeting)
    return record


def page_of(meeting: Meeting, page: str = "translations") -> str:
    return f"/admin/registrations/meeting/{meeting.pk}/{page}/"


# --- the rule ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        (("", ""), ("", ""), None),
        (("Opening", "Apertura"), ("Opening", "Apertura"), None),
        (("Opening", "Apertura"), ("Closing", "Apertura"), Gap.SPANISH_OLDER),
        (("Opening", "Apertura"), ("Closing", "Clausura"), None),
        (("Opening", "Apertura"), ("Opening", "Inauguración"), None),
        (("Opening", "Apertura"), ("Opening", ""), Gap.NO_SPANISH),
        (("Opening", ""), ("", "Apertura"), Gap.NO_ENGLISH),
        (("", ""), ("Opening", "Apertura"), None),
    ],
)
def test_a_text_lacks_a_language_or_its_spanish_is_older(before: tuple[str, str], after: tuple[str, str], gap: Gap | None) -> None:
    pairs = paired({"title": before}, before={})

    assert gaps_in({"title": after}, pairs=paired({"title": after}, before=pairs)) == ({"title": gap} if gap else {})


def test_an_english_text_that_is_as_it_was_again_is_no_newer() -> None:
    pairs = paired({"title": ("Opening", "Apertura")}, before={})
    for english in ("Closing", "Opening"):
        pairs = paired({"title": (english, "Apertura")}, before=pairs)

    assert gaps_in({"title": ("Opening", "Apertura")}, pairs=pairs) == {}


# --- what is looked at --------------------------------------------------------------------------------------------------
def test_the_shipped_meeting_is_complete() -> None:
    assert gaps(load_dialogue()) == []


def test_every_record_with_texts_is_looked_at_and_drafts_count_as_they_would_be_published() -> None:
    meeting = load_dialogue()
    session = meeting.sessions.get(number=1)
    item = session.items.first()
    speaker = item.speakers.first()
    Host.objects.filter(pk=meeting.hosts.first().pk).update(name_es="")
    drafted(session, title_en="Opening session")
    ProgrammeItem.objects.filter(pk=item.pk).update(description_en="Something new")
    Speaker.objects.filter(pk=speaker.pk).update(office_en="")

    assert gaps(meeting) == [
        (f"host-{meeting.hosts.first().pk}-name", Gap.NO_SPANISH),
        (f"session-{session.pk}-title", Gap.SPANISH_OLDER),
        (f"programmeitem-{item.pk}-description", Gap.NO_SPANISH),
        (f"speaker-{speaker.pk}-office", Gap.NO_ENGLISH),
    ]


@pytest.mark.parametrize("sessions", [1, 5])
def test_looking_costs_eight_statements(sessions: int, django_assert_num_queries: Any) -> None:
    meeting = a_meeting(sessions=sessions)

    with django_assert_num_queries(8):
        text_gaps(meeting)


# --- publishing ---------------------------------------------------------------------------------------------------------
def test_changes_whose_spanish_is_older_are_not_published_until_somebody_says_that_it_holds() -> None:
    meeting = a_meeting()
    session = drafted(meeting.sessions.get(number=1), title_en="Opening session")

    with pytest.raises(TranslationMissing, match="session: title, “Opening session”"):
        publish(meeting, actor=ORGANIZER, now=NOW)
    assert meeting.sessions.get(number=1).title_en == "Session 1"

    confirm_translation(meeting, key=f"session-{session.pk}-title", actor=ORGANIZER, now=NOW)
    publish(meeting, actor=ORGANIZER, now=NOW)

    assert meeting.sessions.get(number=1).title_en == "Opening session"
    assert gaps(meeting) == []


def test_only_a_spanish_text_that_is_older_can_be_said_to_hold() -> None:
    meeting = a_meeting()
    session = drafted(meeting.sessions.get(number=1), title_en="Opening session")
    discard_drafts(meeting, actor=ORGANIZER, now=NOW)

    with pytest.raises(NothingToConfirm):
        confirm_translation(meeting, key=f"session-{session.pk}-title", actor=ORGANIZER, now=NOW)


def test_a_meeting_that_lacks_a_text_does_not_go_on_the_site() -> None:
    meeting = a_meeting(is_published=False, title_es="")

    with pytest.raises(TranslationMissing):
        put_on_site(meeting, now=NOW)

    assert not Meeting.objects.get().is_published


# --- the desk ---------------------------------------------------------------------------------------------------------
def test_the_desk_lists_the_texts_and_takes_the_word_of_an_organizer() -> None:
    meeting, desk = a_meeting(), a_desk(language="es")
    session = drafted(meeting.sessions.get(number=1), title_en="Opening session")

    page = BeautifulSoup(desk.get(page_of(meeting)).content, "html.parser")
    [row] = page.select("tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("td[lang]")] == ["Opening session", "Sesión 1"]
    assert row.select_one("a")["href"] == f"/admin/registrations/session/{session.pk}/change/"
    assert page_of(meeting) in desk.get(page_of(meeting, "publish")).content.decode()
    assert page_of(meeting) in desk.get(page_of(meeting, "change")).content.decode()

    answer = desk.post(page_of(meeting), {"text": row.button["value"]}, follow=True)

    assert "El texto en español se considera actualizado." in answer.content.decode()
    assert "Todos los textos de la reunión están en español y en inglés." in answer.content.decode()


def test_a_text_that_was_mended_meanwhile_is_told() -> None:
    meeting = a_meeting()

    answer = a_desk().post(page_of(meeting), {"text": "session-1-title"}, follow=True)

    assert "This Spanish text is not older than its English any more." in answer.content.decode()


def test_saving_a_meeting_that_lacks_a_text_keeps_it_off_the_site_and_says_why() -> None:
    meeting, desk = a_meeting(is_published=False), a_desk()
    Meeting.objects.update(place_es="")

    answer = desk.post(page_of(meeting, "change"), as_shown(desk.get(page_of(meeting, "change"))) | {"is_published": "on"}, follow=True)

    assert "Not published: 1 text lacks a language" in answer.content.decode()
    assert not Meeting.objects.get().is_published


def test_only_who_may_change_meetings_sees_the_page() -> None:
    meeting = a_meeting()

    assert desk_of(an_organizer("view_meeting")).get(page_of(meeting)).status_code == 403
    assert a_desk().get("/admin/registrations/meeting/999/translations/").status_code == 404


# --- the command --------------------------------------------------------------------------------------------------------
def test_the_command_lists_the_gaps_and_fails() -> None:
    complete, lacking = a_meeting(slug="complete"), a_meeting(slug="lacking")
    Meeting.objects.filter(pk=lacking.pk).update(title_es="")
    out = StringIO()

    with pytest.raises(CommandError, match="1 to be mended") as failure:
        call_command("check_translations", stdout=out)
    call_command("check_translations", complete.slug, stdout=out)

    assert failure.value.returncode == 1
    assert out.getvalue().splitlines() == [
        "lacking: meeting: title (no Spanish): Regional Dialogue on Humanitarian Demining",
        "Every text is there in English and Spanish.",
    ]


def test_a_meeting_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="There is no meeting “nowhere”"):
        call_command("check_translations", "nowhere")
