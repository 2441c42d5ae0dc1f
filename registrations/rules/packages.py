"""Office documents are zip files of parts (ECMA-376 part 2); what can be told without unpacking any."""

import io
import zipfile
from dataclasses import dataclass

SIGNATURE, OLD_CONTAINER = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a package begins, and how the files of old Office programs and those with a password do."""
_ENCRYPTED = 1


@dataclass(frozen=True)
class Package:
    """The names of the parts, the bytes that they say they unpack to, and whether any of them is encrypted."""

    names: frozenset[str]
    unpacked_bytes: int
    is_encrypted: bool

    @property
    def has_macros(self) -> bool:
        """A program comes in a part of this name, whatever stands around it."""
        return any("vbaproject" in name.lower() for name in self.names)


def read_package(content: bytes) -> Package | None:
    """The package, or None where it is none. Python alone would read one with anything else in front as well."""
    if not content.startswith(SIGNATURE):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    return Package(
        names=frozenset(part.filename for part in parts),
        unpacked_bytes=sum(part.file_size for part in parts),
        is_encrypted=any(part.flag_bits & _ENCRYPTED for part in parts),
    )
