"""The focal point's page, as a browser without scripts uses it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registrations.details import PARTICIPANT
from registrations.enums import Delivery, Status
from registrations.links import delegation_token
from registrations.models import Delegation, Meeting, OutboxMessage, Participant
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from registrations.rules.rate_limits import MOST_PER_HOUR, Door
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, participants_of, sign_up, status_of
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def people() -> list[Participant]:
    names = ("Ana", "Beatriz", "Carla")
    return participants_of(sign_up(a_meeting(), *(a_person(given_names=name, family_names="Paz") for name in names)))


def page_of(delegation: Delegation, rest: str = "", *, language: str = "en") -> str:
    return f"/{language}/d/{delegation_token(delegation)}/{rest}"


def names_on(page) -> list[str]:
    return [" ".join(name.find(string=True, recursive=False).split()) for name in page.select(".members:not(.members-former) .name")]


# --- the link ---------------------------------------------------------------------------------------------------------
def test_the_page_is_for_nobody_elses_eyes_and_leaves_no_trace(client, people):
    response = client.get(page_of(people[0].delegation))

    assert (response.status_code, response["Referrer-Policy"], response["X-Robots-Tag"]) == (200, "strict-origin", "noindex")
    assert "no-store" in response["Cache-Control"]


def test_another_delegations_link_shows_nothing_of_this_one(client, people):
    stranger = participants_of(sign_up(Meeting.objects.get(), a_person(family_names="Soto"), entity="CL"))[0]

    page = soup(client.get(page_of(stranger.delegation)))

    assert [person.family_names in page.text for person in (stranger, people[0])] == [True, False]
    for rest in ("", "substitute/", "withdraw/"):
        assert client.get(page_of(stranger.delegation, f"people/{people[0].pk}/{rest}")).status_code == 404
        assert client.post(page_of(stranger.delegation, f"people/{people[0].pk}/{rest}")).status_code == 404
    client.post(page_of(stranger.delegation), {"action": f"up-{people[2].pk}"})
    assert [Participant.objects.get(pk=person.pk).order for person in people] == [1, 2, 3]


def test_a_revoked_link_says_so_and_how_to_get_a_new_one(client, people):
    address = page_of(people[0].delegation)
    Delegation.objects.update(link_version=2)

    response = client.get(address)

    assert response.status_code == 410
    assert "It has been replaced by a newer one." in response.content.decode()
    assert people[0].family_names not in response.content.decode()


@pytest.mark.parametrize(("days", "status"), [(30, 200), (31, 410)])
def test_the_link_runs_out_thirty_days_after_the_meeting(client, people, days, status):
    last = Meeting.objects.get().sessions.last().ends_at

    with time_machine.travel(last + timedelta(days=days) - timedelta(minutes=1)):
        assert client.get(page_of(people[0].delegation)).status_code == status


@pytest.mark.parametrize("token", ["", "1-1", "1-1.forged", "not-a-token.at-all", "9" * 300])
def test_a_token_that_we_did_not_sign_leads_nowhere(client, people, token):
    assert client.get(f"/en/d/{token}/").status_code == 404


def test_a_participants_token_opens_no_delegation(client, people):
    token = delegation_token(people[0].delegation)

    assert client.get(f"/en/p/{token}/").status_code == 404


def test_trying_tokens_is_stopped_after_a_while(client, people):
    answers = [client.get(f"/en/d/1-1.forged{number}/").status_code for number in range(MOST_PER_HOUR[Door.BAD_LINK] + 1)]

    assert answers == [404] * MOST_PER_HOUR[Door.BAD_LINK] + [429]
    assert client.get(page_of(people[0].delegation)).status_code == 200


def test_changes_by_one_link_are_limited_by_the_hour(client, people, monkeypatch):
    monkeypatch.setitem(MOST_PER_HOUR, Door.DELEGATION, 1)
    address = page_of(people[0].delegation)

    assert client.post(address, {"action": f"down-{people[0].pk}"}).status_code == 302
    assert client.post(address, {"action": f"down-{people[0].pk}"}).status_code == 429
    with time_machine.travel(NOW + timedelta(minutes=61)):
        assert client.post(address, {"action": f"down-{people[0].pk}"}).status_code == 302


# --- what it shows -----------------------------------------------------------------------------------------------------
def test_everybody_stands_in_order_with_what_became_of_them(client, people):
    OutboxMessage.objects.filter(participant=people[0]).update(status=Delivery.SENT)
    OutboxMessage.objects.filter(participant=people[1]).update(status=Delivery.FAILED)

    page = soup(client.get(page_of(people[0].delegation)))

    assert names_on(page) == ["Sra. Ana Paz", "Sra. Beatriz Paz", "Sra. Carla Paz"]
    lines = [" ".join(line.text.split()) for line in page.select(f"#person-{people[1].pk} p")]
    assert lines[:4] == [
        "Sra. Beatriz Paz Confirmed",
        "Head of delegation · Embajadora",
        "Session 1 · Session 2",
        f"{people[1].email} · An e-mail could not be delivered: correct the address.",
    ]
    assert "The e-mails have been sent." in page.select_one(f"#person-{people[0].pk}").text


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        ({}, ""),
        ({"seats_per_delegation": 5}, "2 of the 5 seats that this delegation may have are left."),
        ({"seats": 4}, "1 of the 4 seats for delegations of this type is left."),
        ({"seats": 3}, "All the seats for delegations of this type are taken."),
    ],
)
def test_the_page_says_how_many_seats_are_left(client, people, limits, sentence):
    if limits:
        Meeting.objects.get().delegation_types.update(**limits)

    hints = [" ".join(hint.text.split()) for hint in soup(client.get(page_of(people[0].delegation))).select("#people header .hint")]

    assert hints[1:] == ([sentence] if sentence else [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_statements_for_any_number_of_people(client, count):
    delegation = participants_of(sign_up(a_meeting(), *(a_person() for _ in range(count))))[0].delegation

    with CaptureQueriesContext(connection) as captured:
        client.get(page_of(delegation))

    assert len(captured) == 5


def test_the_last_person_withdrawn_leaves_a_page_that_says_so(client):
    person = a_participant(a_meeting())
    withdraw(person, actor=PARTICIPANT, now=NOW)

    page = soup(client.get(page_of(person.delegation)))

    assert names_on(page) == []
    assert "Nobody is registered at present." in page.select_one("#people").text


# --- what it does -------------------------------------------------------------------------------------------------------
def test_somebody_moves_up_and_down(client, people):
    address = page_of(people[0].delegation)

    client.post(address, {"action": f"up-{people[2].pk}"})
    response = client.post(address, {"action": f"down-{people[0].pk}"})

    assert response["Location"] == f"{address}#person-{people[0].pk}"
    assert names_on(soup(client.get(address))) == ["Sra. Carla Paz", "Sra. Ana Paz", "Sra. Beatriz Paz"]


def test_the_order_is_typed_as_numbers(client, people):
    address = page_of(people[0].delegation, "order/")
    values = values_of(soup(client.get(address)))

    client.post(address, values | {f"place-{people[2].pk}": "1"})

    assert names_on(soup(client.get(page_of(people[0].delegation)))) == ["Sra. Carla Paz", "Sra. Ana Paz", "Sra. Beatriz Paz"]


def test_a_place_that_is_no_number_is_pointed_out(client, people):
    address = page_of(people[0].delegation, "order/")
    values = values_of(soup(client.get(address))) | {f"place-{people[2].pk}": "first", f"place-{people[0].pk}": "2"}

    page = soup(client.post(address, values))

    assert page.select_one("#problems a")["href"] == f"#id_place-{people[2].pk}"
    assert values_of(page) | {"csrfmiddlewaretoken": ""} == values | {"csrfmiddlewaretoken": ""}


def test_the_focal_point_corrects_somebody(client, people):
    address = page_of(people[0].delegation, f"people/{people[1].pk}/")
    values = values_of(soup(client.get(address)))

    response = client.post(address, values | {"position": "Ministra Consejera"})

    assert response["Location"] == page_of(people[0].delegation, f"?saved#person-{people[1].pk}")
    assert Participant.objects.get(pk=people[1].pk).position == "Ministra Consejera"
    assert people[1].history.last().actor == "focal point"


def test_a_returned_registration_is_sent_in_again_from_here(client):
    person = a_pending_participant(a_meeting())
    return_for_correction(person, fields=["position"], notes={"es": "Escriba el cargo completo."}, actor=ORGANIZER, now=NOW)
    member = soup(client.get(page_of(person.delegation))).select_one(f"#person-{person.pk}")
    assert "Escriba el cargo completo." in member.text
    address = page_of(person.delegation, f"people/{person.pk}/")

    client.post(address, values_of(soup(client.get(address))) | {"position": "Directora Ejecutiva"})

    assert status_of(person) == Status.PENDING


def test_one_person_is_put_in_the_place_of_another(client, people):
    address = page_of(people[0].delegation, f"people/{people[1].pk}/substitute/")
    newcomer = {"given_names": "Delia", "family_names": "Ríos", "position": "Ministra", "email": "delia@example.org", "honorific": "Sra."}

    response = client.post(address, values_of(soup(client.get(address))) | newcomer)

    page = soup(client.get(response["Location"].partition("#")[0]))
    assert names_on(page) == ["Sra. Ana Paz", "Sra. Delia Ríos", "Sra. Carla Paz"]
    assert [name.find(string=True).strip() for name in page.select(".members-former .name")] == ["Sra. Beatriz Paz"]


def test_a_newcomer_with_a_problem_is_shown_again_with_everything_typed(client, people):
    address = page_of(people[0].delegation, f"people/{people[1].pk}/substitute/")
    values = values_of(soup(client.get(address))) | {"family_names": "Ríos", "email": "delia", "position": "Ministra"}

    page = soup(client.post(address, values))

    assert page.select_one("#problems a")["href"] == "#id_email"
    assert values_of(page)["family_names"] == "Ríos"
    assert status_of(people[1]) == Status.CONFIRMED


def test_one_person_is_withdrawn_after_a_question(client, people):
    address = page_of(people[0].delegation, f"people/{people[1].pk}/withdraw/")
    assert "Sra. Beatriz Paz" in client.get(address).content.decode()
    assert status_of(people[1]) == Status.CONFIRMED

    client.post(address)

    assert [status_of(person) for person in people] == [Status.CONFIRMED, Status.WITHDRAWN, Status.CONFIRMED]


def test_somebody_withdrawn_already_is_not_withdrawn_again_and_the_page_says_why(client, people):
    withdraw(people[1], actor=PARTICIPANT, now=NOW)

    page = soup(client.post(page_of(people[0].delegation, f"people/{people[1].pk}/withdraw/")))

    assert "the registration is withdrawn" in page.select_one(".notice-bad").text


def test_the_whole_delegation_is_withdrawn_after_a_question(client, people):
    address = page_of(people[0].delegation, "withdraw/")
    assert len(soup(client.get(address)).select(".people li")) == 3

    client.post(address)

    assert [status_of(person) for person in people] == [Status.WITHDRAWN] * 3
    again = soup(client.post(address))
    assert "nobody is registered any more" in again.select_one(".notice-bad").text


def test_somebody_is_taken_back_in(client, people):
    withdraw(people[1], actor=PARTICIPANT, now=NOW)

    client.post(page_of(people[0].delegation), {"action": f"rejoin-{people[1].pk}"})

    assert status_of(people[1]) == Status.CONFIRMED


def test_the_role_is_handed_over_and_the_old_link_dies(client, people):
    address = page_of(people[0].delegation, "focal-point/")
    values = values_of(soup(client.get(address)))

    question = soup(client.post(address, values | {"name": "Luis Nuevo", "email": "luis@example.org"}))
    assert "The role will go to Luis Nuevo, luis@example.org" in question.select_one(".notice").text
    response = client.post(address, values_of(question) | {"sure": question.select_one("[name=sure]")["value"]})

    assert "Luis Nuevo receives the link to the delegation’s page by e-mail." in response.content.decode()
    assert client.get(page_of(people[0].delegation)).status_code == 410
    delegation = Delegation.objects.get()
    assert client.get(page_of(delegation)).status_code == 200
    assert OutboxMessage.objects.get(kind="delegation_link").recipient_email == "luis@example.org"
    assert delegation_token(delegation) not in response.content.decode()


def test_another_address_after_the_question_is_asked_about_again(client, people):
    address = page_of(people[0].delegation, "focal-point/")
    values = values_of(soup(client.get(address))) | {"name": "Luis", "email": "luis@example.com"}

    page = soup(client.post(address, values | {"sure": "luis@example.org"}))

    assert page.select_one("[name=sure]")["value"] == "luis@example.com"
    assert Delegation.objects.get().link_version == 1


def test_the_focal_points_language_is_changed_on_the_same_link(client, people):
    address = page_of(people[0].delegation, "focal-point/")

    response = client.post(address, values_of(soup(client.get(address))) | {"language": "en"})

    assert response["Location"] == page_of(people[0].delegation, "?saved")
    assert Delegation.objects.get().focal_point_language == "en"


def test_handing_over_to_oneself_is_refused_in_words(client, people):
    address = page_of(people[0].delegation, "focal-point/")

    page = soup(client.post(address, values_of(soup(client.get(address)))))

    assert "is the focal point already" in page.select_one("#problems").text


@pytest.mark.parametrize("action", ["", "up", "up-", "up-x", "fly-1", "rejoin-999999", "up-999999"])
def test_an_unknown_action_changes_nothing(client, people, action):
    history = people[0].history.count()

    assert client.post(page_of(people[0].delegation), {"action": action}).status_code in {200, 302}
    assert ([status_of(person) for person in people], people[0].history.count()) == ([Status.CONFIRMED] * 3, history)


def test_a_change_needs_the_page_that_it_comes_from(people):
    careful = Client(enforce_csrf_checks=True)

    assert careful.post(page_of(people[0].delegation, "withdraw/")).status_code == 403
    assert status_of(people[0]) == Status.CONFIRMED
