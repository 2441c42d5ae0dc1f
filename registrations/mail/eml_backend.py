"""A mail backend that writes every mail to a file of its own, to be opened by any mail program."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes to `settings.EMAIL_FILE_PATH`; the names sort by time, and a file is complete as soon as it has its name."""

    def __init__(self, *, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            self._write(mail)
        return len(email_messages)

    def _write(self, mail: EmailMessage) -> None:
        content = mail.message()
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S-%f}-{content['Message-ID'][1:9]}.eml"
        unfinished = self.folder / f".{name}.{os.getpid()}"
        unfinished.write_bytes(content.as_bytes(linesep="\r\n"))
        unfinished.replace(self.folder / name)
