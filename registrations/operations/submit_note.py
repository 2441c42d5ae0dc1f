import hashlib
from datetime import datetime

from django.db import transaction

from registrations.details import Actor, Document
from registrations.errors import DocumentUnchanged
from registrations.models import Delegation, NoteVerbale
from registrations.operations.documents import kind_of
from registrations.operations.locking import lock_delegation
from registrations.operations.status import record_of_delegation
from registrations.queries.notes import notes_of
from registrations.rules.documents import ContentType, clean_file_name


def submit_note(delegation: Delegation, *, document: Document, actor: Actor, now: datetime) -> NoteVerbale:
    """Keep the document as the delegation's note verbale; the one before stays in the history.

    Raises DocumentEmpty, DocumentTooLarge, DocumentWithMacros, DocumentProtected, DocumentOfUnknownKind, or DocumentUnchanged for the newest
    one again.
    """
    return _keep(delegation, document=document, content_type=kind_of(document), actor=actor, now=now)


@transaction.atomic
def _keep(delegation: Delegation, *, document: Document, content_type: ContentType, actor: Actor, now: datetime) -> NoteVerbale:
    delegation, sha256 = lock_delegation(delegation), hashlib.sha256(document.content).hexdigest()
    newest = next(iter(notes_of(delegation)), None)
    if newest and newest.sha256 == sha256 and not newest.erased_at:
        raise DocumentUnchanged
    note = NoteVerbale.objects.create(
        delegation=delegation,
        file_name=clean_file_name(document.file_name, content_type=content_type),
        content_type=content_type,
        size=len(document.content),
        sha256=sha256,
        content=document.content,
        uploaded_by=actor.label,
        uploaded_at=now,
    )
    record_of_delegation(delegation, event="note verbale", actor=actor, now=now)
    return note
