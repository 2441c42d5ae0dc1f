"""`make run`: prepares var/, then keeps the web server and the mail worker running together until Ctrl-C."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tools import ROOT

VAR = ROOT / "var"
MEETING = "mine-free-americas"
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 10
Children = dict[str, "subprocess.Popen[bytes]"]


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    port = port_from(os.environ)
    VAR.mkdir(exist_ok=True)
    environment = site_environment(os.environ, port=port, secret_key=kept_secret_key(VAR / "secret_key"))
    subprocess.run([sys.executable, "-m", "tools.prepare"], cwd=ROOT, env=environment, start_new_session=True, check=True)
    with running(commands(port), environment) as children:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", children)
        print(addresses(environment, port=port), flush=True)
        wait_until_one_stops(children)


def port_from(environment: Mapping[str, str]) -> int:
    """The port to listen on; leaves with a sentence when it is no port number or is taken."""
    text = environment.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT is {text!r}, which is no port number. Choose one, for example: PORT=8010 make run")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(text))) == 0:
            sys.exit(f"Port {text} is in use on this machine. Take another one: PORT={int(text) % 65525 + 10} make run")
    return int(text)


def kept_secret_key(file: Path) -> str:
    """The secret key of this working copy, made at the first call and readable by its owner only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()


def site_environment(given: Mapping[str, str], *, port: int, secret_key: str) -> dict[str, str]:
    """The environment of the site on this machine: what the caller has set wins over what is set here."""
    mail = {} if "EMAIL_URL" in given else {"EMAIL_BACKEND": "registrations.mail.eml_backend.EmailBackend", "EMAIL_FILE_PATH": str(VAR / "mail")}
    defaults = {
        "DJANGO_SETTINGS_MODULE": "dialogo.settings",
        "DEBUG": "false",
        "SECRET_KEY": secret_key,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEFAULT_FROM_EMAIL": "Diálogo <registration@dialogo.example.org>",
        "SIGN_UPS_PER_ADDRESS_AND_HOUR": "10000",
        "DESK_SECOND_FACTOR": "false",
    }
    return {**defaults, **mail, **given}


def commands(port: int) -> dict[str, list[str]]:
    """What runs side by side, under the name a person would give it."""
    gunicorn = ["-m", "gunicorn", "dialogo.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--graceful-timeout", "5"]
    return {
        "web server": [sys.executable, *gunicorn, "--no-control-socket", "--log-level", "warning"],
        "mail worker": [sys.executable, "manage.py", "send_outbox"],
    }


@contextmanager
def running(started: Mapping[str, list[str]], environment: Mapping[str, str]) -> Iterator[Children]:
    """The commands as child processes, out of reach of the terminal's Ctrl-C; all of them have ended afterwards."""
    children: Children = {}
    try:
        for name, command in started.items():
            children[name] = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        yield children
    finally:
        stop(children)


def stop(children: Children) -> None:
    """Asks every child to end and waits; a child that does not listen is killed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_until_it_answers(address: str, children: Children) -> None:
    """Returns once the site answers; leaves with a sentence when it does not."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not answers(address):
        leave_if_one_stopped(children)
        if time.monotonic() > deadline:
            sys.exit(f"The site did not answer at {address} within {SECONDS_TO_ANSWER} seconds.")
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Whether a web server answers there with anything but a fault of its own."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310  always http://127.0.0.1
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False


def wait_until_one_stops(children: Children) -> None:
    """Never returns: leaves with a sentence when a child ends by itself."""
    while True:
        leave_if_one_stopped(children)
        time.sleep(0.3)


def leave_if_one_stopped(children: Children) -> None:
    for name, child in children.items():
        code = child.poll()
        if code is not None:
            sys.exit(f"The {name} stopped ({how_it_ended(code)}), so the rest is stopped too. Its last words are above.")


def how_it_ended(code: int) -> str:
    """In words, what a child's return code says."""
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"


def addresses(environment: Mapping[str, str], *, port: int) -> str:
    """What a person needs to know about the running site, one line each."""
    site = f"http://127.0.0.1:{port}"
    mail = "as EMAIL_URL says" if "EMAIL_FILE_PATH" not in environment else f"{os.path.relpath(environment['EMAIL_FILE_PATH'], ROOT)}/"
    return f"Site  {site}/en/{MEETING}/  {site}/es/{MEETING}/\nDesk  {site}/admin/  {organizer(VAR / 'organizer')}\nMail  {mail}"


def organizer(file: Path) -> str:
    """The account that opens the desk, or how to give it a new password when the first one was changed."""
    if not file.exists():
        return "password changed; set a new one: DEBUG=true .venv/bin/python manage.py changepassword organizer"
    name, password = file.read_text().split()
    return f"user {name}  password {password}"


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
