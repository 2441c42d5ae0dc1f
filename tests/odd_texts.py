"""A meeting whose texts are all odd in the same way, and what has to arrive of them in a calendar."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

import pytest

from registrations.models import Meeting, Participant, ProgrammeItem, Session
from tests.make import NOW, a_meeting, a_participant

LANGUAGES = ["en", "es"]


@dataclass(frozen=True)
class Text:
    """What somebody typed, and what has to arrive: on one line, and where lines are kept."""

    typed: str
    line: str
    lines: str = ""

    @property
    def name(self) -> str:
        """In a parameter, where a double quote and a caret cannot be written for every reader."""
        return self.line.replace('"', "'").replace("^", "ˆ")


def as_typed(text: str) -> Text:
    return Text(text, text, text)


TEXTS = {
    "accents": as_typed("Íñigo Ñúñez Peña"),
    "quotes": as_typed('José "Pepe" O\'Brien «uno» “two”'),
    "separators": as_typed("Ortega, Ana; Ruiz: Luis, = 3;"),
    "backslashes": Text("C:\\new, \\n \\N \\; \\, \\\\ ends\\", "C:/new, /n /N /; /, // ends/", "C:/new, /n /N /; /, // ends/"),
    "breaks": Text(
        "one\r\ntwo\rthree\nfour\u2028five\u2029six\x85seven\teight",
        "one two three four five six seven eight",
        "one\ntwo\nthree\nfour\nfive\nsix\nseven eight",
    ),
    "controls": Text("bell\x07 and \x1b[0m and\x9f so on", "bell and [0m and so on", "bell and [0m and so on"),
    "percent": as_typed("100 % of %(name)s, %s %% {title} {{ x }}"),
    "markup": as_typed("<b>Trade & aid</b> &amp; &lt;"),
    "carets": as_typed("a^b ^n ^^ ^' c"),
    "other scripts": as_typed("😀🏳️‍🌈 王小明 đşł العربية ʻOkina"),
    "content line": as_typed("END:VEVENT BEGIN:VALARM mailto:a@example.org"),
    "200 characters": as_typed(" ".join(["Ñandúñandúñandúñand"] * 10) + "."),
    "a word of 120 letters": as_typed("ñ" * 120),
}

HARD = ["breaks", "controls", "markup", "other scripts", "200 characters"]


@dataclass(frozen=True)
class Scene:
    """Somebody who is confirmed for both sessions of a meeting all of whose texts are the same odd one."""

    participant: Participant
    text: Text
    language: str

    @property
    def meeting(self) -> Meeting:
        return self.participant.meeting

    @property
    def session(self) -> Session:
        return self.meeting.sessions.get(number=1)

    @property
    def title(self) -> str:
        """Of the meeting; a session's title begins with its number."""
        return f"{self.language} {self.text.line}"

    @property
    def common_name(self) -> str:
        return self.text.name if self.text.typed[120:] else f"{self.text.name} Peña"

    def summary(self, number: int) -> str:
        return f"{self.title}: {number} {self.title}"


both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_text = pytest.mark.parametrize(("text", "language"), list(zip(TEXTS.values(), cycle(LANGUAGES))), ids=TEXTS.keys())
every_hard_text = pytest.mark.parametrize("text", [TEXTS[name] for name in HARD], ids=HARD)


def a_scene(text: Text, language: str) -> Scene:
    titles = {f"{field}_{code}": f"{code} {text.typed}" for field in ("title", "subtitle", "place") for code in LANGUAGES}
    meeting = a_meeting(join_url="https://zoom.example.com/j/1?pwd=secret", changed_at=NOW, **titles)
    for session in meeting.sessions.all():
        session.title_en, session.title_es = (f"{session.number} {code} {text.typed}" for code in LANGUAGES)
        session.save()
        ends_at = session.starts_at + timedelta(minutes=30)
        ProgrammeItem.objects.create(
            session=session, starts_at=session.starts_at, ends_at=ends_at, time_confirmed=True, title_en=session.title_en, title_es=session.title_es
        )
    return Scene(a_participant(meeting, language=language, **names_of(text)), text, language)


def names_of(text: Text) -> dict[str, str]:
    """The text as a person's name, in columns of 120 characters."""
    return {"given_names": text.typed[:120].strip(), "family_names": text.typed[120:].strip() or "Peña"}
