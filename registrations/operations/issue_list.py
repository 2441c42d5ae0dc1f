from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from registrations.details import Actor, ListOptions
from registrations.errors import FinalListIssued, ListIssuedMeanwhile, NobodyToList
from registrations.models import HistoryEntry, IssuedList, Meeting
from registrations.operations.locking import lock_meeting
from registrations.operations.status import who
from registrations.queries.issued_lists import last_issued, list_to_issue, next_revision
from registrations.rules.issuing import may_follow
from registrations.rules.list_changes import delegation_keys, is_empty
from registrations.rules.list_content import ListContent


@transaction.atomic
def issue_list(meeting: Meeting, *, options: ListOptions, seen: int | None, actor: Actor, now: datetime) -> IssuedList:
    """Keep the list of participants as it stands, in all languages, and say so in the history of each delegation on it.

    `seen` is the pk of the list that the organizer knows as the last one issued, None where there was none: so nothing is issued twice.
    Raises ListIssuedMeanwhile, FinalListIssued or NobodyToList.
    """
    meeting = lock_meeting(meeting.pk)
    last = last_issued(meeting)
    if (last.pk if last else None) != seen:
        raise ListIssuedMeanwhile
    if not may_follow(options.kind, last=last.kind if last else None):
        raise FinalListIssued
    content = list_to_issue(meeting, options=options, last=last, now=now)
    if all(is_empty(document) for document in content.values()):
        raise NobodyToList
    issued: IssuedList = meeting.issued_lists.create(
        kind=options.kind,
        revision=next_revision(meeting, options.kind),
        options=asdict(options),
        content=content,
        issued_at=now,
        issued_by_id=actor.user_id,
    )
    _record(issued, content=content, actor=actor, now=now)
    return issued


def _record(issued: IssuedList, *, content: ListContent, actor: Actor, now: datetime) -> None:
    """An entry for each delegation; no focal point is told by digest."""
    facts = {"list": issued.kind, "revision": issued.revision}
    shared = {"meeting_id": issued.meeting_id, "event": "issue list", **who(actor), "status": "", "facts": facts, "at": now}
    keys = delegation_keys(next(iter(content.values())))
    HistoryEntry.objects.bulk_create(HistoryEntry(delegation_id=int(key), **shared) for key in keys)
