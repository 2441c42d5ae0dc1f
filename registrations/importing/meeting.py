"""Write a meeting that was read from a file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from registrations.details import COMMAND
from registrations.errors import CalendarDeliveryFixed, TranslationMissing
from registrations.importing.files import FileError
from registrations.importing.meeting_file import Fields, ItemInFile, MeetingFile, SessionInFile, SpeakerInFile
from registrations.models import Clock, DelegationType, Entity, Host, Meeting, PreparedReason, ProgrammeItem, Reminder, Session, Speaker
from registrations.operations.drafts import discard_drafts
from registrations.operations.publish import announce, keep_first_version, require_both_languages
from registrations.operations.record_edits import record_edits
from registrations.operations.touch_programme import touch_programme
from registrations.operations.waiting_list import admit_waiting
from registrations.queries.calendar_mails import has_calendar_mails
from registrations.queries.edits import edit, edits_between, values_of
from registrations.queries.meeting_records import Records, records_of
from registrations.queries.programme_state import state_of
from registrations.rules.calendar_delivery import check_delivery, usual_delivery
from registrations.rules.edits import LOADED, differences

Record = TypeVar("Record", bound=models.Model)
Names = Mapping[str, Mapping[str, str]]


def load_meeting(file: MeetingFile, *, now: datetime) -> Meeting:
    """Make the meeting, or bring the one at the same address in line with the file; it is published.

    Sessions keep their identity by number, items by their order, delegation types by their code. One that the file no longer has is
    removed, unless somebody is registered for it: then, as for any other fault, FileError is raised and nothing is changed. Seats that
    the file adds go to those who wait. What is different in the programme is published: its drafts are discarded, and those whose calendars
    it concerns are told. The history has the loading, and each record that it added, changed or removed.
    A new meeting of more than three sessions sends one calendar file, not an invitation for each, unless the file says otherwise.
    Prepared reasons and reminders are replaced where the file has some, and left as the organizers keep them where it has not.
    """
    with transaction.atomic():
        there = Meeting.objects.select_for_update().filter(slug=file.slug).first()
        before = state_of(there) if there and there.is_published else None
        if there and before:
            discard_drafts(there, actor=COMMAND, now=now)
        records = records_of(there) if there else {}
        meeting = _meeting(file, now=now)
        _replace(Clock, meeting, file.clocks)
        _replace(Host, meeting, file.hosts)
        if file.prepared_reasons is not None:
            _replace(PreparedReason, meeting, file.prepared_reasons)
        if file.reminders is not None:
            _replace_reminders(meeting, file.reminders)
        _load_delegation_types(meeting, file.delegation_types)
        _load_sessions(meeting, file.sessions, names=_names_of_speakers_homes(file))
        _require_both_languages(meeting)
        _tell(meeting, there, records=records, now=now)
        touch_programme(meeting, now=now)
        if before:
            announce(meeting, before=before, actor=COMMAND, now=now)
        else:
            keep_first_version(meeting, programme=state_of(meeting), now=now)
        admit_waiting(meeting, now=now)
    meeting.refresh_from_db()
    return meeting


def _tell(meeting: Meeting, before: Meeting | None, *, records: Records, now: datetime) -> None:
    """That it was loaded, with what is different in the meeting, and each record below it that is; as it stands before what follows from it."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    values = values_of(meeting)
    changes = differences(values_of(before) if before else {}, values, fields=values)
    edits = [edit(LOADED, meeting, changes), *edits_between(records, records_of(meeting))]
    record_edits(meeting, edits, actor=COMMAND, now=now)


def _meeting(file: MeetingFile, *, now: datetime) -> Meeting:
    usual = usual_delivery(sessions=len(file.sessions))
    known = Meeting.objects.select_for_update().filter(slug=file.slug).first()
    meeting = known or Meeting(slug=file.slug, version=0, changed_at=now, calendar_delivery=usual)
    _choose_delivery(meeting, file.calendar_delivery or meeting.calendar_delivery)
    return _saved(meeting, file.fields, where="meeting")


def _require_both_languages(meeting: Meeting) -> None:
    try:
        require_both_languages(meeting)
    except TranslationMissing as refusal:
        raise FileError(str(refusal)) from refusal


def _choose_delivery(meeting: Meeting, chosen: str) -> None:
    try:
        check_delivery(chosen, kept=meeting.calendar_delivery, entries_sent=has_calendar_mails(meeting))
    except CalendarDeliveryFixed as refusal:
        raise FileError(f"meeting.calendar_delivery: {refusal}") from refusal
    meeting.calendar_delivery = chosen


def _replace(model: type[Clock] | type[Host] | type[PreparedReason], meeting: Meeting, rows: Iterable[Fields]) -> None:
    model._default_manager.filter(meeting=meeting).delete()
    records = [model(meeting=meeting, order=order, **fields) for order, fields in enumerate(rows, start=1)]
    for record in records:
        _check(record, where=f"meeting.{model._meta.model_name}s")
    model._default_manager.bulk_create(records)  # type: ignore[arg-type]  # all of the one model


def _replace_reminders(meeting: Meeting, offsets: Iterable[int]) -> None:
    meeting.reminders.all().delete()
    reminders = [Reminder(meeting=meeting, minutes=minutes) for minutes in offsets]
    for reminder in reminders:
        _check(reminder, where="meeting.reminders")
    Reminder.objects.bulk_create(reminders)


def _load_delegation_types(meeting: Meeting, types: Mapping[str, Fields]) -> None:
    known = {record.code: record for record in meeting.delegation_types.all()}
    surplus = DelegationType.objects.filter(meeting=meeting).exclude(code__in=types)
    _refuse_if_in_use(surplus.filter(delegations__isnull=False), what="delegation_types")
    surplus.delete()
    for order, (code, fields) in enumerate(types.items(), start=1):
        record = known.get(code) or DelegationType(meeting=meeting, code=code)
        _saved(record, {**fields, "order": order}, where=f"delegation_types, {code}")


def _load_sessions(meeting: Meeting, sessions: Iterable[SessionInFile], *, names: Names) -> None:
    known = {session.number: session for session in meeting.sessions.all()}
    surplus = Session.objects.filter(meeting=meeting).exclude(number__in=[given.number for given in sessions])
    _refuse_if_in_use(surplus.filter(Q(participants__isnull=False) | Q(invitations__isnull=False)), what="sessions")
    surplus.delete()
    for given in sessions:
        session = known.get(given.number) or Session(meeting=meeting, number=given.number)
        _saved(session, given.fields, where=f"sessions, number {given.number}")
        _load_items(session, given.items, names=names)


def _load_items(session: Session, items: Iterable[ItemInFile], *, names: Names) -> None:
    known = {item.order: item for item in session.items.all()}
    session.items.exclude(order__in=[given.order for given in items]).delete()
    Speaker.objects.filter(item__session=session).delete()
    speakers = []
    for given in items:
        where = f"sessions, number {session.number}, item {given.order}"
        item = _saved(known.get(given.order) or ProgrammeItem(session=session, order=given.order), given.fields, where=where)
        speakers += [_speaker(item, speaker, order=order, names=names, where=where) for order, speaker in enumerate(given.speakers, start=1)]
    Speaker.objects.bulk_create(speakers)


def _speaker(item: ProgrammeItem, given: SpeakerInFile, *, order: int, names: Names, where: str) -> Speaker:
    speaker = Speaker(item=item, order=order, **given.fields, **_home(given, names=names))
    _check(speaker, where=f"{where}, speaker {order}")
    return speaker


def _home(given: SpeakerInFile, *, names: Names) -> Fields:
    """The country, or else the organization where the office does not name it already."""
    if given.country_code:
        return {f"country_{language}": name for language, name in names[given.country_code].items()}
    name = names.get(given.organization, {"en": given.organization, "es": given.organization})
    return {f"country_{language}": "" if text in given.fields[f"office_{language}"] else text for language, text in name.items()}


def _names_of_speakers_homes(file: MeetingFile) -> Names:
    entities = list(Entity.objects.filter(Q(code__in=file.country_codes) | Q(acronym_en__in=file.organizations)))
    codes = {entity.code for entity in entities}
    unknown = sorted(file.country_codes - codes)
    if unknown:
        raise FileError(f"country_iso2: “{unknown[0]}” is not on the list of States; load the list first (manage.py load_entities).")
    return {key: {"en": entity.name_en, "es": entity.name_es} for entity in entities for key in (entity.code, entity.acronym_en) if key}


def _refuse_if_in_use(surplus: "models.QuerySet[Any]", *, what: str) -> None:
    used = surplus.first()
    if used:
        raise FileError(f"{what}: “{used}” is not in the file, but people are registered for it.")


def _saved(record: Record, fields: Fields, *, where: str) -> Record:
    for name, value in fields.items():
        setattr(record, name, value)
    if isinstance(record, (Meeting, DelegationType, Session, ProgrammeItem)):
        record.translations = {}  # a file has both languages beside each other: they belong together
    _check(record, where=where)
    record.save()
    return record


def _check(record: models.Model, *, where: str) -> None:
    """Refuse what does not fit the columns. A text may be missing in one language, so blanks are no fault here."""
    try:
        record.clean_fields(exclude=[name for name in _translated_columns(record) if not getattr(record, name)])
    except ValidationError as trouble:
        name, messages = next(iter(trouble.message_dict.items()))
        raise FileError(f"{where}, {name}: {messages[0]}") from trouble


def _translated_columns(record: models.Model) -> list[str]:
    return [field.name for field in record._meta.concrete_fields if field.name.endswith(("_en", "_es"))]
