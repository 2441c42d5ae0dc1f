"""What is kept of the texts that a meeting had, and what is not."""

import pytest
import time_machine

from registrations.enums import AutomaticMail, Delivery
from registrations.errors import PassagesMissing
from registrations.mail.standard_texts import standard_texts
from registrations.models import HistoryEntry, MeetingText, OutboxMessage
from registrations.operations.copy_meeting import copy_meeting
from registrations.operations.forget import forget
from tests.desk_rows import a_desk
from tests.make import NOW, ORGANIZER, a_meeting, a_participant
from tests.own_texts import AFTER, adapt, page_of, restore
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


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

    copy = copy_meeting(meeting, slug="next", title_en="Next", title_es="Próxima", first_day=NOW.date(), actor=ORGANIZER, now=NOW)

    assert {text.kind for text in copy.texts.all()} == {AutomaticMail.FILE_OVER}
