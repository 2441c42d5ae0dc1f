"""The sign-up form as a browser without scripts would fill it in."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

GENEVA = "register/geneva_mission/"
ORGANIZATION = "register/organization/"


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html.parser")


def values_of(page: BeautifulSoup, form: str = "main form") -> dict[str, Any]:
    """What the browser would send: every successful control of the page's first such form, several values as a list."""
    values: dict[str, Any] = {}
    for control in page.select_one(form).select("input[name], select[name], textarea[name]"):
        name, kind = control["name"], control.get("type", "text")
        if control.has_attr("disabled") or (kind == "checkbox" and not control.has_attr("checked")):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            values[name] = chosen["value"]
        elif kind == "file":
            values[name] = [*([values[name]] if name in values else []), ""]
        elif kind == "checkbox":
            values.setdefault(name, []).append(control.get("value", "on"))
        else:
            values[name] = control.text.removeprefix("\n") if control.name == "textarea" else control.get("value", "")
    return values


def somebody(index: int = 0, **fields: Any) -> dict[str, Any]:
    """The fields of one participant."""
    values = {
        "honorific": "S.E. Sra.",
        "given_names": "María",
        "family_names": f"Muñoz Peña {'I' * (index + 1)}",
        "role": "head",
        "position": "Embajadora",
        "email": f"maria{index}@exteriores.example.com",
        "phone": "+41 22 700 00 00",
        "language": "es",
        "sessions": ["1", "2"],
        "accessibility_needs": "",
    } | fields
    return {f"participants-{index}-{name}": value for name, value in values.items()}


def open_form(client: Client, path: str, **fields: Any) -> dict[str, Any]:
    """The values of a fresh form with one participant filled in; `fields` overrides any of them by name."""
    values = values_of(soup(client.get(path))) | somebody() | {"consent": "on"}
    values |= {"organization": "Red Latinoamericana"} if "organization" in values else {"entity": "PE"}
    return values | fields


def sentences(response: HttpResponse) -> list[str]:
    """The summary of errors on top of the page."""
    return [" ".join(item.text.split()) for item in soup(response).select("#problems li")]
