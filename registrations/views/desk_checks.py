"""Is the desk open to whoever guesses a password? Said by `check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register(deploy=True)
def check_second_factor(**kwargs: Any) -> list[CheckMessage]:
    """A warning where organizers log in with a password alone."""
    if settings.DESK_SECOND_FACTOR:
        return []
    problem = "Organizers log in with a password alone (DESK_SECOND_FACTOR=false)."
    return [Warning(problem, hint="Leave DESK_SECOND_FACTOR unset, or set it to true.", id="registrations.W001")]
