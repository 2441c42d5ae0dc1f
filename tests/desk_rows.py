"""What the desk's tests start from: organizers who are logged in, and lists of any length."""

from datetime import timedelta

from django.contrib.auth.models import Permission, User
from django.test import Client

from registrations.enums import Delivery, DeskRole, MessageKind, Role, Source, Status
from registrations.models import Delegation, DeskMembership, Meeting, OutboxMessage, Participant
from tests.make import NOW, an_entity

PARTICIPANTS = "/admin/registrations/participant/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def an_organizer(*permissions: str, username: str = "ana", **fields: str) -> User:
    """A member of the secretariat who may do what the codenames say, and nothing else."""
    names = {"first_name": "Ana", "last_name": "Secretaria"} | fields
    user = User.objects.create_user(username, password="a long password", is_staff=True, **names)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def a_colleague(*roles: tuple[Meeting, DeskRole], username: str = "rosa") -> User:
    """Somebody with a role in each of these meetings and no other right."""
    user = an_organizer(username=username, first_name="Rosa", last_name="Colega")
    DeskMembership.objects.bulk_create(DeskMembership(user=user, meeting=meeting, role=role) for meeting, role in roles)
    return user


def desk_of(user: User, *, language: str = "en") -> Client:
    """The user's browser, asking for pages in the language."""
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend=BACKEND)
    return client


def a_desk(*, language: str = "en") -> Client:
    """The desk as somebody sees it who may do everything."""
    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("chief", first_name="Eva", last_name="Jefa")
    return desk_of(user, language=language)


def many_participants(meeting: Meeting, number: int) -> list[Participant]:
    """So many participants with sessions and mails, written straight into the tables, ten to a delegation."""
    delegation_type = meeting.delegation_types.get(code="geneva_mission")
    first, sessions = Participant.objects.count(), list(meeting.sessions.all())
    entities = [an_entity(f"X{first + index}", f"State {first + index}", f"Estado {first + index}") for index in range(-(-number // 10))]
    delegations = Delegation.objects.bulk_create(
        Delegation(
            type=delegation_type, entity=entity, focal_point_name="Ana", focal_point_email="a@example.org", focal_point_language="es", created_at=NOW
        )
        for entity in entities
    )
    people = Participant.objects.bulk_create(_participant(meeting, delegations[index // 10], number=first + index) for index in range(number))
    attends = Participant.sessions.through
    attends.objects.bulk_create(attends(participant=person, session=session) for person in people for session in sessions)
    OutboxMessage.objects.bulk_create(_mail(person) for person in people)
    return people


def _participant(meeting: Meeting, delegation: Delegation, *, number: int) -> Participant:
    return Participant(
        meeting=meeting,
        delegation=delegation,
        order=number,
        role=Role.REPRESENTATIVE,
        honorific="Sra.",
        given_names="María José",
        family_names=f"Núñez {number}",
        position="Consejera",
        email=f"person{number}@example.org",
        language="es" if number % 2 else "en",
        status=Status.CONFIRMED if number % 3 else Status.PENDING,
        source=Source.PUBLIC_FORM,
        consented_at=NOW,
        created_at=NOW + timedelta(seconds=number),
    )


def _mail(participant: Participant) -> OutboxMessage:
    return OutboxMessage(
        meeting=participant.meeting,
        kind=MessageKind.RECEIVED,
        participant=participant,
        recipient_name=participant.full_name,
        recipient_email=participant.email,
        language=participant.language,
        unique_key=f"test:{participant.pk}",
        status=Delivery.SENT,
        due_at=NOW,
        created_at=NOW,
        sent_at=NOW,
    )
