"""What an organizer decides about several participants at once: each through its operation, each in its own transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.enums import Action, Status
from registrations.errors import DomainError
from registrations.rules.transitions import next_status

LISTED_REFUSALS = 10
Subject = TypeVar("Subject")
_DECISIONS = (
    ("confirm", Action.CONFIRM, _("Confirm")),
    ("return_for_correction", Action.RETURN, _("Return for correction ...")),
    ("decline", Action.DECLINE, _("Decline ...")),
    ("withdraw", Action.WITHDRAW, _("Withdraw ...")),
)


def offered_decisions(statuses: Iterable[str]) -> list[tuple[str, Any]]:
    """Name and words of the decisions that the transition table allows in at least one of the statuses."""
    standing = {Status(status) for status in statuses}
    return [(name, words) for name, action, words in _DECISIONS if any(next_status(status, action) for status in standing)]


@dataclass
class Report(Generic[Subject]):
    """What became of each: the changed records, and the sentence of each refusal."""

    done: list[Subject] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def each(subjects: Iterable[Subject], operation: Callable[[Subject], Subject]) -> Report[Subject]:
    """Put every subject through the operation; a refusal stops nobody else."""
    report: Report[Subject] = Report()
    for subject in subjects:
        try:
            report.done.append(operation(subject))
        except DomainError as refusal:
            report.refusals.append(str(refusal))
    return report


def tell_refusals(request: HttpRequest, refusals: list[str]) -> None:
    """One message with every refusal, or with the first ten and the number of the others."""
    if refusals:
        messages.warning(request, refusals[0] if len(refusals) == 1 else _as_list(refusals))


def _as_list(refusals: list[str]) -> SafeString:
    rest = len(refusals) - LISTED_REFUSALS
    heading = ngettext("%(count)s was refused:", "%(count)s were refused:", len(refusals)) % {"count": len(refusals)}
    lines = refusals[:LISTED_REFUSALS]
    if rest > 0:
        lines.append(ngettext("and %(count)s more.", "and %(count)s more.", rest) % {"count": rest})
    return format_html("{}<ul>{}</ul>", heading, format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
