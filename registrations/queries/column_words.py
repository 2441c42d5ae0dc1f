"""The columns of lists that come in and of exports, by their lasting names, in words."""

import re
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.models import Meeting
from registrations.queries.participants import field_label

_WORDS: dict[str, Any] = {
    "aside": _("Leave this column aside"),
    "meeting": _("Meeting"),
    "type": _("Type of delegation"),
    "represented": _("State or organization"),
    "code": _("Code of the State"),
    "full_name": _("Given and family names together"),
    "display_name": _("Display name"),
    "focal_point": _("Focal point"),
    "focal_point_name": _("Focal point"),
    "focal_point_email": _("Focal point's e-mail"),
    "contact_email": _("Contact e-mail"),
    "reference": _("Reference of the registration"),
}
_OF_A_SESSION = re.compile(r"(session|present)_(\d+)")


def column_words(name: str, *, meeting: Meeting | None = None) -> str:
    """What the column is called, in the active language; a question of the meeting's own by its text, an unknown name as it stands."""
    if name in _WORDS:
        return str(_WORDS[name])
    if of_session := _OF_A_SESSION.fullmatch(name):
        sentence = gettext("Session %(number)s") if of_session[1] == "session" else gettext("Present at session %(number)s")
        return sentence % {"number": of_session[2]}
    try:
        return field_label(name, meeting=meeting)
    except FieldDoesNotExist:
        return name
