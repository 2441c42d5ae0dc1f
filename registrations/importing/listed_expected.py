"""Of each row of a list of expected delegations: whom it is about and what it says of them, or why it cannot be taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from registrations.enums import Represents
from registrations.forms.participant import ParticipantForm
from registrations.importing.directory import Directory
from registrations.importing.expected_columns import CONTACT, LANGUAGE
from registrations.importing.list_columns import CODE, REPRESENTED, TYPE
from registrations.importing.listed_delegations import Group, RowRefused, Target, cleaned, meant, refuse_if_damaged, target_of
from registrations.importing.people_words import language_called
from registrations.models import DelegationType
from registrations.operations.expect import Expectation
from registrations.rules.names import fold

Says = dict[str, str]
_BOTH = frozenset({"both", "both languages", "english and spanish", "en/es", "en, es", "ambos", "ambos idiomas", "los dos", "espanol e ingles"})


@dataclass(frozen=True)
class ExpectedCase:
    """One row and what it is about; with `reasons` it is refused, `doubts` are for whoever looks at it."""

    number: int
    delegation: str
    type_name: str
    contact: str
    language: str
    expectation: Expectation | None = None
    doubts: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass
class ExpectedSorting:
    """Judges the rows of one list. `default_type` stands where a row names no type, `language` where somebody new has none."""

    directory: Directory
    default_type: DelegationType | None
    language: str

    def __post_init__(self) -> None:
        self.seen: dict[Group, int] = {}

    def cases(self, rows: Iterable[tuple[int, Says]]) -> Iterator[ExpectedCase]:
        """One case for each row, in order; of two rows about the same delegation the second is refused."""
        for number, says in rows:
            found: dict[str, Any] = {
                "delegation": says.get(REPRESENTED) or says.get(CODE, ""),
                "type_name": says.get(TYPE, ""),
                "contact": says.get(CONTACT, ""),
                "language": says.get(LANGUAGE, ""),
            }
            try:
                self._judge(number, says, found)
            except RowRefused as refusal:
                found["reasons"] = refusal.reasons
            yield ExpectedCase(number, **found)

    def _judge(self, number: int, says: Says, found: dict[str, Any]) -> None:
        refuse_if_damaged(says.values())
        target = target_of(lambda column: says.get(column, ""), directory=self.directory, default_type=self.default_type)
        found |= {"delegation": str(target), "type_name": str(target.delegation_type)}
        before = self.seen.setdefault(target.group, number)
        if before != number:
            raise RowRefused(_("Row %(row)s is about the same delegation.") % {"row": before})
        found |= {"expectation": self._expectation(target, says), "doubts": self._doubts(target)}

    def _expectation(self, target: Target, says: Says) -> Expectation:
        return Expectation(
            delegation_type=target.delegation_type,
            entity=target.entity,
            organization=target.organization,
            contact_email=_address(says.get(CONTACT, "")),
            language=_language(says.get(LANGUAGE, "")),
            language_if_new=self.language,
        )

    def _doubts(self, target: Target) -> list[str]:
        """Whether an organization that is kept as typed is one on the list, misspelt."""
        if target.entity or target.delegation_type.represents == Represents.STATE:
            return []
        question = meant(self.directory.meant_by(target.organization, states=False))
        return [_("It is not on the list of organizations and is kept as typed."), *question] if question else []


def _address(text: str) -> str | None:
    return cleaned(ParticipantForm.base_fields["email"], text, label=_("Contact e-mail")) if text else None


def _language(text: str) -> str | None:
    """The code of the language, "" for both, None where the row says nothing."""
    if not text:
        return None
    code = "" if fold(text) in _BOTH else language_called(text)
    if code is None:
        raise RowRefused(_("Mails are written in English or Spanish, not in “%(value)s”. Choose one.") % {"value": text})
    return code
