"""Refusals around a meeting and its programme."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.errors.base import DomainError


class NothingToPublish(DomainError):
    code = "nothing_to_publish"
    message = _("The programme is published as it stands: there is nothing to publish.")


class ChangedSincePreview(DomainError):
    code = "changed_since_preview"
    message = _("Somebody has changed the programme since this page was opened. Nothing was published: look at the changes below, then publish.")


class SessionInUse(DomainError):
    code = "session_in_use"
    message = _("%(reason)s To take it off the programme, mark it as cancelled: those who attend are told.")


class CalendarDeliveryFixed(DomainError):
    code = "calendar delivery fixed"
    message = _("Calendar entries of this meeting have been sent, or are about to be: how they are sent can no longer be changed.")
    field = "calendar_delivery"


class TranslationMissing(DomainError):
    code = "translation missing"

    def __str__(self) -> str:
        number = self.facts["number"]
        sentence = ngettext(
            "Not published: %(number)d text lacks a language, or its Spanish is older than its English: %(first)s.",
            "Not published: %(number)d texts lack a language, or their Spanish is older than their English; the first of them: %(first)s.",
            number,
        )
        return sentence % self.facts


class NothingToConfirm(DomainError):
    code = "nothing to confirm"
    message = _("This Spanish text is not older than its English any more.")


class AddressTaken(DomainError):
    code = "address taken"
    message = _("There is a meeting at the address “%(slug)s” already. Choose another one.")
    field = "slug"
