"""Meetings with a list of participants worth printing, and the list as plain lines."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from registrations.details import ListOptions
from registrations.enums import EntityKind, HostRole, Role
from registrations.models import Host, Meeting, Participant
from registrations.queries.participant_list import participant_list
from registrations.rules.list_content import ListDocument, ListPerson
from tests.make import a_meeting, a_person, an_entity, confirmed, participants_of, sign_up

DAY = date(2027, 2, 11)
STATES = [
    ("PE", "Peru", "Perú", "the Republic of Peru", "la República del Perú"),
    ("DE", "Germany", "Alemania", "the Federal Republic of Germany", "la República Federal de Alemania"),
    ("EC", "Ecuador", "Ecuador", "the Republic of Ecuador", "la República del Ecuador"),
    ("ES", "Spain", "España", "the Kingdom of Spain", "el Reino de España"),
    ("CI", "Côte d'Ivoire", "Côte d'Ivoire", "the Republic of Côte d'Ivoire", "la República de Côte d'Ivoire"),
    ("US", "United States of America", "Estados Unidos de América", "the United States of America", "los Estados Unidos de América"),
    ("NU", "Niue", "Niue", "Niue", "Niue"),
    ("NN", "Nyandu", "Ñandú", "", ""),
    ("NZ", "New Zealand", "Nueva Zelandia", "New Zealand", "Nueva Zelandia"),
]


def one_line(given_names: str, family_names: str, **fields: Any) -> Any:
    values = {"honorific": "Ms.", "position": "Counsellor", "role": Role.REPRESENTATIVE, "language": "en", "phone": "+41 22 700 00 00"}
    return a_person(**values | {"given_names": given_names, "family_names": family_names} | fields)


def a_full_meeting(**fields: Any) -> Meeting:
    """A meeting with delegations of every kind: States, observers, an organizer, organizations from the list and typed in."""
    texts = {"subtitle_en": "Support for Peru & Ecuador", "subtitle_es": "Apoyo al Perú y al Ecuador"}
    meeting = a_meeting(**texts | fields)
    host = {"name_en": "Organization of American States (OAS)", "name_es": "Organización de los Estados Americanos (OEA)"}
    Host.objects.create(meeting=meeting, order=1, role=HostRole.ORGANIZER, **host)
    Host.objects.create(meeting=meeting, order=2, role=HostRole.FUNDER, name_en="European Union", name_es="Unión Europea")
    _states(meeting)
    _observers(meeting)
    _organizations(meeting)
    return meeting


def _states(meeting: Meeting) -> None:
    for code, english, spanish, formal_en, formal_es in STATES:
        an_entity(code, english, spanish, formal_name_en=formal_en, formal_name_es=formal_es)
        if code != "PE":
            sign_up(meeting, one_line("Ana", f"O’Brien {code.capitalize()}", role=Role.HEAD), entity=code)
    adviser = one_line("Inés", "De la Torre", role=Role.ADVISER, position="Asesora Jurídica", institution="Ministerio de Defensa", honorific="Sra.")
    head = one_line("María José", "Muñoz Peña", role=Role.HEAD, position="Embajadora", honorific="S.E. Sra.", sessions=frozenset({1}))
    sign_up(meeting, adviser, head, entity="PE")


def _observers(meeting: Meeting) -> None:
    an_entity("EU", "European Union", "Unión Europea", groups=["un_member", "regional_organization"])
    an_entity("VA", "Holy See", "Santa Sede", groups=["oas_permanent_observer", "un_observer_state"])
    sign_up(meeting, one_line("Matthias", "Weißenborn", honorific="Mr."), entity="EU")
    sign_up(meeting, one_line("Ruggero", "Dell’Acqua", honorific="H.E. Msgr.", role=Role.HEAD), entity="VA", type_code="oas_observer")


def _organizations(meeting: Meeting) -> None:
    listed = [
        ("org-oas", "Organization of American States", "Organización de los Estados Americanos", EntityKind.INTERNATIONAL),
        ("org-icrc", "International Committee of the Red Cross", "Comité Internacional de la Cruz Roja", EntityKind.INTERNATIONAL),
        ("org-unmas", "United Nations Mine Action Service", "Servicio de las Naciones Unidas de Actividades relativas a las Minas", EntityKind.UN),
        ("org-halo", "The HALO Trust", "", EntityKind.NGO),
        ("org-acad", "Geneva Academy", "Academia de Ginebra", EntityKind.ACADEMIC),
    ]
    for code, english, spanish, kind in listed:
        an_entity(code, english, spanish, kind=kind, groups=[])
    for name in [*(english for _code, english, _spanish, _kind in listed), "Red de Cordilleras, Asociación Civil"]:
        of_organization(meeting, name, one_line("Noor", "van ’t Hooft"))


def of_organization(meeting: Meeting, name: str, *people: Any) -> list[Participant]:
    """People of an organization, signed up and confirmed."""
    submission = sign_up(meeting, *people, type_code="organization", entity="", organization=name)
    return [confirmed(person) for person in participants_of(submission)]


def listed(meeting: Meeting, **options: Any) -> dict[str, ListDocument]:
    return participant_list(meeting, options=ListOptions(**options), day=DAY)


def as_lines(document: ListDocument) -> Iterator[str]:
    """The whole document as lines of text, for golden files and comparisons."""
    yield from document["hosts"]
    yield from filter(None, [document["title"], document["subtitle"], document["when_and_where"], document["heading"], document["edition"]])
    yield from [*document["attendance"], *filter(None, [document["legend"]])]
    for section in document["sections"]:
        yield f"# {section['title']}"
        for delegation in section["delegations"]:
            yield f"## {delegation['name']}"
            yield from (line_of(person) for person in delegation["people"])
    for table in document["figures"]:
        yield f"= {table['title']}: {' | '.join(table['headers'])}"
        yield from (" | ".join(row) for row in table["rows"])


def line_of(person: ListPerson) -> str:
    return " | ".join(filter(None, [person["name"], person["function"], person["position"], *person["contacts"], person["mark"]]))


def delegations_of(document: ListDocument, section: int = 0) -> list[str]:
    return [delegation["name"] for delegation in document["sections"][section]["delegations"]]


def everybody_on(document: ListDocument) -> list[ListPerson]:
    return [person for section in document["sections"] for delegation in section["delegations"] for person in delegation["people"]]
