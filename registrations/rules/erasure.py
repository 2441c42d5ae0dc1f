"""How far the erasure of somebody's data has come, and what may happen next."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any

from registrations.enums import Action, Status
from registrations.rules.registration_window import WindowState
from registrations.rules.transitions import next_status


class Erasure(StrEnum):
    NONE = "none"
    ASKED = "asked"
    APPROVED = "approved"
    DONE = "done"


def erasure_of(*, requested_at: datetime | None, approved_at: datetime | None, erased_at: datetime | None) -> Erasure:
    """Where it stands. Approved, it is done as soon as no mail is owed to the person any more."""
    if erased_at:
        return Erasure.DONE
    if approved_at:
        return Erasure.APPROVED
    return Erasure.ASKED if requested_at else Erasure.NONE


def may_be_asked(erasure: Erasure) -> bool:
    """Whether the person can ask for it."""
    return erasure == Erasure.NONE


def may_be_taken_back(erasure: Erasure) -> bool:
    """Whether the person can take the request back: until the secretariat approves it."""
    return erasure == Erasure.ASKED


def may_be_approved(erasure: Erasure) -> bool:
    """Whether the secretariat can approve it, with or without a request on the page: people ask by letter as well."""
    return erasure in {Erasure.NONE, Erasure.ASKED}


def withdraws(status: Status, *, window: WindowState) -> bool:
    """Whether erasing withdraws the registration first: where there is one to withdraw and the meeting is not over."""
    return window != WindowState.OVER and next_status(status, Action.WITHDRAW) is not None


def without(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value out of JSON with every match in its texts replaced by nothing."""
    if isinstance(value, dict):
        return {key: without(each, pattern) for key, each in value.items()}
    if isinstance(value, list):
        return [without(each, pattern) for each in value]
    return pattern.sub("", value) if isinstance(value, str) else value
