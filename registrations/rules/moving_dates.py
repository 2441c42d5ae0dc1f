"""Moments moved by whole days."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def moved(moment: datetime, *, by: timedelta, zone: ZoneInfo) -> datetime:
    """The moment so many days later by the zone's wall clock, in UTC: 15:00 in Geneva stays 15:00 in summer."""
    wall_clock = moment.astimezone(zone).replace(tzinfo=None) + by
    return wall_clock.replace(tzinfo=zone).astimezone(UTC)
