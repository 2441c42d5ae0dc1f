"""What the mails owed to a participant have come to."""

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from registrations.enums import Delivery
from registrations.models import OutboxMessage, Participant


def with_mail_state(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """The participants with `mail_state`, the most telling of the mails to their present address: failed before queued before sent.

    It is "" without any. People who share a mailbox share its mails.
    """
    mails = OutboxMessage.objects.filter(meeting=OuterRef("meeting"), mailbox=OuterRef("mailbox"))
    return participants.annotate(
        mail_state=Case(
            When(Exists(mails.filter(status=Delivery.FAILED)), then=Value(Delivery.FAILED.value)),
            When(Exists(mails.filter(status__in=[Delivery.QUEUED, Delivery.SENDING])), then=Value(Delivery.QUEUED.value)),
            When(Exists(mails.filter(status=Delivery.SENT)), then=Value(Delivery.SENT.value)),
            default=Value(""),
        )
    )
