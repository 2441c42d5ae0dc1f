"""The programme as plain data for a document: every text with the language that it is in, every label translated."""

import re
import unicodedata
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from registrations.enums import HostRole
from registrations.links import programme_url
from registrations.models import Host, Meeting
from registrations.queries.programme import ItemEntry, Programme, SessionEntry, Span, SpeakerEntry, programme
from registrations.rules.bilingual import paragraphs, points, wording_of
from registrations.rules.dates import moment_text

Data = dict[str, Any]

_BREAKABLE_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


def programme_document(meeting: Meeting, *, language: str) -> Data:
    """What the programme page says, in its order, ready for `json.dumps`; the same as long as the meeting's `version` stays.

    A text is {"text", "language"}, with "" for one that is missing in both languages. The moment of the version is in the meeting's time zone.
    """
    with override(language):
        return _document(programme(meeting, language=language))


def _document(shown: Programme) -> Data:
    meeting, language = shown.meeting, shown.language
    return {
        "language": language,
        "labels": _labels(),
        "title": _wording(meeting, "title", language),
        "subtitle": _wording(meeting, "subtitle", language),
        "place": _wording(meeting, "place", language),
        "hosts": [_short_name(host, language) for host in shown.organizers],
        "days": shown.days,
        "occasions": [{"days": occasion.days, "faces": _faces(occasion.span)} for occasion in shown.occasions],
        "version": _version(meeting, language),
        "is_provisional": shown.is_provisional,
        "introduction": _texts(meeting, "introduction", language, split=paragraphs),
        "objectives": _texts(meeting, "objectives", language, split=points),
        "sessions": [_session(entry) for entry in shown.sessions],
        "organizers": _organizers(shown),
        "address": programme_url(meeting, language=language),
    }


def _labels() -> Data:
    return {
        "about": _("About the meeting"),
        "objectives": _("Objectives"),
        "organizers": _("Organizers"),
        "address": _("Current programme, registration and calendar:"),
        "page": _("Page {page} of {pages}"),
        "provisional": _("This programme is provisional."),
        "provisional hours": _("The hours marked as provisional may still change."),
        "provisional time": _("provisional time"),
        "cancelled": pgettext("session", "Cancelled"),
    }


def _version(meeting: Meeting, language: str) -> str:
    changed_at = meeting.changed_at.astimezone(ZoneInfo(meeting.time_zone))
    return _("Version of %(moment)s") % {"moment": moment_text(changed_at, language=language)}


def _session(entry: SessionEntry) -> Data:
    return {
        "title": _wording(entry.session, "title", entry.language),
        "date": entry.date,
        "faces": _faces(entry.span),
        "is_cancelled": entry.session.is_cancelled,
        "items": [_item(item, entry.language) for item in entry.items],
    }


def _item(entry: ItemEntry, language: str) -> Data:
    return {
        "faces": _faces(entry.span),
        "is_provisional": not entry.item.time_confirmed and not entry.item.session.is_cancelled,
        "title": _wording(entry.item, "title", language),
        "description": _wording(entry.item, "description", language),
        "speakers": [_speaker(speaker, language) for speaker in entry.speakers],
    }


def _speaker(entry: SpeakerEntry, language: str) -> Data:
    texts = {field: _wording(entry.speaker, field, language) for field in ("honorific", "office", "country")}
    return texts | {"name": _printable(entry.speaker.name), "shows_country": entry.shows_country}


def _organizers(shown: Programme) -> list[Data]:
    labels = {HostRole.ORGANIZER: _("Convened by"), HostRole.CO_ORGANIZER: _("Together with"), HostRole.FUNDER: _("Financed by")}
    groups = groupby([*shown.organizers, *shown.funders], key=lambda host: HostRole(host.role))
    return [{"label": labels[role], "hosts": [_host(host, shown.language) for host in hosts]} for role, hosts in groups]


def _host(host: Host, language: str) -> Data:
    return {field: _wording(host, field, language) for field in ("name", "instrument")}


def _short_name(host: Host, language: str) -> Data:
    short = _wording(host, "short_name", language)
    return short if short["text"] else _wording(host, "name", language)


def _faces(span: Span) -> list[Data]:
    return [{"hours": face.hours, "label": _printable(face.label), "offset": face.offset} for face in span.faces]


def _wording(record: object, field: str, language: str) -> Data:
    wording = wording_of(record, field, language=language)
    return {"text": _printable(wording.text), "language": wording.language}


def _texts(record: object, field: str, language: str, *, split: Any) -> list[Data]:
    wording = wording_of(record, field, language=language)
    return [{"text": _printable(part), "language": wording.language} for part in split(wording.text)]


def _printable(text: str) -> str:
    """On one line, without control characters: no font has a glyph for them."""
    line = _BREAKABLE_SPACE.sub(" ", text).strip()
    return "".join(character for character in line if unicodedata.category(character) != "Cc")
