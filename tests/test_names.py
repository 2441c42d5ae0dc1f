import csv
from pathlib import Path

import pytest

from registrations.rules.names import fold, mailbox_key, name_key, sort_key

ENTITIES = Path(__file__).parent.parent / "data" / "entities.csv"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Núñez  Peña", "nunez pena"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("O’Brien", "obrien"),
        ("Kaʻiulani", "kaiulani"),
        ("İpek Şahin", "ipek sahin"),
        ("Buttiġieġ", "buttigieg"),
        ("李明", "李明"),
        ("Ñ", "n"),
    ],
)
def test_folding_takes_away_case_accents_and_apostrophes(typed, folded):
    assert fold(typed) == folded


def test_two_spellings_of_a_name_have_one_key():
    assert name_key("María-José de la  Cruz") == name_key("maria jose DE LA CRUZ")


def test_a_mailbox_keeps_its_dots_and_accents():
    assert mailbox_key(" A.Bé@Example.org ") == "a.bé@example.org"


@pytest.mark.parametrize("language", ["en", "es"])
def test_all_states_sort_as_the_united_nations_sorts_them(language):
    with ENTITIES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    by_our_key = sorted(rows, key=lambda row: sort_key(row[f"name_{language}"], language))

    assert [row["code"] for row in by_our_key] == [row["code"] for row in sorted(rows, key=lambda row: int(row[f"order_{language}"]))]


def test_spanish_puts_enye_after_n():
    assert sorted(["Ñandú", "Nuez", "Naranja", "Oso"], key=lambda word: sort_key(word, "es")) == ["Naranja", "Nuez", "Ñandú", "Oso"]
