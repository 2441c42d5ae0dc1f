"""Publish what was changed in a programme, and tell those whose calendars it concerns."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from registrations.details import Actor
from registrations.enums import MessageKind
from registrations.errors import ChangedSincePreview, NothingToPublish, SessionInUse, TranslationMissing
from registrations.models import Meeting, OutboxMessage, ProgrammeVersion, Session
from registrations.operations.calendar_entries import owe_changes
from registrations.operations.locking import lock_meeting
from registrations.operations.status import record_of_meeting
from registrations.operations.touch_programme import touch_programme
from registrations.queries.drafts import drafts_of, with_draft
from registrations.queries.in_use import why_kept
from registrations.queries.programme_state import fingerprint, state_of
from registrations.queries.translations import text_gaps
from registrations.rules.programme_changes import Change, always_told, changes_between, told_unless_unticked


@dataclass(frozen=True)
class Publication:
    """What a publishing did: the changes, what is told of each session by number, and how many mails of each kind are owed."""

    version: ProgrammeVersion
    changes: list[Change]
    announced: frozenset[int]
    mails: Counter[MessageKind]

    @property
    def fingerprint(self) -> str:
        """Of the programme that it published."""
        return fingerprint(self.version.programme)


@transaction.atomic
def publish(meeting: Meeting, *, announced: Collection[int] | None = None, seen: str = "", actor: Actor, now: datetime) -> Publication:
    """Put the drafts in force and owe an update or a cancellation to each mailbox whose calendar they concern.

    Other hours, and sessions cancelled or taken up again, are always told. Of other changes only those of the sessions numbered in
    `announced` are told by mail; None stands for those whose title, place or way to join has changed. `seen` is the fingerprint of the
    programme that the organizer looked at. Raises NothingToPublish, ChangedSincePreview, SessionInUse, TranslationMissing.
    """
    meeting = lock_meeting(meeting.pk)
    before = state_of(meeting)
    _apply_drafts(meeting)
    require_both_languages(meeting)
    publication = announce(meeting, before=before, announced=announced, actor=actor, now=now)
    if publication is None:
        raise NothingToPublish
    if seen and seen != publication.fingerprint:
        raise ChangedSincePreview
    return publication


def announce(
    meeting: Meeting, *, before: dict[str, Any], announced: Collection[int] | None = None, actor: Actor, now: datetime
) -> Publication | None:
    """Keep the programme of the locked meeting as its next version and owe the mails, or None where it is as it was `before`."""
    after = state_of(meeting)
    changes = changes_between(before, after)
    if not changes:
        return None
    touch_programme(meeting, now=now)
    keep_first_version(meeting, programme=before, now=now)
    number = meeting.programme_versions.latest("number").number + 1
    columns = {"published_at": now, "published_by_id": actor.user_id, "programme": after, "changes": [each.as_json() for each in changes]}
    version = meeting.programme_versions.create(number=number, **columns)
    record_of_meeting(meeting, event="publish", actor=actor, now=now, version=number)
    told = _told(meeting, changes, announced=announced)
    for session in Session.objects.select_related("meeting").filter(meeting=meeting, number__in=told):
        owe_changes(session, version=version, now=now)
    owed = OutboxMessage.objects.filter(meeting=meeting, facts__version=version.number)
    return Publication(version, changes, told, Counter(MessageKind(kind) for kind in owed.values_list("kind", flat=True)))


@transaction.atomic
def put_on_site(meeting: Meeting, *, now: datetime) -> None:
    """Show the meeting to everybody; from then on changes of its programme are drafts until they are published. Raises TranslationMissing."""
    meeting = lock_meeting(meeting.pk)
    if not meeting.is_published:
        require_both_languages(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(is_published=True)
        touch_programme(meeting, now=now)
    keep_first_version(meeting, programme=state_of(meeting), now=now)


def require_both_languages(meeting: Meeting) -> None:
    """Raises TranslationMissing unless every text of the meeting says the same in English and Spanish."""
    gaps = text_gaps(meeting)
    if gaps:
        raise TranslationMissing(number=len(gaps), first=f"{gaps[0].label}, “{gaps[0].english or gaps[0].spanish}”")


def keep_first_version(meeting: Meeting, *, programme: dict[str, Any], now: datetime) -> None:
    """Keep what was published before anybody kept versions."""
    if not meeting.programme_versions.exists():
        meeting.programme_versions.create(number=1, published_at=now, programme=programme)


def _told(meeting: Meeting, changes: list[Change], *, announced: Collection[int] | None) -> frozenset[int]:
    if announced is None:
        announced = told_unless_unticked(changes, numbers=meeting.sessions.values_list("number", flat=True))
    return frozenset({*always_told(changes), *announced})


def _apply_drafts(meeting: Meeting) -> None:
    for record in drafts_of(meeting):
        if getattr(record, "is_dropped", False):
            _remove(record)
            continue
        with_draft(record)
        record.draft = {}
        if not isinstance(record, Meeting):
            record.is_draft = False
        record.save()


def _remove(record: Any) -> None:
    if isinstance(record, Session) and (reason := why_kept(record)):
        raise SessionInUse(reason=reason)
    record.delete()
