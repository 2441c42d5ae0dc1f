"""A production start with something missing or unsafe stops with one clear sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "k7Jq2mWx9LrT4vNzBd8Hs6FpYc3GaEuQ5iKoXwRtMnUj1ZyVb0",
    "ALLOWED_HOSTS": "meetings.example.org",
    "SITE_URL": "https://meetings.example.org",
    "DEFAULT_FROM_EMAIL": "registration@example.org",
}


def check(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "manage.py", "check", *arguments, **changes)


def run(*command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {name: value for name, value in (inherited | PRODUCTION | changes).items() if value is not None}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_production_settings_pass_djangos_deployment_checks():
    result = check("--deploy", "--fail-level", "WARNING")

    assert (result.returncode, re.findall(r"\?: \((\S+)\)", result.stderr)) == (0, ["registrations.I001"])
    assert "because nobody reads answers (REPLIES=off)" in result.stderr


def test_a_desk_that_a_password_alone_opens_fails_the_deployment_checks():
    result = check("--deploy", "--fail-level", "WARNING", DESK_SECOND_FACTOR="false")

    assert (result.returncode, "password alone (DESK_SECOND_FACTOR=false)" in result.stderr) == (1, True)


def test_debug_leaves_the_second_factor_out_unless_it_is_asked_for():
    script = "from dialogo import settings; print(settings.DESK_SECOND_FACTOR)"
    environments = [{}, {"DEBUG": "true"}, {"DEBUG": "true", "DESK_SECOND_FACTOR": "true"}]

    assert [run(sys.executable, "-c", script, **each).stdout for each in environments] == ["True\n", "False\n", "True\n"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set. Set it in the environment to 50 random characters that stay the same"),
        ({"SECRET_KEY": "secret"}, "SECRET_KEY is too weak: it signs every personal link."),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is not set."),
        ({"SITE_URL": None}, "SITE_URL is not set."),
        ({"SITE_URL": "http://meetings.example.org"}, "SITE_URL is http://meetings.example.org: personal links must not travel unencrypted."),
        ({"DEFAULT_FROM_EMAIL": None}, "DEFAULT_FROM_EMAIL is not set."),
        ({"DEFAULT_FROM_EMAIL": "nonsense"}, "DEFAULT_FROM_EMAIL has no address."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is *:"),
        ({"SITE_URL": "meetings.example.org"}, "SITE_URL is meetings.example.org: write the whole address"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be understood."),
        ({"DATABASE_URL": "foo://user@host/name"}, "DATABASE_URL cannot be understood."),
        ({"TRUSTED_PROXIES": "abc"}, "TRUSTED_PROXIES cannot be understood."),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES cannot be understood."),
        ({"LOG_LEVEL": "foo"}, "LOG_LEVEL cannot be understood."),
        ({"CALENDAR_MODE": "foo"}, "CALENDAR_MODE cannot be understood. Set it to invite or attach."),
        ({"REPLIES": "foo"}, "REPLIES cannot be understood. Set it to off, webhook or mailbox."),
        ({"ANYMAIL": "xyz"}, "ANYMAIL cannot be understood."),
        ({"DESK_SECOND_FACTOR": "perhaps"}, "DESK_SECOND_FACTOR cannot be understood."),
    ],
    ids=[
        "no key",
        "weak key",
        "no hosts",
        "no address",
        "no https",
        "no sender",
        "no address of the sender",
        "any host",
        "no scheme",
        "no database",
        "a database of another kind",
        "no number",
        "a number below zero",
        "no level",
        "no mode",
        "no way back",
        "no pair",
        "neither yes nor no",
    ],
)
def test_a_start_with_something_missing_or_unsafe_is_refused_with_one_sentence(changes, sentence):
    result = check(**changes)

    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert last_line.startswith(sentence)
    assert "Traceback" not in result.stderr


def test_on_a_developers_machine_debug_is_enough():
    assert check(DEBUG="true", **dict.fromkeys(PRODUCTION)).returncode == 0


def test_the_web_server_stops_with_the_sentence_instead_of_starting_again_and_again():
    server = [sys.executable, "-m", "gunicorn", "dialogo.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"]

    result = run(*server, SECRET_KEY=None)

    assert result.returncode == 4
    assert result.stderr.count("SECRET_KEY is not set.") == 1


@pytest.mark.parametrize("server", ["wsgi", "asgi"])
def test_a_server_refuses_what_manage_py_refuses(server: str):
    started = run(sys.executable, "-c", f"import dialogo.{server}", REPLIES="webhook")
    sound = run(sys.executable, "-c", f"import dialogo.{server}")

    assert started.returncode != 0
    assert started.stderr.splitlines()[-1].endswith("with a password that `openssl rand -hex 24` printed once.")
    assert "Traceback" not in started.stderr
    assert (sound.returncode, sound.stderr) == (0, "")
