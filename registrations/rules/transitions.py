"""Which action leads from which status to which; what is not in the table does not apply."""

from registrations.enums import Action, Status

TRANSITIONS: dict[tuple[Status, Action], Status] = {
    (Status.PENDING, Action.CONFIRM): Status.CONFIRMED,
    (Status.PENDING, Action.WAIT): Status.WAITING,
    (Status.PENDING, Action.RETURN): Status.RETURNED,
    (Status.PENDING, Action.DECLINE): Status.DECLINED,
    (Status.PENDING, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.RETURNED, Action.RESUBMIT): Status.PENDING,
    (Status.RETURNED, Action.DECLINE): Status.DECLINED,
    (Status.RETURNED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.CONFIRMED, Action.DECLINE): Status.DECLINED,
    (Status.CONFIRMED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.WAITING, Action.CONFIRM): Status.CONFIRMED,
    (Status.WAITING, Action.DECLINE): Status.DECLINED,
    (Status.WAITING, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.DECLINED, Action.CONFIRM): Status.CONFIRMED,
    (Status.DECLINED, Action.WAIT): Status.WAITING,
    (Status.PENDING, Action.SUBSTITUTE): Status.WITHDRAWN,
    (Status.RETURNED, Action.SUBSTITUTE): Status.WITHDRAWN,
    (Status.CONFIRMED, Action.SUBSTITUTE): Status.WITHDRAWN,
    (Status.WAITING, Action.SUBSTITUTE): Status.WITHDRAWN,
    (Status.WITHDRAWN, Action.REJOIN): Status.PENDING,
}


def next_status(status: Status, action: Action) -> Status | None:
    """The status to which the action leads, or None where it does not apply."""
    return TRANSITIONS.get((status, action))


def is_present(status: Status) -> bool:
    """Whether the person counts as one of the delegation: confirmed, or on the way to it."""
    return next_status(status, Action.WITHDRAW) is not None
