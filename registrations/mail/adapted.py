"""An automatic mail in the wording that its meeting has given it, around the passages that only the product can write."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.utils.safestring import mark_safe

from registrations.enums import AutomaticMail, MessageKind
from registrations.mail.letter import Letter
from registrations.models import OutboxMessage
from registrations.rules.markdown import escape, html_of, text_of
from registrations.rules.meeting_texts import WORDINGS, TextPlaceholder, mail_of, parts_of
from registrations.rules.placeholders import Values, fill

FROM_CONTEXT = {
    TextPlaceholder.MEETING: "title",
    TextPlaceholder.NAME: "name",
    TextPlaceholder.DELEGATION: "delegation",
    TextPlaceholder.SESSION: "session",
    TextPlaceholder.DAY: "day",
    TextPlaceholder.TIME_LEFT: "time_left",
    TextPlaceholder.NUMBER: "number",
    TextPlaceholder.FOCAL_POINT: "focal_point",
    TextPlaceholder.DEADLINE: "deadline",
    TextPlaceholder.SENDER: "sender",
}
"""What a letter is filled with in the place of each placeholder within a sentence."""
_AROUND_A_TITLE = " :,–-"


def adapted(letter: Letter, message: OutboxMessage) -> Letter:
    """The letter in the meeting's wording, if it has one of the mail that it is; one statement."""
    mail = mail_of(MessageKind(message.kind), letter.context)
    if mail is None:
        return letter
    texts = {f"{part}_{own.language}": getattr(own, part) for own in message.meeting.texts.filter(kind=mail) for part in ("subject", "text")}
    return reworded(letter, mail=mail, texts=texts, name=message.recipient_name) if texts else letter


def reworded(letter: Letter, *, mail: AutomaticMail, texts: Mapping[str, str], name: str) -> Letter:
    """The letter with these texts, `subject_en`, `text_es`; in the standard ones where a text lacks what is required.

    A mail that says everything in two languages has both of them in `context["texts"]`.
    """
    template, context = letter.template, letter.context
    told = context.get("texts", [context])
    words = [_words(template, mail, texts, facts={**context, **facts, "name": name}) for facts in told]
    if not all(words):
        return letter
    own: dict[str, Any] = {"words": words[0], **_subject(words)}
    own |= {f"standard_{part}": f"mail/{template}.{ending}" for part, ending in [("subject", "subject.txt"), ("text", "txt"), ("html", "html")]}
    if "texts" in context:
        own["texts"] = [{**facts, "words": each} for facts, each in zip(told, words, strict=True)]
    return replace(letter, template="adapted", context=context | own)


def words_of_block(template: str, name: str, context: Mapping[str, Any]) -> str:
    """The words of one block of a mail's standard text, on one line; "" where there is no such block."""
    source: Any = get_template(f"mail/{template}.txt")
    found = [node for node in source.template.nodelist.get_nodes_by_type(BlockNode) if node.name == name]
    bound = Context(dict(context), autoescape=False)
    with bound.bind_template(source.template):
        return " ".join("".join(node.nodelist.render(bound) for node in found).split())


def _words(template: str, mail: AutomaticMail, texts: Mapping[str, str], *, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What an adapted mail says in the language of the facts; nothing where the text lacks a passage."""
    subject, text = (texts.get(f"{part}_{facts['language']}", "") for part in ("subject", "text"))
    parts = parts_of(text, mail=mail)
    if parts is None:
        return {}
    values: Values = {placeholder: str(facts.get(FROM_CONTEXT[placeholder], "")) for placeholder in WORDINGS[mail].inline}
    if TextPlaceholder.WHAT_HAPPENED in WORDINGS[mail].in_text:
        values = {**values, TextPlaceholder.WHAT_HAPPENED: words_of_block(template, "happened", facts)}
    words: dict[str, Any] = {"heading": fill(parts.heading, values), "asks": parts.asks, **_around(subject, mail, values)}
    for piece in ("opening", "middle", "closing"):
        source = fill(getattr(parts, piece), values, escape=escape)
        words |= {f"{piece}_text": text_of(source), f"{piece}_html": mark_safe(html_of(source))}
    return words


def _around(subject: str, mail: AutomaticMail, values: Values) -> dict[str, Any]:
    """The subject around the first title of the meeting, or around the standard subject, which are cut where the line would be too long."""
    is_standard = TextPlaceholder.STANDARD_SUBJECT in WORDINGS[mail].in_subject and TextPlaceholder.STANDARD_SUBJECT.written in subject
    cut = TextPlaceholder.STANDARD_SUBJECT if is_standard else TextPlaceholder.MEETING
    before, found, after = subject.partition(cut.written)
    names = {"names_meeting": bool(found) and not is_standard, "names_standard": is_standard}
    return {"before": fill(before, values), "after": fill(after, values), **names}


def _subject(words: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """In two languages the title of the meeting is left to the last."""
    *others, last = words
    earlier = [(each["before"] + each["after"]).strip(_AROUND_A_TITLE) for each in others]
    names = {name: last[name] for name in ("names_meeting", "names_standard", "after")}
    return {"before": "".join(f"{each} / " for each in earlier if each) + last["before"], **names}
