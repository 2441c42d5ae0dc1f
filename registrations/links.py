"""Signed personal links: unguessable, revoked by raising the `link_version` of the participant or delegation."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from registrations.models import Delegation, DelegationType, Meeting, Participant, Session, Submission

_participants = Signer(sep=".", salt="registrations.links.participant")
_calendars = Signer(sep=".", salt="registrations.links.calendar")
_delegations = Signer(sep=".", salt="registrations.links.delegation")
_submissions = Signer(sep=".", salt="registrations.links.submission")


@dataclass(frozen=True)
class PersonalLink:
    """What a genuine token says: whose page it opens, and the version of the link."""

    pk: int
    version: int


def participant_token(participant: Participant) -> str:
    """The token of the participant's page; 256 bits of signature."""
    return _token(_participants, participant)


def read_participant_token(token: str) -> PersonalLink | None:
    """What the token says, or None when we did not sign it."""
    return _read(_participants, token)


def participant_url(participant: Participant, *, language: str | None = None, page: str = "participant") -> str:
    """The absolute address of the participant's page, in their language unless told otherwise."""
    return _absolute(page, language or participant.language, participant_token(participant))


def calendar_token(participant: Participant) -> str:
    """The token of the participant's calendar file alone: a calendar service that reads it cannot open the page."""
    return _token(_calendars, participant)


def read_calendar_token(token: str) -> PersonalLink | None:
    """What the token of a calendar file or of a participant's page says, or None when we did not sign it."""
    return _read(_calendars, token) or read_participant_token(token)


def calendar_url(participant: Participant) -> str:
    """The absolute address of the participant's calendar file, to subscribe to."""
    return _absolute("participant_calendar", participant.language, calendar_token(participant))


def delegation_token(delegation: Delegation) -> str:
    """The token of the delegation's page, for its focal point alone; 256 bits of signature."""
    return _token(_delegations, delegation)


def read_delegation_token(token: str) -> PersonalLink | None:
    """What the token says, or None when we did not sign it."""
    return _read(_delegations, token)


def delegation_url(delegation: Delegation, *, language: str | None = None) -> str:
    """The absolute address of the delegation's page, in the focal point's language unless told otherwise."""
    return _absolute("delegation", language or delegation.focal_point_language, delegation_token(delegation))


def correction_url(delegation: Delegation, participant: Participant, *, language: str) -> str:
    """The absolute address at which the focal point corrects somebody of the delegation."""
    return _absolute("delegation_edit", language, delegation_token(delegation), str(participant.pk))


def withdraw_url(participant: Participant, session: Session, *, language: str) -> str:
    """The absolute address that asks the participant whether they withdraw, now that they refuse the session."""
    return f"{participant_url(participant, language=language, page='participant_withdraw')}?session={session.number}"


def join_url(participant: Participant, session: Session, *, language: str) -> str:
    """The absolute address that leads a confirmed participant on to the meeting room."""
    return _absolute("join", language, participant_token(participant), str(session.number))


def check_in_url(reference: str) -> str:
    """The absolute address at the desk that checks in whoever carries the reference; for organizers alone."""
    return f"{settings.SITE_URL}{reverse('admin:registrations_participant_check_in')}?reference={reference}"


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


def programme_feed_url(meeting: Meeting, *, language: str) -> str:
    """The absolute address of the programme as a calendar file, to subscribe to."""
    return _absolute("programme_calendar", language, meeting.slug)


def changes_url(meeting: Meeting, *, language: str, page: str = "changes") -> str:
    """The absolute address of the page, or of the feed, that says what changed in the programme."""
    return _absolute(page, language, meeting.slug)


def sign_up_url(delegation_type: DelegationType, *, language: str) -> str:
    """The absolute address of the sign-up form of a type, with its meeting at hand."""
    return _absolute("sign_up", language, delegation_type.meeting.slug, delegation_type.code)


def _token(signer: Signer, subject: Participant | Delegation) -> str:
    return signer.sign(f"{subject.pk}-{subject.link_version}")


def _read(signer: Signer, token: str) -> PersonalLink | None:
    try:
        pk, version = signer.unsign(token).split("-")
    except (BadSignature, ValueError):
        return None
    return PersonalLink(int(pk), int(version))


def _absolute(name: str, language: str, *args: str) -> str:
    with override(language):
        return settings.SITE_URL + reverse(f"registrations:{name}", args=args)
