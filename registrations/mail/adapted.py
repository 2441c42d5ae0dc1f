"""An automatic mail in the wording that its meeting has given it, around the passages that only the product can write."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from registrations.enums import MessageKind
from registrations.links import programme_url
from registrations.mail.invitations import session_line, when
from registrations.mail.letter import Letter
from registrations.models import Meeting, OutboxMessage
from registrations.queries.participants import field_label
from registrations.rules.bilingual import wording_of
from registrations.rules.durations import duration_text
from registrations.rules.markdown import escape, html_of, text_of
from registrations.rules.meeting_texts import INLINE, TextPlaceholder, parts_of, required
from registrations.rules.placeholders import fill

_A_DAY = timedelta(days=1)
_FROM_CONTEXT = {
    TextPlaceholder.MEETING: "title",
    TextPlaceholder.DELEGATION: "delegation",
    TextPlaceholder.SESSION: "session",
    TextPlaceholder.DAY: "day",
    TextPlaceholder.TIME_LEFT: "time_left",
}


def adapted(letter: Letter, message: OutboxMessage) -> Letter:
    """The letter in the meeting's wording if it has one for the kind and language; news of changes are always told in our own."""
    kind = MessageKind(message.kind)
    if kind not in INLINE or letter.context.get("is_update") or letter.context.get("is_reinstated") or letter.context.get("is_over"):
        return letter
    wording = message.meeting.texts.filter(kind=kind, language=message.language).first()
    return reworded(letter, kind=kind, subject=wording.subject, text=wording.text, name=message.recipient_name) if wording else letter


def reworded(letter: Letter, *, kind: MessageKind, subject: str, text: str, name: str) -> Letter:
    """The letter with this subject and text; as it ships where the text lacks what is required."""
    parts = parts_of(text, kind=kind)
    if parts is None:
        return letter
    known = {placeholder: letter.context.get(key, "") for placeholder, key in _FROM_CONTEXT.items()} | {TextPlaceholder.NAME: name}
    values = {placeholder: known[placeholder] for placeholder in INLINE[kind]}
    before, title, after = subject.partition(TextPlaceholder.MEETING.written)
    context = {
        "shipped_text": f"mail/{letter.template}.txt",
        "shipped_html": f"mail/{letter.template}.html",
        "heading": fill(parts.heading, values),
        "asks": parts.asks,
        "before": fill(before, values),
        "names_meeting": bool(title),
        "after": fill(after, values),
    }
    for piece in ("opening", "middle", "closing"):
        source = fill(getattr(parts, piece), values, escape=escape)
        context |= {f"{piece}_text": text_of(source), f"{piece}_html": mark_safe(html_of(source))}
    return replace(letter, template="adapted", context=letter.context | context)


# --- for the desk -------------------------------------------------------------------------------------------------------
def shipped(kind: MessageKind, *, meeting: Meeting, language: str) -> tuple[str, str]:
    """Subject and text as they ship, with the placeholders in their places: where an adaptation begins."""
    with override(language):
        context = sample(kind, meeting=meeting, language=language).context
        context |= {key: placeholder.written for placeholder, key in _FROM_CONTEXT.items()} | {"of": 1}
        subject = " ".join(get_template(f"mail/{kind}.subject.txt").render(context).split())
        heading, todo = (_block(kind, name, context) for name in ("happened", "todo"))
    passages = [placeholder.written for placeholder in required(kind)]
    return subject, "\n\n".join([heading, *([todo] if len(passages) == 1 else []), *passages])


def sample(kind: MessageKind, *, meeting: Meeting, language: str) -> Letter:
    """A mail of the kind about somebody who is made up, in the active language: what an adapted text is looked at with."""
    name, sessions = gettext("H.E. Ambassador Maria Example"), list(meeting.sessions.filter(is_cancelled=False).select_related("meeting"))
    context: dict[str, Any] = {
        "language": language,
        "title": wording_of(meeting, "title", language=language).text,
        "meeting": meeting,
        "delegation": gettext("State or organization"),
        "people": [{"name": name, "reference": "XXXX-XXXX", "url": programme_url(meeting, language=language)}],
        "reason": gettext("(here stands the reason that the secretariat gives)"),
        "note": gettext("(here stands what the secretariat asks to correct)"),
        "fields": [field_label("position", meeting=meeting)],
        "sessions": [session_line(session, language=language) for session in sessions],
        "number": 1,
        "of": len(sessions),
        "has_room": bool(meeting.join_url),
        "display_name": name,
        "time_left": duration_text(_A_DAY, language=language),
    }
    return Letter(kind.value, context | (when(sessions[0], language=language) if sessions else {}))


def _block(kind: MessageKind, name: str, context: dict[str, Any]) -> str:
    template: Any = get_template(f"mail/{kind}.txt")
    [block] = [node for node in template.template.nodelist.get_nodes_by_type(BlockNode) if node.name == name]
    bound = Context(context, autoescape=False)
    with bound.bind_template(template.template):
        return " ".join(block.nodelist.render(bound).split())
