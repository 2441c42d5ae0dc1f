"""The charts of the desk's first page: the same numbers as in the tables beside them."""

import re
from itertools import pairwise

import pytest

from registrations.enums import Status
from registrations.models import Participant
from registrations.queries.desk import Line
from registrations.rules.periods import periods
from registrations.templatetags.charts import WIDTH, bars, columns
from tests.desk_rows import a_desk
from tests.make import NOW, a_meeting, a_participant, a_pending_participant
from tests.web_form import soup


def line(subject: str, **numbers: int) -> Line:
    return Line(subject, tuple((status, numbers.get(status.value, 0)) for status in Status))


def test_the_parts_of_a_bar_stand_side_by_side_in_proportion():
    [english, spanish] = bars([line("en", pending=10, confirmed=30), line("es", confirmed=20)], "", name="x", title="y")["bars"]

    assert [(part.status, part.x, part.width) for part in english.parts] == [(Status.PENDING, 0, 108), (Status.CONFIRMED, 108, 322)]
    assert [(part.status, part.x, part.width) for part in spanish.parts] == [(Status.CONFIRMED, 0, 215)]
    assert (english.label, english.total, spanish.end, spanish.y > english.y) == ("English", 40, 215, True)


def test_one_among_thousands_is_still_seen():
    [bar] = bars([line("en", pending=1, confirmed=10_000)], "", name="x", title="y")["bars"]

    assert [part.width for part in bar.parts] == [1, 430]


def test_without_anybody_there_is_no_bar():
    [bar] = bars([line("en")], "", name="x", title="y")["bars"]

    assert (bar.parts, bar.total, bar.end) == ((), 0, 0)


@pytest.mark.parametrize("number", [1, 7, 14, 40])
def test_columns_fit_into_the_chart(number):
    days = periods(NOW.date(), NOW.date())
    found = columns([(days[0], place) for place in range(number)], name="x", title="y")["columns"]

    assert len(found) == number
    assert found[-1].x + found[-1].width <= WIDTH
    assert all(later.x >= earlier.x + earlier.width for earlier, later in pairwise(found))
    assert [column.height for column in (found[0], found[-1])] == [0, 110 if number > 1 else 0]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentence"), [("en", "Spanish: 2"), ("es", "Español: 2")])
def test_every_chart_has_a_name_a_description_and_its_table(language, sentence):
    meeting = a_meeting()
    a_participant(meeting, language="es")
    a_pending_participant(meeting, language="es")
    a_participant(meeting, language="en")

    page = soup(a_desk(language=language).get("/admin/"))

    charts = page.select("svg.chart")
    assert len(charts) == 4
    for chart in charts:
        named = [page.find(id=key) for key in chart["aria-labelledby"].split()]
        assert (chart["role"], [each.name for each in named]) == ("img", ["title", "desc"])
        assert chart.find_parent("section").select_one("table tbody tr")
    assert sentence in charts[3].desc.text
    assert not page.select("[style], svg script, svg style")


@pytest.mark.django_db
def test_a_chart_says_what_the_table_says():
    meeting = a_meeting()
    for _index in range(3):
        a_participant(meeting)
    Participant.objects.filter(pk=Participant.objects.first().pk).update(status=Status.DECLINED)

    page = soup(a_desk().get("/admin/"))

    for section in page.select(".figure:has(svg.chart)"):
        told = [int(number) for number in re.findall(r": (\d+)[;.]", section.desc.text)]
        assert told == [int(row.select("td")[-1].text) for row in section.select("tbody tr")]
