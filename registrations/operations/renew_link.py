from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import MessageKind
from registrations.models import Delegation
from registrations.operations.locking import lock_delegation
from registrations.operations.status import record_of_delegation
from registrations.outbox import enqueue, message_of_delegation
from registrations.queries.mailboxes import focal_point_of


@transaction.atomic
def renew_link(delegation: Delegation, *, actor: Actor, now: datetime) -> Delegation:
    """Revoke the link to the delegation's page and owe the focal point a new one."""
    delegation = lock_delegation(delegation)
    record_of_delegation(delegation, event="renew link", actor=actor, now=now)
    replace_link(delegation, now=now)
    return delegation


def replace_link(delegation: Delegation, *, now: datetime) -> None:
    """Raise the link's version and owe the new link to whoever is the focal point of the locked delegation."""
    delegation.link_version += 1
    delegation.save(update_fields=["link_version"])
    key = f"{delegation.pk}:{delegation.link_version}"
    enqueue([message_of_delegation(delegation, MessageKind.DELEGATION_LINK, recipient=focal_point_of(delegation), key=key, now=now)])
