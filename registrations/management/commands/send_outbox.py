"""The mail worker as a command."""

import logging
import random
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connections
from django.utils import timezone

from registrations.delivery import DATABASE_GONE, deliver_batch
from registrations.operations.erase_approved import erase_approved
from registrations.operations.forget_addresses import forget_addresses
from registrations.operations.keep_document import forget_documents
from registrations.operations.owe_reminders import owe_reminders
from registrations.operations.uploaded_lists import forget_lists

IDLE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
TIDYING_SECONDS = 3600.0
ERASING_SECONDS = 60.0
REMINDING_SECONDS = 60.0
_SLICE_SECONDS = 0.1

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends the mails that are owed, until SIGTERM or SIGINT; run as many as you like against PostgreSQL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Send what is due now and exit.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            send_what_is_due()
        else:
            Worker().run()


def send_what_is_due() -> None:
    """Owe what is to be reminded of, deliver until nothing is due or the mail server cannot be reached, erase what was only kept for that."""
    forget_addresses(now=timezone.now())
    forget_lists(now=timezone.now())
    forget_documents(now=timezone.now())
    owe_reminders(now=timezone.now())
    while True:
        batch = deliver_batch(is_stopping=lambda: False)
        if batch.is_empty or batch.is_blocked:
            break
    erase_approved(now=timezone.now())


class Worker:
    """Delivers until it is told to stop; then it finishes the mail in hand and releases the others."""

    def __init__(self) -> None:
        self.is_stopping = False
        self.troubles = 0
        self.tidy_at = 0.0
        self.erase_at = 0.0
        self.remind_at = 0.0

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        logger.info("outbox: waiting for mail to send")
        while not self.is_stopping:
            self.pause(self.work())

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def work(self) -> float:
        """Deliver one batch; the seconds to wait before the next."""
        try:
            close_old_connections()
            self.tidy()
            batch = deliver_batch(is_stopping=lambda: self.is_stopping)
        except DATABASE_GONE as error:
            logger.warning("outbox: the database cannot be used (%s)", type(error).__name__)
            connections.close_all()
            return self.longer_pause()
        if batch.is_blocked:
            return self.longer_pause()
        self.troubles = 0
        return IDLE_SECONDS if batch.is_empty else 0.0

    def tidy(self) -> None:
        """Once an hour, forget what is needed no longer; once a minute, owe reminders and erase what was only kept for the last mails."""
        if time.monotonic() >= self.tidy_at:
            forget_addresses(now=timezone.now())
            forget_lists(now=timezone.now())
            forget_documents(now=timezone.now())
            self.tidy_at = time.monotonic() + TIDYING_SECONDS
        if time.monotonic() >= self.erase_at:
            erase_approved(now=timezone.now())
            self.erase_at = time.monotonic() + ERASING_SECONDS
        if time.monotonic() >= self.remind_at:
            owe_reminders(now=timezone.now())
            self.remind_at = time.monotonic() + REMINDING_SECONDS

    def longer_pause(self) -> float:
        """Twice as long after each trouble in a row, with jitter, so that many workers do not come back at once."""
        self.troubles += 1
        seconds = min(IDLE_SECONDS * 2.0 ** min(self.troubles, 10), LONGEST_PAUSE_SECONDS)
        return seconds * random.uniform(0.75, 1)  # noqa: S311  spreads the load, guards nothing

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than a moment after being told to stop."""
        until = time.monotonic() + seconds
        while not self.is_stopping and time.monotonic() < until:
            time.sleep(_SLICE_SECONDS)
