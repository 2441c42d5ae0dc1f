"""Who may do what at the desk: the table role x right. A right bears the codename of the permission that asks for it."""

from collections.abc import Iterator

from registrations.enums import DeskRole

NAMES = "see_names"
"""To see who takes part and in which delegation, and nothing else about them."""
DECIDE = "decide_participant"
CHECK_IN = "check_in_participant"
DECIDING = (DECIDE, "change_participant")
"""Either is enough to decide on registrations."""
CHECKING_IN = (CHECK_IN, "change_participant")
"""Either is enough to say who was there."""

ACCOUNTS = "auth.view_user"
"""What was changed in accounts and groups of the desk is read by whoever may see accounts; no role gives that."""
OF_NO_MEETING = ("entity", "meeting", "incomingmessage")
"""What else was done outside any meeting, to a meeting that was deleted or to mail that belongs to none: read by those who read the
history of every meeting."""

_PROGRAMME = ("session", "programmeitem", "speaker")
_PEOPLE = ("participant", "delegation")
_MAILS = ("outboxmessage", "incomingmessage")
_SETTINGS = ("delegationtype", "clock", "host", "reminder", "preparedreason", "deskmembership", "expecteddelegation")


def _rights(*verbs: str, of: tuple[str, ...]) -> Iterator[str]:
    return (f"{verb}_{record}" for record in of for verb in verbs)


_SEE_PROGRAMME = frozenset(_rights("view", of=_PROGRAMME))
_SEE_PEOPLE = frozenset(_rights("view", of=_PEOPLE)) | {NAMES}
_SEE_RECORDS = frozenset(_rights("view", of=("letter", "issuedlist", "expecteddelegation", "meeting", "delegationtype", "historyentry", "entity")))
_SEE = _SEE_PROGRAMME | _SEE_PEOPLE | _SEE_RECORDS | frozenset(_rights("view", of=_MAILS))
_ISSUE_LISTS = frozenset(_rights("view", "add", of=("issuedlist",)))
_RIGHTS = {
    DeskRole.SECRETARIAT: _SEE
    | {DECIDE, CHECK_IN}
    | _ISSUE_LISTS
    | frozenset(_rights("change", of=(*_PEOPLE, *_MAILS, "letter", "meeting")))
    | frozenset(_rights("view", "add", "change", "delete", of=(*_PROGRAMME, *_SETTINGS))),
    DeskRole.REVIEWER: _SEE | {DECIDE},
    DeskRole.PROTOCOL: _SEE_PROGRAMME | _SEE_PEOPLE | {CHECK_IN} | _ISSUE_LISTS,
    DeskRole.READER: _SEE,
    DeskRole.INTERPRETER: _SEE_PROGRAMME | {NAMES},
}
_OF_NO_MEETING = frozenset({"add_meeting", *_rights("add", "change", of=("entity",))})


def rights_in_meeting(role: DeskRole) -> frozenset[str]:
    """What somebody may do in a meeting in which they have the role."""
    return _RIGHTS[role]


def rights_everywhere(role: DeskRole) -> frozenset[str]:
    """What somebody may do who has the role in every meeting: the secretariat also begins meetings and keeps the list of entities."""
    return _RIGHTS[role] | (_OF_NO_MEETING if role is DeskRole.SECRETARIAT else frozenset())
