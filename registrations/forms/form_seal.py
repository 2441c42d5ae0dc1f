"""The sealed stamp of a sign-up form: when it was handed out, and an id that makes it count once."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

_signer = Signer(sep=".", salt="registrations.forms.form_seal")
LIFETIME = timedelta(days=3)
FASTEST_HUMAN = timedelta(seconds=1)


@dataclass(frozen=True)
class Seal:
    """What a genuine seal says: the form's id, and when it was handed out."""

    id: uuid.UUID
    handed_out_at: datetime

    def is_too_fresh(self, *, now: datetime) -> bool:
        """Whether nobody can have filled in the form since."""
        return now - self.handed_out_at < FASTEST_HUMAN

    def is_expired(self, *, now: datetime) -> bool:
        return now - self.handed_out_at > LIFETIME


def new_seal(*, now: datetime) -> str:
    """A seal for a form that is handed out now."""
    return _signer.sign(f"{uuid.uuid4()}_{int(now.timestamp() * 1000)}")


def read_seal(sealed: str) -> Seal | None:
    """What the seal says, or None when we did not issue it."""
    try:
        form_id, milliseconds = _signer.unsign(sealed).split("_")
        return Seal(uuid.UUID(form_id), datetime.fromtimestamp(int(milliseconds) / 1000, UTC))
    except (BadSignature, ValueError):
        return None
