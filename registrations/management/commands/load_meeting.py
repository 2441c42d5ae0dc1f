from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registrations.importing.files import FileError, faults_in, read_text
from registrations.importing.meeting import load_meeting
from registrations.importing.meeting_file import read_meeting
from registrations.queries.meetings import is_known


class Command(BaseCommand):
    help = "Loads or updates a meeting with its programme from a file such as data/regional-dialogue-2021.json, and publishes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--first-day", type=a_day, metavar="YYYY-MM-DD", help="moves the meeting so that it begins on this day")
        parser.add_argument("--if-missing", action="store_true", help="leaves a meeting alone that is there already")

    def handle(self, *, file: Path, first_day: date | None, if_missing: bool, **options: Any) -> None:
        try:
            with faults_in(file):
                given = read_meeting(read_text(file), first_day=first_day)
                if if_missing and is_known(given.slug):
                    return
                meeting = load_meeting(given, now=timezone.now())
        except FileError as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"{meeting.slug}: loaded as version {meeting.version}.")


def a_day(text: str) -> date:
    """The date, or argparse's refusal with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError as trouble:
        raise ArgumentTypeError(f"“{text}” is not a date such as 2027-02-10.") from trouble
