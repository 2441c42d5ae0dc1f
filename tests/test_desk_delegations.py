import html
import re

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from registrations.models import Delegation, Participant
from registrations.operations.decline import decline
from registrations.operations.status import record_of_delegation
from registrations.operations.withdraw import withdraw
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, an_entity, participants_of, sign_up, status_of
from tests.test_desk_decisions import decided, told

pytestmark = pytest.mark.django_db
DELEGATIONS = "/admin/registrations/delegation/"


def names(desk, query: str = "") -> list[str]:
    return [str(delegation) for delegation in desk.get(DELEGATIONS + query).context["cl"].result_list]


def a_delegation_of(code: str, name_en: str, name_es: str, *, meeting, **fields) -> None:
    an_entity(code, name_en, name_es)
    sign_up(meeting, a_person(**fields), entity=code)


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["Âmbar", "Côte d'Ivoire", "Cuba", "Germany", "Ñandú", "Nicaragua", "Nueva Esperanza"]),
        ("es", ["Alemania", "Âmbar", "Côte d'Ivoire", "Cuba", "Nicaragua", "Nueva Esperanza", "Ñandú"]),
    ],
)
def test_delegations_stand_in_the_order_of_the_readers_alphabet(language, order):
    meeting = a_meeting()
    a_delegation_of("CU", "Cuba", "Cuba", meeting=meeting)
    a_delegation_of("DE", "Germany", "Alemania", meeting=meeting)
    a_delegation_of("CI", "Côte d'Ivoire", "Côte d'Ivoire", meeting=meeting)
    a_delegation_of("NI", "Nicaragua", "Nicaragua", meeting=meeting)
    for organization in ["Ñandú", "Nueva Esperanza", "Âmbar"]:
        a_pending_participant(meeting, organization=organization)

    page = a_desk(language=language).get(DELEGATIONS).content.decode()

    assert re.findall(r'/change/">([^<]+)</a></th>', page) == [html.escape(name) for name in order]


@pytest.mark.parametrize("words", ["cote divoire", "COTE", "munoz", "muñoz", "ana.munoz@example"])
def test_search_finds_state_and_focal_point(words):
    meeting = a_meeting()
    a_delegation_of("CI", "Côte d'Ivoire", "Côte d'Ivoire", meeting=meeting, family_names="Muñoz", email="ana.munoz@example.org")
    a_delegation_of("CU", "Cuba", "Cuba", meeting=meeting, family_names="Díaz")

    assert names(a_desk(), f"?q={words}") == ["Côte d'Ivoire"]


def test_numbers_lead_to_exactly_those_participants():
    meeting = a_meeting(seats=1)
    first = a_participant(meeting)
    a_participant(meeting)
    a_pending_participant(meeting)
    desk = a_desk()

    [delegation] = desk.get(f"{DELEGATIONS}?type={first.delegation.type_id}").context["cl"].result_list
    confirmed = desk.get(f"{PARTICIPANTS}?delegation__id__exact={delegation.pk}&status__exact=confirmed")

    assert (delegation.number_confirmed, delegation.number_waiting, delegation.number_pending, delegation.number) == (1, 1, 0, 2)
    assert f"?delegation__id__exact={delegation.pk}&amp;status__exact=confirmed" in desk.get(DELEGATIONS).content.decode()
    assert list(confirmed.context["cl"].result_list) == [first]


def test_the_page_lists_the_people_in_their_order_with_links():
    meeting = a_meeting()
    people = participants_of(sign_up(meeting, a_person(family_names="Zúñiga"), a_person(family_names="Arias")))

    page = a_desk().get(f"{DELEGATIONS}{people[0].delegation_id}/change/").content.decode()

    assert page.index("Zúñiga</a>") < page.index("Arias</a>")
    assert all(f'href="{PARTICIPANTS}{person.pk}/change/"' in page for person in people)
    assert 'name="_save"' not in page


# --- decisions about all of a delegation ----------------------------------------------------------------------------------
def an_organization(meeting, people: int = 3) -> list[Participant]:
    persons = [a_person(language=["es", "en"][index % 2]) for index in range(people)]
    return participants_of(sign_up(meeting, *persons, type_code="organization", entity="", organization="Red Latinoamericana"))


def page_of(person: Participant) -> str:
    return f"{DELEGATIONS}{person.delegation_id}/change/"


def ticked(page: HttpResponse) -> list[int]:
    return [int(box["value"]) for box in BeautifulSoup(page.content, "html.parser").select("input[form=decide][checked]")]


def offered(page: HttpResponse) -> list[str]:
    return [button["value"] for button in BeautifulSoup(page.content, "html.parser").select("button[form=decide]")]


def decide_here(desk, action: str, *people: Participant, delegation: Delegation) -> HttpResponse:
    fields = {"action": action, "index": "0", "page_of_delegation": delegation.pk, "_selected_action": [person.pk for person in people]}
    return desk.post(PARTICIPANTS, fields)


def test_everybody_to_whom_a_decision_applies_is_ticked_but_those_declined_before():
    pending, declined, withdrawn = an_organization(a_meeting())
    decline(declined, reasons={"en": "No.", "es": "No."}, actor=ORGANIZER, now=NOW)
    withdraw(withdrawn, actor=ORGANIZER, now=NOW)

    page = a_desk().get(page_of(pending))

    assert ticked(page) == [pending.pk]
    boxes = BeautifulSoup(page.content, "html.parser").select("input[form=decide][type=checkbox]")
    assert [int(box["value"]) for box in boxes] == [pending.pk, declined.pk]
    assert offered(page) == ["confirm", "return_for_correction", "decline", "withdraw"]


def test_a_delegation_of_which_all_have_withdrawn_offers_no_decision():
    people = an_organization(a_meeting())
    for person in people:
        withdraw(person, actor=ORGANIZER, now=NOW)

    page = a_desk().get(page_of(people[0]))

    assert (ticked(page), offered(page)) == ([], [])


def test_exactly_those_ticked_are_confirmed_and_the_delegation_is_shown_again():
    first, second, third = an_organization(a_meeting())
    desk = a_desk()

    answer = decide_here(desk, "confirm", first, third, delegation=first.delegation)

    assert answer.url == page_of(first)
    assert told(answer) == ["2 registrations confirmed."]
    assert [status_of(person) for person in (first, second, third)] == ["confirmed", "pending", "confirmed"]


@pytest.mark.parametrize(
    ("action", "fields", "outcome"),
    [
        ("decline", {"reason_en": "Not invited.", "reason_es": "No figura entre los invitados."}, "declined"),
        ("return_for_correction", {"fields_to_correct": "position", "reason_en": "In full.", "reason_es": "Completo."}, "returned"),
        ("withdraw", {}, "withdrawn"),
    ],
)
def test_a_decision_that_asks_first_comes_back_to_the_delegation_as_well(action, fields, outcome):
    people = an_organization(a_meeting(), people=2)
    desk = a_desk()

    page = decide_here(desk, action, *people, delegation=people[0].delegation)
    answer = decided(desk, page, **fields)

    assert f'closelink" href="{page_of(people[0])}"' in page.content.decode()
    assert answer.url == page_of(people[0])
    assert [status_of(person) for person in people] == [outcome, outcome]


def test_where_nobody_is_ticked_the_delegation_is_shown_with_a_warning():
    people = an_organization(a_meeting())
    desk = a_desk()

    answer = decide_here(desk, "decline", delegation=people[0].delegation)

    assert answer.url == page_of(people[0])
    assert told(answer) == ["Items must be selected in order to perform actions on them. No items have been changed."]


def test_whoever_may_only_look_is_offered_no_decision_about_a_delegation():
    people = an_organization(a_meeting())

    page = desk_of(an_organizer("view_participant", "view_delegation")).get(page_of(people[0]))

    assert (ticked(page), offered(page)) == ([], [])
    assert "Nobody has signed up" not in page.content.decode()


def test_the_page_tells_what_happened_to_the_delegation_as_a_whole_and_not_to_one_person():
    person = a_participant(a_meeting())
    record_of_delegation(person.delegation, event="resend", actor=ORGANIZER, now=NOW)

    page = " ".join(a_desk().get(page_of(person)).content.decode().split())

    assert '<th scope="row">Mails sent again</th><td>Ana Secretaria</td>' in page
    assert "Signed up</th>" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_a_delegation_costs_the_same_for_any_number_of_people(people, django_assert_num_queries):
    persons = an_organization(a_meeting(), people=people)
    for _index in range(people):
        record_of_delegation(persons[0].delegation, event="resend", actor=ORGANIZER, now=NOW)
    desk = a_desk()

    with django_assert_num_queries(7):
        desk.get(page_of(persons[0]))


def test_delegations_are_only_read():
    delegation = a_participant(a_meeting()).delegation
    desk = a_desk()

    answers = [
        desk.get(f"{DELEGATIONS}add/"),
        desk.post(f"{DELEGATIONS}{delegation.pk}/change/", {"focal_point_name": "Mine"}),
        desk.post(f"{DELEGATIONS}{delegation.pk}/delete/", {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Delegation.objects.get().focal_point_name == delegation.focal_point_name


@pytest.mark.parametrize("people", [1, 30, 300])
def test_the_list_costs_the_same_at_any_length(people, django_assert_num_queries):
    many_participants(a_meeting(), people)
    desk = a_desk()

    with django_assert_num_queries(7):
        desk.get(DELEGATIONS)
