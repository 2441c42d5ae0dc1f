import re
from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from registrations.views import second_factor as pages
from registrations.views.desk_checks import check_second_factor
from tests.authenticator import code_at
from tests.desk_rows import PARTICIPANTS, an_organizer, desk_of
from tests.make import NOW

pytestmark = pytest.mark.django_db
SECOND_FACTOR, REPLACE, CODES = "/admin/second-factor/", "/admin/second-factor/replace/", "/admin/second-factor/codes/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.DESK_SECOND_FACTOR = True


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def log_in(*permissions: str, username: str = "ana") -> Client:
    """A browser in which the password was given, and nothing else."""
    an_organizer(*permissions, username=username)
    client = Client()
    client.post("/admin/login/", {"username": username, "password": "a long password"})
    return client


def shown(page: str, name: str) -> str:
    patterns = {"secret": r'<code class="secret">([A-Z2-7 ]+)</code>', "seal": r'name="seal" value="([^"]+)"'}
    return re.search(patterns[name], page)[1]


def enrol(client: Client, *, page: str = SECOND_FACTOR, moment=NOW) -> tuple[str, list[str]]:
    """The secret that the app holds afterwards, and the recovery codes."""
    form = client.get(page).content.decode()
    secret = shown(form, "secret")
    answer = client.post(page, {"seal": shown(form, "seal"), "code": code_at(moment, secret=secret)})
    return secret, re.findall(r"<li><code>([^<]+)</code></li>", answer.content.decode())


def is_let_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_app_of_the_tests_shows_what_the_rfc_says():
    """RFC 6238, appendix B, SHA1, the last six of the eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moments = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}

    assert {seconds: code_at(NOW.fromtimestamp(seconds, NOW.tzinfo), secret=secret) for seconds in moments} == moments


def test_the_first_login_leads_to_the_enrolment_and_from_there_to_the_page_asked_for(clock):
    client = log_in("view_participant")

    page = client.get(PARTICIPANTS, follow=True)
    assert page.request["PATH_INFO"] == SECOND_FACTOR
    form = page.content.decode()
    data = {"seal": shown(form, "seal"), "code": code_at(NOW, secret=shown(form, "secret")), "next": PARTICIPANTS}
    codes = client.post(SECOND_FACTOR, data).content.decode()

    assert f'href="{PARTICIPANTS}"' in codes
    assert len(re.findall(r"<li><code>[a-z2-9]{5}-[a-z2-9]{5}</code></li>", codes)) == 10
    assert client.get(PARTICIPANTS).status_code == 200


def test_the_picture_says_the_same_as_the_written_key(clock, monkeypatch):
    addresses = []
    monkeypatch.setattr(pages, "_picture", lambda address: addresses.append(address) or "")

    secret = shown(log_in().get(SECOND_FACTOR).content.decode(), "secret")

    address = urlsplit(addresses[0])
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (address.scheme, address.netloc, unquote(address.path)) == ("otpauth", "totp", "/Diálogo localhost:ana")
    assert asked == {"secret": secret.replace(" ", ""), "algorithm": "SHA1", "digits": "6", "period": "30", "issuer": "Diálogo localhost"}


def test_a_wrong_code_sets_nothing_up(clock):
    client = log_in()
    form = client.get(SECOND_FACTOR).content.decode()
    secret, wrong = shown(form, "secret"), code_at(NOW + timedelta(hours=1), secret=shown(form, "secret"))

    answer = client.post(SECOND_FACTOR, {"seal": shown(form, "seal"), "code": wrong}).content.decode()

    assert "This code is not right" in answer
    assert shown(answer, "secret") == secret
    assert (TOTPDevice.objects.count(), is_let_in(client)) == (0, False)


def test_a_key_is_set_up_only_by_the_form_that_showed_it_within_the_hour(clock):
    client, other = log_in(), log_in(username="eva")
    form = client.get(SECOND_FACTOR).content.decode()
    seal, secret = shown(form, "seal"), shown(form, "secret")

    stolen = other.post(SECOND_FACTOR, {"seal": seal, "code": code_at(NOW, secret=secret)})
    clock.move_to(NOW + timedelta(minutes=61))
    late = client.post(SECOND_FACTOR, {"seal": seal, "code": code_at(NOW + timedelta(minutes=61), secret=secret)})

    assert [shown(answer.content.decode(), "secret") == secret for answer in (stolen, late)] == [False, False]
    assert b"more than an hour" in late.content
    assert TOTPDevice.objects.count() == 0


def test_later_logins_ask_for_a_code_that_counts_once(clock):
    secret, _codes = enrol(log_in("view_participant"))
    later = NOW + timedelta(minutes=5)
    clock.move_to(later)
    client, thief = (desk_of(User.objects.get()) for _index in range(2))

    assert not is_let_in(client)
    answer = client.post(SECOND_FACTOR, {"code": f" {code_at(later, secret=secret)} ", "next": PARTICIPANTS})
    again = thief.post(SECOND_FACTOR, {"code": code_at(later, secret=secret)})

    assert (answer.status_code, answer.url, is_let_in(client)) == (302, PARTICIPANTS, True)
    assert (again.status_code, is_let_in(thief)) == (200, False)


def test_the_code_leads_to_no_other_site(clock):
    _secret, codes = enrol(log_in())

    answer = desk_of(User.objects.get()).post(SECOND_FACTOR, {"code": codes[0], "next": "https://elsewhere.example.org/"})

    assert answer.url == "/admin/"


def test_a_recovery_code_opens_the_desk_once_and_is_kept_as_a_hash_only(clock):
    _secret, codes = enrol(log_in())
    client, thief = (desk_of(User.objects.get()) for _index in range(2))

    assert not set(StaticToken.objects.values_list("token", flat=True)) & {form for code in codes for form in (code, code.replace("-", ""))}
    client.post(SECOND_FACTOR, {"code": codes[3].upper().replace("-", " ")})
    thief.post(SECOND_FACTOR, {"code": codes[3]})

    assert (is_let_in(client), is_let_in(thief), StaticToken.objects.count()) == (True, False, 9)
    assert b"You have 9 recovery codes left." in client.get(SECOND_FACTOR).content


def test_wrong_codes_make_the_next_ones_wait_longer_and_longer(clock):
    secret, codes = enrol(log_in())
    client, moment = desk_of(User.objects.get()), NOW + timedelta(minutes=5)
    clock.move_to(moment)
    wrong = code_at(NOW - timedelta(days=1), secret=secret)

    said = []
    for pause in (0, 1, 2, 4):
        moment += timedelta(seconds=pause)
        clock.move_to(moment)
        client.post(SECOND_FACTOR, {"code": wrong})
        page = client.post(SECOND_FACTOR, {"code": code_at(moment, secret=secret)}).content.decode()
        said += re.findall(r"Try again in (\d+ \w+)", page)

    assert (said, is_let_in(client)) == (["1 second", "2 seconds", "4 seconds", "8 seconds"], False)
    client.post(SECOND_FACTOR, {"code": codes[0]})
    assert is_let_in(client)


def test_recovery_codes_are_throttled_as_well(clock):
    _secret, codes = enrol(log_in())
    client = desk_of(User.objects.get())

    client.post(SECOND_FACTOR, {"code": "aaaaa-bbbbb"})
    page = client.post(SECOND_FACTOR, {"code": codes[0]}).content

    assert (b"Try again in 1 second" in page, is_let_in(client)) == (True, False)


def test_another_app_takes_the_place_of_the_first_and_closes_other_sessions(clock):
    client = log_in()
    first, old_codes = enrol(client)
    elsewhere = desk_of(User.objects.get())
    elsewhere.post(SECOND_FACTOR, {"code": old_codes[0]})
    clock.move_to(later := NOW + timedelta(minutes=2))

    second, codes = enrol(client, page=REPLACE, moment=later)

    assert (is_let_in(client), is_let_in(elsewhere), len(codes)) == (True, False, 10)
    clock.move_to(later := NOW + timedelta(minutes=4))
    for given in (code_at(later, secret=first), old_codes[1]):
        elsewhere.post(SECOND_FACTOR, {"code": given})
        assert not is_let_in(elsewhere)
    clock.move_to(later := NOW + timedelta(minutes=6))
    elsewhere.post(SECOND_FACTOR, {"code": code_at(later, secret=second)})
    assert is_let_in(elsewhere)


def test_new_recovery_codes_take_the_place_of_the_earlier_ones(clock):
    client = log_in()
    _secret, old = enrol(client)

    new = re.findall(r"<li><code>([^<]+)</code></li>", client.post(CODES).content.decode())
    again = client.get(CODES)

    assert (len(set(new)), len(set(new) & set(old)), again.url) == (10, 0, SECOND_FACTOR)
    other = desk_of(User.objects.get())
    other.post(SECOND_FACTOR, {"code": old[0]})
    assert not is_let_in(other)


@pytest.mark.parametrize("page", [REPLACE, CODES, PARTICIPANTS, "/admin/password_change/", "/admin/jsi18n/"])
def test_the_password_alone_opens_nothing_and_changes_nothing(clock, page):
    enrol(log_in("view_participant"))
    client = desk_of(User.objects.get())
    kept = list(StaticToken.objects.values_list("token", flat=True))

    for answer in (client.get(page, follow=True), client.post(page, follow=True)):
        assert answer.request["PATH_INFO"] == SECOND_FACTOR
        assert 'name="code"' in answer.content.decode()
        assert "desk-nav" not in answer.content.decode()
    assert list(StaticToken.objects.values_list("token", flat=True)) == kept


def test_another_account_can_be_used_from_the_page_that_asks_for_the_code(clock):
    client = log_in()

    assert client.post(SECOND_FACTOR, {"leave": "yes"}).url == "/admin/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", [SECOND_FACTOR, REPLACE, CODES])
def test_who_is_not_of_the_secretariat_sees_no_such_page(page):
    delegate = Client()
    delegate.force_login(User.objects.create_user("delegate"), backend="django.contrib.auth.backends.ModelBackend")

    for client in (Client(), delegate):
        assert client.post(page, follow=True).request["PATH_INFO"] == "/admin/login/"


def test_where_the_setting_is_off_the_password_is_enough_and_there_is_no_such_page(settings):
    settings.DESK_SECOND_FACTOR = False
    client = log_in()

    assert (is_let_in(client), client.get(SECOND_FACTOR).status_code) == (True, 404)
    assert SECOND_FACTOR not in client.get("/admin/").content.decode()


def test_a_colleague_who_lost_everything_is_reset_by_a_command(clock):
    client, out = log_in(), StringIO()
    enrol(client)

    call_command("reset_second_factor", "ana", stdout=out)
    call_command("reset_second_factor", "ana", stdout=out)

    assert out.getvalue().splitlines() == [
        "ana sets up a new second factor at the next login.",
        "ana had no second factor; it is set up at the next login.",
    ]
    assert (is_let_in(client), StaticToken.objects.count()) == (False, 0)
    enrol(client)
    assert is_let_in(client)


def test_the_command_knows_accounts_only():
    with pytest.raises(CommandError, match="There is no account named maria"):
        call_command("reset_second_factor", "maria")


def test_the_deployment_check_warns_where_a_password_is_enough(settings):
    assert check_second_factor() == []
    settings.DESK_SECOND_FACTOR = False
    assert [warning.id for warning in check_second_factor()] == ["registrations.W001"]


def test_keys_and_codes_are_not_shown_at_the_desk(clock):
    User.objects.create_superuser("chief", password="a long password")
    client = Client()
    client.post("/admin/login/", {"username": "chief", "password": "a long password"})
    enrol(client)

    assert [client.get(f"/admin/{address}/").status_code for address in ("otp_totp/totpdevice", "otp_static/staticdevice")] == [404, 404]


@pytest.mark.parametrize(("is_asked", "statements"), [(True, 10), (False, 9)])
def test_the_second_factor_costs_one_statement_a_page(clock, settings, django_assert_num_queries, is_asked, statements):
    client = log_in("view_entity")
    enrol(client)
    settings.DESK_SECOND_FACTOR = is_asked
    if not is_asked:
        client = desk_of(User.objects.get())

    with django_assert_num_queries(statements):
        assert client.get("/admin/registrations/entity/").status_code == 200
