"""The organizers' desk: Django's admin over the same operations as the public form. An edge; it holds no rules."""

from registrations.admin import accounts, delegations, entities, expected, history, incoming, letters, meetings, outbox, participants, programme

__all__ = ["accounts", "delegations", "entities", "expected", "history", "incoming", "letters", "meetings", "outbox", "participants", "programme"]
