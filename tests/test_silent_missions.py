"""Who was expected and has not answered: the list, the page of a delegation type, and the one mail to each of them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from registrations import mail
from registrations.details import FocalPoint
from registrations.enums import ChaseWording, Delivery, MessageKind
from registrations.errors import NobodyToChase, RegistrationNotOpen
from registrations.models import DelegationType, Entity, ExpectedDelegation, HistoryEntry, Meeting, OutboxMessage
from registrations.operations.chase import chase
from registrations.operations.erase_approved import erase_approved
from registrations.operations.expect import expect_all_eligible
from registrations.operations.forget import forget
from registrations.operations.withdraw import withdraw
from registrations.queries.expected import expected_of, to_be_chased
from registrations.rules.chasing import chase_key, languages_for
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.mail_rows import rendered, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, an_entity, sign_up
from tests.web_form import soup

pytestmark = pytest.mark.django_db
EXPECTED = "/admin/registrations/expecteddelegation/"
OWN, BOTH = ChaseWording.OWN, ChaseWording.BOTH


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


def geneva(meeting: Meeting) -> DelegationType:
    return meeting.delegation_types.get(code="geneva_mission")


def organizations(meeting: Meeting) -> DelegationType:
    return meeting.delegation_types.get(code="organization")


def expect(delegation_type: DelegationType, entity: Entity | None = None, **fields: Any) -> ExpectedDelegation:
    return ExpectedDelegation.objects.create(type=delegation_type, entity=entity, **fields)


def a_silent_mission(delegation_type: DelegationType, code: str = "CL", *, email: str = "mission@chile.example.org", language: str = "es") -> Any:
    return expect(delegation_type, an_entity(code, f"State {code}", f"Estado {code}"), contact_email=email, language=language)


def chased(delegation_type: DelegationType, *, wording: ChaseWording = OWN, only: Any = None) -> list[ExpectedDelegation]:
    chosen = {each.pk for each in only or delegation_type.expected.all()}
    return chase(delegation_type, chosen=chosen, wording=wording, actor=ORGANIZER, now=NOW)


def chases() -> list[tuple[str, str, list[str]]]:
    """Mailbox, language and languages of each mail that is owed to the silent."""
    owed = OutboxMessage.objects.filter(kind=MessageKind.CHASE).order_by("mailbox")
    return [(message.mailbox, message.language, message.facts["languages"]) for message in owed]


def silent_names(delegation_type: DelegationType) -> list[str]:
    return [str(each) for each in expected_of(delegation_type, language="en") if each.answer is None]


# --- who has answered ---------------------------------------------------------------------------------------------------
def test_a_mission_has_answered_as_soon_as_anybody_signed_up_even_if_they_withdrew():
    meeting = a_meeting()
    peru, chile = an_entity(), an_entity("CL", "Chile", "Chile")
    for entity in (peru, chile):
        expect(geneva(meeting), entity)
    assert silent_names(geneva(meeting)) == ["Chile", "Peru"]

    withdraw(a_participant(meeting), actor=ORGANIZER, now=NOW)

    assert silent_names(geneva(meeting)) == ["Chile"]


def test_an_organization_is_recognized_however_it_spells_itself():
    meeting = a_meeting()
    expect(organizations(meeting), organization_name="Campaña Contra las Minas")
    expect(organizations(meeting), organization_name="Red Latinoamericana")

    a_pending_participant(meeting, organization="CAMPANA contra las minas")

    assert silent_names(organizations(meeting)) == ["Red Latinoamericana"]


def test_an_answer_as_another_type_or_at_another_meeting_is_none():
    meeting = a_meeting()
    spain = an_entity("ES", "Spain", "España", groups=["un_member", "oas_permanent_observer"])
    expect(geneva(meeting), spain)
    sign_up(meeting, a_person(), entity="ES", type_code="oas_observer")
    sign_up(a_meeting(), a_person(), entity="ES")

    assert silent_names(geneva(meeting)) == ["Spain"]


# --- the list -----------------------------------------------------------------------------------------------------------
def test_everybody_eligible_is_put_on_the_list_once_and_what_is_known_stays():
    meeting = a_meeting()
    peru = an_entity()
    an_entity("EC", "Ecuador", "Ecuador")
    an_entity("XX", "Elsewhere", "Otra parte", groups=["others"])
    known = expect(geneva(meeting), peru, contact_email="mission@peru.example.org")

    numbers = [expect_all_eligible(geneva(meeting), actor=ORGANIZER, now=NOW) for _time in range(2)]

    assert numbers == [1, 0]
    assert [str(each) for each in expected_of(geneva(meeting), language="en")] == ["Ecuador", "Peru"]
    assert ExpectedDelegation.objects.get(pk=known.pk).contact_email == "mission@peru.example.org"
    assert [(entry.event, entry.type, entry.facts) for entry in HistoryEntry.objects.all()] == [
        ("expect all", geneva(meeting), {"new": 1, "changed": 0, "before": 1, "after": 2})
    ]


def test_every_organization_of_the_list_is_eligible_as_an_organization():
    meeting = a_meeting()
    an_entity()
    an_entity("icbl", "Campaign", "Campaña", kind="ngo", groups=[])

    expect_all_eligible(organizations(meeting), actor=ORGANIZER, now=NOW)

    assert [str(each) for each in organizations(meeting).expected.all()] == ["Campaign"]


@pytest.mark.parametrize(
    ("code", "typed", "refusal"),
    [
        ("geneva_mission", {"entity": "XX"}, "Elsewhere is not among those invited as this type."),
        ("geneva_mission", {"organization_name": "Peru"}, "Choose a State from the list."),
        ("geneva_mission", {}, "Choose a State from the list."),
        ("geneva_mission", {"entity": "PE"}, "It is on the list of this type already."),
        ("organization", {"entity": "PE"}, "Choose an organization, or type its name."),
        ("organization", {"organization_name": "red LATINOAMERICANA"}, "It is on the list of this type already."),
        ("organization", {"organization_name": "Otra", "entity": "icbl"}, "Choose from the list or type a name, not both."),
    ],
)
def test_what_cannot_be_expected_is_refused_in_words(code, typed, refusal):
    meeting = a_meeting()
    an_entity("XX", "Elsewhere", "Otra parte", groups=["others"])
    an_entity("icbl", "Campaign", "Campaña", kind="ngo", groups=[])
    expect(geneva(meeting), an_entity())
    expect(organizations(meeting), organization_name="Red Latinoamericana")
    if "entity" in typed:
        typed = typed | {"entity": Entity.objects.get(code=typed["entity"]).pk}
    before = ExpectedDelegation.objects.count()

    page = soup(a_desk().post(f"{EXPECTED}add/", {"type": meeting.delegation_types.get(code=code).pk} | typed))

    assert refusal in page.text
    assert ExpectedDelegation.objects.count() == before


def test_an_organization_of_the_list_is_recognized_by_the_name_typed():
    meeting = a_meeting()
    listed = an_entity("icbl", "Campaign to Ban Landmines", "Campaña", kind="ngo", groups=[], acronym_en="ICBL")

    answer = a_desk().post(f"{EXPECTED}add/", {"type": organizations(meeting).pk, "organization_name": "icbl", "language": "en"})

    assert answer.url == page_of(organizations(meeting))
    [expected] = ExpectedDelegation.objects.all()
    assert (expected.entity, expected.organization_name, expected.language) == (listed, "", "en")


def test_address_and_language_are_corrected_and_whom_it_stands_for_is_not():
    mission = a_silent_mission(geneva(a_meeting()))
    other = an_entity("EC", "Ecuador", "Ecuador")

    a_desk().post(f"{EXPECTED}{mission.pk}/change/", {"contact_email": "new@chile.example.org", "language": "", "entity": other.pk})

    mission.refresh_from_db()
    assert (mission.contact_email, mission.mailbox, mission.language, mission.entity.code) == (
        "new@chile.example.org",
        "new@chile.example.org",
        "",
        "CL",
    )


def test_a_mission_is_taken_off_the_list_from_its_page_and_several_from_the_list():
    kind, desk = geneva(a_meeting()), a_desk()
    missions = [a_silent_mission(kind, f"X{number}", email=f"mission{number}@example.org") for number in range(3)]

    desk.post(f"{EXPECTED}{missions[0].pk}/delete/", {"post": "yes"})
    desk.post(EXPECTED, {"action": "delete_selected", "_selected_action": [missions[1].pk], "post": "yes"})

    assert list(kind.expected.all()) == [missions[2]]


def test_the_list_is_searched_and_narrowed():
    kind, desk = a_list_with_everything(), a_desk()

    def names(query: str) -> list[str]:
        return [str(each) for each in desk.get(f"{EXPECTED}?{query}").context["cl"].result_list]

    assert names(f"type={kind.pk}") == ["Peru", "State BO", "State CL"]
    assert names("answer=silent") == ["State BO", "State CL"]
    assert names("answer=signed-up") == ["Peru"]
    assert names("answer=silent&address=known") == ["State CL"]
    assert names("address=missing&answer=silent") == ["State BO"]
    assert names("q=ESTADO+cl") == names("q=mission%40chile") == ["State CL"]


def test_in_spanish_a_delegation_that_has_answered_is_said_to_be_registered():
    a_list_with_everything()

    page = soup(a_desk(language="es").get(EXPECTED))

    assert [cell.text for cell in page.select("td.field-answered")] == ["aún no", "aún no", "inscrita"]
    assert "inscrita" in [link.text.strip() for link in page.select("#changelist-filter a")]


# --- the history of the list --------------------------------------------------------------------------------------------
def test_every_edit_by_hand_is_in_the_history_of_the_meeting_with_before_and_after():
    kind, desk = geneva(a_meeting()), a_desk()
    entity = an_entity("CL", "Chile", "Chile")
    typed = {"contact_email": "mission@chile.example.org", "language": "es"}

    desk.post(f"{EXPECTED}add/", {"type": kind.pk, "entity": entity.pk, **typed})
    address = f"{EXPECTED}{kind.expected.get().pk}/"
    desk.post(f"{address}change/", typed)
    desk.post(f"{address}change/", {"contact_email": "new@chile.example.org", "language": ""})
    desk.post(f"{address}delete/", {"post": "yes"})

    entries = HistoryEntry.objects.all()
    assert {(entry.meeting, entry.type, entry.actor, entry.door) for entry in entries} == {(kind.meeting, kind, "Eva Jefa", "desk")}
    assert [(entry.event, entry.facts["name"]["es"], entry.facts["changes"]) for entry in entries] == [
        ("add record", "Chile", {"entity": ["", "Chile"], "contact_email": ["", "mission@chile.example.org"], "language": ["", "es"]}),
        ("change record", "Chile", {"contact_email": ["mission@chile.example.org", "new@chile.example.org"], "language": ["es", ""]}),
        ("remove record", "Chile", {"entity": ["Chile", ""], "contact_email": ["new@chile.example.org", ""]}),
    ]
    added = "State or organization: – → Chile; contact e-mail: – → mission@chile.example.org; language of correspondence: – → Spanish"
    changes = "contact e-mail: mission@chile.example.org → new@chile.example.org; language of correspondence: Spanish → –"
    assert [line[1] for line in rows(desk, kind, "history-heading")] == [
        f"Added: Expected delegation “Chile” ({added})",
        f"Changed: Expected delegation “Chile” ({changes})",
        "Taken out: Expected delegation “Chile” (State or organization: Chile → –; contact e-mail: new@chile.example.org → –)",
    ]


def test_several_taken_off_at_once_are_each_in_the_history():
    kind = geneva(a_meeting())
    missions = [a_silent_mission(kind, f"X{number}", email="") for number in range(2)]

    a_desk().post(EXPECTED, {"action": "delete_selected", "_selected_action": [each.pk for each in missions], "post": "yes"})

    assert list(HistoryEntry.objects.values_list("event", "type", "facts__name__en")) == [
        ("remove record", kind.pk, "State X0"),
        ("remove record", kind.pk, "State X1"),
    ]


def test_the_history_says_how_many_there_were_and_are():
    kind, desk = geneva(a_meeting()), a_desk(language="es")
    expect(kind, an_entity())
    an_entity("EC", "Ecuador", "Ecuador")

    expect_all_eligible(kind, actor=ORGANIZER, now=NOW)

    assert [line[1] for line in rows(desk, kind, "history-heading")] == [
        "Inclusión de todas las delegaciones que pueden inscribirse en la lista de previstas: nuevas: 1; modificadas: 0; en la lista: 1 → 2"
    ]


def test_an_address_that_is_erased_is_erased_from_the_history_of_the_list():
    meeting = a_meeting()
    kind, desk = geneva(meeting), a_desk()
    mission = expect(kind, an_entity("CL", "Chile", "Chile"), contact_email="Ana@example.org")
    desk.post(f"{EXPECTED}{mission.pk}/change/", {"contact_email": "new@chile.example.org", "language": ""})

    forget(a_participant(meeting, email="ana@example.org"), actor=ORGANIZER, now=NOW)
    OutboxMessage.objects.update(status=Delivery.SENT)
    erase_approved(now=NOW)

    assert HistoryEntry.objects.get(event="change record").facts["changes"] == {"contact_email": ["", "new@chile.example.org"]}


# --- the one mail -------------------------------------------------------------------------------------------------------
def test_exactly_the_silent_with_an_address_are_written_to_once():
    meeting = a_meeting()
    kind = geneva(meeting)
    silent = a_silent_mission(kind)
    a_silent_mission(kind, "BO", email="")
    expect(kind, an_entity(), contact_email="mission@peru.example.org", language="es")
    a_participant(meeting)
    a_silent_mission(geneva(a_meeting()), "PY", email="mission@paraguay.example.org")

    assert chased(kind) == [silent]
    assert chases() == [("mission@chile.example.org", "es", ["es"])]
    with pytest.raises(NobodyToChase):
        chased(kind)

    assert len(chases()) == 1
    entries = HistoryEntry.objects.filter(type=kind)
    assert [(entry.event, entry.actor, entry.facts) for entry in entries] == [("chase", "Ana Secretaria", {"number": 1})]


def test_only_those_who_were_shown_are_written_to():
    kind = geneva(a_meeting())
    shown, _added_meanwhile = a_silent_mission(kind), a_silent_mission(kind, "BO", email="mission@bolivia.example.org")

    chased(kind, only=[shown])

    assert [mailbox for mailbox, _language, _languages in chases()] == ["mission@chile.example.org"]


def test_taking_a_mission_off_the_list_and_putting_it_back_writes_no_second_mail():
    kind = geneva(a_meeting())
    chased(kind, only=[a_silent_mission(kind)])
    kind.expected.all().delete()
    a_silent_mission(kind)

    assert to_be_chased(expected_of(kind, language="en")) == []


def test_a_corrected_address_is_written_to():
    kind = geneva(a_meeting())
    mission = a_silent_mission(kind)
    chased(kind)
    mission.contact_email = "new@chile.example.org"
    mission.save()

    chased(kind)

    assert [mailbox for mailbox, _language, _languages in chases()] == ["mission@chile.example.org", "new@chile.example.org"]


@pytest.mark.parametrize("change", [{"registration_closes_at": NOW - timedelta(days=1)}, {"is_published": False}])
def test_nobody_is_asked_to_sign_up_where_nobody_can(change):
    meeting = a_meeting()
    a_silent_mission(geneva(meeting))
    Meeting.objects.filter(pk=meeting.pk).update(**change)

    with pytest.raises(RegistrationNotOpen):
        chased(geneva(meeting))

    assert chases() == []


@pytest.mark.parametrize(
    ("language", "wording", "languages"),
    [("es", OWN, ["es"]), ("", OWN, ["en", "es"]), ("es", BOTH, ["es", "en"]), ("en", BOTH, ["en", "es"]), ("", BOTH, ["en", "es"])],
)
def test_a_mission_is_written_to_in_its_language_or_in_both_its_own_first(language, wording, languages):
    assert languages_for(language, wording) == languages


def test_the_key_tells_missions_types_and_mailboxes_apart():
    keys = {chase_key(*parts) for parts in [(1, 2, "", "a@x"), (1, 2, "", "b@x"), (2, 2, "", "a@x"), (1, None, "2", "c@x"), (1, None, "red", "a@x")]}

    assert len(keys) == 5
    assert all(len(f"{MessageKind.CHASE}:{key}") <= 200 for key in keys)


def a_chase(language: str = "es", *, wording: ChaseWording = OWN) -> OutboxMessage:
    kind = geneva(a_meeting(slug="dialogue"))
    a_silent_mission(kind, language=language)
    chased(kind, wording=wording)
    return OutboxMessage.objects.get(kind=MessageKind.CHASE)


def test_the_mail_says_whose_registration_is_awaited_until_when_and_where_to_sign_up():
    written = rendered(a_chase())

    assert written.subject == "Inscripción pendiente: Diálogo Regional de Partes sobre Desminado Humanitario"
    assert written.body.startswith("Hasta la fecha no se ha recibido la inscripción de su delegación (Estado CL)\nen «Diálogo Regional")
    for words in ["más tardar el 9 de febrero", "/es/dialogue/register/geneva_mission/", "Fechas: 10 y 11 de febrero de 2027", "Lugar: En línea"]:
        assert words in written.body
    assert written.to == ['"Estado CL" <mission@chile.example.org>'.replace('"', "")]


def test_in_both_languages_each_part_is_in_its_own():
    written = rendered(a_chase("es", wording=BOTH))

    assert written.subject.startswith("Inscripción pendiente / Registration awaited: Diálogo Regional")
    spanish, english = written.body.split("* * *")
    assert ("Hasta la fecha" in spanish, "/es/dialogue/" in spanish, "so far" in spanish) == (True, True, False)
    assert ("so far" in english, "/en/dialogue/" in english, "(State CL)" in english, "febrero" in english) == (True, True, True, False)
    assert '<div lang="en"' in written.alternatives[0][0]


def answer(message: OutboxMessage) -> None:
    sign_up(message.meeting, a_person(), entity="CL")


def take_off(message: OutboxMessage) -> None:
    ExpectedDelegation.objects.all().delete()


def close(message: OutboxMessage) -> None:
    Meeting.objects.update(registration_closes_at=NOW)


def correct(message: OutboxMessage) -> None:
    [mission] = ExpectedDelegation.objects.all()
    mission.contact_email = "new@chile.example.org"
    mission.save()


@pytest.mark.parametrize("happen", [answer, take_off, close, correct])
def test_what_is_no_longer_true_does_not_leave(happen):
    message = a_chase()

    happen(message)

    assert mail.render(OutboxMessage.objects.get(pk=message.pk), now=NOW) is None


# --- the desk -----------------------------------------------------------------------------------------------------------
def page_of(delegation_type: DelegationType, page: str = "expected") -> str:
    return f"/admin/registrations/delegationtype/{delegation_type.pk}/{page}/"


def rows(desk: Client, delegation_type: DelegationType, heading: str) -> list[list[str]]:
    page = soup(desk.get(page_of(delegation_type)))
    return [[cell.text.strip() for cell in row.select("th, td")] for row in page.select(f"section[aria-labelledby={heading}] tbody tr")]


def a_list_with_everything() -> DelegationType:
    meeting = a_meeting()
    kind = geneva(meeting)
    a_silent_mission(kind)
    a_silent_mission(kind, "BO", email="", language="")
    expect(kind, an_entity())
    an_entity("EC", "Ecuador", "Ecuador")
    a_participant(meeting, family_names="Muñoz")
    sign_up(meeting, a_person(), entity="EC", focal_point=FocalPoint(name="Rosa Díaz", email="rosa@example.org", language="es"))
    return kind


def test_the_page_shows_who_is_silent_who_has_answered_and_who_was_not_expected():
    kind, desk = a_list_with_everything(), a_desk()

    assert rows(desk, kind, "silent-heading") == [["State BO", "–", "–", "–"], ["State CL", "mission@chile.example.org", "Spanish", "–"]]
    assert rows(desk, kind, "answered-heading") == [["Peru", "Muñoz", "1"]]
    assert rows(desk, kind, "unexpected-heading") == [["Ecuador", "Rosa Díaz", "1"]]


def test_one_click_after_the_preview_writes_and_the_second_says_that_nothing_more_happens():
    kind, desk = a_list_with_everything(), a_desk()
    preview = soup(desk.get(page_of(kind, "chase")))
    form = {field["name"]: field["value"] for field in preview.select("form[method=post] input[name]") if field["name"] in {"wording", "chosen"}}
    assert preview.select_one("form[method=post] .default")["value"] == "Send 1 mail"
    assert "Hasta la fecha no se ha recibido" in preview.select_one("pre[lang=es]").text
    assert chases() == []

    first, second = (soup(desk.post(page_of(kind, "chase"), form, follow=True)) for _click in range(2))

    assert first.select_one(".messagelist .success").text == "1 mail is on its way."
    assert second.select_one(".messagelist .error").text.startswith("Nobody was written to")
    assert len(chases()) == 1
    assert "Nobody is left to be written to" in soup(desk.get(page_of(kind, "chase"))).text
    assert rows(desk, kind, "silent-heading")[1][3] == "20 January 2027, 11:00 (Europe/Zurich): queued"
    assert [line[1] for line in rows(desk, kind, "history-heading")] == ["Written to, for want of an answer: 1"]


def test_the_page_says_what_became_of_the_mail():
    kind, desk = a_list_with_everything(), a_desk()
    chased(kind)
    sent(OutboxMessage.objects.get(kind=MessageKind.CHASE))
    OutboxMessage.objects.filter(kind=MessageKind.CHASE).update(status=Delivery.SENT, arrival="bounced")

    assert rows(desk, kind, "silent-heading")[1][3].endswith(": bounced")


def test_in_both_languages_the_preview_shows_what_would_leave():
    kind = geneva(a_meeting())
    a_silent_mission(kind)

    page = soup(a_desk().get(f"{page_of(kind, 'chase')}?wording=both"))

    assert page.select_one("input[name=wording][checked]")["value"] == "both"
    assert ["so far" in page.select_one("pre").text, "Hasta la fecha" in page.select_one("pre").text] == [True, True]


def test_a_closed_registration_is_said_before_the_click():
    kind = geneva(a_meeting(registration_closes_at=NOW))
    a_silent_mission(kind)

    page = soup(a_desk().get(page_of(kind, "chase")))

    assert page.select_one(".errornote").text == "Registration is not open, so nobody is asked to sign up."
    assert page.select("form[method=post] .default") == []


def test_all_eligible_are_expected_by_a_button():
    kind, desk = geneva(a_meeting()), a_desk()
    an_entity()

    answers = [soup(desk.post(page_of(kind, "expect-all"), follow=True)).select_one(".messagelist .success").text for _click in range(2)]

    assert answers == ["1 was put on the list.", "Everybody eligible was on the list already."]
    assert desk.get(page_of(kind, "expect-all")).status_code == 405


@pytest.mark.parametrize(
    ("right", "expected", "chasing", "adding"),
    [("view", 200, 403, 403), ("change", 200, 200, 403), ("add", 200, 403, 302)],
)
def test_reading_adding_and_writing_are_three_rights(right, expected, chasing, adding):
    kind = geneva(a_meeting())
    desk = desk_of(an_organizer(f"{right}_expecteddelegation"))

    statuses = [desk.get(page_of(kind)).status_code, desk.get(page_of(kind, "chase")).status_code, desk.post(page_of(kind, "expect-all")).status_code]

    assert statuses == [expected, chasing, adding]
    assert desk_of(an_organizer(username="eva")).get(page_of(kind)).status_code == 403


def test_without_such_a_type_there_is_no_page():
    assert a_desk().get("/admin/registrations/delegationtype/99/expected/").status_code == 404


@pytest.mark.parametrize("missions", [1, 3])
@pytest.mark.parametrize(("name", "statements"), [("expected", 7), ("chase", 17), (None, 7)])
def test_the_pages_cost_the_same_for_any_number_of_missions(name, statements, missions, django_assert_num_queries):
    kind = geneva(a_meeting())
    for number in range(missions):
        a_silent_mission(kind, f"X{number}", email=f"mission{number}@example.org")
        an_entity(f"Y{number}", "Y", "Y")
        sign_up(kind.meeting, a_person(), entity=f"Y{number}")
    desk = a_desk()

    with django_assert_num_queries(statements):
        assert desk.get(page_of(kind, name) if name else EXPECTED).status_code == 200
