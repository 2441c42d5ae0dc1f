"""No English is left on the desk's Spanish pages, neither ours nor Django's."""

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext, override

from registrations.enums import Delivery
from registrations.models import OutboxMessage, Participant, Speaker
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.make import a_meeting, a_participant, a_pending_participant, an_entity

pytestmark = pytest.mark.django_db
SCREEN_READERS_TOO = ["aria-label", "title", "alt", "placeholder", "value"]
ADMIN = "/admin/registrations"


@pytest.fixture
def paths():
    meeting = a_meeting(seats=2)
    participant = a_participant(meeting)
    a_pending_participant(meeting)
    session = meeting.sessions.first()
    item = session.items.create(title_en="Opening", title_es="Apertura", starts_at=session.starts_at, ends_at=session.ends_at)
    speaker = Speaker.objects.create(item=item, name="Ana Muñoz", office_en="Minister", office_es="Ministra")
    message = OutboxMessage.objects.first()
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.FAILED)
    records = [
        participant,
        participant.delegation,
        participant.delegation.entity,
        meeting,
        session,
        item,
        speaker,
        participant.delegation.type,
        message,
    ]
    kind = participant.delegation.type
    mission = kind.expected.create(entity=an_entity("CL", "Chile", "Chile"), contact_email="mision@example.org")
    records.append(mission)
    names = [record._meta.model_name for record in records]
    changes = [f"{ADMIN}/{name}/{record.pk}/change/" for name, record in zip(names, records, strict=True)]
    additions = [
        f"{ADMIN}/{name}/add/" for name in ("meeting", "session", "programmeitem", "speaker", "delegationtype", "entity", "expecteddelegation")
    ]
    pending = a_pending_participant(meeting, organization="Otra", position="Cargo")
    Participant.objects.filter(pk=pending.pk).update(to_review={"position": ["Asesora", "Cargo"]})
    a_pending_participant(meeting, organization="Una más", given_names=pending.given_names, family_names=pending.family_names)
    additions += [f"{PARTICIPANTS}{pending.pk}/review/", f"{PARTICIPANTS}{participant.pk}/review/"]
    additions += [f"{ADMIN}/delegationtype/{kind.pk}/{page}/" for page in ("expected", "chase")]
    additions.append(f"{ADMIN}/meeting/{meeting.pk}/participants/")
    return ["/admin/", "/admin/registrations/", *(f"{ADMIN}/{name}/" for name in names), *changes, *additions, "/admin/password_change/"]


def english_left(page: str) -> set[str]:
    """Every text of the page that the catalogues would translate."""
    soup = BeautifulSoup(page, "html.parser")
    for foreign in soup.select('body [lang="en"], script, select[name=language]'):
        foreign.decompose()
    for button in soup.select("button[value]"):
        del button["value"]  # is sent, not shown
    texts = {" ".join(text.split()).strip(":.") for text in soup.stripped_strings}
    texts |= {element[name] for name in SCREEN_READERS_TOO for element in soup.select(f"input[type=submit][{name}], [{name}]:not(input, option)")}
    with override("es"):
        return {text for text in texts if text and _is_translated(text)}


def _is_translated(text: str) -> bool:
    return any(gettext(variant) != variant for variant in (text, text[:1].lower() + text[1:], f"{text}.", f"{text}:"))


def test_spanish_pages_are_spanish_throughout(paths):
    desk = a_desk(language="es")

    left = {path: english_left(desk.get(path).content.decode()) for path in paths}

    assert {path: texts for path, texts in left.items() if texts} == {}


@pytest.mark.parametrize("action", ["decline", "withdraw"])
def test_the_pages_of_confirmation_are_spanish_too(action):
    chosen = a_participant(a_meeting()).pk

    page = a_desk(language="es").post(PARTICIPANTS, {"action": action, "_selected_action": chosen, "index": 0})

    assert english_left(page.content.decode()) == set()


def test_an_empty_queue_is_spanish_too():
    page = a_desk(language="es").get(f"{PARTICIPANTS}review/").content.decode()

    assert english_left(page) == set()


def test_reports_are_spanish_too():
    meeting = a_meeting(seats=1)
    people = [a_pending_participant(meeting) for _index in range(2)] + [a_participant(meeting)]
    desk = a_desk(language="es")

    answer = desk.post(PARTICIPANTS, {"action": "confirm", "_selected_action": [person.pk for person in people], "index": 0})

    page = desk.get(answer.url).content.decode()
    assert 'class="messagelist"' in page
    assert english_left(page) == set()


def test_the_test_notices_english():
    page = a_desk(language="en").get("/admin/").content.decode()

    assert {"Log out", "Participants", "Add"} <= english_left(page)
