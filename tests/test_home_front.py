from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from registrations.models import Meeting
from tests import make

pytestmark = pytest.mark.django_db
AFTERWARDS = make.NOW + timedelta(days=60)


def texts(client, path, selector):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [" ".join(element.get_text().split()) for element in page.select(selector)]


@pytest.mark.parametrize(
    ("accepted", "path"),
    [("es-PE,es;q=0.9,en;q=0.5", "/es/"), ("en-GB", "/en/"), ("fr-CH,fr;q=0.9", "/en/"), ("", "/en/"), ("fr, es;q=0.4", "/es/")],
)
def test_the_front_door_follows_the_browser(client, accepted, path):
    response = client.get("/", headers={"accept-language": accepted})

    assert (response.status_code, response["Location"]) == (302, path)
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


def test_the_front_door_follows_the_cookie_first(client):
    client.cookies["django_language"] = "es"

    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/es/"


def test_an_unknown_language_in_the_cookie_is_ignored(client):
    client.cookies["django_language"] = "xx"

    assert client.get("/", headers={"accept-language": "es"})["Location"] == "/es/"


def test_a_page_in_another_language_than_the_browsers_is_remembered(client):
    make.a_meeting(slug="dialogue")

    client.get("/es/dialogue/", headers={"accept-language": "en"})

    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/es/"


@time_machine.travel(make.NOW)
def test_the_only_meeting_ahead_is_shown_at_once(client):
    make.a_meeting(slug="dialogue")

    assert client.get("/es/")["Location"] == "/es/dialogue/"


@time_machine.travel(make.NOW)
def test_several_meetings_ahead_are_listed_the_next_one_first(client):
    make.a_meeting(slug="b", title_en="Second", title_es="Segunda")
    later = make.a_meeting(slug="a", title_en="Later", title_es="Posterior", sessions=1)
    later.sessions.update(starts_at=make.NOW + timedelta(days=90), ends_at=make.NOW + timedelta(days=91))

    assert texts(client, "/en/", ".agenda h2") == ["Second", "Later"]
    assert texts(client, "/es/", ".agenda .when") == ["10 y 11 de febrero de 2027 · En línea", "20 de abril de 2027 · En línea"]
    assert texts(client, "/es/", ".agenda .hint")[0] == "La inscripción está abierta hasta el 9 de febrero de 2027."


@time_machine.travel(AFTERWARDS)
def test_past_meetings_stay_readable(client):
    make.a_meeting(slug="dialogue")

    assert texts(client, "/en/", ".agenda h3") == ["Regional Dialogue on Humanitarian Demining"]
    assert texts(client, "/en/", ".lead") == ["No meeting is announced at present."]


def test_without_meetings_the_page_is_calm(client):
    assert texts(client, "/es/", "main p") == [
        "Por el momento no hay ninguna reunión anunciada.",
        "Si ha recibido una invitación, abra el enlace que figura en la carta o escriba a la secretaría que se la envió.",
    ]


def test_a_meeting_that_is_not_published_is_not_listed(client):
    make.a_meeting()
    Meeting.objects.update(is_published=False)

    assert texts(client, "/en/", ".agenda li") == []


@time_machine.travel(AFTERWARDS)
@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_any_length_takes_two_statements(client, number, django_assert_num_queries):
    for _each in range(number):
        make.a_meeting()

    with django_assert_num_queries(2):
        client.get("/en/")


def test_robots_may_read_everything(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow:\n"
