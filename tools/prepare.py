"""What `make run` does before the site starts: database, lists, meeting, organizer, static files.

It runs in one process of its own, so that Django is loaded once and its exit code tells whether the site can start.
"""

import io
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from tools import ROOT
from tools.static_files import collect_if_changed

MEETING_FILE = ROOT / "data" / "regional-dialogue-2021.json"
MEETING_ZONE = ZoneInfo("Europe/Zurich")
ORGANIZER_FILE = ROOT / "var" / "organizer"


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        django.setup()
        prepare(today=datetime.now(MEETING_ZONE).date())
    except (ImproperlyConfigured, CommandError, DatabaseError) as reason:
        sys.exit(f"The site could not be prepared: {reason}")


def prepare(*, today: date) -> None:
    """Brings the database and the static files up to date; what is there already is kept."""
    print("Preparing the database ...", flush=True)
    _command("migrate", interactive=False, verbosity=0)
    _command("load_entities")
    _command("load_meeting", str(MEETING_FILE), "--first-day", next_first_day(today).isoformat(), "--if-missing")
    remember_organizer(_command("create_organizer"), file=ORGANIZER_FILE)
    _collect_static_files()


def next_first_day(today: date) -> date:
    """The next 10 February strictly after `today`."""
    this_year = date(today.year, 2, 10)
    return this_year if today < this_year else date(today.year + 1, 2, 10)


def remember_organizer(created: str, *, file: Path) -> None:
    """Keeps the new organizer's name and password in `file`, and drops a password there that no longer opens the desk."""
    if created.strip():
        file.touch(mode=0o600)
        file.write_text(created)
    elif file.exists() and not _opens_the_desk(*file.read_text().split()):
        file.unlink()


def _opens_the_desk(username: str, password: str) -> bool:
    from django.contrib.auth import get_user_model  # noqa: PLC0415  models can be imported only after django.setup()

    user = get_user_model().objects.filter(username=username, is_staff=True, is_active=True).first()
    return user is not None and user.check_password(password)


def _collect_static_files() -> None:
    from django.conf import settings  # noqa: PLC0415  read only after main() is ready to report what is wrong with them

    collect_if_changed(Path(settings.STATIC_ROOT))


def _command(name: str, *arguments: str, **options: object) -> str:
    printed = io.StringIO()
    call_command(name, *arguments, stdout=printed, **options)
    return printed.getvalue()


if __name__ == "__main__":
    main()
