"""Languages by their names in the organizer's language."""

from django.conf import settings
from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """E.g. "Spanish", "español"."""
    return str(get_language_info(code)["name_translated"])


def language_choices() -> list[tuple[str, str]]:
    """Code and name of each language of the site."""
    return [(code, language_name(code)) for code, _own_name in settings.LANGUAGES]
