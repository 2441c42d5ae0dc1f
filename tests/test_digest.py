"""One mail an hour with the news of a delegation, for its focal point."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations import mail
from registrations.details import FOCAL_POINT, PARTICIPANT, FocalPoint
from registrations.enums import MessageKind
from registrations.links import correction_url, delegation_url
from registrations.models import Delegation, HistoryEntry, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.promote import promote
from registrations.operations.resend import resend
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.status import record_of_delegation
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from registrations.queries.readiness import obstacles
from registrations.rules.digests import window_at
from tests.mail_rows import rendered
from tests.make import NOW, ORGANIZER, a_meeting, a_pending_participant, a_person, participants_of, sign_up

pytestmark = pytest.mark.django_db
ROSA = FocalPoint(name="Rosa Archivo", email="rosa@mision.example.org", language="en")
LATER = NOW + timedelta(hours=3, minutes=20)
NETWORK = {"type_code": "organization", "entity": "", "organization": "Red Andina"}


def people(*names: str, meeting=None, **fields) -> list[Participant]:
    """Pending participants of one organization with a focal point who takes no part, signed up at NOW."""
    persons = [a_person(family_names=name, honorific="", given_names="Ana", language="en", **fields) for name in names]
    return participants_of(sign_up(meeting or a_meeting(), *persons, focal_point=ROSA, **NETWORK))


def digests() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=MessageKind.DIGEST).order_by("due_at"))


def letter(message: OutboxMessage) -> str:
    return rendered(OutboxMessage.objects.get(pk=message.pk)).body


# --- what is owed -----------------------------------------------------------------------------------------------------
def test_all_that_happens_within_an_hour_is_one_mail_at_its_end():
    first, second = people("Díaz", "Ruiz")

    confirm(first, actor=ORGANIZER, now=LATER)
    confirm(second, actor=ORGANIZER, now=LATER + timedelta(minutes=30))
    withdraw(second, actor=PARTICIPANT, now=LATER + timedelta(minutes=39))

    [digest] = digests()
    assert (digest.recipient_name, digest.recipient_email, digest.language) == ("Rosa Archivo", ROSA.email, "en")
    assert digest.due_at == datetime(2027, 1, 20, 14, 1, tzinfo=UTC)
    assert digest.delegation == first.delegation


def test_the_next_hour_is_another_mail():
    first, second = people("Díaz", "Ruiz")

    confirm(first, actor=ORGANIZER, now=LATER)
    confirm(second, actor=ORGANIZER, now=LATER + timedelta(minutes=40))

    assert [digest.due_at.hour for digest in digests()] == [14, 15]
    assert ["Díaz" in letter(digest) for digest in digests()] == [True, False]
    assert ["Ruiz" in letter(digest) for digest in digests()] == [False, True]


@pytest.mark.parametrize("moment", ["2027-01-20T13:00:00", "2027-01-20T13:59:59.999999"])
def test_an_hour_begins_with_its_first_moment_and_ends_before_the_next(moment):
    window = window_at(datetime.fromisoformat(moment).replace(tzinfo=UTC))

    assert (window.starts_at.hour, window.ends_at.hour) == (13, 14)


def test_each_delegation_has_its_own():
    meeting = a_meeting()
    [first] = people("Díaz", meeting=meeting)
    other = participants_of(sign_up(meeting, a_person(), focal_point=ROSA, type_code="organization", entity="", organization="Otra"))[0]

    for participant in (first, other):
        confirm(participant, actor=ORGANIZER, now=LATER)

    assert {digest.delegation for digest in digests()} == {first.delegation, other.delegation}


def test_participants_get_their_own_mails_as_before():
    [participant] = people("Díaz")

    confirm(participant, actor=ORGANIZER, now=LATER)

    assert sorted(OutboxMessage.objects.filter(mailbox=participant.mailbox).values_list("kind", flat=True)) == [
        "invitation",
        "invitation",
        "received",
    ]


def test_a_sign_up_that_makes_the_delegation_is_no_news():
    people("Díaz", "Ruiz")

    assert digests() == []


def test_whoever_joins_by_another_form_is_news():
    first, second = people("Díaz", "Ruiz")
    meeting = first.meeting
    sign_up(meeting, a_person(family_names="Vega", honorific="", given_names="Eva"), now=LATER, **NETWORK)

    [digest] = digests()
    assert digest.delegation == first.delegation
    assert said_about("Eva Vega", digest) == ["- signed up", "Status now: under review"]
    assert second.full_name not in letter(digest)


def test_a_form_of_people_who_are_there_already_is_no_news():
    meeting = a_meeting()
    person = a_person()
    for hour in range(2):
        sign_up(meeting, person, focal_point=ROSA, now=NOW + timedelta(hours=hour), **NETWORK)

    assert digests() == []


def test_what_focal_points_did_themselves_is_no_news_to_them():
    [participant] = people("Díaz")

    withdraw(participant, actor=FOCAL_POINT, now=LATER)

    assert digests() == []


def test_what_came_to_the_focal_points_own_mailbox_is_no_news():
    participant = a_pending_participant(a_meeting())

    confirm(participant, actor=ORGANIZER, now=LATER)

    assert digests() == []


def test_what_the_secretariat_tells_nobody_is_no_news():
    meeting = a_meeting(seats=0)
    [participant] = participants_of(sign_up(meeting, a_person(), focal_point=ROSA))

    resend(participant, actor=ORGANIZER, now=LATER)
    promote(participant, reason="The minister asks.", actor=ORGANIZER, now=LATER)

    assert digests() == []


def test_a_seat_that_falls_to_another_delegation_is_news_there():
    meeting = a_meeting(seats=1)
    [leaves] = participants_of(sign_up(meeting, a_person()))
    [waits] = participants_of(sign_up(meeting, a_person(language="en"), focal_point=ROSA, entity="EC", now=NOW + timedelta(seconds=1)))

    withdraw(leaves, actor=PARTICIPANT, now=LATER)

    [digest] = digests()
    assert digest.delegation == waits.delegation
    assert said_about(waits.styled_name, digest) == ["- confirmed", "Status now: confirmed"]


# --- what it says -----------------------------------------------------------------------------------------------------
def said_about(name: str, digest: OutboxMessage) -> list[str]:
    """The lines under the person's name."""
    lines = letter(digest).splitlines()
    start = lines.index(name) + 1
    return lines[start : lines.index("", start)]


def test_it_tells_by_person_in_the_delegations_order_what_happened_and_where_they_stand():
    first, second, third = people("Zúñiga", "Arias", "Vega")
    confirm(second, actor=ORGANIZER, now=LATER)
    confirm(first, actor=ORGANIZER, now=LATER + timedelta(minutes=1))
    withdraw(first, actor=PARTICIPANT, now=LATER + timedelta(minutes=2))

    [digest] = digests()

    assert said_about("Ana Zúñiga", digest) == ["- confirmed", "- withdrawn", "Status now: withdrawn"]
    assert said_about("Ana Arias", digest) == ["- confirmed", "Status now: confirmed"]
    text = letter(digest)
    assert text.index("Zúñiga") < text.index("Arias")
    assert third.full_name not in text
    assert text.count(delegation_url(first.delegation)) == 1
    assert "You need do nothing" in text


def test_where_they_stand_is_what_is_true_when_it_is_sent():
    [participant] = people("Díaz")
    confirm(participant, actor=ORGANIZER, now=LATER)
    withdraw(participant, actor=PARTICIPANT, now=LATER + timedelta(hours=1))

    assert said_about("Ana Díaz", digests()[0]) == ["- confirmed", "Status now: withdrawn"]


def test_corrected_data_are_named_and_not_repeated():
    [participant] = people("Díaz")
    before = person_on_record(participant)
    for minutes, position in enumerate(["Cónsul", "Embajadora"]):
        details = a_person(**{**vars(before), "position": position})
        amend(participant, details=details, actor=PARTICIPANT, now=LATER + timedelta(minutes=minutes))

    assert said_about("Ana Díaz", digests()[0]) == ["- data corrected (position)", "Status now: under review"]


def test_a_returned_registration_comes_with_the_note_and_the_way_to_correct_it():
    [participant] = people("Díaz")
    return_for_correction(participant, fields=["position"], notes={"en": "Write the position in full."}, actor=ORGANIZER, now=LATER)

    [digest] = digests()

    assert said_about("Ana Díaz", digest) == [
        "- returned for correction",
        "Status now: returned for correction",
        "Write the position in full.",
        "- position",
        f"Form for the correction: {correction_url(participant.delegation, participant, language='en')}",
    ]
    assert "Please correct what the secretariat asks for below" in letter(digest)
    assert delegation_url(participant.delegation) in letter(digest)


def test_a_note_that_was_answered_is_told_no_more():
    [participant] = people("Díaz")
    return_for_correction(participant, fields=["position"], notes={"en": "Write the position in full."}, actor=ORGANIZER, now=LATER)
    decline(participant, reasons={"en": "Too late."}, actor=ORGANIZER, now=LATER + timedelta(minutes=1))

    text = letter(digests()[0])

    assert "Write the position in full." not in text
    assert "Too late." not in text


def test_what_happened_to_the_delegation_as_a_whole_comes_first():
    [participant] = people("Díaz")
    confirm(participant, actor=ORGANIZER, now=LATER)
    delegation = Delegation.objects.select_related("type").get()
    record_of_delegation(delegation, event="amend", actor=ORGANIZER, now=LATER + timedelta(minutes=1))

    lines = letter(digests()[0]).splitlines()

    assert lines[lines.index("The delegation as a whole") + 1] == "- data corrected"
    assert lines.index("The delegation as a whole") < lines.index("Ana Díaz")


def test_it_is_written_in_the_focal_points_language():
    [participant] = participants_of(sign_up(a_meeting(), a_person(), focal_point=FocalPoint(name="Rosa", email=ROSA.email, language="es"), **NETWORK))
    confirm(participant, actor=ORGANIZER, now=LATER)

    text = letter(digests()[0])

    assert text.startswith("Hay novedades sobre la delegación (Red Andina)")
    assert "- inscripción confirmada\nSituación actual: confirmada" in text


# --- when it is not sent ----------------------------------------------------------------------------------------------
def test_nothing_is_sent_where_nothing_is_left():
    [participant] = people("Díaz")
    confirm(participant, actor=ORGANIZER, now=LATER)
    HistoryEntry.objects.update(actor=FOCAL_POINT.label)

    assert mail.render(digests()[0], now=NOW) is None


def test_nothing_is_said_about_somebody_erased():
    [participant] = people("Díaz")
    confirm(participant, actor=ORGANIZER, now=LATER)
    Participant.objects.update(erased_at=LATER)

    assert mail.render(digests()[0], now=NOW) is None


def test_it_goes_to_nobody_but_the_focal_point():
    [participant] = people("Díaz")
    confirm(participant, actor=ORGANIZER, now=LATER)
    Delegation.objects.update(focal_point_email="luis@mision.example.org", focal_point_mailbox="luis@mision.example.org")

    assert mail.render(digests()[0], now=NOW) is None


def test_a_digest_that_waits_for_its_hour_is_no_sign_of_a_stuck_outbox():
    [participant] = people("Díaz")
    OutboxMessage.objects.all().delete()
    confirm(participant, actor=ORGANIZER, now=LATER)
    OutboxMessage.objects.exclude(kind=MessageKind.DIGEST).delete()
    [digest] = digests()

    assert obstacles(now=digest.due_at + timedelta(minutes=1)) == []
    assert obstacles(now=digest.due_at + timedelta(minutes=16)) == ["outbox: mail has been waiting for more than 15 minutes"]


# --- what it costs ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_it_is_rendered_in_the_same_statements_at_any_length(number, django_assert_num_queries):
    for participant in people(*[f"Díaz {letter}" for letter in "ABC"[:number]]):
        confirm(participant, actor=ORGANIZER, now=LATER)
    message = OutboxMessage.objects.select_related("meeting").get(kind=MessageKind.DIGEST)

    with django_assert_num_queries(5):
        mail.render(message, now=NOW)


def test_owing_it_costs_one_statement(django_assert_num_queries):
    meeting = a_meeting()
    [alone] = participants_of(sign_up(meeting, a_person()))
    [with_focal_point] = participants_of(sign_up(meeting, a_person(), entity="EC", focal_point=ROSA))

    with django_assert_num_queries(12):
        withdraw(alone, actor=ORGANIZER, now=LATER)
    with django_assert_num_queries(13):
        withdraw(with_focal_point, actor=ORGANIZER, now=LATER)
