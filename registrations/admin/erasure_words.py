"""How far the erasure of somebody's data has come, in words."""

from typing import Any

from django.utils.translation import pgettext_lazy

from registrations.admin.meeting_time import meeting_time
from registrations.models import Participant
from registrations.queries.erasure import erasure_state
from registrations.rules.erasure import Erasure

ERASURE_WORDS: dict[Erasure, Any] = {
    Erasure.ASKED: pgettext_lazy("erasure of data", "asked for"),
    Erasure.APPROVED: pgettext_lazy("erasure of data", "approved; done once the last mail is sent"),
    Erasure.DONE: pgettext_lazy("erasure of data", "done"),
}


def erasure_text(participant: Participant) -> str:
    """E.g. "asked for: 20 January 2027, 11:00 (Europe/Zurich)", or "" where nobody has asked."""
    state = erasure_state(participant)
    if state == Erasure.NONE:
        return ""
    moments = {
        Erasure.ASKED: participant.erasure_requested_at,
        Erasure.APPROVED: participant.erasure_approved_at,
        Erasure.DONE: participant.erased_at,
    }
    return f"{ERASURE_WORDS[state]}: {meeting_time(moments[state], participant.meeting)}"
