"""Which mails are owed, and which were given up."""

from django.db.models import Q

from registrations.enums import Delivery

OWED = Q(status__in=[Delivery.QUEUED, Delivery.SENDING]) | Q(status=Delivery.UNCERTAIN, repeats=0)
"""Those that a worker is yet to send, or to repeat because nobody knows whether they left."""

IN_DOUBT = Q(status=Delivery.UNCERTAIN) | Q(status__in=[Delivery.QUEUED, Delivery.SENDING]) & (Q(repeats__gt=0) | Q(handed_over_at__isnull=False))
"""Those that may have left although nobody wrote it down."""
