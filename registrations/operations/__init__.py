"""The door: everything with consequences.

Each operation is `operation(subject, *, details, actor, now) -> model`: one transaction, the meeting's row locked first,
a history entry, the mails that are owed; refused with a DomainError that changes nothing.
"""
