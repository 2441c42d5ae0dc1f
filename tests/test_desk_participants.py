import pytest
from django.db import connection
from django.test import Client

from registrations.enums import Delivery, EntityKind, MessageKind, Role
from registrations.models import OutboxMessage, Participant
from registrations.operations.withdraw import withdraw
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of, many_participants
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, an_entity, participants_of, sign_up

pytestmark = pytest.mark.django_db


def listed(desk: Client, query: str = "") -> list[Participant]:
    return sorted(desk.get(PARTICIPANTS + query).context["cl"].result_list, key=lambda participant: participant.pk)


# --- length -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize(
    ("query", "statements"),
    [("", 10), ("?q=nunez", 10), ("?mails=sent", 10), ("?q=K7QD-2M9X", 11)],
    ids=["plain", "search", "filter", "reference"],
)
def test_the_list_costs_the_same_at_any_length(rows, query, statements, django_assert_num_queries):
    people = many_participants(a_meeting(), rows)
    Participant.objects.filter(pk=people[0].pk).update(reference="K7QD-2M9X", search_text="k7qd-2m9x nunez")
    desk = a_desk()

    with django_assert_num_queries(statements):
        desk.get(PARTICIPANTS + query)


def test_ten_thousand_participants_cost_as_many_statements_as_one(django_assert_num_queries):
    many_participants(a_meeting(), 10_000)
    desk = a_desk()

    with django_assert_num_queries(10):
        page = desk.get(PARTICIPANTS)

    assert (page.context["cl"].result_count, len(page.context["cl"].result_list)) == (10_000, 100)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plan")
def test_the_list_is_read_in_the_order_of_an_index():
    many_participants(a_meeting(), 3)

    plan = a_desk().get(PARTICIPANTS).context["cl"].queryset[:100].explain()

    of_the_list = [line for line in plan.splitlines() if line.split()[1] == "0"]
    assert [line for line in of_the_list if "TEMP B-TREE" in line] == []
    assert "SCAN registrations_participant USING INDEX" in of_the_list[0]


def test_the_newest_comes_first_with_everything_in_its_column():
    meeting = a_meeting()
    older = a_participant(meeting)
    newer = a_pending_participant(meeting, honorific="H.E.", given_names="Ana María", family_names="de la Torre", language="en", role=Role.ADVISER)
    OutboxMessage.objects.filter(participant=newer).update(status=Delivery.FAILED)
    Participant.objects.filter(pk=older.pk).update(created_at="2027-01-19T10:00Z")

    page = a_desk().get(PARTICIPANTS).content.decode()

    assert page.index("de la Torre") < page.index("Muñoz Peña")
    row = page[page.index("de la Torre") - 200 : page.index("Muñoz Peña")]
    for content in [
        "H.E. Ana María <strong>de la Torre</strong>",
        "Red Latinoamericana",
        "Organization",
        "Adviser",
        "1, 2",
        "under review",
        "English",
    ]:
        assert content in row
    assert '<span class="mails-failed">failed</span>' in row
    assert '20 Jan 2027</span> <span class="zone">11:00 GMT+1' in row


# --- search -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("munoz", ["Muñoz"]),
        ("MUÑOZ", ["Muñoz"]),
        ("obrien", ["O’Brien"]),
        ("o'brien", ["O’Brien"]),
        ("cote divoire", ["Muñoz"]),
        ("CÔTE D'IVOIRE", ["Muñoz"]),
        ("estados unidos", ["O’Brien"]),
        ("United States", ["O’Brien"]),
        ("unidos obrien", ["O’Brien"]),
        ("unidos munoz", []),
        ("medicos", ["Łukasz"]),
        ("lukasz", ["Łukasz"]),
        ("pole@example.org", ["Łukasz"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_search_knows_neither_accents_nor_capitals(words, found):
    meeting = a_meeting()
    an_entity("CI", "Côte d'Ivoire", "Côte d'Ivoire")
    an_entity("US", "United States of America", "Estados Unidos de América")
    sign_up(meeting, a_person(given_names="Ana", family_names="Muñoz", email="ana@example.org"), entity="CI")
    sign_up(meeting, a_person(given_names="Sean", family_names="O’Brien", email="sean@example.org"), entity="US")
    a_pending_participant(meeting, given_names="Jan", family_names="Łukasz", email="pole@example.org", organization="Médicos del Mundo")

    names = [participant.family_names for participant in listed(a_desk(), f"?q={words.replace('%', '%25')}")]

    assert names == found


@pytest.mark.parametrize("reference", ["K7QD-2M9X", "WXYZ-HJKM"])
def test_search_finds_a_reference_with_and_without_its_hyphen(reference):
    meeting = a_meeting()
    participant, _other = a_participant(meeting), a_participant(meeting)
    participant.reference = reference
    participant.save()

    desk = a_desk()

    assert listed(desk, f"?q={reference.lower()}") == [participant]
    assert listed(desk, f"?q={reference.replace('-', '')}") == [participant]
    assert listed(desk, f"?q={reference}+munoz+peru") == [participant]


def test_a_reference_given_out_for_a_repeated_sign_up_finds_the_first_one():
    meeting = a_meeting()
    person = a_person()
    [first] = participants_of(sign_up(meeting, person))
    a_participant(meeting)
    reference = "22AA-22AA"
    again = sign_up(meeting, person)
    again.lines[0]["reference"] = reference
    again.save()

    assert listed(a_desk(), f"?q={reference}") == [first]


def test_search_finds_organizations_from_the_list_in_either_language():
    meeting = a_meeting()
    an_entity("OAS", "Organization of American States", "Organización de los Estados Americanos", kind=EntityKind.INTERNATIONAL, acronym_es="OEA")
    participant = a_pending_participant(meeting, organization="Organization of American States")

    desk = a_desk()

    assert listed(desk, "?q=organizacion") == listed(desk, "?q=oea") == [participant]


# --- filters ------------------------------------------------------------------------------------------------------------
def test_filters_narrow_by_everything_that_the_list_shows():
    meeting, other_meeting = a_meeting(), a_meeting()
    first = a_participant(meeting, language="en", role=Role.ADVISER, sessions=frozenset({1}))
    second = a_pending_participant(meeting, sessions=frozenset({2}))
    third = a_participant(other_meeting)
    OutboxMessage.objects.filter(participant=first).update(status=Delivery.SENT)
    OutboxMessage.objects.filter(participant=second).update(status=Delivery.FAILED)
    desk = a_desk()

    assert listed(desk, f"?meeting={meeting.pk}") == [first, second]
    assert listed(desk, f"?type={second.delegation.type_id}") == [second]
    assert listed(desk, f"?session={meeting.sessions.get(number=1).pk}") == [first]
    assert listed(desk, "?status__exact=pending") == [second]
    assert listed(desk, "?role__exact=adviser") == [first]
    assert listed(desk, "?language=en") == [first]
    assert listed(desk, "?mails=failed") == [second]
    assert listed(desk, "?mails=queued") == [third]
    assert listed(desk, "?mails=sent") == [first]
    assert listed(desk, "?mails=none") == []
    assert listed(desk, "?meeting=all-of-them&mails=nonsense") == [first, second, third]


def test_one_failed_mail_weighs_more_than_others_that_were_sent():
    participant = a_participant(a_meeting())
    OutboxMessage.objects.filter(participant=participant).update(status=Delivery.SENT)
    OutboxMessage.objects.filter(pk=OutboxMessage.objects.first().pk).update(status=Delivery.FAILED)

    assert listed(a_desk(), "?mails=failed") == [participant]


# --- who may do what ----------------------------------------------------------------------------------------------------
def test_nobody_adds_or_deletes_a_participant_at_the_desk():
    participant = a_participant(a_meeting())
    desk = a_desk()

    assert desk.get(f"{PARTICIPANTS}add/").status_code == 403
    assert desk.post(f"{PARTICIPANTS}{participant.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in desk.get(PARTICIPANTS).content.decode()


def test_a_reader_sees_the_list_and_exports_but_is_offered_no_decision():
    participant = a_participant(a_meeting())
    desk = desk_of(an_organizer("view_participant"))

    actions = [name for name, _label in desk.get(PARTICIPANTS).context["action_form"].fields["action"].choices if name]

    assert actions == ["export", "export_xlsx", "export_csv", "export_json", "export_display_names", "export_files"]
    page = desk.get(f"{PARTICIPANTS}{participant.pk}/change/").content.decode()
    assert ("Withdraw ..." in page, 'name="_save"' in page) == (False, False)


def test_without_permission_there_is_no_list():
    assert desk_of(an_organizer("view_meeting")).get(PARTICIPANTS).status_code == 403


def test_the_page_tells_history_and_mails_in_words():
    participant = a_participant(a_meeting())
    withdraw(participant, actor=ORGANIZER, now=NOW)

    page = " ".join(a_desk().get(f"{PARTICIPANTS}{participant.pk}/change/").content.decode().split())

    assert '<th scope="row">Signed up</th><td>sign-up form</td><td>sign-up form</td><td>confirmed</td>' in page
    assert '<th scope="row">Withdrawn</th><td>Ana Secretaria</td><td>desk</td><td>withdrawn</td>' in page
    assert "20 January 2027, 11:00 (Europe/Zurich)" in page
    for message in OutboxMessage.objects.filter(kind__in=[MessageKind.INVITATION, MessageKind.CANCELLATION]):
        assert f"/admin/registrations/outboxmessage/{message.pk}/change/" in page


@pytest.mark.parametrize("changes", [0, 5])
def test_the_page_costs_the_same_with_a_long_history(changes, django_assert_num_queries):
    participant = a_participant(a_meeting())
    for _index in range(changes):
        participant.history.create(
            meeting=participant.meeting, delegation=participant.delegation, event="resend", actor="Ana", status="confirmed", at=NOW
        )
    desk, page = a_desk(), f"{PARTICIPANTS}{participant.pk}/change/"
    desk.get(page)  # what Django looks up once in a process

    with django_assert_num_queries(12):
        desk.get(page)
