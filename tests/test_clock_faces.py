from datetime import UTC, datetime, timedelta

import pytest

from registrations.rules.clock_faces import ClockFace, ClockLabel, clock_faces, faces_text, joined

GENEVA = ClockLabel("Geneva", "Ginebra", ("Europe/Zurich",))
AMERICAS = ClockLabel("Quito, Lima and Washington, D.C.", "Quito, Lima y Washington D. C.", ("America/Guayaquil", "America/Lima", "America/New_York"))
TOKYO = ClockLabel("Tokyo", "Tokio", ("Asia/Tokyo",))


def faces(*clocks: ClockLabel, start: tuple[int, ...] = (2021, 2, 10, 14), hours: int = 3, language: str = "en") -> list[ClockFace]:
    starts_at = datetime(*start, tzinfo=UTC)  # type: ignore[misc, arg-type]
    return clock_faces(clocks, starts_at, starts_at + timedelta(hours=hours), language=language)


def test_the_letters_hours_are_read_on_both_clocks() -> None:
    assert faces_text(faces(GENEVA, AMERICAS)) == "15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"
    assert faces_text(faces(GENEVA, AMERICAS, language="es")) == "15:00-18:00 Ginebra (GMT+1) · 09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)"


def test_a_label_splits_while_its_zones_disagree() -> None:
    mid_march = (2021, 3, 17, 14)

    assert [face.text for face in faces(AMERICAS, start=mid_march)] == ["09:00-12:00 Quito and Lima (GMT-5)", "10:00-13:00 Washington, D.C. (GMT-4)"]
    assert [face.text for face in faces(AMERICAS, start=mid_march, language="es")] == [
        "09:00-12:00 Quito y Lima (GMT-5)",
        "10:00-13:00 Washington D. C. (GMT-4)",
    ]


def test_a_label_that_cannot_be_divided_falls_back_to_the_cities_of_its_zones() -> None:
    label = ClockLabel("The Americas", "Las Américas", AMERICAS.time_zones)

    assert [face.label for face in faces(label, start=(2021, 7, 1, 14))] == ["Guayaquil and Lima", "New York"]


def test_zones_apart_in_the_label_are_joined_by_their_offset() -> None:
    label = ClockLabel("Lima, Washington, and Quito", "Lima, Washington y Quito", ("America/Lima", "America/New_York", "America/Guayaquil"))

    assert [face.label for face in faces(label, start=(2021, 7, 1, 14))] == ["Lima and Quito", "Washington"]


def test_a_missing_label_is_taken_from_the_other_language() -> None:
    assert faces(ClockLabel("", "Ginebra", ("Europe/Zurich",)))[0].label == "Ginebra"


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Europe/Zurich", "GMT+1"),
        ("America/Lima", "GMT-5"),
        ("Asia/Kolkata", "GMT+5:30"),
        ("America/St_Johns", "GMT-3:30"),
        ("Europe/London", "GMT"),
        ("Asia/Kathmandu", "GMT+5:45"),
    ],
)
def test_offsets_are_written_from_gmt(zone: str, offset: str) -> None:
    assert faces(ClockLabel("There", "Allí", (zone,)))[0].offset == offset


def test_another_day_than_the_first_clocks_start_is_marked_at_each_hour() -> None:
    assert [face.text for face in faces(GENEVA, TOKYO, AMERICAS, start=(2021, 2, 10, 16), hours=8)] == [
        "17:00-01:00 (+1 day) Geneva (GMT+1)",
        "01:00 (+1 day)-09:00 (+1 day) Tokyo (GMT+9)",
        "11:00-19:00 Quito, Lima and Washington, D.C. (GMT-5)",
    ]
    assert [face.hours for face in faces(TOKYO, GENEVA)] == ["23:00-02:00 (+1 day)", "15:00-18:00"]
    assert [face.hours for face in faces(GENEVA, AMERICAS, start=(2021, 2, 11, 0))] == ["01:00-04:00", "19:00 (previous day)-22:00 (previous day)"]


def test_a_stay_of_days_counts_them() -> None:
    assert faces(GENEVA, hours=48)[0].hours == "15:00-15:00 (+2 days)"


def test_the_end_is_read_after_a_change_of_the_clock() -> None:
    night_of_change = faces(GENEVA, start=(2021, 3, 28, 0))[0]

    assert night_of_change.text == "01:00-05:00 Geneva (GMT+1)"


def test_no_clock_has_no_face() -> None:
    assert faces() == []


@pytest.mark.parametrize(
    ("places", "language", "text"),
    [
        ([], "en", ""),
        (["Lima"], "en", "Lima"),
        (["Quito", "Lima"], "en", "Quito and Lima"),
        (["Quito", "Lima", "Bern"], "en", "Quito, Lima and Bern"),
        (["Quito", "Iquitos"], "es", "Quito e Iquitos"),
        (["Tokio", "Hiroshima"], "es", "Tokio e Hiroshima"),
        (["Palma", "Hierro"], "es", "Palma y Hierro"),
        (["Quito", "Lima"], "es", "Quito y Lima"),
    ],
)
def test_places_are_joined_as_the_language_does(places: list[str], language: str, text: str) -> None:
    assert joined(places, language=language) == text
