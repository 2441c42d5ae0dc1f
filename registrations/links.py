"""Signed personal links: unguessable, revoked by raising the participant's `link_version`."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from registrations.models import Meeting, Participant, Session, Submission

_signer = Signer(sep=".", salt="registrations.links.participant")
_submissions = Signer(sep=".", salt="registrations.links.submission")


@dataclass(frozen=True)
class ParticipantLink:
    """What a genuine token says: the participant's pk and the version of the link."""

    participant_id: int
    version: int


def participant_token(participant: Participant) -> str:
    """The token of the participant's page; 256 bits of signature."""
    return _signer.sign(f"{participant.pk}-{participant.link_version}")


def read_participant_token(token: str) -> ParticipantLink | None:
    """What the token says, or None when we did not sign it."""
    try:
        participant_id, version = _signer.unsign(token).split("-")
    except (BadSignature, ValueError):
        return None
    return ParticipantLink(int(participant_id), int(version))


def participant_url(participant: Participant, *, language: str | None = None, page: str = "participant") -> str:
    """The absolute address of the participant's page, in their language unless told otherwise."""
    return _absolute(page, language or participant.language, participant_token(participant))


def join_url(participant: Participant, session: Session, *, language: str) -> str:
    """The absolute address that leads a confirmed participant on to the meeting room."""
    return _absolute("join", language, participant_token(participant), str(session.number))


def submission_token(submission: Submission) -> str:
    """The token of the page that answers a sign-up form."""
    return _submissions.sign(str(submission.form_id))


def read_submission_token(token: str) -> UUID | None:
    """The form's id, or None when we did not sign the token."""
    try:
        return UUID(_submissions.unsign(token))
    except (BadSignature, ValueError):
        return None


def programme_url(meeting: Meeting, *, language: str) -> str:
    """The absolute address of the programme page."""
    return _absolute("programme", language, meeting.slug)


def _absolute(name: str, language: str, *args: str) -> str:
    with override(language):
        return settings.SITE_URL + reverse(f"registrations:{name}", args=args)
