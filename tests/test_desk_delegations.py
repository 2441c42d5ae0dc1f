import html
import re

import pytest

from registrations.models import Delegation
from tests.desk_rows import PARTICIPANTS, a_desk, many_participants
from tests.make import a_meeting, a_participant, a_pending_participant, a_person, an_entity, participants_of, sign_up

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

    with django_assert_num_queries(6):
        desk.get(DELEGATIONS)
