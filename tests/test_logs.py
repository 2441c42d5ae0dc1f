"""The main operations, at the finest level of the logs: nobody's name, address or telephone is in them."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from registrations.details import FocalPoint
from registrations.enums import Delivery, DeskRole, Status
from registrations.links import delegation_token, participant_token
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.operations.confirm import confirm
from registrations.operations.forget import forget
from registrations.operations.hand_over import hand_over
from tests.desk_rows import PARTICIPANTS, a_colleague, desk_of
from tests.make import NOW, ORGANIZER, a_meeting
from tests.reply_mails import filed, mail
from tests.web_form import ORGANIZATION, open_form, somebody, soup, values_of
from tests.worker import deliver

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "anacaona@exteriores.example.com"
PERSON = {
    "given_names": "Anacaona",
    "family_names": "Quispehuamán",
    "email": EMAIL,
    "phone": "+41 22 700 11 22",
    "accessibility_needs": "Silla de ruedas",
    "position": "Consejera especial",
}
OTHERS = {"mail.log", "asyncio"}
"""The other end of the wire, in the same process for the test."""
PRIVATE = re.compile(r"anacaona|quispehuam|exteriores\.example|700 ?11 ?22|silla de ruedas|consejera especial", re.IGNORECASE)


@pytest.fixture
def log(caplog):
    """Every line from DEBUG on with what goes with it; statements are logged by a debugging session only."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="django.db.backends")
    formatter = logging.Formatter("%(name)s %(message)s")
    return lambda: [formatter.format(record) for record in caplog.records if record.name not in OTHERS]


def signs_up(meeting: Meeting) -> Participant:
    """First with a mistake, then well."""
    site, path = Client(), f"/es/{meeting.slug}/{ORGANIZATION}"
    with time_machine.travel(NOW, tick=False):
        form = open_form(site, path, **somebody(**PERSON), focal_point_name="Anacaona Quispehuamán", focal_point_email=EMAIL)
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        assert soup(site.post(path, form | {"participants-0-email": f"{EMAIL}@"})).select("#problems li")
        site.post(path, form)
    return Participant.objects.get()


def looks_after_it(person: Participant) -> None:
    """On the pages of the participant and of the delegation, with mistakes, and by an address that is no longer right."""
    site = Client()
    page = f"/es/p/{participant_token(person)}/"
    values = values_of(soup(site.get(f"{page}edit/")))
    site.post(f"{page}edit/", values | {"email": f"{EMAIL}@"})
    site.post(f"{page}edit/", values | {"phone": "+41 22 700 11 22 33"})
    site.get(f"{page}data.json")
    site.get(f"/es/d/{delegation_token(person.delegation)}/")
    site.get(f"{page[:-4]}abc/")
    site.post(f"/es/{person.meeting.slug}/lost-link/", {"email": EMAIL})
    Client(enforce_csrf_checks=True).post(f"{page}edit/", values)


def works_at_the_desk(meeting: Meeting, person: Participant) -> None:
    desk = desk_of(a_colleague((meeting, DeskRole.SECRETARIAT)))
    page = f"{PARTICIPANTS}{person.pk}/change/"
    assert desk.get(f"{PARTICIPANTS}?q=Quispehuaman").context["cl"].result_count == 1
    desk.post(page, values_of(soup(desk.get(page)), form="#participant_form") | {"email": f"{EMAIL}@"})
    for action in ("resend", "export_csv", "export_xlsx"):
        answer = desk.post(PARTICIPANTS, {"action": action, "_selected_action": [person.pk], "index": 0})
        assert answer.status_code in {200, 302}
        list(answer)
    desk.get("/admin/registrations/historyentry/?q=Quispehuaman")
    desk.get(f"/admin/registrations/outboxmessage/{meeting.outbox.first().pk}/change/")


def test_the_main_operations_leave_no_personal_data_in_the_logs(log, capfd, mail_over_smtp):
    meeting = a_meeting(slug="ours")
    person = signs_up(meeting)
    confirm(person, actor=ORGANIZER, now=NOW + timedelta(minutes=3))
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        looks_after_it(person)
        works_at_the_desk(meeting, person)
    filed(mail(f"Habla Anacaona Quispehuamán, {EMAIL}", sender=EMAIL, content_type="text/plain; charset=utf-8"))
    deliver(now=NOW + timedelta(minutes=10))
    assert PRIVATE.search(mail_over_smtp.received[0].content.decode())

    mail_over_smtp.answer(EMAIL, f"550 5.1.1 <{EMAIL}>: no such user Anacaona Quispehuamán")
    hand_over(person.delegation, focal_point=FocalPoint(name="Anacaona", email=f"x{EMAIL}", language="es"), actor=ORGANIZER, now=NOW)
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        desk_of(a_colleague((meeting, DeskRole.SECRETARIAT), username="eva")).post(
            PARTICIPANTS, {"action": "resend", "_selected_action": [person.pk], "index": 0}
        )
    deliver(now=NOW + timedelta(minutes=30))
    assert OutboxMessage.objects.filter(status=Delivery.FAILED).exists()
    forget(Participant.objects.get(), actor=ORGANIZER, now=NOW + timedelta(hours=1))
    deliver(now=NOW + timedelta(hours=2))

    assert Participant.objects.get().status in Status.values
    lines = log()
    assert len(lines) > 5
    assert [line for line in lines if PRIVATE.search(line)] == []
    printed = capfd.readouterr()
    assert [text for text in (printed.out, printed.err) if PRIVATE.search(text)] == []
