import re
from datetime import timedelta

import pytest

from registrations.enums import Delivery, Status
from registrations.models import OutboxMessage, Participant
from registrations.queries.desk import figures_of_published_meetings
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, confirmed

pytestmark = pytest.mark.django_db


def test_figures_count_each_type_and_status_once():
    meeting = a_meeting(seats=2)
    a_participant(meeting)
    a_participant(meeting)
    a_participant(meeting)
    a_pending_participant(meeting)
    OutboxMessage.objects.filter(pk=OutboxMessage.objects.first().pk).update(status=Delivery.FAILED)

    [figures] = figures_of_published_meetings(now=NOW)

    assert [[number for _status, number in line.numbers] for line in figures.lines] == [
        [0, 0, 2, 1, 0, 0],
        [0, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
    ]
    assert dict(figures.totals.numbers)[Status.CONFIRMED] == 2
    assert (figures.totals.total, figures.to_review, figures.seats_left) == (4, 1, 0)
    assert (figures.mails_queued, figures.mails_failed) == (5, 1)


def test_a_meeting_that_is_over_comes_last_and_an_unpublished_one_not_at_all():
    over, coming = a_meeting(slug="over"), a_meeting(slug="coming")
    a_meeting(slug="draft", is_published=False)
    over.sessions.update(starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))

    figures = figures_of_published_meetings(now=NOW)

    assert [(each.meeting, each.is_over) for each in figures] == [(coming, False), (over, True)]


def test_every_figure_leads_to_exactly_those_rows():
    meeting = a_meeting(seats=5)
    a_participant(meeting)
    a_pending_participant(meeting)
    a_pending_participant(meeting)
    confirmed(a_pending_participant(meeting))
    Participant.objects.filter(delegation__entity=None, status=Status.CONFIRMED).update(to_review={"position": ["Asesora", "Consejera"]})
    OutboxMessage.objects.filter(kind="invitation").update(status=Delivery.FAILED)
    desk = a_desk()

    page = desk.get("/admin/").content.decode()
    section = page[page.index('id="figures"') : page.index('id="content-main"')]
    links = re.findall(r'<a href="([^"]+)">(?:(\d+) of )?(\d+)', section)

    assert len(links) >= 10
    assert (f"{PARTICIPANTS}?meeting={meeting.pk}&amp;changes=confirmed", "", "1") in links
    for address, left, number in links:
        shown = desk.get(address.replace("&amp;", "&")).context["cl"].result_count
        assert shown == (meeting.seats - int(left) if left else int(number)), address


def test_an_empty_desk_says_how_to_begin():
    page = a_desk().get("/admin/").content.decode()

    assert "No meeting is published yet." in page


def test_figures_are_for_those_who_may_see_participants():
    a_meeting()

    without = desk_of(an_organizer("view_meeting")).get("/admin/")
    with_them = desk_of(an_organizer("view_participant", username="eva")).get("/admin/")

    assert ('id="figures"' in without.content.decode(), 'id="figures"' in with_them.content.decode()) == (False, True)


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_index_costs_the_same_for_any_number_of_meetings(meetings, django_assert_num_queries):
    for _index in range(meetings):
        a_participant(a_meeting())
    desk = a_desk()

    with django_assert_num_queries(14):
        desk.get("/admin/")


def test_the_language_is_switched_by_a_form_that_stays_on_the_page():
    desk = a_desk()

    answer = desk.post("/i18n/setlang/", {"language": "es", "next": "/admin/registrations/participant/?status__exact=pending"})

    assert answer.url == "/admin/registrations/participant/?status__exact=pending"
    assert '<html lang="es"' in desk.get("/admin/").content.decode()
