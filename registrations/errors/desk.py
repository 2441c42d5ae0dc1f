"""Refusals around decisions, and doors that are held shut."""

from datetime import datetime
from math import ceil

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.errors.base import DomainError


class ReasonMissing(DomainError):
    code = "reason_missing"
    message = _("%(name)s: write the reason in this language as well: %(language)s. It goes into the mail to the participant.")
    field = "reason"


class NoFieldTicked(DomainError):
    code = "no_field_ticked"
    message = _("%(name)s: tick the data that have to be corrected.")
    field = "fields"


class NothingToReview(DomainError):
    code = "nothing_to_review"
    message = _("%(name)s: there is no change to be reviewed.")


class NotWaiting(DomainError):
    code = "not_waiting"
    message = _("%(name)s is not on the waiting list.")


class PromotionReasonMissing(DomainError):
    code = "promotion_reason_missing"
    message = _("Write the reason: it stays in the history.")
    field = "reason"


class TooManyAttempts(DomainError):
    code = "too_many_attempts"
    message = _("This was tried very often within an hour. Nothing you typed is lost: try again later.")


class NothingToSend(DomainError):
    code = "nothing_to_send"
    message = _("%(name)s: there is no mail to send again.")


class WrongCode(DomainError):
    code = "wrong_code"
    message = _("This code is not right, or it was used already. Wait for the next one and enter that.")
    field = "code"


class CodesExhausted(DomainError):
    """Wrong codes were entered, so that the next is looked at only after `until`."""

    code = "codes_exhausted"
    field = "code"

    def __init__(self, *, until: datetime, now: datetime) -> None:
        super().__init__(seconds=max(1, ceil((until - now).total_seconds())))

    def __str__(self) -> str:
        minutes = ceil(self.facts["seconds"] / 60)
        if minutes > 1:
            sentence = ngettext(
                "Too many wrong codes. Try again in %(number)s minute.", "Too many wrong codes. Try again in %(number)s minutes.", minutes
            )
            return sentence % {"number": minutes}
        sentence = ngettext(
            "Too many wrong codes. Try again in %(number)s second.", "Too many wrong codes. Try again in %(number)s seconds.", self.facts["seconds"]
        )
        return sentence % {"number": self.facts["seconds"]}


class DecidedMeanwhile(DomainError):
    code = "decided_meanwhile"
    message = _(
        "%(name)s: somebody has decided or changed something since this page was opened. Nothing was done: look at what happened, then decide."
    )


class NobodyToChase(DomainError):
    code = "nobody_to_chase"
    message = _("Nobody was written to: everybody shown has answered meanwhile, was written to before, or is not on the list any more.")


class NobodyWithReference(DomainError):
    code = "nobody_with_reference"
    message = _("Nobody at this meeting has this reference.")
    field = "reference"


class NotToBeLetIn(DomainError):
    code = "not_to_be_let_in"
    message = _("%(name)s, %(delegation)s, is not confirmed (%(status)s). Send them to the secretariat.")
    field = "reference"
