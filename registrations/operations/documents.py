"""What is refused of a file before anything is written."""

from registrations.details import Document
from registrations.errors import DocumentEmpty, DocumentOfUnknownKind, DocumentProtected, DocumentTooLarge, DocumentWithMacros
from registrations.rules.documents import ContentType, Fault, content_type_of

_REFUSALS = {
    Fault.EMPTY: DocumentEmpty,
    Fault.TOO_LARGE: DocumentTooLarge,
    Fault.MACROS: DocumentWithMacros,
    Fault.PROTECTED: DocumentProtected,
    Fault.UNKNOWN: DocumentOfUnknownKind,
}


def kind_of(document: Document) -> ContentType:
    """What the document is by its content.

    Raises DocumentEmpty, DocumentTooLarge, DocumentWithMacros, DocumentProtected or DocumentOfUnknownKind.
    """
    verdict = content_type_of(document.content)
    if isinstance(verdict, Fault):
        raise _REFUSALS[verdict]
    return verdict
