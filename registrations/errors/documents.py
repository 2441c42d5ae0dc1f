"""Refusals of a file that is handed in."""

from django.utils.translation import gettext_lazy as _

from registrations.errors.base import DomainError


class DocumentEmpty(DomainError):
    code = "document_empty"
    message = _("The file is empty. Choose the file with the note verbale.")
    field = "document"


class DocumentTooLarge(DomainError):
    code = "document_too_large"
    message = _("The file is larger than 10 MB. Save it in a smaller size, for example as a PDF with a lower resolution.")
    field = "document"


class DocumentWithMacros(DomainError):
    code = "document_with_macros"
    message = _("The file contains macros. Save it as a PDF or as a document without macros (.docx).")
    field = "document"


class DocumentProtected(DomainError):
    code = "document_protected"
    message = _("The file is protected by a password. Save it without the password, or as a PDF that opens without one.")
    field = "document"


class DocumentOfUnknownKind(DomainError):
    code = "document_of_unknown_kind"
    message = _("The file is neither a PDF nor a Word document (.docx), a JPEG or a PNG. Save it in one of these formats.")
    field = "document"


class DocumentUnchanged(DomainError):
    code = "document_unchanged"
    message = _("This document has already been received.")
    field = "document"
