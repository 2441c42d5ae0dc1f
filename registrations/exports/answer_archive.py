"""The files with which participants answer questions, in one ZIP."""

from contextlib import ExitStack
from itertools import chain
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from registrations.models import AnswerDocument, Meeting, Participant
from registrations.rules.archive_names import archive_name

_WITH_NAMES = ("question", "participant__meeting", "participant__delegation__entity")


def answer_archive(participants: QuerySet[Participant], *, meeting: Meeting | None) -> IO[bytes] | None:
    """An open temporary file, at its beginning, which is gone when closed; None where nobody answered with a file.

    A folder for each question and, where `meeting` is None, for each meeting; States in the active language. One statement, and one file in
    memory at a time, for any number of them; they are stored as they are, because the kinds that are taken are compressed already.
    """
    documents = AnswerDocument.objects.filter(participant__in=participants.order_by().values("pk")).select_related(*_WITH_NAMES)
    found = documents.order_by("pk").iterator(chunk_size=1)
    first = next(found, None)
    if first is None:
        return None
    with ExitStack() as unless_finished:
        file = unless_finished.enter_context(TemporaryFile())
        with ZipFile(file, "w") as archive:
            for document in chain([first], found):
                archive.writestr(_entry(document, meeting=meeting), bytes(document.content))
        file.seek(0)
        unless_finished.pop_all()  # whoever sends it closes it
    return file


def _entry(document: AnswerDocument, *, meeting: Meeting | None) -> ZipInfo:
    """Its name, and the moment when it came in on the meeting's clock."""
    person, question = document.participant, document.question
    if person is None:
        raise ValueError(document.pk)
    folders = [*([] if meeting else [person.meeting.slug]), question.code.upper()]
    name = [str(person.delegation), f"{person.family_names} {person.given_names}", person.reference]
    moment = document.uploaded_at.astimezone(ZoneInfo(person.meeting.time_zone))
    return ZipInfo(archive_name(folders, name, ending=PurePath(document.file_name).suffix), date_time=moment.timetuple()[:6])
