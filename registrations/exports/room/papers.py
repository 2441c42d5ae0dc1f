"""The papers of which there is one for everybody expected, or for each delegation."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext, override, pgettext

from registrations.exports.qr_code import qr_code
from registrations.exports.room.sheet import sheet
from registrations.links import check_in_url
from registrations.models import Meeting, Participant, Session
from registrations.queries.list_matter import expected_in_room
from registrations.queries.participant_list import people_in_order
from registrations.rules.bilingual import wording_of
from registrations.rules.dates import weekday_text
from registrations.rules.list_content import ListDelegation, ListDocument


def name_plates(meeting: Meeting, *, language: str, now: datetime) -> bytes:
    """A sheet for each delegation, to be folded so that it stands on the table and is read from both sides."""
    names = [delegation["name"] for delegation in _delegations(_list(expected_in_room(meeting), meeting=meeting, language=language, now=now))]
    with override(language):
        title = gettext("Name plates")
    return sheet("name_plates", {"plates": names}, meeting=meeting, title=title, language=language, now=now)


def badges(meeting: Meeting, *, language: str, now: datetime) -> bytes:
    """Ten badges of 90 x 54 mm to a sheet, each with the person's reference and a QR code of the address that checks them in."""
    people = expected_in_room(meeting)
    references = {str(pk): reference for pk, reference in people.values_list("pk", "reference")}
    document = _list(people, meeting=meeting, language=language, now=now)
    with override(language):
        title = gettext("Badges")
        cards = [card for delegation in _delegations(document) for card in _cards(delegation, references=references)]
    return sheet("badges", {"cards": cards}, meeting=meeting, title=title, language=language, now=now)


def sign_in_sheet(session: Session, *, language: str, now: datetime) -> bytes:
    """Everybody expected in the session, by delegation, with room for a signature."""
    meeting = session.meeting
    document = _list(expected_in_room(meeting).filter(sessions=session), meeting=meeting, language=language, now=now)
    day = weekday_text(session.starts_at.astimezone(ZoneInfo(meeting.time_zone)), language=language)
    with override(language):
        labels = {"number": pgettext("column of numbers", "No."), "name": gettext("Name"), "signature": gettext("Signature")}
        title = gettext("Sign-in sheet")
    heading = f"{wording_of(session, 'title', language=language).text}, {day}"
    data = {"labels": labels, "heading": heading, "sections": document["sections"]}
    return sheet("sign_in_sheet", data, meeting=meeting, title=title, language=language, now=now)


def _list(people: QuerySet[Participant], *, meeting: Meeting, language: str, now: datetime) -> ListDocument:
    return people_in_order(people, meeting=meeting, day=now.date(), language=language)


def _delegations(document: ListDocument) -> Iterator[ListDelegation]:
    for section in document["sections"]:
        yield from section["delegations"]


def _cards(delegation: ListDelegation, *, references: dict[str, str]) -> Iterator[dict[str, str]]:
    for person in delegation["people"]:
        reference = references[person["key"]]
        said = gettext("QR code of the reference %(reference)s") % {"reference": reference}
        code = qr_code(check_in_url(reference), title=reference).decode()
        yield {"name": person["name"], "delegation": delegation["name"], "reference": reference, "code": code, "said": said}
