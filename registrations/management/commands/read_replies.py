"""Files what came back to a mailbox that no provider hands over."""

import os
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registrations.inbound.bounces import file_bounce
from registrations.inbound.mailboxes import NoMailbox, unseen
from registrations.inbound.reading import read_mail
from registrations.operations.file_incoming import file_incoming


class Command(BaseCommand):
    help = "Files the unseen mails of a mailbox: answers to invitations, bounces, letters. Run it every few minutes; each mail counts once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="A Maildir, or imaps://user@host/Folder with the password in REPLIES_PASSWORD.")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        counts: Counter[str] = Counter()
        try:
            for content in unseen(source, password=os.environ.get("REPLIES_PASSWORD", "")):
                file_bounce(content, now=timezone.now())
                message = file_incoming(read_mail(content), now=timezone.now())
                counts[message.kind if message else "not kept"] += 1
        except NoMailbox as problem:
            raise CommandError(str(problem)) from problem
        finally:
            words = [f"{kind}={number}" for kind, number in sorted(counts.items())]
            self.stdout.write(" ".join([f"read={counts.total()}", *words]))
