"""Everything about one participant that a decision takes, for one screen."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from registrations.admin.answers import answer_address
from registrations.admin.history_words import history_lines
from registrations.admin.language_names import language_name
from registrations.admin.mail_words import mail_state_text
from registrations.errors import NoSeatsLeft
from registrations.models import HistoryEntry, Participant
from registrations.queries.change_words import change_lines
from registrations.queries.delegations import group_of
from registrations.queries.duplicates import Duplicate, possible_duplicates
from registrations.queries.notes import is_note_missing, notes_of
from registrations.queries.participants import sessions_attended
from registrations.queries.questions import answers_given
from registrations.queries.seating import full_for
from registrations.rules.capacity import Room


def screen_of(person: Participant, *, since: int | None = None) -> dict[str, Any]:
    """What the template shows, for a participant of the desk's list. `since` is the last entry of the history that was seen before:
    what happened after it comes as `meanwhile`.
    """
    delegation, history = person.delegation, list(person.history.order_by("at", "pk"))
    delegation.type.meeting = person.meeting
    notes = notes_of(delegation)
    return {
        "meeting": person.meeting,
        "delegation": delegation,
        "sessions": sessions_attended(person),
        "language": language_name(person.language),
        "mails": mail_state_text(person.mail_state),
        "own_answers": [(each, answer_address(person, each)) for each in answers_given(person, meeting=person.meeting)],
        "changes": list(change_lines(person.to_review, meeting=person.meeting)),
        "duplicates": [(each.participant, _why(each)) for each in possible_duplicates(person)],
        "colleagues": [each for each in group_of(delegation).present if each.pk != person.pk],
        "note": next((note for note in notes if not note.erased_at), None),
        "is_note_missing": is_note_missing(delegation, notes),
        "no_seat": _no_seat(person),
        "seen": max((entry.pk for entry in history), default=0),
        "history": list(history_lines(history, meeting=person.meeting)),
        "meanwhile": list(history_lines(_after(history, since), meeting=person.meeting)) if since is not None else [],
    }


def _why(duplicate: Duplicate) -> str:
    return ", ".join(str(reason.label) for reason in duplicate.likeness)


def _after(history: Iterable[HistoryEntry], seen: int) -> list[HistoryEntry]:
    return [entry for entry in history if entry.pk > seen]


def _no_seat(person: Participant) -> str:
    """What a confirmation would come to where no seat is left; "" where there is one, or the person has it."""
    full: Room | None = None if person.status == "confirmed" else full_for(person)
    if full is None:
        return ""
    if person.delegation.type.keeps_waiting_list:
        return _("All seats are taken: whoever is confirmed now goes on the waiting list.")
    return str(NoSeatsLeft(name=person.full_name, limit=full.limit, seats=full.seats))
