"""Files that come from outside, read with the refusals a person at the command line can act upon."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class FileError(Exception):
    """The file cannot be used and nothing was written; `str()` is one sentence that names the place."""


@contextmanager
def faults_in(path: Path) -> Iterator[None]:
    """Puts the file's name in front of any FileError raised inside."""
    try:
        yield
    except FileError as trouble:
        raise FileError(f"{path}: {trouble}") from trouble


def read_text(path: Path) -> str:
    """The file as text; UTF-8, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as trouble:
        raise FileError(f"the file cannot be read ({trouble.strerror}).") from trouble
    except UnicodeDecodeError as trouble:
        raise FileError(f"the file is not UTF-8 text (byte {trouble.start}).") from trouble


def read_table(path: Path, *, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file as stripped texts, so that the code NA stays two letters; refused unless it has the columns."""
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or [])]
    if missing:
        raise FileError(f"the first line does not name these columns: {', '.join(missing)}.")
    return [_row(row, line=reader.line_num) for row in reader]


def _row(row: dict[str, str | None], *, line: int) -> dict[str, str]:
    if None in row or None in row.values():
        raise FileError(f"line {line}: the number of columns differs from that of the first line.")
    return {column: (value or "").strip() for column, value in row.items()}
