"""Refusals that a person can understand. A bug is not one of them: it crashes."""

from datetime import datetime
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from registrations.enums import Limit

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


class DomainError(Exception):
    """An operation was refused and changed nothing; `str()` is the sentence to show, in the active language.

    `field` names the form field that the refusal belongs to, or is None for the form as a whole; `facts["person"]` is
    the index of the person whom it concerns, where several were sent in.
    """

    code = "refused"
    message: Any = _("This cannot be done.")
    field: str | None = None

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)


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


class DocumentEmpty(DomainError):
    code = "document_empty"
    message = _("The file is empty. Choose the file with the note verbale.")
    field = "document"


class DocumentTooLarge(DomainError):
    code = "document_too_large"
    message = _("The file is larger than 10 MB. Save it in a smaller size, for example as a PDF with a lower resolution.")
    field = "document"


class DocumentWithMacros(DomainError):
    code = "document_with_macros"
    message = _("The file contains macros. Save it as a PDF or as a document without macros (.docx).")
    field = "document"


class DocumentProtected(DomainError):
    code = "document_protected"
    message = _("The file is protected by a password. Save it without the password, or as a PDF that opens without one.")
    field = "document"


class DocumentOfUnknownKind(DomainError):
    code = "document_of_unknown_kind"
    message = _("The file is neither a PDF nor a Word document (.docx), a JPEG or a PNG. Save it in one of these formats.")
    field = "document"


class DocumentUnchanged(DomainError):
    code = "document_unchanged"
    message = _("This document has already been received.")
    field = "document"


class NobodyToWithdraw(DomainError):
    code = "nobody_to_withdraw"
    message = _("%(delegation)s: nobody is registered any more, so there is nothing to withdraw.")


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


class FocalPointAlready(DomainError):
    code = "focal_point_already"
    message = _("%(name)s is the focal point already, with this e-mail address and language. Nothing was changed.")
    field = "email"


class NothingToSend(DomainError):
    code = "nothing_to_send"
    message = _("%(name)s: there is no mail to send again.")


class DataErased(DomainError):
    code = "data_erased"
    message = _("%(reference)s: the personal data of this registration have been erased or are about to be. Nothing can be changed any more.")


class AlreadyRegistered(DomainError):
    code = "already_registered"
    message = _("%(name)s is already registered in this delegation with this e-mail address.")
    field = "email"


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


class NothingToPublish(DomainError):
    code = "nothing_to_publish"
    message = _("The programme is published as it stands: there is nothing to publish.")


class ChangedSincePreview(DomainError):
    code = "changed_since_preview"
    message = _("Somebody has changed the programme since this page was opened. Nothing was published: look at the changes below, then publish.")


class DecidedMeanwhile(DomainError):
    code = "decided_meanwhile"
    message = _(
        "%(name)s: somebody has decided or changed something since this page was opened. Nothing was done: look at what happened, then decide."
    )


class NobodyToChase(DomainError):
    code = "nobody_to_chase"
    message = _("Nobody was written to: everybody shown has answered meanwhile, was written to before, or is not on the list any more.")


class SessionInUse(DomainError):
    code = "session_in_use"
    message = _("%(reason)s To take it off the programme, mark it as cancelled: those who attend are told.")


class ListIssuedMeanwhile(DomainError):
    code = "list_issued_meanwhile"
    message = _("Another list of participants has been issued since this page was opened. Nothing was issued: look at it below first.")


class FinalListIssued(DomainError):
    code = "final_list_issued"
    message = _("The final list of participants has been issued: what follows is a revision of it, not a provisional list.")
    field = "kind"


class NobodyToList(DomainError):
    code = "nobody_to_list"
    message = _("Nobody who can be named in it is confirmed yet: there is no list of participants to issue.")


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


class NoColumnChosen(DomainError):
    code = "no_column_chosen"
    message = _("Add at least one column.")


class ColumnsNameTaken(DomainError):
    code = "columns_name_taken"
    message = _("Columns are already saved under the name “%(name)s”. Choose another name, or change those.")
    field = "name"


class RowsRefused(DomainError):
    code = "rows_refused"
    message = _("Some rows cannot be imported, so nothing was. Correct the list, or import only the good rows.")


class ChangedSinceLook(DomainError):
    code = "changed_since_look"
    message = _("Something has changed since this page was opened. Nothing was imported: look at the list below once more.")


class NothingToTakeIn(DomainError):
    code = "nothing_to_take_in"
    message = _("No row of the list is new or changes anything: there is nothing to import.")


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


class TextTellsTheRoom(DomainError):
    code = "text_tells_the_room"
    message = _("The text holds the address of the meeting room. It is shown on the personal pages of those confirmed only: take it out.")


class TextChangedMeanwhile(DomainError):
    code = "text_changed_meanwhile"
    message = _("Somebody else has changed this text while you were writing. Below is what you typed: if you save again, it replaces theirs.")
