"""Builders for tests. Participants come in through the real doors."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from registrations.details import PUBLIC, Actor, FocalPoint, LetterTexts, Person, SignUp
from registrations.enums import EntityKind, MessageKind, QuestionKind, Represents, Role, Status
from registrations.models import Clock, DelegationType, Entity, Letter, Meeting, Participant, Question, QuestionOption, Session, Submission
from registrations.operations.confirm import confirm
from registrations.operations.draft_letter import begin_letter, save_draft
from registrations.operations.register import register
from registrations.operations.send_letter import send_letter

NOW = datetime(2027, 1, 20, 10, 0, tzinfo=UTC)
ORGANIZER = Actor(label="Ana Secretaria")
_numbers = itertools.count(1)


def a_meeting(*, seats: int | None = None, sessions: int = 2, **fields: Any) -> Meeting:
    """A published meeting on 10 and 11 February 2027 with the clocks and delegation types of the real one."""
    meeting = Meeting.objects.create(
        **{
            "slug": f"meeting-{next(_numbers)}",
            "title_en": "Regional Dialogue on Humanitarian Demining",
            "title_es": "Diálogo Regional de Partes sobre Desminado Humanitario",
            "place_en": "Online",
            "place_es": "En línea",
            "time_zone": "Europe/Zurich",
            "seats": seats,
            "contact_email": "desk@dialogo.example.org",
            "data_notice_en": "The secretariat uses your data for this meeting only.",
            "data_notice_es": "La secretaría utiliza sus datos solo para esta reunión.",
            "registration_closes_at": datetime(2027, 2, 9, 22, 59, 59, tzinfo=UTC),
            "is_published": True,
        }
        | fields
    )
    Clock.objects.create(meeting=meeting, order=1, label_en="Geneva", label_es="Ginebra", time_zones="Europe/Zurich")
    Clock.objects.create(
        meeting=meeting,
        order=2,
        label_en="Quito, Lima and Washington, D.C.",
        label_es="Quito, Lima y Washington D. C.",
        time_zones="America/Guayaquil America/Lima America/New_York",
    )
    for number in range(1, sessions + 1):
        a_session(meeting, number=number)
    a_delegation_type(meeting, code="geneva_mission", eligible_groups=["un_member"])
    a_delegation_type(meeting, code="oas_observer", eligible_groups=["oas_permanent_observer"])
    a_delegation_type(meeting, code="organization", represents=Represents.ORGANIZATION, is_reviewed=True)
    return meeting


def a_session(meeting: Meeting, *, number: int, **fields: Any) -> Session:
    starts_at = datetime(2027, 2, 9 + number, 14, 0, tzinfo=UTC)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3)}
    return Session.objects.create(
        meeting=meeting, number=number, **{"title_en": f"Session {number}", "title_es": f"Sesión {number}"} | times | fields
    )


def a_delegation_type(meeting: Meeting, *, code: str, **fields: Any) -> DelegationType:
    name = code.replace("_", " ")
    texts = {"name_en": name.capitalize(), "name_es": name.capitalize() + " (es)", "plural_en": name + "s", "plural_es": name + "s (es)"}
    return DelegationType.objects.create(meeting=meeting, code=code, **texts | {"represents": Represents.STATE} | fields)


def a_question(meeting: Meeting, kind: QuestionKind, *, code: str, options: Sequence[tuple[str, str, str]] = (), **fields: Any) -> Question:
    """A question of the meeting's own; `options` are (code, English, Spanish)."""
    order = meeting.questions.count() + 1
    texts = {"text_en": f"English {code}", "text_es": f"{code} en español"}
    question = Question.objects.create(meeting=meeting, kind=kind, code=code, **{"order": order} | texts | fields)
    for place, (option, text_en, text_es) in enumerate(options, start=1):
        QuestionOption.objects.create(question=question, order=place, code=option, text_en=text_en, text_es=text_es)
    return question


def an_entity(
    code: str = "PE",
    name_en: str = "Peru",
    name_es: str = "Perú",
    *,
    kind: EntityKind = EntityKind.STATE,
    groups: Any = ("un_member",),
    **fields: Any,
) -> Entity:
    values = {"name_en": name_en, "name_es": name_es, "kind": kind, "groups": list(groups)} | fields
    return Entity.objects.update_or_create(code=code, defaults=values)[0]


def a_person(**fields: Any) -> Person:
    number = next(_numbers)
    values = {
        "honorific": "Sra.",
        "given_names": f"María {_in_letters(number)}",
        "family_names": "Muñoz Peña",
        "role": Role.HEAD,
        "position": "Embajadora",
        "institution": "",
        "email": f"person{number}@exteriores.example.com",
        "phone": "",
        "language": "es",
        "sessions": frozenset({1, 2}),
        "accessibility_needs": "",
    }
    return Person(**values | fields)


def a_sign_up(*people: Person, entity: str = "PE", organization: str = "", **fields: Any) -> SignUp:
    people = people or (a_person(),)
    focal_point = FocalPoint(name=people[0].family_names, email=people[0].email, language=people[0].language)
    values = {
        "form_id": uuid4(),
        "entity_code": entity,
        "organization": organization,
        "focal_point": focal_point,
        "people": people,
        "address_key": "address",
    }
    return SignUp(**values | fields)


def sign_up(meeting: Meeting, *people: Person, type_code: str = "geneva_mission", now: datetime = NOW, **fields: Any) -> Submission:
    """Register through the door; the State is there if nobody made it before."""
    if type_code != "organization" and not Entity.objects.filter(code=fields.get("entity", "PE")).exists():
        an_entity(code=fields.get("entity", "PE"))
    delegation_type = meeting.delegation_types.get(code=type_code)
    return register(delegation_type, details=a_sign_up(*people, **fields), actor=PUBLIC, now=now)


def a_participant(meeting: Meeting, *, now: datetime = NOW, **fields: Any) -> Participant:
    """Somebody of the Permanent Mission of Peru."""
    return participants_of(sign_up(meeting, a_person(**fields), now=now))[0]


def a_pending_participant(meeting: Meeting, *, organization: str = "Red Latinoamericana", now: datetime = NOW, **fields: Any) -> Participant:
    """Somebody of an organization, to be reviewed."""
    return participants_of(sign_up(meeting, a_person(**fields), type_code="organization", entity="", organization=organization, now=now))[0]


def participants_of(submission: Submission) -> list[Participant]:
    return [Participant.objects.get(pk=line["participant"]) for line in submission.lines]


def confirmed(participant: Participant, *, now: datetime = NOW) -> Participant:
    return confirm(participant, actor=ORGANIZER, now=now)


def a_draft(*people: Participant, actor: Actor = ORGANIZER, now: datetime = NOW, **texts: Any) -> Letter:
    """A letter to these people that is complete in both languages unless `texts` say otherwise."""
    values = {
        "subject_en": "How to reach us",
        "subject_es": "Cómo llegar",
        "text_en": "Dear {name_with_title},\n\nThe room is *new*.",
        "text_es": "Estimada {name_with_title}:\n\nLa sala es *otra*.",
        "due_at": None,
    }
    letter = begin_letter(people, actor=actor, now=now)
    return save_draft(letter, texts=LetterTexts(**values | texts), seen=letter.version, actor=actor, now=now)


def a_letter(*people: Participant, now: datetime = NOW, **texts: Any) -> Letter:
    """The same, sent off."""
    draft = a_draft(*people, now=now, **texts)
    return send_letter(draft, seen=draft.version, actor=ORGANIZER, now=now)


def status_of(participant: Participant) -> Status:
    return Status(Participant.objects.get(pk=participant.pk).status)


def kinds_owed_to(participant: Participant) -> list[str]:
    """The kinds of the mails owed or sent to the participant's mailbox, oldest first, but for the digests of a focal point."""
    messages = (
        participant.meeting.outbox.filter(mailbox=participant.mailbox)
        .exclude(kind=MessageKind.DIGEST)
        .order_by("created_at", "kind", "session__number")
    )
    return [message.kind for message in messages]


def _in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
