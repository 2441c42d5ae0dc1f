"""Of each row of a list: whose delegation it is about and of which type, or why that cannot be told."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registrations.enums import EntityKind, Represents
from registrations.forms.sign_up import SignUpForm
from registrations.importing.directory import Directory
from registrations.importing.list_columns import CODE, REPRESENTED, TYPE
from registrations.models import DelegationType, Entity
from registrations.rules.names import fold

Group = tuple[int, str]
"""A delegation, there or to be made: its type, and its entity's pk or its name, folded."""
Of = Callable[[str], str]
"""What a row says in a column; "" where it says nothing."""
_WRONG_ENCODING = re.compile("[ÃÂ][\u0080-\u00bf]|Ã[‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]")


class RowRefused(Exception):
    """The row cannot be taken in; why, in sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__()
        self.reasons = list(reasons)


@dataclass(frozen=True)
class Target:
    """The delegation that a row names, there or to be made."""

    delegation_type: DelegationType
    entity: Entity | None
    organization: str

    @property
    def group(self) -> Group:
        return group_key(self.delegation_type.pk, self.entity.pk if self.entity else None, self.organization)

    def __str__(self) -> str:
        return str(self.entity) if self.entity else self.organization


def group_key(delegation_type: int, entity: int | None, organization: str) -> Group:
    """The delegation of the type, by the key of its entity or by the name of its organization."""
    return delegation_type, f"entity {entity}" if entity else fold(organization)


def target_of(of: Of, *, directory: Directory, default_type: DelegationType | None) -> Target:
    """Whom the row names, as the type that it names, else the default, else the only one possible. Raises RowRefused."""
    named, entity = of(REPRESENTED), _entity(of, directory)
    if not named and not entity:
        raise RowRefused(_("The row names no State or organization."))
    kind = _type(of(TYPE), entity, directory=directory, default_type=default_type)
    if kind.represents == Represents.STATE:
        if entity is None or entity.kind != EntityKind.STATE:
            refusal = _("“%(name)s” is not on the list of States.") % {"name": named or of(CODE)}
            raise RowRefused(refusal, *meant(directory.meant_by(named, states=True)))
        return Target(kind, entity, "")
    if entity and entity.kind == EntityKind.STATE:
        raise RowRefused(_("“%(name)s” is a State, not an organization.") % {"name": entity})
    return Target(kind, entity, "" if entity else cleaned(SignUpForm.base_fields["organization"], named, label=_("State or organization")))


def meant(entities: Iterable[Entity]) -> list[str]:
    """The question whether one of them was meant, if there are any."""
    names = " / ".join(str(entity) for entity in entities)
    return [_("Did you mean %(names)s?") % {"names": names}] if names else []


def cleaned(form_field: forms.Field, value: str, *, label: str) -> str:
    """The value as the field takes it. Raises RowRefused."""
    try:
        return str(form_field.clean(value))
    except ValidationError as trouble:
        raise RowRefused(*(about_field(label, message) for message in trouble.messages)) from trouble


def about_field(label: str, problem: str) -> str:
    return _("%(field)s: %(problem)s") % {"field": label, "problem": problem}


def refuse_if_damaged(texts: Iterable[object]) -> None:
    """Raise RowRefused where accents were lost when the file was saved."""
    damaged = next((text for text in texts if isinstance(text, str) and _WRONG_ENCODING.search(text)), None)
    if damaged:
        sentence = _("“%(text)s” was damaged when the file was saved. Save it again as an Excel workbook, or as CSV in UTF-8.")
        raise RowRefused(sentence % {"text": damaged})


def _entity(of: Of, directory: Directory) -> Entity | None:
    named, code = directory.entity_called(of(REPRESENTED)), directory.codes.get(of(CODE).casefold())
    if of(CODE) and code is None:
        raise RowRefused(_("“%(code)s” is not a code on the list of States and organizations.") % {"code": of(CODE)})
    if code and named and code != named:
        raise RowRefused(_("The code %(code)s stands for %(name)s.") % {"code": of(CODE), "name": code})
    return code or named


def _type(text: str, entity: Entity | None, *, directory: Directory, default_type: DelegationType | None) -> DelegationType:
    if text:
        called = directory.type_called(text)
        if called is None:
            raise RowRefused(_("“%(name)s” is not a type of delegation of this meeting.") % {"name": text})
        return called
    possible = [default_type] if default_type else directory.types_for(entity)
    if len(possible) != 1:
        raise RowRefused(
            _(
                "The row does not say as which type of delegation they come. Add it to the list, "
                "or choose a type for such rows where you say what the columns hold."
            )
        )
    return possible[0]
