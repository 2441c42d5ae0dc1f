import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from registrations.models import Clock, DelegationType, Entity, Meeting, ProgrammeItem, Session, Speaker
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.make import a_meeting, a_participant, an_entity

pytestmark = pytest.mark.django_db
STARTS = datetime(2027, 2, 10, 14, 0, tzinfo=UTC)


def an_item(session: Session, **fields: object) -> ProgrammeItem:
    values = {"title_en": "Opening", "title_es": "Apertura", "starts_at": STARTS, "ends_at": STARTS + timedelta(minutes=30)}
    return ProgrammeItem.objects.create(session=session, **values | fields)


def page_of(record: object) -> str:
    return f"/admin/registrations/{record._meta.model_name}/{record.pk}/change/"


CONTROLS = ", ".join(f"#content-main form {kind}" for kind in ("input", "select", "textarea"))


def as_shown(page: HttpResponse) -> dict[str, object]:
    """What a browser would send back of an admin form on which nothing was touched."""
    values: dict[str, object] = {}
    for control in BeautifulSoup(page.content.decode(), "html.parser").select(CONTROLS):
        if control.get("type") == "submit" or (control.get("type") == "checkbox" and not control.has_attr("checked")):
            continue
        if control.has_attr("multiple"):
            values[control["name"]] = [option["value"] for option in control.select("option[selected]")]
        elif control.name == "select":
            chosen = control.select_one("option[selected]")
            values[control["name"]] = chosen["value"] if chosen else ""
        else:
            values[control["name"]] = (
                control.text.removeprefix("\n")
                if control.name == "textarea"
                else control.get("value", "on" if control.get("type") == "checkbox" else "")
            )
    return {name: value for name, value in values.items() if "__prefix__" not in name}


# --- delegation types ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("record", "prefix"),
    [(lambda meeting: meeting, "delegation_types-0-"), (lambda meeting: meeting.delegation_types.first(), "")],
    ids=["on the meeting", "alone"],
)
def test_an_organizer_closes_the_waiting_list_of_a_type_and_asks_for_notes(record, prefix):
    meeting = a_meeting()
    desk, address = a_desk(), page_of(record(meeting))
    values = as_shown(desk.get(address))
    del values[f"{prefix}keeps_waiting_list"]

    answer = desk.post(address, values | {f"{prefix}note_verbale_required": "on"})

    assert answer.status_code == 302
    changed = meeting.delegation_types.first()
    assert (changed.keeps_waiting_list, changed.note_verbale_required) == (False, True)


# --- hours -------------------------------------------------------------------------------------------------------------
def test_fifteen_hours_means_fifteen_hours_in_geneva():
    session = a_meeting(is_published=False).sessions.get(number=1)
    desk = a_desk()

    page = desk.get(page_of(session))
    shown = as_shown(page)
    answer = desk.post(page_of(session), shown | {"starts_at_1": "16:30", "ends_at_1": "19:00"})

    assert (shown["starts_at_0"], shown["starts_at_1"]) == ("2027-02-10", "15:00:00")
    assert "Time in Europe/Zurich." in page.content.decode()
    assert answer.status_code == 302
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at) == (datetime(2027, 2, 10, 15, 30, tzinfo=UTC), datetime(2027, 2, 10, 18, 0, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["America/Lima", "Pacific/Kiritimati", "UTC"])
def test_saving_a_meeting_as_it_is_shown_moves_no_hour(zone):
    meeting = a_meeting(time_zone=zone)
    before = list(meeting.sessions.values_list("starts_at", "ends_at")), meeting.registration_closes_at
    desk = a_desk()

    answer = desk.post(page_of(meeting), as_shown(desk.get(page_of(meeting))))

    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert (list(meeting.sessions.values_list("starts_at", "ends_at")), meeting.registration_closes_at) == before


def test_a_new_session_is_put_in_at_the_hour_of_its_meeting():
    meeting = a_meeting(time_zone="America/Lima", is_published=False)
    desk = a_desk()
    when = {"starts_at_0": "2027-02-12", "starts_at_1": "09:00", "ends_at_0": "2027-02-12", "ends_at_1": "12:00"}
    no_items = {"items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0}

    answer = desk.post(
        "/admin/registrations/session/add/", {"meeting": meeting.pk, "number": 3, "title_en": "Third", "title_es": "Tercera"} | when | no_items
    )

    assert answer.status_code == 302
    assert meeting.sessions.get(number=3).starts_at == datetime(2027, 2, 12, 14, 0, tzinfo=UTC)


def test_lists_name_the_zone_of_their_hours():
    an_item(a_meeting().sessions.get(number=1))
    desk = a_desk()

    for kind in ["session", "programmeitem", "meeting"]:
        assert "10 February 2027, 15:00 (Europe/Zurich)" in desk.get(f"/admin/registrations/{kind}/").content.decode()


def test_an_end_before_the_start_is_refused_in_words():
    session = a_meeting().sessions.get(number=1)
    desk = a_desk()

    page = desk.post(page_of(session), as_shown(desk.get(page_of(session))) | {"ends_at_1": "14:00"})

    assert page.context["adminform"].form.errors == {"ends_at": ["It ends before it starts. Enter a later end."]}


def test_date_and_hour_each_have_a_label():
    page = a_desk().get(page_of(a_meeting().sessions.get(number=1))).content.decode()

    assert re.findall(r'name="starts_at_[01]"[^>]*aria-label="([^"]+)"', page) == ["Starts: date", "Starts: time"]


# --- two languages -----------------------------------------------------------------------------------------------------
def test_english_and_spanish_stand_side_by_side():
    item = an_item(a_meeting().sessions.get(number=1))

    page = a_desk().get(page_of(item))

    lines = page.context["adminform"].model_admin.fieldsets[0][1]["fields"]
    assert [line for line in lines if isinstance(line, tuple)][:2] == [("title_en", "title_es"), ("description_en", "description_es")]
    assert "Title, in English:" in page.content.decode()
    assert re.search(r'<input[^>]*lang="es"[^>]*name="title_es"|<input[^>]*name="title_es"[^>]*lang="es"', page.content.decode())


# --- the version of the programme ---------------------------------------------------------------------------------------
def test_saving_anything_on_the_programme_raises_its_version_once():
    meeting = a_meeting()
    session = meeting.sessions.get(number=1)
    item = an_item(session)
    speaker = Speaker.objects.create(item=item, name="Ana Muñoz", office_en="Minister", office_es="Ministra")
    desk = a_desk()

    versions = []
    for record in [meeting, session, item, speaker, meeting.delegation_types.first()]:
        assert desk.post(page_of(record), as_shown(desk.get(page_of(record)))).status_code == 302
        versions.append(Meeting.objects.get(pk=meeting.pk).version)

    assert versions == [2, 3, 4, 5, 6]


def test_deleting_raises_the_version_too():
    meeting = a_meeting(is_published=False)
    item = an_item(meeting.sessions.get(number=1))

    a_desk().post(f"/admin/registrations/programmeitem/{item.pk}/delete/", {"post": "yes"})

    assert (ProgrammeItem.objects.count(), Meeting.objects.get(pk=meeting.pk).version) == (0, 2)


def test_saving_a_meeting_writes_only_what_was_changed():
    meeting = a_meeting()
    desk = a_desk()
    shown = as_shown(desk.get(page_of(meeting)))
    Meeting.objects.filter(pk=meeting.pk).update(version=40)

    desk.post(page_of(meeting), shown | {"contact_email": "protocol@example.org"})

    meeting.refresh_from_db()
    assert (meeting.contact_email, meeting.version) == ("protocol@example.org", 41)


def test_a_clock_is_added_on_the_page_of_its_meeting():
    meeting = a_meeting()
    desk = a_desk()
    new = {
        "clocks-TOTAL_FORMS": 3,
        "clocks-2-order": 3,
        "clocks-2-label_en": "Bogotá",
        "clocks-2-label_es": "Bogotá",
        "clocks-2-time_zones": "America/Bogota",
    }

    answer = desk.post(page_of(meeting), as_shown(desk.get(page_of(meeting))) | new | {"clocks-2-meeting": meeting.pk})

    assert answer.status_code == 302
    assert Clock.objects.filter(meeting=meeting, time_zones="America/Bogota").exists()


# --- what is kept ------------------------------------------------------------------------------------------------------
def test_a_meeting_with_participants_is_kept_and_the_page_says_why():
    meeting = a_meeting()
    a_participant(meeting)
    desk = a_desk()

    page = desk.post(f"/admin/registrations/meeting/{meeting.pk}/delete/", {"post": "yes"}, follow=True)

    assert "The meeting has 1 participant and is therefore kept." in page.content.decode()
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_a_session_that_is_attended_is_kept():
    meeting = a_meeting()
    a_participant(meeting, sessions=frozenset({1}))
    attended, empty = meeting.sessions.all()
    desk = a_desk()

    pages = [desk.post(f"/admin/registrations/session/{session.pk}/delete/", {"post": "yes"}, follow=True) for session in (attended, empty)]

    assert "1 participant attends this session, so it is kept." in pages[0].content.decode()
    assert list(meeting.sessions.values_list("number", "is_dropped")) == [(1, False), (2, True)]
    assert attended != empty


def test_types_and_entities_with_delegations_are_kept_and_others_are_not():
    meeting = a_meeting()
    delegation = a_participant(meeting).delegation
    unused, unused_type = an_entity("EC", "Ecuador", "Ecuador"), meeting.delegation_types.get(code="organization")
    desk = a_desk()

    for record in [delegation.type, delegation.entity, unused, unused_type]:
        desk.post(f"/admin/registrations/{record._meta.model_name}/{record.pk}/delete/", {"post": "yes"})

    assert list(Entity.objects.all()) == [delegation.entity]
    assert (DelegationType.objects.filter(pk=delegation.type_id).count(), DelegationType.objects.filter(pk=unused_type.pk).count()) == (1, 0)


def test_nothing_on_the_programme_is_deleted_in_bulk():
    meeting = a_meeting()

    a_desk().post(
        "/admin/registrations/session/", {"action": "delete_selected", "_selected_action": meeting.sessions.first().pk, "index": 0, "post": "yes"}
    )

    assert meeting.sessions.count() == 2


# --- entities ----------------------------------------------------------------------------------------------------------
def test_an_organization_is_added_with_its_groups_and_found_without_accents():
    desk = a_desk()
    fields = {
        "code": "msf",
        "kind": "ngo",
        "name_en": "Doctors Without Borders",
        "name_es": "Médicos Sin Fronteras",
        "acronym_es": "MSF",
        "groups": "ngo observer",
    }

    desk.post("/admin/registrations/entity/add/", fields)

    entity = Entity.objects.get(code="msf")
    assert entity.groups == ["ngo", "observer"]
    assert list(desk.get("/admin/registrations/entity/?q=medicos+FRONTERAS").context["cl"].result_list) == [entity]


def test_groups_survive_a_save():
    entity = an_entity(groups=["un_member", "geneva_mission"])
    desk = a_desk()

    desk.post(page_of(entity), as_shown(desk.get(page_of(entity))) | {"name_en": "Republic of Peru"})

    entity.refresh_from_db()
    assert (entity.groups, entity.name_en) == (["un_member", "geneva_mission"], "Republic of Peru")
    assert "republic of peru" in entity.search_text


# --- who may do what, and what it costs -----------------------------------------------------------------------------------
def test_whoever_may_only_look_changes_no_programme():
    session = a_meeting().sessions.get(number=1)
    desk = desk_of(an_organizer("view_session"))

    assert desk.get(page_of(session)).status_code == 200
    assert desk.post(page_of(session), {"title_en": "Mine"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 100])
@pytest.mark.parametrize(
    ("kind", "statements"), [("session", 6), ("programmeitem", 6), ("speaker", 6), ("meeting", 5), ("delegationtype", 6), ("entity", 6)]
)
def test_lists_cost_the_same_at_any_length(kind, statements, rows, django_assert_num_queries):
    session = a_meeting(sessions=1).sessions.get()
    for number in range(rows):
        item = an_item(session)
        Speaker.objects.create(item=item, name="Ana", office_en="Minister", office_es="Ministra")
        an_entity(f"E{number}", f"Entity {number}", f"Entidad {number}")
    desk = a_desk()

    with django_assert_num_queries(statements):
        desk.get(f"/admin/registrations/{kind}/")
