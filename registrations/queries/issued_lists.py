"""The lists of participants that were issued, and the one that would be issued next."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import override

from registrations.details import ListOptions
from registrations.enums import EntityNames, ListKind, ListOrder
from registrations.models import IssuedList, Meeting
from registrations.queries.list_matter import not_to_be_named
from registrations.queries.list_words import departures_title, legend, mark_words
from registrations.queries.participant_list import participant_list
from registrations.rules.list_changes import mark_changes
from registrations.rules.list_content import ListContent, ListDocument


def issued_lists(meeting: Meeting) -> QuerySet[IssuedList]:
    """What was issued, the latest first, without the content."""
    return meeting.issued_lists.select_related("issued_by").defer("content")


def last_issued(meeting: Meeting) -> IssuedList | None:
    """The list that was issued last, of whatever kind."""
    return meeting.issued_lists.first()


def next_revision(meeting: Meeting, kind: ListKind) -> int:
    """0 for the first of its kind."""
    return meeting.issued_lists.filter(kind=kind).count()


def usual_options(last: IssuedList | None) -> ListOptions:
    """What was chosen for the last list, or what is usual for a first one."""
    if last is None:
        return ListOptions()
    chosen = {name: value for name, value in last.options.items() if name in {field.name for field in fields(ListOptions)}}
    enums = {"kind": ListKind(last.kind), "order": ListOrder(chosen["order"]), "names": EntityNames(chosen["names"])}
    several = {name: tuple(chosen.get(name, ())) for name in ("precedence", "questions")}
    return ListOptions(**chosen | enums | several)


def list_to_issue(meeting: Meeting, *, options: ListOptions, last: IssuedList | None, now: datetime) -> ListContent:
    """The list as it would be issued now, with the changes since the `last` one; five statements, and two more for answers."""
    day = now.astimezone(ZoneInfo(meeting.time_zone)).date()
    content = participant_list(meeting, options=options, revision=next_revision(meeting, options.kind), day=day)
    if last and options.marks_changes:
        unnamed = [str(pk) for pk in not_to_be_named(meeting).values_list("pk", flat=True)]
        for code, document in content.items():
            _mark(document, since=last.content[code], unnamed=unnamed, language=code)
    return content


def _mark(document: ListDocument, *, since: ListDocument, unnamed: Collection[str], language: str) -> None:
    with override(language):
        words = mark_words()
        has_changes = mark_changes(document, since=since, words=words, unnamed=unnamed)
        document["legend"] = legend(since=f"{since['heading']}, {since['edition']}", words=words, has_changes=has_changes)
        document["departures_title"] = departures_title()
