"""Mails without a calendar part. Each function gives the letter, or None when it is no longer true."""

from typing import Any

from registrations.enums import Status
from registrations.links import changes_url, delegation_url, participant_url
from registrations.mail.letter import Letter
from registrations.models import Delegation, Meeting, OutboxMessage, Participant
from registrations.models.participant import erased_name
from registrations.queries.participants import field_label
from registrations.queries.questions import answers_given
from registrations.rules.bilingual import wording_of


def received(message: OutboxMessage) -> Letter | None:
    return _about(message, template="received", while_in={Status.PENDING, Status.RETURNED}, tells_answers=True)


def waiting(message: OutboxMessage) -> Letter | None:
    """Names the limit that is full, and the place in the queue at the time when the mail was owed."""
    full, place = message.facts.get("full"), message.facts.get("place")
    return _about(message, template="waiting", while_in={Status.WAITING}, tells_answers=True, full=full, place=place)


def declined(message: OutboxMessage) -> Letter | None:
    return _about(message, template="declined", while_in={Status.DECLINED}, reason=message.facts["reason"])


def returned(message: OutboxMessage) -> Letter | None:
    """Names the data to be corrected; the link opens on them."""
    names = [field_label(field, meeting=message.meeting) for field in message.facts["fields"]]
    return _about(message, template="returned", while_in={Status.RETURNED}, page="participant_edit", fields=names, note=message.facts["note"])


def already_registered(message: OutboxMessage) -> Letter | None:
    """Says neither who sent the form again nor where the registration stands: that is on the page."""
    return _about(message, template="already_registered", while_in=set(Status) - {Status.WITHDRAWN})


def summary(message: OutboxMessage) -> Letter | None:
    """Lists what the focal point's own form was answered with, and nothing that was there before."""
    if message.submission is None:
        return None
    lines = [{**line, "name": line["name"] or erased_name(), "status": Status(line["status"]).label} for line in message.submission.lines]
    entity = message.submission.delegation.entity
    return Letter("summary", {**common(message), "lines": lines, "number": len(lines), "entity": str(entity) if entity else ""})


def common(message: OutboxMessage) -> dict[str, Any]:
    """What every letter is filled with. The link to a delegation's page goes to the mailbox of its focal point, and to nobody else.

    What was owed because a programme was published leads to the page that says what changed in it.
    """
    delegation = _delegation(message)
    is_focal_point = delegation is not None and delegation.focal_point_mailbox == message.mailbox
    tells_of_changes = "version" in message.facts and message.meeting.is_published
    return {
        "language": message.language,
        "title": wording_of(message.meeting, "title", language=message.language).text,
        "meeting": message.meeting,
        "delegation": str(delegation or ""),
        "delegation_page": delegation_url(delegation, language=message.language) if delegation and is_focal_point else "",
        "changes_page": changes_url(message.meeting, language=message.language) if tells_of_changes else "",
    }


def page_of(person: Participant, *, language: str, page: str = "participant", answered_at: Meeting | None = None) -> dict[str, Any]:
    """A person as a letter to their mailbox lists them, with the address of one of their pages, and what they answered at the meeting."""
    answers = answers_given(person, meeting=answered_at) if answered_at else []
    return {
        "answers": answers,
        "name": person.styled_name,
        "reference": person.reference,
        "url": participant_url(person, language=language, page=page),
    }


def _about(
    message: OutboxMessage, *, template: str, while_in: set[Status], page: str = "participant", tells_answers: bool = False, **facts: Any
) -> Letter | None:
    person = message.participant
    if person is None or person.status not in while_in:
        return None
    answered_at = message.meeting if tells_answers else None
    people = [page_of(person, language=message.language, page=page, answered_at=answered_at)]
    return Letter(template, {**common(message), "people": people, **facts})


def _delegation(message: OutboxMessage) -> Delegation | None:
    of = message.participant or message.submission
    return of.delegation if of else message.delegation
