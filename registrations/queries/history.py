"""What happened, in words and by person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registrations.details import CALENDAR, COMMAND, FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM
from registrations.enums import Action, Answer, MessageKind
from registrations.models import Delegation, HistoryEntry, Meeting, Participant
from registrations.queries.change_words import change_lines
from registrations.queries.edit_words import record_words
from registrations.queries.list_words import list_name
from registrations.queries.participants import field_label
from registrations.rules.digests import is_news
from registrations.rules.edits import ADDED, CHANGED, COPIED, LOADED, REMOVED, TRANSLATED

EVENTS: dict[str, Any] = {
    "register": pgettext_lazy("history", "signed up"),
    "amend": pgettext_lazy("history", "data corrected"),
    "resend": pgettext_lazy("history", "mails sent again"),
    "try again": pgettext_lazy("history", "one more attempt to send a mail"),
    "deal with": pgettext_lazy("history", "dealt with"),
    "put back": pgettext_lazy("history", "put back to be dealt with"),
    Action.CONFIRM: pgettext_lazy("history", "confirmed"),
    Action.WAIT: pgettext_lazy("history", "put on the waiting list"),
    Action.DECLINE: pgettext_lazy("history", "declined"),
    Action.WITHDRAW: pgettext_lazy("history", "withdrawn"),
    Action.RETURN: pgettext_lazy("history", "returned for correction"),
    Action.RESUBMIT: pgettext_lazy("history", "sent in again"),
    Action.SUBSTITUTE: pgettext_lazy("history", "place given to somebody else"),
    "take the place": pgettext_lazy("history", "put in the place of somebody else"),
    Action.REJOIN: pgettext_lazy("history", "taken back in"),
    "accept changes": pgettext_lazy("history", "changes accepted"),
    "promote": pgettext_lazy("history", "put first on the waiting list"),
    "arrange": pgettext_lazy("history", "order of precedence changed"),
    "note verbale": pgettext_lazy("history", "note verbale received"),
    "hand over": pgettext_lazy("history", "focal point replaced"),
    "ask for erasure": pgettext_lazy("history", "erasure asked for"),
    "take back erasure": pgettext_lazy("history", "request for erasure taken back"),
    "approve erasure": pgettext_lazy("history", "erasure approved"),
    "forget": pgettext_lazy("history", "personal data erased"),
    "bounce": pgettext_lazy("history", "e-mail came back undelivered"),
    "focal point bounce": pgettext_lazy("history", "e-mail to the focal point came back undelivered"),
    "answer": pgettext_lazy("history", "calendar invitation answered"),
    "issue list": pgettext_lazy("history", "list of participants issued"),
    "leave out of list": pgettext_lazy("history", "left out of the list of participants"),
    "name in list": pgettext_lazy("history", "named in the list of participants again"),
    "attend": pgettext_lazy("history", "present at a session"),
    "not attend": pgettext_lazy("history", "presence at a session taken back"),
    "chase": pgettext_lazy("history", "written to, for want of an answer"),
    "expect all": pgettext_lazy("history", "everybody eligible put on the list of those expected"),
    "expect listed": pgettext_lazy("history", "list of those expected imported"),
    "letter": pgettext_lazy("history", "letter sent off"),
    "resend letter": pgettext_lazy("history", "letter sent again"),
    "cancel letter": pgettext_lazy("history", "letter cancelled before it left"),
    "renew link": pgettext_lazy("history", "new link to the delegation’s page"),
    ADDED: pgettext_lazy("history of a meeting", "added"),
    CHANGED: pgettext_lazy("history of a meeting", "changed"),
    REMOVED: pgettext_lazy("history of a meeting", "taken out"),
    "adapt text": pgettext_lazy("history of a meeting", "text of an automatic mail adapted"),
    "restore text": pgettext_lazy("history of a meeting", "automatic mail put back to the standard text"),
    LOADED: pgettext_lazy("history of a meeting", "loaded from a file"),
    COPIED: pgettext_lazy("history of a meeting", "begun as a copy"),
    TRANSLATED: pgettext_lazy("history of a meeting", "Spanish text confirmed although the English one had changed"),
    "set up second factor": pgettext_lazy("history of an account", "second factor set up"),
    "renew recovery codes": pgettext_lazy("history of an account", "recovery codes renewed"),
    "reset second factor": pgettext_lazy("history of an account", "second factor taken away"),
    "set password": pgettext_lazy("history of an account", "password set"),
    "publish": pgettext_lazy("history of a meeting", "programme published"),
    "discard drafts": pgettext_lazy("history of a meeting", "changes discarded that were not published"),
}
_ACTORS: dict[str, Any] = {
    PUBLIC.label: _("sign-up form"),
    PARTICIPANT.label: _("the participant"),
    FOCAL_POINT.label: _("the focal point"),
    SYSTEM.label: _("automatic"),
    CALENDAR.label: _("the participant’s calendar"),
    COMMAND.label: _("command on the server"),
}


def event_words(event: str) -> Any:
    """What happened, e.g. "put on the waiting list"."""
    return EVENTS.get(event, event)


def actor_words(label: str) -> Any:
    """Who did something: an organizer by name, anybody else by what they are."""
    return _ACTORS.get(label, label)


def more_words(facts: dict[str, Any], *, meeting: Meeting | None) -> str:
    """The record, the changes, or the reason; of what was erased only the fields that it concerned."""
    if "record" in facts:
        return record_words(facts)
    if "changes" in facts and meeting:
        return "; ".join(f"{line.field}: {line.before} → {line.after}" for line in change_lines(facts["changes"], meeting=meeting))
    if "answer" in facts:
        return gettext("session %(number)s: %(answer)s") % {"number": facts["session"], "answer": Answer(facts["answer"]).label}
    words = _number_words(facts) or str(facts.get("reason", facts.get("note", "")))
    return words or ", ".join(field_label(field, meeting=meeting) for field in facts.get("fields", []))


def _number_words(facts: dict[str, Any]) -> str:
    """Which session, list, letter or version it was, or how many; "" where nothing of the kind is kept."""
    if "after" in facts:
        return gettext("new: %(new)s; changed: %(changed)s; on the list: %(before)s → %(after)s") % facts
    if "session" in facts:
        return gettext("session %(number)s") % {"number": facts["session"]}
    if "list" in facts:
        return list_name(facts["list"], facts["revision"])
    if "mail" in facts:
        return str(MessageKind(facts["mail"]).label)
    if "letter" in facts:
        return gettext("no. %(number)s") % {"number": facts["letter"]}
    if "version" in facts:
        return gettext("version %(number)s") % {"number": facts["version"]}
    return str(facts.get("number", ""))


@dataclass
class News:
    """What happened to one person in order, or to the delegation as a whole where `person` is None."""

    person: Participant | None
    events: list[str] = field(default_factory=list)


def news_of(delegation: Delegation, *, meeting: Meeting, starts_at: datetime, ends_at: datetime) -> list[News]:
    """What its focal point should hear of from `starts_at` until before `ends_at`: the delegation first, then its people in order.

    In the active language and in one statement; nobody who was erased.
    """
    entries = delegation.history.filter(at__gte=starts_at, at__lt=ends_at, participant__erased_at=None).select_related("participant")
    news = (entry for entry in entries.order_by("at", "pk") if is_news(entry, delegation=delegation))
    return _by_person(news, meeting=meeting)


def _by_person(entries: Iterable[HistoryEntry], *, meeting: Meeting) -> list[News]:
    found: dict[int | None, News] = {}
    for entry in entries:
        news = found.setdefault(entry.participant_id, News(entry.participant))
        if (words := _words(entry, meeting=meeting)) not in news.events:
            news.events.append(words)
    return sorted(found.values(), key=lambda news: (news.person.order, news.person.pk) if news.person else (-1, 0))


def _words(entry: HistoryEntry, *, meeting: Meeting) -> str:
    """E.g. "data corrected (position, e-mail)"."""
    event = str(event_words(entry.event))
    fields = ", ".join(field_label(name, meeting=meeting) for name in entry.facts.get("changes", ()))
    return f"{event} ({fields})" if fields else event


def changed_at(participant: Participant) -> datetime:
    """When anything happened last to the participant or to the meeting's programme; one statement."""
    last: datetime | None = participant.history.aggregate(at=Max("at"))["at"]
    return max(participant.meeting.changed_at, last or participant.created_at)
