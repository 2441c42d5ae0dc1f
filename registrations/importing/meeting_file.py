"""A meeting as one JSON file gives it, checked and ready to be written.

The format is that of data/regional-dialogue-2021.json. Keys that end in _en and _es hold the two languages; keys that the
meeting does not need are left alone. A moment without an offset is wall-clock time in the meeting's time zone. `reminders` says
how long before each session the confirmed are reminded of it: ["7 days", "1 hour", "15 minutes"]. `questions` are those of the meeting's
own: `code`, `kind` (text, choice, yes_no, file), `text_en` and `text_es`; where they apply `help_en` and `help_es`, `is_required`,
`delegation_types` (codes; none: all), and for a choice at least two `options` of `code`, `text_en` and `text_es`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from registrations.enums import CalendarDelivery, HostRole, ProgrammeStatus, Represents
from registrations.importing.files import FileError
from registrations.importing.json_node import Node
from registrations.importing.offsets import offsets
from registrations.importing.question_file import QuestionInFile, read_questions
from registrations.importing.timetable import Timetable

Fields = dict[str, Any]


@dataclass(frozen=True)
class SpeakerInFile:
    fields: Fields
    country_code: str
    organization: str


@dataclass(frozen=True)
class ItemInFile:
    order: int
    fields: Fields
    speakers: list[SpeakerInFile]


@dataclass(frozen=True)
class SessionInFile:
    number: int
    fields: Fields
    items: list[ItemInFile]


@dataclass(frozen=True)
class MeetingFile:
    """What the file says; `fields` are the columns of the model of the same name.

    `prepared_reasons`, `reminders` (in minutes before a session) and `questions` are None where it has none to say.
    """

    slug: str
    fields: Fields
    clocks: list[Fields]
    hosts: list[Fields]
    delegation_types: dict[str, Fields]
    calendar_delivery: str | None = None
    prepared_reasons: list[Fields] | None = None
    reminders: list[int] | None = None
    questions: list[QuestionInFile] | None = None
    sessions: list[SessionInFile] = field(default_factory=list)

    @property
    def country_codes(self) -> set[str]:
        return {speaker.country_code for speaker in self._speakers if speaker.country_code}

    @property
    def organizations(self) -> set[str]:
        return {speaker.organization for speaker in self._speakers if speaker.organization}

    @property
    def _speakers(self) -> list[SpeakerInFile]:
        return [speaker for session in self.sessions for item in session.items for speaker in item.speakers]


def read_meeting(text: str, *, first_day: date | None = None) -> MeetingFile:
    """The meeting in the file, moved by whole days so that it begins on `first_day`; raises FileError."""
    root = Node.parse(text)
    meeting, sessions = root.child("meeting"), root.children("sessions")
    if not sessions:
        raise FileError("sessions: the meeting needs at least one.")
    timetable = Timetable.of(meeting, sessions=sessions, first_day=first_day)
    types = _by_code(_delegation_type(node) for node in root.children("delegation_types"))
    return MeetingFile(
        slug=meeting.text("slug"),
        fields=_meeting(meeting, timetable=timetable),
        clocks=[_clock(node) for node in meeting.children("clocks")],
        hosts=_hosts(meeting),
        delegation_types=types,
        calendar_delivery=_calendar_delivery(meeting),
        prepared_reasons=_prepared_reasons(meeting),
        reminders=_reminders(meeting),
        questions=read_questions(root, types=set(types)),
        sessions=_sessions(sessions, timetable=timetable),
    )


def _meeting(node: Node, *, timetable: Timetable) -> Fields:
    contact_email = node.text("contact_email", default=parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    return {
        **_in_both_languages(node, "title", "place", required=("title",)),
        **_in_both_languages(node, "subtitle", "introduction"),
        **_objectives(node),
        **_data_notice(node, contact_email=contact_email),
        "time_zone": node.text("time_zone"),
        "programme_status": node.choice("programme_status", ProgrammeStatus.values, default=ProgrammeStatus.PROVISIONAL.value),
        "registration_opens_at": timetable.moment(node, "registration_opens_at", default=None),
        "registration_closes_at": timetable.moment(node, "registration_closes_at", default=None),
        "seats": node.number("seats", default=None),
        "join_url": node.text("join_url", default=""),
        "contact_email": contact_email,
        "is_published": True,
    }


def _objectives(node: Node) -> Fields:
    objectives = node.children("objectives", default=[])
    return {f"objectives_{language}": "\n".join(objective.text(language, default="") for objective in objectives) for language in ("en", "es")}


def _data_notice(node: Node, *, contact_email: str) -> Fields:
    """The meeting's own notice, or one that is true of any meeting held with this program."""
    given = _in_both_languages(node, "data_notice")
    return {name: text or _general_notice(name[-2:], contact_email=contact_email) for name, text in given.items()}


def _general_notice(language: str, *, contact_email: str) -> str:
    with override(language):
        return render_to_string("registrations/data_notice.txt", {"contact_email": contact_email}).strip()


def _clock(node: Node) -> Fields:
    return {**_in_both_languages(node, "label", required=("label",)), "time_zones": " ".join(node.texts("time_zones"))}


def _hosts(meeting: Node) -> list[Fields]:
    organizer, funder = HostRole.ORGANIZER.value, meeting.child("funder", default=None)
    hosts = [_host(node, role=node.choice("role", HostRole.values, default=organizer)) for node in meeting.children("hosts", default=[])]
    return hosts + ([_host(funder, role=HostRole.FUNDER.value)] if funder else [])


def _host(node: Node, *, role: str) -> Fields:
    return {"role": role, **_in_both_languages(node, "name", required=("name",)), **_in_both_languages(node, "short_name", "instrument")}


def _calendar_delivery(meeting: Node) -> str | None:
    return None if meeting.value.get("calendar_delivery") is None else str(meeting.choice("calendar_delivery", CalendarDelivery.values))


def _prepared_reasons(meeting: Node) -> list[Fields] | None:
    """Both languages of each: an organizer picks one for recipients of either."""
    if meeting.value.get("prepared_reasons") is None:
        return None
    return [{name: node.full_text(name) for name in ("text_en", "text_es")} for node in meeting.children("prepared_reasons")]


def _reminders(meeting: Node) -> list[int] | None:
    return None if meeting.value.get("reminders") is None else offsets(meeting, "reminders")


def _delegation_type(node: Node) -> tuple[str, Fields]:
    represents = node.choice("represents", Represents.values)
    organization = represents == Represents.ORGANIZATION.value
    names = _in_both_languages(node, "name", required=("name",))
    plurals = {name: text or names[name.replace("plural", "name")] for name, text in _in_both_languages(node, "plural").items()}
    return node.text("code"), {
        **names,
        **plurals,
        "represents": represents,
        "eligible_groups": [] if organization else node.text("eligible").split(" or "),
        "is_reviewed": node.flag("reviewed", default=organization),
        "seats": node.number("seats", default=None),
        "seats_per_delegation": node.number("seats_per_delegation", default=None),
        "keeps_waiting_list": node.flag("waiting_list", default=True),
        "note_verbale_required": node.flag("note_verbale_required", default=False),
    }


def _by_code(types: Iterable[tuple[str, Fields]]) -> dict[str, Fields]:
    pairs = list(types)
    _refuse_twice((code for code, _fields in pairs), what="delegation_types")
    return dict(pairs)


def _sessions(nodes: list[Node], *, timetable: Timetable) -> list[SessionInFile]:
    sessions = [_session(node, timetable=timetable) for node in nodes]
    _refuse_twice((session.number for session in sessions), what="sessions")
    return sessions


def _session(node: Node, *, timetable: Timetable) -> SessionInFile:
    items = [_item(item, timetable=timetable, place=place) for place, item in enumerate(node.children("items", default=[]), start=1)]
    _refuse_twice((item.order for item in items), what=f"{node.where}.items")
    titles = _in_both_languages(node, "name", required=("name",))
    return SessionInFile(
        number=node.number("number"),
        fields={"title_en": titles["name_en"], "title_es": titles["name_es"], **timetable.span(node)},
        items=items,
    )


def _item(node: Node, *, timetable: Timetable, place: int) -> ItemInFile:
    return ItemInFile(
        order=node.number("order", default=place),
        fields={
            **_in_both_languages(node, "title", required=("title",)),
            **_in_both_languages(node, "description"),
            **timetable.span(node),
            "time_confirmed": node.flag("time_confirmed", default=False),
        },
        speakers=[_speaker(speaker) for speaker in node.children("speakers", default=[])],
    )


def _speaker(node: Node) -> SpeakerInFile:
    texts = _in_both_languages(node, "honorific", "office", required=("office",))
    return SpeakerInFile(
        fields={"name": node.text("name", default=""), **texts},
        country_code=node.text("country_iso2", default=""),
        organization=node.text("organization", default=""),
    )


def _in_both_languages(node: Node, *names: str, required: Iterable[str] = ()) -> Fields:
    """The texts `<name>_en` and `<name>_es`; a required one may lack one language, not both."""
    texts = {f"{name}_{language}": node.text(f"{name}_{language}", default="") for name in names for language in ("en", "es")}
    for name in required:
        if not texts[f"{name}_en"] and not texts[f"{name}_es"]:
            raise FileError(f"{node.where}: {name}_en and {name}_es are missing.")
    return texts


def _refuse_twice(keys: Iterable[object], *, what: str) -> None:
    counts: Mapping[object, int] = Counter(keys)
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        raise FileError(f"{what}: {twice[0]} is there twice.")
