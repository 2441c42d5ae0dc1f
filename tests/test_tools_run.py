import os
import socket
import stat
import subprocess
import sys
from datetime import date

import pytest

from tools import ROOT, run
from tools.prepare import next_first_day


@pytest.mark.parametrize(
    ("today", "first_day"),
    [
        (date(2026, 11, 23), date(2027, 2, 10)),
        (date(2027, 2, 9), date(2027, 2, 10)),
        (date(2027, 2, 10), date(2028, 2, 10)),
        (date(2027, 12, 31), date(2028, 2, 10)),
    ],
)
def test_first_day_is_the_next_tenth_of_february_after_today(today, first_day):
    assert next_first_day(today) == first_day


def test_port_in_use_is_refused_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(SystemExit) as refusal:
            run.port_from({"PORT": str(taken)})

    assert str(refusal.value).startswith(f"Port {taken} is in use on this machine. Take another one: PORT=")


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "eight", "80 10"])
def test_port_that_is_no_number_is_refused(text):
    with pytest.raises(SystemExit, match="no port number"):
        run.port_from({"PORT": text})


def test_secret_key_is_kept_and_private(tmp_path):
    file = tmp_path / "secret_key"

    first, second = run.kept_secret_key(file), run.kept_secret_key(file)

    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_environment_of_the_caller_wins():
    environment = run.site_environment({"SITE_URL": "http://localhost:9000", "LANG": "C"}, port=8010, secret_key="k")

    assert environment["SITE_URL"] == "http://localhost:9000"
    assert environment["ALLOWED_HOSTS"] == "127.0.0.1,localhost"
    assert environment["LANG"] == "C"


def test_mails_are_written_to_var_unless_the_caller_says_where_they_go():
    assert run.site_environment({}, port=8000, secret_key="k")["EMAIL_FILE_PATH"] == str(ROOT / "var" / "mail")
    assert "EMAIL_BACKEND" not in run.site_environment({"EMAIL_URL": "smtp://relay:25"}, port=8000, secret_key="k")


def test_addresses_are_printed_in_the_agreed_form(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "VAR", tmp_path)
    (tmp_path / "organizer").write_text("organizer s3cret\n")

    printed = run.addresses({"EMAIL_FILE_PATH": str(ROOT / "var" / "mail")}, port=8010)

    assert printed.splitlines() == [
        "Site  http://127.0.0.1:8010/en/mine-free-americas/  http://127.0.0.1:8010/es/mine-free-americas/",
        "Desk  http://127.0.0.1:8010/admin/  user organizer  password s3cret",
        "Mail  var/mail/",
    ]


def test_a_changed_password_is_not_printed_but_how_to_set_one(tmp_path):
    assert "changepassword organizer" in run.organizer(tmp_path / "organizer")


def test_children_are_gone_when_one_stops_by_itself():
    """Runs in a child of its own, because the supervision changes the signal handlers of its process."""
    script = f"""
import sys
from tools import run
sleeper, quitter = [sys.executable, "-c", "import time; time.sleep(60)"], [sys.executable, "-c", "raise SystemExit(3)"]
with run.running({{"web server": sleeper, "mail worker": quitter}}, {dict(os.environ)!r}) as children:
    print(children["web server"].pid, flush=True)
    run.wait_until_one_stops(children)
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)

    assert result.stderr == "The mail worker stopped (exit code 3), so the rest is stopped too. Its last words are above.\n"
    assert result.returncode == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(result.stdout), 0)


def test_killed_child_is_named_with_its_signal():
    assert run.how_it_ended(-9) == "killed by SIGKILL"
