"""The words people use in lists of a delegation, in English and Spanish, folded by rules.names.fold."""

import re

from registrations.enums import Role
from registrations.rules.names import fold

FULL_NAME = "full_name"

_COLUMNS = {
    "honorific": "title;courtesy title;honorific;salutation;tratamiento;titulo;mr/ms",
    "given_names": "name;names;given name;given names;first name;first names;forename;nombre;nombres;nombre(s);nombre de pila",
    "family_names": "family name;family names;surname;surnames;last name;last names;apellido;apellidos;apellido(s);primer apellido",
    FULL_NAME: "full name;complete name;participant;delegate;nombre completo;nombre y apellido;nombre y apellidos;nombres y apellidos;"
    "apellidos y nombres;name and surname;participante",
    "position": "position;position title;post;job title;designation;cargo;puesto;cargo o puesto",
    "institution": "institution;home institution;ministry;ministry or institution;ministry/institution;ministry or agency;ministry/agency;agency;"
    "affiliation;institucion;institucion de procedencia;institucion o entidad;ministerio;ministerio o institucion;ministerio/institucion;entidad;"
    "dependencia;organismo;adscripcion",
    "role": "role;function;function in the delegation;capacity;status in the delegation;rol;funcion;funcion en la delegacion;calidad;en calidad de",
    "email": "e-mail;email;mail;e-mail address;email address;correo;correo electronico;correo-e;direccion de correo;direccion de correo electronico",
    "phone": "phone;telephone;phone number;telephone number;mobile;tel;telefono;telefono movil;movil;celular;numero de telefono",
    "language": "language;language of correspondence;mail language;idioma;lengua;idioma de correspondencia",
    "sessions": "session;sessions;sessions attended;sesion;sesiones;sesiones a las que asiste",
    "accessibility_needs": "accessibility;accessibility needs;special needs;accesibilidad;necesidades de accesibilidad;necesidades especiales",
}
_ROLES = {
    Role.HEAD: "head;head of delegation;head of the delegation;chief of delegation;hod;jefe;jefa;jefe de delegacion;jefa de delegacion;"
    "jefe de la delegacion;jefa de la delegacion",
    Role.ALTERNATE: "alternate;alternate head;alternate head of delegation;deputy head;deputy head of delegation;alterno;alterna;suplente;"
    "jefe alterno;jefa alterna;jefe alterno de delegacion;jefa alterna de delegacion;jefe adjunto;jefa adjunta;"
    "jefe suplente;jefa suplente;jefe suplente de delegacion;jefa suplente de delegacion",
    Role.REPRESENTATIVE: "representative;representante;delegate;delegado;delegada;member;member of delegation;miembro;miembro de la delegacion",
    Role.ADVISER: "adviser;advisor;asesor;asesora",
    Role.OBSERVER: "observer;observador;observadora",
}
_LANGUAGES = {"en": "en;eng;english;ingles", "es": "es;esp;spa;spanish;espanol;castellano"}
_ALL_SESSIONS = frozenset({"all", "all sessions", "both", "both sessions", "todas", "todas las sesiones", "ambas", "ambas sesiones"})
_YES = frozenset({"yes", "y", "x", "si", "s", "true", "1", "✓", "✔", "verdadero"})
_NO = frozenset({"no", "n", "false", "0", "✗", "✘", "falso"})
_NUMBERS = re.compile(r"(?:(?:sessions?|sesion(?:es)?) )?\d{1,2}(?:(?: ?[,;/+&] ?| y | e | and | )\d{1,2})*")
_BOTH_GENDERS = re.compile(r"(?:/|\()(?:a|o)\)?(?= |$)| (?:o|u) \w+")


def by_word(words: dict[str, str]) -> dict[str, str]:
    """What each word means, of lists of words for each meaning."""
    return {word: value for value, joined in words.items() for word in joined.split(";")}


_COLUMN_OF = by_word(_COLUMNS)
_ROLE_OF = by_word({role.value: words for role, words in _ROLES.items()})
_LANGUAGE_OF = by_word(_LANGUAGES)


def column_called(heading: str) -> str | None:
    """The field, or FULL_NAME, that a column with this heading holds."""
    return _COLUMN_OF.get(fold(heading).rstrip(" :*"))


def role_called(text: str) -> str | None:
    """The code of the role; "jefe/a", "delegado(a)" and "jefe o jefa" count as well."""
    plain = fold(text)
    return _ROLE_OF.get(plain) or _ROLE_OF.get(_BOTH_GENDERS.sub("", plain))


def language_called(text: str) -> str | None:
    """The code of the language of correspondence."""
    return _LANGUAGE_OF.get(fold(text))


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes or no; None where it says neither."""
    word = fold(text)
    return True if word in _YES else False if word in _NO else None


def sessions_called(text: str, *, numbers: list[str]) -> list[str] | None:
    """The numbers written ("1, 2", "1 y 2"), all of them for "all" or nothing, or None where no number can be made out."""
    plain = fold(text)
    if not plain or plain in _ALL_SESSIONS:
        return numbers
    return list(dict.fromkeys(str(int(digits)) for digits in re.findall(r"\d+", plain))) if _NUMBERS.fullmatch(plain) else None
