"""Files with which people answer questions, from the moment they arrive."""

import hashlib
import uuid
from datetime import datetime, timedelta

from registrations.details import Document
from registrations.models import AnswerDocument, Question
from registrations.operations.documents import kind_of
from registrations.rules.documents import clean_file_name

KEPT_FOR = timedelta(days=3)
"""How long a file waits for the form that it came with: as long as a form may be open."""


def keep_document(question: Question, *, document: Document, form: str, now: datetime) -> AnswerDocument:
    """Keep the file until its form is accepted; the same one that comes again with the same `form` is kept once.

    Raises what `kind_of` does.
    """
    content_type, sha256 = kind_of(document), hashlib.sha256(document.content).hexdigest()
    kept, _is_new = AnswerDocument.objects.get_or_create(
        pk=uuid.uuid5(uuid.NAMESPACE_OID, f"{form} {question.pk} {sha256}"),
        defaults={
            "question": question,
            "file_name": clean_file_name(document.file_name, content_type=content_type),
            "content_type": content_type,
            "size": len(document.content),
            "sha256": sha256,
            "content": document.content,
            "uploaded_at": now,
        },
    )
    return kept


def forget_documents(*, now: datetime) -> int:
    """Delete the files whose form nobody sent in; how many there were."""
    return AnswerDocument.objects.filter(participant=None, uploaded_at__lt=now - KEPT_FOR).delete()[0]
