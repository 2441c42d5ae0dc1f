"""The sign-up form over HTTP, without scripts."""

from datetime import timedelta

import pytest
import time_machine

from registrations.enums import EntityKind, Status
from registrations.models import Delegation, OutboxMessage, Participant, Submission
from tests.make import NOW, a_meeting, an_entity
from tests.web_form import GENEVA, ORGANIZATION, open_form, sentences, somebody, soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(clock):
    an_entity("PE", "Peru", "Perú")
    an_entity("EC", "Ecuador", "Ecuador")
    return a_meeting(slug="dialogue")


def address(path: str, language: str = "en") -> str:
    return f"/{language}/dialogue/{path}"


def send(client, clock, path, *, language="en", seconds=20, **fields):
    values = open_form(client, address(path, language), **fields)
    clock.shift(timedelta(seconds=seconds))
    return client.post(address(path, language), values)


def nothing_is_written() -> bool:
    return not any(model.objects.exists() for model in (Participant, Delegation, Submission, OutboxMessage))


# --- what the page offers ----------------------------------------------------------------------------------------------
def test_the_three_delegation_types_can_be_chosen(client, meeting):
    page = soup(client.get(address("register/")))

    assert [link["href"] for link in page.select("ul.doors a")] == [
        f"/en/dialogue/register/{code}/" for code in ("geneva_mission", "oas_observer", "organization")
    ]


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Ecuador", "Spain", "Ukraine", "United Kingdom", "Yemen"]), ("es", ["Ecuador", "España", "Reino Unido", "Ucrania", "Yemen"])],
)
def test_states_stand_in_the_readers_alphabet(client, clock, language, names):
    a_meeting(slug="dialogue")
    for code, name_en, name_es in [
        ("UA", "Ukraine", "Ucrania"),
        ("ES", "Spain", "España"),
        ("GB", "United Kingdom", "Reino Unido"),
        ("EC", "Ecuador", "Ecuador"),
        ("YE", "Yemen", "Yemen"),
    ]:
        an_entity(code, name_en, name_es)
    an_entity("XO", "An observer only", "Solo observador", groups=["oas_permanent_observer"])

    options = soup(client.get(address(GENEVA, language))).select("select[name=entity] option")

    assert [option.text for option in options[1:]] == names
    assert options[0]["value"] == ""


def test_organizations_are_suggested_but_not_imposed(client, clock, meeting):
    an_entity("org-mag", "Mines Advisory Group", "", kind=EntityKind.NGO)
    page = soup(client.get(address(ORGANIZATION, "es")))
    assert [option["value"] for option in page.select("datalist#organizations option")] == ["Mines Advisory Group"]

    send(client, clock, ORGANIZATION, organization="Fundación Ñandutí")

    assert [str(delegation) for delegation in Delegation.objects.all()] == ["Fundación Ñandutí"]


def test_the_form_begins_with_all_sessions_and_the_language_of_the_page(client, meeting):
    values = values_of(soup(client.get(address(GENEVA, "es"))))

    assert (values["participants-0-sessions"], values["participants-0-language"]) == (["1", "2"], "es")


# --- what the answer says -----------------------------------------------------------------------------------------------
def test_a_mission_is_confirmed_at_once_with_a_reference(client, clock, meeting):
    response = send(client, clock, GENEVA)

    participant = Participant.objects.get()
    page = soup(response)
    assert page.h1.text == "The registration is confirmed"
    assert page.select_one(".people .reference").text == participant.reference
    assert page.select_one(".people .status").text == "Confirmed"
    assert (participant.status, participant.role, str(participant.delegation.entity)) == (Status.CONFIRMED, "head", "Peru")


def test_what_was_received_for_review_is_never_shown_as_confirmed(client, clock, meeting):
    response = send(client, clock, ORGANIZATION)

    page = soup(response)
    assert page.h1.text == "The registration has been received"
    assert page.select_one(".people .status").text == "Received, under review"
    assert "It is not confirmed yet" in page.text


def test_somebody_on_the_waiting_list_is_told_so(client, clock, meeting):
    meeting.seats = 0
    meeting.save()

    page = soup(send(client, clock, GENEVA))

    assert page.select_one(".people .status").text == "On the waiting list"


def test_the_answer_has_an_address_of_its_own_in_both_languages(client, clock, meeting):
    page = soup(send(client, clock, GENEVA))
    reference = page.select_one(".reference").text

    for link in page.select(".languages a"):
        again = soup(client.get(link["href"]))
        assert (again.html["lang"], again.select_one(".reference").text) == (link["lang"], reference)


def test_a_made_up_answer_address_is_not_found(client, meeting):
    assert client.get("/en/dialogue/register/done/5b7f3c52-0000-4000-8000-000000000000.x/").status_code == 404


def test_a_double_click_makes_one_registration_and_gives_one_answer(client, clock, meeting):
    values = open_form(client, address(GENEVA))
    clock.shift(timedelta(seconds=20))

    first, second = client.post(address(GENEVA), values), client.post(address(GENEVA), values)

    assert (Participant.objects.count(), OutboxMessage.objects.count()) == (1, 2)
    assert soup(first).select_one(".people").text == soup(second).select_one(".people").text


def test_a_form_sent_again_after_going_back_and_changing_it_counts_anew(client, clock, meeting):
    values = open_form(client, address(GENEVA))
    clock.shift(timedelta(seconds=20))
    client.post(address(GENEVA), values)

    client.post(address(GENEVA), values | somebody(0, family_names="Otra Persona", email="otra@example.org"))

    assert sorted(Participant.objects.values_list("family_names", flat=True)) == ["Muñoz Peña I", "Otra Persona"]


def test_the_answer_does_not_tell_who_was_registered_before(client, clock, meeting):
    first = send(client, clock, GENEVA)
    again = send(client, clock, GENEVA)

    shown, shown_again = (soup(response).main.text.replace(soup(response).select_one(".reference").text, "REFERENCE") for response in (first, again))
    assert shown == shown_again
    assert Participant.objects.count() == 1


def test_a_whole_delegation_with_a_focal_point_of_its_own(client, clock, meeting):
    people = somebody(0) | somebody(1) | somebody(2, sessions=["2"], language="en")

    send(
        client,
        clock,
        GENEVA,
        **people,
        **{"participants-TOTAL_FORMS": "3", "focal_point_name": "Rosa Archivo", "focal_point_email": "protocolo@mision.example.org"},
    )

    delegation = Delegation.objects.get()
    assert (delegation.focal_point_name, delegation.focal_point_language) == ("Rosa Archivo", "en")
    assert [(p.order, p.language, [s.number for s in p.sessions.all()]) for p in delegation.participants.order_by("order")] == [
        (1, "es", [1, 2]),
        (2, "es", [1, 2]),
        (3, "en", [2]),
    ]
    assert OutboxMessage.objects.filter(kind="summary").count() == 1


def test_a_participant_left_blank_altogether_is_passed_over(client, clock, meeting):
    blank = somebody(1, honorific="", given_names="", family_names="", position="", email="", phone="", role="")

    send(client, clock, GENEVA, **blank, **{"participants-TOTAL_FORMS": "2"})

    assert Participant.objects.count() == 1


# --- people's names -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given_names", "family_names"),
    [
        ("", "Farhadullah"),
        ("O", "E"),
        ("María José", "de la Cruz y Ñáñez"),
        ("Wouter", "van der Meulen"),
        ("Seán", "O’Súilleabháin-d'Arcy"),
        ("Kaʻiulani", "Kawānanakoa"),
        ("Đorđe", "Šimunović-Łaski"),
        ("Şükrü", "İnönü"),
        ("明", "李"),
        ("محمد", "الأمين"),
    ],
)
def test_names_are_kept_exactly_as_typed(client, clock, meeting, given_names, family_names):
    send(client, clock, GENEVA, **{"participants-0-given_names": given_names, "participants-0-family_names": family_names})

    assert Participant.objects.values_list("given_names", "family_names").get() == (given_names, family_names)


def test_capital_and_small_letters_are_never_changed(client, clock, meeting):
    response = send(client, clock, GENEVA, **{"participants-0-given_names": "maría JOSÉ", "participants-0-family_names": "DE la cruz"})

    assert "S.E. Sra. maría JOSÉ DE la cruz" in soup(response).text


# --- what is refused, with nothing written and nothing lost ----------------------------------------------------------------
REFUSALS = {
    "no State": ({"entity": ""}, "Choose the State that the delegation represents."),
    "unknown State": ({"entity": "ZZ"}, "This entry is not on the list. Choose one from the list."),
    "unknown session": (
        {"participants-0-sessions": ["1", "7"]},
        "Participant 1: One of the chosen sessions is not part of this meeting. Choose from the sessions listed.",
    ),
    "a session that is no number": (
        {"participants-0-sessions": ["x"]},
        "Participant 1: Select a valid choice. x is not one of the available choices.",
    ),
    "no session": ({"participants-0-sessions": []}, "Participant 1: Choose at least one session."),
    "no family names": ({"participants-0-family_names": "  "}, "Participant 1: Enter the family names."),
    "no letter": ({"participants-0-family_names": "--"}, "Participant 1: Enter at least one letter."),
    "no position": ({"participants-0-position": ""}, "Participant 1: Enter the position, as it should appear in the list of participants."),
    "no function": ({"participants-0-role": ""}, "Participant 1: Choose the function in the delegation."),
    "an unknown function": ({"participants-0-role": "king"}, "Participant 1: Select a valid choice. king is not one of the available choices."),
    "no e-mail": ({"participants-0-email": ""}, "Participant 1: Enter the e-mail address to which the calendar invitations go."),
    "a mistyped e-mail": ({"participants-0-email": "maria@"}, "Participant 1: Enter an e-mail address in the form name@example.org."),
    "a header in the e-mail": (
        {"participants-0-email": "a@b.org\nBcc: x@y.org"},
        "Participant 1: Enter an e-mail address in the form name@example.org.",
    ),
    "a header in the name": (
        {"participants-0-given_names": "Ana\r\nBcc: x@y.org"},
        "Participant 1: This contains a line break or an invisible control character. Type it again without.",
    ),
    "a header in the focal point": (
        {"focal_point_name": "Ana\nBcc: x@y.org", "focal_point_email": "a@b.org"},
        "This contains a line break or an invisible control character. Type it again without.",
    ),
    "a null character": ({"participants-0-family_names": "Mu\x00noz"}, "Participant 1: Null characters are not allowed."),
    "writing turned round": (
        {"participants-0-position": "\u202eAdvisor"},
        "Participant 1: This contains a line break or an invisible control character. Type it again without.",
    ),
    "a link as a name": (
        {"participants-0-given_names": "http://spam.example"},
        "Participant 1: Enter the name or title only, without a web address.",
    ),
    "too long": (
        {"participants-0-family_names": "x" * 121},
        "Participant 1: Ensure this value has at most 120 characters (it has 121).",
    ),
    "no consent": ({"consent": ""}, "Confirm that everybody has been informed of the data protection notice."),
    "half a focal point": ({"focal_point_name": "Rosa"}, "Enter the e-mail address of the focal point as well, or leave both fields empty."),
    "the other half": ({"focal_point_email": "rosa@example.org"}, "Enter the name of the focal point as well, or leave both fields empty."),
    "no seal": ({"seal": ""}, "The form had been open for too long or was incomplete. Nothing you typed is lost: check it and send it again."),
    "a made-up seal": (
        {"seal": "x.y"},
        "The form had been open for too long or was incomplete. Nothing you typed is lost: check it and send it again.",
    ),
    "a robot": ({"website": "x"}, "This field must be empty: it is there to recognize automatic programs. Empty it and send the form again."),
}


@pytest.mark.parametrize(("fields", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_form_with_a_problem_is_shown_again_with_one_clear_sentence(client, clock, meeting, fields, sentence):
    response = send(client, clock, GENEVA, **fields)

    assert sentences(response) == [sentence]
    assert nothing_is_written()
    kept = values_of(soup(response))
    assert kept["participants-0-phone"] == "+41 22 700 00 00"
    assert soup(response).select_one(".is-invalid, [aria-invalid=true], #id_website") is not None


def test_the_summary_leads_to_the_fields(client, clock, meeting):
    page = soup(send(client, clock, GENEVA, **{"entity": "", "participants-0-email": "", "participants-0-sessions": [], "consent": ""}))

    targets = [link["href"].removeprefix("#") for link in page.select("#problems a")]
    assert targets == ["id_entity", "id_participants-0-email", "id_participants-0-sessions", "id_consent"]
    assert all(page.find(id=target) for target in targets)
    assert page.select_one("#problems").has_attr("autofocus")
    assert page.title.text.startswith("Error: ")


def test_a_repeated_attempt_with_a_renewed_seal_succeeds(client, clock, meeting):
    refused = send(client, clock, GENEVA, seal="")
    clock.shift(timedelta(seconds=20))

    client.post(address(GENEVA), values_of(soup(refused)))

    assert Participant.objects.count() == 1


def test_a_form_open_for_days_is_shown_again_and_then_accepted(client, clock, meeting):
    refused = send(client, clock, GENEVA, seconds=4 * 24 * 3600)
    assert sentences(refused) == ["The form had been open for too long or was incomplete. Nothing you typed is lost: check it and send it again."]
    clock.shift(timedelta(seconds=5))

    client.post(address(GENEVA), values_of(soup(refused)))

    assert Participant.objects.count() == 1


def test_a_form_sent_back_within_a_second_is_shown_again_and_then_accepted(client, clock, meeting):
    refused = send(client, clock, GENEVA, seconds=0.9)
    assert sentences(refused) == [
        "The form came back within a second, as automatic programs do. Nothing you typed is lost: check it and send it again."
    ]
    assert nothing_is_written()
    clock.shift(timedelta(seconds=1))

    client.post(address(GENEVA), values_of(soup(refused)))

    assert Participant.objects.count() == 1


def test_the_51st_participant_is_refused_and_all_51_are_kept(client, clock, meeting):
    people = {}
    for index in range(51):
        people |= somebody(index)

    response = send(client, clock, GENEVA, **people, **{"participants-TOTAL_FORMS": "51"})

    assert sentences(response) == ["One form takes 50 participants at most. Send these first and the others with a second form."]
    assert values_of(soup(response))["participants-50-email"] == "maria50@exteriores.example.com"
    assert nothing_is_written()


def test_fifty_participants_are_accepted(client, clock, meeting):
    people = {}
    for index in range(50):
        people |= somebody(index)

    send(client, clock, GENEVA, **people, **{"participants-TOTAL_FORMS": "50"})

    assert Participant.objects.count() == 50


def test_a_form_that_lost_its_management_fields_is_understood(client, clock, meeting):
    values = open_form(client, address(GENEVA)) | somebody(1)
    del values["participants-TOTAL_FORMS"], values["participants-INITIAL_FORMS"]
    clock.shift(timedelta(seconds=20))

    client.post(address(GENEVA), values)

    assert Participant.objects.count() == 2


def test_a_refusal_of_the_second_person_is_shown_beside_them(client, clock, meeting):
    twice = somebody(0) | somebody(1, family_names="MUÑOZ PEÑA I", email="MARIA0@exteriores.example.com")

    response = send(client, clock, GENEVA, **twice, **{"participants-TOTAL_FORMS": "2"})

    assert sentences(response) == ["Participant 2: María MUÑOZ PEÑA I is on this form twice with the same e-mail address. Remove one of the two."]
    assert "twice" in soup(response).find(id="id_participants-1-email_error").text
    assert nothing_is_written()


def test_a_state_that_is_not_invited_is_refused_in_the_readers_language(client, clock, meeting):
    response = send(client, clock, "register/oas_observer/", language="es", entity="EC")

    assert soup(response).find(id="id_entity_error").text.startswith("Ecuador")
    assert nothing_is_written()


@pytest.mark.parametrize(("opens", "closes"), [(timedelta(days=1), None), (None, -timedelta(days=1))], ids=["not yet", "closed"])
def test_outside_the_registration_window_there_is_a_sentence_instead_of_a_form(client, clock, meeting, opens, closes):
    meeting.registration_opens_at = opens and NOW + opens
    meeting.registration_closes_at = closes and NOW + closes
    meeting.save()

    for path in ("register/", GENEVA):
        page = soup(client.get(address(path)))
        assert page.select("form, ul.doors") == []
        assert "2027" in page.main.text


def test_a_form_that_comes_after_closing_is_shown_again_with_everything_typed(client, clock, meeting):
    values = open_form(client, address(GENEVA))
    meeting.registration_closes_at = NOW
    meeting.save()
    clock.shift(timedelta(seconds=20))

    response = client.post(address(GENEVA), values)

    assert sentences(response) == ["Registration is not open. Nothing has been recorded."]
    assert values_of(soup(response))["participants-0-email"] == "maria0@exteriores.example.com"
    assert nothing_is_written()


@pytest.mark.parametrize("path", ["register/unknown/", "register/UPPER/"])
def test_an_unknown_type_is_not_found(client, meeting, path):
    assert client.get(address(path)).status_code == 404


def test_an_unpublished_meeting_has_no_form(client, meeting):
    meeting.is_published = False
    meeting.save()

    assert [client.get(address(path)).status_code for path in ("register/", GENEVA)] == [404, 404]


# --- while it is being typed ----------------------------------------------------------------------------------------------
def test_adding_a_participant_keeps_what_was_typed_and_complains_of_nothing(client, clock, meeting):
    values = open_form(client, address(GENEVA), **{"participants-0-sessions": ["2"], "focal_point_name": "Ro"})

    page = soup(client.post(address(GENEVA), values | {"action": "add"}))

    kept = values_of(page)
    assert [legend.text.strip() for legend in page.select("fieldset.participant > legend")] == ["Participant 1", "Participant 2"]
    assert (kept["participants-0-sessions"], kept["participants-1-sessions"], kept["focal_point_name"]) == (["2"], ["1", "2"], "Ro")
    assert (kept["seal"], kept["consent"], kept["entity"]) == (values["seal"], ["on"], "PE")
    assert page.select("#problems, .is-invalid") == []


def test_removing_a_participant_closes_the_gap(client, clock, meeting):
    values = open_form(client, address(GENEVA)) | somebody(1, email="second@example.org") | somebody(2, email="third@example.org")

    kept = values_of(soup(client.post(address(GENEVA), values | {"action": "remove-1", "participants-TOTAL_FORMS": "3"})))

    assert (kept["participants-TOTAL_FORMS"], kept["participants-1-email"]) == ("2", "third@example.org")
    assert "participants-2-email" not in kept


def test_changing_the_language_keeps_what_was_typed(client, clock, meeting):
    values = open_form(client, address(GENEVA), **{"participants-0-email": "half@", "participants-0-language": "en"})
    spanish = soup(client.get(address(GENEVA))).select_one("button[lang=es]")["formaction"]

    page = soup(client.post(spanish, values | {"action": "language"}))

    kept = values_of(page)
    assert page.html["lang"] == "es"
    assert (kept["participants-0-email"], kept["participants-0-language"], kept["entity"], kept["seal"]) == ("half@", "en", "PE", values["seal"])
    assert page.select("#problems") == []


def test_changing_the_language_of_a_blank_form_changes_that_of_the_letters(client, clock, meeting):
    values = values_of(soup(client.get(address(GENEVA))))

    page = soup(client.post(address(GENEVA, "es"), values | {"action": "language"}))

    assert values_of(page)["participants-0-language"] == "es"


def test_the_return_key_sends_the_form_and_does_not_change_the_language(client, meeting):
    page = soup(client.get(address(GENEVA)))

    owned = [button for button in page.select("button") if button.get("form") == "sign-up" or button.find_parent("form")]
    assert (owned[0]["value"], owned[0].get("formaction")) == ("register", None)


# --- abuse ----------------------------------------------------------------------------------------------------------------
def test_an_address_that_sends_very_many_forms_is_asked_to_wait_and_loses_nothing(client, clock, meeting, settings):
    settings.SIGN_UPS_PER_ADDRESS_AND_HOUR = 2
    for index in range(2):
        send(client, clock, GENEVA, **somebody(0, email=f"{index}@example.org"))

    refused = send(client, clock, GENEVA, **somebody(0, email="third@example.org"))
    elsewhere = open_form(client, address(GENEVA), **somebody(0, email="elsewhere@example.org"))
    clock.shift(timedelta(seconds=9))
    client.post(address(GENEVA), elsewhere, REMOTE_ADDR="192.0.2.7")

    assert refused.status_code == 429
    assert values_of(soup(refused))["participants-0-email"] == "third@example.org"
    assert sorted(Participant.objects.values_list("email", flat=True)) == ["0@example.org", "1@example.org", "elsewhere@example.org"]


def test_an_hour_later_the_address_may_send_again(client, clock, meeting, settings):
    settings.SIGN_UPS_PER_ADDRESS_AND_HOUR = 1
    send(client, clock, GENEVA)

    send(client, clock, GENEVA, seconds=3700, **somebody(0, email="later@example.org"))

    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same_sender"),
    [(0, ["192.0.2.1", "192.0.2.2"], True), (1, ["192.0.2.1", "192.0.2.2"], False), (1, ["203.0.113.9, 192.0.2.1", "203.0.113.8, 192.0.2.1"], True)],
    ids=["no proxy: the header is made up", "our proxy names the sender", "what stands before our proxy is made up"],
)
def test_the_senders_address_is_taken_from_our_own_proxies_only(client, clock, meeting, settings, proxies, forwarded, same_sender):
    settings.TRUSTED_PROXIES = proxies
    for index, header in enumerate(forwarded):
        values = open_form(client, address(GENEVA), **somebody(0, email=f"{index}@example.org"))
        clock.shift(timedelta(seconds=9))
        client.post(address(GENEVA), values, headers={"X-Forwarded-For": header})

    assert (Submission.objects.values("address_key").distinct().count() == 1) is same_sender
    assert "192.0.2" not in str(list(Submission.objects.values()))


def test_no_cookie_is_set_and_none_is_needed(client, clock, meeting):
    response = send(client, clock, GENEVA)

    assert Participant.objects.count() == 1
    assert (dict(client.cookies), dict(response.cookies)) == ({}, {})
