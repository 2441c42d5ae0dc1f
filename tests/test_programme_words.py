"""The changes of a programme in words."""

from typing import Any

import pytest

from registrations.queries.programme_words import ChangeWords, described
from registrations.rules.bilingual import Wording
from registrations.rules.clock_faces import ClockLabel

CLOCKS = [ClockLabel("Geneva", "Ginebra", ("Europe/Zurich",)), ClockLabel("Lima", "Lima", ("America/Lima",))]
HOURS = ["2027-02-10T14:00:00+00:00", "2027-02-10T17:00:00+00:00"]
OPENING = {"en": "Opening", "es": "Apertura"}


def words_of(record: str, *, language: str = "en", title: dict[str, str] = OPENING, **fields: Any) -> ChangeWords:
    """A record's fields, each with its values before and after."""
    differences = [{"name": name, "before": before, "after": after} for name, (before, after) in fields.items()]
    change = {"record": record, "session": 1, "title": title, "what": "changed", "fields": differences}
    return described(change, clocks=CLOCKS, language=language)


def test_hours_are_a_day_and_a_line_for_each_clock() -> None:
    [line] = words_of("item", language="es", hours=(None, HOURS)).lines

    assert (line.label, line.before.text) == ("Horario", "")
    assert line.after.text == "miércoles 10 de febrero de 2027\n15:00-18:00 Ginebra (GMT+1)\n09:00-12:00 Lima (GMT-5)"


def test_a_text_that_is_there_in_one_language_only_knows_which() -> None:
    words = words_of("session", language="es", title={"en": "Opening", "es": ""}, description=(OPENING, {"en": "Start", "es": ""}))

    assert words.heading == Wording("Opening", "en")
    assert [(line.before, line.after) for line in words.lines] == [(Wording("Apertura", "es"), Wording("Start", "en"))]


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({"has_room": (False, True), "room": (None, None)}, ["Link to join"]),
        ({"has_room": (True, False), "room": (None, None)}, ["Link to join"]),
        ({"room": (None, None)}, ["Meeting room"]),
    ],
)
def test_a_room_is_replaced_only_where_there_was_one(fields: dict[str, Any], labels: list[str]) -> None:
    assert [line.label for line in words_of("meeting", **fields).lines] == labels
