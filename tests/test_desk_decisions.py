import re

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse

from registrations.enums import Status
from registrations.models import OutboxMessage, Participant
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import a_meeting, a_participant, a_pending_participant, kinds_owed_to, status_of

pytestmark = pytest.mark.django_db


def decide(desk, action: str, *participants: Participant, query: str = "", **fields: str) -> HttpResponse:
    chosen = [participant.pk for participant in participants]
    return desk.post(PARTICIPANTS + query, {"action": action, "_selected_action": chosen, "index": "0", **fields})


def decided(desk, page: HttpResponse, **fields: str) -> HttpResponse:
    """Send the page of confirmation as the browser would."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    hidden.pop("csrfmiddlewaretoken", None)
    return desk.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], hidden | fields)


def told(answer: HttpResponse) -> list[str]:
    """The messages that the next page shows."""
    assert answer.status_code == 302
    return [re.sub(r"<[^>]+>", " ", str(message)).strip() for message in get_messages(answer.wsgi_request)]


def test_confirming_several_reports_both_those_confirmed_and_those_who_wait():
    meeting = a_meeting(seats=1)
    people = [a_pending_participant(meeting) for _index in range(3)]

    answer = decide(a_desk(), "confirm", *people)

    assert told(answer) == ["1 registration confirmed.", "2 put on the waiting list: all seats are taken."]
    assert sorted(status_of(person) for person in people) == ["confirmed", "waiting", "waiting"]


def test_each_refusal_is_reported_and_stops_nobody_else():
    meeting = a_meeting()
    refused, pending = a_participant(meeting), a_pending_participant(meeting)

    answer = decide(a_desk(), "confirm", refused, pending)

    assert told(answer) == [
        "1 registration confirmed.",
        f"{refused.full_name}: the registration is confirmed, so this does not apply: confirm. Nothing was changed.",
    ]
    assert status_of(pending) == Status.CONFIRMED


def test_more_than_ten_refusals_are_summed_up():
    meeting = a_meeting()
    people = [a_participant(meeting) for _index in range(13)]

    [summary] = told(decide(a_desk(), "confirm", *people))

    assert summary.startswith("13 were refused:")
    assert summary.count("so this does not apply") == 10
    assert summary.endswith("and 3 more.")


def test_a_refusal_is_never_markup():
    participant = a_participant(a_meeting(), family_names="<b>Muñoz</b>")
    desk = a_desk()

    answer = decide(desk, "confirm", participant)

    page = desk.get(answer.url).content.decode()
    assert "&lt;b&gt;Muñoz&lt;/b&gt;: the registration is confirmed" in page


def test_declining_asks_for_a_reason_in_the_languages_of_those_chosen():
    meeting = a_meeting()
    people = [a_pending_participant(meeting, language="es"), a_participant(meeting, language="en")]
    desk = a_desk()

    page = decide(desk, "decline", *people)

    text = page.content.decode()
    assert "<h1>Decline 2 registrations</h1>" in text
    assert all(person.styled_name in text for person in people)
    assert list(page.context["form"].fields) == ["reason_en", "reason_es"]
    assert list(decide(desk, "decline", people[0]).context["form"].fields) == ["reason_es"]
    assert status_of(people[0]) == Status.PENDING


def test_declining_without_the_reason_changes_nothing():
    participant = a_pending_participant(a_meeting())
    desk = a_desk()

    again = decided(desk, decide(desk, "decline", participant), reason_es="  ")

    assert "Write the reason in Spanish." in again.content.decode()
    assert status_of(participant) == Status.PENDING


def test_declining_sends_everybody_the_reason_in_their_language():
    meeting = a_meeting()
    spanish, english = a_pending_participant(meeting, language="es"), a_participant(meeting, language="en")
    desk = a_desk()

    answer = decided(
        desk, decide(desk, "decline", spanish, english), reason_en="Not invited.", reason_es="No figura entre las organizaciones invitadas."
    )

    assert told(answer) == ["2 registrations declined."]
    reasons = {message.participant: message.facts["reason"] for message in OutboxMessage.objects.filter(kind="declined")}
    assert reasons == {spanish: "No figura entre las organizaciones invitadas.", english: "Not invited."}


def test_somebody_decided_in_the_meantime_is_reported_although_the_filtered_list_has_lost_them():
    meeting = a_meeting()
    participant = a_pending_participant(meeting)
    desk = a_desk()
    page = decide(desk, "decline", participant, query="?status__exact=pending")
    Participant.objects.filter(pk=participant.pk).update(status=Status.WITHDRAWN)

    [refusal] = told(decided(desk, page, reason_es="Duplicada."))

    assert refusal == f"{participant.full_name}: the registration is withdrawn, so this does not apply: decline. Nothing was changed."


def test_withdrawing_asks_first_and_then_gives_the_seat_to_the_next():
    meeting = a_meeting(seats=1)
    first, second = a_participant(meeting), a_participant(meeting)
    desk = a_desk()

    page = decide(desk, "withdraw", first)
    before = status_of(first)
    answer = decided(desk, page)

    assert before == Status.CONFIRMED
    assert told(answer) == ["1 registration withdrawn."]
    assert (status_of(first), status_of(second)) == (Status.WITHDRAWN, Status.CONFIRMED)


def test_all_pages_are_chosen_by_the_filter_and_decided_as_they_were_shown():
    meeting = a_meeting()
    shown = [a_pending_participant(meeting) for _index in range(2)]
    desk = a_desk()
    page = decide(desk, "withdraw", shown[0], query="?status__exact=pending", select_across="1")
    newcomer = a_pending_participant(meeting)

    assert told(decided(desk, page)) == ["2 registrations withdrawn."]
    assert status_of(newcomer) == Status.PENDING


def test_sending_again_owes_the_mails_once_more():
    meeting = a_meeting()
    pending, gone = a_pending_participant(meeting), a_participant(meeting)
    Participant.objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN)

    answer = decide(a_desk(), "resend", pending, gone)

    assert told(answer) == ["Mails sent again to 1 participant.", f"{gone.full_name}: there is no mail to send again."]
    assert kinds_owed_to(pending) == ["received", "received"]


def test_the_page_of_one_participant_offers_what_applies_and_is_shown_again():
    participant = a_pending_participant(a_meeting())
    desk = a_desk()
    address = f"{PARTICIPANTS}{participant.pk}/change/"

    offered = [name for name, _words in desk.get(address).context["offered_actions"]]
    answer = decide(desk, "confirm", participant, page_of=str(participant.pk))

    assert offered == ["confirm", "return_for_correction", "decline", "withdraw", "resend", "forget"]
    assert answer.url == address
    assert [name for name, _words in desk.get(address).context["offered_actions"]] == ["decline", "withdraw", "resend", "leave_out_of_list", "forget"]


def test_the_history_names_the_organizer():
    participant = a_pending_participant(a_meeting())
    user = an_organizer("change_participant")

    decide(desk_of(user), "confirm", participant)

    entry = participant.history.latest("pk")
    assert (entry.actor, entry.user) == ("Ana Secretaria", user)


def test_an_organizer_without_a_name_is_named_by_their_account():
    participant = a_pending_participant(a_meeting())

    decide(desk_of(an_organizer("change_participant", first_name="", last_name="")), "confirm", participant)

    assert participant.history.latest("pk").actor == "ana"


@pytest.mark.parametrize("action", ["confirm", "decline", "withdraw", "resend", "forget"])
def test_whoever_may_only_look_decides_nothing(action):
    participant = a_pending_participant(a_meeting())

    decide(desk_of(an_organizer("view_participant")), action, participant, decided="yes", chosen=str(participant.pk), reason_es="No.")

    assert status_of(participant) == Status.PENDING
    assert kinds_owed_to(participant) == ["received"]


def test_no_decision_follows_from_opening_an_address():
    participant = a_pending_participant(a_meeting())

    a_desk().get(PARTICIPANTS, {"action": "confirm", "_selected_action": participant.pk, "index": 0})

    assert status_of(participant) == Status.PENDING
