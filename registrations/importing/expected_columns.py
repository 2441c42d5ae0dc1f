"""What the columns of a list of expected delegations hold: known by their headings in English or Spanish, or mapped by hand."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.importing.list_columns import ASIDE, CODE, DELEGATION_HEADINGS, REPRESENTED, TYPE, UNKNOWN, plain_heading, said_twice
from registrations.importing.people_words import by_word
from registrations.models import Meeting
from registrations.queries.column_words import column_words

CONTACT, LANGUAGE = "contact_email", "language"
EXAMPLE = (TYPE, REPRESENTED, CONTACT, LANGUAGE)
"""The columns of the file that is handed out to be filled in."""
_NO_STATE = gettext_lazy("Say which column holds the State or organization, or its code.")
_COLUMN_OF = by_word(
    {
        **DELEGATION_HEADINGS,
        TYPE: f"{DELEGATION_HEADINGS[TYPE]};type;tipo;invited as;invitada como",
        REPRESENTED: f"{DELEGATION_HEADINGS[REPRESENTED]};name;official name;formal name;short name;permanent mission;"
        "nombre;nombre oficial;nombre formal;nombre corto;mision permanente",
        CONTACT: "contact e-mail;contact email;contact;contact address;e-mail;email;mail;e-mail address;email address;e-mail of the mission;"
        "correo electronico de contacto;correo de contacto;contacto;correo;correo electronico;correo-e;direccion de correo electronico;"
        "correo electronico de la mision",
        LANGUAGE: "language;language of correspondence;mail language;language of the contact;"
        "idioma;lengua;idioma de correspondencia;idioma del contacto",
        ASIDE: "no;n;#;number;meeting;answer;written to;numero;num;reunion;respuesta",
    }
)


def known_column(heading: str) -> str:
    """What a column with this heading holds, or UNKNOWN."""
    return _COLUMN_OF.get(plain_heading(heading), UNKNOWN)


def column_labels(_meeting: Meeting | None = None) -> dict[str, str]:
    """What a column can hold, by its name, in the words and the order in which it is offered."""
    return {name: column_words(name) for name in (ASIDE, TYPE, REPRESENTED, CODE, CONTACT)} | {LANGUAGE: _("Language of correspondence")}


def faults_of(columns: Sequence[str], *, labels: Mapping[str, str]) -> list[str]:
    """What keeps a list from being taken in with these columns, in sentences."""
    missing = [] if {REPRESENTED, CODE}.intersection(columns) else [str(_NO_STATE)]
    return said_twice(columns, labels=labels) + missing
