"""Reasons for declining that were prepared for a meeting."""

from collections.abc import Iterable

from django.db.models import QuerySet

from registrations.models import Participant, PreparedReason


def prepared_reasons_for(participants: Iterable[Participant]) -> QuerySet[PreparedReason]:
    """Those of the participants' meetings, in their order."""
    return PreparedReason.objects.filter(meeting__in={participant.meeting_id for participant in participants})
