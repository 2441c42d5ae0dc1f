"""Sign up the people of a CSV file through the public form of a running site, one form for each delegation.

    .venv/bin/python -m tools.sign_up_sample participants.csv http://127.0.0.1:8000/en/mine-free-americas/

The columns are: delegation_type, country_iso2, organization, honorific, given_names, family_names,
position_title, role, email, phone, language, sessions, accessibility_needs and, where it is known, institution. Prints how many
were confirmed, received or put on the waiting list, and every refusal with its reason.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import requests
from bs4 import BeautifulSoup

TYPES = {"oas_permanent_observer": "oas_observer"}
ROLES = {"delegate": "representative"}
SAME_NAME = ("honorific", "given_names", "family_names", "email", "phone", "language", "accessibility_needs")
LONGER_THAN_A_ROBOT_TAKES = 1.1


def main(file: str, meeting: str) -> None:
    """Open all forms, then send them; the outcome goes to standard output."""
    groups = list(delegations(file))
    print(f"Opening {len(groups)} forms ...", flush=True)
    forms = [open_form(meeting, people) for people in groups]
    time.sleep(LONGER_THAN_A_ROBOT_TAKES)
    statuses: Counter[str] = Counter()
    for address, values in forms:
        page = BeautifulSoup(requests.post(address, values, timeout=60).text, "html.parser")
        statuses.update(" ".join(status.text.split()) for status in page.select(".people .status"))
        for problem in page.select("#problems li"):
            print("refused:", address, values.get("entity") or values.get("organization"), problem.text)
    print(f"{len(forms)} forms, {statuses.total()} people:", ", ".join(f"{count} {status}" for status, count in statuses.most_common()))


def delegations(file: str) -> Iterable[list[dict[str, str]]]:
    """The rows of each delegation together, in the order of the file."""
    with Path(file).open(encoding="utf-8", newline="") as source:
        rows = sorted(csv.DictReader(source), key=represented)
    return [list(people) for _key, people in groupby(rows, key=represented)]


def represented(row: dict[str, str]) -> tuple[str, str]:
    return row["delegation_type"], row["country_iso2"] or row["organization"]


def open_form(meeting: str, people: list[dict[str, str]]) -> tuple[str, dict[str, object]]:
    """The address of the form for these people and the values to send to it."""
    kind = people[0]["delegation_type"]
    address = f"{meeting}register/{TYPES.get(kind, kind)}/"
    answer = requests.get(address, timeout=60)
    if answer.status_code != 200:
        sys.exit(f"There is no sign-up form at {address} (answer {answer.status_code}).")
    page = BeautifulSoup(answer.text, "html.parser")
    hidden = {str(field["name"]): str(field["value"]) for field in page.select("form#sign-up input[type=hidden]")}
    values: dict[str, object] = {**hidden, "participants-TOTAL_FORMS": str(len(people)), "consent": "on"}
    values |= {"entity": people[0]["country_iso2"]} if people[0]["country_iso2"] else {"organization": people[0]["organization"]}
    for index, row in enumerate(people):
        values |= {f"participants-{index}-{name}": value for name, value in participant(row).items()}
    return address, values


def participant(row: dict[str, str]) -> dict[str, object]:
    """The fields of one participant from a row of the file."""
    same = {name: row[name] for name in SAME_NAME}
    return {
        **same,
        "role": ROLES.get(row["role"], row["role"]),
        "position": row["position_title"],
        "institution": row.get("institution", ""),
        "sessions": row["sessions"].split(","),
    }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
