import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from playwright.sync_api import Page, expect

from registrations.enums import Status
from registrations.models import Meeting, OutboxMessage, Participant, PreparedReason
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.make import a_meeting, a_participant, a_pending_participant, status_of
from tests.test_desk_decisions import decide, decided, told
from tests.test_desk_programme import as_shown, page_of

pytestmark = pytest.mark.django_db


def a_prepared_reason(meeting: Meeting, **fields: object) -> PreparedReason:
    texts = {"text_en": "All places are taken.", "text_es": "Todas las plazas están ocupadas."}
    return PreparedReason.objects.create(meeting=meeting, **texts | fields)


def one_of_each_language(meeting: Meeting) -> list[Participant]:
    return [a_pending_participant(meeting, language=language) for language in ("es", "en")]


def reasons_sent() -> dict[str, str]:
    return {message.language: message.facts["reason"] for message in OutboxMessage.objects.filter(kind="declined")}


@pytest.mark.parametrize(("language", "text"), [("en", "All places are taken."), ("es", "Todas las plazas están ocupadas.")])
def test_the_reasons_of_the_meeting_are_offered_in_the_organizers_language(language, text):
    meeting = a_meeting()
    a_prepared_reason(meeting)
    a_prepared_reason(a_meeting(), text_en="Of another meeting", text_es="De otra reunión")

    page = decide(a_desk(language=language), "decline", a_pending_participant(meeting))

    choices = [label.text.strip() for label in BeautifulSoup(page.content, "html.parser").select("#id_prepared label")]
    assert choices[1:] == [text]


def test_a_picked_reason_goes_to_everybody_in_their_language():
    meeting = a_meeting()
    people, reason, desk = one_of_each_language(meeting), a_prepared_reason(meeting), a_desk()

    answer = decided(desk, decide(desk, "decline", *people), prepared=str(reason.pk))

    assert told(answer) == ["2 registrations declined."]
    assert reasons_sent() == {"en": "All places are taken.", "es": "Todas las plazas están ocupadas."}


def test_what_is_written_wins_over_what_is_picked():
    meeting = a_meeting()
    people, reason, desk = one_of_each_language(meeting), a_prepared_reason(meeting), a_desk()

    decided(desk, decide(desk, "decline", *people), prepared=str(reason.pk), reason_en="The room is full.")

    assert reasons_sent() == {"en": "The room is full.", "es": "Todas las plazas están ocupadas."}


def test_a_missing_language_says_so_and_nothing_typed_is_lost():
    meeting = a_meeting()
    people, desk = one_of_each_language(meeting), a_desk()
    a_prepared_reason(meeting)

    page = decided(desk, decide(desk, "decline", *people), reason_en="The room is full.")

    assert page.context["form"].errors == {"reason_es": ["Write the reason in Spanish."]}
    assert BeautifulSoup(page.content, "html.parser").select_one("#id_reason_en").text.strip() == "The room is full."
    assert [status_of(person) for person in people] == [Status.PENDING, Status.PENDING]


@pytest.mark.parametrize("picked", ["another meeting's", "0", "x"])
def test_a_reason_that_was_not_offered_is_refused(picked):
    meeting, desk = a_meeting(), a_desk()
    person = a_pending_participant(meeting)
    a_prepared_reason(meeting)
    foreign = a_prepared_reason(a_meeting())

    page = decided(desk, decide(desk, "decline", person), prepared=str(foreign.pk) if picked.startswith("another") else picked)

    assert "prepared" in page.context["form"].errors
    assert status_of(person) == Status.PENDING


def test_without_prepared_reasons_both_languages_are_written():
    page = decide(a_desk(), "decline", *one_of_each_language(a_meeting()))

    assert list(page.context["form"].fields) == ["reason_en", "reason_es"]


@pytest.mark.parametrize("reasons", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_reasons(reasons, django_assert_num_queries):
    meeting, desk = a_meeting(), a_desk()
    person = a_pending_participant(meeting)
    for _index in range(reasons):
        a_prepared_reason(meeting)

    with django_assert_num_queries(16):
        decide(desk, "decline", person)


def test_declining_somebody_confirmed_cancels_their_calendar_and_gives_the_seat_to_the_next():
    meeting, desk = a_meeting(seats=1), a_desk()
    first, second = a_participant(meeting), a_participant(meeting)
    reason = a_prepared_reason(meeting)

    decided(desk, decide(desk, "decline", first), prepared=str(reason.pk))

    assert (status_of(first), status_of(second)) == (Status.DECLINED, Status.CONFIRMED)
    owed = OutboxMessage.objects.order_by("kind", "session__number").values_list("kind", "session__number")
    assert list(owed.filter(participant=first, kind="cancellation")) == [("cancellation", 1), ("cancellation", 2)]
    assert list(owed.filter(participant=second, kind="invitation")) == [("invitation", 1), ("invitation", 2)]


# --- on the meeting's page ----------------------------------------------------------------------------------------------
def sent(meeting: Meeting, **texts: str) -> HttpResponse:
    """The meeting's page as the browser sends it, with one prepared reason added."""
    desk = a_desk()
    row = {"TOTAL_FORMS": 1, "0-order": 1, "0-meeting": meeting.pk} | {f"0-{name}": text for name, text in texts.items()}
    return desk.post(page_of(meeting), as_shown(desk.get(page_of(meeting))) | {f"prepared_reasons-{name}": value for name, value in row.items()})


def test_a_reason_is_prepared_on_the_page_of_its_meeting_in_both_languages():
    meeting = a_meeting()

    answer = sent(meeting, text_en="Not invited.", text_es="No figura entre los invitados.")

    assert answer.status_code == 302
    assert list(meeting.prepared_reasons.values_list("text_en", "text_es")) == [("Not invited.", "No figura entre los invitados.")]


def test_a_reason_in_one_language_is_refused_and_what_was_typed_stays():
    page = sent(a_meeting(), text_en="Not invited.")

    [errors] = [formset.formset.errors for formset in page.context["inline_admin_formsets"] if formset.formset.prefix == "prepared_reasons"]
    assert errors == [{"text_es": ["This field is required."]}]
    assert "Not invited.</textarea>" in page.content.decode()
    assert not PreparedReason.objects.exists()


# --- in the browser -----------------------------------------------------------------------------------------------------
def _decline_page(open_page, *people: Participant, **options) -> Page:
    page = open_page(f"{PARTICIPANTS}?status__exact=pending", **options)
    for person in people:
        page.locator(f"input[name=_selected_action][value='{person.pk}']").check()
    page.locator("select[name=action]").select_option("decline")
    page.locator("button[name=index]").click()
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_picking_a_reason_fills_the_fields_but_never_over_what_was_written(desk, live_site):
    meeting = a_meeting()
    first, second = a_prepared_reason(meeting), a_prepared_reason(meeting, text_en="Not invited.", text_es="No figura entre los invitados.", order=2)
    page = _decline_page(desk, *one_of_each_language(meeting))
    english, spanish = page.locator("#id_reason_en"), page.locator("#id_reason_es")

    page.locator(f"input[name=prepared][value='{first.pk}']").check()
    expect(english).to_have_value("All places are taken.")
    spanish.fill("El aforo está completo.")
    page.locator(f"input[name=prepared][value='{second.pk}']").check()

    expect(english).to_have_value("Not invited.")
    expect(spanish).to_have_value("El aforo está completo.")
