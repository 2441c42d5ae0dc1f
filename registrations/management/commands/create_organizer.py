from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registrations.operations.create_organizer import USERNAME, create_organizer


class Command(BaseCommand):
    help = "Creates an account for the desk if there is none, and prints its name and password; otherwise prints nothing."

    def handle(self, **options: Any) -> None:
        password = create_organizer(now=timezone.now())
        if password:
            self.stdout.write(f"{USERNAME} {password}")
