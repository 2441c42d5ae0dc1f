"""Refusals of a sign-up, a correction or a withdrawal."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from registrations.enums import Limit
from registrations.errors.base import DomainError

_SEATS: dict[Limit, Any] = {
    Limit.DELEGATION: ngettext_lazy(
        "This delegation may have %(seats)d participant at most.", "This delegation may have %(seats)d participants at most.", "seats"
    ),
    Limit.TYPE: ngettext_lazy(
        "There is %(seats)d seat for all delegations of this type together.",
        "There are %(seats)d seats for all delegations of this type together.",
        "seats",
    ),
    Limit.MEETING: ngettext_lazy("The meeting has %(seats)d seat.", "The meeting has %(seats)d seats.", "seats"),
}


class RegistrationNotOpen(DomainError):
    code = "registration_not_open"
    message = _("Registration is not open. Nothing has been recorded.")


class EntityNotEligible(DomainError):
    code = "entity_not_eligible"
    message = _("%(entity)s is not on the list of those invited as %(type)s. Choose another entry, or another type of delegation.")
    field = "entity"


class TooLateToChange(DomainError):
    code = "too_late_to_change"
    message = _(
        "Registration has closed: only the contact data and the accessibility needs can still be changed. Write to the secretariat for anything else."
    )


class ChangedMeanwhile(DomainError):
    """`facts["changes"]` holds each field that somebody else changed, with its value before and now."""

    code = "changed_meanwhile"
    message = _("Somebody else changed these data while you were typing. Nothing you typed is lost: look at what changed and save again.")


class NotAmendable(DomainError):
    code = "not_amendable"
    message = _("%(name)s: the registration is %(status)s, so its data can no longer be changed here. Write to the secretariat.")


class NothingCorrected(DomainError):
    code = "nothing_corrected"
    message = _("Nothing was changed, but the secretariat asked to correct: %(fields)s. Correct these data, or write to the secretariat.")


class UnknownEntity(DomainError):
    code = "unknown_entity"
    message = _("This entry is not on the list. Choose one from the list.")
    field = "entity"


class UnknownSession(DomainError):
    code = "unknown_session"
    message = _("One of the chosen sessions is not part of this meeting. Choose from the sessions listed.")
    field = "sessions"


class SessionCancelled(DomainError):
    """`facts["session"]` is the title of the session."""

    code = "session_cancelled"
    message = _("“%(session)s” has been cancelled. Choose from the sessions that take place.")
    field = "sessions"


class ListedTwice(DomainError):
    code = "listed_twice"
    message = _("%(name)s is on this form twice with the same e-mail address. Remove one of the two.")
    field = "email"


class TransitionNotAllowed(DomainError):
    code = "transition_not_allowed"
    message = _("%(name)s: the registration is %(status)s, so this does not apply: %(action)s. Nothing was changed.")


class SeatsMissing(DomainError):
    """There is no seat for each of `people`: the limit, its `seats` and what is `left`."""

    code = "seats_missing"

    def __init__(self, *, limit: Limit, seats: int, left: int, people: int) -> None:
        super().__init__(limit=limit, seats=seats, left=left, people=people)

    def __str__(self) -> str:
        return f"{_SEATS[self.facts['limit']] % self.facts} {self._what_is_left}"

    @property
    def _what_is_left(self) -> str:
        if not self.facts["left"]:
            return str(_("No seat is left. Nothing has been recorded."))
        sentence = ngettext(
            "%(left)d seat is left and the form has %(people)d persons. Nothing has been recorded: register fewer persons.",
            "%(left)d seats are left and the form has %(people)d persons. Nothing has been recorded: register fewer persons.",
            self.facts["left"],
        )
        return sentence % self.facts


class NoSeatsLeft(DomainError):
    """There is no seat for one person: `name`, the `limit` and its `seats`."""

    code = "no_seats_left"
    message = _("No seat is left for %(name)s. %(why)s The registration stays as it is.")

    def __init__(self, *, name: str, limit: Limit, seats: int) -> None:
        super().__init__(name=name, why=_SEATS[limit] % {"seats": seats})


class NobodyToWithdraw(DomainError):
    code = "nobody_to_withdraw"
    message = _("%(delegation)s: nobody is registered any more, so there is nothing to withdraw.")


class FocalPointAlready(DomainError):
    code = "focal_point_already"
    message = _("%(name)s is the focal point already, with this e-mail address and language. Nothing was changed.")
    field = "email"


class DataErased(DomainError):
    code = "data_erased"
    message = _("%(reference)s: the personal data of this registration have been erased or are about to be. Nothing can be changed any more.")


class AlreadyRegistered(DomainError):
    code = "already_registered"
    message = _("%(name)s is already registered in this delegation with this e-mail address.")
    field = "email"
