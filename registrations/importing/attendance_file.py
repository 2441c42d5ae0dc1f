"""The attendees in a file that a meeting platform hands out: Zoom, Teams, Webex and the like, in English or Spanish."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from registrations.importing.people_file import ListRefused
from registrations.importing.people_table import clean
from registrations.rules.names import fold

_NAMES = frozenset(
    [
        "name",
        "full name",
        "display name",
        "attendee name",
        "participant",
        "participant name",
        "user name",
        "name (original name)",
        "attendee",
        "nombre",
        "nombre completo",
        "nombre para mostrar",
        "nombre en pantalla",
        "participante",
        "nombre del participante",
        "nombre de usuario",
        "nombre (nombre original)",
        "asistente",
    ]
)
_EMAILS = frozenset(
    [
        "email",
        "e-mail",
        "user email",
        "email address",
        "attendee email",
        "participant email",
        "participant id (upn)",
        "upn",
        "correo",
        "correo electronico",
        "correo electronico del usuario",
        "direccion de correo electronico",
        "correo electronico del participante",
    ]
)
_NO_NAMES = gettext_lazy("No column of this file is headed “Name” or “E-mail”. Choose the list of attendees as the meeting platform hands it out.")


@dataclass(frozen=True)
class Attended:
    """One name and address as the platform wrote them; either may be missing."""

    name: str
    email: str


def attendees_in(cells: Sequence[Sequence[str]]) -> list[Attended]:
    """Everybody listed, once each, from below the headings to the next blank line. Raises ListRefused.

    The headings are the first line with one for names and one for addresses, or else the first with either.
    """
    lines = [[clean(cell) for cell in line] for line in cells]
    places = [(_place(line, _NAMES), _place(line, _EMAILS)) for line in lines]
    for is_heading in (all, any):
        for number, found in enumerate(places):
            if is_heading(place is not None for place in found):
                name, email = found
                return list(dict.fromkeys(_below(lines[number + 1 :], name=name, email=email)))
    raise ListRefused(_NO_NAMES)


def _below(lines: list[list[str]], *, name: int | None, email: int | None) -> list[Attended]:
    end = next((number for number, line in enumerate(lines) if not any(line)), len(lines))
    found = [Attended(_cell(line, name), _cell(line, email)) for line in lines[:end]]
    return [each for each in found if each.name or each.email]


def _place(line: Sequence[str], words: frozenset[str]) -> int | None:
    return next((place for place, cell in enumerate(line) if fold(cell) in words), None)


def _cell(line: Sequence[str], place: int | None) -> str:
    return line[place] if place is not None and place < len(line) else ""
