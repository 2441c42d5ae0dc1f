import csv
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from registrations.models import Entity, HistoryEntry
from registrations.queries.history_list import lines_of

pytestmark = pytest.mark.django_db
STATES = settings.BASE_DIR / "data" / "entities.csv"


def load(**files):
    out = StringIO()
    call_command("load_entities", stdout=out, **files)
    return out.getvalue()


def members(group):
    return Entity.objects.filter(pk__in=[entity.pk for entity in Entity.objects.all() if group in entity.groups])


@pytest.fixture
def altered(tmp_path):
    """A copy of the list of States in which one text is replaced."""

    def write(old, new):
        path = tmp_path / "entities.csv"
        path.write_text(STATES.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return path

    return write


def test_both_lists_are_loaded():
    assert load() == "274 States and organizations loaded.\n"
    assert Entity.objects.filter(kind="state").count() == 199
    assert Entity.objects.exclude(kind="state").count() == 75


def test_loading_twice_changes_nothing():
    load()
    before = list(Entity.objects.order_by("pk").values())

    load()

    assert list(Entity.objects.order_by("pk").values()) == before


def test_the_lists_are_written_in_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        load()


def test_namibia_keeps_its_code():
    load()

    assert Entity.objects.get(code="NA").name_en == "Namibia"


def test_groups_follow_the_columns_and_the_kinds_of_entity():
    load()

    assert {group: members(group).count() for group in ("un_member", "un_observer_state", "oas_permanent_observer", "regional_organization")} == {
        "un_member": 193,
        "un_observer_state": 2,
        "oas_permanent_observer": 72,
        "regional_organization": 1,
    }
    assert Entity.objects.get(code="SMOM").groups == ["observer_entity"]


def test_an_organization_known_in_one_language_has_an_empty_name_in_the_other():
    load()

    trust = Entity.objects.get(code="org-the-halo-trust")
    assert (trust.name_en, trust.name_es, trust.acronym_en, trust.kind) == ("The HALO Trust", "", "HALO", "ngo")


def test_names_can_be_found_without_accents():
    load()

    assert list(Entity.objects.filter(search_text__contains="espana").values_list("code", flat=True)) == ["ES"]


def test_a_corrected_name_replaces_the_old_one(altered):
    load()

    load(entities=altered(",Türkiye,Türkiye,", ",Türkiye,Turquía,"))

    assert Entity.objects.get(code="TR").name_es == "Turquía"
    assert Entity.objects.count() == 274


def test_what_a_list_adds_and_changes_is_in_the_history(altered):
    load()
    first = HistoryEntry.objects.all()
    assert (first.count(), {(entry.event, entry.actor, entry.door, entry.meeting) for entry in first}) == (
        274,
        {("add record", "command", "command", None)},
    )
    load()
    assert HistoryEntry.objects.count() == 274

    load(entities=altered(",Türkiye,Türkiye,", ",Türkiye,Turquía,"))

    entry = Entity.objects.get(code="TR").history.last()
    assert (entry.event, entry.facts["name"], entry.facts["changes"]) == (
        "change record",
        {"en": "Türkiye", "es": "Turquía"},
        {"name_es": ["Türkiye", "Turquía"]},
    )
    [line] = lines_of(entry)
    assert (line.field, line.before, line.after) == ("name, in Spanish", "Türkiye", "Turquía")
    assert HistoryEntry.objects.count() == 275


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code,iso2", "kode,iso2", "the first line does not name these columns: code."),
        ("AL,AL,ALB", "AF,AF,AFG", "“AF” is there twice."),
        (",Albania,Albania,", ",,,", "“AL” has no name."),
        (",Albania,Albania,", ",Albania,", "line 3: the number of columns differs from that of the first line."),
        (",Albania,Albania,", f",{'A' * 400},Albania,", "“AL”: Ensure this value has at most 300 characters (it has 400)."),
    ],
)
def test_a_bad_list_is_refused_with_one_sentence_and_nothing_is_written(altered, old, new, sentence):
    with pytest.raises(CommandError) as refusal:
        load(entities=altered(old, new))

    assert str(refusal.value).endswith(sentence)
    assert not Entity.objects.exists()
    assert not HistoryEntry.objects.exists()


def test_a_missing_list_is_refused(tmp_path):
    with pytest.raises(CommandError, match="the file cannot be read"):
        load(organizations=tmp_path / "nowhere.csv")


def test_the_shipped_list_has_every_code_once():
    with STATES.open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]

    assert len(codes) == len(set(codes)) == 199
