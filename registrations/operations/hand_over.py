from datetime import datetime

from django.db import transaction

from registrations.details import Actor, FocalPoint
from registrations.enums import Delivery, MessageKind
from registrations.errors import FocalPointAlready
from registrations.models import Delegation
from registrations.operations.locking import lock_delegation
from registrations.operations.renew_link import replace_link
from registrations.operations.status import record_of_delegation
from registrations.outbox import enqueue, message_of_delegation
from registrations.queries.mailboxes import focal_point_of
from registrations.rules.names import mailbox_key


@transaction.atomic
def hand_over(delegation: Delegation, *, focal_point: FocalPoint, actor: Actor, now: datetime) -> Delegation:
    """Make somebody else the focal point: the old link dies, the new one goes to them, and the one before is told
    unless mail to them came back.

    Name or language alone may change as well: on the same mailbox the link stays and no mail is owed.
    Raises FocalPointAlready where nothing would change.
    """
    delegation = lock_delegation(delegation)
    before, was_out_of_reach = focal_point_of(delegation), delegation.focal_point_bounced_at is not None
    has_moved = mailbox_key(focal_point.email) != delegation.focal_point_mailbox
    if not has_moved and (focal_point.name, focal_point.language) == (before.name, before.language):
        raise FocalPointAlready(name=before.name)
    delegation.focal_point_name = focal_point.name
    delegation.focal_point_email = focal_point.email
    delegation.focal_point_language = focal_point.language
    if has_moved:
        delegation.focal_point_bounced_at = None
    delegation.save(update_fields=[f"focal_point_{column}" for column in ("name", "email", "language", "mailbox", "bounced_at")])
    record_of_delegation(delegation, event="hand over", actor=actor, now=now)
    _redirect_digests(delegation)
    if has_moved:
        replace_link(delegation, now=now)
    if has_moved and not was_out_of_reach:
        key = f"{delegation.pk}:{delegation.link_version}"
        enqueue([message_of_delegation(delegation, MessageKind.HANDED_OVER, recipient=before, key=key, now=now)])
    return delegation


def _redirect_digests(delegation: Delegation) -> None:
    """What is news in this hour is news for the new focal point; one that is being sent at this moment is dropped by its letter."""
    delegation.outbox.filter(kind=MessageKind.DIGEST, status=Delivery.QUEUED).update(
        recipient_name=delegation.focal_point_name,
        recipient_email=delegation.focal_point_email,
        mailbox=delegation.focal_point_mailbox,
        language=delegation.focal_point_language,
    )
