"""Of each row of a list: whether it is about somebody new or somebody known, or why it cannot be taken."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from registrations.details import FocalPoint, Person
from registrations.enums import Role, Status
from registrations.forms.people_rows import PersonRow
from registrations.forms.questions import typed_in
from registrations.forms.sign_up import SignUpForm
from registrations.importing.list_columns import CODE, REPRESENTED
from registrations.importing.listed_delegations import RowRefused, Target, cleaned, refuse_if_damaged, target_of
from registrations.importing.listed_rows import ListedRow
from registrations.importing.people_columns import FOCAL_POINT, FOCAL_POINT_EMAIL, REFERENCE
from registrations.importing.roster import Roster, group_of
from registrations.importing.row_forms import RowForms, person_of
from registrations.models import DelegationType, Participant
from registrations.queries.participants import person_on_record
from registrations.rules.changes import changes
from registrations.rules.names import mailbox_key, name_key
from registrations.rules.questions import FIELD

_BEYOND_A_LIST = frozenset({Status.WITHDRAWN, Status.DECLINED})


@dataclass(frozen=True)
class Case:
    """One row and what it is about: `person` is what will be on record of somebody new, in `target`, or of the `known` participant.

    With `reasons` it is refused, and the rest is what could be made out.
    """

    row: ListedRow
    name: str
    delegation: str
    target: Target | None = None
    known: Participant | None = None
    before: Person | None = None
    person: Person | None = None
    focal_point: FocalPoint | None = None
    reasons: list[str] = field(default_factory=list)


@dataclass
class Sorting:
    """Judges the rows of one list. `default_type` stands where a row names no type, `language` where it names none."""

    roster: Roster
    default_type: DelegationType | None
    language: str

    def __post_init__(self) -> None:
        self.forms = RowForms(self.roster, self.language)
        self.seen: dict[Any, int] = {}

    def cases(self, rows: Iterable[ListedRow]) -> Iterator[Case]:
        """One case for each row, in order; of two rows about the same person the second is refused."""
        for row in rows:
            found: dict[str, Any] = {"name": row.name, "delegation": row.of(REPRESENTED) or row.of(CODE)}
            try:
                self._judge(row, found)
            except RowRefused as refusal:
                found["reasons"] = refusal.reasons
            yield Case(row, **found)

    def _judge(self, row: ListedRow, found: dict[str, Any]) -> None:
        refuse_if_damaged((*row.person.values(), *row.registration.values()))
        known = self._by_reference(row)
        if known is None or row.of(REPRESENTED) or row.of(CODE):
            target = target_of(row.of, directory=self.roster.directory, default_type=self.default_type)
            found |= {"target": target, "delegation": str(target)}
            known = known or self._known(row, target)
        if known:
            found |= {"known": known, "name": known.full_name, "delegation": str(known.delegation)}
            _refuse_if_elsewhere(known, target=found.get("target"))
            _refuse_if_beyond(known)
        self._refuse_if_seen(row, known or (found["target"].group, mailbox_key(_text(row, "email")), name_key(row.name)))
        found |= self._changed(row, known) if known else self._new(row, found["target"])

    # --- who ------------------------------------------------------------------------------------------------------------
    def _by_reference(self, row: ListedRow) -> Participant | None:
        reference = row.of(REFERENCE).upper()
        if reference and reference not in self.roster.by_reference:
            raise RowRefused(_("There is no registration with the reference %(reference)s at this meeting.") % {"reference": reference})
        return self.roster.by_reference.get(reference)

    def _known(self, row: ListedRow, target: Target) -> Participant | None:
        """The same mailbox and name in the delegation, or the same name if there is only one."""
        key, mailbox = name_key(row.name), mailbox_key(_text(row, "email"))
        namesakes = self.roster.by_name.get((target.group, key), [])
        return self.roster.by_person.get((target.group, mailbox, key)) or (namesakes[0] if key and len(namesakes) == 1 else None)

    def _refuse_if_seen(self, row: ListedRow, who: Any) -> None:
        before = self.seen.setdefault(who, row.number)
        if before != row.number:
            raise RowRefused(_("Row %(row)s is about the same person.") % {"row": before})

    # --- what -----------------------------------------------------------------------------------------------------------
    def _new(self, row: ListedRow, target: Target) -> dict[str, Any]:
        form = self.forms.of(target.delegation_type.pk)
        self._refuse_what_is_not_asked(row.person, form)
        numbers = [str(session.number) for session in self.roster.sessions]
        person = person_of(form, {"role": Role.REPRESENTATIVE.value, "language": self.language, "sessions": numbers} | row.person)
        return {"person": person, "name": person.full_name, "focal_point": self._focal_point(row)}

    def _focal_point(self, row: ListedRow) -> FocalPoint | None:
        name, email = row.of(FOCAL_POINT), row.of(FOCAL_POINT_EMAIL)
        if not name or not email:
            return None
        fields = SignUpForm.base_fields
        name = cleaned(fields["focal_point_name"], name, label=_("Focal point"))
        return FocalPoint(name=name, email=cleaned(fields["focal_point_email"], email, label=_("Focal point's e-mail")), language=self.language)

    def _changed(self, row: ListedRow, known: Participant) -> dict[str, Any]:
        before, form = person_on_record(known), self.forms.of(known.delegation.type_id)
        on_record: dict[str, Any] = asdict(before) | {"role": before.role.value, "sessions": [str(number) for number in sorted(before.sessions)]}
        given = typed_in(before)
        says = {name: value for name, value in row.person.items() if not _says_the_same(value, (on_record | given).get(name, ""))}
        if row.has_full_name and name_key(row.name) == known.name_key:
            says = {name: value for name, value in says.items() if name not in ("given_names", "family_names")}
        self._refuse_what_is_not_asked(says, form)
        person = person_of(form, on_record | says) if says else before
        person = replace(person, answers={**before.answers, **person.answers})
        return {"before": before, "person": person if changes(before, person) else before}

    def _refuse_what_is_not_asked(self, says: Iterable[str], form: PersonRow) -> None:
        for question in self.roster.questions:
            name = FIELD + question.code
            if name in says and name not in form.questions:
                raise RowRefused(_("“%(question)s” is not asked of this type of delegation.") % {"question": question})


def _refuse_if_elsewhere(known: Participant, *, target: Target | None) -> None:
    if target and target.group != group_of(known):
        sentence = _("The reference is that of somebody in another delegation: %(delegation)s. A list moves nobody to another delegation.")
        raise RowRefused(sentence % {"delegation": known.delegation})


def _refuse_if_beyond(known: Participant) -> None:
    if known.erased_at or known.erasure_approved_at:
        raise RowRefused(_("The personal data of this registration have been erased, or are about to be."))
    if known.status in _BEYOND_A_LIST:
        sentence = _("This person was registered before: %(status)s. A list does not undo that; their page does.")
        raise RowRefused(sentence % {"status": known.get_status_display()})


def _says_the_same(said: str | list[str], on_record: str | list[str]) -> bool:
    """Capitals alone are no change: many lists are written in capitals. Nor are the ends of lines, which no cell has."""
    if isinstance(said, list) or isinstance(on_record, list):
        return said == on_record
    return said.casefold().split() == on_record.casefold().split()


def _text(row: ListedRow, name: str) -> str:
    value = row.person.get(name, "")
    return value if isinstance(value, str) else ""
