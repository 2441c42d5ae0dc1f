"""Stretches of time in words."""

from datetime import timedelta

from django.utils.translation import ngettext, override

from registrations.rules.clock_faces import joined

_MINUTE, _FIVE_MINUTES, _HOUR = timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1)


def duration_text(duration: timedelta, *, language: str) -> str:
    """E.g. "2 days and 3 hours", "1 hora y 20 minutos": whole minutes, from a day on whole hours; "" under a minute."""
    hours, minutes = divmod(int(duration / _MINUTE), 60)
    days, hours = divmod(hours, 24)
    with override(language):
        words = [
            ngettext("%(number)s day", "%(number)s days", days) % {"number": days} if days else "",
            ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours} if hours else "",
            ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes} if minutes and not days else "",
        ]
    return joined([word for word in words if word], language=language)


def minutes_begun(duration: timedelta) -> timedelta:
    """The duration with a minute that has begun counted as a whole one, for what is still to come."""
    return -(-duration // _MINUTE) * _MINUTE


def roughly(duration: timedelta) -> timedelta:
    """The duration as one says it: to the hour from about a day on, to five minutes from about half an hour on."""
    step = _HOUR if duration > 20 * _HOUR else _FIVE_MINUTES if duration > 5 * _FIVE_MINUTES else _MINUTE
    return round(duration / step) * step
