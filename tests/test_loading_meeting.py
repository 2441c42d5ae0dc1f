import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from registrations.importing.files import FileError
from registrations.models import Meeting, ProgrammeItem, Session, Speaker
from tests import make
from tests.dialogue import FILE, as_shipped, load_dialogue, load_lists

pytestmark = pytest.mark.django_db


def run(file=FILE, *options):
    out = StringIO()
    call_command("load_meeting", str(file), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def write(tmp_path):
    """`write(content)` puts a JSON file there and returns its path."""

    def write_file(content):
        path = tmp_path / "meeting.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write_file


def hours(first_day):
    load_dialogue(first_day=first_day)
    return [session.starts_at.isoformat() for session in Session.objects.all()]


def everything():
    """All rows that a loaded meeting has, without what is raised at every loading."""
    meeting = Meeting.objects.values().get()
    del meeting["version"], meeting["changed_at"]
    sessions = list(Session.objects.values())
    items = list(ProgrammeItem.objects.order_by("pk").values())
    speakers = list(Speaker.objects.order_by("item", "order").values("item", "order", "name", "country_en"))
    return meeting, sessions, items, speakers


def test_the_command_loads_and_publishes_the_meeting():
    load_lists()

    assert run() == "mine-free-americas: loaded as version 1.\n"

    meeting = Meeting.objects.get()
    assert (meeting.is_published, meeting.contact_email, meeting.time_zone) == (True, "registration@dialogo.example.org", "Europe/Zurich")
    assert [session.items.count() for session in meeting.sessions.all()] == [6, 5]
    assert Speaker.objects.count() == 12


def test_the_shipped_types_invite_whom_the_letter_invites():
    meeting = load_dialogue()

    types = {record.code: record for record in meeting.delegation_types.all()}
    assert list(types) == ["geneva_mission", "oas_observer", "organization"]
    assert types["oas_observer"].eligible_groups == ["oas_permanent_observer"]
    assert [record.is_reviewed for record in types.values()] == [False, False, True]
    assert types["geneva_mission"].plural_es == "Misiones Permanentes ante la Oficina de las Naciones Unidas en Ginebra"


def test_a_type_may_limit_its_seats_refuse_beyond_them_and_ask_for_a_note_verbale():
    def change(file):
        file["delegation_types"][0].update(seats=40, seats_per_delegation=3, waiting_list=False, note_verbale_required=True)

    types = load_dialogue(change=change).delegation_types.values_list("seats", "seats_per_delegation", "keeps_waiting_list", "note_verbale_required")

    assert list(types) == [(40, 3, False, True), (None, None, True, False), (None, None, True, False)]


def test_seats_that_a_changed_file_adds_go_to_those_who_wait():
    make.an_entity()
    meeting = load_dialogue(first_day="2027-02-10", change=lambda file: file["meeting"].update(seats=1))
    people = [make.a_participant(meeting) for _ in range(3)]

    load_dialogue(first_day="2027-02-10", change=lambda file: file["meeting"].update(seats=2))

    assert [make.status_of(person) for person in people] == ["confirmed", "confirmed", "waiting"]


def test_clocks_and_hosts_keep_their_order():
    meeting = load_dialogue()

    assert [clock.time_zones for clock in meeting.clocks.all()] == ["Europe/Zurich", "America/Guayaquil America/Lima America/New_York"]
    assert [host.role for host in meeting.hosts.all()] == ["organizer", "co-organizer", "co-organizer", "co-organizer", "funder"]
    assert meeting.hosts.last().instrument_en == "Council Decision (CFSP) 2017/1428, extended to February 2021"


def test_prepared_reasons_come_with_the_file_and_not_twice():
    load_dialogue()
    meeting = load_dialogue()

    reasons = list(meeting.prepared_reasons.values_list("order", "text_en", "text_es"))
    assert [order for order, _english, _spanish in reasons] == [1, 2, 3, 4, 5]
    assert reasons[3][1].startswith("All the places reserved for your delegation have been taken.")
    assert reasons[3][2].startswith("Todas las plazas reservadas a su delegación están ocupadas.")


def test_a_file_without_prepared_reasons_leaves_those_of_the_organizers_alone():
    load_dialogue()

    meeting = load_dialogue(change=lambda file: file["meeting"].pop("prepared_reasons"))

    assert meeting.prepared_reasons.count() == 5


@pytest.mark.parametrize("spanish", ["", None])
def test_a_prepared_reason_in_one_language_is_refused(spanish):
    with pytest.raises(FileError, match=r"^meeting\.prepared_reasons\[0\]\.text_es is missing\.$"):
        load_dialogue(change=lambda file: file["meeting"]["prepared_reasons"][0].update(text_es=spanish))


def test_moving_the_meeting_keeps_the_wall_clock_in_its_time_zone():
    assert hours("2027-02-10") == ["2027-02-10T14:00:00+00:00", "2027-02-11T14:00:00+00:00"]
    assert hours("2027-07-14") == ["2027-07-14T13:00:00+00:00", "2027-07-15T13:00:00+00:00"]


def test_moving_the_meeting_moves_its_items_and_its_registration():
    meeting = load_dialogue(first_day="2027-07-14")

    assert ProgrammeItem.objects.first().starts_at == datetime(2027, 7, 14, 13, tzinfo=UTC)
    assert meeting.registration_closes_at == datetime(2027, 7, 13, 21, 59, 59, tzinfo=UTC)


def test_without_a_first_day_the_meeting_stays_where_the_file_has_it():
    assert hours(None) == ["2021-02-10T14:00:00+00:00", "2021-02-11T14:00:00+00:00"]


def test_a_moment_with_an_offset_and_one_without_can_be_the_same():
    load_dialogue(first_day=None, change=lambda file: file["sessions"][0].update(starts_at="2021-02-10T15:00:00"))

    assert Session.objects.first().starts_at == datetime(2021, 2, 10, 14, tzinfo=UTC)


def test_loading_twice_changes_nothing_but_the_version():
    load_dialogue()
    before = everything()

    meeting = load_dialogue()

    assert everything() == before
    assert meeting.version == 2


def test_a_changed_file_replaces_what_it_changes_and_keeps_the_rest():
    load_dialogue()
    first = ProgrammeItem.objects.first()

    def change(file):
        items = file["sessions"][0]["items"]
        items[0]["title_en"] = "Opening"
        items[0]["speakers"] = items[0]["speakers"][:1]
        del items[5]

    load_dialogue(change=change)

    first.refresh_from_db()
    assert (first.title_en, first.speakers.get().name) == ("Opening", "Luis Almagro")
    assert first.session.items.count() == 5


def test_the_version_and_its_moment_are_raised_at_every_loading():
    load_dialogue()
    later = datetime(2027, 1, 21, 9, tzinfo=UTC)

    meeting = load_dialogue(now=later)

    assert (meeting.version, meeting.changed_at) == (2, later)


def test_a_meeting_that_is_there_is_left_alone_if_asked():
    load_dialogue(first_day="2027-02-10")

    assert run(FILE, "--if-missing", "--first-day", "2028-02-10") == ""
    assert Session.objects.first().starts_at.year == 2027


@pytest.mark.parametrize(
    ("speaker", "country"),
    [
        ("Juan José López Demuth", ("Chile", "Chile")),
        ("Mired Raad Zeid Al-Hussein", ("Jordan", "Jordania")),
        ("Luis Almagro", ("", "")),
        ("Marjolijn van Deelen", ("", "")),
    ],
)
def test_speakers_come_from_a_state_or_from_the_organization_in_their_office(speaker, country):
    load_dialogue()

    found = Speaker.objects.filter(name=speaker).first()
    assert (found.country_en, found.country_es) == country


def test_an_organization_that_the_office_does_not_name_is_added():
    def change(file):
        file["sessions"][0]["items"][0]["speakers"][0].update(office_en="Secretary General", office_es="Secretario General")

    load_dialogue(change=change)

    speaker = Speaker.objects.get(name="Luis Almagro")
    assert (speaker.country_en, speaker.country_es) == ("Organization of American States", "Organización de los Estados Americanos")


def test_a_file_without_the_optional_keys_gets_sensible_values():
    def change(file):
        for key in ("registration_closes_at", "contact_email", "join_url", "data_notice_en", "data_notice_es", "funder", "objectives"):
            file["meeting"].pop(key, None)
        for record in file["delegation_types"]:
            record.pop("reviewed", None)

    meeting = load_dialogue(change=change)

    assert meeting.registration_closes_at is None
    assert meeting.contact_email == "registration@dialogo.example.org"
    assert "write to registration@dialogo.example.org" in meeting.data_notice_en
    assert "escriba a registration@dialogo.example.org" in meeting.data_notice_es
    assert [record.is_reviewed for record in meeting.delegation_types.all()] == [False, False, True]


def test_a_text_that_lacks_a_language_stops_the_loading():
    with pytest.raises(FileError, match="1 text lacks a language"):
        load_dialogue(change=in_item(title_es=""))

    assert not Meeting.objects.exists()


def test_a_file_states_its_two_languages_together():
    load_dialogue()

    load_dialogue(change=in_item(title_en="Opening ceremony"))

    assert ProgrammeItem.objects.first().title_en == "Opening ceremony"


def in_item(**fields):
    return lambda file: file["sessions"][0]["items"][0].update(fields)


def in_meeting(**fields):
    return lambda file: file["meeting"].update(fields)


def same_session_twice(file):
    file["sessions"][1]["number"] = 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (in_item(title_en="", title_es=""), "sessions[0].items[0]: title_en and title_es are missing."),
        (in_item(title_en=5), "sessions[0].items[0].title_en: a text is expected here."),
        (in_item(title_en="A" * 301), "sessions, number 1, item 1, title_en: Ensure this value has at most 300 characters (it has 301)."),
        (in_item(starts_at="noon"), "sessions[0].items[0].starts_at: “noon” is not a moment such as 2027-02-10T15:00:00."),
        (in_item(ends_at="2021-02-10T13:00:00Z"), "sessions[0].items[0].ends_at: it ends before it starts."),
        (in_item(time_confirmed="yes"), "sessions[0].items[0].time_confirmed: true or false is expected here."),
        (in_item(order=2), "sessions[0].items: 2 is there twice."),
        (in_item(speakers={}), "sessions[0].items[0].speakers: a list is expected here."),
        (
            in_item(speakers=[{"office_en": "Envoy", "country_iso2": "XX"}]),
            "country_iso2: “XX” is not on the list of States; load the list first (manage.py load_entities).",
        ),
        (in_meeting(time_zone="Europe/Geneva"), "meeting.time_zone: “Europe/Geneva” is not an IANA time zone such as America/Lima."),
        (in_meeting(slug=None), "meeting.slug is missing."),
        (in_meeting(slug="two words"), "meeting, slug: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        (in_meeting(programme_status="perhaps"), "meeting.programme_status: “perhaps” is none of provisional, final."),
        (in_meeting(seats="many"), "meeting.seats: a whole number is expected here."),
        (
            lambda file: file["delegation_types"][1].update(seats_per_delegation=-1),
            "delegation_types[1].seats_per_delegation: a whole number is expected here.",
        ),
        (lambda file: file["delegation_types"][2].update(waiting_list="no"), "delegation_types[2].waiting_list: true or false is expected here."),
        (
            in_meeting(clocks=[{"label_en": "Moon", "time_zones": ["Moon/Base"]}]),
            "meeting.clocks, time_zones: “Moon/Base” is not an IANA time zone such as America/Lima.",
        ),
        (same_session_twice, "sessions: 1 is there twice."),
        (lambda file: file.update(sessions=[]), "sessions: the meeting needs at least one."),
        (
            lambda file: file["delegation_types"][0].update(represents="planet"),
            "delegation_types[0].represents: “planet” is none of state, organization.",
        ),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence_and_nothing_is_written(change, sentence, write):
    load_lists()
    content = as_shipped()
    change(content)
    path = write(content)

    with pytest.raises(CommandError) as refusal:
        run(path)

    assert str(refusal.value) == f"{path}: {sentence}"
    assert not Meeting.objects.exists()


def test_what_is_not_json_is_refused(write):
    with pytest.raises(CommandError, match="line 1: this is not JSON"):
        run(write("Geneva"))


def test_a_missing_file_is_refused():
    with pytest.raises(CommandError, match="the file cannot be read"):
        run(settings.BASE_DIR / "nowhere.json")


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="“2027-02-30” is not a date"):
        run(FILE, "--first-day", "2027-02-30")


def test_a_bad_file_leaves_the_loaded_meeting_as_it_was(write):
    load_dialogue()
    before = everything()
    content = as_shipped()
    content["meeting"]["title_en"] = "Another title"
    content["sessions"][1]["items"][4]["title_en"] = "A" * 301

    with pytest.raises(CommandError):
        run(write(content))

    assert everything() == before


def test_a_session_that_people_registered_for_cannot_be_dropped(write):
    meeting = load_dialogue()
    make.sign_up(meeting, make.a_person(sessions=frozenset({2})), entity="PE")
    content = as_shipped()
    del content["sessions"][1]

    with pytest.raises(CommandError, match="is not in the file, but people are registered for it"):
        run(write(content))

    assert meeting.sessions.count() == 2


def test_a_session_and_a_type_that_nobody_uses_are_removed():
    load_dialogue()

    def change(file):
        del file["sessions"][1], file["delegation_types"][2]

    meeting = load_dialogue(change=change)

    assert (meeting.sessions.count(), meeting.delegation_types.count()) == (1, 2)


# --- calendar entries ---------------------------------------------------------------------------------------------------
def with_sessions(number):
    def change(file):
        first = file["sessions"][0]
        file["sessions"] = [dict(first, number=place, items=[]) for place in range(1, number + 1)]

    return change


@pytest.mark.parametrize(("sessions", "delivery"), [(3, "invitations"), (4, "file")])
def test_a_new_meeting_of_many_sessions_sends_one_file(sessions, delivery):
    assert load_dialogue(change=with_sessions(sessions)).calendar_delivery == delivery


def test_the_file_chooses_how_entries_are_sent_and_a_later_one_without_a_word_leaves_it():
    chosen = load_dialogue(change=lambda file: file["meeting"].update(calendar_delivery="file"))

    assert chosen.calendar_delivery == "file"
    assert load_dialogue().calendar_delivery == "file"


def test_how_entries_are_sent_stays_once_one_is_on_its_way():
    meeting = load_dialogue()
    make.a_participant(meeting)

    with pytest.raises(FileError, match="how they are sent can no longer be changed"):
        load_dialogue(change=lambda file: file["meeting"].update(calendar_delivery="file"))

    meeting.refresh_from_db()
    assert meeting.calendar_delivery == "invitations"


# --- reminders ----------------------------------------------------------------------------------------------------------
def test_the_dialogue_reminds_a_week_a_day_and_an_hour_before_also_when_loaded_twice():
    load_dialogue()
    meeting = load_dialogue()

    assert list(meeting.reminders.values_list("minutes", flat=True)) == [7 * 24 * 60, 24 * 60, 60]


def test_reminders_are_replaced_where_the_file_has_some_and_left_where_it_has_not():
    load_dialogue()

    kept = load_dialogue(change=lambda file: file["meeting"].pop("reminders"))
    assert kept.reminders.count() == 3
    replaced = load_dialogue(change=lambda file: file["meeting"].update(reminders=["15 minutes"]))
    assert list(replaced.reminders.values_list("minutes", flat=True)) == [15]
    emptied = load_dialogue(change=lambda file: file["meeting"].update(reminders=[]))
    assert emptied.reminders.count() == 0


@pytest.mark.parametrize("text", ["", "7", "days", "7 weeks", "-1 day", "0 days", "1.5 hours", "1 day ", "1 Day", "one hour", "1 hour 30 minutes"])
def test_a_reminder_that_is_no_time_is_refused(text):
    with pytest.raises(FileError) as refusal:
        load_dialogue(change=lambda file: file["meeting"].update(reminders=["1 day", text]))

    assert str(refusal.value) == f"meeting.reminders: “{text}” is not a time such as 7 days, 1 hour or 15 minutes."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["1 day", "24 hours"], "meeting.reminders: the same time is there twice."),
        (["1 hour", 60], "meeting.reminders: a list of texts is expected here."),
        ("1 hour", "meeting.reminders: a list is expected here."),
        (["4 minutes"], "meeting.reminders, minutes: Ensure this value is greater than or equal to 5."),
    ],
)
def test_faulty_reminders_are_refused(given, sentence):
    with pytest.raises(FileError) as refusal:
        load_dialogue(change=lambda file: file["meeting"].update(reminders=given))

    assert str(refusal.value) == sentence
