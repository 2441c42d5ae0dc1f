"""Where people see that mail came back, and the way from there to the address."""

from datetime import timedelta

import pytest
import time_machine

from registrations.details import FocalPoint
from registrations.enums import Arrival, Delivery, MessageKind
from registrations.links import delegation_token, participant_token
from registrations.models import OutboxMessage, Participant
from registrations.operations.record_arrival import record_arrival
from registrations.queries.desk import figures_of_published_meetings
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.mail_rows import owed, rendered
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, a_person, participants_of, sign_up
from tests.web_form import soup

pytestmark = pytest.mark.django_db
OUTBOX = "/admin/registrations/outboxmessage/"
DELEGATIONS = "/admin/registrations/delegation/"
ANA = FocalPoint(name="Ana Paz", email="ana@mision.example.org", language="en")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False):
        yield


def bounce(message: OutboxMessage) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.SENT, sent_at=NOW)
    record_arrival(message, arrival=Arrival.BOUNCED, key=str(message.pk), at=LATER, now=LATER)


@pytest.fixture
def people() -> list[Participant]:
    """Two people of one delegation; mail to the second came back."""
    first, second = participants_of(sign_up(a_meeting(), a_person(), a_person(), focal_point=ANA))
    bounce(owed(second, MessageKind.INVITATION, session=1))
    return [first, second]


def words(tag) -> str:
    return " ".join(tag.text.split())


# --- the desk -----------------------------------------------------------------------------------------------------------
def test_the_desk_marks_and_finds_those_whose_mail_came_back(people):
    desk = a_desk()

    assert list(desk.get(f"{PARTICIPANTS}?mails=bounced").context["cl"].result_list) == [people[1]]
    assert [words(mark) for mark in soup(desk.get(PARTICIPANTS)).select(".field-mails .mails-bounced")] == ["came back"]


def test_the_page_of_a_participant_leads_to_the_address(people):
    desk = a_desk()

    [notice] = soup(desk.get(f"{PARTICIPANTS}{people[1].pk}/change/")).select(".came-back")

    assert words(notice).startswith(f"Mail to the address {people[1].email} came back undelivered on ")
    assert notice.a["href"] == "#id_email"
    assert soup(desk.get(f"{PARTICIPANTS}{people[0].pk}/change/")).select(".came-back") == []


def test_the_page_of_a_participant_tells_how_each_mail_arrived(people):
    page = soup(a_desk().get(f"{PARTICIPANTS}{people[1].pk}/change/"))

    assert [words(row.select("td")[2]) for row in page.select("section[aria-labelledby=mails-heading] tbody tr")] == ["bounced", "queued"]


def test_the_page_of_a_delegation_marks_its_people_and_its_focal_point(people):
    bounce(OutboxMessage.objects.get(mailbox=ANA.email, kind=MessageKind.SUMMARY))
    delegation = people[0].delegation

    page = soup(a_desk().get(f"{DELEGATIONS}{delegation.pk}/change/"))

    [notice] = page.select(".came-back")
    assert words(notice).startswith(f"Mail to the focal point’s address {ANA.email} came back undelivered on ")
    assert notice.a["href"] == f"{DELEGATIONS}{delegation.pk}/hand-over/"
    assert [words(mark.parent) for mark in page.select("td .mails-bounced")] == [f"{people[1].email} mail came back"]


def test_delegations_are_found_whose_focal_point_is_out_of_reach(people):
    a_participant(people[0].meeting)
    bounce(OutboxMessage.objects.get(mailbox=ANA.email, kind=MessageKind.SUMMARY))
    desk = a_desk()

    listed = desk.get(f"{DELEGATIONS}?focal_point=bounced")

    assert list(listed.context["cl"].result_list) == [people[0].delegation]
    assert len(soup(listed).select(".field-focal_point .mails-bounced")) == 1


def test_the_first_page_counts_them_and_whoever_withdrew_no_longer(people):
    bounce(OutboxMessage.objects.get(mailbox=ANA.email, kind=MessageKind.SUMMARY))
    OutboxMessage.objects.filter(participant=people[0], session__number=1).update(status=Delivery.UNCERTAIN)
    [figures] = figures_of_published_meetings(now=NOW)
    assert (figures.out_of_reach, figures.focal_points_out_of_reach, figures.mails_uncertain) == (1, 1, 1)
    desk = a_desk()
    links = [(words(link), link["href"]) for link in soup(desk.get("/admin/")).select("article.figures dd a")]
    for address in ("mails=bounced", "focal_point=bounced", "status__exact=uncertain"):
        [(number, link)] = [(number, link) for number, link in links if link.endswith(address)]
        assert desk.get(link).context["cl"].result_count == int(number) == 1

    Participant.objects.update(status="withdrawn")

    assert figures_of_published_meetings(now=NOW)[0].out_of_reach == 0


def test_the_list_of_mails_says_how_each_arrived_and_finds_them(people):
    desk = a_desk()

    listed = desk.get(f"{OUTBOX}?arrival__exact=bounced")

    assert [words(cell) for cell in soup(listed).select("td.field-state")] == ["bounced"]


def test_the_page_of_a_mail_tells_everything_that_was_heard_of_it():
    message = owed(a_pending_participant(a_meeting()), MessageKind.RECEIVED)
    for minutes, arrival in enumerate([Arrival.DEFERRED, Arrival.DELIVERED]):
        record_arrival(message, arrival=arrival, key=arrival.value, at=NOW + timedelta(minutes=minutes), now=LATER)

    page = soup(a_desk().get(f"{OUTBOX}{message.pk}/change/"))

    rows = page.select("section[aria-labelledby=events-heading] tbody tr")
    assert [" ".join(words(cell) for cell in row.select("td")) for row in rows] == [
        "20 January 2027, 11:00 (Europe/Zurich) Deferred",
        "20 January 2027, 11:01 (Europe/Zurich) Delivered",
    ]


@pytest.mark.parametrize(("repeats", "buttons"), [(0, 0), (1, 1)])
def test_a_mail_in_doubt_can_be_sent_again_once_it_was_repeated(repeats, buttons):
    message = owed(a_pending_participant(a_meeting()), MessageKind.RECEIVED)
    OutboxMessage.objects.update(status=Delivery.UNCERTAIN, repeats=repeats)
    desk = a_desk()

    page = soup(desk.get(f"{OUTBOX}{message.pk}/change/"))
    desk.post(OUTBOX, {"action": "try_again", "_selected_action": [message.pk], "index": 0})

    assert len(page.select(".decisions button")) == buttons
    assert "Nobody knows whether this mail has left" in words(page.select_one(".came-back"))
    message.refresh_from_db()
    assert message.status == (Delivery.QUEUED if buttons else Delivery.UNCERTAIN)


# --- the public pages ---------------------------------------------------------------------------------------------------
def test_the_page_of_the_delegation_leads_to_the_persons_address(client, people):
    token = delegation_token(people[0].delegation)

    page = soup(client.get(f"/en/d/{token}/"))

    note = page.select_one(f"#person-{people[1].pk} .bad").parent
    assert words(note) == f"{people[1].email} · E-mail to this address was returned undelivered. Correct the address {people[1].full_name}"
    assert note.a["href"] == f"/en/d/{token}/people/{people[1].pk}/#id_email"
    assert soup(client.get(note.a["href"])).select("#id_email") != []
    assert page.select(f"#person-{people[0].pk} .bad") == []


def test_the_page_of_the_delegation_says_that_the_focal_points_own_mail_came_back(client, people):
    bounce(OutboxMessage.objects.get(mailbox=ANA.email, kind=MessageKind.SUMMARY))
    token = delegation_token(people[0].delegation)

    [link] = soup(client.get(f"/en/d/{token}/")).select(".facts a")

    assert link["href"] == f"/en/d/{token}/focal-point/#id_email"
    assert soup(client.get(link["href"])).select("#id_email") != []


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"status": Delivery.SENT, "arrival": Arrival.DELIVERED}, "The last e-mail has been delivered."),
        ({"status": Delivery.SENT, "arrival": Arrival.DEFERRED}, "The last e-mail is delayed: the address does not accept it at present."),
        ({"status": Delivery.UNCERTAIN, "repeats": 1}, "An e-mail may not have left; the secretariat is looking into it."),
        ({"status": Delivery.UNCERTAIN, "repeats": 0}, "An e-mail is on its way."),
    ],
)
def test_the_page_of_the_delegation_says_how_the_mails_arrived(client, columns, sentence):
    [person] = participants_of(sign_up(a_meeting(), focal_point=ANA))
    person.outbox.update(**columns)

    page = soup(client.get(f"/en/d/{delegation_token(person.delegation)}/"))

    assert sentence in words(page.select_one(f"#person-{person.pk}"))


def test_the_persons_own_page_says_so_and_leads_to_the_address(client, people):
    token = participant_token(people[1])

    [link] = soup(client.get(f"/en/p/{token}/")).select(".facts a")

    assert (words(link), link["href"]) == ("Correct the address", f"/en/p/{token}/edit/#id_email")
    assert soup(client.get(link["href"])).select("#id_email") != []
    assert soup(client.get(f"/en/p/{participant_token(people[0])}/")).select(".facts a") == []


# --- the digest ---------------------------------------------------------------------------------------------------------
def test_the_digest_names_whose_mail_came_back_and_links_to_the_form(people):
    mail = rendered(OutboxMessage.objects.get(kind=MessageKind.DIGEST))

    text = " ".join(mail.body.split())
    assert f"{people[1].styled_name} - e-mail came back undelivered Status now: confirmed Form for the correction: http" in text
    assert "please correct the address, using the link beside the name" in text
    assert "You need do nothing" not in text
    assert f"/people/{people[1].pk}/" in mail.alternatives[0][0]


def test_the_digest_asks_for_nothing_once_the_address_was_corrected(people):
    Participant.objects.filter(pk=people[1].pk).update(bounced_at=None)

    mail = rendered(OutboxMessage.objects.get(kind=MessageKind.DIGEST))

    assert "You need do nothing" in " ".join(mail.body.split())
    assert "Form for the correction" not in mail.body
