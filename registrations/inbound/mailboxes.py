"""Mailboxes that are read with the standard library: a Maildir, or a folder on an IMAP server.

Each gives the mails that nobody has seen yet and marks one as seen only when the next is asked for: whoever stops in between
leaves it unseen.
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from registrations.inbound.reading import LARGEST

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SECONDS = 30


class NoMailbox(Exception):
    """The mailbox cannot be read; `str()` says why, without the password."""


def unseen(source: str, *, password: str = "") -> Iterator[bytes]:
    """The unseen mails of `imaps://user:password@host/Folder` or of the Maildir at a path; larger ones are cut just beyond LARGEST.

    `password` stands in for the one in the address. Raises NoMailbox.
    """
    return _of_server(source, password=password) if "://" in source else _of_maildir(Path(source))


def _of_maildir(folder: Path) -> Iterator[bytes]:
    """New mails become old ones with the flag S, as https://cr.yp.to/proto/maildir.html has it."""
    if not all((folder / part).is_dir() for part in ("new", "cur", "tmp")):
        raise NoMailbox(f"{folder} is no Maildir: new, cur and tmp are not all there.")
    for part in ("new", "cur"):
        for path in sorted((folder / part).iterdir()):
            name, _mark, flags = path.name.partition(":2,")
            if name.startswith(".") or "S" in flags:
                continue
            with suppress(FileNotFoundError):  # somebody else has moved it meanwhile
                with path.open("rb") as file:
                    content = file.read(LARGEST + 1)
                yield content
                path.rename(folder / "cur" / f"{name}:2,{''.join(sorted({*flags, 'S'}))}")


def _of_server(address: str, *, password: str) -> Iterator[bytes]:
    with _folder(address, password=password) as server:
        numbers = _answer(server.uid("SEARCH", "UNSEEN"))[0] or b""
        for number in numbers.decode().split():
            # PEEK leaves the mail unseen until it is filed.
            parts = _answer(server.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST + 1}>)"))
            content = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if content is not None:
                yield content
                _answer(server.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))


@contextmanager
def _folder(address: str, *, password: str) -> Iterator[imaplib.IMAP4]:
    try:
        parts = urlsplit(address)
        server = _connection(parts.scheme, host=parts.hostname or "", port=parts.port)
        try:
            server.login(unquote(parts.username or ""), password or unquote(parts.password or ""))
            folder = unquote(parts.path.strip("/")) or "INBOX"
            _answer(server.select('"{}"'.format(folder.replace("\\", r"\\").replace('"', r"\""))))
            yield server
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        raise NoMailbox(f"The mailbox cannot be read: {error}") from error


def _connection(scheme: str, *, host: str, port: int | None) -> imaplib.IMAP4:
    """Encrypted, unless the server is this machine."""
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=ssl.create_default_context(), timeout=_SECONDS)
    if scheme == "imap" and host in _HERE:
        return imaplib.IMAP4(host, port or 143, timeout=_SECONDS)
    raise NoMailbox("Write the address like imaps://user@host/INBOX; without encryption only a server on this machine is read.")


def _answer(answer: tuple[str, list]) -> list:  # type: ignore[type-arg]
    status, lines = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"the server answered {status}")
    return lines
