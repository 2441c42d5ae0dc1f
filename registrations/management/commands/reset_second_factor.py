from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registrations.details import COMMAND
from registrations.operations.second_factor import reset


class Command(BaseCommand):
    help = "Forgets the authenticator app and the recovery codes of an organizer who lost them; they set up a new app at the next login."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account named {username}.")
        had_any = reset(user, actor=COMMAND, now=timezone.now())
        self.stdout.write(f"{username} {'sets up a new second factor' if had_any else 'had no second factor; it is set up'} at the next login.")
