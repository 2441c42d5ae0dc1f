"""The reminders of a meeting, on its page at the desk."""

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from registrations.models import Meeting
from tests.desk_rows import a_desk
from tests.make import a_meeting
from tests.test_desk_programme import as_shown, page_of

pytestmark = pytest.mark.django_db
DAY = 24 * 60


def sent(meeting: Meeting, *rows: tuple[str, str]) -> HttpResponse:
    """The meeting's page as the browser sends it, with reminders added, each a number and a unit."""
    desk = a_desk()
    added = {"reminders-TOTAL_FORMS": len(rows)}
    for place, (number, unit) in enumerate(rows):
        added |= {f"reminders-{place}-minutes_0": number, f"reminders-{place}-minutes_1": unit, f"reminders-{place}-meeting": meeting.pk}
    return desk.post(page_of(meeting), as_shown(desk.get(page_of(meeting))) | added)


def refusals(page: HttpResponse) -> list[str]:
    [formset] = [each.formset for each in page.context["inline_admin_formsets"] if each.formset.prefix == "reminders"]
    return [message for form in formset.errors for messages in form.values() for message in messages] + formset.non_form_errors()


def test_any_number_of_reminders_is_set_in_days_hours_and_minutes():
    meeting = a_meeting()

    answer = sent(meeting, ("7", str(DAY)), ("1", "60"), ("90", "1"))

    assert answer.status_code == 302
    assert list(meeting.reminders.values_list("minutes", flat=True)) == [7 * DAY, 90, 60]


@pytest.mark.parametrize(("minutes", "shown"), [(7 * DAY, ("7", "days")), (36 * 60, ("36", "hours")), (60, ("1", "hours")), (90, ("90", "minutes"))])
def test_a_reminder_is_shown_in_the_largest_unit_that_divides_it(minutes, shown):
    meeting = a_meeting()
    meeting.reminders.create(minutes=minutes)

    page = BeautifulSoup(a_desk().get(page_of(meeting)).content, "html.parser")

    number, unit = page.select_one("#id_reminders-0-minutes_0"), page.select_one("#id_reminders-0-minutes_1 option[selected]")
    assert (number["value"], unit.text) == shown


@pytest.mark.parametrize(
    ("rows", "messages"),
    [
        ([("4", "1")], ["Enter at least 5 minutes."]),
        ([("367", str(DAY))], ["Enter no more than a year."]),
        ([("0", "60")], ["Ensure this value is greater than or equal to 1."]),
        ([("soon", "60")], ["Enter a whole number."]),
        ([("", "60")], ["This field is required."]),
        ([("1", str(DAY)), ("24", "60")], ["Please correct the duplicate data for minutes."]),
    ],
)
def test_a_reminder_that_makes_no_sense_is_refused_and_nothing_is_stored(rows, messages):
    meeting = a_meeting()

    page = sent(meeting, *rows)

    assert [message for message in refusals(page) if message in messages] == messages
    assert page.status_code == 200
    assert meeting.reminders.count() == 0
