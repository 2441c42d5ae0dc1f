"""The files that go with a letter; they change the draft as its texts do."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from registrations.details import Actor, Document
from registrations.errors import AttachedAlready, AttachmentsTooLarge
from registrations.models import Letter, LetterAttachment
from registrations.operations.documents import kind_of
from registrations.operations.locking import lock_draft
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit
from registrations.rules.documents import MOST_BYTES, ContentType, clean_file_name
from registrations.rules.edits import CHANGED


def attach(letter: Letter, *, document: Document, actor: Actor, now: datetime) -> Letter:
    """The draft with one more file, under the rules for a note verbale; all its files together are as large as one may be.

    Raises LetterGone, AttachedAlready, AttachmentsTooLarge, or what `kind_of` does.
    """
    return _keep(letter, document=document, content_type=kind_of(document), actor=actor, now=now)


@transaction.atomic
def detach(letter: Letter, *, pk: UUID, actor: Actor, now: datetime) -> Letter:
    """The draft without the file. Raises LetterGone."""
    letter = lock_draft(letter)
    attached = letter.attachments.filter(pk=pk).defer("content").first()
    if attached is None:
        return letter
    attached.delete()
    return _changed(letter, files=[attached.file_name, ""], actor=actor, now=now)


@transaction.atomic
def _keep(letter: Letter, *, document: Document, content_type: ContentType, actor: Actor, now: datetime) -> Letter:
    letter, sha256 = lock_draft(letter), hashlib.sha256(document.content).hexdigest()
    if letter.attachments.filter(sha256=sha256).exists():
        raise AttachedAlready
    attached = letter.attachments.aggregate(size=Sum("size"))["size"] or 0
    if attached + len(document.content) > MOST_BYTES:
        raise AttachmentsTooLarge
    kept = LetterAttachment.objects.create(
        letter=letter,
        file_name=clean_file_name(document.file_name, content_type=content_type),
        content_type=content_type,
        size=len(document.content),
        sha256=sha256,
        content=document.content,
        uploaded_at=now,
    )
    return _changed(letter, files=["", kept.file_name], actor=actor, now=now)


def _changed(letter: Letter, *, files: list[str], actor: Actor, now: datetime) -> Letter:
    record_edits(letter.meeting, [edit(CHANGED, letter, {"attachments": files})], actor=actor, now=now)
    letter.changed_at = now
    letter.save(update_fields=["changed_at"])
    return letter
