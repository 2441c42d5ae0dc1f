"""The files that go with a letter; they change the draft as its texts do."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from registrations.details import Document
from registrations.errors import AttachedAlready, AttachmentsTooLarge
from registrations.models import Letter, LetterAttachment
from registrations.operations.documents import kind_of
from registrations.operations.locking import lock_draft
from registrations.rules.documents import MOST_BYTES, ContentType, clean_file_name


def attach(letter: Letter, *, document: Document, now: datetime) -> Letter:
    """The draft with one more file, under the rules for a note verbale; all its files together are as large as one may be.

    Raises LetterGone, AttachedAlready, AttachmentsTooLarge, or what `kind_of` does.
    """
    return _keep(letter, document=document, content_type=kind_of(document), now=now)


@transaction.atomic
def detach(letter: Letter, *, pk: UUID, now: datetime) -> Letter:
    """The draft without the file. Raises LetterGone."""
    letter = lock_draft(letter)
    letter.attachments.filter(pk=pk).delete()
    return _changed(letter, now=now)


@transaction.atomic
def _keep(letter: Letter, *, document: Document, content_type: ContentType, now: datetime) -> Letter:
    letter, sha256 = lock_draft(letter), hashlib.sha256(document.content).hexdigest()
    if letter.attachments.filter(sha256=sha256).exists():
        raise AttachedAlready
    attached = letter.attachments.aggregate(size=Sum("size"))["size"] or 0
    if attached + len(document.content) > MOST_BYTES:
        raise AttachmentsTooLarge
    LetterAttachment.objects.create(
        letter=letter,
        file_name=clean_file_name(document.file_name, content_type=content_type),
        content_type=content_type,
        size=len(document.content),
        sha256=sha256,
        content=document.content,
        uploaded_at=now,
    )
    return _changed(letter, now=now)


def _changed(letter: Letter, *, now: datetime) -> Letter:
    letter.changed_at = now
    letter.save(update_fields=["changed_at"])
    return letter
