"""What is held about a participant: the page and the file say the same, everything about them and nothing about others."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from registrations.details import PARTICIPANT, FocalPoint
from registrations.enums import Arrival, MessageKind, Role
from registrations.links import participant_token
from registrations.models import NoteVerbale, Participant
from registrations.operations.amend import amend
from registrations.operations.decline import decline
from registrations.operations.record_arrival import record_arrival
from registrations.operations.request_erasure import request_erasure
from registrations.operations.return_for_correction import return_for_correction
from registrations.queries.participants import person_on_record
from tests.mail_rows import owed, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, participants_of, sign_up
from tests.web_form import soup

pytestmark = pytest.mark.django_db
SHARED = "mision@exteriores.example.com"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def address_of(participant: Participant, rest: str = "data/", language: str = "en") -> str:
    return f"/{language}/p/{participant_token(participant)}/{rest}"


def file_of(client, participant: Participant) -> dict:
    return json.loads(client.get(address_of(participant, "data.json")).content)


def words_on(client, participant: Participant, language: str = "en") -> str:
    return " ".join(soup(client.get(address_of(participant, language=language))).main.text.split())


def test_the_file_holds_everything_with_stable_keys_and_moments_in_utc(client):
    participant = a_participant(
        a_meeting(slug="dialogue"),
        given_names="Ana",
        family_names="Ruiz",
        institution="Ministerio de Defensa",
        email="ana@example.org",
        phone="+41 22 000",
        accessibility_needs="Captions",
        sessions=frozenset({1}),
    )
    kind = participant.delegation.type
    kind.expected.create(entity=participant.delegation.entity, contact_email="Ana@example.org")
    invitation = owed(participant, MessageKind.INVITATION)
    sent(invitation)
    record_arrival(invitation, arrival=Arrival.DELIVERED, key="event", at=NOW + timedelta(minutes=5), now=NOW)
    amend(participant, details=replace(person_on_record(participant), position="Ministra"), actor=PARTICIPANT, now=LATER)

    held = file_of(client, participant)

    delegation = participant.delegation
    assert held == {
        "generated_at": "2027-01-20T10:00:00Z",
        "meeting": {"address": "dialogue", "title": "Regional Dialogue on Humanitarian Demining"},
        "person": {
            "honorific": "Sra.",
            "given_names": "Ana",
            "family_names": "Ruiz",
            "position": "Ministra",
            "institution": "Ministerio de Defensa",
            "email": "ana@example.org",
            "phone": "+41 22 000",
            "language": "es",
            "accessibility_needs": "Captions",
        },
        "answers": [],
        "registration": {
            "reference": participant.reference,
            "status": "confirmed",
            "delegation": "Peru",
            "delegation_type": "Geneva mission",
            "function": "head",
            "order_in_delegation": 1,
            "signed_up_at": "2027-01-20T10:00:00Z",
            "came_in_by": "public form",
            "data_notice_accepted_at": "2027-01-20T10:00:00Z",
            "mail_came_back_at": None,
            "put_first_on_waiting_list_at": None,
            "is_left_out_of_list_of_participants": False,
            "in_place_of_reference": None,
        },
        "sessions": [{"number": 1, "title": "Session 1", "starts_at": "2027-02-10T14:00:00Z", "ends_at": "2027-02-10T17:00:00Z"}],
        "history": [
            {"at": "2027-01-20T10:00:00Z", "event": "register", "by": "public form", "status_afterwards": "confirmed"},
            {
                "at": "2027-01-20T11:00:00Z",
                "event": "amend",
                "by": "participant",
                "status_afterwards": "confirmed",
                "changes": {"position": ["Embajadora", "Ministra"]},
            },
        ],
        "mails": [
            {
                "kind": "invitation",
                "session": 1,
                "language": "es",
                "address": "ana@example.org",
                "owed_since": "2027-01-20T10:00:00Z",
                "sent_at": "2027-01-20T10:00:00Z",
                "status": "sent",
                "arrival": "delivered",
                "heard": [{"at": "2027-01-20T10:05:00Z", "arrival": "delivered"}],
            }
        ],
        "calendar_entries": [{"session": 1, "sequence": 0, "method": "REQUEST", "made_at": "2027-01-20T10:00:00Z"}],
        "calendar_answers": [{"session": 1, "answer": "NEEDS-ACTION"}],
        "messages_received": [],
        "sign_up_forms": [
            {"received_at": "2027-01-20T10:00:00Z", "reference": participant.reference, "name": "Sra. Ana Ruiz", "status": "confirmed"}
        ],
        "lists_of_participants": [],
        "contact_of": [str(delegation)],
        "focal_point_of": [{"delegation": str(delegation), "name": "Ruiz", "email": "ana@example.org", "language": "es"}],
        "correction_asked": {},
        "changes_under_review": {},
        "erasure": {"state": "none", "asked_at": None, "approved_at": None},
        "notes_verbales": [],
    }


def test_it_comes_as_a_download_that_nobody_keeps(client):
    participant = a_participant(a_meeting())

    response = client.get(address_of(participant, "data.json"))

    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="{participant.reference}.json"'
    assert "no-store" in response["Cache-Control"]


def test_requests_reviews_and_documents_are_told_as_well(client):
    participant = a_pending_participant(a_meeting())
    notes = {"es": "Escriba el cargo completo."}
    return_for_correction(participant, fields=["position"], notes=notes, actor=ORGANIZER, now=NOW)
    request_erasure(participant, actor=PARTICIPANT, now=LATER)
    Participant.objects.update(to_review={"position": ["Consejera", "Ministra"]}, promoted_at=NOW)
    NoteVerbale.objects.create(
        delegation=participant.delegation, file_name="nota.pdf", content_type="application/pdf", size=1, sha256="x", content=b"x", uploaded_at=NOW
    )

    held = file_of(client, participant)

    assert held["correction_asked"] == {"fields": ["position"], "note": "Escriba el cargo completo."}
    assert held["changes_under_review"] == {"position": ["Consejera", "Ministra"]}
    assert held["erasure"] == {"state": "asked", "asked_at": "2027-01-20T11:00:00Z", "approved_at": None}
    assert held["notes_verbales"] == [{"uploaded_at": "2027-01-20T10:00:00Z", "erased_at": None}]
    assert held["registration"]["put_first_on_waiting_list_at"] == "2027-01-20T10:00:00Z"
    assert [(entry["event"], entry["by"]) for entry in held["history"]] == [
        ("register", "public form"),
        ("return", "secretariat"),
        ("ask for erasure", "participant"),
    ]


def test_changes_are_told_in_words(client):
    participant = a_participant(a_meeting(), language="es")
    details = replace(person_on_record(participant), language="en", role=Role.ADVISER, sessions=frozenset({2}))
    amend(participant, details=details, actor=PARTICIPANT, now=LATER)

    assert (
        "function in the delegation: Head of delegation → Adviser; language of correspondence: Spanish → English;"
        " sessions: 1. Session 1; 2. Session 2 → 2. Session 2 (by you, on your page)"
    ) in words_on(client, participant)


def test_organizers_appear_as_the_secretariat(client):
    participant = a_pending_participant(a_meeting(), language="en")
    decline(participant, reasons={"en": "There are no seats."}, actor=ORGANIZER, now=NOW)

    page, file = words_on(client, participant), client.get(address_of(participant, "data.json")).content.decode()

    assert "Declined: There are no seats. (by the secretariat)" in page
    assert (ORGANIZER.label in page, ORGANIZER.label in file) == (False, False)


def test_the_page_says_it_in_the_readers_language_on_the_meetings_clock(client):
    participant = a_participant(a_meeting(), given_names="Ana", family_names="Ruiz", email="ana@example.org")

    english, spanish = words_on(client, participant), words_on(client, participant, language="es")

    for words in ("Ana", "Ruiz", "ana@example.org", participant.reference, "20 January 2027, 11:00 (GMT+1)", "Head of delegation", "Public form"):
        assert words in english
    for words in ("Datos que conservamos sobre usted", "20 de enero de 2027, 11:00 (GMT+1)", "Sesión 1", "Perú"):
        assert words in spanish


def test_somebody_who_took_a_place_sees_the_reference_of_the_one_before_and_no_name(client):
    before, after = participants_of(sign_up(a_meeting(), a_person(given_names="Rosa", family_names="Antes"), a_person()))
    Participant.objects.filter(pk=after.pk).update(in_place_of=before)

    held = file_of(client, after)

    assert held["registration"]["in_place_of_reference"] == before.reference
    assert "Antes" not in json.dumps(held)


@pytest.mark.parametrize("email", [SHARED, "rosa@example.org"])
def test_nothing_of_colleagues_is_told(client, email):
    focal_point = FocalPoint(name="Rosa Archivo", email=email, language="es")
    mine = a_person(given_names="Ana", family_names="Ruiz", email=SHARED, language="en")
    theirs = a_person(given_names="Rosa", family_names="Archivo", email=email, position="Archivera", phone="+51 999", language="en")
    meeting = a_meeting()
    ana, rosa = participants_of(sign_up(meeting, mine, theirs, type_code="organization", entity="", organization="Red", focal_point=focal_point))
    decline(rosa, reasons={"en": "Already served two terms."}, actor=ORGANIZER, now=NOW)
    rosa.history.create(
        meeting=rosa.meeting, delegation=rosa.delegation, event="promote", actor="Ana", status="waiting", facts={"reason": "Ill health"}, at=NOW
    )
    hers = file_of(client, rosa)
    assert "Already served two terms." in json.dumps(hers)
    assert hers["focal_point_of"] != []

    page, file = words_on(client, ana), client.get(address_of(ana, "data.json")).content.decode()

    secrets = {"Rosa", "Archivo", "Archivera", "+51 999", rosa.reference, "two terms", "Ill health"} | ({email} - {SHARED})
    assert {secret for secret in secrets if secret in page or secret in file} == set()


def test_what_a_history_entry_says_of_somebody_else_is_left_out(client):
    participant = a_participant(a_meeting())
    participant.history.create(
        meeting=participant.meeting,
        delegation=participant.delegation,
        event="substitute",
        actor="focal point",
        status="withdrawn",
        facts={"by": "Rosa Archivo"},
        at=NOW,
    )

    assert "Rosa Archivo" not in client.get(address_of(participant, "data.json")).content.decode()
    assert "Rosa Archivo" not in words_on(client, participant)


@pytest.mark.parametrize("changes", [1, 30])
@pytest.mark.parametrize("rest", ["data/", "data.json"])
def test_it_costs_the_same_at_any_length(client, rest, changes, django_assert_num_queries):
    participant = a_participant(a_meeting())
    for index in range(changes):
        details = replace(person_on_record(participant), position=f"Ministra {index}")
        amend(participant, details=details, actor=PARTICIPANT, now=LATER + timedelta(minutes=index))
        sign_up(participant.meeting, a_person(), now=LATER + timedelta(minutes=index))

    with django_assert_num_queries(16):
        client.get(address_of(participant, rest))


def test_the_participants_page_leads_to_both(client):
    participant = a_participant(a_meeting())

    links = {link["href"] for link in soup(client.get(address_of(participant, ""))).select("main a")}

    assert {address_of(participant), address_of(participant, "data.json")} <= links


@pytest.mark.parametrize("rest", ["data/", "data.json", "data/erase/"])
def test_a_revoked_link_and_a_made_up_one_show_nothing(client, rest):
    participant = a_participant(a_meeting())
    address = address_of(participant, rest)
    Participant.objects.update(link_version=2)

    assert client.get(address).status_code == 410
    assert client.get(f"/en/p/1-1.x/{rest}").status_code == 404
