"""Everything that is held about one participant, and nothing about anybody else."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import override

from registrations.details import CALENDAR, FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM
from registrations.models import HistoryEntry, IssuedList, Participant, Revision, Session
from registrations.queries.answers import answers_of
from registrations.queries.erasure import erasure_state, focal_points, mails_to_focal_points, others_on, submissions_naming
from registrations.queries.expected import contact_of
from registrations.queries.incoming import messages_from
from registrations.queries.participants import sessions_attended
from registrations.queries.questions import answers_given
from registrations.rules.bilingual import wording_of
from registrations.rules.list_changes import line_of

Record = dict[str, Any]

_PERSON = ("honorific", "given_names", "family_names", "position", "institution", "email", "phone", "language", "accessibility_needs")
_SAID = ("changes", "fields", "reason", "note", "session", "answer")
"""What a history entry says about the person whose it is; anything else may concern somebody else."""
_DOORS = {actor.label for actor in (PUBLIC, PARTICIPANT, FOCAL_POINT, SYSTEM, CALENDAR)}
SECRETARIAT = "secretariat"


def held_data(participant: Participant, *, language: str, now: datetime) -> Record:
    """What is on record by stable keys, with moments in UTC and titles in `language`; fourteen statements at any length."""
    sessions = sessions_attended(participant)
    others = others_on({participant.mailbox}, than=participant)
    focal = focal_points(participant, others=others)
    is_shared = any(other.mailbox == participant.mailbox for other in others)
    return {
        "generated_at": now,
        "meeting": {"address": participant.meeting.slug, "title": wording_of(participant.meeting, "title", language=language).text},
        "person": {name: getattr(participant, name) for name in _PERSON},
        "answers": list(_answers(participant, language=language)),
        "registration": _registration(participant, language=language),
        "sessions": [_session(session, language=language) for session in sessions],
        "history": list(_history(participant)),
        "mails": list(_mails(participant, is_focal_point=bool(focal))),
        "calendar_entries": list(_calendar_entries(participant, sessions=sessions)),
        "calendar_answers": [{"session": session.number, "answer": answer.value} for session, answer in answers_of(participant, sessions=sessions)],
        "messages_received": list(_messages(participant, is_shared=is_shared)),
        "sign_up_forms": list(_sign_up_forms(participant)),
        "lists_of_participants": list(_lists(participant, language=language)),
        "focal_point_of": [
            {"delegation": str(each), "name": each.focal_point_name, "email": each.focal_point_email, "language": each.focal_point_language}
            for each in focal
        ],
        "contact_of": [] if is_shared else [str(each) for each in contact_of(participant.meeting_id, mailbox=participant.mailbox)],
        "correction_asked": participant.correction,
        "changes_under_review": participant.to_review,
        "erasure": {
            "state": erasure_state(participant).value,
            "asked_at": participant.erasure_requested_at,
            "approved_at": participant.erasure_approved_at,
        },
        "notes_verbales": list(participant.delegation.notes.order_by("uploaded_at").values("uploaded_at", "erased_at")),
    }


def _registration(participant: Participant, *, language: str) -> Record:
    delegation = participant.delegation
    represented = wording_of(delegation.entity, "name", language=language).text if delegation.entity else delegation.organization_name
    return {
        "reference": participant.reference,
        "status": participant.status,
        "delegation": represented,
        "delegation_type": wording_of(delegation.type, "name", language=language).text,
        "function": participant.role,
        "order_in_delegation": participant.order,
        "signed_up_at": participant.created_at,
        "came_in_by": participant.source,
        "data_notice_accepted_at": participant.consented_at,
        "mail_came_back_at": participant.bounced_at,
        "put_first_on_waiting_list_at": participant.promoted_at,
        "is_left_out_of_list_of_participants": participant.is_left_out_of_list,
        "in_place_of_reference": participant.in_place_of.reference if participant.in_place_of else None,
    }


def _answers(participant: Participant, *, language: str) -> Iterator[Record]:
    """What the person answered to the meeting's own questions; a file by its name and the number under which it can be fetched."""
    with override(language):
        for given in answers_given(participant, meeting=participant.meeting):
            record = {"code": given.question.code, "question": str(given.question), "answer": given.words}
            yield record | ({"file": given.document} if given.document else {})


def _session(session: Session, *, language: str) -> Record:
    title = wording_of(session, "title", language=language).text
    return {"number": session.number, "title": title, "starts_at": session.starts_at, "ends_at": session.ends_at}


def _history(participant: Participant) -> Iterator[Record]:
    for entry in participant.history.all():
        said = {name: value for name, value in entry.facts.items() if name in _SAID}
        yield {"at": entry.at, "event": entry.event, "by": _door(entry), "status_afterwards": entry.status, **said}


def _door(entry: HistoryEntry) -> str:
    """By which door it came; an organizer appears as the secretariat."""
    return entry.actor if entry.user_id is None and entry.actor in _DOORS else SECRETARIAT


def _mails(participant: Participant, *, is_focal_point: bool) -> Iterator[Record]:
    mails = list(participant.outbox.select_related("session").prefetch_related("events"))
    if is_focal_point:
        mails += mails_to_focal_points(participant).filter(mailbox=participant.mailbox).select_related("session").prefetch_related("events")
    for mail in mails:
        yield {
            "kind": mail.kind,
            "session": mail.session.number if mail.session else None,
            "language": mail.language,
            "address": mail.recipient_email,
            "owed_since": mail.created_at,
            "sent_at": mail.sent_at,
            "status": mail.status,
            "arrival": mail.arrival,
            "heard": [{"at": event.at, "arrival": event.arrival} for event in mail.events.all()],
        }


def _calendar_entries(participant: Participant, *, sessions: list[Session]) -> Iterator[Record]:
    """The versions of the entries for the person's sessions, and of those that their own mails brought."""
    now = Q(invitation__mailbox=participant.mailbox, invitation__session__in=sessions)
    versions = Revision.objects.filter(now | Q(outbox__participant=participant)).distinct()
    for version in versions.select_related("invitation__session").order_by("invitation__session__number", "invitation", "sequence"):
        number = version.invitation.session.number
        yield {"session": number, "sequence": version.sequence, "method": version.method, "made_at": version.dtstamp}


def _messages(participant: Participant, *, is_shared: bool) -> Iterator[Record]:
    """What came from the person's mailbox; nothing where somebody else may have written it."""
    for message in [] if is_shared else messages_from(participant):
        yield {"received_at": message.received_at, "kind": message.kind, "subject": message.subject, "text": message.text}


def _lists(participant: Participant, *, language: str) -> Iterator[Record]:
    """The person's line in each list that was issued."""
    for issued in IssuedList.objects.filter(meeting=participant.meeting_id).order_by("issued_at"):
        line = line_of(issued.content[language], key=str(participant.pk))
        if line:
            printed = {name: line[name] for name in ("name", "function", "position", "contacts")}  # type: ignore[literal-required]
            answers = {"answers": [answer["line"] for answer in line["answers"]]} if line.get("answers") else {}
            yield {"issued_at": issued.issued_at, "kind": issued.kind, "revision": issued.revision, **printed, **answers}


def _sign_up_forms(participant: Participant) -> Iterator[Record]:
    for form in submissions_naming(participant):
        for line in form.lines:
            if line["participant"] == participant.pk:
                answer = {name: line[name] for name in ("reference", "name", "status")}
                yield {"received_at": form.created_at, **answer}
