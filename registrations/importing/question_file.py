"""The questions of a meeting's own, as its file gives them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from registrations.enums import QuestionKind
from registrations.importing.files import FileError
from registrations.importing.json_node import Node
from registrations.rules.questions import OptionsFault, fault_in_options

_FAULTS = {OptionsFault.TOO_FEW: "a choice needs at least two.", OptionsFault.NOT_A_CHOICE: "only a choice has options."}
_LANGUAGES = ("en", "es")
_OF_AN_OPTION = ("code", "text_en", "text_es")
_OF_A_QUESTION = (*_OF_AN_OPTION, "help_en", "help_es", "kind", "is_required", "delegation_types", "options")


@dataclass(frozen=True)
class QuestionInFile:
    """`fields` are the columns of a Question, `delegation_types` codes of types, `options` the columns of each option by its code."""

    code: str
    fields: dict[str, Any]
    delegation_types: list[str]
    options: dict[str, dict[str, Any]]


def read_questions(root: Node, *, types: set[str]) -> list[QuestionInFile] | None:
    """What the file asks, in its order, of these types of delegation; None where it has nothing to say. Raises FileError."""
    for node in (root.child("meeting"), *root.children("delegation_types")):
        if "questions" in node.value:
            raise FileError(f"{node.place('questions')}: put them beside “meeting”, not inside it or a type of delegation.")
    if root.value.get("questions") is None:
        return None
    questions = [_question(node, types=types) for node in root.children("questions")]
    _refuse_twice([question.code for question in questions], where="questions")
    return questions


def _question(node: Node, *, types: set[str]) -> QuestionInFile:
    _refuse_other_keys(node, known=_OF_A_QUESTION)
    kind = node.choice("kind", QuestionKind.values)
    asked = node.texts("delegation_types") if node.value.get("delegation_types") is not None else []
    unknown = [code for code in asked if code not in types]
    if unknown:
        raise FileError(f"{node.where}.delegation_types: “{unknown[0]}” is none of the delegation types.")
    fields = {"kind": kind, **_texts(node), **_helps(node), "is_required": node.flag("is_required", default=False)}
    return QuestionInFile(code=node.full_text("code"), fields=fields, delegation_types=asked, options=_options(node, kind=kind))


def _options(node: Node, *, kind: str) -> dict[str, dict[str, Any]]:
    given = node.children("options", default=[])
    for option in given:
        _refuse_other_keys(option, known=_OF_AN_OPTION)
    options = [(option.full_text("code"), _texts(option)) for option in given]
    fault = fault_in_options(QuestionKind(kind), number=len(options))
    if fault:
        raise FileError(f"{node.where}.options: {_FAULTS[fault]}")
    _refuse_twice([code for code, _texts in options], where=f"{node.where}.options")
    return dict(options)


def _texts(node: Node) -> dict[str, str]:
    return {f"text_{language}": node.full_text(f"text_{language}") for language in _LANGUAGES}


def _helps(node: Node) -> dict[str, str]:
    return {f"help_{language}": node.text(f"help_{language}", default="") for language in _LANGUAGES}


def _refuse_other_keys(node: Node, *, known: tuple[str, ...]) -> None:
    """A misspelt key would leave out, say, that an answer is required."""
    other = [key for key in node.value if key not in known]
    if other:
        raise FileError(f"{node.place(other[0])}: this key is none of {', '.join(known)}.")


def _refuse_twice(codes: list[str], *, where: str) -> None:
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise FileError(f"{where}: {twice[0]} is there twice.")
