from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registrations.importing.entities import load_entities
from registrations.importing.files import FileError

DATA = Path(settings.BASE_DIR) / "data"


class Command(BaseCommand):
    help = "Loads or updates the lists of States and organizations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--entities", type=Path, default=DATA / "entities.csv", metavar="FILE", help="States (default: %(default)s)")
        parser.add_argument("--organizations", type=Path, default=DATA / "organizations.csv", metavar="FILE", help="organizations")

    def handle(self, *, entities: Path, organizations: Path, **options: Any) -> None:
        try:
            number = load_entities(states=entities, organizations=organizations, now=timezone.now())
        except FileError as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"{number} States and organizations loaded.")
