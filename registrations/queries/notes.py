"""Notes verbales; their content is read only to hand it out."""

from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from registrations.models import Delegation, NoteVerbale


def notes_of(delegation: Delegation) -> list[NoteVerbale]:
    """Every version, the newest first, without its content."""
    return list(delegation.notes.defer("content"))


def note_with_content(delegation: Delegation, pk: UUID) -> NoteVerbale | None:
    """The version, if it is this delegation's."""
    return delegation.notes.filter(pk=pk).first()


def is_note_missing(delegation: Delegation, notes: list[NoteVerbale]) -> bool:
    """Whether the delegation's type asks for a note and there is none, or none any more."""
    return delegation.type.note_verbale_required and all(note.erased_at for note in notes)


def with_note_state(delegations: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """The delegations with `has_note` and `is_note_missing`."""
    has_note = Exists(NoteVerbale.objects.filter(delegation=OuterRef("pk"), erased_at=None))
    missing = Case(When(Q(type__note_verbale_required=True) & ~has_note, then=Value(True)), default=Value(False), output_field=BooleanField())
    return delegations.annotate(has_note=has_note, is_note_missing=missing)
