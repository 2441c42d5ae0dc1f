import pytest
from django.contrib.messages import get_messages

from registrations.details import FocalPoint
from registrations.enums import Delivery, MessageKind
from registrations.models import Invitation, OutboxMessage, Revision
from tests.desk_rows import a_desk, an_organizer, desk_of, many_participants
from tests.make import a_meeting, a_participant, a_pending_participant, a_person, sign_up

pytestmark = pytest.mark.django_db
OUTBOX = "/admin/registrations/outboxmessage/"


def an_invitation() -> OutboxMessage:
    return a_participant(a_meeting()).outbox.get(session__number=1)


def test_a_mail_is_shown_as_it_will_look_and_nothing_is_written():
    message = an_invitation()
    before = OutboxMessage.objects.values().get(pk=message.pk)

    page = a_desk().get(f"{OUTBOX}{message.pk}/change/")

    parts = page.context["parts"]
    assert "Diálogo Regional" in parts.subject
    assert message.participant.reference in parts.text
    assert parts.calendar.startswith("BEGIN:VCALENDAR")
    assert f'<iframe src="{OUTBOX}{message.pk}/html/" sandbox' in page.content.decode()
    assert (Invitation.objects.count(), Revision.objects.count()) == (0, 0)
    assert OutboxMessage.objects.values().get(pk=message.pk) == before


def test_the_frame_has_a_policy_in_which_nothing_runs():
    message = an_invitation()

    frame = a_desk().get(f"{OUTBOX}{message.pk}/html/")

    policy = dict(part.strip().partition(" ")[::2] for part in frame["Content-Security-Policy"].split(";"))
    assert policy == {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "'self' data:", "frame-ancestors": "'self'", "sandbox": ""}
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert message.participant.reference in frame.content.decode()


def test_the_frame_is_for_those_who_may_see_messages():
    message = an_invitation()

    assert desk_of(an_organizer("view_participant")).get(f"{OUTBOX}{message.pk}/html/").status_code == 404
    assert desk_of(an_organizer("view_outboxmessage", username="eva")).get(f"{OUTBOX}{message.pk}/html/").status_code == 200


def test_a_mail_that_is_no_longer_needed_says_so():
    participant = a_pending_participant(a_meeting())
    message = participant.outbox.get(kind=MessageKind.RECEIVED)
    participant.status = "withdrawn"
    participant.save()

    page = a_desk().get(f"{OUTBOX}{message.pk}/change/")

    assert "This mail is no longer needed" in page.content.decode()


def test_trying_again_owes_failed_mails_and_reports_the_others():
    participant = a_participant(a_meeting())
    failed, queued = participant.outbox.all()
    OutboxMessage.objects.filter(pk=failed.pk).update(status=Delivery.FAILED, attempts=9)

    answer = a_desk().post(OUTBOX, {"action": "try_again", "_selected_action": [failed.pk, queued.pk], "index": 0})

    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told == ["1 mail is sent again.", f"{participant.full_name}: there is no mail to send again."]
    failed.refresh_from_db()
    assert (failed.status, failed.attempts) == (Delivery.QUEUED, 0)


def test_trying_again_is_for_those_who_may_change_messages():
    message = an_invitation()
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.FAILED)

    desk_of(an_organizer("view_outboxmessage")).post(OUTBOX, {"action": "try_again", "_selected_action": [message.pk], "index": 0})

    message.refresh_from_db()
    assert message.status == Delivery.FAILED


def test_nobody_adds_changes_or_deletes_a_message():
    message = an_invitation()
    desk = a_desk()

    answers = [
        desk.get(f"{OUTBOX}add/"),
        desk.post(f"{OUTBOX}{message.pk}/change/", {"recipient_email": "x@example.org"}),
        desk.post(f"{OUTBOX}{message.pk}/delete/", {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


@pytest.mark.parametrize("words", ["nunez", "NÚÑEZ", "ana.nunez@example.org", "pena nunez"])
def test_search_finds_the_recipient_without_accents(words):
    meeting = a_meeting()
    a_participant(meeting, family_names="Núñez Peña", email="ana.nunez@example.org")
    a_participant(meeting, family_names="Díaz", email="diaz@example.org")

    found = a_desk().get(f"{OUTBOX}?q={words}").context["cl"].result_list

    assert {message.recipient_email for message in found} == {"ana.nunez@example.org"}


def test_search_finds_a_focal_point_who_takes_no_part():
    meeting = a_meeting()
    sign_up(meeting, a_person(), focal_point=FocalPoint(name="José Ibáñez", email="jose@example.org", language="es"))

    [found] = a_desk().get(f"{OUTBOX}?q=ibanez").context["cl"].result_list

    assert found.kind == MessageKind.SUMMARY


def test_filters_narrow_the_list():
    meeting = a_meeting()
    a_participant(meeting, language="en")
    pending = a_pending_participant(meeting)
    OutboxMessage.objects.filter(participant=pending).update(status=Delivery.FAILED)
    desk = a_desk()

    numbers = [
        desk.get(OUTBOX + query).context["cl"].result_count
        for query in ["", f"?meeting={meeting.pk}", "?owed=yes", "?status__exact=failed", "?kind__exact=received", "?language=en"]
    ]

    assert numbers == [3, 3, 2, 1, 1, 2]


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize("query", ["", "?q=nunez", "?owed=yes"])
def test_the_list_costs_the_same_at_any_length(rows, query, django_assert_max_num_queries):
    many_participants(a_meeting(), rows)
    desk = a_desk()

    with django_assert_max_num_queries(5):
        desk.get(OUTBOX + query)
