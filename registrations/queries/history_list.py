"""The history as a list: of any person, delegation, meeting, event, door or organizer."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from registrations.models import HistoryEntry, Meeting
from registrations.queries.change_words import ChangeLine, change_lines
from registrations.queries.edit_words import edit_lines
from registrations.queries.plain_letters import Folded
from registrations.rules.desk_roles import ACCOUNTS, OF_NO_MEETING
from registrations.rules.names import fold


def with_records(entries: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
    """The entries with whom they concern, in one statement."""
    return entries.select_related("meeting", "delegation__entity", "type", "participant", "entity")


def with_shared_meetings(entries: Iterable[HistoryEntry]) -> Iterator[HistoryEntry]:
    """The entries, in which each meeting is read once with its sessions, as the words of changes need them."""
    meetings: dict[int, Meeting] = {}
    for entry in entries:
        if entry.meeting:
            entry.meeting = meetings.setdefault(entry.meeting.pk, entry.meeting)
            prefetch_related_objects([entry.meeting], "sessions")
        yield entry


def seen_by(user: Any, entries: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
    """Those that the user may read: what was changed in accounts only with the right to see accounts."""
    if user.has_perm(ACCOUNTS):
        return entries
    return entries.filter(Q(meeting__isnull=False) | Q(facts__record__in=OF_NO_MEETING))


def search_history(entries: QuerySet[HistoryEntry], *, words: str) -> QuerySet[HistoryEntry]:
    """Those whose participant, delegation, State, organization or author holds all the words; accents and capitals do not matter."""
    entries = entries.alias(author=Folded("actor"))
    for word in fold(words).split():
        of_delegation = Q(delegation__organization_key__contains=word) | Q(delegation__entity__search_text__contains=word)
        of_entity = Q(entity__search_text__contains=word)
        entries = entries.filter(Q(participant__search_text__contains=word) | of_delegation | of_entity | Q(author__contains=word))
    return entries


def lines_of(entry: HistoryEntry) -> list[ChangeLine]:
    """Each changed field with its value before and after, or none where nothing was changed."""
    if "record" in entry.facts:
        return list(edit_lines(entry.facts, meeting=entry.meeting))
    return list(change_lines(entry.facts.get("changes", {}), meeting=entry.meeting)) if entry.meeting else []
