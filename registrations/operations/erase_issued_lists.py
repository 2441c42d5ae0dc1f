"""Take a person out of the lists of participants that were issued. Called with the meeting locked."""

from django.utils.translation import override

from registrations.models import IssuedList, Participant
from registrations.models.participant import erased_name
from registrations.rules.list_changes import without_person


def erase_issued_lists(participant: Participant) -> None:
    """A neutral line stands in the place of the person's, in every language; all else stays as it was issued."""
    for issued in IssuedList.objects.filter(meeting=participant.meeting_id):
        changed = [_erase(issued, participant, language=code) for code in issued.content]
        if any(changed):
            issued.save(update_fields=["content"])


def _erase(issued: IssuedList, participant: Participant, *, language: str) -> bool:
    with override(language):
        return without_person(issued.content[language], key=str(participant.pk), nobody=erased_name())
