"""`python -m tools.transitions`: writes docs/transitions.md, the table of statuses and actions as people read it."""

from collections.abc import Iterator

from registrations.enums import Action, Status
from registrations.rules.transitions import next_status
from tools import ROOT

PATH = ROOT / "docs" / "transitions.md"
INTRODUCTION = """# Statuses and actions

What becomes of a registration: a line for each status, a column for each action, and in the cell the status to which the action
leads. Where the cell is empty the action does not apply: it is refused with a sentence that names the person, the status and the
action, and nothing is changed. This page is written from `registrations/rules/transitions.py` by `python -m tools.transitions`.
"""
REMARKS = """- `wait` is what a confirmation comes to when all seats are taken. Where the type keeps no waiting list, it is refused instead.
- `rejoin` leads on to `confirmed` or `waiting` at once if the type is not reviewed; where it keeps no waiting list and no seat is
  left, it is refused.
- `substitute` is what happens to the person who leaves; the one who comes in takes over the status.
- Somebody `waiting` is confirmed by the system as soon as a seat becomes free for them.
- Three more leave the status as it is: `promote` somebody who is `waiting`, `resend` the mails of anybody but the `withdrawn`, and
  `accept changes` where there are any to be reviewed.
"""


def main() -> None:
    PATH.write_text(document(), encoding="utf-8")


def document() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_table(), "", REMARKS])


def _table() -> Iterator[str]:
    yield _row("", *(f"`{action}`" for action in Action))
    yield _row("---", *("---" for _action in Action))
    for status in Status:
        yield _row(f"**{status}**", *(next_status(status, action) or "" for action in Action))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
