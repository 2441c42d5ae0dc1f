"""Take a person's name and contacts out of every table; what is counted stays. Called with the meeting locked."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from registrations.details import Actor
from registrations.enums import MAY_HAVE_LEFT, Delivery
from registrations.models import (
    Delegation,
    ExpectedDelegation,
    HistoryEntry,
    Invitation,
    NoteVerbale,
    OutboxMessage,
    Participant,
    Revision,
    Submission,
)
from registrations.operations.erase_incoming import erase_incoming
from registrations.operations.erase_issued_lists import erase_issued_lists
from registrations.operations.erase_letters import erase_letters
from registrations.operations.status import record
from registrations.queries.erasure import focal_points, mails_to_focal_points, others_on, submissions_naming
from registrations.rules.erasure import without
from registrations.rules.names import mailbox_key

_TYPED = ("honorific", "given_names", "family_names", "position", "institution", "email", "phone", "accessibility_needs")
_DERIVED = ("mailbox", "name_key", "search_text")


def erase(participant: Participant, *, actor: Actor, now: datetime) -> None:
    """Erase the person from the locked participant, mails, history, forms, calendar entries, files and issued lists; the link dies.

    Nothing of anybody who shares the mailbox goes with it, except the notes verbales, which are the delegation's.
    """
    mails, forms = list(participant.outbox.all()), submissions_naming(participant)
    mailboxes = {participant.mailbox, *(mail.mailbox for mail in mails)}
    others = others_on(mailboxes, than=participant)
    shared = {other.mailbox for other in others}
    focal = focal_points(participant, others=others)
    called = {*_names(participant), *_names_in(mails), *_names_on(forms, participant), *_names_of_focal_points(focal)}
    _erase_forms(forms, participant=participant)
    _erase_focal_points(focal)
    _erase_calendar_entries(participant, mailboxes=mailboxes, shared=shared)
    _erase_mails(participant.outbox.values("pk"))
    _erase_mails(OutboxMessage.objects.filter(meeting=participant.meeting_id, participant=None, mailbox__in=mailboxes - shared).values("pk"))
    pattern = _pattern({name for name in called if mailbox_key(name) not in shared | {""}})
    _erase_names_elsewhere(participant, pattern=pattern)
    _erase_contacts(participant, mailboxes=mailboxes - shared)
    erase_incoming(participant, mailboxes=mailboxes - shared, pattern=pattern)
    erase_issued_lists(participant)
    erase_letters(participant, pattern=pattern)
    _erase_history(participant)
    _erase_notes(participant, now=now)
    _erase_participant(participant, now=now)
    record(participant, event="forget", actor=actor, now=now)


# --- what the person was called, now and formerly -----------------------------------------------------------------------
def _names(participant: Participant) -> Iterable[str]:
    return participant.styled_name, participant.full_name, participant.email, participant.mailbox


def _names_in(mails: Iterable[OutboxMessage]) -> Iterable[str]:
    return (text for mail in mails for text in (mail.recipient_name, mail.recipient_email, mail.mailbox))


def _names_on(forms: Iterable[Submission], participant: Participant) -> Iterable[str]:
    return (line["name"] for form in forms for line in form.lines if line["participant"] == participant.pk)


def _names_of_focal_points(delegations: Iterable[Delegation]) -> Iterable[str]:
    return (text for each in delegations for text in (each.focal_point_name, each.focal_point_email, each.focal_point_mailbox))


# --- where it stands ----------------------------------------------------------------------------------------------------
def _erase_participant(participant: Participant, *, now: datetime) -> None:
    for column in _TYPED:
        setattr(participant, column, "")
    participant.documents.all().delete()
    participant.answers, participant.correction, participant.to_review = {}, {}, {}
    participant.bounced_at, participant.erased_at = None, now
    participant.link_version += 1
    participant.save(update_fields=[*_TYPED, *_DERIVED, "answers", "correction", "to_review", "bounced_at", "erased_at", "link_version"])


def _erase_forms(forms: Iterable[Submission], *, participant: Participant) -> None:
    for form in forms:
        form.lines = [line | {"name": ""} if line["participant"] == participant.pk else line for line in form.lines]
        form.save(update_fields=["lines"])


def _erase_notes(participant: Participant, *, now: datetime) -> None:
    notes = NoteVerbale.objects.filter(delegation=participant.delegation_id, erased_at=None)
    notes.update(content=b"", file_name="", sha256="", erased_at=now)


def _erase_mails(keys: Any) -> None:
    """Whoever, whereto and what; kind, language and dates stay. What has not left is never going to."""
    mails = OutboxMessage.objects.filter(pk__in=keys)
    mails.exclude(status__in=MAY_HAVE_LEFT).update(status=Delivery.SUPERSEDED, claimed_until=None, handed_over_at=None)
    key = Concat(Value("erased:"), Cast("pk", CharField()))
    mails.update(recipient_name="", recipient_email="", mailbox="", facts={}, outcome="", provider_id="", unique_key=key)


def _erase_contacts(participant: Participant, *, mailboxes: set[str]) -> None:
    """Where the secretariat would write to a mission that is expected."""
    expected = ExpectedDelegation.objects.filter(type__meeting=participant.meeting_id, mailbox__in=mailboxes)
    expected.update(contact_email="", mailbox="")
    for entry in HistoryEntry.objects.filter(meeting=participant.meeting_id, facts__record="expecteddelegation", facts__has_key="changes"):
        pair = entry.facts["changes"].get("contact_email", [])
        kept = ["" if mailbox_key(address) in mailboxes else address for address in pair]
        if kept != pair:
            entry.facts["changes"]["contact_email"] = kept
            entry.save(update_fields=["facts"])


def _erase_focal_points(delegations: Sequence[Delegation]) -> None:
    for delegation in delegations:
        letters = OutboxMessage.objects.filter(mailbox=delegation.focal_point_mailbox, participant=None)
        _erase_mails(letters.filter(Q(delegation=delegation) | Q(submission__delegation=delegation)).values("pk"))
    focal = Delegation.objects.filter(pk__in=[delegation.pk for delegation in delegations])
    nobody = {"focal_point_name": "", "focal_point_email": "", "focal_point_mailbox": "", "focal_point_bounced_at": None}
    focal.update(**nobody, link_version=F("link_version") + 1)


def _erase_calendar_entries(participant: Participant, *, mailboxes: set[str], shared: set[str]) -> None:
    """The entries of a mailbox that is nobody else's; of a shared one only the versions that list the participant."""
    entries = Invitation.objects.filter(session__meeting=participant.meeting_id)
    own = entries.filter(mailbox__in=mailboxes - shared)
    Revision.objects.filter(invitation__in=own.values("pk")).update(ics=b"")
    own.update(mailbox=Concat(Value("erased:"), Cast("pk", CharField())))
    versions = Revision.objects.filter(invitation__in=entries.filter(mailbox__in=shared).values("pk"))
    listing = [version.pk for version in versions if _lists(version, participant)]
    Revision.objects.filter(pk__in=listing).update(ics=b"")


def _lists(version: Revision, participant: Participant) -> bool:
    """Whether the entry holds the address of the participant's page; long lines are folded (RFC 5545 3.1)."""
    return f"/p/{participant.pk}-".encode() in bytes(version.ics).replace(b"\r\n ", b"")


def _erase_history(participant: Participant) -> None:
    """Values and reasons; which fields were concerned stays."""
    for entry in participant.history.all():
        fields = sorted(entry.facts.get("changes", entry.facts.get("fields", [])))
        entry.facts = {"fields": fields} if fields else {}
        entry.save(update_fields=["facts"])


def _pattern(names: set[str]) -> re.Pattern[str]:
    """Each of the names as a whole, the longest first."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")


def _erase_names_elsewhere(participant: Participant, *, pattern: re.Pattern[str]) -> None:
    """Out of the history of the delegation, of those with whom places were exchanged and of the meeting, and out of mails to focal points."""
    exchanged = Q(participant__in_place_of=participant) | Q(participant__substitutes=participant) | Q(participant=None)
    entries = HistoryEntry.objects.filter(exchanged, delegation=participant.delegation_id)
    rows: list[HistoryEntry | OutboxMessage] = [*entries.distinct(), *mails_to_focal_points(participant)]
    for row in rows:
        facts = without(row.facts, pattern)
        if facts != row.facts:
            row.facts = facts
            row.save(update_fields=["facts"])
    _erase_names_in_edits(participant, pattern=re.compile(pattern.pattern, re.IGNORECASE))


def _erase_names_in_edits(participant: Participant, *, pattern: re.Pattern[str]) -> None:
    """Out of what organizers typed into records of the meeting, whichever capitals they used: drafts of letters, reasons, the programme."""
    edits = HistoryEntry.objects.filter(meeting=participant.meeting_id, delegation=None)
    for edit in edits.iterator():
        facts = without(edit.facts, pattern)
        if facts != edit.facts:
            HistoryEntry.objects.filter(pk=edit.pk).update(facts=facts)
