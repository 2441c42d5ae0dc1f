"""Mails to a focal point, and the links that were lost. Each function gives the letter, or None when it is no longer true or needed."""

from datetime import datetime
from typing import Any

from registrations.enums import Status
from registrations.links import correction_url, delegation_url
from registrations.mail.letter import Letter
from registrations.mail.notices import common, page_of
from registrations.models import Delegation, OutboxMessage
from registrations.queries.history import News, news_of
from registrations.queries.mailboxes import delegations_on, people_on
from registrations.queries.participants import field_label


def delegation_link(message: OutboxMessage) -> Letter | None:
    context = common(message)
    return Letter("delegation_link", context) if context["delegation_page"] else None


def handed_over(message: OutboxMessage) -> Letter | None:
    """Names whoever is the focal point now; needless where that is the recipient again."""
    context = common(message)
    if message.delegation is None or context["delegation_page"]:
        return None
    return Letter("handed_over", {**context, "focal_point": message.delegation.focal_point_name})


def links(message: OutboxMessage) -> Letter | None:
    """Every link of the mailbox at the meeting, to the delegations' pages and to personal ones."""
    delegations = delegations_on(message.meeting, mailbox=message.mailbox)
    people = people_on(message.meeting, mailbox=message.mailbox)
    if not delegations and not people:
        return None
    pages = [{"name": str(delegation), "url": delegation_url(delegation, language=message.language)} for delegation in delegations]
    return Letter("links", {**common(message), "delegations": pages, "people": [page_of(person, language=message.language) for person in people]})


def digest(message: OutboxMessage) -> Letter | None:
    """What happened in the message's hour, to whoever is the focal point when it is sent."""
    context = common(message)
    if message.delegation is None or not context["delegation_page"]:
        return None
    starts_at, ends_at = (datetime.fromisoformat(message.facts[name]) for name in ("starts_at", "ends_at"))
    lines = [
        _line(news, message.delegation, language=message.language)
        for news in news_of(message.delegation, meeting=message.meeting, starts_at=starts_at, ends_at=ends_at)
    ]
    to_do = {"has_notes": any(line["note"] for line in lines), "has_bounces": any(line["has_bounced"] for line in lines)}
    return Letter("digest", {**context, "lines": lines, **to_do}) if lines else None


def _line(news: News, delegation: Delegation, *, language: str) -> dict[str, Any]:
    """What happened to a person and where they stand now; a note of the secretariat comes in the person's language."""
    person = news.person
    if person is None:
        return {"name": "", "events": news.events, "note": "", "has_bounced": False}
    line: dict[str, Any] = {"name": person.styled_name, "events": news.events, "status": Status(person.status).label, "note": ""}
    line |= {"has_bounced": person.bounced_at is not None, "url": correction_url(delegation, person, language=language)}
    if person.status == Status.RETURNED:
        fields = [field_label(field, meeting=person.meeting) for field in person.correction["fields"]]
        line |= {"note": person.correction["note"], "language": person.language, "fields": fields}
    return line
