"""What the news of a mail that has left means, whichever way the news came."""

import re

from anymail.signals import EventType, RejectReason

from registrations.enums import Arrival

_RANK: dict[str, int] = {"": 0, Arrival.DEFERRED: 1, Arrival.DELIVERED: 2, Arrival.BOUNCED: 3, Arrival.REJECTED: 3, Arrival.COMPLAINED: 3}
_ARRIVALS = {
    EventType.DEFERRED: Arrival.DEFERRED,
    EventType.DELIVERED: Arrival.DELIVERED,
    EventType.BOUNCED: Arrival.BOUNCED,
    EventType.REJECTED: Arrival.REJECTED,
    EventType.FAILED: Arrival.REJECTED,
    EventType.COMPLAINED: Arrival.COMPLAINED,
}
_ACCEPTED = {EventType.QUEUED, EventType.SENT}
_WRONG_ADDRESS = {RejectReason.INVALID, RejectReason.BOUNCED}
_SOFT = re.compile(r"soft|transient|undetermined|\bblocked\b", re.IGNORECASE)
_TEMPORARY_ANSWER = re.compile(r"^\W*4\d\d\b|\b4\.\d{1,3}\.\d{1,3}\b")
_PERMANENT_ANSWER = re.compile(r"^\W*5\d\d\b|\b5\.\d{1,3}\.\d{1,3}\b")
_BAD_FOR_GOOD = ("5.", "4.4.")


def furthest(known: str, heard: str) -> str:
    """The more final of two; of two that end it, such as bounced and reported as spam, the one known first."""
    return heard if _RANK[heard] > _RANK[known] else known


def tells_of_a_wrong_address(arrival: str) -> bool:
    """Whether nothing reaches the mailbox as long as its address stays as it is."""
    return arrival == Arrival.BOUNCED


def arrival_of_event(event: str, *, reason: str, kind: str, answer: str) -> Arrival | None:
    """What a provider's event says, in anymail's words; None for one that says nothing about the arrival.

    `kind` is what the provider itself calls it and `answer` what the recipient's server answered: anymail calls a soft bounce
    bounced like any other.
    """
    arrival = _ARRIVALS.get(event)
    if arrival == Arrival.BOUNCED and (_SOFT.search(kind) or _is_temporary(answer)):
        return Arrival.DEFERRED
    if arrival == Arrival.REJECTED and reason in _WRONG_ADDRESS:
        return Arrival.BOUNCED
    return arrival


def is_acceptance(event: str) -> bool:
    """Whether the event says that the provider has the mail, and no more."""
    return event in _ACCEPTED


def arrival_of_report(action: str, *, status: str) -> Arrival | None:
    """What one recipient's part of a delivery status notification says (RFC 3464 2.3.3, 2.3.4); None where it says nothing.

    A failure counts as a wrong address if it is permanent, or if the address's host could not be reached in all that time
    (RFC 3463 3.5). A full mailbox may be emptied.
    """
    match action:
        case "failed":
            return Arrival.BOUNCED if not status or status.startswith(_BAD_FOR_GOOD) else Arrival.DEFERRED
        case "delayed":
            return Arrival.DEFERRED
        case "delivered":
            return Arrival.DELIVERED
    return None


def _is_temporary(answer: str) -> bool:
    return bool(_TEMPORARY_ANSWER.search(answer)) and not _PERMANENT_ANSWER.search(answer)
