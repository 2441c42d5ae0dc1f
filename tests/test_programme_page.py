from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup

from registrations.models import Meeting, ProgrammeItem
from tests.dialogue import BEFORE, load_dialogue

pytestmark = [pytest.mark.django_db]
FEBRUARY_EN = "15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"
FEBRUARY_ES = "15:00-18:00 Ginebra (GMT+1) · 09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)"


@pytest.fixture(autouse=True)
def _three_weeks_before():
    with time_machine.travel(BEFORE):
        yield


@pytest.fixture
def programme(client):
    """`programme("es")` is the programme page as a reader gets it."""

    def get(language="en", slug="mine-free-americas"):
        response = client.get(f"/{language}/{slug}/")
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


def words(element):
    return " ".join(element.get_text(" ", strip=True).split())


def item(shown, title):
    return next(line for line in shown.select(".items > li") if words(line.h4) == title)


def readings(line):
    return [words(reading) for reading in line.select(".reading")]


# --- what it says -----------------------------------------------------------------------------------------------------
def test_the_page_presents_the_meeting(programme):
    load_dialogue()

    shown = programme("en")

    assert words(shown.h1) == "Regional Dialogue on Humanitarian Demining"
    assert words(shown.select_one(".lead")) == "The Americas as an anti-personnel-mine-free zone: support for mine action in Peru and Ecuador"
    assert [words(host) for host in shown.select(".hosts li")] == [
        "Organization of American States (OAS)",
        "Government of Ecuador",
        "Government of Peru",
        "Secretariat of the Anti-Personnel Mine Ban Convention (ISU)",
    ]
    assert words(shown.select_one(".convened")).endswith("Financed by European Union Council Decision (CFSP) 2017/1428, extended to February 2021")
    assert len(shown.select(".objectives li")) == 3
    assert "Over two afternoons, Geneva time" in words(shown)


def test_the_page_presents_the_meeting_in_spanish(programme):
    load_dialogue()

    shown = programme("es")

    assert words(shown.h1) == "Diálogo Regional de Partes sobre Desminado Humanitario"
    assert shown.html["lang"] == "es"
    assert shown.title.string == "Diálogo Regional de Partes sobre Desminado Humanitario · 10 y 11 de febrero de 2027 · Diálogo"
    assert "Con la financiación de Unión Europea Decisión (PESC) 2017/1428 del Consejo, prorrogada hasta febrero de 2021" in words(shown)
    assert [words(heading) for heading in shown.find_all("h2")] == ["Acerca de la reunión", "Inscripción", "Programa", "Organizadores"]


def test_nothing_on_a_page_is_in_the_other_language(programme):
    load_dialogue()

    for language, other in (("en", "es"), ("es", "en")):
        marked = programme(language).main.select(f"[lang={other}]")
        assert marked == []


def test_speakers_are_named_with_title_office_and_country(programme):
    load_dialogue()

    spoken = item(programme("en"), "Ecuador and Peru: A Shared Path").select(".speakers li")

    assert [words(speaker) for speaker in spoken] == [
        "Brig. Gen. Francisco Armendariz Sáenz Commander, Army Corps of Engineers · Ecuador",
        "Col. (ret.) Guillermo Portillo Adviser, Ministry of Defence · Peru",
    ]


def test_a_country_that_the_office_names_is_not_said_twice(programme):
    load_dialogue()

    spoken = item(programme("es"), "El reto de las minas antipersonal de carácter improvisado").select_one(".speakers li")

    assert words(spoken) == "Sra. Martha Hurtado Coordinadora del Programa de Desminado de Colombia"


def test_an_office_may_speak_without_a_name(programme):
    load_dialogue()

    spoken = item(programme("en"), "Discussion: Cooperation and assistance from the donor perspective").select(".speakers li")

    assert words(spoken[0]) == "Germany, in its capacity as chair of the Mine Action Support Group"


def test_items_without_a_confirmed_time_are_marked(programme):
    load_dialogue()

    shown = programme("en")

    assert len(shown.select(".items .tag")) == 10
    assert "This programme is provisional. The hours marked as provisional may still change." in words(shown)
    confirmed = shown.select("#session-2 .items > li")[0]
    assert confirmed.select(".tag") == []


def test_a_final_programme_is_not_called_provisional(programme):
    def confirm(file):
        file["meeting"]["programme_status"] = "final"
        for session in file["sessions"]:
            for entry in session["items"]:
                entry["time_confirmed"] = True

    load_dialogue(change=confirm)

    assert "provisional" not in words(programme("en").main)


def test_a_missing_translation_falls_back_marked_with_its_language(programme):
    meeting = load_dialogue()
    Meeting.objects.update(subtitle_es="")
    first = meeting.sessions.get(number=1).items.first()
    first.speakers.filter(order=1).update(office_es="")
    ProgrammeItem.objects.filter(pk=first.pk).update(title_es="")

    marked = [words(element) for element in programme("es").main.select("[lang=en]")]

    assert marked == [
        "The Americas as an anti-personnel-mine-free zone: support for mine action in Peru and Ecuador",
        "Opening of the Regional Stakeholder Dialogue",
        "Secretary General, Organization of American States",
    ]


def test_texts_are_escaped(programme, client):
    load_dialogue(change=lambda file: file["sessions"][0]["items"][0].update(title_en="<script>alert(1)</script>"))

    assert b"<script>alert(1)" not in client.get("/en/mine-free-americas/").content


# --- time -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "line"), [("en", FEBRUARY_EN), ("es", FEBRUARY_ES)])
def test_each_session_prints_its_hours_on_every_clock_in_one_line(client, language, line):
    load_dialogue()

    assert client.get(f"/{language}/mine-free-americas/").content.decode().count(line) == 2


def test_sessions_are_dated_in_the_readers_language(programme):
    load_dialogue()

    assert [words(when) for when in programme("en").select(".session .when")] == ["Wednesday 10 February 2027", "Thursday 11 February 2027"]
    assert [words(when) for when in programme("es").select(".session .when")] == ["miércoles 10 de febrero de 2027", "jueves 11 de febrero de 2027"]


def test_every_item_prints_its_hours_on_every_clock(programme):
    load_dialogue()

    shown = programme("en")

    assert readings(item(shown, "Recent Success in Mine Clearance in the Region")) == ["16:00-16:30 GMT+1", "10:00-10:30 GMT-5"]
    assert all(len(readings(line)) == 2 for line in shown.select(".items > li"))


def test_the_masthead_shows_the_clocks_side_by_side(programme):
    load_dialogue()

    shown = programme("es")

    assert words(shown.select_one(".clocks-when")) == "10 y 11 de febrero de 2027 · En línea"
    assert [words(clock) for clock in shown.select(".clock")] == ["15:00-18:00 Ginebra (GMT+1)", "09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)"]


def test_in_mid_march_washington_leaves_lima(client, programme):
    load_dialogue(first_day="2027-03-17")

    line = "15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito and Lima (GMT-5) · 10:00-13:00 Washington, D.C. (GMT-4)"

    assert client.get("/en/mine-free-americas/").content.decode().count(line) == 2
    assert readings(item(programme("es"), "La voz de las comunidades afectadas por las minas")) == [
        "15:30-16:00 GMT+1",
        "09:30-10:00 GMT-5",
        "10:30-11:00 GMT-4",
    ]


def test_sessions_with_different_hours_get_a_masthead_line_each(programme):
    """The clocks in the United States change on 14 March 2027, between the two sessions."""
    load_dialogue(first_day="2027-03-13")

    assert [words(when) for when in programme("en").select(".clocks-when")] == ["13 March 2027 · Online", "14 March 2027 · Online"]
    assert [len(clocks.select(".clock")) for clocks in programme("en").select(".clocks")] == [2, 3]


def test_a_change_of_day_is_marked(programme):
    tokyo = {"label_en": "Tokyo", "label_es": "Tokio", "time_zones": ["Asia/Tokyo"]}
    load_dialogue(change=lambda file: file["meeting"]["clocks"].append(tokyo))

    assert "22:00-01:00 (+1 day) Tokyo (GMT+9)" not in words(programme("en"))
    assert "23:00-02:00 (+1 day) Tokyo (GMT+9)" in words(programme("en"))
    assert "23:00-02:00 (+1 día) Tokio (GMT+9)" in words(programme("es"))


def test_a_meeting_without_clocks_is_read_on_its_own(programme):
    load_dialogue(change=lambda file: file["meeting"].update(clocks=[]))

    assert words(programme("en").select_one(".session .times")) == "15:00-18:00 Zurich (GMT+1)"


def test_the_script_is_told_which_times_are_printed(programme):
    load_dialogue()

    session = programme("es").select_one("#session-1 > header > [data-local]")

    assert (session["data-starts"], session["data-ends"], session["data-offsets"]) == ("2027-02-10T14:00Z", "2027-02-10T17:00Z", "60 -300")


# --- the frame --------------------------------------------------------------------------------------------------------
def test_the_page_names_its_counterpart_in_the_other_language(programme):
    load_dialogue()

    shown = programme("es")

    assert {link["hreflang"]: link["href"] for link in shown.select("link[rel=alternate]")} == {
        "en": "http://localhost/en/mine-free-americas/",
        "es": "http://localhost/es/mine-free-americas/",
    }
    assert shown.select_one("link[rel=canonical]")["href"] == "http://localhost/es/mine-free-americas/"
    switch = [(link["lang"], link["href"], words(link), link.get("aria-current")) for link in shown.select(".languages a")]
    assert switch == [("en", "/en/mine-free-americas/", "English", None), ("es", "/es/mine-free-americas/", "Español", "true")]


def test_the_calendar_can_be_downloaded_and_subscribed_to(programme):
    load_dialogue()

    links = [link["href"] for link in programme("es").select("#programme a[href$='.ics'], #programme .links a")]

    assert links[:2] == ["/es/mine-free-americas/programme.ics", "webcal://localhost/es/mine-free-americas/programme.ics"]
    google, *outlooks = (urlsplit(link) for link in links[2:])
    assert (google.netloc, google.path) == ("calendar.google.com", "/calendar/r")
    assert parse_qs(google.query) == {"cid": [links[1]]}
    assert [(each.netloc, each.path) for each in outlooks] == [
        ("outlook.live.com", "/calendar/0/addfromweb"),
        ("outlook.office.com", "/calendar/0/addfromweb"),
    ]
    for each in outlooks:
        assert parse_qs(each.query) == {
            "url": ["http://localhost/es/mine-free-americas/programme.ics"],
            "name": ["Diálogo Regional de Partes sobre Desminado Humanitario"],
        }


def test_each_session_can_be_added_to_four_web_calendars(programme):
    load_dialogue()

    shown = programme("es")

    for number in (1, 2):
        links = [link["href"] for link in shown.select(f"#session-{number} details.add a")]
        assert [urlsplit(link).netloc for link in links] == ["calendar.google.com", "outlook.live.com", "outlook.office.com", "calendar.yahoo.com"]
        assert all(f"2021021{number - 1}" not in link and "es%2Fmine-free-americas" in link for link in links)


def test_neither_a_cancelled_session_nor_one_of_a_meeting_that_is_over_can_be_added(programme):
    meeting = load_dialogue()
    meeting.sessions.filter(number=1).update(is_cancelled=True)

    assert not programme().select("#session-1 details.add")
    with time_machine.travel(meeting.sessions.get(number=2).ends_at):
        assert not programme().select("details.add")


def test_the_programme_can_be_printed_on_either_paper(programme):
    load_dialogue()

    links = {words(link): link["href"] for link in programme("es").select("#programme a[href*=pdf]")}

    assert links == {"PDF (A4)": "/es/mine-free-americas/programme.pdf", "PDF (carta)": "/es/mine-free-americas/programme.pdf?paper=letter"}


def test_a_visit_in_the_browsers_own_language_sets_no_cookie(client):
    load_dialogue()

    assert not client.get("/es/mine-free-americas/", headers={"accept-language": "es-PE,es;q=0.9"}).cookies


def test_the_data_notice_is_shown_in_both_languages(client):
    load_dialogue()

    assert "La secretaría del Diálogo Regional es responsable" in client.get("/es/mine-free-americas/data-notice/").content.decode()
    assert "The secretariat of the Regional Dialogue is responsible" in client.get("/en/mine-free-americas/data-notice/").content.decode()


@pytest.mark.parametrize("path", ["", "programme.ics", "programme.pdf", "data-notice/"])
def test_what_is_not_published_is_not_found(client, path):
    meeting = load_dialogue()
    meeting.is_published = False
    meeting.save(update_fields=["is_published"])

    assert client.get(f"/en/mine-free-americas/{path}").status_code == 404


def test_an_address_that_does_not_exist_is_refused_in_the_language_of_the_address(client):
    response = client.get("/es/no-existe/")

    assert response.status_code == 404
    assert "Página no encontrada" in response.content.decode()


def test_nobody_can_write_to_the_page(client):
    load_dialogue()

    assert client.post("/en/mine-free-americas/").status_code == 405
