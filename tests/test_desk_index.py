import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from registrations.details import PARTICIPANT
from registrations.enums import Delivery
from registrations.models import Delegation, Meeting, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.expect import expect_all_eligible
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from registrations.queries.desk import figures_of_published_meetings
from registrations.queries.desk_counts import DelegationCounts
from registrations.queries.participants import person_on_record
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import (
    NOW,
    ORGANIZER,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    an_entity,
    confirmed,
    participants_of,
    sign_up,
)
from tests.reply_mails import filed
from tests.test_publish import drafted
from tests.web_form import soup

pytestmark = pytest.mark.django_db
FILTERS = {
    *("meeting", "type", "status__exact", "changes", "decision", "mails", "erasure", "signed_up", "session", "language"),
    *("people", "note", "focal_point", "represented", "expected", "answer", "owed", "dealt_with"),
}
"""What the figures of a busy meeting lead to."""


def a_busy_meeting() -> Meeting:
    """One in which every figure of the first page has something to count."""
    meeting = a_meeting(seats=5)
    meeting.delegation_types.filter(code="oas_observer").update(note_verbale_required=True, seats=4)
    meeting.delegation_types.filter(code="geneva_mission").update(note_verbale_required=True)
    an_entity("EC", "Ecuador", "Ecuador")
    an_entity("FR", "France", "Francia", groups=["oas_permanent_observer"])
    an_entity("IT", "Italy", "Italia", groups=["oas_permanent_observer"])
    a_participant(meeting, role="adviser", language="en", sessions=frozenset({2}))
    sign_up(meeting, a_person(), entity="EC", now=NOW + timedelta(days=2))
    sign_up(meeting, a_person(role="observer"), entity="FR", type_code="oas_observer")
    a_pending_participant(meeting)
    a_pending_participant(meeting, organization="Campaña Contra las Minas", role="representative")
    changed = confirmed(a_pending_participant(meeting))
    Participant.objects.filter(pk=changed.pk).update(to_review={"position": ["Asesora", "Consejera"]}, bounced_at=NOW)
    Delegation.objects.filter(entity__code="EC").update(focal_point_bounced_at=NOW)
    Participant.objects.filter(delegation__entity__code="FR").update(erasure_requested_at=NOW)
    OutboxMessage.objects.filter(participant=changed).update(status=Delivery.FAILED)
    uncertain = OutboxMessage.objects.filter(kind="received").first()
    OutboxMessage.objects.filter(pk=uncertain.pk).update(status=Delivery.UNCERTAIN)
    filed(
        b"From: ana@example.com\r\nSubject: Parking?\r\nMessage-ID: <1@example.com>\r\nIn-Reply-To: <%s@x>\r\n\r\nIs there any?"
        % str(uncertain.pk).encode()
    )
    expect_all_eligible(meeting.delegation_types.get(code="oas_observer"), actor=ORGANIZER, now=NOW)
    drafted(meeting.sessions.get(number=1), meeting=meeting, title_en="Opening session", title_es="Sesión de apertura")
    return meeting


def rows_behind(desk: Client, address: str, *, meeting: Meeting) -> int:
    if address == f"/admin/registrations/meeting/{meeting.pk}/publish/":
        return len(soup(desk.get(address)).select("section:has(#changes-heading) tbody"))
    return desk.get(address).context["cl"].result_count


def test_every_figure_leads_to_exactly_those_rows():
    meeting, other = a_busy_meeting(), a_busy_meeting()
    desk = a_desk()

    links = {link["href"]: link.text for link in soup(desk.get("/admin/")).select("#figures a") if link.text[:1].isdigit()}

    assert {name for address in links for name in parse_qs(urlsplit(address).query)} == FILTERS
    assert sum(address.endswith("/publish/") for address in links) == 2
    for address, text in links.items():
        left_of = re.fullmatch(r"(\d+) of (\d+)", text)
        number = int(left_of[2]) - int(left_of[1]) if left_of else int(re.match(r"\d+", text)[0])
        of = meeting if f"meeting={meeting.pk}" in address or f"/{meeting.pk}/" in address else other
        assert (address, rows_behind(desk, address, meeting=of)) == (address, number)


def test_what_is_missing_is_counted_by_delegation():
    meeting = a_busy_meeting()
    a_participant(meeting, role="head", language="es")

    [figures] = figures_of_published_meetings(now=NOW)

    assert [line.counts for line in figures.delegations] == [
        DelegationCounts(number=2, represented=2, heads_missing=0, notes_missing=2, focal_points_out_of_reach=1),
        DelegationCounts(number=1, represented=1, heads_missing=1, notes_missing=1),
        DelegationCounts(number=2, represented=1, heads_missing=1),
    ]
    assert (figures.states_represented, figures.heads_missing, figures.notes_missing, figures.drafts) == (3, 2, 3, 1)
    assert figures.states_expected == 2
    assert [(line.expected, line.silent) for line in figures.delegations] == [(0, 0), (2, 1), (0, 0)]
    assert [line.seats_left for line in figures.delegations] == [None, 3, None]


def test_a_state_with_two_delegations_is_represented_once():
    meeting = a_meeting()
    an_entity("ES", "Spain", "España", groups=["un_member", "oas_permanent_observer"])
    for type_code in ("geneva_mission", "oas_observer"):
        sign_up(meeting, a_person(), entity="ES", type_code=type_code)

    [figures] = figures_of_published_meetings(now=NOW)

    assert figures.states_represented == 1


def test_a_delegation_whose_only_head_withdrew_has_none_and_one_without_anybody_lacks_none():
    meeting = a_meeting()
    an_entity("EC", "Ecuador", "Ecuador")
    head = a_participant(meeting, role="head")
    a_participant(meeting, role="adviser")
    alone = participants_of(sign_up(meeting, a_person(role="adviser"), entity="EC"))[0]
    for person in (head, alone):
        withdraw(person, actor=ORGANIZER, now=NOW)

    [figures] = figures_of_published_meetings(now=NOW)

    assert figures.heads_missing == 1


def test_sign_ups_are_counted_on_the_meetings_own_days_until_today():
    meeting = a_meeting(time_zone="America/Lima")
    a_participant(meeting, now=datetime(2027, 1, 18, 4, 59, tzinfo=UTC))
    a_participant(meeting, now=datetime(2027, 1, 18, 5, 0, tzinfo=UTC))

    [figures] = figures_of_published_meetings(now=NOW)

    days = [(each.first.isoformat(), each.first == each.last, number) for each, number in figures.sign_ups]
    assert days == [("2027-01-17", True, 1), ("2027-01-18", True, 1), ("2027-01-19", True, 0), ("2027-01-20", True, 0)]


@pytest.mark.parametrize(
    ("days", "number"),
    [
        ("2027-01-17..2027-01-17", 1),
        ("2027-01-17..2027-01-18", 2),
        ("2027-01-19..2027-01-25", 0),
        ("2027-01-18..2027-01-17", 2),
        ("2027-01-18", 2),
        ("0001-01-01..9999-12-31", 2),
        ("yesterday..today", 2),
        ("", 2),
    ],
)
def test_the_list_is_narrowed_to_days_of_the_meeting_and_by_nothing_that_is_no_span_of_days(days, number):
    meeting = a_meeting(time_zone="America/Lima")
    a_participant(meeting, now=datetime(2027, 1, 18, 4, 59, tzinfo=UTC))
    a_participant(meeting, now=datetime(2027, 1, 18, 5, 0, tzinfo=UTC))

    page = a_desk().get(f"{PARTICIPANTS}?meeting={meeting.pk}&signed_up={days}")

    assert page.context["cl"].result_count == number


def test_whoever_waits_for_a_decision_is_listed_by_how_long_they_have_waited():
    meeting = a_meeting()
    old, young = (a_pending_participant(meeting, now=NOW + timedelta(hours=hours)) for hours in (0, 2))
    again = a_pending_participant(meeting, now=NOW - timedelta(days=1))
    return_for_correction(again, fields=["position"], notes={"es": "Complete el cargo."}, actor=ORGANIZER, now=NOW)
    resubmit(again, details=replace(person_on_record(again), position="Directora"), actor=PARTICIPANT, now=NOW + timedelta(hours=1))
    changed = confirmed(a_pending_participant(meeting, now=NOW - timedelta(days=2)))
    amend(changed, details=replace(person_on_record(changed), position="Directora"), actor=PARTICIPANT, now=NOW + timedelta(hours=3))
    a_participant(meeting)

    [figures] = figures_of_published_meetings(now=NOW)

    assert list(figures.waiting) == [old, again, young, changed]
    assert figures.to_decide == 4


def test_only_the_first_of_a_long_queue_are_listed():
    meeting, other = a_meeting(), a_meeting()
    people = [a_pending_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(7)]
    elsewhere = a_pending_participant(other)

    first, second = figures_of_published_meetings(now=NOW)

    assert (list(first.waiting), first.to_decide, list(second.waiting)) == (people[:5], 7, [elsewhere])


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
        a_busy_meeting()
    desk = a_desk()

    with django_assert_num_queries(18):
        desk.get("/admin/")


def test_the_language_is_switched_by_a_form_that_stays_on_the_page():
    desk = a_desk()

    answer = desk.post("/i18n/setlang/", {"language": "es", "next": "/admin/registrations/participant/?status__exact=pending"})

    assert answer.url == "/admin/registrations/participant/?status__exact=pending"
    assert '<html lang="es"' in desk.get("/admin/").content.decode()
