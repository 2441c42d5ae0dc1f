"""Refusals around letters of the secretariat and the texts of mails."""

from django.utils.translation import gettext_lazy as _

from registrations.errors.base import DomainError


class NobodyToWriteTo(DomainError):
    code = "nobody_to_write_to"
    message = _("There is nobody to write to: nobody was chosen, or their data are erased or about to be.")


class SeveralMeetings(DomainError):
    code = "several_meetings"
    message = _("A letter belongs to one meeting. Narrow the list down to one meeting and choose again.")


class LetterGone(DomainError):
    code = "letter_gone"
    message = _("This letter is no draft any more: somebody has sent it off in the meantime. Nothing was changed.")


class DraftChangedMeanwhile(DomainError):
    code = "draft_changed_meanwhile"
    message = _("Somebody else has changed this draft while you were writing. Below is what you typed: if you save again, it replaces theirs.")


class LetterIncomplete(DomainError):
    code = "letter_incomplete"
    message = _("Write the letter in both languages before it is sent. Still missing: %(texts)s.")


class UnknownPlaceholders(DomainError):
    code = "unknown_placeholders"
    message = _("These placeholders are not on the list: %(names)s. Correct them, or take the braces away.")


class LetterTellsTheRoom(DomainError):
    code = "letter_tells_the_room"
    message = _(
        "The letter holds the address of the meeting room. Write {personal_page} instead: the way to join opens there, for those confirmed only."
    )


class LetterTooLate(DomainError):
    code = "letter_too_late"
    message = _("The moment at which the letter is to be sent has passed. Enter a later one, or none to send it at once.")
    field = "due_at"


class AddressMissing(DomainError):
    code = "address_missing"
    message = _("Your account at the desk has no e-mail address, so the trial cannot be sent to you. Enter one on the page of your account.")


class NothingToCancel(DomainError):
    code = "nothing_to_cancel"
    message = _("All mails of this letter have left, or were cancelled before. There is nothing to cancel.")


class NoneFailed(DomainError):
    code = "none_failed"
    message = _("No mail of this letter has failed or come back, so none is sent again.")


class AttachedAlready(DomainError):
    code = "attached_already"
    message = _("This file is attached already.")
    field = "document"


class AttachmentsTooLarge(DomainError):
    code = "attachments_too_large"
    message = _("All attachments together may have 10 MB at most: many mailboxes refuse more. Attach a smaller file, or write where it can be read.")
    field = "document"


class TextIncomplete(DomainError):
    code = "text_incomplete"
    message = _("Write subject and text in both languages. Still missing: %(texts)s.")


class PassagesMissing(DomainError):
    code = "passages_missing"
    message = _("%(texts)s: a first paragraph is the heading, and below it each of these stands once, alone on its line, in this order: %(names)s.")


class PlaceholdersMissing(DomainError):
    code = "placeholders_missing"
    message = _("%(texts)s: %(names)s has to stand in it, in the heading or below.")


class TextTellsTheRoom(DomainError):
    code = "text_tells_the_room"
    message = _("The text holds the address of the meeting room. It is shown on the personal pages of those confirmed only: take it out.")


class TextChangedMeanwhile(DomainError):
    code = "text_changed_meanwhile"
    message = _("Somebody else has changed this text while you were writing. Below is what you typed: if you save again, it replaces theirs.")
