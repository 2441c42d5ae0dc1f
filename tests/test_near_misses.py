"""What is suggested for a name that is not on a list."""

import pytest

from registrations.rules.near_misses import near_misses

NAMES = ["peru", "chile", "federacion de rusia", "estados unidos de america", "timor-leste", "congo", "republica democratica del congo", "ua"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Perrú", ["peru"]),
        ("CHILE ", ["chile"]),
        ("Rusia", ["federacion de rusia"]),
        ("Unidos Estados", ["estados unidos de america"]),
        ("Timor Leste", ["timor-leste"]),
        ("Congo", ["congo", "republica democratica del congo"]),
        ("Narnia", []),
        ("USA", []),
        ("?????", []),
        ("", []),
    ],
)
def test_names_are_near_that_hold_its_words_or_hardly_differ(text, names):
    assert near_misses(text, among=NAMES) == names
