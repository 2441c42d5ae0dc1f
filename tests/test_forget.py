"""Erasing somebody's personal data: asked for by them, approved by the desk, done once no mail is owed to them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command

from registrations.calendars.entries import cancel, invite
from registrations.details import PARTICIPANT, Document, FocalPoint, ListOptions
from registrations.enums import Arrival, ChaseWording, Delivery, MessageKind, QuestionKind, Status
from registrations.errors import DataErased
from registrations.links import delegation_token, submission_token
from registrations.management.commands.send_outbox import ERASING_SECONDS, Worker
from registrations.models import Delegation, HistoryEntry, IncomingMessage, Invitation, NoteVerbale, OutboxMessage, Participant, Revision
from registrations.operations.accept_changes import accept_changes
from registrations.operations.amend import amend
from registrations.operations.chase import chase
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.draft_letter import discard_draft
from registrations.operations.erase_approved import erase_approved
from registrations.operations.forget import forget
from registrations.operations.hand_over import hand_over
from registrations.operations.issue_list import issue_list
from registrations.operations.keep_document import keep_document
from registrations.operations.promote import promote
from registrations.operations.record_arrival import record_arrival
from registrations.operations.rejoin import rejoin
from registrations.operations.request_erasure import request_erasure, take_back_erasure
from registrations.operations.resend import resend
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.save_columns import delete_columns, save_columns
from registrations.operations.send_links import send_links
from registrations.operations.switch_language import switch_language
from registrations.operations.withdraw import withdraw
from registrations.rules.questions import document_answer
from tests import reply_mails
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.documents import PDF
from tests.mail_rows import octets, owed, sent
from tests.make import (
    NOW,
    ORGANIZER,
    a_draft,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    a_question,
    confirmed,
    participants_of,
    sign_up,
    status_of,
)
from tests.reply_mails import filed, reply_file
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
DELIVERED = LATER + timedelta(seconds=1)
AFTER = NOW + timedelta(days=40)
SHARED = "mision@exteriores.example.com"
ANA = {
    "honorific": "Excma. Sra.",
    "given_names": "Anacaona",
    "family_names": "Quispehuamán",
    "position": "Ministra Plenipotenciaria",
    "institution": "Dirección de Desminado",
    "email": "anacaona.q@exteriores.example.com",
    "phone": "+41 22 999 8877",
    "accessibility_needs": "Subtítulos grandes",
}
FOCAL = FocalPoint(name="Excma. Sra. Anacaona Quispehuamán", email=ANA["email"], language="es")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


def deliver_all() -> None:
    """The worker, once, a moment later."""
    with time_machine.travel(DELIVERED, tick=False):
        call_command("send_outbox", "--once")


def tables() -> dict[str, str]:
    """All that every table of the application holds, as one text each."""
    texts = {}
    for model in apps.get_app_config("registrations").get_models(include_auto_created=True):
        rows = [_plain(value) for row in model.objects.values_list() for value in row]
        texts[model.__name__] = "\n".join(rows)
    return texts


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        value = bytes(value).replace(b"\r\n ", b"").decode(errors="replace")
    return str(value).casefold()


def found(*values: str) -> set[tuple[str, str]]:
    """In which tables each value stands."""
    return {(name, value) for name, text in tables().items() for value in values if value.casefold() in text}


def with_traces_everywhere() -> Participant:
    """Somebody who is named in every table in which a person can be."""
    meeting = a_meeting()
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    a_question(meeting, QuestionKind.TEXT, code="alias")
    document = Document(file_name="Condori.pdf", content=PDF + b"Anacaona")
    kept = keep_document(passport, document=document, form="form", now=NOW)
    answers = {"passport": document_answer(kept.pk, kept.file_name), "alias": "Condori"}
    details = a_person(**ANA | {"email": "anacaona.antes@exteriores.example.com", "family_names": "Condori", "answers": answers})
    focal_point = FocalPoint(name="Anacaona Condori", email=details.email, language="es")
    [participant] = participants_of(
        sign_up(meeting, details, type_code="organization", entity="", organization="Red Latinoamericana", focal_point=focal_point)
    )
    notes = {"es": "Anacaona Condori: escriba el cargo completo."}
    return_for_correction(participant, fields=["position"], notes=notes, actor=ORGANIZER, now=NOW)
    resubmit(participant, details=a_person(**ANA | {"email": details.email, "answers": answers}), actor=PARTICIPANT, now=NOW)
    confirmed(participant)
    deliver_all()
    amend(participant, details=a_person(**ANA | {"answers": answers}), actor=PARTICIPANT, now=NOW + timedelta(minutes=1))
    deliver_all()
    issue_list(meeting, options=ListOptions(has_emails=True, has_phones=True), seen=None, actor=ORGANIZER, now=NOW + timedelta(minutes=2))
    group = participant.delegation
    Delegation.objects.filter(pk=group.pk).update(focal_point_name=FOCAL.name, focal_point_email=FOCAL.email, focal_point_mailbox=FOCAL.email)
    NoteVerbale.objects.create(
        delegation=group,
        file_name="Quispehuamán.pdf",
        content_type="application/pdf",
        size=9,
        sha256="0",
        content="Acredita a Anacaona Quispehuamán".encode(),
        uploaded_by="focal point",
        uploaded_at=NOW,
    )
    mission = group.type.expected.create(organization_name="Otra red", contact_email=ANA["email"])
    chase(group.type, chosen=[mission.pk], wording=ChaseWording.OWN, actor=ORGANIZER, now=NOW)
    HistoryEntry.objects.create(
        meeting=meeting,
        delegation=group,
        event="reorder",
        actor="focal point",
        status="",
        facts={"people": ["Excma. Sra. Anacaona Quispehuamán"]},
        at=NOW,
    )
    other = a_pending_participant(meeting)
    other.history.create(
        meeting=meeting,
        delegation=group,
        event="substitute",
        actor="focal point",
        status="withdrawn",
        facts={"in_place_of": "Anacaona Quispehuamán"},
        at=NOW,
    )
    Participant.objects.filter(pk=other.pk).update(in_place_of=participant, delegation=group)
    OutboxMessage.objects.filter(kind=MessageKind.RECEIVED).update(outcome=f"450 {ANA['email']} is busy")
    letter = reply_mails.mail("Habla Anacaona Quispehuamán", sender=f"Anacaona <{ANA['email']}>", content_type="text/plain; charset=utf-8")
    filed(letter, now=NOW)
    about_her = reply_mails.mail(
        "Pregunto por ANACAONA QUISPEHUAMÁN.", sender=other.email, content_type="text/plain; charset=utf-8", message_id="<o@x>"
    )
    filed(about_her, now=NOW)
    invitation = Invitation.objects.get(mailbox=ANA["email"], session__number=1)
    comment = reply_file(invitation, more="COMMENT:Anacaona Condori")
    filed(reply_mails.mail(comment, sender="asistente@exteriores.example.com", message_id="<c@x>"), now=NOW)
    participant.refresh_from_db()
    return participant


# --- nothing is left ------------------------------------------------------------------------------------------------------
def test_after_erasing_no_table_holds_anything_that_names_the_person():
    participant = with_traces_everywhere()
    secrets = [*ANA.values(), "anacaona.antes@exteriores.example.com", "Condori", "anacaona", "anacaona.q"]
    everywhere = {
        "AnswerDocument",
        "Participant",
        "OutboxMessage",
        "HistoryEntry",
        "Submission",
        "Invitation",
        "Revision",
        "Delegation",
        "NoteVerbale",
        "IncomingMessage",
        "IssuedList",
        "ExpectedDelegation",
    }
    before = found(*secrets)
    assert {name for name, _value in before} == everywhere
    assert {value for _name, value in before} == set(secrets)

    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    participant.refresh_from_db()
    assert participant.erased_at is not None
    assert found(*secrets) == set()
    assert [(each.kind, each.text) for each in IncomingMessage.objects.order_by("pk")] == [
        ("letter", ""),
        ("letter", "Pregunto por ."),
        ("unverified", ""),
    ]


def test_nothing_that_organizers_typed_about_the_person_stays_in_the_history_of_the_meeting():
    participant = a_participant(a_meeting(), **ANA)
    draft = a_draft(participant, text_en="Dear ANACAONA QUISPEHUAMÁN", text_es=f"Escriba a {ANA['email']}.", subject_en="For Anacaona Quispehuamán")
    discard_draft(draft, actor=ORGANIZER, now=NOW)
    columns = save_columns(participant.meeting, name="Anacaona Quispehuamán", columns=["email"], actor=ORGANIZER, now=NOW)
    delete_columns(columns, actor=ORGANIZER, now=NOW)
    traces = ["anacaona quispehuamán", ANA["email"]]
    assert {name for name, _value in found(*traces)} >= {"HistoryEntry"}
    assert {value for name, value in found(*traces) if name == "HistoryEntry"} == set(traces)

    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    assert found(*traces) == set()
    [first, *_others] = HistoryEntry.objects.filter(event="change record")
    assert first.facts["changes"]["text_es"] == ["", "Escriba a ."]


def test_what_comes_from_the_calendar_of_somebody_erased_is_not_kept():
    participant = with_traces_everywhere()
    invitation = Invitation.objects.get(mailbox=ANA["email"], session__number=1)
    late = reply_mails.mail(reply_file(invitation), sender=ANA["email"], message_id="<late@x>")
    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    assert filed(late, now=AFTER) is None


def test_what_is_counted_stays():
    participant = with_traces_everywhere()
    participant.refresh_from_db()
    kept = ("role", "language", "reference", "delegation_id", "meeting_id", "order", "source", "created_at", "consented_at")
    before = [getattr(participant, name) for name in kept]
    rows = {model: model.objects.count() for model in (Participant, Invitation, NoteVerbale)}

    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    participant.refresh_from_db()
    assert [getattr(participant, name) for name in kept] == before
    assert (participant.status, participant.sessions.count()) == (Status.WITHDRAWN, 2)
    assert {model: model.objects.count() for model in rows} == rows
    assert [(note.content_type, note.size, bytes(note.content), note.erased_at) for note in NoteVerbale.objects.all()] == [
        ("application/pdf", 9, b"", DELIVERED)
    ]


def test_the_history_keeps_what_happened_when_and_to_which_fields():
    participant = with_traces_everywhere()
    before = list(participant.history.values_list("event", "actor", "status", "at"))

    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    after = list(participant.history.all())
    assert [(entry.event, entry.actor, entry.status, entry.at) for entry in after][: len(before)] == before
    assert [(entry.event, entry.actor) for entry in after[len(before) :]] == [
        ("withdraw", ORGANIZER.label),
        ("approve erasure", ORGANIZER.label),
        ("forget", "system"),
    ]
    facts = [entry.facts for entry in after if entry.event in ("return", "amend", "withdraw")]
    assert facts[0] == {"fields": ["position"]}
    assert facts[-2]["fields"] == sorted(facts[-2]["fields"])
    assert "email" in facts[-2]["fields"]


# --- when -----------------------------------------------------------------------------------------------------------------
def test_a_registration_for_a_meeting_to_come_is_withdrawn_and_the_data_wait_for_the_cancellations():
    meeting = a_meeting(seats=1)
    participant, next_in_line = a_participant(meeting, **ANA), a_participant(meeting)
    deliver_all()

    forget(participant, actor=ORGANIZER, now=LATER)

    participant.refresh_from_db()
    assert (participant.status, participant.erased_at, participant.full_name) == (Status.WITHDRAWN, None, "Anacaona Quispehuamán")
    assert status_of(next_in_line) == Status.CONFIRMED
    assert erase_approved(now=LATER) == 0

    deliver_all()

    participant.refresh_from_db()
    cancellations = OutboxMessage.objects.filter(kind=MessageKind.CANCELLATION, participant=participant)
    assert [(mail.status, mail.recipient_email) for mail in cancellations] == [(Delivery.SENT, ""), (Delivery.SENT, "")]
    assert participant.erased_at == DELIVERED


def test_where_no_mail_is_owed_the_data_go_at_once():
    participant = a_participant(a_meeting(), **ANA)
    OutboxMessage.objects.update(status=Delivery.SENT)

    forget(participant, actor=ORGANIZER, now=AFTER)

    participant.refresh_from_db()
    assert (participant.status, participant.erased_at, participant.email) == (Status.CONFIRMED, AFTER, "")
    assert [entry.event for entry in participant.history.all()] == ["register", "approve erasure", "forget"]


def test_a_mail_that_can_never_be_sent_does_not_keep_the_data():
    participant = a_participant(a_meeting(), **ANA)
    OutboxMessage.objects.update(status=Delivery.FAILED)

    forget(participant, actor=ORGANIZER, now=AFTER)

    assert set(OutboxMessage.objects.values_list("status", "recipient_name", "mailbox")) == {("superseded", "", "")}


@pytest.mark.parametrize(("repeats", "is_kept"), [(0, True), (1, False)])
def test_the_data_are_kept_for_a_mail_in_doubt_only_while_it_may_be_repeated(repeats, is_kept):
    participant = a_participant(a_meeting(), **ANA)
    OutboxMessage.objects.update(status=Delivery.UNCERTAIN, repeats=repeats)

    forget(participant, actor=ORGANIZER, now=AFTER)

    participant.refresh_from_db()
    assert (participant.email == ANA["email"]) is is_kept


def test_that_mail_came_back_is_forgotten_as_well():
    participant = a_participant(a_meeting(), **ANA)
    OutboxMessage.objects.update(status=Delivery.SENT)
    message = participant.outbox.first()
    record_arrival(message, arrival=Arrival.BOUNCED, key="event", at=NOW, now=NOW)
    OutboxMessage.objects.update(status=Delivery.SENT)

    forget(participant, actor=ORGANIZER, now=AFTER)

    participant.refresh_from_db()
    participant.delegation.refresh_from_db()
    assert (participant.bounced_at, participant.delegation.focal_point_bounced_at) == (None, None)


def test_mails_to_the_person_as_a_former_focal_point_go_as_well():
    participant = a_participant(a_meeting(), **ANA)
    send_links(participant.meeting, email=participant.email, address_key="address", now=AFTER)
    hand_over(participant.delegation, focal_point=FocalPoint(name="Luis", email="luis@example.org", language="es"), actor=ORGANIZER, now=AFTER)
    OutboxMessage.objects.update(status=Delivery.SENT)

    forget(participant, actor=ORGANIZER, now=AFTER)

    named = OutboxMessage.objects.exclude(recipient_email="").values_list("kind", "recipient_email")
    assert list(named) == [("delegation_link", "luis@example.org")]


def test_a_running_worker_erases_what_is_due():
    participant = a_participant(a_meeting(), **ANA)
    OutboxMessage.objects.update(status=Delivery.SENT)
    Participant.objects.update(erasure_approved_at=NOW)

    Worker().tidy()

    participant.refresh_from_db()
    assert participant.erased_at == LATER
    assert ERASING_SECONDS <= 60


def test_erasing_again_does_nothing():
    participant = with_traces_everywhere()
    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()
    before = tables()

    assert erase_approved(now=AFTER) == 0
    with pytest.raises(DataErased):
        forget(participant, actor=ORGANIZER, now=AFTER)
    assert tables() == before


# --- others ---------------------------------------------------------------------------------------------------------------
def two_on_one_mailbox() -> list[Participant]:
    focal_point = FocalPoint(name="Rosa Archivo", email=SHARED, language="es")
    rosa = a_person(given_names="Rosa", family_names="Archivo", email=SHARED, position="Archivera")
    return participants_of(sign_up(a_meeting(), a_person(**ANA | {"email": SHARED}), rosa, focal_point=focal_point))


def test_whoever_shares_the_mailbox_keeps_everything():
    ana, _rosa = two_on_one_mailbox()
    deliver_all()
    HistoryEntry.objects.create(
        meeting=ana.meeting,
        delegation=ana.delegation,
        event="hand over",
        actor="focal point",
        status="",
        facts={"to": f"Rosa Archivo <{SHARED}>"},
        at=NOW,
    )
    before = found("Rosa", "Archivera", SHARED)

    forget(ana, actor=ORGANIZER, now=LATER)
    deliver_all()

    names = {value for name, value in ANA.items() if name != "email"}
    assert found(*names) == set()
    assert found("Rosa", "Archivera", SHARED) >= before
    assert Delegation.objects.values_list("focal_point_name", "focal_point_email").get() == ("Rosa Archivo", SHARED)
    assert HistoryEntry.objects.get(event="hand over").facts == {"to": f"Rosa Archivo <{SHARED}>"}
    assert Invitation.objects.filter(mailbox=SHARED).count() == 2
    last = Revision.objects.filter(invitation__session__number=1).last()
    assert (last.sequence, b"Rosa Archivo" in bytes(last.ics)) == (1, True)


@pytest.mark.parametrize("update", [Delivery.SENT, Delivery.FAILED])
def test_the_calendar_of_whoever_shares_the_mailbox_goes_on(update):
    ana, rosa = two_on_one_mailbox()
    deliver_all()
    uid = Invitation.objects.get(session__number=1).uid
    forget(ana, actor=ORGANIZER, now=LATER)
    deliver_all()
    OutboxMessage.objects.filter(revision__sequence=1).update(status=update)
    session = rosa.sessions.select_related("meeting").get(number=1)

    again = invite(session, mailbox=SHARED, now=LATER)
    withdraw(rosa, actor=PARTICIPANT, now=LATER)
    farewell = cancel(session, mailbox=SHARED, now=LATER)

    assert (again.sequence, farewell.sequence, farewell.method) == (1, 2, "CANCEL")
    assert str(uid).encode() in bytes(farewell.ics)


def test_somebody_who_signs_up_with_an_address_that_was_erased_gets_an_entry_of_their_own():
    participant = a_participant(a_meeting(), **ANA)
    deliver_all()
    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    again = a_participant(participant.meeting, now=LATER, **ANA)
    written = sent(owed(again, MessageKind.INVITATION, session=1), now=LATER)

    assert b"SEQUENCE:0" in octets(written)
    assert Invitation.objects.filter(session__number=1).count() == 2


def test_a_colleague_in_the_delegation_keeps_their_data_and_the_focal_point():
    focal_point = FocalPoint(name="Rosa Archivo", email="rosa@example.org", language="es")
    ana, rosa = participants_of(
        sign_up(a_meeting(), a_person(**ANA), a_person(given_names="Rosa", email="rosa@example.org"), focal_point=focal_point)
    )
    token = delegation_token(rosa.delegation)
    deliver_all()

    forget(ana, actor=ORGANIZER, now=LATER)
    deliver_all()

    rosa.refresh_from_db()
    group = Delegation.objects.get()
    assert (rosa.given_names, status_of(rosa), group.focal_point_name, delegation_token(group)) == ("Rosa", Status.CONFIRMED, "Rosa Archivo", token)


def test_mails_to_a_focal_point_who_was_erased_are_neither_sent_nor_kept_readable():
    meeting = a_meeting()
    sign_up(meeting, a_person(), focal_point=FOCAL)
    participant = a_participant(meeting, **ANA)
    OutboxMessage.objects.exclude(kind=MessageKind.SUMMARY).update(status=Delivery.SENT)
    summary = OutboxMessage.objects.get(kind=MessageKind.SUMMARY)
    assert summary.recipient_email == ANA["email"]

    forget(participant, actor=ORGANIZER, now=AFTER)

    summary.refresh_from_db()
    assert (summary.status, summary.recipient_name, summary.recipient_email) == (Delivery.SUPERSEDED, "", "")
    assert found(*ANA.values()) == set()


def test_the_link_of_a_focal_point_who_was_erased_dies(client):
    participant = with_traces_everywhere()
    address = f"/en/d/{delegation_token(Delegation.objects.get(pk=participant.delegation_id))}/"

    forget(participant, actor=ORGANIZER, now=AFTER)
    deliver_all()

    assert client.get(address).status_code == 410


# --- asking ---------------------------------------------------------------------------------------------------------------
def test_asking_is_noted_once_and_can_be_taken_back():
    participant = a_participant(a_meeting())

    request_erasure(participant, actor=PARTICIPANT, now=NOW)
    asked = request_erasure(participant, actor=PARTICIPANT, now=LATER)
    assert asked.erasure_requested_at == NOW
    take_back_erasure(participant, actor=PARTICIPANT, now=LATER)
    back = take_back_erasure(participant, actor=PARTICIPANT, now=LATER)

    assert back.erasure_requested_at is None
    assert [entry.event for entry in participant.history.all()] == ["register", "ask for erasure", "take back erasure"]
    assert status_of(participant) == Status.CONFIRMED


OPERATIONS = {
    "accept changes": lambda person: accept_changes(person, actor=ORGANIZER, now=LATER),
    "amend": lambda person: amend(person, details=a_person(**ANA), actor=ORGANIZER, now=LATER),
    "confirm": lambda person: confirm(person, actor=ORGANIZER, now=LATER),
    "decline": lambda person: decline(person, reasons={"es": "No.", "en": "No."}, actor=ORGANIZER, now=LATER),
    "promote": lambda person: promote(person, reason="Host", actor=ORGANIZER, now=LATER),
    "rejoin": lambda person: rejoin(person, actor=PARTICIPANT, now=LATER),
    "request erasure": lambda person: request_erasure(person, actor=PARTICIPANT, now=LATER),
    "resend": lambda person: resend(person, actor=ORGANIZER, now=LATER),
    "resubmit": lambda person: resubmit(person, details=a_person(**ANA), actor=PARTICIPANT, now=LATER),
    "return": lambda person: return_for_correction(person, fields=["email"], notes={"es": "x"}, actor=ORGANIZER, now=LATER),
    "switch language": lambda person: switch_language(person, language="en", actor=PARTICIPANT, now=LATER),
    "take back": lambda person: take_back_erasure(person, actor=PARTICIPANT, now=LATER),
    "forget": lambda person: forget(person, actor=ORGANIZER, now=LATER),
    "withdraw": lambda person: withdraw(person, actor=ORGANIZER, now=LATER),
}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("delivered", [False, True], ids=["approved", "erased"])
def test_nothing_is_done_any_more_to_somebody_whose_erasure_is_approved(name, delivered):
    participant = a_participant(a_meeting(), **ANA)
    forget(participant, actor=ORGANIZER, now=NOW)
    if delivered:
        deliver_all()
    before = tables()

    with pytest.raises(DataErased) as refusal:
        OPERATIONS[name](participant)

    assert str(refusal.value) == (
        f"{participant.reference}: the personal data of this registration have been erased or are about to be. Nothing can be changed any more."
    )
    assert tables() == before


def test_the_answer_to_the_sign_up_form_says_erased_in_the_place_of_the_name(client):
    submission = sign_up(a_meeting(slug="dialogue"), a_person(**ANA), a_person())
    forget(participants_of(submission)[0], actor=ORGANIZER, now=LATER)
    deliver_all()

    page = soup(client.get(f"/es/dialogue/register/done/{submission_token(submission)}/"))

    names = [name.text for name in page.select(".people .name")]
    assert names[0] == "(datos suprimidos)"


# --- the desk -------------------------------------------------------------------------------------------------------------
def test_the_first_page_leads_to_exactly_those_who_asked():
    meeting = a_meeting()
    asking, approved, _other = a_participant(meeting), a_participant(meeting), a_participant(meeting)
    for participant in (asking, approved):
        request_erasure(participant, actor=PARTICIPANT, now=NOW)
    forget(approved, actor=ORGANIZER, now=NOW)
    desk = a_desk()

    link = next(link for link in soup(desk.get("/admin/")).select("#figures .due a") if "erasure" in link["href"])

    assert link.text == "1"
    assert list(desk.get(link["href"]).context["cl"].queryset) == [asking]


def test_without_a_request_the_first_page_says_nothing_of_it():
    a_participant(a_meeting())

    assert "Requests for erasure" not in a_desk().get("/admin/").content.decode()


@pytest.mark.parametrize(("state", "number"), [("asked", 1), ("approved", 2), ("done", 3)])
def test_the_list_is_narrowed_by_how_far_the_erasure_has_come(state, number):
    meeting = a_meeting()
    for moments in ({"erasure_requested_at": NOW}, {"erasure_approved_at": NOW}, {"erasure_approved_at": NOW, "erased_at": NOW}):
        for _each in range(len(moments) if "erased_at" not in moments else 1):
            Participant.objects.filter(pk=a_participant(meeting).pk).update(**moments)
    Participant.objects.filter(pk=a_participant(meeting).pk).update(erasure_approved_at=NOW)
    for _each in range(2):
        Participant.objects.filter(pk=a_participant(meeting).pk).update(erasure_approved_at=NOW, erased_at=NOW)

    assert a_desk().get(f"{PARTICIPANTS}?erasure={state}").context["cl"].result_count == number


def test_the_desk_approves_after_a_page_that_says_what_goes():
    participant = a_participant(a_meeting(), **ANA)
    desk = a_desk()
    offered = soup(desk.get(f"{PARTICIPANTS}{participant.pk}/change/")).select(".decisions input[name=action]")
    assert "forget" in [action["value"] for action in offered]

    question = desk.post(PARTICIPANTS, {"action": "forget", "_selected_action": participant.pk, "page_of": participant.pk, "index": 0})
    assert "notes verbales" in question.content.decode()
    assert Participant.objects.get().erasure_approved_at is None
    form = {"action": "forget", "select_across": "1", "_selected_action": participant.pk, "chosen": participant.pk, "decided": "yes"}
    done = desk.post(PARTICIPANTS, form, follow=True)

    assert "Erasure approved for 1 participant." in done.content.decode()
    assert Participant.objects.get().erasure_approved_at == LATER


@pytest.mark.parametrize("delivered", [False, True], ids=["approved", "erased"])
def test_the_desk_offers_nothing_for_somebody_whose_erasure_is_approved(delivered):
    participant = a_participant(a_meeting(), **ANA)
    forget(participant, actor=ORGANIZER, now=NOW)
    if delivered:
        deliver_all()

    page = soup(a_desk().get(f"{PARTICIPANTS}{participant.pk}/change/"))

    assert (page.select(".decisions"), page.select("[name=_save]")) == ([], [])
    assert ("Erasure of data:" in page.text, "done: 20 January 2027" in page.text) == (True, delivered)


@pytest.mark.parametrize(("language", "words"), [("en", "(erased)"), ("es", "(datos suprimidos)")])
def test_every_page_of_the_desk_says_erased_in_the_place_of_the_name(language, words):
    participant = with_traces_everywhere()
    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()
    desk = a_desk(language=language)
    mail = participant.outbox.first()
    pages = [
        PARTICIPANTS,
        f"{PARTICIPANTS}{participant.pk}/change/",
        "/admin/registrations/outboxmessage/",
        f"/admin/registrations/outboxmessage/{mail.pk}/change/",
        f"/admin/registrations/delegation/{participant.delegation_id}/change/",
    ]

    assert [words in desk.get(page).content.decode() for page in pages] == [True] * len(pages)


@pytest.mark.parametrize("kind", ["received", "returned", "invitation", "cancellation"])
def test_the_desk_shows_every_mail_of_somebody_erased_without_a_letter(kind):
    participant = with_traces_everywhere()
    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()
    desk = a_desk()

    for mail in participant.outbox.filter(kind=kind):
        assert desk.get(f"/admin/registrations/outboxmessage/{mail.pk}/change/").status_code == 200
    assert participant.outbox.filter(kind=kind).count() >= 1


def test_exports_hold_no_data_of_somebody_erased():
    participant = with_traces_everywhere()
    forget(participant, actor=ORGANIZER, now=LATER)
    deliver_all()

    export = a_desk().post(PARTICIPANTS, {"action": "export_csv", "_selected_action": participant.pk}).getvalue().decode("utf-8-sig")

    assert participant.reference in export
    assert [value for value in [*ANA.values(), "Anacaona", "Condori"] if value in export] == []
