"""What a process that serves the site makes sure of before it answers anybody."""

from django.core.checks import ERROR, run_checks
from django.core.exceptions import ImproperlyConfigured


def refuse_faulty_settings() -> None:
    """Raises ImproperlyConfigured with the first fault that `manage.py` would refuse to start with; servers run no checks of their own."""
    faults = [each for each in run_checks() if each.is_serious(ERROR) and not each.is_silenced()]
    if faults:
        raise ImproperlyConfigured(" ".join(filter(None, [str(faults[0].msg), str(faults[0].hint or "")])))
