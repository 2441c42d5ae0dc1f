"""What the mails owed to a participant have come to."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from registrations.enums import Arrival, Delivery, Status
from registrations.models import OutboxMessage, Participant
from registrations.queries.owed import OWED

OUT_OF_REACH = Q(bounced_at__isnull=False) & ~Q(status=Status.WITHDRAWN)
"""Those whose address has to be corrected, because mail to it came back."""
BOUNCED = "bounced"


def with_mail_state(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """The participants with `mail_state`, the most telling of the mails to their present address.

    "bounced" before "failed", "uncertain" and "queued"; then how the last one that left has arrived: "delivered", "deferred", or
    "sent" where nothing was heard. It is "" without any. People who share a mailbox share its mails.
    """
    mails = OutboxMessage.objects.filter(meeting=OuterRef("meeting"), mailbox=OuterRef("mailbox"))
    return participants.annotate(
        mail_state=Case(
            When(OUT_OF_REACH, then=Value(BOUNCED)),
            When(Exists(mails.filter(status=Delivery.FAILED)), then=Value(Delivery.FAILED.value)),
            When(Exists(mails.filter(status=Delivery.UNCERTAIN, repeats__gt=0)), then=Value(Delivery.UNCERTAIN.value)),
            When(Exists(mails.filter(OWED)), then=Value(Delivery.QUEUED.value)),
            default=Coalesce(Subquery(_of_the_last(mails.filter(status=Delivery.SENT))), Value("")),
        )
    )


def _of_the_last(sent: QuerySet[OutboxMessage]) -> QuerySet[OutboxMessage, str]:
    state = Case(
        When(arrival__in=[Arrival.BOUNCED, Arrival.REJECTED], then=Value(Delivery.FAILED.value)),
        When(arrival__in=[Arrival.DELIVERED, Arrival.COMPLAINED], then=Value(Arrival.DELIVERED.value)),
        When(arrival=Arrival.DEFERRED, then=Value(Arrival.DEFERRED.value)),
        default=Value(Delivery.SENT.value),
    )
    return sent.order_by(F("sent_at").desc(nulls_last=True)).annotate(state=state).values_list("state", flat=True)[:1]
