"""The mail worker at a moment of the test's choice."""

from datetime import datetime, timedelta

import time_machine

from registrations.delivery import Batch, deliver_batch


def deliver(*, now: datetime) -> Batch:
    """Send one batch a second after `now`: what is owed at one moment is due in its order, a microsecond apart."""
    with time_machine.travel(now + timedelta(seconds=1), tick=False):
        return deliver_batch(is_stopping=lambda: False)
