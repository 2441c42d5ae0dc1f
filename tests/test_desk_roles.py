"""Who may do what in which meeting, through the pages themselves."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from registrations.details import FOCAL_POINT, Document
from registrations.enums import Delivery, DeskRole, IncomingKind, QuestionKind, Status
from registrations.models import Delegation, DeskMembership, ExpectedDelegation, IncomingMessage, Meeting, OutboxMessage, Participant, Session
from registrations.operations.desk_groups import group_name
from registrations.operations.keep_document import keep_document
from registrations.operations.submit_note import submit_note
from registrations.queries.desk_rights import meeting_path
from registrations.rules.desk_roles import rights_everywhere, rights_in_meeting
from registrations.rules.questions import document_answer
from tests.desk_rows import PARTICIPANTS, a_colleague, a_desk, an_organizer, desk_of, many_participants
from tests.documents import PDF
from tests.make import NOW, a_letter, a_meeting, a_participant, a_pending_participant, a_question, an_entity, status_of
from tests.test_desk_programme import an_item, as_shown
from tests.web_form import soup

pytestmark = pytest.mark.django_db
DESK = "/admin/registrations/"
ALL = set(DeskRole)
S, V, P, R, N = DeskRole.SECRETARIAT, DeskRole.REVIEWER, DeskRole.PROTOCOL, DeskRole.READER, DeskRole.INTERPRETER
PRIVATE = {"email": "secreta@exteriores.example.com", "phone": "+41 22 700 11 22", "accessibility_needs": "Silla de ruedas"}


@pytest.fixture
def meeting() -> Meeting:
    return filled(a_meeting(slug="ours"))


def filled(meeting: Meeting, **person: str) -> Meeting:
    """One of everything that has a page."""
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    kept = keep_document(passport, document=Document(file_name="pasaporte.pdf", content=PDF), form=meeting.slug, now=NOW)
    participant = a_participant(meeting, answers={"passport": document_answer(kept.pk, kept.file_name)}, **PRIVATE | person)
    a_pending_participant(meeting)
    submit_note(participant.delegation, document=Document(file_name="Nota 5.pdf", content=PDF), actor=FOCAL_POINT, now=NOW)
    an_item(meeting.sessions.first())
    a_letter(participant, now=NOW)
    ExpectedDelegation.objects.create(type=meeting.delegation_types.first(), entity=an_entity("CL", "Chile", "Chile"))
    IncomingMessage.objects.create(meeting=meeting, digest=meeting.slug, kind=IncomingKind.LETTER, sender="a@example.org", text="?", received_at=NOW)
    return meeting


def pages(meeting: Meeting) -> dict[str, tuple[str, set[DeskRole]]]:
    """Each page of a meeting's records, and who sees it."""
    person, mail, session = meeting.participants.first(), meeting.outbox.first(), meeting.sessions.first()
    delegation = f"{DESK}delegation/{person.delegation_id}/"
    see = {S, V, R}
    return {
        "participant": (f"{PARTICIPANTS}{person.pk}/change/", ALL),
        "substitution": (f"{PARTICIPANTS}{person.pk}/substitute/", {S}),
        "delegation": (f"{delegation}change/", ALL),
        "note": (f"{delegation}note/{person.delegation.notes.first().pk}/", ALL - {N}),
        "hand over": (f"{delegation}hand-over/", {S}),
        "mail": (f"{DESK}outboxmessage/{mail.pk}/change/", see),
        "mail as it looks": (f"{DESK}outboxmessage/{mail.pk}/html/", see),
        "letter": (f"{DESK}incomingmessage/{meeting.incoming.first().pk}/change/", see),
        "meeting": (f"{DESK}meeting/{meeting.pk}/change/", see),
        "publishing": (f"{DESK}meeting/{meeting.pk}/publish/", {S}),
        "session": (f"{DESK}session/{session.pk}/change/", ALL),
        "item": (f"{DESK}programmeitem/{session.items.first().pk}/change/", ALL),
        "question": (f"{DESK}question/{meeting.questions.first().pk}/change/", see),
        "file": (f"{PARTICIPANTS}{person.pk}/answers/{person.documents.first().pk}/", ALL - {N}),
        "type": (f"{DESK}delegationtype/{meeting.delegation_types.first().pk}/change/", see),
        "deletion": (f"{DESK}session/{session.pk}/delete/", {S}),
    }


NAMES_OF_PAGES = [
    "participant", "substitution", "delegation", "note", "hand over", "mail", "mail as it looks", "letter", "meeting", "publishing",
    "session", "item", "question", "file", "type", "deletion",
]  # fmt: skip
LISTS = {
    "participant": ALL,
    "delegation": ALL,
    "outboxmessage": {S, V, R},
    "incomingmessage": {S, V, R},
    "letter": {S, V, R},
    "expecteddelegation": {S, V, R},
    "meeting": {S, V, R},
    "session": ALL,
    "programmeitem": ALL,
    "speaker": ALL,
    "delegationtype": {S, V, R},
    "question": {S, V, R},
    "entity": {S, V, R},
    "historyentry": {S, V, R},
}


def is_open(answer: HttpResponse) -> bool:
    """Deleting a session that is needed leads back to it, with the reason."""
    assert answer.status_code in {200, 302, 403, 404}
    return answer.status_code < 400


# --- pages x roles ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
@pytest.mark.parametrize("page", NAMES_OF_PAGES)
def test_each_role_opens_its_pages_and_no_other(meeting, role, page):
    address, allowed = pages(meeting)[page]

    assert is_open(desk_of(a_colleague((meeting, role))).get(address)) == (role in allowed)


@pytest.mark.parametrize("role", DeskRole)
@pytest.mark.parametrize("page", NAMES_OF_PAGES)
def test_the_same_pages_of_another_meeting_are_not_found(meeting, role, page):
    other = filled(a_meeting(slug="theirs"))
    address, _allowed = pages(other)[page]
    desk = desk_of(a_colleague((meeting, role)))

    assert [desk.get(address).status_code, desk.post(address, {"post": "yes"}).status_code] == [404, 404]


@pytest.mark.parametrize("role", DeskRole)
@pytest.mark.parametrize("model", LISTS)
def test_each_list_holds_the_rows_of_ones_own_meeting_alone(meeting, role, model):
    filled(a_meeting(slug="theirs"))
    desk = desk_of(a_colleague((meeting, role)))

    answer = desk.get(f"{DESK}{model}/")

    assert is_open(answer) == (role in LISTS[model])
    if role in LISTS[model] and model != "entity":
        path = meeting_path(answer.context["cl"].model)
        assert set(answer.context["cl"].queryset.values_list(path, flat=True)) <= {meeting.pk}
        assert (answer.context["cl"].result_count > 0) == (model != "speaker")


@pytest.mark.parametrize("role", DeskRole)
def test_the_first_page_leads_to_what_one_may_see(meeting, role):
    other = filled(a_meeting(slug="theirs", title_en="Another meeting"))

    answer = desk_of(a_colleague((meeting, role))).get("/admin/")

    listed = {model["object_name"].lower() for app in answer.context["app_list"] for model in app["models"]}
    assert listed == {model for model, roles in LISTS.items() if role in roles}
    figures = [each.meeting for each in answer.context["figures"] or []]
    assert figures == ([] if role is N else [meeting])
    assert other.title_en not in answer.content.decode()


def test_filters_name_no_other_meeting(meeting):
    filled(a_meeting(slug="theirs", title_en="Another meeting"))
    Session.objects.exclude(meeting=meeting).update(title_en="Their session")

    page = desk_of(a_colleague((meeting, R))).get(PARTICIPANTS).content.decode()

    assert ("Another meeting" in page, "Their session" in page, "theirs" in page) == (False, False, False)


# --- what is changed --------------------------------------------------------------------------------------------------
def act(desk: Client, action: str, *records: object, **fields: object) -> HttpResponse:
    keys = [record.pk for record in records]
    chosen = {"decided": "yes", "chosen": ",".join(str(key) for key in keys)} if fields else {}
    address = f"{DESK}{records[0]._meta.model_name}/"
    return desk.post(address, {"action": action, "_selected_action": keys, "index": 0, **chosen, **fields})


ACTIONS = [
    ("confirm", {}, {S, V}),
    ("decline", {"reason_es": "No.", "reason_en": "No."}, {S, V}),
    ("return_for_correction", {"fields_to_correct": "position", "reason_es": "Corrija."}, {S, V}),
    ("withdraw", {"decided": "yes"}, {S}),
    ("forget", {"decided": "yes"}, {S}),
]


def state(person: Participant) -> tuple[object, ...]:
    person.refresh_from_db()
    return person.status, person.erasure_approved_at, person.history.count(), OutboxMessage.objects.count()


@pytest.mark.parametrize("role", DeskRole)
@pytest.mark.parametrize(("action", "fields", "allowed"), ACTIONS)
def test_each_role_decides_what_it_may_and_in_its_own_meeting(meeting, role, action, fields, allowed):
    other = filled(a_meeting(slug="theirs"))
    ours, theirs = (each.participants.get(status=Status.PENDING) for each in (meeting, other))
    desk, before = desk_of(a_colleague((meeting, role))), [state(ours), state(theirs)]

    act(desk, action, theirs, **fields)
    assert [state(ours), state(theirs)] == before
    act(desk, action, ours, **fields)

    assert (state(ours)[2] > before[0][2]) == (role in allowed)
    assert state(theirs)[2] == before[1][2]


@pytest.mark.parametrize("role", DeskRole)
def test_each_role_is_offered_what_it_may_do(meeting, role):
    person = meeting.participants.get(status=Status.PENDING)
    desk = desk_of(a_colleague((meeting, role)))

    page = soup(desk.get(f"{PARTICIPANTS}{person.pk}/change/", follow=True))
    offered = {control["value"] for control in page.select(".decisions input[name=action]")}

    decisions = {"confirm", "return_for_correction", "decline"}
    assert offered == {S: decisions | {"withdraw", "resend", "forget"}, V: decisions}.get(role, set())
    assert bool(page.select("input[name=_save]")) == (role is S)
    of_delegation = soup(desk.get(f"{DESK}delegation/{person.delegation_id}/change/"))
    named = {control["value"] for control in of_delegation.select(".decisions button[name=action]")}
    assert named == {S: decisions | {"withdraw"}, V: decisions}.get(role, set())


@pytest.mark.parametrize("role", DeskRole)
def test_mails_and_letters_are_dealt_with_by_the_secretariat(meeting, role):
    mail, letter = meeting.outbox.first(), meeting.incoming.get()
    OutboxMessage.objects.filter(pk=mail.pk).update(status=Delivery.FAILED)
    desk = desk_of(a_colleague((meeting, role)))

    act(desk, "try_again", mail)
    act(desk, "deal_with", letter)

    mail.refresh_from_db()
    letter.refresh_from_db()
    assert (mail.status == Delivery.QUEUED, letter.handled_at is not None) == (role is S, role is S)


@pytest.mark.parametrize("role", DeskRole)
def test_a_delegations_focal_point_and_notes_are_kept_by_the_secretariat(meeting, role):
    delegation = meeting.participants.first().delegation
    desk = desk_of(a_colleague((meeting, role)))

    answers = [desk.post(f"{DESK}delegation/{delegation.pk}/{page}/") for page in ("renew-link", "note", "hand-over")]

    assert [is_open(answer) for answer in answers] == [role is S] * 3
    assert Delegation.objects.get(pk=delegation.pk).link_version == (2 if role is S else 1)


@pytest.mark.parametrize("role", DeskRole)
def test_an_export_holds_what_one_may_see(meeting, role):
    filled(a_meeting(slug="theirs"), email="theirs@example.org")
    desk = desk_of(a_colleague((meeting, role)))

    answer = desk.post(PARTICIPANTS, {"action": "export_csv", "_selected_action": list(Participant.objects.values_list("pk", flat=True)), "index": 0})

    text = b"".join(answer).decode() if answer.streaming else ""
    assert (PRIVATE["email"] in text, "theirs@example.org" in text) == (role is not N, False)


def test_somebody_with_two_roles_acts_where_they_may_and_is_told_of_the_rest(meeting):
    other = filled(a_meeting(slug="theirs"))
    ours, theirs = (each.participants.get(status=Status.PENDING) for each in (meeting, other))
    desk = desk_of(a_colleague((meeting, V), (other, R)))

    answer = act(desk, "confirm", ours, theirs)

    assert (status_of(ours), status_of(theirs)) == (Status.CONFIRMED, Status.PENDING)
    page = desk.get(answer.url).content.decode()
    assert "What belongs to meetings in which you may not do this was left as it is." in page
    assert "confirm" not in str(soup(desk.get(f"{PARTICIPANTS}?meeting={other.pk}")).select("select[name=action]"))
    assert not soup(desk.get(f"{PARTICIPANTS}{theirs.pk}/change/")).select(".decisions")


def test_nothing_is_put_into_a_meeting_in_which_one_may_not(meeting):
    other = a_meeting(slug="theirs")
    desk = desk_of(a_colleague((meeting, S), (other, R)))
    form = as_shown(desk.get(f"{DESK}session/add/"))
    values = form | {
        "number": "7", "title_en": "New", "title_es": "Nueva",
        "starts_at_0": "2027-02-11", "starts_at_1": "18:00", "ends_at_0": "2027-02-11", "ends_at_1": "19:00",
    }  # fmt: skip

    refused = desk.post(f"{DESK}session/add/", values | {"meeting": other.pk})
    taken = desk.post(f"{DESK}session/add/", values | {"meeting": meeting.pk})

    assert (refused.status_code, taken.status_code) == (200, 302)
    assert list(Session.with_drafts.filter(number=7).values_list("meeting", flat=True)) == [meeting.pk]


def test_nobody_makes_a_meeting_or_changes_the_list_of_entities_by_a_role_in_one(meeting):
    desk, entity = desk_of(a_colleague((meeting, S))), an_entity()

    assert [desk.get(f"{DESK}{page}").status_code for page in ("meeting/add/", "entity/add/", f"meeting/{meeting.pk}/delete/")] == [403] * 3
    assert desk.post(f"{DESK}entity/{entity.pk}/change/", {"name_en": "Mine"}).status_code == 403


# --- interpreters -----------------------------------------------------------------------------------------------------
def pages_of_interpreters(meeting: Meeting) -> Iterator[str]:
    person = meeting.participants.get(status=Status.CONFIRMED)
    yield from (PARTICIPANTS, f"{PARTICIPANTS}{person.pk}/change/", f"{DESK}delegation/", f"{DESK}delegation/{person.delegation_id}/change/")


def test_interpreters_read_names_and_nothing_that_is_private(meeting):
    person = meeting.participants.get(status=Status.CONFIRMED)
    Delegation.objects.update(focal_point_name="Pilar Enlace", focal_point_email="enlace@example.org")
    desk = desk_of(a_colleague((meeting, N)))

    for address in pages_of_interpreters(meeting):
        page = desk.get(address).content.decode()
        assert (address, str(person.delegation) in page) == (address, True)
        hidden = [
            *PRIVATE.values(),
            "Pilar Enlace",
            "enlace@example.org",
            person.reference,
            "Nota 5.pdf",
            "pasaporte.pdf",
            "history-heading",
            "mails-heading",
        ]
        assert (address, [text for text in hidden if text in page]) == (address, [])
    assert person.family_names in page


def test_the_secretariat_reads_all_that_interpreters_do_not(meeting):
    desk = desk_of(a_colleague((meeting, S)))

    pages_shown = "".join(desk.get(address).content.decode() for address in pages_of_interpreters(meeting))

    assert [text in pages_shown for text in [*PRIVATE.values(), "Nota 5.pdf", "pasaporte.pdf", "history-heading", "mails-heading"]] == [True] * 7


def test_interpreters_see_those_who_come_and_nobody_else(meeting):
    pending = meeting.participants.get(status=Status.PENDING)
    desk = desk_of(a_colleague((meeting, N)))

    assert desk.get(PARTICIPANTS).context["cl"].result_count == 1
    assert desk.get(f"{PARTICIPANTS}{pending.pk}/change/").status_code == 302
    assert pending.styled_name not in desk.get(f"{DESK}delegation/{pending.delegation_id}/change/").content.decode()


@pytest.mark.parametrize(
    "query", ["email__startswith=s", "phone__contains=700", "accessibility_needs__contains=Silla", "answers__has_key=diet", "status__exact=confirmed"]
)
def test_interpreters_cannot_ask_for_what_they_do_not_see(meeting, query):
    reader, interpreter = (desk_of(a_colleague((meeting, role), username=role)) for role in (R, N))

    assert reader.get(f"{PARTICIPANTS}?{query}").status_code == 200
    assert interpreter.get(f"{PARTICIPANTS}?{query}").status_code in {302, 400}


@pytest.mark.parametrize(("words", "found"), [("secreta", 0), ("munoz", 1), ("peru", 1)])
def test_interpreters_search_by_name_and_delegation(meeting, words, found):
    assert desk_of(a_colleague((meeting, N))).get(f"{PARTICIPANTS}?q={words}").context["cl"].result_count == found


def test_interpreters_do_not_find_a_delegation_by_its_focal_point(meeting):
    Delegation.objects.update(focal_point_name="Pilar Enlace")

    assert [desk_of(a_colleague((meeting, role), username=role)).get(f"{DESK}delegation/?q=pilar").context["cl"].result_count for role in (R, N)] == [
        2,
        0,
    ]


def test_whoever_reads_one_meeting_and_interprets_another_sees_one_of_the_two_at_a_time(meeting):
    other = filled(a_meeting(slug="theirs"), family_names="Ajena", email="ajena@example.org")
    desk = desk_of(a_colleague((meeting, R), (other, N)))

    both, theirs = (desk.get(f"{PARTICIPANTS}{query}") for query in ("", f"?meeting={other.pk}"))

    assert {person.meeting_id for person in both.context["cl"].result_list} == {meeting.pk}
    assert {person.meeting_id for person in theirs.context["cl"].result_list} == {other.pk}
    assert [text in theirs.content.decode() for text in ("Ajena", "ajena@example.org")] == [True, False]
    page = desk.get(f"{PARTICIPANTS}{other.participants.get(family_names='Ajena').pk}/change/").content.decode()
    assert [text in page for text in ("Ajena", "ajena@example.org")] == [True, False]
    assert desk.get(f"{PARTICIPANTS}?meeting={other.pk}&q=ajena@example.org").context["cl"].result_count == 0


# --- groups and memberships -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", DeskRole)
def test_a_group_gives_the_rights_of_its_role_in_every_meeting(meeting, role):
    filled(a_meeting(slug="theirs"))
    user = an_organizer()
    user.groups.add(Group.objects.get(name=group_name(role)))
    desk = desk_of(user)

    for address, allowed in pages(meeting).values():
        assert (address, is_open(desk.get(address))) == (address, role in allowed)
    assert desk.get(f"{DESK}session/").context["cl"].result_count == 4
    assert desk.get(f"{DESK}meeting/add/").status_code == (200 if role is S else 403)


def test_migrating_gives_each_group_exactly_its_rights_and_leaves_other_groups_alone():
    group, own = Group.objects.get(name="Desk: reader"), Group.objects.create(name="Ours")
    own.permissions.add(Permission.objects.get(codename="delete_meeting"))
    group.permissions.set(own.permissions.all())
    Group.objects.get(name="Desk: protocol").delete()

    call_command("migrate", verbosity=0)

    held = {each.name: set(each.permissions.values_list("codename", flat=True)) for each in Group.objects.all()}
    assert held == {group_name(role): rights_everywhere(role) for role in DeskRole} | {"Ours": {"delete_meeting"}}


def test_every_record_of_the_desk_is_in_the_table_of_roles():
    """Whoever registers another model says in rules.desk_roles who may see it."""
    own = [each for each in admin.site._registry.values() if each.opts.app_label == "registrations"]
    models = {each.opts.model_name for each in own} | {inline.model._meta.model_name for each in own for inline in each.inlines}

    assert {model for model in models if f"view_{model}" not in rights_in_meeting(S)} == set()


def test_the_secretariat_of_a_meeting_says_who_else_works_on_it(meeting):
    newcomer = an_organizer(username="nuria", first_name="Nuria", last_name="Nueva")
    address = f"{DESK}meeting/{meeting.pk}/change/"
    desk = desk_of(a_colleague((meeting, S)))
    form = as_shown(desk.get(address))
    row = {"desk_memberships-TOTAL_FORMS": "2", "desk_memberships-1-meeting": meeting.pk, "desk_memberships-1-id": ""}

    answer = desk.post(address, form | row | {"desk_memberships-1-user": newcomer.pk, "desk_memberships-1-role": "protocol"})

    assert answer.status_code == 302
    assert DeskMembership.objects.get(user=newcomer).role == "protocol"
    assert is_open(desk_of(newcomer).get(PARTICIPANTS))


def test_only_colleagues_can_be_given_a_role(meeting):
    chief = a_desk()
    an_organizer(username="nuria", first_name="Nuria", last_name="Nueva")

    page = soup(chief.get(f"{DESK}meeting/{meeting.pk}/change/"))

    names = [option.text for option in page.select("#id_desk_memberships-__prefix__-user option") if option["value"]]
    assert names == ["Nuria Nueva (nuria)"]


def test_a_role_that_is_taken_away_is_gone_at_once(meeting):
    desk = desk_of(a_colleague((meeting, R)))
    assert is_open(desk.get(PARTICIPANTS))

    DeskMembership.objects.all().delete()

    assert desk.get(PARTICIPANTS).status_code == 403


def test_messages_of_no_known_meeting_are_for_those_who_see_every_meeting(meeting):
    stray = IncomingMessage.objects.create(meeting=None, digest="stray", kind=IncomingKind.LETTER, sender="x@example.org", text="?", received_at=NOW)
    address = f"{DESK}incomingmessage/{stray.pk}/change/"
    everywhere = an_organizer(username="eva")
    everywhere.groups.add(Group.objects.get(name=group_name(R)))

    assert desk_of(a_colleague((meeting, S))).get(address).status_code == 302
    assert desk_of(everywhere).get(address).status_code == 200


# --- statements -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [2, 5])
@pytest.mark.parametrize(("role", "address", "statements"), [(R, PARTICIPANTS, 13), (N, PARTICIPANTS, 11), (S, f"{DESK}delegation/", 10)])
def test_a_membership_costs_the_same_for_any_number_of_rows_and_meetings(number, role, address, statements, django_assert_num_queries):
    meetings = [a_meeting() for _index in range(number)]
    for each in meetings:
        many_participants(each, number)
    desk = desk_of(a_colleague(*((each, role) for each in meetings)))

    with django_assert_num_queries(statements):
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_of_a_meeting_costs_the_same_for_any_number_of_colleagues(meeting, number, django_assert_num_queries):
    for index in range(number):
        a_colleague((meeting, R), username=f"colleague{index}")
    chief, address = a_desk(), f"{DESK}meeting/{meeting.pk}/change/"
    chief.get(address)  # what Django looks up once in a process

    with django_assert_num_queries(26):
        assert chief.get(address).status_code == 200
