from datetime import datetime
from typing import Any

from registrations.enums import MessageKind
from registrations.outbox import enqueue, message_to
from registrations.queries.reminders import DueReminder, due_reminders, people_to_remind


def owe_reminders(*, now: datetime) -> int:
    """Owe the reminders whose moment has come, one to each person and once, however many workers ask; how many they were.

    Nothing is locked: whether a reminder is still right is asked again when it is sent.
    """
    return sum(_owe(reminder, now=now) for reminder in due_reminders(now=now))


def _owe(reminder: DueReminder, *, now: datetime) -> int:
    people = people_to_remind(reminder)
    facts: dict[str, Any] = {"of_session": reminder.session.pk, "minutes": reminder.minutes}
    if people:
        enqueue(message_to(person, MessageKind.REMINDER, key=f"{person.pk}:{reminder.key}", now=now, **facts) for person in people)
    return len(people)
