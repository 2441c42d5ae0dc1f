"""A person in two delegations of one meeting: allowed, and shown wherever the desk lists them."""

import pytest
from django.http import HttpResponse

from registrations.models import Delegation, Meeting, Participant
from registrations.operations.withdraw import withdraw
from registrations.queries.elsewhere import elsewhere, people_also_elsewhere
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_person, an_entity, participants_of, sign_up
from tests.test_desk_delegations import DELEGATIONS
from tests.web_form import soup

pytestmark = pytest.mark.django_db


def in_two_delegations(meeting: Meeting, **fields: str) -> tuple[Participant, Participant]:
    """The same person in those of Peru and of Ecuador; the second time spelt as others would."""
    person = {"given_names": "María José", "family_names": "Núñez", "email": "maria@exteriores.example.com"} | fields
    an_entity("EC", "Ecuador", "Ecuador")
    first = a_participant(meeting, **person)
    respelt = person | {"family_names": person["family_names"].upper(), "email": person["email"].title()}
    return first, participants_of(sign_up(meeting, a_person(**respelt), entity="EC"))[0]


def links(page: HttpResponse) -> list[tuple[str, str]]:
    """Text and address of what follows "also in:" on the page."""
    return [(link.text, link["href"]) for note in soup(page).select(".zone") if "also in:" in note.text for link in note.select("a")]


def test_every_list_and_page_says_where_else_the_person_takes_part():
    peru, ecuador = in_two_delegations(a_meeting())
    desk = a_desk()
    to_peru, to_ecuador = ("Peru", f"{PARTICIPANTS}{peru.pk}/change/"), ("Ecuador", f"{PARTICIPANTS}{ecuador.pk}/change/")

    assert sorted(links(desk.get(PARTICIPANTS))) == [to_ecuador, to_peru]
    assert links(desk.get(to_peru[1])) == [to_ecuador]
    assert sorted(links(desk.get(DELEGATIONS))) == [to_ecuador, to_peru]
    assert links(desk.get(f"{DELEGATIONS}{peru.delegation_id}/change/")) == [to_ecuador]


def test_in_spanish_it_is_said_in_spanish():
    in_two_delegations(a_meeting())

    page = a_desk(language="es").get(PARTICIPANTS).content.decode()

    assert "también en:" in page


def gone(twin: Participant) -> None:
    withdraw(twin, actor=ORGANIZER, now=NOW)


def erased(twin: Participant) -> None:
    Participant.objects.filter(pk=twin.pk).update(erased_at=NOW)


@pytest.mark.parametrize("become", [gone, erased])
def test_whoever_has_left_the_other_delegation_is_not_there_any_more(become):
    peru, ecuador = in_two_delegations(a_meeting())
    become(ecuador)

    assert elsewhere([peru]) == {peru.pk: []}
    assert people_also_elsewhere([peru.delegation]) == {}


def test_neither_a_shared_mailbox_nor_a_namesake_nor_another_meeting_makes_the_same_person():
    meeting = a_meeting()
    peru, _ecuador = in_two_delegations(meeting)
    an_entity("CL", "Chile", "Chile")
    others = [
        a_person(given_names="Ana", family_names="Núñez", email=peru.email),
        a_person(given_names=peru.given_names, family_names=peru.family_names, email="maria@chile.example.com"),
    ]
    colleague, namesake = participants_of(sign_up(meeting, *others, entity="CL"))
    in_two_delegations(a_meeting())

    assert [twin.delegation.entity.code for twin in elsewhere([peru])[peru.pk]] == ["EC"]
    assert elsewhere([colleague, namesake]) == {colleague.pk: [], namesake.pk: []}
    assert [person for person, _where in people_also_elsewhere(Delegation.objects.all())[peru.delegation_id]] == [peru]


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(("path", "statements"), [(PARTICIPANTS, 10), (DELEGATIONS, 8)])
def test_the_lists_cost_the_same_for_any_number_of_them(path, statements, people, django_assert_num_queries):
    meeting, desk = a_meeting(), a_desk()
    for index in range(people):
        in_two_delegations(meeting, given_names="Ana" * (index + 1))

    with django_assert_num_queries(statements):
        desk.get(path)
