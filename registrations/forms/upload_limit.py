"""Files beyond any limit of ours are not kept while they come in."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from registrations.rules.documents import MOST_BYTES

_MARK = "registrations.cut_uploads"


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers: what comes after the limit is read and thrown away, and the file is left out."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MOST_BYTES + 1024:
            self.request.META.setdefault(_MARK, set()).add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers that follow make the file."""


def was_cut(request: HttpRequest, field: str) -> bool:
    """Whether the field's file was left out because it was too large; to be asked after the form was read."""
    return field in request.META.get(_MARK, ())
