"""Whatever is added, changed or deleted on a page of the desk is in the history; the pages are those that the desk itself names."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from registrations.enums import DeskRole, QuestionKind
from registrations.models import DeskMembership, Entity, HistoryEntry, Host, Meeting, PreparedReason, Reminder, Speaker
from registrations.queries.edits import kind_of_record
from registrations.queries.history_list import lines_of
from tests.desk_rows import a_colleague, a_desk, an_organizer, desk_of
from tests.make import a_meeting, a_participant, a_question, an_entity
from tests.test_desk_programme import an_item, as_shown
from tests.test_history import HISTORY, exported
from tests.web_form import soup

pytestmark = pytest.mark.django_db
PARTS = {"starts_at_0": "2027-02-12", "starts_at_1": "15:00:00", "ends_at_0": "2027-02-12", "ends_at_1": "16:00:00"}
NEW_PASSWORD = "Xylophon-Orchester-27"

CHANGED: dict[str, dict[str, str]] = {
    "meeting": {"join_opens_minutes": "45"},
    "delegationtype": {"name_en": "Missions"},
    "session": {"title_en": "First"},
    "programmeitem": {"title_en": "Welcome"},
    "speaker": {"office_en": "Director"},
    "question": {"text_en": "Food"},
    "entity": {"groups": "un_member oas_member"},
    "auth.user": {"last_name": "Nueva"},
    "auth.group": {"name": "Others"},
}
"""A new value for each record that has a page on which it is changed."""
BELOW: dict[str, dict[str, str]] = {
    "meeting/session": {"sessions-0-title_en": "First"},
    "meeting/delegationtype": {"delegation_types-0-seats": "9"},
    "meeting/clock": {"clocks-0-label_en": "Vienna"},
    "meeting/host": {"hosts-0-name_en": "The Host"},
    "meeting/reminder": {"reminders-0-minutes_0": "3"},
    "meeting/preparedreason": {"prepared_reasons-0-text_en": "Too many"},
    "meeting/deskmembership": {"desk_memberships-0-role": "reader"},
    "session/programmeitem": {"items-0-title_en": "Welcome"},
    "programmeitem/speaker": {"speakers-0-office_en": "Director"},
    "question/questionoption": {"options-0-text_en": "Everything"},
}
"""The same for those that are changed on the page of another."""
NEW: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "meeting": lambda of: {
        "slug": "next", "title_en": "Next", "title_es": "Próxima", "place_en": "Online", "place_es": "En línea", "time_zone": "Europe/Zurich",
        "contact_email": "desk@example.org", "data_notice_en": "Yours.", "data_notice_es": "Suyos.",
    },
    "delegationtype": lambda of: {
        "meeting": of["meeting"].pk, "code": "guests", "name_en": "Guest", "name_es": "Invitado", "plural_en": "Guests", "plural_es": "Invitados",
        "represents": "organization",
    },
    "session": lambda of: {"meeting": of["meeting"].pk, "number": "9", "title_en": "Ninth", "title_es": "Novena", **PARTS},
    "programmeitem": lambda of: {"session": of["session"].pk, "title_en": "Coffee", "title_es": "Café", **PARTS},
    "speaker": lambda of: {"item": of["programmeitem"].pk, "office_en": "Minister", "office_es": "Ministra"},
    "question": lambda of: {"meeting": of["meeting"].pk, "code": "flight", "kind": "text", "text_en": "Flight", "text_es": "Vuelo"},
    "entity": lambda of: {"code": "XX", "kind": "state", "name_en": "Newland", "name_es": "Nuevalandia"},
    "auth.user": lambda of: {"username": "nuria", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"},
    "auth.group": lambda of: {"name": "Friends"},
}  # fmt: skip
ELSEWHERE = {"participant", "letter", "expecteddelegation"}
"""Whose pages write through operations of their own, with a history of their own and tests of their own."""


@pytest.fixture
def records() -> dict[str, Any]:
    """One record of every kind that is changed at the desk."""
    meeting = a_meeting(is_published=False)
    session = meeting.sessions.first()
    item = an_item(session)
    speaker = Speaker.objects.create(item=item, order=1, office_en="Minister", office_es="Ministra")
    Host.objects.create(meeting=meeting, order=1, name_en="A Host", name_es="Un anfitrión")
    Reminder.objects.create(meeting=meeting, minutes=1440)
    PreparedReason.objects.create(meeting=meeting, order=1, text_en="Full", text_es="Completo")
    diets = [("all", "All", "Todo"), ("halal", "Halal", "Halal")]
    question = a_question(meeting, QuestionKind.CHOICE, code="diet", options=diets)
    user = an_organizer(username="luz")
    DeskMembership.objects.create(meeting=meeting, user=user, role=DeskRole.PROTOCOL)
    group = Group.objects.create(name="Ours")
    kinds = {"meeting": meeting, "delegationtype": meeting.delegation_types.first(), "session": session, "programmeitem": item, "speaker": speaker}
    return kinds | {"question": question, "entity": an_entity(), "auth.user": user, "auth.group": group}


def pages(permission: str) -> dict[str, Any]:
    """The ModelAdmins of the desk, by the kind of their records, on whose pages somebody who may do everything may do this."""
    user = User(username="root", is_superuser=True, is_staff=True, is_active=True)
    request = SimpleNamespace(user=user, GET={}, POST={}, method="GET")
    registry = {kind_of_record(model): page for model, page in admin.site._registry.items()}
    return {kind: page for kind, page in registry.items() if getattr(page, f"has_{permission}_permission")(request)}


def address(kind: str, page: str, *key: Any) -> str:
    model = apps.get_model(kind if "." in kind else f"registrations.{kind}")
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=key)


def told() -> list[tuple[str, str, str, str]]:
    return [(entry.event, entry.facts["record"], entry.actor, entry.door) for entry in HistoryEntry.objects.all()]


def saved(kind: str, record: Any, values: dict[str, Any]) -> None:
    desk, page = a_desk(), address(kind, "change", record.pk)
    form = as_shown(desk.get(page))
    assert values.keys() <= form.keys()
    answer = desk.post(page, form | values)
    assert answer.status_code == 302, soup(answer).select(".errorlist")


# --- every page ---------------------------------------------------------------------------------------------------------
def test_every_page_of_the_desk_is_looked_at_here():
    """Whoever registers another ModelAdmin, or puts an inline on one, says here what is changed on it."""
    changed, added = pages("change"), pages("add")
    below = {f"{kind}/{kind_of_record(inline.model)}" for kind, page in changed.items() for inline in page.inlines}

    assert changed.keys() - ELSEWHERE == CHANGED.keys()
    assert added.keys() - ELSEWHERE == NEW.keys()
    assert below == BELOW.keys()


@pytest.mark.parametrize("kind", CHANGED)
def test_what_is_changed_on_a_page_is_told_with_what_it_was_before(kind, records):
    [(field, value)] = CHANGED[kind].items()
    before = str(as_shown(a_desk().get(address(kind, "change", records[kind].pk)))[field])

    saved(kind, records[kind], CHANGED[kind])

    assert told() == [("change record", kind, "Eva Jefa", "desk")]
    entry = HistoryEntry.objects.get()
    pairs = [tuple(" ".join(each) if isinstance(each, list) else str(each) for each in pair) for pair in entry.facts["changes"].values()]
    assert pairs == [(before, value)]
    assert (entry.user.username, len(lines_of(entry))) == ("chief", 1)


@pytest.mark.parametrize("kinds", BELOW)
def test_what_is_changed_below_a_record_is_told_on_its_own(kinds, records):
    above, below = kinds.split("/")

    saved(above, records[above], BELOW[kinds])

    assert told() == [("change record", below, "Eva Jefa", "desk")]
    assert len(HistoryEntry.objects.get().facts["changes"]) == 1


@pytest.mark.parametrize("kind", NEW)
def test_what_is_added_is_told_with_what_was_typed(kind, records):
    desk, page = a_desk(), address(kind, "add")

    answer = desk.post(page, as_shown(desk.get(page)) | NEW[kind](records))

    assert answer.status_code == 302, soup(answer).select(".errorlist")
    assert told() == [("add record", kind, "Eva Jefa", "desk")]
    changes = HistoryEntry.objects.get().facts["changes"]
    assert changes
    assert {before for before, _after in changes.values()} == {""}


def test_every_page_on_which_something_is_deleted_is_looked_at_here():
    assert pages("delete").keys() - ELSEWHERE == CHANGED.keys()


@pytest.mark.parametrize("kind", CHANGED)
def test_what_is_deleted_is_told_with_what_it_held(kind, records):
    a_desk().post(address(kind, "delete", records[kind].pk), {"post": "yes"})

    assert not type(records[kind])._base_manager.filter(pk=records[kind].pk).exists()
    assert told() == [("remove record", kind, "Eva Jefa", "desk")]
    changes = HistoryEntry.objects.get().facts["changes"]
    assert changes
    assert {after for _before, after in changes.values()} == {""}


@pytest.mark.parametrize("kind", CHANGED)
def test_a_page_that_is_saved_as_it_was_leaves_nothing(kind, records):
    saved(kind, records[kind], {})

    assert told() == []


@pytest.mark.parametrize("kind", CHANGED)
def test_the_history_button_leads_to_what_was_changed(kind, records):
    saved(kind, records[kind], CHANGED[kind])
    desk = a_desk()

    answer = desk.get(address(kind, "history", records[kind].pk), follow=True)

    assert answer.redirect_chain[0][0].startswith(HISTORY)
    assert len(soup(answer).select("#result_list tbody tr")) == 1
    assert desk.get(address(kind, "history", 999999)).status_code == 404


def test_several_accounts_that_are_deleted_at_once_are_each_told():
    keys = [an_organizer(username=name).pk for name in ("luz", "sol")]

    a_desk().post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": keys, "post": "yes"})

    assert sorted(entry.facts["name"]["en"] for entry in HistoryEntry.objects.all()) == ["luz", "sol"]
    assert told() == [("remove record", "auth.user", "Eva Jefa", "desk")] * 2


def test_whoever_deletes_their_own_account_is_told_by_name():
    desk = a_desk()

    desk.post(address("auth.user", "delete", User.objects.get().pk), {"post": "yes"})

    assert (told(), HistoryEntry.objects.get().user) == ([("remove record", "auth.user", "Eva Jefa", "desk")], None)


# --- what a form could give away, or get wrong --------------------------------------------------------------------------
def test_no_password_is_in_the_history(records):
    desk, luz = a_desk(), records["auth.user"]
    before = luz.password

    desk.post(address("auth.user", "add"), NEW["auth.user"](records))
    desk.post(f"/admin/auth/user/{luz.pk}/password/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"})
    luz.refresh_from_db()
    after = luz.password
    desk.post(address("auth.user", "delete", luz.pk), {"post": "yes"})

    assert [event for event, *_who in told()] == ["add record", "set password", "remove record"]
    assert after != before
    kept = str(list(HistoryEntry.objects.values_list("facts", flat=True)))
    assert [secret in kept for secret in (NEW_PASSWORD, before, after, "pbkdf2", "md5$")] == [False] * 5


def test_groups_and_rights_are_told_by_their_names(records):
    group, right = records["auth.group"], Permission.objects.get(codename="view_meeting")
    desk, page = a_desk(), address("auth.user", "change", records["auth.user"].pk)

    desk.post(page, as_shown(desk.get(page)) | {"groups": [group.pk], "user_permissions": [right.pk]})

    assert HistoryEntry.objects.get().facts["changes"] == {"groups": [[], ["Ours"]], "user_permissions": [[], [str(right)]]}


def test_a_meeting_that_could_not_be_published_is_not_told_to_be(records):
    Meeting.objects.update(subtitle_en="Only in English")

    saved("meeting", records["meeting"], {"join_opens_minutes": "45"})
    desk, page = a_desk(), address("meeting", "change", records["meeting"].pk)
    desk.post(page, as_shown(desk.get(page)) | {"is_published": "on", "join_opens_minutes": "50"})

    assert not Meeting.objects.get().is_published
    assert [list(entry.facts["changes"]) for entry in HistoryEntry.objects.all()] == [["join_opens_minutes"]] * 2


def test_a_change_stands_before_what_follows_from_it():
    meeting = a_meeting(seats=1)
    a_participant(meeting), a_participant(meeting)

    saved("meeting", meeting, {"seats": "2"})

    assert [entry.event for entry in HistoryEntry.objects.exclude(event="register")] == ["change record", "confirm"]


# --- what belongs to no meeting -----------------------------------------------------------------------------------------
def of_everything(records: dict[str, Any]) -> None:
    """A change of a State, of an account and of a meeting, and a meeting that was deleted."""
    for kind in ("entity", "auth.user", "meeting"):
        saved(kind, records[kind], CHANGED[kind])
    other = a_meeting(slug="gone")
    a_desk().post(address("meeting", "delete", other.pk), {"post": "yes"})


def kinds_seen(user: User, query: str = "") -> list[str]:
    answer = desk_of(user).get(f"{HISTORY}{query}")
    return sorted(entry.facts["record"] for entry in answer.context["cl"].result_list) if answer.status_code == 200 else []


def test_accounts_are_seen_by_whoever_sees_accounts_and_a_role_in_one_meeting_shows_that_meeting(records):
    of_everything(records)
    everywhere = an_organizer("view_historyentry", username="eva")
    with_accounts = an_organizer("view_historyentry", "view_user", username="uma")

    assert kinds_seen(a_colleague((records["meeting"], DeskRole.SECRETARIAT))) == ["meeting"]
    assert kinds_seen(everywhere) == ["entity", "meeting", "meeting"]
    assert kinds_seen(with_accounts) == ["auth.user", "entity", "meeting", "meeting"]


def test_the_list_is_narrowed_to_what_belongs_to_no_meeting_to_a_kind_and_to_a_state(records):
    of_everything(records)
    chief, entity = User.objects.get(is_superuser=True), records["entity"]

    found = {query: kinds_seen(chief, query) for query in ("?meeting=none", "?record=auth.user", f"?entity={entity.pk}", "?q=peru", "?q=nobody")}

    assert list(found.values()) == [["auth.user", "entity", "meeting"], ["auth.user"], ["entity"], ["entity"], []]


def test_only_whoever_reads_every_meeting_is_offered_what_belongs_to_none(records):
    users = [a_colleague((records["meeting"], DeskRole.READER)), an_organizer("view_historyentry", username="eva")]

    offered = ["?meeting=none" in desk_of(user).get(HISTORY).content.decode() for user in users]

    assert offered == [False, True]


def test_the_file_has_what_belongs_to_no_meeting_in_utc_and_nothing_of_accounts_for_others(records):
    of_everything(records)

    files = [exported(desk_of(user), "?meeting=none") for user in (User.objects.get(is_superuser=True), an_organizer("view_historyentry"))]

    assert [sorted({line["Data"].split(" “")[0] for line in lines}) for lines in files] == [
        ["Meeting", "State or organization", "User"],
        ["Meeting", "State or organization"],
    ]
    [line] = [line for line in files[0] if line["State or organization"]]
    assert {name: line[name] for name in ("Time zone", "Meeting", "State or organization", "Event", "Who", "Through", "Before", "Afterwards")} == {
        "Time zone": "UTC",
        "Meeting": "",
        "State or organization": "Peru",
        "Event": "changed",
        "Who": "Eva Jefa",
        "Through": "desk",
        "Before": "un_member",
        "Afterwards": "un_member oas_member",
    }


def test_a_meeting_that_was_deleted_is_told_by_what_it_was(records):
    other = a_meeting(slug="gone")
    a_desk().post(address("meeting", "delete", other.pk), {"post": "yes"})

    cell = soup(a_desk().get(HISTORY)).select_one("#result_list .field-what")
    page, number = cell.text, len(HistoryEntry.objects.get().facts["changes"])

    assert (cell.summary.text, len(cell.select("details li"))) == (f"{number} fields", number)
    assert page.startswith("Taken out: Meeting “gone”")
    assert "title, in English: Regional Dialogue on Humanitarian Demining → –" in page


# --- States and organizations -------------------------------------------------------------------------------------------
def test_the_page_of_a_state_shows_its_history(records):
    saved("entity", records["entity"], {"name_es": "República del Perú"})
    desk = a_desk()

    page = soup(desk.get(address("entity", "change", records["entity"].pk)))

    [row] = page.select("[aria-labelledby=history-heading] tbody tr")
    cells = [" ".join(cell.text.split()) for cell in row.select("th, td")][1:4]
    assert cells == ["Changed: name, in Spanish: Perú → República del Perú", "Eva Jefa", "desk"]
    [link] = [each["href"] for each in page.select("section a") if each["href"].startswith(HISTORY)]
    assert len(soup(desk.get(link)).select("#result_list tbody tr")) == 1


def test_who_reads_the_history_reads_that_of_a_state_and_nobody_else(records):
    saved("entity", records["entity"], CHANGED["entity"])
    page = address("entity", "change", records["entity"].pk)

    of_one_meeting = desk_of(a_colleague((records["meeting"], DeskRole.READER))).get(page).content.decode()
    without = desk_of(an_organizer("view_entity", username="eva")).get(page).content.decode()

    assert ("history-heading" in of_one_meeting, HISTORY in of_one_meeting) == (True, False)
    assert "history-heading" not in without


def test_a_state_that_is_deleted_keeps_its_history(records):
    entity = records["entity"]
    saved("entity", entity, CHANGED["entity"])

    a_desk().post(address("entity", "delete", entity.pk), {"post": "yes"})

    assert not Entity.objects.exists()
    assert [(entry.event, entry.entity) for entry in HistoryEntry.objects.all()] == [("change record", None), ("remove record", None)]
