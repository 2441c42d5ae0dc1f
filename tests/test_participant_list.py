"""The one definition of the list of participants: sections, order, lines, sentences and figures."""

import csv
from pathlib import Path

import pytest

from registrations.enums import EntityKind, EntityNames, ListKind, ListOrder, Role, Status
from registrations.importing.entities import load_entities
from registrations.models import Delegation, Entity, Host, Meeting, Participant
from registrations.operations.arrange import arrange
from registrations.operations.forget import forget
from registrations.operations.withdraw import withdraw
from registrations.queries.desk import figures_of_published_meetings
from registrations.queries.states import states
from registrations.rules.list_order import unknown_in
from registrations.rules.list_sections import is_state
from tests.desk_rows import many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, an_entity, sign_up
from tests.participant_lists import a_full_meeting, as_lines, delegations_of, everybody_on, listed, of_organization, one_line

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_list_reads_as_it_should(language):
    document = listed(a_full_meeting(), kind=ListKind.FINAL)[language]

    assert list(as_lines(document)) == (GOLDEN / f"participant_list_{language}.txt").read_text(encoding="utf-8").splitlines()


# --- who is on it -------------------------------------------------------------------------------------------------------
def test_only_the_confirmed_are_named():
    meeting = a_meeting()
    statuses = list(Status)
    people = [a_participant(meeting, family_names=status.value) for status in statuses]
    for person, status in zip(people, statuses, strict=True):
        Participant.objects.filter(pk=person.pk).update(status=status)

    assert [person["key"] for person in everybody_on(listed(meeting)["en"])] == [str(people[statuses.index(Status.CONFIRMED)].pk)]


def test_nobody_is_named_without_having_accepted_the_data_notice():
    meeting = a_meeting()
    a_participant(meeting)
    Participant.objects.update(consented_at=None)

    assert listed(meeting)["en"]["sections"] == []


def test_nobody_is_named_whose_erasure_is_approved(time_machine):
    meeting = a_meeting()
    gone, stays = a_participant(meeting), a_participant(meeting)
    over = NOW.replace(month=3)
    forget(gone, actor=ORGANIZER, now=over)

    assert [person["key"] for person in everybody_on(listed(meeting)["es"])] == [str(stays.pk)]


def test_a_delegation_of_which_nobody_is_named_is_not_on_the_list():
    meeting = a_meeting()
    withdraw(a_participant(meeting), actor=ORGANIZER, now=NOW)
    a_pending_participant(meeting)

    document = listed(meeting)["en"]

    assert (document["sections"], document["attendance"]) == ([], [])


# --- lines --------------------------------------------------------------------------------------------------------------
def test_the_head_comes_first_and_the_others_in_the_delegations_own_order():
    meeting = a_meeting()
    people = [one_line("A", "First"), one_line("B", "Second"), one_line("C", "Head", role=Role.HEAD), one_line("D", "Last")]
    sign_up(meeting, *people)
    order = {person.family_names: person.pk for person in Participant.objects.all()}
    arrange(Participant.objects.first().delegation, order=[order["Last"], order["Second"]], actor=ORGANIZER, now=NOW)

    names = [person["name"] for person in everybody_on(listed(meeting)["en"])]

    assert names == ["Ms. C HEAD", "Ms. D LAST", "Ms. B SECOND", "Ms. A FIRST"]


def test_contacts_are_printed_only_if_chosen():
    meeting = a_meeting()
    a_participant(meeting, email="ana@example.org", phone="+51 1 700")

    chosen = [{}, {"has_emails": True}, {"has_phones": True}, {"has_emails": True, "has_phones": True}]
    contacts = [everybody_on(listed(meeting, **options)["es"])[0]["contacts"] for options in chosen]

    assert contacts == [[], ["ana@example.org"], ["+51 1 700"], ["ana@example.org", "+51 1 700"]]


def test_somebody_with_one_name_and_no_title_has_no_gap_in_the_line():
    meeting = a_meeting()
    a_participant(meeting, honorific="", given_names="", family_names="Farhadullah")

    assert everybody_on(listed(meeting)["en"])[0]["name"] == "FARHADULLAH"


# --- sections -----------------------------------------------------------------------------------------------------------
def test_an_organizer_is_known_by_the_acronym_in_brackets():
    meeting = a_meeting()
    Host.objects.create(meeting=meeting, name_en="Secretariat of the Convention (ISU)", name_es="Secretaría de la Convención (UAI)")
    an_entity("org-isu", "Implementation Support Unit", "Unidad de Apoyo", kind="international", acronym_es="UAI", groups=[])
    of_organization(meeting, "Implementation Support Unit", a_person())

    assert [section["title"] for section in listed(meeting)["en"]["sections"]] == ["Organizers"]


def test_a_state_that_convenes_stays_among_the_states():
    meeting = a_meeting()
    Host.objects.create(meeting=meeting, name_en="Peru", name_es="Perú")
    a_participant(meeting)

    assert [section["title"] for section in listed(meeting)["en"]["sections"]] == ["geneva missions"]


def test_delegation_types_stand_in_their_own_order():
    meeting = a_meeting()
    a_participant(meeting)
    meeting.delegation_types.filter(code="geneva_mission").update(order=9)
    other = meeting.delegation_types.get(code="oas_observer")
    other.eligible_groups = ["un_member"]
    other.save()
    sign_up(meeting, a_person(), entity="PE", type_code="oas_observer")

    assert [section["title"] for section in listed(meeting)["en"]["sections"]] == ["oas observers", "geneva missions"]


# --- order --------------------------------------------------------------------------------------------------------------
def all_states(language: str) -> list[str]:
    """The 199 entities in the order that the United Nations gives them in the language."""
    with (DATA / "entities.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row[f"order_{language}"]))
    return [row[f"name_{language}"] for row in rows]


def test_all_states_follow_the_alphabet_of_the_document():
    meeting = a_meeting()
    load_entities(states=DATA / "entities.csv", organizations=DATA / "organizations.csv", now=NOW)
    somebody_from_each_state(meeting)

    documents = listed(meeting)

    for language in ("en", "es"):
        names = delegations_of(documents[language])
        assert names == sorted(names, key=all_states(language).index)
        assert len(names) == 197  # the European Union and the Order of Malta are observers


def somebody_from_each_state(meeting: Meeting) -> None:
    """Straight into the tables."""
    focal_point = {"focal_point_name": "Ana", "focal_point_email": "a@example.org", "focal_point_language": "es"}
    kind = meeting.delegation_types.get(code="geneva_mission")
    entities = Entity.objects.filter(kind=EntityKind.STATE).order_by("-code")
    delegations = Delegation.objects.bulk_create(Delegation(type=kind, entity=entity, created_at=NOW, **focal_point) for entity in entities)
    person = {"role": Role.HEAD, "family_names": "Paz", "status": Status.CONFIRMED, "consented_at": NOW, "created_at": NOW}
    Participant.objects.bulk_create(Participant(meeting=meeting, delegation=each, **person) for each in delegations)


def test_names_with_enye_follow_n_in_spanish_only():
    document = listed(a_full_meeting())

    assert delegations_of(document["es"], 1)[5:8] == ["Niue", "Nueva Zelandia", "Ñandú"]
    assert delegations_of(document["en"], 1)[3:6] == ["New Zealand", "Niue", "Nyandu"]


@pytest.mark.parametrize(
    ("letter", "language", "expected"),
    [
        ("P", "en", ["Peru", "Spain", "United States of America", "Côte d'Ivoire", "Ecuador", "Germany", "New Zealand", "Niue", "Nyandu"]),
        ("é", "es", ["Ecuador", "España", "Estados Unidos de América", "Niue", "Nueva Zelandia", "Ñandú", "Perú", "Alemania", "Côte d'Ivoire"]),
        ("Ñ", "es", ["Ñandú", "Perú", "Alemania", "Côte d'Ivoire", "Ecuador", "España", "Estados Unidos de América", "Niue", "Nueva Zelandia"]),
        ("Z", "en", ["Côte d'Ivoire", "Ecuador", "Germany", "New Zealand", "Niue", "Nyandu", "Peru", "Spain", "United States of America"]),
    ],
)
def test_a_drawn_letter_begins_the_order_of_states(letter, language, expected):
    document = listed(a_full_meeting(), order=ListOrder.LETTER, letter=letter)[language]

    assert delegations_of(document, 1) == expected


def test_a_drawn_letter_is_not_for_organizations():
    meeting = a_meeting()
    for name in ["Beta", "Alfa"]:
        of_organization(meeting, name, a_person())

    assert delegations_of(listed(meeting, order=ListOrder.LETTER, letter="B")["en"]) == ["Alfa", "Beta"]


def test_a_fixed_order_is_the_same_in_both_languages():
    documents = listed(a_full_meeting(), order=ListOrder.PRECEDENCE, precedence=("perú", "US", "the Federal Republic of Germany"))

    assert delegations_of(documents["en"], 1)[:5] == ["Peru", "United States of America", "Germany", "Côte d'Ivoire", "Ecuador"]
    assert delegations_of(documents["es"], 1)[:5] == ["Perú", "Estados Unidos de América", "Alemania", "Côte d'Ivoire", "Ecuador"]


def test_a_name_in_the_order_that_nobody_has_is_told():
    assert unknown_in(["Perú", "Atlantis", "pe"], known=["Peru", "Perú", "PE"]) == ["Atlantis"]


def test_official_long_names_keep_the_order_of_the_short_ones():
    document = listed(a_full_meeting(), names=EntityNames.FORMAL)["es"]

    assert delegations_of(document, 1)[:4] == [
        "República Federal de Alemania",
        "República de Côte d'Ivoire",
        "República del Ecuador",
        "Reino de España",
    ]


def test_a_state_without_a_long_name_goes_by_its_short_one():
    assert "Nyandu" in delegations_of(listed(a_full_meeting(), names=EntityNames.FORMAL)["en"], 1)


# --- sentences ----------------------------------------------------------------------------------------------------------
def test_a_state_with_two_delegations_is_represented_once():
    meeting = a_meeting()
    an_entity(groups=["un_member", "oas_permanent_observer"])
    a_participant(meeting)
    sign_up(meeting, a_person(), entity="PE", type_code="oas_observer")

    documents = listed(meeting, kind=ListKind.FINAL)

    assert documents["en"]["attendance"] == ["The following State was represented: Peru."]
    assert documents["es"]["attendance"] == ["Estuvo representado el Estado siguiente: Perú."]


def test_spanish_lists_end_with_e_before_an_i():
    meeting = a_meeting()
    an_entity("IT", "Italy", "Italia")
    for code in ["PE", "IT"]:
        sign_up(meeting, a_person(), entity=code)
    Entity.objects.filter(code="PE").update(name_es="Francia")

    assert listed(meeting, kind=ListKind.FINAL)["es"]["attendance"] == ["Estuvieron representados los 2 Estados siguientes: Francia e Italia."]


def test_a_provisional_list_does_not_say_that_anybody_was_there():
    meeting = a_meeting()
    a_participant(meeting)

    documents = listed(meeting)

    assert documents["en"]["attendance"] == ["The following State has registered a delegation: Peru."]
    assert documents["es"]["attendance"] == ["Ha inscrito una delegación el Estado siguiente: Perú."]


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_list_costs_three_statements_at_any_length(rows, django_assert_num_queries):
    meeting = a_meeting()
    many_participants(meeting, rows)

    with django_assert_num_queries(3):
        documents = listed(meeting)

    named = Participant.objects.filter(status=Status.CONFIRMED).count()
    assert [len(everybody_on(document)) for document in documents.values()] == [named, named]


def test_the_desk_counts_the_states_that_the_list_names():
    meeting = a_full_meeting()
    load_entities(states=DATA / "entities.csv", organizations=DATA / "organizations.csv", now=NOW)
    by_rule = [entity.pk for entity in Entity.objects.all() if is_state(kind=entity.kind, groups=entity.groups)]

    [figures] = figures_of_published_meetings(now=NOW)

    assert sorted(states(Entity.objects.all()).values_list("pk", flat=True)) == sorted(by_rule)
    assert f"The following {figures.states_represented} States have registered delegations" in listed(meeting)["en"]["attendance"][0]
